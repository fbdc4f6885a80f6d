/// Whether what stands behind a method is an address of ours.
enum RequestTarget {
    /// A path that begins with a slash, in ASCII and without a fragment, whose escapes make UTF-8 without control characters.
    static func isAcceptable(_ target: String) -> Bool {
        let bytes = Array(target.utf8)
        guard bytes.first == UInt8(ascii: "/"),
            bytes.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "#") })
        else {
            return false
        }
        return isAcceptable(path: bytes.prefix { $0 != UInt8(ascii: "?") })
    }

    private static func isAcceptable(path: ArraySlice<UInt8>) -> Bool {
        var decoded: [UInt8] = []
        var rest = path
        while let byte = rest.popFirst() {
            // Two slashes would begin the name of a host for some who read addresses.
            if byte == UInt8(ascii: "/"), rest.first == byte { return false }
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                return false
            }
            decoded.append(high << 4 | low)
        }
        return decoded.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
            && String(validating: decoded, as: UTF8.self) != nil
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
