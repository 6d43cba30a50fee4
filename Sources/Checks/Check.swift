public import Agreements
public import Findings
public import Ledger
public import Statements
public import Importing

/// One question that an auditor would ask of a year.
public protocol Check: Sendable {
    /// What is right when nothing is found: `Recharges between members eliminate`.
    static var title: String { get }
    /// Looks at all of the year that the question is about; every fault is a finding.
    static func run(_ year: CheckedYear) -> CheckResult
}

/// What a check answers.
public struct CheckResult: Sendable {
    /// What was looked at: `4 totals`, `3 reserves`; or why there was nothing to look at.
    public let scope: String
    /// Whether there was anything to look at. A check that wasn't run has passed nothing.
    public let isRun: Bool
    /// Whether something was found that somebody has answered.
    public let isAnswered: Bool
    /// What the check itself found, answered findings included until `without` takes them out.
    public let findings: [Finding]
    /// What was reported when the files were read, and answers this question too.
    public let reported: [Finding]

    init(
        _ scope: String, _ findings: [Finding] = [], reported: [Finding] = [], isRun: Bool = true,
        isAnswered: Bool = false
    ) {
        self.scope = scope
        self.isAnswered = isAnswered
        self.isRun = isRun
        self.findings = findings
        self.reported = reported
    }

    /// - Parameter findings: that there was nothing to look at may itself be worth telling.
    static func notRun(_ reason: String, _ findings: [Finding] = []) -> CheckResult {
        CheckResult(reason, findings, isRun: false)
    }

    /// `ok`, `answered`, `not run`, or the worst severity that is open.
    public var outcome: String { worst?.rawValue ?? (isAnswered ? "answered" : isRun ? "ok" : "not run") }

    /// The same without the findings that somebody has answered.
    public func without(_ isAnswered: (Finding) -> Bool) -> CheckResult {
        let open = findings.filter { !isAnswered($0) }, openReported = reported.filter { !isAnswered($0) }
        return CheckResult(
            scope, open, reported: openReported, isRun: isRun,
            isAnswered: open.count < findings.count || openReported.count < reported.count)
    }

    /// Whether it was run, and found no error and no warning.
    public var isPassed: Bool { isRun && (worst ?? .note) == .note }

    /// `nil` where nothing was found.
    public var worst: Severity? { (findings + reported).map(\.severity).min() }

    /// `1 file`, `3 files`.
    static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(number) \(number == 1 ? one : many ?? one + "s")"
    }
}

/// A year as the checks see it.
public struct CheckedYear: Sendable {
    public let outturn: Outturn
    public let imports: [FileImport]
    public let printedTotals: [YearTables.PrintedTotal]
    /// What last year left, where the partnership has one.
    public let lastYear: YearClose?
    /// The latest year before this one that the partnership has, whether it is last year or not.
    public let latestEarlierYear: FinancialYear?
    /// The agreement's own.
    public let examples: [AgreementExample]
    /// The one posting of each series that stands out; two checks ask for them.
    let oddOnes: [Postings.OddOne]

    /// Takes its parts as they are, all of one year.
    public init(
        outturn: Outturn, imports: [FileImport], printedTotals: [YearTables.PrintedTotal], lastYear: YearClose?,
        latestEarlierYear: FinancialYear? = nil, examples: [AgreementExample] = []
    ) {
        self.outturn = outturn
        self.imports = imports
        self.printedTotals = printedTotals
        self.lastYear = lastYear
        self.latestEarlierYear = latestEarlierYear ?? lastYear?.year
        self.examples = examples
        oddOnes = outturn.ledger.postings.oddOnes
    }

    var ledger: GeneralLedger { outturn.ledger }

    func reported(_ codes: Finding.Code...) -> [Finding] {
        imports.flatMap(\.findings).filter { codes.contains($0.code) }
    }
}

/// All checks in running order.
public enum Checks {
    /// Each once; the order is that in which their answers are printed.
    public static let all: [any Check.Type] = [
        OwnFiguresCheck.self,
        ExamplesCheck.self,
        SharesCheck.self,
        TablesCastCheck.self,
        ControlTotalsCheck.self,
        PeriodsCheck.self,
        YearEndReachedCheck.self,
        SuspenseCheck.self,
        RechargesCheck.self,
        BroughtForwardCheck.self,
        ReservesNotOverdrawnCheck.self,
        ReserveFloorsCheck.self,
        ReserveLedgerCheck.self,
        CutOffCheck.self,
        AccrualsCheck.self,
        DuplicatesCheck.self,
        CodesCheck.self,
        ContributionsCheck.self,
        DebtsCheck.self,
        BasisCheck.self,
        VirementsCheck.self,
        SignsCheck.self,
        MagnitudesCheck.self,
        VariancesCheck.self,
        CarryForwardCheck.self,
        StatutoryLinesCheck.self,
        RulesMatchedCheck.self,
    ]

    /// Runs every check. Its findings are all that it found, be they answered or not.
    public static func run(_ year: CheckedYear) -> [(title: String, result: CheckResult)] {
        all.map { ($0.title, $0.run(year)) }
    }
}
