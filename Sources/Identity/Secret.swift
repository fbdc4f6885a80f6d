import Crypto

/// 256 random bits that open something: a session, or a link that works once.
///
/// Only the SHA-256 is kept.
package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    private let bytes: [UInt8]

    package init() {
        var generator = SystemRandomNumberGenerator()
        self.init(using: &generator)
    }

    package init(using generator: inout some RandomNumberGenerator) {
        bytes = randomBytes(32, using: &generator)
    }

    /// Reads what `text` wrote; nil for anything else.
    package init?(_ text: String) {
        self.init(base64: text.utf8)
    }

    /// Reads what `hexadecimal` wrote; nil for anything else.
    init?(hexadecimal text: some Collection<UInt8>) {
        guard text.count == 64 else { return nil }
        var bytes: [UInt8] = []
        var rest = text[...]
        while let high = rest.popFirst(), let low = rest.popFirst() {
            guard let high = Self.digit(high), let low = Self.digit(low) else { return nil }
            bytes.append(high << 4 | low)
        }
        self.bytes = bytes
    }

    private init?(base64 text: some Sequence<UInt8>) {
        guard let bytes = Base64.url.bytes(text), bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// 43 letters, digits, `-` and `_`, for a cookie or a link; shown once.
    package var text: String {
        Base64.url.text(bytes)
    }

    /// What is kept: the SHA-256 of the bits themselves.
    package var hash: [UInt8] {
        Array(SHA256.hash(data: bytes))
    }

    /// 64 digits in lower case.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self
        )
    }

    package static func == (one: Secret, other: Secret) -> Bool {
        areEqualInConstantTime(one.bytes, other.bytes)
    }

    package var description: String {
        "a secret"
    }

    package var customMirror: Mirror {
        Mirror(self, children: [])
    }

    private static func digit(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): letter - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): letter - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
