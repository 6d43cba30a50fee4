@testable import Books
import Ledger
import Testing

@Suite struct DocumentNameTests {
    @Test(
        "Where a document lies says what it is",
        arguments: [
            ("agreement", .agreement), ("examples", .examples), ("maps/unit4.yaml", .map("unit4")),
            ("templates/words", .template("words")), ("2018-19/budget.csv", .table(year, "budget")),
            ("2018/2019/budget.csv", .other),
            ("2018-2019/carry-forward.illustrative.xlsx", .table(year, "carry-forward")),
            ("2018-19/imports.csv", .imports(year)), ("2018-19/README.md", .aside), ("2018-19/published.csv", .aside),
            ("2018-19/exports/lbhf/ledger.xml", .export(year, folder: "lbhf")),
            ("2018-19/exports/ledger.xml", .exportOfNobody(year)),
            ("2018-19/exports/lbhf/old/ledger.xml", .nestedExport(year, folder: "lbhf")),
            ("2018-19/exports/superseded/lbhf/ledger.xml", .superseded(year)),
            ("2018-19/bugdet.csv", .unknown(year, entry: "bugdet.csv")),
            ("2018-19/notes/a.txt", .unknown(year, entry: "notes")), ("notes/a.txt", .other),
        ] as [(String, DocumentName.Role)])
    func roles(path: String, role: DocumentName.Role) throws {
        #expect(try #require(DocumentName(path)).role == role)
    }

    private static let year = FinancialYear(startYear: 2018)

    @Test(
        "A path that leads out of the partnership, or is hidden, names no document",
        arguments: [
            "", "/agreement", "../agreement", "2018-19//budget.csv", "2018-19/../agreement", ".git/config",
            "2018-19/.x.csv",
            "2018-19/exports/ash/~$x.xlsx", "2018-19/exports/ash/\0.csv", "maps/.",
        ])
    func refused(path: String) { #expect(DocumentName(path) == nil) }

    @Test(
        "Invented figures are marked by any part of a name, in any case and with blanks",
        arguments: [
            ("2018-19/exports/lbhf/ledger illustrative.csv", true), ("2018-19/my Illustrative budget.csv", true),
            ("2018-19/budget.illustrative.csv", true), ("2018-19/budget.csv", false),
        ])
    func illustrative(path: String, is expected: Bool) throws {
        #expect(try #require(DocumentName(path)).isIllustrative == expected)
    }

    @Test("Names stand in the order of a folder's list") func order() {
        let paths = ["2018-19/exports/a/x.csv", "2018-19/exports/a-b/x.csv", "2018-19/exports/b/x.csv"]
        #expect(paths.reversed().compactMap { DocumentName($0) }.sorted().map(\.path) == paths)
    }
}
