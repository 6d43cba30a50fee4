public import Agreements
public import Findings
public import Importing
internal import Ledger
internal import Sheets

/// What a partnership has decided for all its years: the agreement, its maps, its examples.
public struct PartnershipBook: Sendable {
    public let agreement: Agreement
    /// By their files' names, ascending; one with an error is not among them.
    public let maps: [ImportMap]
    /// The partnership's own examples of its agreement.
    public let examples: [AgreementExample]
    /// Of the agreement, the examples and the maps.
    public let findings: [Finding]
    /// Of the agreement alone: notes and warnings, for with an error there is no partnership.
    public let agreementFindings: [Finding]
    /// What it was read from, in that order.
    public let documents: [ReadDocument]

    /// - Throws: `Circumstance`; `.findings` where the agreement can't be used.
    init(_ snapshot: BookSnapshot) throws(Circumstance) {
        guard let document = snapshot["agreement"] else { throw .missing("there is no agreement") }
        let (agreement, faults) = Agreement.parse(try document.text(), file: "agreement")
        guard let agreement else { throw .findings(faults) }
        self.agreement = agreement
        agreementFindings = faults
        var findings = faults
        var documents = [try document.asRead()]
        if let document = snapshot["examples"] {
            let (examples, faults) = AgreementExample.parse(
                try document.text(), file: "examples", chart: agreement.chart)
            self.examples = examples
            findings += faults
            documents.append(try document.asRead())
        } else {
            examples = []
        }
        var maps: [ImportMap] = []
        for document in snapshot.documents {
            guard case .map(let name) = document.name.role else { continue }
            if let obstacle = document.obstacle {
                findings.append(.unreadable(document.name, obstacle))
                continue
            }
            let (map, faults) = ImportMap.parse(
                try document.text(), file: document.name.path, name: name, chart: agreement.chart)
            findings += faults
            if let map { maps.append(map) }
            documents.append(try document.asRead())
        }
        self.maps = maps
        self.findings = findings
        self.documents = documents
    }
}

/// A document as it was read: its name and the digest of its bytes.
public struct ReadDocument: Hashable, Sendable {
    public let name: DocumentName
    public let digest: Digest
}

extension Document {
    /// Its bytes in UTF-8; a byte order mark is dropped.
    ///
    /// - Throws: `Circumstance.unreadable`, or `.badData` where they are no UTF-8.
    public func text() throws(Circumstance) -> String {
        guard let text = String(validating: try bytes(), as: UTF8.self) else {
            throw .badData("\(name) is not in UTF-8: save it as UTF-8")
        }
        return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
    }

    /// - Throws: `Circumstance.unreadable`.
    public func bytes() throws(Circumstance) -> [UInt8] {
        do throws(FileFailure) { return try content().bytes() } catch { throw .unreadable("\(name): \(error.reason)") }
    }

    func asRead() throws(Circumstance) -> ReadDocument {
        do throws(FileFailure) { return ReadDocument(name: name, digest: try digest()) } catch {
            throw .unreadable("\(name): \(error.reason)")
        }
    }
}

extension Finding {
    static func unreadable(_ name: DocumentName, _ reason: String) -> Finding {
        DocumentFault.unreadable(reason: reason).finding(at: Place(file: name.path))
    }
}
