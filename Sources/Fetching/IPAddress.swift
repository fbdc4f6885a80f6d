import Glibc

/// An address of IPv4 or IPv6, as bytes.
package struct IPAddress: Hashable, Sendable, LosslessStringConvertible {
    /// 4 or 16 of them.
    package let bytes: [UInt8]

    package init?(bytes: [UInt8]) {
        guard [4, 16].contains(bytes.count) else { return nil }
        self.bytes = bytes
    }

    /// `192.0.2.1` in four whole decimals, or IPv6 without brackets; other ways to write one are none.
    package init?(_ text: String) {
        let family = text.utf8.contains(UInt8(ascii: ":")) ? AF_INET6 : AF_INET
        var bytes = [UInt8](repeating: 0, count: family == AF_INET ? 4 : 16)
        // To C a text ends at its first NUL.
        guard !text.utf8.contains(0), inet_pton(family, text, &bytes) == 1 else { return nil }
        self.bytes = bytes
    }

    package var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        inet_ntop(family, bytes, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// Addresses that begin alike: `10.0.0.0/8`.
package struct IPNetwork: Hashable, Sendable, LosslessStringConvertible {
    private let address: IPAddress
    private let length: Int

    /// Nil for what is no network, and where bits behind its length are set.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(String(parts[0])), let length = Int(parts[1]),
            "\(length)" == parts[1], (0...address.bytes.count * 8).contains(length)
        else { return nil }
        self.address = address
        self.length = length
        guard (length..<address.bytes.count * 8).allSatisfy({ !Self.bit($0, of: address) }) else {
            return nil
        }
    }

    package var description: String {
        "\(address)/\(length)"
    }

    package func contains(_ other: IPAddress) -> Bool {
        other.bytes.count == address.bytes.count
            && (0..<length).allSatisfy { Self.bit($0, of: other) == Self.bit($0, of: address) }
    }

    private static func bit(_ place: Int, of address: IPAddress) -> Bool {
        address.bytes[place / 8] & (0x80 >> UInt8(place % 8)) != 0
    }
}
