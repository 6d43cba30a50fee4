public import Findings
internal import Templates

/// The maps of common layouts that come with the program.
public enum CommonMaps {
    /// By name, with what each is for.
    public static var all: [(name: String, layout: String)] {
        EmbeddedFile.maps.map { name, file in
            let line = file.text.split(separator: "\n").first { $0.hasPrefix("layout: ") }
            return (name, line.map { String($0.dropFirst(8)) } ?? name)
        }
    }

    /// - Throws: `Circumstance.usage` where there is none of that name.
    public static func text(_ name: String) throws(Circumstance) -> String {
        guard let found = EmbeddedFile.maps.first(where: { $0.name == name }) else {
            throw .usage(
                "there is no common layout \"\(name)\"; \(Nearest.hint(name, in: EmbeddedFile.maps.map { $0.name }))")
        }
        return found.file.text
    }
}
