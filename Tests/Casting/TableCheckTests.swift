@testable import Casting
import Findings
import Foundation
import Testing

/// Small tables with one thing to see in each.
@Suite struct TableCheckTests {
    /// A table of lines separated by `|`.
    private func looked(_ text: String) -> TableCheck? {
        let rows = text.split(separator: "\n").enumerated().map { index, line in
            PrintedTable.Row(
                number: index + 1,
                cells: line.split(separator: "|", omittingEmptySubsequences: false).map {
                    PrintedTable.Cell(String($0).trimmedLine)
                })
        }
        return TableCheck(PrintedTable(source: Place.Source(file: "t", sheet: ""), title: "", rows: rows))
    }

    private func errors(_ text: String) -> [String] {
        (looked(text)?.errors ?? []).map {
            "\($0.place.cell ?? "") \($0.printed) for \($0.computed): "
                + "\($0.cause.map { $0.kind.rawValue + ($0.line.isEmpty ? "" : ", " + $0.line) } ?? "no cause")"
        }
    }

    static let lines = "Item | Amount\nPolice | 4,310\nHealth | 20,250\nProbation | 1,862\nSchools | 3,718"

    @Test(
        "Each slip of the pen in a total is named",
        arguments: [
            ("30,140", [String]()), ("31,040", ["B6 31,040 for 30,140: digits swapped"]),
            ("3,140", ["B6 3,140 for 30,140: digit lost"]), ("140", ["B6 140 for 30,140: digit lost"]),
            ("300,140", ["B6 300,140 for 30,140: digit doubled"]), ("-30,140", ["B6 -30,140 for 30,140: sign turned"]),
            ("34,450", ["B6 34,450 for 30,140: line counted twice, Police"]),
            ("28,278", ["B6 28,278 for 30,140: line left out, Probation"]),
            ("30,540", ["B6 30,540 for 30,140: digit wrong"]), ("30,142", []),
            ("30,143", ["B6 30,143 for 30,140: digit wrong"]),
        ]) func slips(total: String, expected: [String])
    { #expect(errors(Self.lines + "\nTotal | \(total)") == expected) }

    @Test("Rounding is half a unit a figure, and is told apart from errors") func rounding() throws {
        // Four lines and their total: two and a half.
        let check = try #require(looked(Self.lines + "\nTotal | 30,142"))
        #expect(check.findings.map(\.verdict) == [.rounding] && check.findings[0].difference == "2")
    }

    @Test("A wrong part is found where two totals cross, and not its totals") func crossed() {
        #expect(
            errors(
                "Line | North | South | Total\nStaff | 1,200 | 2,300 | 3,500\nRent | 450 | 580 | 1,300\n"
                    + "Travel | 210 | 320 | 530\nTotal | 1,860 | 3,470 | 5,330"
            )
                == ["C3 580 for 850: digits swapped"])
    }

    @Test("N/A and blank are not zero, and a dash is") func notAvailable() {
        #expect(
            looked(
                "Body | 2019 | 2020\nFire | N/A | 500\nPolice | 5,000 | 5,250\nSchools | - | 1,310\n"
                    + "Total | 5,000 | 7,060"
            )?.findings.isEmpty == true)
        // What is carried forward can't be worked out from a blank.
        #expect(
            errors(
                "Reserve | Opening | In | Out | Closing\nA | 1,000 | | -200 | 900\nB | 4,310 | 520 | -130 | 4,700\n"
                    + "C | 2,000 | 310 | -400 | 1,910"
            ).isEmpty)
    }

    @Test(
        "A variance is found in either direction",
        arguments: [("Variance", [-118, 77, -310, 40], [1, 0]), ("Over/(under)", [118, -77, 310, -40], [0, 1])])
    func variances(title: String, values: [Int], order: [Int]) throws {
        let budget = [4_310, 2_250, 8_100, 912], actual = [4_428, 2_173, 8_410, 872]
        let text =
            "Line | Budget | Actual | \(title)\n"
            + (0..<4).map { "L\($0) | \(budget[$0]) | \(actual[$0]) | \(values[$0])" }.joined(separator: "\n")
        let check = try #require(looked(text))
        #expect(
            check.relations.map(\.description) == [
                "\(title) = \(["Budget", "Actual"][order[1]]) - \(["Budget", "Actual"][order[0]])"
            ] && check.findings.isEmpty)
    }

    @Test("Net is gross and income in any convention of signs", arguments: ["", "-"]) func net(sign: String) {
        let text =
            "Service | Gross | Income | Net\nCare | 4,310 | \(sign)1,210 | 3,100\nRoads | 8,800 | \(sign)412 | 8,388\n"
            + "Parks | 950 | \(sign)17 | 933"
        #expect(looked(text)?.relations.map(\.description) == ["Net = Gross \(sign.isEmpty ? "-" : "+") Income"])
        #expect(errors(text.replacing("8,388", with: "8,838")) == ["D3 8,838 for 8,388: digits swapped"])
    }

    @Test("A percentage that was cut, not rounded, is told; one that the rounding of its parts allows is not")
    func percentages() {
        let text =
            "Line | Budget | Actual | % spent\nA | 4,310 | 2,999 | 69.6%\nB | 8,120 | 1,111 | 13.7%\n"
            + "C | 9,950 | 7,777 | 78.2%\nD | 6,400 | 5,123 | 80.0%"
        #expect(errors(text) == [])
        #expect(errors(text.replacing("13.7%", with: "13.6%")) == ["D3 13.6% for 13.7%: percentage cut, not rounded"])
        // 3 of 7 is 42.9%; but 2.6 of 7.4 is 35.1%.
        #expect(
            errors(
                "Line | Budget | Actual | %\nA | 7 | 3 | 40.0%\nB | 812 | 111 | 13.7%\nC | 995 | 777 | 78.1%\n"
                    + "D | 640 | 512 | 80.0%"
            ) == [])
    }

    @Test("What is brought forward is what was carried forward, whichever year comes first", arguments: [false, true])
    func broughtForward(isReversed: Bool) {
        let columns = [
            ["2019/20", "1,310", "4,420", "-3,980", "1,750"], ["2020/21", "1,570", "5,110", "-4,605", "2,255"],
            ["2021/22", "2,255", "5,230", "-5,480", "2,005"],
        ]
        let ordered = isReversed ? columns.reversed() : columns
        let labels = ["", "Brought forward", "Income", "Expenditure", "Carried forward"]
        let text = labels.indices.map { row in labels[row] + " | " + ordered.map { $0[row] }.joined(separator: " | ") }
            .joined(separator: "\n")
        // 1,570 for 1,750, and the year's own sum is out by as much.
        #expect(errors(text) == ["C2 1,570 for 1,750: digits swapped"])
    }

    @Test("A cash book's running balance is followed down its rows") func cashBook() {
        let text =
            "Date | Details | In | Out | Balance\n1 Apr | Brought forward | | | 4,315.04\n26 Apr | Precept | 5,000.00 "
            + "| | 9,315.04\n9 May | Clerk | | 426.67 | 8,888.37\n14 May | Fundraising | 445.00 | | 9,333.37\n"
            + "1 Jun | Lighting | | 353.12 | 8,980.25\n3 Jun | Hall | | 50.00 | 8,930.25"
        #expect(looked(text)?.relations.map(\.description) == ["Balance = that of the row before + In - Out"])
        #expect(errors(text).isEmpty)
        // The balance was struck from the right one: only its own line is wrong.
        #expect(errors(text.replacing("8,888.37", with: "8,883.87")) == ["E4 8,883.87 for 8,888.37: digits swapped"])
    }

    @Test("A section's total that is another section's is told") func otherSection() {
        let text =
            "Line | Amount\nIncome |\nGrants | 4,310\nFees | 2,217\nTotal income | 8,052\nCosts |\nStaff | 7,035\n"
            + "Rent | 1,017\nTotal costs | 8,052"
        #expect(errors(text) == ["B5 8,052 for 6,527: total of another section, Total costs"])
    }

    @Test("Lines of which others are part enter no sum") func ofWhich() {
        #expect(
            looked("Line | Amount\nStaff | 4,310\nof which agency | 1,200\nRent | 2,217\nTotal | 6,527")?.findings
                .isEmpty == true)
    }

    @Test("Shares said to be equal must be, and a stated percentage must hold") func shares() {
        #expect(
            errors(
                "Line | North | South | Total\nChair (split equally) | 6,250 | 6,250 | 12,500\n"
                    + "Audit | 300 | 715 | 1,015\nRent | 4,100 | 2,312 | 6,412"
            ).isEmpty)
        #expect(
            errors(
                "Line | North | South | West | Total\nChair (split equally) | 4,250 | 4,250 | 4,520 | 13,020\n"
                    + "Audit | 300 | 715 | 15 | 1,030\nRent | 4,100 | 2,312 | 101 | 6,513"
            ) == ["D2 4,520 for 4,250: digits swapped"])
    }

    @Test("Words of adverse and favourable are held against the sign") func words() {
        let text =
            "Line | Budget | Actual | Variance | ADV/FAV\nA | 4,310 | 4,428 | 118 | ADV\n"
            + "B | 2,250 | 2,173 | -77 | FAV\nC | 8,100 | 8,410 | 310 | ADV\nD | 912 | 872 | -40 | FAV\n"
            + "E | 5,100 | 5,210 | 110 | ADV"
        #expect(errors(text).isEmpty)
        #expect(errors(text.replacing("-40 | FAV", with: "-40 | ADV")) == ["D5 -40 for 40: word contradicts the sign"])
    }

    @Test("Columns of notes, codes and years are no amounts") func references() {
        let text =
            "Code | Line | Note | 2019 | 2020\n5100 | Staff | 1 | 4,310 | 4,420\n5200 | Rent | 2 | 2,217 | 2,301\n"
            + "5300 | Travel | 3 | 118 | 96\n | Total | | 6,645 | 6,817"
        #expect(looked(text)?.relations.count == 1 && looked(text)?.findings.isEmpty == true)
    }

    @Test(
        "It does not cry wolf at lists without totals, measures or averages",
        arguments: [
            "Body | Members | Meetings\nNorth | 12 | 4\nSouth | 15 | 6\nWest | 9 | 4\nEast | 21 | 5",
            "Year | Referrals | Plans\n2016 | 1,668 | 159\n2017 | 2,234 | 51\n2018 | 2,239 | 61\nAverage | 2,047 | 90",
            "Line | 2018 | 2019 | 2020\nChild population | 35,150 | 35,410 | 35,980\n"
                + "Cost | 114,310 | 121,004 | 118,550\nCost per child | 3.25 | 3.42 | 3.29",
            "Total budget for the year | Amount\nChair | 15,000\nTraining | 3,720\nSalaries | 198,009",
        ]) func quiet(text: String)
    { #expect(looked(text)?.errors.isEmpty ?? true) }

    /// Illustrative: tables as finance teams make them, all of them right.
    @Test(
        "It does not cry wolf at what finance teams print",
        arguments: [
            (
                "a movement in reserves",
                """
                 | General Fund | HRA | Capital receipts | Grants unapplied | Total usable | Unusable | Total reserves
                Balance at 31 March 2023 | 28,400 | 9,120 | 4,300 | 6,650 | 48,470 | 165,290 | 213,760
                Total comprehensive income and expenditure | (3,110) | 1,640 | - | - | (1,470) | (7,740) | (9,210)
                Adjustments between accounting and funding basis | 1,805 | (1,220) | 650 | 410 | 1,645 | (1,645) | -
                Increase/(decrease) in year | (1,305) | 420 | 650 | 410 | 175 | (9,385) | (9,210)
                Balance at 31 March 2024 | 27,095 | 9,540 | 4,950 | 7,060 | 48,645 | 155,905 | 204,550
                Total comprehensive income and expenditure | (2,204) | 875 | - | - | (1,329) | 9,250 | 7,921
                Adjustments between accounting and funding basis | 1,610 | (1,015) | (480) | 205 | 320 | (320) | -
                Increase/(decrease) in year | (594) | (140) | (480) | 205 | (1,009) | 8,930 | 7,921
                Balance at 31 March 2025 | 26,501 | 9,400 | 4,470 | 7,265 | 47,636 | 164,835 | 212,471
                """
            ),
            (
                "a gap and its yearly increase",
                """
                Medium Term Financial Plan | 2024/25 | 2025/26 | 2026/27 | 2027/28
                 | £000 | £000 | £000 | £000
                Opening budget | 42,115 | 43,380 | 44,567 | 45,703
                Inflation | 1,420 | 1,310 | 1,290 | 1,275
                Growth | 655 | 402 | 346 | 300
                Savings identified | (810) | (525) | (500) | (410)
                Budget requirement | 43,380 | 44,567 | 45,703 | 46,868
                Funding | (43,380) | (43,610) | (44,020) | (44,600)
                Shortfall | 0 | 957 | 1,683 | 2,268
                Annual increase in shortfall | 0 | 957 | 726 | 585
                """
            ),
            (
                "an amount per head",
                """
                Authority | Population | Net budget £000 | £ per head | Rank
                Northshire | 612,400 | 540,100 | 881.94 | 2
                Southshire | 455,210 | 398,740 | 875.95 | 3
                Eastshire | 810,030 | 744,020 | 918.51 | 1
                Westshire | 298,700 | 255,060 | 853.90 | 4
                Average | 544,085 | 484,480 | 882.58 | 
                Total | 2,176,340 | 1,937,920 | 890.45 | 
                """
            ),
            (
                "variances that are favourable or adverse",
                """
                Line | Budget | Actual | Variance fav/(adv)
                Rents | 24,310 | 24,105 | (205)
                Fees | 610 | 642 | 32
                Total income | 24,920 | 24,747 | (173)
                Repairs | 7,250 | 7,810 | (560)
                Staff | 6,105 | 5,940 | 165
                Total expenditure | 13,355 | 13,750 | (395)
                Net | 11,565 | 10,997 | (568)
                """
            ),
            (
                "a figure with words beside it",
                """
                Line | 2023/24 | 2024/25
                Council | 98,500 | 101,000
                Police | 45,000 | 46,000 (est)
                ICB | 72,000 | 74,500
                Total | 215,500 | 221,500
                """
            ),
            (
                "a part that is not available",
                """
                Area | 2022/23 | 2023/24 | 2024/25
                North | 4,210 | 4,455 | 4,390
                South | 3,120 | 3,301 | N/A
                East | 2,905 | 2,840 | 3,010
                Total | 10,235 | 10,596 | 10,712
                """
            ),
            (
                "a line that is part of another, and an average that is not",
                """
                Authority | 2024/25 Band D £ | 2025/26 Band D £ | Increase £ | Increase %
                County Council | 1,534.41 | 1,610.98 | 76.57 | 4.99
                of which adult social care precept | 201.33 | 232.02 | 30.69 | 
                Police | 278.57 | 292.57 | 14.00 | 5.03
                Fire | 86.03 | 91.03 | 5.00 | 5.81
                District | 207.93 | 214.15 | 6.22 | 2.99
                Parish average | 61.20 | 64.10 | 2.90 | 4.74
                Total | 2,168.14 | 2,272.83 | 104.69 | 4.83
                """
            ),
            (
                "figures with fewer decimals than others",
                """
                Item | 2023/24 £m | 2024/25 £m | 2025/26 £m
                Staff | 10.4 | 11.7 | 13.0
                Premises | 3.35 | 3.4 | 3.1
                Supplies | 12 | 13 | 14
                Total | 25.8 | 28.1 | 30.1
                """
            ),
            (
                "a balance of rounded figures",
                """
                Item | £m
                Opening balance | 10.4
                Received | 3.35
                Spent | (2.1)
                Closing balance | 11.7
                """
            ),
            (
                "percentages made to add to 100",
                """
                Contributor | 2024/25 £ | % of total | 2025/26 £ | % of total
                Council | 98,500 | 41.9 | 101,000 | 41.8
                Police | 45,000 | 19.1 | 46,000 | 19.1
                ICB | 72,000 | 30.6 | 74,500 | 30.9
                Probation | 4,750 | 2.0 | 4,750 | 2.0
                Schools | 15,000 | 6.4 | 15,000 | 6.2
                Total | 235,250 | 100.0 | 241,250 | 100.0
                """
            ),
            (
                "an average award",
                """
                Ward | Number of grants | Total awarded £ | Average award £
                Abbey | 12 | 6,000 | 500
                Castle | 7 | 4,550 | 650
                Park | 15 | 6,750 | 450
                Riverside | 6 | 4,200 | 700
                Total | 40 | 21,500 | 538
                """
            ),
        ]) func quietAsPrinted(what: String, text: String)
    { #expect(errors(text) == [], "\(what)") }

    /// Illustrative, and right: what stands before a total need be no part of it, and what is no sum isn't cast.
    @Test(
        "Columns before a total, last year's figure above it, and averages beside it are no slips",
        arguments: [
            "Scheme | Approved | 2024/25 | 2025/26 | Total\nBridge | 12,000 | 9,510 | 2,700 | 12,210\n"
                + "Depot | 3,500 | 2,020 | 1,480 | 3,500\nSchool | 8,250 | 2,100 | 6,000 | 8,100\n"
                + "Total | 23,750 | 13,630 | 10,180 | 23,810",
            "Line | 2024 | 2025 | 2026\nPrior year outturn | 10,000 | 11,200 | 11,900\nPay | 4,100 | 4,300 | 4,420\n"
                + "Non-pay | 1,250 | 1,310 | 1,377\nTotal | 5,350 | 5,610 | 5,797",
            "School | Pupils | Funding £ | £/pupil\nAshgate | 210 | 1,102,500 | 5,250\n"
                + "Beech | 415 | 2,095,750 | 5,050\nCedar | 98 | 573,300 | 5,850\nTotal | 723 | 3,771,550 | 5,217",
            "Parish | Tax base | Precept £ | Band D £\nAshby | 412.6 | 18,500 | 44.84\n"
                + "Barton | 1,204.1 | 64,000 | 53.15\nDenby | 640.0 | 31,750 | 49.61\n"
                + "Total | 2,256.7 | 114,250 | 50.63",
            "Ward | Households | Collected £ | Collection\nAbbey | 1,210 | 1,980,300 | 97.1\n"
                + "Castle | 980 | 1,544,210 | 96.4\nPark | 2,105 | 3,620,480 | 98.2\nTotal | 4,295 | 7,144,990 | 97.5",
            "Main contributors | £\nCouncil | 98,500\nPolice | 45,000\nICB | 72,000\nTotal of all 9 partners | 221,900",
            "Line | 2024/25\nFees | 15,917\nPremises | 15,742\nAudit | 6,077\nInsurance | 15,983\nStaffing | 8,668\n"
                + "Transport | 1,670\nTraining | 14,563\nNet position | 1,634",
        ]) func noPartOfIt(text: String)
    { #expect(errors(text) == []) }

    @Test("A form's plus, minus and equals, and lines that say less, are followed") func ladders() {
        let form =
            " | 2023 | 2024\n1. Balances brought forward | 24,118 | 27,905\n2. (+) Precept or Rates and Levies | "
            + "41,500 | 43,000\n3. (+) Total other receipts | 6,212 | 8,770\n4. (-) Staff costs | 18,340 | "
            + "19,112\n5. (-) Loan interest/capital repayments | 2,150 | 2,150\n"
            + "6. (-) All other payments | 23,435 | 25,061\n7. (=) Balances carried forward | 27,905 | 33,352"
        #expect(errors(form).isEmpty)
        #expect(errors(form.replacing("33,352", with: "33,532")) == ["C8 33,532 for 33,352: digits swapped"])
        let ladder =
            "Line | 2023 | 2024\nTotal expenditure | 50,585 | 52,590\nLess income | 8,120 | 8,400\n"
            + "Less use of reserves | 2,465 | 1,190\nPrecept | 40,000 | 43,000"
        #expect(errors(ladder).isEmpty)
        #expect(errors(ladder.replacing("43,000", with: "34,000")) == ["C5 34,000 for 43,000: digits swapped"])
    }

    @Test("In a sum across the columns a part is called by its column") func across() {
        #expect(
            errors(
                "Line | North | South | West | Total\nA | 1,310 | 2,240 | 3,170 | 6,720\n"
                    + "B | 4,115 | 5,226 | 6,338 | 10,453\nC | 812 | 933 | 1,047 | 2,792"
            ) == ["E3 10,453 for 15,679: line left out, South"])
    }

    @Test("Where a variance's sign goes by the kind of line, a slip in its size is still found") func directed() {
        let text =
            "Line | Budget | Actual | Variance fav/(adv)\nRents | 24,310 | 24,105 | (205)\nFees | 610 | 642 | "
            + "32\nTotal income | 24,920 | 24,747 | (173)\nRepairs | 7,250 | 7,810 | (650)\n"
            + "Staff | 6,105 | 5,940 | 165\nTotal expenditure | 13,355 | 13,750 | (395)"
        #expect(errors(text).first?.hasPrefix("D5 (650) for") == true, "\(errors(text))")
    }

    @Test("A long list with many slips is told in one go") func manySlips() {
        // Before each place kept its likeliest suspect, this took minutes.
        let text =
            "Item | Budget | Actual | Variance\n"
            + (0..<3_000).map { row -> String in
                let budget = 1_000 + row * 37 % 9_000, actual = 1_000 + row * 91 % 9_000
                return "L\(row) | \(budget) | \(actual) | \(actual - budget + (row % 5 == 0 ? 250 : 0))"
            }.joined(separator: "\n")
        #expect(looked(text)?.errors.count == 600)
    }

    @Test(
        "A table without figures in rows and columns is no table of figures", arguments: ["", "|", "a|b", "a|-\nb|N/A"])
    func noFigures(text: String) { #expect(looked(text) == nil) }

    @Test(
        "Figures beyond all sums, and words alone for them, are blamed for nothing",
        arguments: [
            "x|9999999999999|9999999999999\ny|9999999999999|-9999999999999\ntotal|9999999999999|1",
            "a|0.000001|1m\nb|999999m|-\nTotal|(1)|1", "a|-|-\nb|-|-\nTotal|-|-\nNet|-|-",
            // Together they would pass what sixty-four bits hold.
            "Line | A\n" + (0..<20_000).map { "L\($0) | 9,999,999,999,999" }.joined(separator: "\n")
                + "\nx | 0.01\nTotal | 9,999,999,999,999",
        ])
    func beyondAllSums(text: String) { expectSound(text) }

    @Test("A literal beyond all numbers is no number, or the number that it is")
    func literals() {
        for literal in ["9223372036854.7758079", "9999999999999.9999999", "1e39", "-1E-39", "999999999999999999999"] {
            if case .number(let number) = PrintedNumber.read(literal: literal) {
                #expect(number.decimals <= 12 && number.mantissa.magnitude <= 999_999_999_999_999_999, "\(literal)")
            }
        }
    }

    @Test("Whatever a table holds, it is judged twice alike, and no cell is blamed that holds what it should")
    func anything() {
        var random = LinearRandom(state: 20_261_126)
        let parts = [
            "Total", "Net", "b/f", "c/f", "less", "2019", "50%", "-", "N/A", "", "1,234", "(99)", "0.5", "£3m", "12%",
            "ADV", "equally", "999999999999",
        ]
        for _ in 0..<300 {
            let columns = Int.random(in: 1...6, using: &random), rows = Int.random(in: 1...14, using: &random)
            expectSound(
                (0..<rows).map { _ in
                    (0..<columns).map { _ in parts.randomElement(using: &random)! }.joined(separator: "|")
                }.joined(separator: "\n"))
        }
    }

    private func expectSound(_ text: String) {
        guard let first = looked(text), let second = looked(text) else { return }
        let shown = String(text.prefix(300))
        #expect(first.findings.map(\.relation) == second.findings.map(\.relation), "\(shown)")
        #expect(first.relations.map(\.description) == second.relations.map(\.description), "\(shown)")
        for error in first.errors {
            #expect(error.printed != error.computed && !error.difference.isEmpty, "\(error.relation) in \(shown)")
            #expect(error.place.row > 0 && Int(error.place.row) <= first.rows + 40, "\(shown)")
        }
    }
}

@Suite struct PrintedNumberTests {
    @Test(
        "A figure is read as it is printed",
        arguments: [
            ("1,234", 1_234, 0, 0), ("(3,577)", -3_577, 0, 0), ("£0.846m", 846, 3, 6), ("-1.5k", -15, 1, 3),
            ("18.9%", 189, 1, 0), ("1,234-", -1_234, 0, 0), ("\u{2212}12.00", -1_200, 2, 0), ("£(1,020)", -1_020, 0, 0),
            ("20.195", 20_195, 3, 0), ("307 724", 307_724, 0, 0), ("5,120.00*", 512_000, 2, 0),
        ]) func read(text: String, mantissa: Int, decimals: Int, exponent: Int)
    {
        guard case .number(let number) = PrintedNumber.read(text) else { Issue.record("\(text) is no number"); return }
        #expect(number.mantissa == mantissa && number.decimals == decimals && number.exponent == exponent)
    }

    @Test(
        "What is no figure is not read as one",
        arguments: [
            "2015/16", "12/03/2019", "1,23", "26/04/18 - Precept 1", "1.2.3", "--5", "Note 4", "12,34,567", "3 to 5",
            "99999999999999999999", "£000", "£'000",
        ]) func text(text: String)
    {
        #expect(PrintedNumber.read(text) == .text, "\(text)")
    }

    @Test(
        "A workbook's double loses its noise, never a unit",
        arguments: [
            ("0.30000000000000004", 3, 1), ("1234.4999999999998", 12_345, 1), ("1.2345E3", 12_345, 1), ("-5E-2", -5, 2),
            ("100", 100, 0), ("33.333333333333336", 33_333_333, 6),
        ])
    func literal(text: String, mantissa: Int, decimals: Int) {
        guard case .number(let number) = PrintedNumber.read(literal: text) else {
            Issue.record("\(text) is no number"); return
        }
        #expect(number.mantissa == mantissa && number.decimals == decimals)
    }
}

/// The same tables in every run.
private struct LinearRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}
