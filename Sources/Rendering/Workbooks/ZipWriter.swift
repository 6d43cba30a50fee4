internal import CZip

/// Puts named parts into a ZIP archive by libzip, always in the same bytes. No pointer of the library leaves
/// this file.
enum ZipWriter {
    struct Failure: Error { let reason: String }

    /// - Parameter parts: in order; a stored one is not deflated.
    static func write(_ parts: [(name: String, bytes: [UInt8], isStored: Bool)], to path: String) throws(Failure) {
        var code: Int32 = 0
        guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code) else {
            throw Failure(reason: "error \(code)")
        }
        // libzip reads the parts when it closes the archive, so they stay where they are until then.
        var held: [UnsafeMutableRawPointer] = []
        defer { for pointer in held { pointer.deallocate() } }
        for part in parts {
            let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, part.bytes.count), alignment: 1)
            part.bytes.withUnsafeBytes {
                copy.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(copy), byteCount: part.bytes.count)
            }
            held.append(copy)
            guard let source = zip_source_buffer(archive, copy, UInt64(part.bytes.count), 0) else {
                zip_discard(archive)
                throw Failure(reason: "no memory")
            }
            let index = zip_file_add(archive, part.name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
            guard index >= 0 else {
                zip_source_free(source)
                zip_discard(archive)
                throw Failure(reason: "the part \(part.name)")
            }
            zip_set_file_compression(archive, UInt64(index), part.isStored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0)
            // The first day that the format knows, in any zone.
            zip_file_set_dostime(archive, UInt64(index), 0, 33, 0)
        }
        guard zip_close(archive) == 0 else {
            zip_discard(archive)
            throw Failure(reason: "the archive can't be closed")
        }
    }
}
