/// A compound file, the container of binary Office documents: sectors chained by a table, and a directory of streams.
///
/// Every chain is followed for no more sectors than the file has, and every offset is looked up with its bounds.
/// Source: Microsoft, "[MS-CFB]: Compound File Binary File Format", 2.2 to 2.6.
struct CompoundFile {
    enum Failure: Error { case damaged(String) }

    private let bytes: [UInt8]
    private let sectorSize: Int
    private let miniSize: Int
    private let cutoff: Int
    private var table: [UInt32] = []
    private var miniTable: [UInt32] = []
    /// The small streams' sectors, one after another.
    private var miniStream: [UInt8] = []
    private(set) var streams: [(name: String, start: UInt32, size: Int)] = []

    static let signature: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    /// Of a chain: its last sector's next.
    private static let end: UInt32 = 0xFFFF_FFFE
    private static let headerBytes = 512

    init(_ bytes: [UInt8]) throws(Failure) {
        self.bytes = bytes
        guard bytes.count >= Self.headerBytes, bytes.starts(with: Self.signature) else {
            throw .damaged("it is cut short")
        }
        let shift = bytes.number16(at: 30), miniShift = bytes.number16(at: 32)
        guard shift == 9 || shift == 12, miniShift == 6 else { throw .damaged("its sectors have no known size") }
        (sectorSize, miniSize) = (1 << shift, 1 << miniShift)
        cutoff = Int(bytes.number32(at: 56))
        try readTable()
        let directory = try chain(bytes.number32(at: 48), atMost: .max)
        var root: (start: UInt32, size: Int)?
        for entry in stride(from: 0, to: directory.count - 127, by: 128) {
            let kind = directory[entry + 66], length = directory.number16(at: entry + 64)
            guard kind == 2 || kind == 5, (2...64).contains(length) else { continue }
            let units = stride(from: entry, to: entry + length - 2, by: 2).map { UInt16(directory.number16(at: $0)) }
            let found = (
                name: String(decoding: units, as: UTF16.self), start: directory.number32(at: entry + 116),
                size: Int(directory.number32(at: entry + 120))
            )
            if kind == 5 { root = root ?? (found.start, found.size) } else { streams.append(found) }
        }
        if let root, root.size > 0 {
            miniStream = try chain(root.start, atMost: root.size)
            let start = bytes.number32(at: 60)
            if start < Self.end { miniTable = Self.numbers(try chain(start, atMost: .max)) }
        }
    }

    private mutating func readTable() throws(Failure) {
        var sectors = (0..<109).map { bytes.number32(at: 76 + 4 * $0) }
        // Where there are more, each further sector names as many and the next such.
        var next = bytes.number32(at: 68), left = bytes.count / sectorSize + 1
        while next < Self.end {
            guard left > 0, let sector = sector(next) else { throw .damaged("its table of sectors breaks off") }
            let numbers = Self.numbers(Array(sector))
            sectors += numbers.dropLast()
            next = numbers.last ?? Self.end
            left -= 1
        }
        for number in sectors where number < Self.end {
            guard table.count <= bytes.count, let sector = sector(number) else {
                throw .damaged("its table of sectors breaks off")
            }
            table += Self.numbers(Array(sector))
        }
    }

    private static func numbers(_ bytes: [UInt8]) -> [UInt32] {
        stride(from: 0, to: bytes.count - 3, by: 4).map { bytes.number32(at: $0) }
    }

    private func sector(_ number: UInt32) -> ArraySlice<UInt8>? {
        let start = (Int(number) + 1) * sectorSize
        // The last one may be cut at the file's end by a writer that saves bytes.
        guard start < bytes.count else { return nil }
        return bytes[start..<min(start + sectorSize, bytes.count)]
    }

    private func chain(_ start: UInt32, atMost size: Int) throws(Failure) -> [UInt8] {
        var found: [UInt8] = [], number = start, left = bytes.count / sectorSize + 1
        found.reserveCapacity(min(size, bytes.count))
        while number < Self.end, found.count < size {
            guard left > 0, let sector = sector(number), Int(number) < table.count else {
                throw .damaged("a chain of its sectors breaks off")
            }
            found += sector
            guard sector.count == sectorSize || found.count >= size else {
                throw .damaged("it is cut short")
            }
            number = table[Int(number)]
            left -= 1
        }
        return size < found.count ? Array(found.prefix(size)) : found
    }

    /// - Parameter name: in any case, as the format compares names.
    /// - Returns: `nil` where there is no stream of this name.
    func stream(_ name: String) throws(Failure) -> [UInt8]? {
        guard let found = streams.first(where: { $0.name.lowercased() == name.lowercased() }) else { return nil }
        guard found.size < cutoff else {
            let whole = try chain(found.start, atMost: found.size)
            guard whole.count == found.size else { throw .damaged("its stream \(name) is cut short") }
            return whole
        }
        var bytes: [UInt8] = [], number = found.start, left = miniTable.count + 1
        while number < Self.end, bytes.count < found.size {
            let start = Int(number) * miniSize
            guard left > 0, Int(number) < miniTable.count, start + miniSize <= miniStream.count else {
                throw .damaged("a chain of its small sectors breaks off")
            }
            bytes += miniStream[start..<(start + miniSize)]
            number = miniTable[Int(number)]
            left -= 1
        }
        guard bytes.count >= found.size else { throw .damaged("its stream \(name) is cut short") }
        return Array(bytes.prefix(found.size))
    }
}

extension [UInt8] {
    /// Little-endian numbers.
    ///
    /// - Precondition: the array holds them.
    func number16(at index: Int) -> Int { Int(self[index]) | Int(self[index + 1]) << 8 }
    func number32(at index: Int) -> UInt32 { UInt32(number16(at: index)) | UInt32(number16(at: index + 2)) << 16 }
    func number64(at index: Int) -> UInt64 { UInt64(number32(at: index)) | UInt64(number32(at: index + 4)) << 32 }
}
