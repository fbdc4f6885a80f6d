/// A URL that may be fetched: `https://`, or `http://` of this very machine, where nobody else is on the line.
package struct WebAddress: Hashable, Sendable, LosslessStringConvertible {
    package let description: String
    package let isEncrypted: Bool

    /// Nil for other schemes, a user in front of the host, a fragment, and what is not plain ASCII.
    package init?(_ text: String) {
        let bytes = text.utf8
        guard bytes.count <= 2048,
            bytes.allSatisfy({ (0x21...0x7e).contains($0) && !"\"#<>\\^`{|}".utf8.contains($0) })
        else { return nil }
        let schemes = [("https://", true), ("http://", false)]
        guard let (scheme, isEncrypted) = schemes.first(where: { bytes.starts(with: $0.0.utf8) }) else {
            return nil
        }
        let authority = bytes.dropFirst(scheme.utf8.count).prefix { !"/?".utf8.contains($0) }
        guard let host = Self.host(Array(authority)), isEncrypted || Self.isLoopback(host) else { return nil }
        description = text
        self.isEncrypted = isEncrypted
    }

    /// The host of `host`, `host:port`, `[::1]` and `[::1]:port`.
    private static func host(_ authority: [UInt8]) -> [UInt8]? {
        var host = authority[...]
        var port: ArraySlice<UInt8> = []
        if authority.first == UInt8(ascii: "["), let close = authority.firstIndex(of: UInt8(ascii: "]")) {
            host = authority[...close]
            port = authority[(close + 1)...]
        } else if let colon = authority.firstIndex(of: UInt8(ascii: ":")) {
            host = authority[..<colon]
            port = authority[colon...]
        }
        let isAddress = host.first == UInt8(ascii: "[")
        let name = isAddress ? host.dropFirst().dropLast() : host
        guard !name.isEmpty, name.allSatisfy({ isOfHost($0, isAddress: isAddress) }) else { return nil }
        if let colon = port.first {
            guard colon == UInt8(ascii: ":"), (2...6).contains(port.count),
                port.dropFirst().allSatisfy({ (0x30...0x39).contains($0) })
            else { return nil }
        }
        return Array(host)
    }

    private static func isOfHost(_ byte: UInt8, isAddress: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): true
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
        case UInt8(ascii: ":"): isAddress
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "-"), UInt8(ascii: "_"):
            !isAddress
        default: false
        }
    }

    private static func isLoopback(_ host: [UInt8]) -> Bool {
        host.elementsEqual("localhost".utf8) || host.elementsEqual("[::1]".utf8)
            || (host.starts(with: "127.".utf8) && host.count(where: { $0 == UInt8(ascii: ".") }) == 3
                && host.allSatisfy { $0 < 0x3a })
    }
}
