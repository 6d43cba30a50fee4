/// Writes binary workbooks byte by byte: a compound file around a stream of records.
package enum Compound {
    /// A compound file with one stream.
    package static func file(_ stream: [UInt8], name: String = "Workbook") -> [UInt8] {
        var stream = stream
        // Shorter streams lie among the small ones, which the next function writes.
        if stream.count < 4_096 { stream += [UInt8](repeating: 0, count: 4_096 - stream.count) }
        let count = (stream.count + 511) / 512
        var tables = 1
        while tables * 128 < tables + 1 + count { tables += 1 }
        precondition(tables <= 109, "a test's stream is short")
        let sectors =
            Array(repeating: UInt32(0xFFFF_FFFD), count: tables) + [0xFFFF_FFFE]
            + (1..<count).map { UInt32(tables + 1 + $0) } + [0xFFFF_FFFE]
        let padded = sectors + Array(repeating: UInt32.max, count: tables * 128 - sectors.count)
        return header(tables: tables, mini: 0xFFFF_FFFE, minis: 0) + padded.flatMap(four)
            + entry("Root Entry", kind: 5, start: 0xFFFF_FFFE, size: 0)
            + entry(name, kind: 2, start: UInt32(tables + 1), size: stream.count) + [UInt8](repeating: 0, count: 256)
            + stream + [UInt8](repeating: 0, count: count * 512 - stream.count)
    }

    /// A compound file whose stream is so short that it lies among the small ones, in 64 bytes each.
    package static func small(_ stream: [UInt8], name: String = "Workbook") -> [UInt8] {
        precondition(stream.count < 4_096 && !stream.isEmpty)
        let minis = (stream.count + 63) / 64, count = (minis * 64 + 511) / 512
        let sectors =
            [UInt32(0xFFFF_FFFD), 0xFFFF_FFFE, 0xFFFF_FFFE] + (1..<count).map { UInt32(3 + $0) } + [0xFFFF_FFFE]
        let chain = (1..<minis).map { UInt32($0) } + [0xFFFF_FFFE]
        func padded(_ numbers: [UInt32]) -> [UInt8] {
            (numbers + Array(repeating: UInt32.max, count: 128 - numbers.count)).flatMap(four)
        }
        return header(tables: 1, mini: 2, minis: 1) + padded(sectors)
            + entry("Root Entry", kind: 5, start: 3, size: minis * 64)
            + entry(name, kind: 2, start: 0, size: stream.count) + [UInt8](repeating: 0, count: 256) + padded(chain)
            + stream + [UInt8](repeating: 0, count: count * 512 - stream.count)
    }

    private static func header(tables: Int, mini: UInt32, minis: UInt32) -> [UInt8] {
        let first = (0..<109).map { $0 < tables ? UInt32($0) : UInt32.max }
        var bytes: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 16)
        for number: UInt16 in [0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0] { bytes += two(number) }
        for number: UInt32 in [0, UInt32(tables), UInt32(tables), 0, 4_096, mini, minis, 0xFFFF_FFFE, 0] {
            bytes += four(number)
        }
        return bytes + first.flatMap(four)
    }

    private static func entry(_ title: String, kind: UInt8, start: UInt32, size: Int) -> [UInt8] {
        let name = title.utf16.flatMap(two) + [0, 0]
        return name + [UInt8](repeating: 0, count: 64 - name.count) + two(UInt16(name.count)) + [kind, 1]
            + four(.max) + four(.max) + four(kind == 5 ? 1 : .max) + [UInt8](repeating: 0, count: 36) + four(start)
            + four(UInt32(size)) + four(0)
    }

    // MARK: Records

    package static func record(_ kind: UInt16, _ data: [UInt8] = []) -> [UInt8] {
        two(kind) + two(UInt16(data.count)) + data
    }

    /// A workbook's stream with one sheet called S.
    ///
    /// - Parameters:
    ///   - version: 0x0600 of BIFF8, 0x0500 of BIFF5.
    ///   - globals: records between the workbook's beginning and its end.
    package static func stream(version: UInt16 = 0x0600, globals: [UInt8] = [], sheet: [UInt8]) -> [UInt8] {
        let begin = { (kind: UInt16) in record(0x0809, two(version) + two(kind) + [UInt8](repeating: 0, count: 12)) }
        func entry(_ offset: Int) -> [UInt8] {
            record(0x0085, four(UInt32(offset)) + [0, 0] + (version == 0x0600 ? [1, 0] : [1]) + [0x53])
        }
        let head = begin(5).count + entry(0).count + globals.count + 4
        return begin(5) + entry(head) + globals + record(0x000A) + begin(0x10) + sheet + record(0x000A)
    }

    /// Row, column and format, as cells begin.
    package static func place(_ row: UInt16, _ column: UInt16, format: UInt16 = 0) -> [UInt8] {
        two(row) + two(column) + two(format)
    }

    package static func number(_ row: UInt16, _ column: UInt16, _ value: Double, format: UInt16 = 0) -> [UInt8] {
        record(0x0203, place(row, column, format: format) + eight(value.bitPattern))
    }

    package static func two(_ number: UInt16) -> [UInt8] { [UInt8(number & 255), UInt8(number >> 8)] }
    package static func four(_ number: UInt32) -> [UInt8] {
        two(UInt16(number & 0xFFFF)) + two(UInt16(number >> 16))
    }
    package static func eight(_ number: UInt64) -> [UInt8] {
        four(UInt32(truncatingIfNeeded: number)) + four(UInt32(number >> 32))
    }
}
