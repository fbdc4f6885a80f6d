import Exchange
import ReferralGroup

@testable import Identity

extension Fuzzed {
    static let secrets = [
        Fuzzed("password-hash") { bytes in
            guard let hash = PasswordHash(bytes.asText) else { return }
            try hold(hash.text.utf8.elementsEqual(bytes), "two texts for one hash")
            try hold(PasswordHash(hash.text) == hash, "a hash is another")
        },
        Fuzzed("encodings") { bytes in
            for base in [Base64.plain, Base64.url] {
                try hold(base.bytes(base.text(bytes).utf8) == bytes, "base64 is another")
                if let read = base.bytes(bytes) {
                    try hold(base.text(read).utf8.elementsEqual(bytes), "two texts in base64")
                }
            }
            try hold(Base32.bytes(Base32.text(bytes).utf8) == bytes, "base32 is another")
            _ = Base32.bytes(bytes)
            let encoded = percentEncoded(bytes.asText)
            try hold(percentDecoded(encoded) == Array(bytes.asText.utf8), "percent-encoded is another")
        },
        Fuzzed("tokens") { bytes in
            let text = bytes.asText
            if let token = APIToken(text) {
                try hold(token.text.utf8.elementsEqual(text.utf8), "two texts for one token")
            }
            if let secret = Secret(text) {
                try hold(secret.text.utf8.elementsEqual(text.utf8), "two texts for one secret")
            }
            if let code = RecoveryCode(text) { try hold(RecoveryCode(code.text) == code, "another code") }
            if let factor = OneTimePassword(base32: text) {
                try hold(OneTimePassword(base32: factor.base32)?.key == factor.key, "another factor")
                _ = factor.matchingStep(for: text, at: Instant(microsecondsSinceEpoch: 0), after: nil)
                _ = factor.uri(label: text, issuer: text)
            }
        },
        Fuzzed("provider") { bytes in
            _ = whatComes { try ProviderDocument(document: bytes, issuer: "https://id.example.org") }
            _ = TokenAnswer(body: bytes)
            _ = whatComes { try IDTokenKeys(document: bytes.asText) }
        },
        Fuzzed("qr") { bytes in
            guard let code = QRCode(bytes.asText) else { return }
            try hold(code.modules.allSatisfy { $0.count == code.modules.count }, "a code is no square")
        },
    ]

    /// Percent-decoding that shares nothing with the program's.
    private static func percentDecoded(_ text: String) -> [UInt8]? {
        var pieces = text.utf8.split(separator: UInt8(ascii: "%"), omittingEmptySubsequences: false)[...]
        var bytes = pieces.popFirst().map(Array.init) ?? []
        for piece in pieces {
            guard let byte = UInt8(String(decoding: piece.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes += [byte] + piece.dropFirst(2)
        }
        return bytes
    }
}
