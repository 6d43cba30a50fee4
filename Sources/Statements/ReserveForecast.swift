public import Sterling
public import Ledger
internal import Sharing

/// Each member's reserve over the years to come, if its funding and costs go on as this year's with a
/// growth of their own, against the floor that the agreement names.
public struct ReserveForecast: Sendable {
    public let years: [FinancialYear]
    public let members: [Line]
    public let assumptions: Assumptions

    public struct Assumptions: Sendable {
        public let years: Int
        /// Growth a year, compounded: 2% is 1/50.
        public let funding: Fraction
        public let costs: Fraction

        /// As they were written, for the reader.
        public let fundingWritten: String
        public let costsWritten: String

        public init(years: Int, funding: (Fraction, String), costs: (Fraction, String)) {
            self.years = years
            (self.funding, fundingWritten) = funding
            (self.costs, costsWritten) = costs
        }
    }

    public struct Line: Sendable {
        public let member: Name<Member>
        /// This year's, then one a year.
        public let net: [Money]
        /// Never below nought: what it can't meet is `shortfall`.
        public let carriedForward: [Money]
        /// What of the year's deficit the reserve can't meet.
        public let shortfall: [Money]
        public let floor: Money?

        /// The first of the years in which the reserve ends below its floor.
        public var firstBelowFloor: Int? {
            let floor = floor ?? .zero
            return carriedForward.indices.first { carriedForward[$0] < floor || !shortfall[$0].isZero }
        }
    }

    public init(_ outturn: Outturn, _ assumptions: Assumptions) {
        self.assumptions = assumptions
        let start = outturn.ledger.year.startYear
        years = (0...assumptions.years).map { FinancialYear(startYear: start + $0) }
        members = outturn.members.indices.map { column in
            let member = outturn.members[column].name
            var funding = Money.zero, costs = Money.zero
            for row in outturn.rows {
                switch row.content {
                case .line: if row.side == .funding { funding += row.amounts[column] } else { costs += row.amounts[column] }
                // What reserves and funds meet of this year's costs they may not meet next year.
                case .metFromPartners, .sharedNetOutturn: funding += row.amounts[column]
                default: break
                }
            }
            var net = [(outturn.rows.first { $0.content == .netOutturn }?.amounts[column] ?? funding - costs) + (outturn.rows.first { $0.content == .sharedNetOutturn }?.amounts[column] ?? .zero)]
            var carried = [outturn.reserves[column].carriedForward]
            var shortfall = [Money.zero]
            var (fundingFactor, costFactor) = (Fraction.one, Fraction.one)
            for _ in 0..<assumptions.years {
                fundingFactor = fundingFactor * (.one + assumptions.funding)
                costFactor = costFactor * (.one + assumptions.costs)
                let year = (fundingFactor * Fraction(pence: funding) - costFactor * Fraction(pence: costs)).roundedToPence
                let left = carried.last! + year
                net.append(year)
                carried.append(max(.zero, left))
                shortfall.append(max(.zero, -left))
            }
            return Line(member: member, net: net, carriedForward: carried, shortfall: shortfall, floor: outturn.agreement.floor(of: member))
        }
    }
}
