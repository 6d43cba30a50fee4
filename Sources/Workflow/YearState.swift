internal import Sharing
internal import Books
public import Checks
public import Findings
internal import Importing
public import Ledger
public import Statements

/// One year as it stands: a pure function of what the partnership has decided, of the year's documents, and of
/// what earlier years left.
public struct YearState: Sendable {
    public let outturn: Outturn
    /// The whole year's books, whatever period the statement goes to.
    public let ledger: GeneralLedger
    public let checks: [(title: String, result: CheckResult)]
    /// Of reading and checking, worst first.
    public let findings: [Finding]
    /// Warnings that somebody has looked at, each with the answer; they are open no more.
    public let answered: [(finding: Finding, answer: Answer)]
    /// What earlier years left, ascending.
    public let earlier: [YearClose]
    /// Documents whose names say that their figures are invented, in the order in which they were read.
    public let illustrative: [String]
    /// SHA-256 of the year's own books.
    let ownDigest: String
    /// What of the findings of reading is still open, a journal not having mended it.
    private let openErrors: [Finding]
    private let closingDocument: String?

    /// - Parameters:
    ///   - earlier: the closes of all years before, ascending.
    ///   - upTo: `nil` is the whole year.
    init(_ book: PartnershipBook, _ inputs: YearInputs, earlier: [YearClose], upTo: Period?) {
        let lastYear = earlier.last { $0.year == inputs.year.previous }
        var ledger = inputs.ledger
        for entry in lastYear?.entriesToReverse ?? [] { ledger.postings.append(entry, isReversal: true) }
        ledger.borneLastYear = lastYear?.borneByRule
        let outturn = Outturn(agreement: book.agreement, ledger: ledger, upTo: upTo)
        let checked = Checks.run(
            CheckedYear(
                outturn: outturn, imports: inputs.imports, printedTotals: inputs.printedTotals, lastYear: lastYear,
                latestEarlierYear: earlier.last?.year, examples: book.examples))
        let open = Self.unmended(inputs, outturn)
        let all = (book.findings + open + earlier.flatMap(\.openErrors) + checked.flatMap(\.result.findings)).inOrder()
        let answers = inputs.ledger.answers
        func isAnswered(_ finding: Finding) -> Bool { answers.contains { $0.isAbout(finding) } }
        checks = checked.map { ($0.title, $0.result.without(isAnswered)) }
        answered = all.compactMap { finding in answers.first { $0.isAbout(finding) }.map { (finding, $0) } }
        findings = (all.filter { !isAnswered($0) } + Self.unused(answers, all)).inOrder()
        // A balance that was wrong stays wrong in every year that follows from it.
        let ofBalances = checked.flatMap(\.result.findings).filter(\.code.isOfBalances)
        openErrors = open.filter { $0.severity == .error } + ofBalances
        self.outturn = outturn
        self.ledger = ledger
        self.earlier = earlier
        let read = book.documents + inputs.documents
        let reversed = lastYear?.closingDocument
        // What was invented last year is brought forward.
        let own =
            read.filter(\.name.isIllustrative).map(\.name.path)
            + [reversed.map { String($0.prefix($0.count - 65)) }].compactMap { $0 }.filter {
                DocumentName($0)?.isIllustrative ?? false
            }
        illustrative = own + (lastYear?.illustrative ?? []).filter { !own.contains($0) }
        ownDigest =
            Digest(
                text: (read.map { "\($0.name) \($0.digest)" } + [reversed].compactMap { $0 }).joined(separator: "\n")
            )
            .text
        closingDocument = inputs.documents.first { $0.name.role == .table(inputs.year, YearTable.closing.name) }.map {
            "\($0.name) \($0.digest)"
        }
    }

    private static func unused(_ answers: [Answer], _ findings: [Finding]) -> [Finding] {
        answers.filter { answer in !findings.contains { answer.isAbout($0) } }.map { answer in
            Finding(
                .answerUnused, at: answer.place, found: answer.code.rawValue,
                "no warning \(answer.code.rawValue) stands at \"\(answer.about)\"",
                hint: "take the answer away, or name the place as the warning does")
        }
    }

    /// A row without a known code or member is an error while it lies in suspense; a journal that clears it mends it.
    private static func unmended(_ inputs: YearInputs, _ outturn: Outturn) -> [Finding] {
        let cleared = Set(outturn.members.map(\.name).filter { outturn.sharing.isSuspenseClear(of: $0) })
        let mended = Set(
            inputs.imports.filter { cleared.contains($0.ledgerOf) && $0.suspense.rows > 0 }.map(\.file))
        return inputs.findings.filter { finding in
            !([.codeUnknown, .memberConcernedUnknown, .rechargeWithItself].contains(finding.code)
                && mended.contains(finding.place?.file ?? ""))
        }
    }

    /// What later years need to know of this one.
    var close: YearClose {
        YearClose(
            outturn, openErrors: openErrors, digest: ownDigest, closingDocument: closingDocument,
            illustrative: illustrative)
    }

    /// SHA-256 of the year's books, and of the earlier ones that the statement also shows.
    public var digest: String {
        if earlier.isEmpty { return ownDigest }
        return Digest(text: (earlier.map { "\($0.year) \($0.digest)" } + [ownDigest]).joined(separator: "\n")).text
    }
}
