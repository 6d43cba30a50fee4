/// A column that says in which currency a row's amount is.
enum CurrencyColumn {
    private static let titles: Set = [
        "currency", "ccy", "curr", "cur", "currencycode", "isocurrency", "currencyiso", "transactioncurrency",
        "doccurrency", "documentcurrency", "currencyiso4217", "amountcurrency", "companycodecurrency", "localcurrency",
    ]
    private static let pounds: Set = [
        "gbp", "£", "stg", "ukp", "gb pound", "pound sterling", "pounds sterling", "sterling", "pounds",
    ]
    /// Words of headers whose amounts are in the books' own currency, whatever the row was paid in.
    private static let own = [
        "base", "local", "gbp", "£", "reporting", "rep cur", "company code", "functional", "accounted", "sterling",
    ]

    private static let others: Set<Substring> = [
        "usd", "eur", "euro", "euros", "dollar", "dollars", "chf", "jpy", "aud", "cad", "nzd", "sek", "nok", "dkk",
        "inr",
    ]

    /// Whether an amount's header names another currency: `Amount USD`, `Value (€)`.
    static func isOther(amount title: String) -> Bool {
        title.contains("€") || title.contains("$")
            || title.folded.split(separator: " ").contains { others.contains($0) }
    }

    static func reads(_ title: String) -> Bool { titles.contains(title.folded.filter { $0 != " " }) }

    static func isPounds(_ text: String) -> Bool { pounds.contains(text.lowercased()) }

    /// Whether an amount's header says that it is in the books' currency.
    static func isOwn(amount title: String) -> Bool {
        let folded = title.folded
        return own.contains { folded.contains($0) }
    }
}
