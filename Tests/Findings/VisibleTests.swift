import Findings
import Testing

/// What a stranger wrote is shown on a terminal and never obeyed.
@Suite struct VisibleTests {
    @Test func controls() {
        #expect("\u{1B}[31mred\u{9B}0m".visible == "<U+001B>[31mred<U+009B>0m")
        #expect("a\u{202E}b\u{2066}c".visible == "a<U+202E>b<U+2066>c")
        #expect("one\ntwo\tthree".visible == "one\ntwo\tthree")
        #expect("one\ntwo\r\nthree".visibleLine == "one<U+000A>two<U+000D><U+000A>three")
        #expect("£1,234.50 é 名".visible == "£1,234.50 é 名")
    }
}
