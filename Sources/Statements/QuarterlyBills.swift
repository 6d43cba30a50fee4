public import Agreements
public import Sharing
public import Sterling
public import Ledger

/// What each member is billed by quarter: its position to date less what was billed before.
///
///              P3        P6        P9       P12      Year
///     LBHF  4,110.33  4,110.34  4,110.33  4,110.33  16,441.33
///
/// So the four always add up to the year's, whatever was posted late; a quarter's bill may be a
/// penny's credit. Recharges already posted are what bills are paid with, and count in none.
public struct QuarterlyBills: Sendable {
    /// Four, ascending.
    public let quarters: [Quarter]
    /// In the agreement's order, as are all amounts by member here.
    public let members: [Name<Member>]
    /// Recharges posted in the year: paid, less received. What bills are paid with counts in none of them.
    public let posted: [Money]

    /// What is billed for the periods since the quarter before.
    public struct Quarter: Sendable {
        /// The last is the whole year, closing periods included.
        public let upTo: Period
        /// More than zero is to be paid, less to be received; one a member. A body that was succeeded is
        /// billed no more: its successor is.
        public let bills: [Money]
        /// The fewest payments that settle the quarter.
        public let payments: [Settlement.Recharge]
    }

    /// - Parameter ledger: the whole year's books; each quarter cuts them off for itself.
    public init(agreement: Agreement, ledger: GeneralLedger) {
        members = agreement.chart.members.map(\.name)
        var billed = members.map { _ in Money.zero }
        var quarters: [Quarter] = []
        var posted: [Money] = []
        for number in [3, 6, 9, 12] {
            let period = Period(number)!
            let outturn = Outturn(agreement: agreement, ledger: ledger, upTo: number == 12 ? nil : period)
            let positions = outturn.settlement.members.map { (member: $0.member, owes: $0.owes + $0.rechargesPaid) }
            let toDate = agreement.settling(positions, on: ledger.year.lastDay(ofMonth: number)).map(\.owes)
            if number == 12 { posted = outturn.settlement.members.map(\.rechargesPaid) }
            let bills = zip(toDate, billed).map { $0 - $1 }
            quarters.append(
                Quarter(
                    upTo: period, bills: bills,
                    payments: agreement.payments(Array(zip(members, bills)), on: ledger.year.lastDay(ofMonth: number))))
            billed = toDate
        }
        self.quarters = quarters
        self.posted = posted
    }

    /// The four quarters' bills together, one a member.
    public var year: [Money] { members.indices.map { index in quarters.map { $0.bills[index] }.sum() } }
}
