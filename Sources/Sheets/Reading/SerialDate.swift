/// Excel's count of days as ISO 8601, written into a block's arena.
///
/// Day 1 is 1 January 1900 and, for Lotus's sake, day 60 is a 29 February 1900 that never was; with
/// the 1904 system day 0 is 1 January 1904. The fraction is the time, kept to the millisecond.
enum SerialDate {
    /// The last day of 9999.
    static let last = 2_958_465

    /// Reads all of `bytes` before it stores, so they may lie in the block themselves.
    /// - Returns: whether the number is one of a date; nothing is stored otherwise.
    static func store(_ bytes: UnsafeBufferPointer<UInt8>, as format: NumberFormat, is1904: Bool, in block: RowBlock)
        -> Bool
    {
        guard let (days, milliseconds, isNegative) = parts(bytes) else { return false }
        if format == .elapsed {
            if isNegative { block.store(UInt8(ascii: "-")) }
            let seconds = days * 86_400 + milliseconds / 1_000
            block.store(UInt8(ascii: "P"))
            block.store(UInt8(ascii: "T"))
            store(seconds / 3_600, width: 1, block)
            block.store(UInt8(ascii: "H"))
            store(seconds / 60 % 60, width: 2, block)
            block.store(UInt8(ascii: "M"))
            store(seconds % 60, width: 2, block)
            storeFraction(milliseconds % 1_000, block)
            block.store(UInt8(ascii: "S"))
            return true
        }
        guard !isNegative else { return false }
        let day = days + (is1904 ? 1_462 : 0)
        guard day <= last else { return false }
        if !is1904, day == 60 {
            for byte in "1900-02-29".utf8 { block.store(byte) }
        } else {
            // Counted from 1 March of the year zero, so that a leap day ends its year.
            let count = 693_899 + day + (day < 60 && !is1904 ? 1 : 0)
            let (year, month, date) = civil(count)
            store(year, width: 4, block)
            block.store(UInt8(ascii: "-"))
            store(month, width: 2, block)
            block.store(UInt8(ascii: "-"))
            store(date, width: 2, block)
        }
        guard milliseconds > 0 || (day == 0 && !is1904) else { return true }
        block.store(UInt8(ascii: "T"))
        store(milliseconds / 3_600_000, width: 2, block)
        block.store(UInt8(ascii: ":"))
        store(milliseconds / 60_000 % 60, width: 2, block)
        block.store(UInt8(ascii: ":"))
        store(milliseconds / 1_000 % 60, width: 2, block)
        storeFraction(milliseconds % 1_000, block)
        return true
    }

    /// Whole days and the milliseconds of the last one.
    private static func parts(_ bytes: UnsafeBufferPointer<UInt8>) -> (days: Int, milliseconds: Int, isNegative: Bool)?
    {
        var index = 0
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { index = 1 }
        var days = 0
        let start = index
        while index < bytes.count, bytes[index] &- 48 < 10, index - start < 8 {
            days = days * 10 + Int(bytes[index] - 48)
            index += 1
        }
        if index == bytes.count { return index > start ? (days, 0, isNegative) : nil }
        // A time is no amount: a binary fraction is what it was stored as.
        guard let value = Double(String(decoding: bytes, as: UTF8.self)), value.magnitude < 100_000_000 else {
            return nil
        }
        let whole = value.magnitude.rounded(.down)
        let milliseconds = Int(((value.magnitude - whole) * 86_400_000).rounded())
        return milliseconds == 86_400_000 ? (Int(whole) + 1, 0, isNegative) : (Int(whole), milliseconds, isNegative)
    }

    /// Year, month and day of a count of days from 1 March of the year zero, in the Gregorian
    /// calendar; 400 of its years have 146,097 days.
    private static func civil(_ count: Int) -> (year: Int, month: Int, day: Int) {
        let era = count / 146_097, dayOfEra = count % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * march + 2) / 5 + 1)
    }

    private static func storeFraction(_ milliseconds: Int, _ block: RowBlock) {
        guard milliseconds > 0 else { return }
        block.store(UInt8(ascii: "."))
        store(milliseconds, width: 3, block)
    }

    private static func store(_ number: Int, width: Int, _ block: RowBlock) {
        var power = 1
        var digits = 1
        while digits < width || number / power >= 10 {
            power *= 10
            digits += 1
        }
        while power > 0 {
            block.store(UInt8(48 + number / power % 10))
            power /= 10
        }
    }
}
