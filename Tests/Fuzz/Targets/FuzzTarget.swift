internal import Casting
internal import Findings
internal import Importing
internal import Ledger
internal import Proof
internal import Agreements
internal import Sharing
internal import Sheets
internal import Sterling
internal import Synchronization

/// What can be fed with any bytes, and what must hold whatever they are.
package enum FuzzTarget: String, CaseIterable {
    case spreadsheetML, xlsx, ods, fods, csv, zip, amounts, map, agreement, scanner, page, table, yearTables, exports,
        xls, binary,
        marks

    /// - Precondition: none; a trap is what the fuzzer looks for.
    package func run(_ bytes: UnsafeBufferPointer<UInt8>) {
        switch self {
        case .spreadsheetML:
            read(starts(bytes, with: "<") ? Array(bytes) : Self.spreadsheetML(bytes))
        case .xlsx:
            // The first byte says which part the others are.
            guard let first = bytes.first else { return }
            var parts = Parts.xlsx(
                rows: "<row r=\"1\"><c r=\"A1\" s=\"1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>1</v></c></row>",
                texts: "<si><t>x</t></si>", formats: "<xf numFmtId=\"14\"/>")
            let rest = Array(bytes.dropFirst())
            switch first % 8 {
            case 0: parts[1].bytes = rest
            case 1: parts[2].bytes = rest
            case 2: parts[3].bytes = rest
            case 3: parts[4].bytes = rest
            case 4: parts[6].bytes = rest
            case 5: parts[6].bytes = Array("<sst xmlns=\"\(Parts.main)\">".utf8) + rest + Array("</sst>".utf8)
            case 6: parts[5].bytes = rest
            default:
                parts[5].bytes =
                    Array("<worksheet xmlns=\"\(Parts.main)\"><sheetData>".utf8) + rest
                    + Array("</sheetData></worksheet>".utf8)
            }
            read(Zip.archive(parts))
        case .ods:
            var parts = Parts.ods(rows: "")
            parts[1].bytes =
                starts(bytes, with: "<")
                ? Array(bytes) : Array(Parts.content(String(decoding: bytes, as: UTF8.self)).utf8)
            read(Zip.archive(parts))
        case .fods:
            read(Array(Parts.content(String(decoding: bytes, as: UTF8.self), root: "document").utf8))
        case .csv: read(Array(bytes))
        case .xls: read(Array(bytes))
        case .binary:
            // The first byte says where the others stand: among the workbook's records or a sheet's, of which version.
            guard let first = bytes.first else { return }
            let rest = Array(bytes.dropFirst()), version: UInt16 = first & 1 == 0 ? 0x0600 : 0x0500
            let formats = Compound.record(0x00E0, [0, 0, 14, 0]), number = Compound.number(0, 0, 1)
            read(
                Compound.file(
                    first & 2 == 0
                        ? Compound.stream(version: version, globals: formats, sheet: rest)
                        : Compound.stream(version: version, globals: rest, sheet: number)))
        case .marks:
            // Maps with a mark's column, a unit, a year beside the period, months, and running balances.
            guard let first = bytes.first else { return }
            let map = Self.markMaps[Int(first) % Self.markMaps.count]
            let header = "Code,Year,Period,Date,Mark,Amount,Balance,Apr-18,May-18\n"
            let content = FileContent(Array(header.utf8) + Array(bytes.dropFirst()), name: "e")
            guard
                let file = try? FileImport.run(
                    content, file: "e", ledgerOf: Name("ash"), maps: [map], chart: Self.chart,
                    year: FinancialYear(startYear: 2018))
            else { return }
            let tallies = [file.posted, file.suspense] + file.excluded.map(\.tally)
            precondition(tallies.map(\.rows).reduce(0, +) == file.all.rows, "a row is lost")
            precondition(tallies.map(\.sum).sum() == file.all.sum, "an amount is lost")
            _ = try? MapSuggestion.of(content, file: "e")
        case .zip: read([0x50, 0x4B, 3, 4] + bytes)
        case .amounts:
            let text = String(decoding: bytes, as: UTF8.self)
            if case .amount(let amount, let marker) = AmountReader.read(text) {
                precondition(amount.magnitude <= Money.largest)
                // What was read can be written, and read again as the same.
                if marker == .none {
                    precondition(AmountReader.read(AmountFormat.exact(amount)) == .amount(amount, marker: .none))
                }
            }
            _ = AmountReader.readNumber(text)
            var sum = DecimalSum()
            if sum.add(bytes) { _ = sum.string }
        case .map:
            let text = String(decoding: bytes, as: UTF8.self)
            _ = ImportMap.parse(text, file: "m", name: "m", chart: Self.chart)
        case .agreement:
            let (agreement, _) = Agreement.parse(String(decoding: bytes, as: UTF8.self), file: "agreement")
            if let agreement {
                // What it prints means the same.
                let (again, faults) = Agreement.parse(agreement.description, file: "agreement")
                precondition(again != nil && !faults.hasErrors, "a printed agreement can't be read")
            }
        case .page:
            for table in TableReader.tables(page: Array(bytes)) { Self.check(table) }
        case .table:
            for table in TableReader.table(lines: String(decoding: bytes, as: UTF8.self)) { Self.check(table) }
        case .yearTables:
            // The first byte says which table the others are; a header of its own lets its rows be reached.
            guard let first = bytes.first else { return }
            let table = YearTable.all[Int(first) % YearTable.all.count]
            let titles = table.columns.map(\.title) + (table.hasMemberColumns ? ["ash", "elm"] : [])
            let header = Array((titles.joined(separator: ",") + "\n").utf8)
            let content = FileContent((first < 128 ? header : []) + bytes.dropFirst(), name: "t")
            var tables = YearTables(ledger: GeneralLedger(chart: Self.chart, year: FinancialYear(startYear: 2018)))
            _ = try? tables.read(table, content, file: "t")
        case .exports:
            // With a header that a map knows, and every class of code in the map.
            let content = FileContent(Array("Code,Centre,Period,Date,Doc,Case,Amount\n".utf8) + Array(bytes), name: "e")
            guard let map = Self.exportMap,
                let file = try? FileImport.run(
                    content, file: "e", ledgerOf: Name("ash"), maps: [map], chart: Self.chart,
                    year: FinancialYear(startYear: 2018))
            else { return }
            let tallies = [file.posted, file.suspense] + file.excluded.map(\.tally)
            precondition(tallies.map(\.rows).reduce(0, +) == file.all.rows, "a row is lost")
            precondition(tallies.map(\.sum).sum() == file.all.sum, "an amount is lost")
        case .scanner:
            guard let first = bytes.first else { return }
            let dialect = StretchProof.Dialect.allCases[Int(first) % StretchProof.Dialect.allCases.count]
            let rest = Array(bytes.dropFirst())
            Self.proofs.withLock { proofs in
                let proof = proofs[dialect] ?? StretchProof(dialect)
                proofs[dialect] = proof
                if case .differs(let how) = rest.withUnsafeBufferPointer({ proof.compare($0) }) { fatalError(how) }
            }
        }
    }

    /// What is found is of the table, and an error is never nothing.
    private static func check(_ table: PrintedTable) {
        guard let check = TableCheck(table) else { return }
        for slip in check.findings {
            precondition(!slip.cells.isEmpty && !slip.printed.isEmpty && !slip.evidence.isEmpty)
            precondition(
                slip.kind == "word" || slip.kind == "percentage"
                    || slip.difference.contains { $0 != "0" && $0 != "." && $0 != "," && $0 != "-" },
                "an error of nothing")
        }
    }

    private func starts(_ bytes: UnsafeBufferPointer<UInt8>, with text: String) -> Bool {
        bytes.starts(with: Array(text.utf8))
    }

    private static func spreadsheetML(_ rows: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let namespace = "urn:schemas-microsoft-com:office:spreadsheet"
        let head = "<Workbook xmlns=\"\(namespace)\" xmlns:ss=\"\(namespace)\"><Worksheet ss:Name=\"S\"><Table>"
        return Array(head.utf8) + rows + Array("</Table></Worksheet></Workbook>".utf8)
    }

    private static let markMaps = [
        "columns: {code: Code, period: Period, year: Year, amount: Amount, balance: Balance}\n"
            + "amounts: debits positive\nperiod format: yyyypp from the year's start\nunit: pence\n",
        "columns: {code: Code, date: Date, amount: Amount}\nsign: {column: Mark, credit: [H, CR]}\ndates: month first\n"
            + "unit: thousands\n",
        "columns: {code: Code, debit: Amount, credit: Balance}\nperiod: P12\ncredits: negative\n",
        "columns: {code: Code}\nperiod columns: {P1: Apr-18, P2: May-18}\namounts: credits positive\n",
        "columns: {code: column A, period: Period, amount: column F}\namounts: debits positive\nperiod format: mmm\n",
        "columns: {code: Code, period: Period, amount: Amount}\namounts: debits positive\nperiod format: yyyymm of the "
            + "calendar\nrows:\n  control total: {column: Code, begins: Total}\n"
            + "  sub-totals: {column: Code, ends: sum}\n",
    ].map { text in
        let yaml = "recognise: [Code, Amount]\n" + text + "codes:\n  1*: expenditure pay\n  2*: income fees\n"
        return ImportMap.parse(yaml, file: "maps/m.yaml", name: "m", chart: chart).map!
    }

    private static let chart = Chart(
        partnership: "T", members: [Member(name: Name("ash"), label: "Ash"), Member(name: Name("elm"), label: "Elm")],
        host: Name("ash"),
        contributors: [Contributor(name: Name("police"), label: "Police")],
        headings: [
            Heading(name: Name("pay"), label: "Pay", kind: .cost),
            Heading(name: Name("fees"), label: "Fees", kind: .income),
        ])

    private static let exportMap = ImportMap.parse(
        """
        recognise: [Code, Period]
        columns: {code: Code, cost centre: Centre, period: Period, date: Date, document: Doc, member concerned: Case, \
        amount: Amount}
        amounts: debits positive
        rows:
          sub-totals: {column: Doc, begins: Sub}
          control total: {column: Doc, is: Total}
          accruals: {column: Doc, begins: ACR}
        codes: {"1": expenditure pay, "2": income fees, "3": contribution from police, "4": recharge with elm, \
        "5": reserve transfer, "6": reserve balance, "9*": "left out, overheads"}
        """, file: "m", name: "m", chart: chart
    ).map

    private static let proofs = Mutex<[StretchProof.Dialect: StretchProof]>([:])

    /// Reads with and without the short cuts. Both must find the file whole, and the same in it, or both
    /// must not; where a broken file ends for each depends on what libxml2 was shown at a time.
    private func read(_ bytes: [UInt8]) {
        let plain = Digest(bytes, .plain)
        // Cut after so few bytes that a small input has as many cuts as a large file.
        let quick = Digest(bytes, .close(bytes: 16 + bytes.count % 120, scanner: bytes.count % 3 > 0))
        precondition(quick.isWhole == plain.isWhole, "only one way finds the file whole")
        if quick.isWhole {
            precondition(
                quick.cells == plain.cells && quick.hash == plain.hash && quick.findings == plain.findings,
                "the short cuts read something else")
        }
    }

    /// All that a reading hands over, in short.
    private final class Digest: SheetReceiver {
        private(set) var cells = 0
        private(set) var hash: UInt64 = 14_695_981_039_346_656_037
        private(set) var findings: [Finding.Code] = []
        private(set) var isWhole = false

        init(_ bytes: [UInt8], _ options: SheetReader.Options) {
            guard let report = try? SheetReader.read(bytes: bytes, name: "f", options: options, into: self) else {
                fatalError("bytes can't cause a failure")
            }
            findings = report.findings.map(\.code)
            isWhole = report.isWhole
        }

        func beginSheet(_ sheet: Sheet) { for byte in sheet.name.utf8 { add(byte) } }

        func receive(_ row: RowBuffer) {
            var last = 0
            add(UInt8(truncatingIfNeeded: row.number))
            for cell in row.cells {
                precondition(cell.column > last && cell.column <= Limits.columns, "cells go upwards")
                last = cell.column
                add(UInt8(truncatingIfNeeded: cell.column))
                add(cell.kind.rawValue)
                row.withBytes(cell) { for byte in $0 { add(byte) } }
            }
            cells += row.cells.count
        }

        private func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
    }
}
