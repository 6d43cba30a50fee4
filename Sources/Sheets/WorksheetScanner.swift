final class WorksheetScanner: RowScanner {
    init?(namespaces: [String: String], workbook: WorkbookContext) { return nil }
    func scan(_ block: RowBlock) -> ScanEnd { .unsure }
}
