import Crypto
import CryptoExtras

/// What is kept of a password: its scrypt hash, written `$scrypt$ln=17,r=8,p=1$salt$hash` in base64 without padding.
package struct PasswordHash: Hashable, Sendable {
    package let cost: Cost
    let salt: [UInt8]
    let key: [UInt8]

    /// What one hash takes: `128 · r · 2^ln` bytes of memory, and time in proportion to `r · p · 2^ln`.
    package struct Cost: Hashable, Sendable {
        package let logarithm: Int
        package let blockSize: Int
        package let parallelism: Int

        /// 128 MiB for each hash.
        package static let ofToday = Cost(trusted: 17, 8, 1)

        /// Nil beyond 256 MiB or four times the work of today: a stored hash must not be able to exhaust the service.
        package init?(logarithm: Int, blockSize: Int, parallelism: Int) {
            // swift-crypto leaves one page for what scrypt needs beside its table; blocks over 16 need more.
            guard (1...18).contains(logarithm), (1...16).contains(blockSize), (1...4).contains(parallelism),
                logarithm < 16 * blockSize
            else { return nil }
            let blocks = (1 << logarithm) * blockSize
            guard blocks <= 1 << 21, blocks * parallelism <= 1 << 22 else { return nil }
            self.init(trusted: logarithm, blockSize, parallelism)
        }

        private init(trusted logarithm: Int, _ blockSize: Int, _ parallelism: Int) {
            self.logarithm = logarithm
            self.blockSize = blockSize
            self.parallelism = parallelism
        }
    }

    init(cost: Cost, salt: [UInt8], key: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    /// Hashes a password with a new salt of 16 random bytes; takes a good part of a second, so see `HashingPool`.
    package init(of password: Password, cost: Cost = .ofToday) throws {
        var generator = SystemRandomNumberGenerator()
        try self.init(of: password, cost: cost, using: &generator)
    }

    package init(
        of password: Password,
        cost: Cost = .ofToday,
        using generator: inout some RandomNumberGenerator
    ) throws {
        let salt = randomBytes(16, using: &generator)
        try self.init(
            cost: cost,
            salt: salt,
            key: Self.derive(password.bytes, salt: salt, cost: cost, count: 32)
        )
    }

    /// Reads the text that is kept; nil where it is anything else, or would cost more than we pay.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].isEmpty, parts[1].elementsEqual("scrypt".utf8),
            let cost = Cost(parameters: parts[2]),
            let salt = Base64.plain.bytes(parts[3]), (8...64).contains(salt.count),
            let key = Base64.plain.bytes(parts[4]), (16...64).contains(key.count)
        else { return nil }
        self.init(cost: cost, salt: salt, key: key)
        guard self.text.utf8.elementsEqual(text.utf8) else { return nil }
    }

    package var text: String {
        "$scrypt$\(cost.parameters)$\(Base64.plain.text(salt))$\(Base64.plain.text(key))"
    }

    /// Whether these very bytes were hashed; the comparison takes the same time wherever they differ.
    package func matches(_ password: [UInt8]) throws -> Bool {
        let other = try Self.derive(password, salt: salt, cost: cost, count: key.count)
        return areEqualInConstantTime(key, other)
    }

    /// Whether the hash is weaker in anything than one made today, so that the next sign-in should replace it.
    package var needsRehash: Bool {
        needsRehash(for: .ofToday)
    }

    package func needsRehash(for wanted: Cost) -> Bool {
        cost.logarithm < wanted.logarithm || cost.blockSize < wanted.blockSize
            || cost.parallelism < wanted.parallelism || salt.count < 16 || key.count < 32
    }

    /// What a password is compared with where there is none to compare it with; it takes as long.
    static func ofNobody(cost: Cost) -> PasswordHash {
        PasswordHash(
            cost: cost,
            salt: [UInt8](repeating: 0, count: 16),
            key: [UInt8](repeating: 0, count: 32)
        )
    }

    private static func derive(_ password: [UInt8], salt: [UInt8], cost: Cost, count: Int) throws -> [UInt8] {
        try KDF.Scrypt.deriveKey(
            from: password,
            salt: salt,
            outputByteCount: count,
            rounds: 1 << cost.logarithm,
            blockSize: cost.blockSize,
            parallelism: cost.parallelism
        )
        .withUnsafeBytes(Array.init)
    }
}

extension PasswordHash.Cost {
    /// Reads `ln=17,r=8,p=1`.
    fileprivate init?(parameters: Substring.UTF8View) {
        let parts = parameters.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard parts.count == 3, let logarithm = Self.number(parts[0], after: "ln="),
            let blockSize = Self.number(parts[1], after: "r="),
            let parallelism = Self.number(parts[2], after: "p=")
        else { return nil }
        self.init(logarithm: logarithm, blockSize: blockSize, parallelism: parallelism)
    }

    fileprivate var parameters: String {
        "ln=\(logarithm),r=\(blockSize),p=\(parallelism)"
    }

    private static func number(_ text: Substring.UTF8View, after name: String) -> Int? {
        guard text.starts(with: name.utf8) else { return nil }
        return Int(String(decoding: text.dropFirst(name.utf8.count), as: UTF8.self))
    }
}
