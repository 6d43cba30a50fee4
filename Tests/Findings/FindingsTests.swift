import Findings
import Testing

@Suite struct FindingsTests {
    @Test(
        "Columns are lettered as a spreadsheet letters them",
        arguments: [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD")])
    func letters(column: Int, letters: String) { #expect(Place.letters(column) == letters) }

    @Test("A place is written as file, sheet and cell") func places() {
        #expect("\(Place(Place.Source(file: "a.xml", sheet: "S 1"), row: 12, column: 6))" == "a.xml:S 1!F12")
        #expect("\(Place(Place.Source(file: "a.csv", sheet: ""), row: 12, column: 6))" == "a.csv!F12")
        #expect("\(Place(Place.Source(file: "agreement"), row: 12, column: 6))" == "agreement:12:6")
        #expect("\(Place(file: "a.xml"))" == "a.xml")
    }

    @Test("Each code has a title and an explanation") func codes() {
        for code in Finding.Code.allCases {
            #expect(!code.title.isEmpty && code.explanation.count > 20, "\(code.rawValue)")
        }
    }

    @Test("A mistyped word gets the nearest one, and nonsense gets none") func nearest() {
        #expect(Nearest.match("statment", in: ["statement", "check"]) == "statement")
        #expect(Nearest.match("xyzzy", in: ["statement", "check"]) == nil)
        #expect(Nearest.match("ab", in: ["cd"]) == nil)
    }
}
