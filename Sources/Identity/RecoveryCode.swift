import Crypto

/// A code that stands in once for a lost second factor, written `7K3M-P0QX-9ZTA-4HWE`.
///
/// Only its SHA-256 is kept. Sixteen of 32 letters that nobody takes for each other are 80 random bits: too many to try, even against the hash.
package struct RecoveryCode: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    private let letters: [UInt8]

    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    package init(using generator: inout some RandomNumberGenerator) {
        letters = randomBytes(16, using: &generator).map { Self.alphabet[Int($0 & 31)] }
    }

    /// Reads what somebody typed: in either case, with or without blanks and hyphens, O for 0, I or L for 1.
    package init?(_ text: String) {
        var letters: [UInt8] = []
        for byte in text.utf8 where byte != UInt8(ascii: " ") && byte != UInt8(ascii: "-") {
            guard let letter = Self.letter(byte), letters.count < 16 else { return nil }
            letters.append(letter)
        }
        guard letters.count == 16 else { return nil }
        self.letters = letters
    }

    /// The codes of one person, who keeps them on paper; shown once.
    package static func ten() -> [RecoveryCode] {
        var generator = SystemRandomNumberGenerator()
        return ten(using: &generator)
    }

    package static func ten(using generator: inout some RandomNumberGenerator) -> [RecoveryCode] {
        (0..<10).map { _ in RecoveryCode(using: &generator) }
    }

    package var text: String {
        let groups = [letters[0..<4], letters[4..<8], letters[8..<12], letters[12..<16]]
        return groups.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
    }

    /// What is kept: the SHA-256 of the sixteen letters.
    package var hash: [UInt8] {
        Array(SHA256.hash(data: letters))
    }

    package var description: String {
        "a recovery code"
    }

    package var customMirror: Mirror {
        Mirror(self, children: [])
    }

    private static func letter(_ byte: UInt8) -> UInt8? {
        let isSmall = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        let letter = isSmall ? byte - 32 : byte
        switch letter {
        case UInt8(ascii: "O"): return UInt8(ascii: "0")
        case UInt8(ascii: "I"), UInt8(ascii: "L"): return UInt8(ascii: "1")
        default: return alphabet.contains(letter) ? letter : nil
        }
    }
}
