/// Reading and writing plain ASCII digits, byte by byte.
enum Digits {
    /// The number that `bytes` write, or nil where one of them is no digit or the number is too large.
    static func value(_ bytes: ArraySlice<UInt8>) -> Int? {
        value(bytes.span)
    }

    static func value(_ bytes: Span<UInt8>) -> Int? {
        guard !bytes.isEmpty else { return nil }
        var value = 0
        for index in bytes.indices {
            let byte = bytes[index]
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            let (tenfold, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = tenfold.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
            guard !tooLarge, !overflow else { return nil }
            value = sum
        }
        return value
    }

    /// The number that two bytes write, or nil where one of them is no digit.
    static func pair(_ bytes: Span<UInt8>, at index: Int) -> Int? {
        let (tens, ones) = (bytes[index] &- UInt8(ascii: "0"), bytes[index + 1] &- UInt8(ascii: "0"))
        guard tens <= 9, ones <= 9 else { return nil }
        return Int(tens) * 10 + Int(ones)
    }

    static func padded(_ number: Int, to width: Int) -> String {
        let text = "\(number)"
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
