internal import Agreements
internal import Books
public import Findings
public import Rendering
public import Workflow

/// The forms in which an agreement is written as a paper to sign.
public enum AgreementForm: String, Sendable, CaseIterable {
    case html, pdf, odt

    /// By the ending of a file's name.
    public init?(path: String) {
        guard let form = Self.allCases.first(where: { path.lowercased().hasSuffix("." + $0.rawValue) }) else {
            return nil
        }
        self = form
    }

    /// Writes the file whole or not at all.
    public func write(_ document: AgreementDocument, to path: String) throws(Circumstance) {
        switch self {
        case .html: try OutputFile.write(document.html, to: path)
        case .pdf:
            try OutputFile.write(to: path) { partial throws(Circumstance) in
                // An agreement has no day until it is signed.
                try PDFEngine.write(document.html, to: partial, identifier: document.digest, created: 0)
            }
        case .odt:
            try OutputFile.write(to: path) { partial throws(Circumstance) in
                if let reason = document.writeOpenDocument(to: partial) {
                    throw .cannotWrite("\(path) can't be written: \(reason)")
                }
            }
        }
    }
}

extension Partnership {
    /// The agreement as a paper to sign.
    public var agreementDocument: AgreementDocument {
        AgreementDocument(agreement, digest: agreementDigest.text)
    }
}
