import Findings
import ArgumentParser
import Sterling
import Workflow

/// Which partnership, year and period a command means.
struct YearOptions: ParsableArguments {
    @Argument(help: "A partnership's folder, or a year's folder.", completion: .directory)
    var dir: String

    @Option(help: "The year, such as 2018-19; the latest if not given.")
    var year: String?

    @Option(help: "Up to an accounting period, such as P9 (April is P1).")
    var to: String?

    func work() throws -> YearWork { try YearWork(try Partnership(path: dir, year: year), upTo: to) }
}

enum Units: String, ExpressibleByArgument, CaseIterable {
    case pence, pounds, thousands

    var format: AmountFormat {
        switch self {
        case .pence: .pence
        case .pounds: .pounds
        case .thousands: .thousands
        }
    }
}

extension Finding.Code {
    /// A code as somebody types it, in any case.
    ///
    /// - Throws: `Circumstance.usage` where there is none, with the nearest.
    static func named(_ text: String) throws -> Finding.Code {
        guard let code = Finding.Code(rawValue: text.uppercased()) else {
            let hint = Nearest.hint(text.uppercased(), in: allCases.map(\.rawValue))
            throw Circumstance.usage("there is no code \"\(text)\"; \(hint)")
        }
        return code
    }
}
