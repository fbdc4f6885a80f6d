import Crypto

/// A secret that stands for a person, `chapterhouse_<id>_<secret>`; shown once, only its SHA-256 is kept.
///
/// The secret is in hexadecimal, so that scanners for leaked secrets know it by a simple pattern.
package struct APIToken: Hashable, Sendable, CustomStringConvertible {
    package let id: Int64
    private let secret: Secret

    package init(id: Int64, secret: Secret = Secret()) {
        self.id = id
        self.secret = secret
    }

    /// Reads what a bearer shows; nil where it is no token at all.
    package init?(_ bearer: String) {
        let parts = bearer.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].elementsEqual("chapterhouse".utf8),
            let id = Int64(String(decoding: parts[1], as: UTF8.self)), id > 0,
            "\(id)".utf8.elementsEqual(parts[1]),
            let secret = Secret(hexadecimal: parts[2])
        else { return nil }
        self.init(id: id, secret: secret)
    }

    package var text: String {
        "chapterhouse_\(id)_\(secret.hexadecimal)"
    }

    /// What is kept: the SHA-256 of the 64 digits.
    package var hash: [UInt8] {
        Self.hash(of: secret)
    }

    /// What is kept of a token that has no id yet.
    package static func hash(of secret: Secret) -> [UInt8] {
        Array(SHA256.hash(data: Array(secret.hexadecimal.utf8)))
    }

    package var description: String {
        "API token \(id)"
    }
}
