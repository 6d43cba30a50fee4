import Foundation
@testable import Rendering
import Templates
import Testing

@Suite struct TemplateTests {
    @Test("A text that a spreadsheet would run is escaped, and amounts stay numbers") func csv() {
        #expect(
            CSVWriter.text([
                [
                    .text("=1+1"), .text("a,\"b\""), .number("-5.00"), .text("@x"), .text("-y"), .text("+z"),
                    .text("\tq"),
                ]
            ])
                == "'=1+1,\"a,\"\"b\"\"\",-5.00,'@x,'-y,'+z,'\tq\r\n")
    }

    @Test("JSON escapes what it must") func json() {
        #expect(
            JSONValue.object([("a\"", .array([.string("\\ \n \u{1}"), .int(-1), .null, .bool(true), .object([])]))])
                .text
                == "{\n  \"a\\\"\": [\n    \"\\\\ \\n \\u0001\",\n    -1,\n    null,\n    true,\n    {}\n  ]\n}\n")
    }
}
