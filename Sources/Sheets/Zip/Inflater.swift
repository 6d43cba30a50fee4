internal import CISAL

/// Inflates one entry's deflated bytes with Intel's ISA-L, which takes a third of zlib's time, and sums
/// them up for the directory's CRC-32.
final class Inflater {
    private let state = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)
    private let input = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Inflater.inputBytes)
    /// - Returns: how many compressed bytes were read, zero at their end, below zero on a fault.
    private let readCompressed: (UnsafeMutableBufferPointer<UInt8>) -> Int
    private(set) var crc: UInt32 = 0
    private(set) var isAtEnd = false

    private static let inputBytes = 64 << 10

    init(readCompressed: @escaping (UnsafeMutableBufferPointer<UInt8>) -> Int) {
        self.readCompressed = readCompressed
        isal_inflate_init(state)
        state.pointee.crc_flag = UInt32(ISAL_DEFLATE)
        state.pointee.avail_in = 0
    }

    deinit {
        state.deallocate()
        input.deallocate()
    }

    /// Whether all of the compressed bytes were part of the stream.
    var isInputUsedUp: Bool { state.pointee.avail_in == 0 && readCompressed(input) == 0 }

    /// - Returns: how many bytes came out, zero at the end; `nil` for data that isn't deflated, or is cut short.
    func read(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int? {
        guard !isAtEnd, !buffer.isEmpty else { return 0 }
        state.pointee.next_out = buffer.baseAddress
        state.pointee.avail_out = UInt32(buffer.count)
        while state.pointee.avail_out > 0 {
            var isInputAtEnd = false
            if state.pointee.avail_in == 0 {
                let count = readCompressed(input)
                guard count >= 0 else { return nil }
                isInputAtEnd = count == 0
                state.pointee.next_in = input.baseAddress
                state.pointee.avail_in = UInt32(count)
            }
            let room = state.pointee.avail_out
            guard isal_inflate(state) == ISAL_DECOMP_OK else { return nil }
            if state.pointee.block_state == ISAL_BLOCK_FINISH {
                isAtEnd = true
                break
            }
            // Nothing more to read and nothing more to give, and still not the end.
            if isInputAtEnd, state.pointee.avail_out == room { return nil }
        }
        let count = buffer.count - Int(state.pointee.avail_out)
        crc = crc32_gzip_refl(crc, buffer.baseAddress, UInt64(count))
        return count
    }

    /// The CRC-32 of bytes that were stored as they are.
    static func crc(_ crc: UInt32, _ bytes: UnsafeMutableBufferPointer<UInt8>, count: Int) -> UInt32 {
        crc32_gzip_refl(crc, bytes.baseAddress, UInt64(count))
    }
}
