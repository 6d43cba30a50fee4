@testable import Importing
import Findings
import Sheets
import Testing

@Suite struct YearTablesTests {
    @Test("A table of as many rows as a person keeps is read; one of a row more is refused whole")
    func tooLong() throws {
        func read(rows: Int) throws -> (rows: Int?, codes: [Finding.Code]) {
            let text = "line,amount\n" + String(repeating: "pay,1.00\n", count: rows)
            let (table, findings) = try Table.read(
                FileContent(Array(text.utf8), name: "forecast.csv"), file: "forecast.csv")
            return (table?.rows.count, findings.map(\.code))
        }
        let whole = try read(rows: 20_000), cut = try read(rows: 20_001)
        #expect(whole.rows == 20_000 && whole.codes.isEmpty)
        #expect(cut.rows == nil && cut.codes == [.tableTooLong])
    }
}
