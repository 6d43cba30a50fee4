public import Ledger
public import Sterling

/// The members' reserves of one year, in the members' order: one that wasn't there yet has nothing.
public struct YearReserves: Sendable {
    public let year: FinancialYear
    /// As certified, before any adjustment; money held is above zero.
    public let broughtForward: [Money]
    public let carriedForward: [Money]

    /// - Parameter closes: one a year, ascending, of one partnership.
    public static func history(_ closes: [YearClose], members: [Name<Member>]) -> [YearReserves] {
        closes.map { close in
            func balances(_ figure: (YearClose.Reserve) -> Money) -> [Money] {
                members.map { member in close.reserves.first { $0.member == member }.map(figure) ?? .zero }
            }
            return YearReserves(
                year: close.year, broughtForward: balances { $0.broughtForward },
                carriedForward: balances { $0.carriedForward })
        }
    }
}
