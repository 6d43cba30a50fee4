/// The workbook formats that are written.
public enum WorkbookFormat: String, Sendable, CaseIterable { case xlsx, ods }

/// Why a workbook could not be written.
public struct WorkbookFailure: Error, Sendable { public let reason: String }

extension Workbook {
    /// Writes the file; what stood there is replaced.
    ///
    /// - Throws: `WorkbookFailure` where the file can't be written.
    public func write(_ format: WorkbookFormat, to path: String) throws(WorkbookFailure) {
        switch format {
        case .xlsx: do { try ExcelWriter.write(self, to: path) } catch { throw WorkbookFailure(reason: error.reason) }
        case .ods:
            do { try OpenDocumentWriter.write(self, to: path) } catch { throw WorkbookFailure(reason: error.reason) }
        }
    }
}
