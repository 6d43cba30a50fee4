public import Ledger
public import Sterling

/// What tables stand for wherever they are printed: whose they are, of which year and books, final or draft.
public struct Provenance: Sendable {
    /// Whom the figures are of.
    let partnership: String
    let year: String
    /// The day that files are dated by, so that the same books give the same bytes.
    let day: CalendarDate
    /// `whole year, final, books 10167fe29df7`
    let subject: String
    let status: String
    let foot: String
    /// SHA-256 of what the figures come from, in hexadecimal.
    let digest: String
    /// What the digest is of: `books`.
    let digested: String
    let format: AmountFormat

    /// Of the year's books.
    init(of document: StatementDocument) {
        partnership = document.partnership
        year = "\(document.year)"
        day = document.year.lastDay(ofMonth: 12)
        subject = "\(document.span), \(document.statusWord), books \(document.digest.prefix(12))"
        status = document.status
        foot = document.foot
        digest = document.digest
        digested = "books"
        format = document.format
    }

    /// Of figures that come from no single partnership's books.
    ///
    /// - Parameters:
    ///   - title: whom or what they are of.
    ///   - digest: SHA-256 of the figures, in hexadecimal.
    public init(title: String, year: FinancialYear, status: String, digest: String, format: AmountFormat) {
        partnership = title
        self.year = "\(year)"
        day = year.lastDay(ofMonth: 12)
        subject = "\(status), figures \(digest.prefix(12))"
        self.status = status
        foot = "\(title), \(year), \(status)"
        self.digest = digest
        digested = "figures"
        self.format = format
    }

    /// Seconds since 1970.
    var created: Int { ExcelWriter.daysSince1970(day) * 86_400 }

    /// At the foot of each printed page.
    var shortFoot: String { "\(foot), \(digested) \(digest.prefix(12))" }

    /// At the end of a text or a page.
    var longFoot: String { "\(foot). SHA-256 of the \(digested): \(digest)." }
}
