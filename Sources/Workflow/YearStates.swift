internal import Agreements
internal import Books
internal import Findings
internal import Importing
internal import Ledger
internal import Sheets
internal import Statements

/// States years one on another. A year's close is worked out once, kept for later commands under a digest of all
/// that it depends on, and is all that the next year needs.
public final class YearStates: Sendable {
    private let loader: BookLoader
    private let closes = SharedCache<FinancialYear, YearClose>(limit: 200)
    private let kept: CloseCache?

    init(_ loader: BookLoader, kept: CloseCache? = CloseCache.standard) {
        self.loader = loader
        self.kept = kept
    }

    /// - Parameter upTo: `nil` is the whole year.
    /// - Throws: `Circumstance`; `.findings` where the agreement is unfit for the year or an earlier one.
    func state(of year: FinancialYear, upTo: Period? = nil) throws(Circumstance) -> YearState {
        for year in loader.years where year <= year {
            let faults = loader.book.agreement.faults(in: year, file: "agreement")
            if !faults.isEmpty { throw Circumstance.findings(faults) }
        }
        let earlier = try loader.years.filter { $0 < year }.map(close)
        let state = YearState(loader.book, loader.inputs(of: year), earlier: earlier, upTo: upTo)
        if upTo == nil { try keep(state.close, of: year) }
        return state
    }

    /// What a year left.
    func close(of year: FinancialYear) throws(Circumstance) -> YearClose {
        try closes.value(for: year) { () throws(Circumstance) in
            let key = try key(of: year)
            if let close = kept?.close(key) { return close }
            let earlier = try loader.years.filter { $0 < year }.suffix(1).map(close)
            let close = YearState(loader.book, loader.inputs(of: year), earlier: earlier, upTo: nil).close
            kept?.keep(close, key)
            return close
        }
    }

    private func keep(_ close: YearClose, of year: FinancialYear) throws(Circumstance) {
        _ = try closes.value(for: year) { () throws(Circumstance) in
            kept?.keep(close, try key(of: year))
            return close
        }
    }

    /// A close depends on its own year's documents and on the close before it.
    private func key(of year: FinancialYear) throws(Circumstance) -> Digest {
        let keys = try FileFailure.asCircumstance { () throws(FileFailure) in
            try (loader.years.filter { $0 < year } + [year]).map(loader.key)
        }
        return Digest(text: keys.map(\.text).joined(separator: "\n"))
    }
}
