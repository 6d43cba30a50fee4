public import Findings

/// A sheet as it begins: its name, and its place among the file's sheets (from 1).
public struct Sheet: Sendable {
    public let source: Place.Source
    public let index: Int

    public var name: String { source.sheet ?? "" }
}
