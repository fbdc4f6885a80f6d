import Crypto

/// 256 random bits that sign what a webhook is told, by the convention of Standard Webhooks.
package struct SigningSecret: Sendable, CustomStringConvertible, CustomReflectable {
    package let bytes: [UInt8]

    package init() {
        var generator = SystemRandomNumberGenerator()
        bytes = randomBytes(32, using: &generator)
    }

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// `whsec_` and 44 characters of base64; shown once.
    package var text: String {
        "whsec_\(Base64.plain.padded(bytes))"
    }

    /// The signature of a body that is sent at that second: `v1,` and base64.
    package func signature(of body: String, id: String, at second: Int) -> String {
        let code = HMAC<SHA256>.authenticationCode(
            for: Array("\(id).\(second).\(body)".utf8),
            using: SymmetricKey(data: bytes)
        )
        return "v1,\(Base64.plain.padded(Array(code)))"
    }

    package var description: String {
        "a secret"
    }

    package var customMirror: Mirror {
        Mirror(self, children: [])
    }
}

extension Base64 {
    /// With the `=` that makes it a multiple of four characters.
    fileprivate func padded(_ bytes: [UInt8]) -> String {
        text(bytes) + String(repeating: "=", count: (3 - bytes.count % 3) % 3)
    }
}
