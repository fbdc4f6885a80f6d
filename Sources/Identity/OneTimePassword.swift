import Crypto
import ReferralGroup

/// A second factor: six digits that an app computes anew every thirty seconds (TOTP, RFC 6238, with SHA-1).
package struct OneTimePassword: Sendable, CustomStringConvertible, CustomReflectable {
    /// The 160 bits that the service shares with the app.
    package let key: [UInt8]

    private static let secondsPerStep: Int64 = 30
    private static let digits = 6

    package init() {
        var generator = SystemRandomNumberGenerator()
        self.init(using: &generator)
    }

    package init(using generator: inout some RandomNumberGenerator) {
        key = randomBytes(20, using: &generator)
    }

    /// Takes a key that was kept; nil unless it has 128 to 512 bits.
    package init?(key: [UInt8]) {
        guard (16...64).contains(key.count) else { return nil }
        self.key = key
    }

    /// Reads a key in base32, as `base32` writes it and people copy it.
    package init?(base32 text: String) {
        guard let key = Base32.bytes(text.utf8) else { return nil }
        self.init(key: key)
    }

    package var base32: String {
        Base32.text(key)
    }

    /// What a QR code shows to the app; `label` is usually the person's e-mail.
    package func uri(label: String, issuer: String) -> String {
        let issuer = percentEncoded(issuer)
        return "otpauth://totp/\(issuer):\(percentEncoded(label))?secret=\(base32)&issuer=\(issuer)"
            + "&algorithm=SHA1&digits=\(Self.digits)&period=\(Self.secondsPerStep)"
    }

    /// The step to remember when the code is right: it belongs to this step, the one before or the one after.
    ///
    /// Nil where it is wrong, or belongs to a step not after `lastStep`, the one remembered last: no code is right
    /// twice. Blanks in the code do not matter.
    package func matchingStep(for code: String, at now: Instant, after lastStep: Int64?) -> Int64? {
        let presented = code.utf8.filter { $0 != UInt8(ascii: " ") }
        let current = Self.step(at: now)
        let matching = (current - 1...current + 1).filter { step in
            areEqualInConstantTime(Array(self.code(at: step).utf8), presented)
        }
        return matching.last { step in lastStep.map { step > $0 } ?? true }
    }

    package func code(at now: Instant) -> String {
        code(at: Self.step(at: now))
    }

    func code(at step: Int64) -> String {
        let counter = withUnsafeBytes(of: step.bigEndian, Array.init)
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: key)))
        let offset = Int(mac[19] & 15)
        let number = mac[offset..<offset + 4].reduce(0 as UInt32) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        let text = "\(number % 1_000_000)"
        return String(repeating: "0", count: Self.digits - text.utf8.count) + text
    }

    static func step(at now: Instant) -> Int64 {
        let microseconds = secondsPerStep * 1_000_000
        let (quotient, remainder) = now.microsecondsSinceEpoch.quotientAndRemainder(dividingBy: microseconds)
        return remainder < 0 ? quotient - 1 : quotient
    }

    package var description: String {
        "a second factor"
    }

    package var customMirror: Mirror {
        Mirror(self, children: [])
    }
}
