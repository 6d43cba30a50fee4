/// A ZIP archive's list of contents, checked against the archive before anything is inflated.
///
/// An archive says everything twice, in its central directory and before each entry's data, and
/// programs that believe one or the other see two different workbooks. Here both must agree, no two
/// entries may share a name or a byte, and nothing may be encrypted, larger than `Limits` or named so
/// that it would leave its folder.
/// Source: PKWARE, "APPNOTE.TXT - .ZIP File Format Specification", 6.3.10, section 4.
struct ZipDirectory {
    let entries: [Entry]

    struct Entry {
        /// As the archive spells it, with `/` for `\`.
        let name: String
        let rawName: [UInt8]
        let compressedBytes: Int
        let bytes: Int
        let crc: UInt32
        let isDeflated: Bool
        fileprivate let flags: UInt16
        fileprivate let start: Int
    }

    enum Failure: Error, Equatable {
        case damaged(String)
        case limit(String)
        /// Well-formed, and still nothing that a spreadsheet program writes.
        case refused(String)
        case encrypted
    }

    init(_ file: FileBytes) throws {
        let end = try Self.end(of: file)
        guard end.entries <= Limits.entries else { throw Failure.limit("\(Limits.entries) parts") }
        guard end.bytes <= Limits.directoryBytes else {
            throw Failure.limit("\(Limits.directoryBytes >> 20) MB of directory")
        }
        var fields = Fields(try file.bytes(at: end.start, count: end.bytes))
        var entries: [Entry] = []
        var names: Set<String> = []
        var total = 0
        for _ in 0..<end.entries {
            let entry = try Self.central(&fields)
            // Part names are compared without regard to case, so names that differ in nothing else are one.
            guard names.insert(entry.name.lowercased()).inserted else {
                throw Failure.refused("holds two parts named \"\(entry.name)\"")
            }
            total += entry.bytes
            guard total <= Limits.inflatedBytes else {
                throw Failure.limit("\(Limits.inflatedBytes >> 30) GB of contents")
            }
            entries.append(entry)
        }
        guard fields.isAtEnd else { throw Failure.damaged("the directory holds more than it says") }
        var free = 0
        for entry in entries.sorted(by: { $0.start < $1.start }) {
            let data = try Self.local(entry, file)
            guard entry.start >= free else { throw Failure.refused("holds parts that share the same bytes") }
            free = data + entry.compressedBytes
            guard free <= end.start else { throw Failure.damaged("a part runs into the directory") }
        }
        self.entries = entries
    }

    // MARK: The end record

    private static func end(of file: FileBytes) throws -> (entries: Int, bytes: Int, start: Int) {
        let longest = 22 + 0xFFFF
        let tailStart = max(0, file.count - longest)
        let tail = try file.bytes(at: tailStart, count: longest)
        guard
            let at = tail.indices.reversed().first(where: { index in
                index + 22 <= tail.count && tail[index] == 0x50 && tail[index + 1] == 0x4B && tail[index + 2] == 5
                    && tail[index + 3] == 6
                    && index + 22 + Int(tail[index + 20]) + Int(tail[index + 21]) << 8 == tail.count
            })
        else {
            throw Failure.damaged("its directory is missing: the file was cut short, or something was added to its end")
        }
        var fields = Fields(Array(tail[(at + 4)...]))
        let disks = try (fields.two(), fields.two())
        let counts = try (fields.two(), fields.two())
        let size = try fields.four(), start = try fields.four()
        var record = tailStart + at
        var result = (entries: counts.1, bytes: size, start: start)
        if counts.1 == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF || disks.0 == 0xFFFF {
            guard record >= 20 else { throw Failure.damaged("its zip64 record is missing") }
            var locator = Fields(try file.bytes(at: record - 20, count: 20))
            guard try locator.four() == 0x0706_4B50, try locator.four() == 0 else {
                throw Failure.damaged("its zip64 record is missing")
            }
            let wide = try locator.eight()
            guard wide >= 0, wide <= record - 76 else { throw Failure.damaged("its zip64 record is out of place") }
            var body = Fields(try file.bytes(at: wide, count: 56))
            guard try body.four() == 0x0606_4B50 else { throw Failure.damaged("its zip64 record is missing") }
            _ = try (body.eight(), body.two(), body.two(), body.four(), body.four())
            let here = try body.eight()
            result = try (entries: body.eight(), bytes: body.eight(), start: body.eight())
            guard here == result.entries else { throw Failure.refused("spans several disks") }
            record = wide
        } else if disks != (0, 0) || counts.0 != counts.1 {
            throw Failure.refused("spans several disks")
        }
        guard result.entries >= 0, result.bytes >= 0, result.start >= 0, result.start <= record,
            result.bytes <= record - result.start
        else {
            throw Failure.damaged("its directory is out of place")
        }
        return result
    }

    // MARK: Entries

    private static func central(_ fields: inout Fields) throws -> Entry {
        guard try fields.four() == 0x0201_4B50 else { throw Failure.damaged("its directory is broken") }
        _ = try (fields.two(), fields.two())
        let flags = try fields.two(), method = try fields.two()
        _ = try fields.four()
        let crc = try fields.four()
        var compressed = try fields.four(), bytes = try fields.four()
        let nameLength = try fields.two(), extraLength = try fields.two(), commentLength = try fields.two()
        let disk = try fields.two()
        _ = try (fields.two(), fields.four())
        var start = try fields.four()
        let rawName = try fields.bytes(nameLength)
        try widen(Fields(try fields.bytes(extraLength)), &bytes, &compressed, &start)
        _ = try fields.bytes(commentLength)

        let name = try checked(rawName)
        guard flags & 0x2041 == 0 else { throw Failure.encrypted }
        guard method == 0 || method == 8 else {
            throw Failure.refused(
                "holds the part \"\(name)\" compressed in a way that spreadsheet programs don't use (method \(method))")
        }
        guard disk == 0 || disk == 0xFFFF, compressed >= 0, bytes >= 0, start >= 0 else {
            throw Failure.damaged("the entry of \"\(name)\" is broken")
        }
        guard method == 8 || compressed == bytes else { throw Failure.damaged("the sizes of \"\(name)\" disagree") }
        guard bytes <= Limits.entryBytes else {
            throw Failure.limit("\(Limits.entryBytes >> 30) GB in the part \"\(name)\"")
        }
        guard bytes <= Limits.freeInflatedBytes || bytes <= compressed * Limits.inflationRatio else {
            throw Failure.limit("\(Limits.inflationRatio) times its size in the part \"\(name)\"")
        }
        return Entry(
            name: name, rawName: rawName, compressedBytes: compressed, bytes: bytes,
            crc: UInt32(truncatingIfNeeded: crc), isDeflated: method == 8,
            flags: UInt16(truncatingIfNeeded: flags), start: start)
    }

    /// The sizes that didn't fit, from the extra field 1, in this order and only those.
    private static func widen(_ extra: Fields, _ bytes: inout Int, _ compressed: inout Int, _ start: inout Int) throws {
        var extra = extra
        while extra.left >= 4 {
            let id = try extra.two()
            var field = Fields(try extra.bytes(try extra.two()))
            guard id == 1 else { continue }
            if bytes == 0xFFFF_FFFF { bytes = try field.eight() }
            if compressed == 0xFFFF_FFFF { compressed = try field.eight() }
            if start == 0xFFFF_FFFF { start = try field.eight() }
        }
    }

    private static func checked(_ raw: [UInt8]) throws -> String {
        let name = String(decoding: raw.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }, as: UTF8.self)
        let isAbsolute = name.hasPrefix("/") || (raw.count > 1 && raw[1] == UInt8(ascii: ":"))
        if raw.isEmpty || raw.contains(0) || isAbsolute || name.split(separator: "/").contains("..") {
            throw Failure.refused("holds a part whose name is no sound path")
        }
        return name
    }

    /// - Returns: where the entry's data begins.
    private static func local(_ entry: Entry, _ file: FileBytes) throws -> Int {
        func disagree() -> Failure { .refused("says two different things of its part \"\(entry.name)\"") }
        var fields = Fields(try file.bytes(at: entry.start, count: 30 + entry.rawName.count))
        guard try fields.four() == 0x0403_4B50 else {
            throw Failure.damaged("the part \"\(entry.name)\" isn't where the directory says")
        }
        _ = try fields.two()
        let flags = try fields.two(), method = try fields.two()
        _ = try fields.four()
        let crc = try fields.four(), compressed = try fields.four(), bytes = try fields.four()
        let nameLength = try fields.two(), extraLength = try fields.two()
        guard flags & 0x2041 == 0, (method == 8) == entry.isDeflated, method == 0 || method == 8,
            nameLength == entry.rawName.count, try fields.bytes(nameLength) == entry.rawName
        else { throw disagree() }
        // A writer that didn't know them in advance leaves zeros here and puts them behind the data.
        let hasDescriptor = flags & 8 != 0
        func agrees(_ here: Int, _ there: Int) -> Bool {
            here == there || here == 0xFFFF_FFFF || (hasDescriptor && here == 0)
        }
        guard agrees(crc, Int(entry.crc)), agrees(compressed, entry.compressedBytes), agrees(bytes, entry.bytes) else {
            throw disagree()
        }
        if compressed == 0xFFFF_FFFF || bytes == 0xFFFF_FFFF {
            var wide = (bytes: bytes, compressed: compressed, start: 0)
            try widen(
                Fields(try file.bytes(at: entry.start + 30 + nameLength, count: extraLength)), &wide.bytes,
                &wide.compressed, &wide.start)
            let isDeferred = hasDescriptor && (wide.bytes == 0xFFFF_FFFF || wide.bytes == 0)
            guard isDeferred || (wide.bytes == entry.bytes && wide.compressed == entry.compressedBytes) else {
                throw disagree()
            }
        }
        return entry.start + 30 + nameLength + extraLength
    }

    /// Little-endian numbers, one after another.
    private struct Fields {
        private let bytes: [UInt8]
        private var index = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        var left: Int { bytes.count - index }
        var isAtEnd: Bool { left == 0 }

        mutating func two() throws -> Int { try number(2) }
        mutating func four() throws -> Int { try number(4) }
        /// Negative where it is beyond all sense.
        mutating func eight() throws -> Int {
            let number = try number(8)
            return number > 1 << 48 ? -1 : number
        }

        mutating func bytes(_ count: Int) throws -> [UInt8] {
            guard count <= left else { throw Failure.damaged("it ends in the middle of its directory") }
            defer { index += count }
            return Array(bytes[index..<index + count])
        }

        private mutating func number(_ count: Int) throws -> Int {
            guard count <= left else { throw Failure.damaged("it ends in the middle of its directory") }
            var number: UInt64 = 0
            for position in (0..<count).reversed() { number = number << 8 | UInt64(bytes[index + position]) }
            index += count
            return Int(truncatingIfNeeded: number)
        }
    }
}
