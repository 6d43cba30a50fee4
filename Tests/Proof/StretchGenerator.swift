package import Sheets

/// Random stretches of rows, as programs write them and a little off; the same for the same seed.
package struct StretchGenerator {
    private var random: SplitMix
    private let dialect: StretchProof.Dialect

    package init(_ dialect: StretchProof.Dialect, seed: UInt64) {
        self.dialect = dialect
        random = SplitMix(
            state: seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(StretchProof.Dialect.allCases.firstIndex(of: dialect)!))
    }

    /// One time in three as it should be, otherwise with one to four faults.
    package mutating func next() -> [UInt8] {
        var text = Array(rows().utf8)
        if chance(3) { return text }
        for _ in 0..<(chance(2) ? 1 : random.below(4) + 1) where !text.isEmpty { mutate(&text) }
        return text
    }

    private mutating func rows() -> String {
        var text = blank()
        for number in 0..<random.below(4) + 1 {
            switch dialect {
            case .spreadsheetML: text += spreadsheetMLRow("", "ss:")
            case .prefixedSpreadsheetML: text += spreadsheetMLRow("ss:", "ss:")
            case .worksheet: text += worksheetRow("", number + 1)
            case .prefixedWorksheet: text += worksheetRow("x:", number + 1)
            case .openDocument: text += openDocumentRow()
            case .texts:
                text +=
                    chance(6)
                    ? "<si><r><t>\(content())</t></r><r><rPr/><t xml:space=\"preserve\">\(content())</t></r></si>"
                    : "<si><t\(chance(3) ? " xml:space=\"preserve\"" : "")>\(content())</t></si>"
            }
            text += blank()
        }
        if chance(8) {
            text +=
                ["</Table>", "</ss:Table>", "</sheetData>", "</x:sheetData>", "</table:table>", "</sst>", "</other>"][
                    random.below(7)] + "<rest"
        }
        return text
    }

    private mutating func blank() -> String { chance(2) ? "" : [" ", "\n", "\r\n", "\n   ", "\t"][random.below(5)] }

    private mutating func chance(_ one: Int) -> Bool { random.below(one) == 0 }

    private mutating func content() -> String {
        if chance(2) {
            return ["Venue", "Agency social worker", "Café £5", "INV0012", "a&amp;b", "chair – fee"][random.below(6)]
        }
        let parts = [
            "Venue", "£", "é", "😀", "&amp;", "&lt;", "&#163;", "&#xA3;", "&#10;", "x y", "a", chance(9) ? "  " : "b",
            chance(9) ? "\n" : "c", "]", chance(9) ? "]]" : "d", "&apos;", "_x000D_", "_x0041_", "1", "-", ".", "'",
            "\"", ">", "\u{FFFD}", "\u{85}", "\u{7F}", "#REF!", "Err:502", "&quot;",
        ]
        var text = ""
        for _ in 0..<random.below(5) { text += parts[random.below(parts.count)] }
        return text
    }

    private mutating func number() -> String {
        if chance(2) { return ["0", "12", "1234.5", "-0.01", "3", "7", "31"][random.below(7)] }
        return [
            "0", "1", "12", "1234.5", "-0.01", "1E5", "1.0000000000000001E-2", " 7 ", "43191", "0.5", "59", "60", "61",
            "2958466", "-3", "1.5", "36.123", "", "n/a", "17", "39", "40", "400", "true", "false", "0.999999999",
        ][random.below(26)]
    }

    private mutating func spreadsheetMLRow(_ e: String, _ a: String) -> String {
        var text = "<\(e)Row"
        if chance(4) { text += " \(a)Index=\"\(random.below(9) + (chance(9) ? 0 : 1))\"" }
        if chance(6) { text += " \(a)AutoFitHeight=\"0\"" }
        if chance(8) { text += " \(a)Hidden=\"\(chance(9) ? 2 : random.below(2))\"" }
        if chance(8) { text += " \(a)Span=\"\(random.below(3))\"" }
        if chance(6) { text += " \(a)Height=\"15.75\"" }
        if chance(9) { return text + "/>" }
        text += ">"
        var column = 0
        for _ in 0..<random.below(5) {
            column += 1
            text += blank() + "<\(e)Cell"
            if chance(3) { text += " \(a)StyleID=\"s\(random.below(70))\"" }
            if chance(5) {
                column += random.below(3)
                text += " \(a)Index=\"\(chance(12) ? random.below(12) : column)\""
            }
            if chance(6) {
                let across = random.below(3)
                column += across
                text += " \(a)MergeAcross=\"\(across)\""
            }
            if chance(8) { text += " \(a)MergeDown=\"\(random.below(3))\"" }
            if chance(6) { text += " \(a)Formula=\"=SUM(R[-1]C)&amp;&quot;x&quot;\"" }
            if chance(7) { text += "/>"; continue }
            text += ">"
            if chance(9) { text += "</\(e)Cell>"; continue }
            let type = ["Number", "String", "DateTime", "Boolean", "Error", "Text", ""][random.below(7)]
            if chance(25) { text += "<\(e)Comment><\(e)Data>no</\(e)Data></\(e)Comment>" }
            text +=
                chance(12)
                ? "<\(e)Data \(a)Type=\"\(type)\"/>"
                : "<\(e)Data \(a)Type=\"\(type)\">\(chance(2) ? number() : content())</\(e)Data>"
            if chance(7) { text += "<\(e)NamedCell \(a)Name=\"Print_Area\"/>" }
            text += blank() + "</\(e)Cell>"
        }
        return text + blank() + "</\(e)Row>"
    }

    private mutating func worksheetRow(_ e: String, _ row: Int) -> String {
        var text = "<\(e)row"
        if !chance(8) { text += " r=\"\(row)\"" }
        if chance(3) { text += " spans=\"1:5\"" }
        if chance(6) { text += " hidden=\"\(["1", "0", chance(4) ? "true" : "1"][random.below(3)])\"" }
        if chance(6) { text += " ht=\"15\" customHeight=\"1\"" }
        if chance(9) { text += " x14ac:dyDescent=\"0.25\"" }
        if chance(9) { return text + "/>" }
        text += ">"
        var column = 0
        for _ in 0..<random.below(5) {
            column += (chance(3) ? random.below(2) : 0) + (chance(30) || column == 0 ? 0 : 1)
            text += "<\(e)c"
            if !chance(8) {
                text +=
                    " r=\"\(["A", "B", "C", "Z", "AA", "XFD", "XFE", "a"][min(7, column)])"
                    + "\(chance(40) ? row + 1 : row)\""
            }
            if chance(2) { text += " s=\"\(random.below(5))\"" }
            let type = ["", "s", "n", "b", "e", "str", "inlineStr", "d"][random.below(8)]
            if !type.isEmpty { text += " t=\"\(type)\"" }
            if chance(9) { text += "/>"; continue }
            text += ">"
            if chance(4) {
                text +=
                    [
                        "<\(e)f>A1&amp;B1</\(e)f>", "<\(e)f t=\"shared\" ref=\"A1:A3\" si=\"0\">1</\(e)f>",
                        "<\(e)f t=\"shared\" si=\"0\"/>", chance(5) ? "<\(e)f t=\"a\" t=\"b\"/>" : "<\(e)f>1</\(e)f>",
                    ][random.below(4)]
            }
            if type == "inlineStr" || chance(12) {
                text += "<\(e)is><\(e)t\(chance(3) ? " xml:space=\"preserve\"" : "")>\(content())</\(e)t></\(e)is>"
            } else if !chance(9) {
                let index = chance(9) ? number() : "\(random.below(40))"
                text += "<\(e)v>\(type == "str" || chance(20) ? content() : type == "s" ? index : number())</\(e)v>"
            }
            text += "</\(e)c>"
        }
        return text + blank() + "</\(e)row>"
    }

    private mutating func openDocumentRow() -> String {
        var text = "<table:table-row"
        if chance(2) { text += " table:style-name=\"ro1\"" }
        if chance(6) { text += " table:number-rows-repeated=\"\(random.below(4) + (chance(9) ? 0 : 1))\"" }
        if chance(7) { text += " table:visibility=\"\(["visible", "collapse", "filter"][random.below(3)])\"" }
        if chance(12) { return text + "/>" }
        text += ">"
        for _ in 0..<random.below(5) {
            let name = chance(8) ? "table:covered-table-cell" : "table:table-cell"
            text += "<\(name)"
            if chance(3) { text += " table:style-name=\"ce1\"" }
            if chance(5) { text += " table:number-columns-repeated=\"\(random.below(4) + (chance(9) ? 0 : 1))\"" }
            if chance(6) { text += " table:formula=\"of:=[.A1]&amp;&quot;&quot;\"" }
            if chance(8) {
                text +=
                    " table:number-columns-spanned=\"2\" "
                    + "table:number-rows-spanned=\"\(random.below(2) + (chance(9) ? 0 : 1))\""
            }
            let type = ["float", "percentage", "currency", "date", "time", "boolean", "string", "void", ""][
                random.below(9)]
            if !type.isEmpty { text += " office:value-type=\"\(type)\"" }
            switch type {
            case "float", "percentage", "currency":
                text += " office:value=\"\(number())\"" + (chance(3) ? " office:currency=\"GBP\"" : "")
            case "date": text += " office:date-value=\"2018-04-01\""
            case "time": text += " office:time-value=\"PT10H30M00S\""
            case "boolean": text += " office:boolean-value=\"\(["true", "false", "1"][random.below(3)])\""
            default: if chance(5) { text += " office:string-value=\"\(content().replacingLessThan)\"" }
            }
            if chance(2) { text += " calcext:value-type=\"\(chance(5) ? "error" : "float")\"" }
            if chance(6) { text += "/>"; continue }
            text += ">" + blank()
            for _ in 0..<(chance(4) ? random.below(3) : 1) {
                text +=
                    chance(8)
                    ? "<text:p/>"
                    : chance(25) ? "<text:p>a<text:s text:c=\"2\"/>b</text:p>" : "<text:p>\(content())</text:p>"
            }
            text += "</\(name)>"
        }
        return text + blank() + "</table:table-row>"
    }

    private static let tokens = [
        "<", ">", "\"", "'", "&", "]]>", "<!-- -->", "<![CDATA[x]]>", "<?p?>", "/", "=", "\u{0}", "\u{7}", "&#7;",
        "&#0;", "&x;", "\r", "\r\n", "\t", " ", "xmlns=\"a\"",
        " xmlns:ss=\"b\"", "</Row>", "</row>", "</table:table-row>", "<Row>", "<row>", "<c>", "<v>", "</v>", "<Cell>",
        "</Cell>", "<Data>", " r=\"A1\"", " ss:Index=\"1\"",
        " Index=\"3\"", "\u{FFFE}", "&#xFFFF;", "&#xD800;", "&#x110000;", "99999999", "-1", "<is>", "</is>", "<f/>",
        "<text:p>", "</text:p>", "<si>", "</si>", "<t/>", "<t>", "é",
    ].map { Array($0.utf8) }

    private mutating func mutate(_ text: inout [UInt8]) {
        let at = random.below(text.count)
        switch random.below(10) {
        case 7, 8, 9:
            // A letter for a letter and a digit for a digit: mostly still a row.
            if text[at] &- 48 < 10 {
                text[at] = UInt8(48 + random.below(10))
            } else if (text[at] | 0x20) &- 97 < 26 {
                text[at] = text[at] & 0x20 | UInt8(65 + random.below(26))
            }
        case 0: text[at] = UInt8(truncatingIfNeeded: random.next())
        case 1: text[at] ^= 1 << UInt8(random.below(8))
        case 2: text.remove(at: at)
        case 3: text.removeSubrange(at..<min(text.count, at + random.below(12) + 1))
        case 4: text.insert(contentsOf: Self.tokens[random.below(Self.tokens.count)], at: at)
        case 5:
            text.insert(
                contentsOf: Array(text[at..<min(text.count, at + random.below(30) + 1)]), at: random.below(text.count))
        default:
            text.replaceSubrange(
                at..<min(text.count, at + random.below(6)), with: Self.tokens[random.below(Self.tokens.count)])
        }
    }
}

extension String {
    /// What may stand in an attribute in double quotes.
    fileprivate var replacingLessThan: String { String(filter { $0 != "\"" && $0 != "<" }) }
}

/// Sebastiano Vigna's SplitMix64: small, seeded, and the same everywhere.
package struct SplitMix {
    package var state: UInt64

    package init(state: UInt64) { self.state = state }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    package mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
