internal import CZip
internal import Glibc

/// A checked ZIP archive, whose parts libzip inflates. Nothing is ever written to disk, and no pointer
/// leaves this file.
final class ZipArchive: @unchecked Sendable {
    let directory: ZipDirectory
    private let archive: OpaquePointer
    /// libzip may read from it as long as the archive is open.
    private let memory: UnsafeMutableBufferPointer<UInt8>?
    fileprivate var inflatedBytes = 0

    /// - Throws: `ZipDirectory.Failure`, `FileFailure`.
    init(_ file: FileBytes) throws {
        directory = try ZipDirectory(file)
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        var opened: OpaquePointer?
        if let descriptor = file.openDescriptor {
            var code: Int32 = 0
            memory = nil
            opened = zip_fdopen(descriptor, Int32(ZIP_RDONLY), &code)
            if opened == nil { Glibc.close(descriptor) }
        } else {
            let bytes = try file.bytes(at: 0, count: file.count)
            let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
            _ = copy.initialize(from: bytes)
            memory = copy
            if let source = zip_source_buffer_create(copy.baseAddress, UInt64(copy.count), 0, &error) {
                opened = zip_open_from_source(source, Int32(ZIP_RDONLY), &error)
                if opened == nil { zip_source_free(source) }
            }
        }
        guard let opened else {
            memory?.deallocate()
            throw ZipDirectory.Failure.damaged("it can't be opened")
        }
        archive = opened
        // Two readings of one directory: they must be the same, entry by entry.
        guard Int(zip_get_num_entries(archive, 0)) == directory.entries.count,
            directory.entries.indices.allSatisfy({ isSame(UInt64($0), directory.entries[$0]) })
        else {
            zip_discard(archive)
            memory?.deallocate()
            throw ZipDirectory.Failure.damaged("its directory can be read in two ways")
        }
    }

    deinit {
        zip_discard(archive)
        memory?.deallocate()
    }

    private func isSame(_ index: UInt64, _ entry: ZipDirectory.Entry) -> Bool {
        var status = zip_stat_t()
        zip_stat_init(&status)
        guard zip_stat_index(archive, index, zip_flags_t(ZIP_FL_ENC_RAW), &status) == 0, let name = status.name else {
            return false
        }
        return Array(
            UnsafeBufferPointer(start: UnsafeRawPointer(name).assumingMemoryBound(to: UInt8.self), count: strlen(name)))
            == entry.rawName
            && status.size == UInt64(entry.bytes) && status.comp_size == UInt64(entry.compressedBytes)
            && status.crc == entry.crc
    }

    /// The part of that name, whatever its case; `nil` where there is none.
    func part(_ name: String) -> Part? {
        let wanted = name.lowercased()
        let found =
            directory.entries.firstIndex { $0.name == name }
            ?? directory.entries.firstIndex { $0.name.lowercased() == wanted }
        return found.map { Part(index: $0, entry: directory.entries[$0]) }
    }

    struct Part {
        fileprivate let index: Int
        let entry: ZipDirectory.Entry
    }

    /// - Throws: `StreamFailure`.
    func open(_ part: Part) throws -> any ByteStream {
        guard let file = zip_fopen_index(archive, UInt64(part.index), zip_flags_t(ZIP_FL_COMPRESSED)) else {
            throw StreamFailure.damaged("the part \"\(part.entry.name)\" can't be opened")
        }
        return PartStream(self, file, part.entry)
    }

    /// An entry's bytes: libzip finds and reads them as they are stored, `Inflater` inflates them, and
    /// what comes out must be what the directory says.
    private final class PartStream: ByteStream {
        private let archive: ZipArchive
        private let file: OpaquePointer
        private let entry: ZipDirectory.Entry
        private let inflater: Inflater?
        private var count = 0
        private var crc: UInt32 = 0
        private var isAtEnd = false

        init(_ archive: ZipArchive, _ file: OpaquePointer, _ entry: ZipDirectory.Entry) {
            self.archive = archive
            self.file = file
            self.entry = entry
            inflater = entry.isDeflated ? Inflater { Int(zip_fread(file, $0.baseAddress, UInt64($0.count))) } : nil
        }

        deinit { zip_fclose(file) }

        var expected: Int { entry.bytes - count }

        func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws -> Int {
            guard !isAtEnd, !buffer.isEmpty else { return 0 }
            var got = 0
            if let inflater {
                guard let inflated = inflater.read(into: buffer) else { throw damaged }
                got = inflated
                crc = inflater.crc
            } else {
                got = Int(zip_fread(file, buffer.baseAddress, UInt64(buffer.count)))
                guard got >= 0 else { throw damaged }
                crc = Inflater.crc(crc, buffer, count: got)
            }
            count += got
            archive.inflatedBytes += got
            // What the directory promised was held to the limits; here what really comes out is.
            if count > entry.bytes {
                throw StreamFailure.damaged("the part \"\(entry.name)\" is longer than the directory says")
            }
            if archive.inflatedBytes > Limits.inflatedBytes {
                throw StreamFailure.limit("\(Limits.inflatedBytes >> 30) GB of contents")
            }
            isAtEnd = got == 0 || inflater?.isAtEnd == true
            if isAtEnd {
                if count < entry.bytes {
                    throw StreamFailure.damaged("the part \"\(entry.name)\" is shorter than the directory says")
                }
                if crc != entry.crc || inflater?.isInputUsedUp == false { throw damaged }
            }
            return got
        }

        private var damaged: StreamFailure { .damaged("the part \"\(entry.name)\" isn't what was packed") }
    }
}
