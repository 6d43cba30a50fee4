internal import Books
public import Findings
internal import Foundation
public import Rendering
public import Workflow

extension Partnership {
    private static func isPicture(_ data: Data, _ name: String) -> Bool {
        if name.hasSuffix(".png") { return data.starts(with: [0x89, 0x50, 0x4E, 0x47]) }
        if name.hasSuffix(".jpg") { return data.starts(with: [0xFF, 0xD8, 0xFF]) }
        return String(decoding: data.prefix(4_096), as: UTF8.self).contains("<svg")
    }

    /// The partnership's own page: `templates/statement.html`, `style.css`, `words` and a logo, each if it is there.
    ///
    /// - Throws: `Circumstance.findings` where one of them names what the page hasn't got.
    public func layout() throws(Circumstance) -> PageLayout {
        let snapshot = loader.snapshot
        func text(_ name: String) throws(Circumstance) -> (text: String, file: String)? {
            guard let document = snapshot["templates/" + name] else { return nil }
            return (try document.text(), document.name.path)
        }
        var logo: String?
        for (name, type) in [("logo.svg", "image/svg+xml"), ("logo.png", "image/png"), ("logo.jpg", "image/jpeg")] {
            guard logo == nil, let document = snapshot["templates/" + name] else { continue }
            guard document.byteCount <= 1 << 20, let bytes = try? document.bytes(), Self.isPicture(Data(bytes), name)
            else {
                throw .findings([
                    Finding(
                        .templateBroken, at: Place(file: document.name.path),
                        "the logo can't be read, is no picture of its kind, or has more than a megabyte",
                        hint: "put a picture in its place, or take the file away")
                ])
            }
            let data = Data(bytes)
            logo = "data:\(type);base64," + data.base64EncodedString()
        }
        let (layout, findings) = PageLayout.read(
            template: try text("statement.html"), style: try text("style.css"), words: try text("words"), logo: logo)
        guard let layout else { throw .findings(findings) }
        return layout
    }
}
