internal import Sharing
internal import Findings
internal import Sterling
internal import Ledger
internal import Statements

/// What one member's ledger shows as paid, the other's shows as received.
enum RechargesCheck: Check {
    static let title = "Recharges between members eliminate"

    static func run(_ year: CheckedYear) -> CheckResult {
        let isAny = year.outturn.sharing.movements.contains { $0.rechargePaid != nil }
        let recharges = isAny ? year.ledger.postings.filter { $0.rechargePaid != nil } : []
        let members = year.outturn.members
        // What a body without books pays stands in the ledger that received it alone. What was paid to such a body
        // has gone where nobody sees it.
        let withoutBooks = year.outturn.sharing.membersWithoutBooks
        var findings: [Finding] = []
        for (index, a) in members.enumerated() {
            for b in members[(index + 1)...] {
                let ofA = recharges.filter { $0.ledgerOf == a.name && $0.rechargeCounterpart == b.name }
                let ofB = recharges.filter { $0.ledgerOf == b.name && $0.rechargeCounterpart == a.name }
                let gap = (ofA + ofB).compactMap(\.rechargePaid).sum()
                guard !gap.isZero else { continue }
                let isOneSided = withoutBooks.contains(a.name) || withoutBooks.contains(b.name)
                if isOneSided, gap.isNegative { continue }
                let (restA, restB) = unmatched(ofA, ofB)
                func journals(_ rest: [Posting], _ member: Member) -> String {
                    rest.isEmpty
                        ? "nothing in \(member.label)'s ledger"
                        : rest.map {
                            "\(name($0)) in \(member.label)'s ledger "
                                + "(\($0.rechargePaid!.isNegative ? "received" : "paid") \($0.amount), \($0.place))"
                        }.joined(separator: ", ")
                }
                findings.append(
                    Finding(
                        .rechargesUnequal, at: (restA + restB).first?.place, found: "\(gap.magnitude)",
                        "the recharge between \(a.label) and \(b.label) has unequal sides, \(gap.magnitude) apart: "
                            + "\(journals(restA, a)) against \(journals(restB, b))",
                        hint: isOneSided
                            ? "\(withoutBooks.contains(a.name) ? a.label : b.label) keeps no books here: see "
                                + "whether it is a cost of the partnership; what such a member pays is posted where "
                                + "it is received"
                            : "post the missing side, or correct the one that is wrong, in its member's ledger"))
            }
        }
        return recharges.isEmpty
            ? .notRun("no recharge is posted")
            : CheckResult(CheckResult.count(recharges.count, "recharge posting"), findings)
    }

    private static func name(_ posting: Posting) -> String {
        posting.document.isEmpty ? "a posting without a number" : "journal \(posting.document)"
    }

    /// What remains of both sides once equal and opposite ones are set off.
    private static func unmatched(_ a: [Posting], _ b: [Posting]) -> ([Posting], [Posting]) {
        var restB = b
        var restA: [Posting] = []
        for posting in a {
            if let index = restB.firstIndex(where: { $0.rechargePaid! + posting.rechargePaid! == .zero }) {
                restB.remove(at: index)
            } else {
                restA.append(posting)
            }
        }
        return (restA, restB)
    }
}
