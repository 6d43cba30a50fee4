final class SpreadsheetMLScanner: RowScanner {
    init?(namespaces: [String: String]) { return nil }
    func scan(_ block: RowBlock) -> ScanEnd { .unsure }
}
