extension String {
    /// The text with what a terminal would obey shown instead: escapes and other controls, and marks that turn the
    /// direction of what follows. Line ends and tabs stand.
    ///
    ///     "\u{1B}[31mred" as "<U+001B>[31mred"
    public var visible: String { visible { $0 == "\n" || $0 == "\t" } }

    /// The same, line ends and tabs included: what a stranger wrote never makes a line of its own.
    public var visibleLine: String { visible { _ in false } }

    private func visible(_ stands: (UnicodeScalar) -> Bool) -> String {
        guard unicodeScalars.contains(where: { Self.isHidden($0) && !stands($0) }) else { return self }
        var text = ""
        for scalar in unicodeScalars {
            if Self.isHidden(scalar), !stands(scalar) {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                text += "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// Controls (C0, DEL, C1), line and paragraph separators, and the marks, embeddings and isolates of direction.
    private static func isHidden(_ scalar: UnicodeScalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFFF9...0xFFFB: true
        default: false
        }
    }
}
