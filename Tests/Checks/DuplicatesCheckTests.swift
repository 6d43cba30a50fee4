import Findings
import Testing

/// Told and never removed: standing charges are often equal.
@Suite struct DuplicatesCheckTests {
    @Test("One document, code, amount and date twice") func first() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,300.00", "1,1,2018-04-10,A1,,300.00", "3,1,2018-04-10,A2,,-100.00")
            ], only: [.likelyDuplicate])
        #expect(found == ["W0414 2018-19/exports/ash/a.csv!F3"])
    }

    @Test("The same with another document") func second() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,300.00", "1,1,2018-04-10,A9,,300.00", "3,1,2018-04-10,A2,,-100.00")
            ], only: [.likelyDuplicate])
        #expect(found == [])
    }

    @Test("Ten lines of one document, and the third again") func third() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,51.00", "1,1,2018-04-10,A1,,52.00", "1,1,2018-04-10,A1,,53.00",
                    "1,1,2018-04-10,A1,,54.00", "1,1,2018-04-10,A1,,55.00", "1,1,2018-04-10,A1,,56.00",
                    "1,1,2018-04-10,A1,,57.00", "1,1,2018-04-10,A1,,58.00", "1,1,2018-04-10,A1,,59.00",
                    "1,1,2018-04-10,A1,,60.00", "1,1,2018-04-10,A1,,53.00", "3,1,2018-04-10,A2,,-100.00")
            ], only: [.likelyDuplicate])
        #expect(found == ["W0414 2018-19/exports/ash/a.csv!F12"])
    }

    @Test("Ten lines of one document, and the last again") func fourth() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,51.00", "1,1,2018-04-10,A1,,52.00", "1,1,2018-04-10,A1,,53.00",
                    "1,1,2018-04-10,A1,,54.00", "1,1,2018-04-10,A1,,55.00", "1,1,2018-04-10,A1,,56.00",
                    "1,1,2018-04-10,A1,,57.00", "1,1,2018-04-10,A1,,58.00", "1,1,2018-04-10,A1,,59.00",
                    "1,1,2018-04-10,A1,,60.00", "1,1,2018-04-10,A1,,61.00", "1,1,2018-04-10,A1,,61.00",
                    "3,1,2018-04-10,A2,,-100.00")
            ], only: [.likelyDuplicate])
        #expect(found == ["W0414 2018-19/exports/ash/a.csv!F13"])
    }

    @Test("A file that another one holds is told as a whole, whichever comes first", arguments: ["0", "z"])
    func held(name: String) throws {
        let rows = ["1,1,2018-04-10,A1,,300.00", "1,1,2018-04-11,A2,,20.00"]
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(rows[0], rows[1], "3,1,2018-04-10,A9,,-100.00"),
                "2018-19/exports/ash/\(name).csv": Small.export(rows[0], rows[1]),
            ], only: [.likelyDuplicate, .rowsInTwoFiles])
        #expect(found == ["W0433 2018-19/exports/ash/\(name).csv!F2"])
    }

    @Test("The same rows under another member, without document numbers, are told") func underAnotherMember() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export("1,1,2018-04-10,,,300.00", "1,2,2018-05-11,,,20.00"),
                "2018-19/exports/elm/a.csv": Small.export(
                    "1,1,2018-04-10,,,300.00", "1,2,2018-05-11,,,20.00", "1,3,2018-06-11,,,7.00"),
            ], only: [.likelyDuplicate, .rowsInTwoFiles])
        #expect(found == ["W0433 2018-19/exports/ash/a.csv!F2"])
    }

    @Test("A reversal keyed twice is told, though what it reverses stands the other way") func reversedTwice() throws {
        let found = try Small.findings(
            [
                "2018-19/exports/ash/a.csv": Small.export(
                    "1,1,2018-04-10,A1,,300.00", "1,2,2018-05-10,A1,,-300.00", "1,2,2018-05-10,A1,,-300.00")
            ], only: [.likelyDuplicate])
        #expect(found == ["W0414 2018-19/exports/ash/a.csv!F4"])
    }

    @Test("One row alone in two files is told where it has a date and a text, and not where it hasn't")
    func oneRow() throws {
        func found(_ row: String) throws -> [String] {
            try Small.findings(
                [
                    "2018-19/exports/ash/a.csv": Small.export(row, "1,3,2018-06-10,A3,,8.00"),
                    "2018-19/exports/elm/b.csv": Small.export(row),
                ], only: [.rowsInTwoFiles])
        }
        #expect(try found("1,1,2018-04-10,A1,,300.00") == ["W0433 2018-19/exports/elm/b.csv!F2"])
        #expect(try found("1,1,,,,300.00") == [])
    }
}
