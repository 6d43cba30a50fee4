public import Agreements
internal import Ledger
internal import Templates

/// The agreement as a paper that a board signs: parties, clauses, and a place for each party's signature.
public struct AgreementDocument: Sendable {
    /// The partnership's name.
    public let title: String
    /// In the agreement's order, members first.
    let parties: [Party]
    let clauses: [Clause]
    /// SHA-256 of the agreement's text, in hexadecimal: which version was signed.
    public let digest: String

    struct Party: Sendable {
        let name: String
        /// `host`, `contributor`; empty for other members.
        let role: String
    }

    /// - Parameter digest: SHA-256 of the agreement's text, in hexadecimal.
    public init(_ agreement: Agreement, digest: String) {
        let chart = agreement.chart
        title = chart.partnership
        parties =
            chart.members.map { Party(name: $0.label, role: $0.name == chart.host ? "host" : "") }
            + chart.contributors.map { Party(name: $0.label, role: "contributor") }
        clauses = agreement.clauses
        self.digest = digest
    }

    static let signatureCaption = "Signed for each party by somebody with authority to do so"

    private var foot: String { "\(title): the agreement. SHA-256 of its text: \(digest)." }

    /// One page that needs nothing else.
    public var html: String {
        let parties = parties.map { ["name": $0.name, "role": $0.role.isEmpty ? nil : $0.role] as [String: Any?] }
        let clauses = clauses.map { clause in
            ["text": clause.text, "hasParts": !clause.parts.isEmpty, "parts": clause.writtenParts] as [String: Any]
        }
        return Page.render(
            .agreement,
            [
                "title": title, "style": EmbeddedFile.style.text, "parties": parties.map { $0.compactMapValues { $0 } },
                "clauses": clauses, "caption": Self.signatureCaption, "foot": foot,
                "footStyle": StatementDocument.styleString("\(title), agreement \(digest.prefix(12))"),
            ])
    }

    /// Writes an OpenDocument text, version 1.2, in which clauses can still be edited.
    ///
    /// - Returns: the reason where it can't be written.
    public func writeOpenDocument(to path: String) -> String? {
        do throws(ZipWriter.Failure) { try OpenDocumentText.write(self, foot: foot, to: path) } catch {
            return error.reason
        }
        return nil
    }
}
