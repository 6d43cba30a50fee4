public import Ledger
public import Sterling

/// The members' reserves of one year, in the members' order: one that wasn't there yet has nothing.
public struct YearReserves: Sendable {
    public let year: FinancialYear
    public let broughtForward: [Money]
    public let carriedForward: [Money]

    /// - Parameter outturns: one a year, ascending, of the same partnership.
    public static func history(_ outturns: [Outturn], members: [Name<Member>]) -> [YearReserves] {
        outturns.map { outturn in
            func balances(_ figure: (ReserveRollForward) -> Money) -> [Money] {
                members.map { member in outturn.reserves.first { $0.member == member }.map(figure) ?? .zero }
            }
            return YearReserves(
                year: outturn.ledger.year, broughtForward: balances { $0.broughtForward },
                carriedForward: balances { $0.carriedForward })
        }
    }
}
