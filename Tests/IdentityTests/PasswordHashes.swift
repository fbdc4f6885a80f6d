import Testing

@testable import Identity

@Suite struct `The hash of a password` {
    static let cheap = PasswordHash.Cost(logarithm: 4, blockSize: 8, parallelism: 1)

    /// Made with `hashlib.scrypt` of Python 3.
    @Test(arguments: [
        (
            Array("correct horse battery staple".utf8),
            "$scrypt$ln=17,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$GylG2nH0EXnoO5ncM4QtFXQbh8QSHIx/N4HB34ZPtYs"
        ),
        (
            Array("p\u{e4}ssw\u{f6}rd \u{0}\u{200d}\u{3c0}".utf8),
            "$scrypt$ln=4,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$KRzyEMSuWcvPMxbeAQdQe9unkVwr+D4VhnlIEyZlPeA"
        ),
        (
            [UInt8](repeating: UInt8(ascii: "x"), count: 1024),
            "$scrypt$ln=6,r=1,p=2$//79/Pv6+fj39vX08/Lx8A$mX+IMOy2Y2M8qL2W1TjK17IpyqRvDWH4+OXNMA5ec1E"
        ),
        (
            Array(" leading and trailing ".utf8),
            "$scrypt$ln=5,r=16,p=1$OGJ5dGVzISE$2BwcgVx3QraBYm94kAaiurNf6dYDS19tgJzJOjqZOoWoo4EV6DVkfUeDJ2flPZm4L2B66wziFEMAfTBiHxXKmw"
        ),
        (Array("a".utf8), "$scrypt$ln=1,r=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$t8uplxTWGS12zstIZCst4A"),
    ])
    func `is the one that others compute`(password: [UInt8], text: String) throws {
        let hash = try #require(PasswordHash(text))
        #expect(try hash.matches(password))
        #expect(try !hash.matches(password.dropLast() + [0x7f]))
        #expect(hash.text == text)
    }

    @Test func `has a salt of its own and 32 bytes`() throws {
        let cost = try #require(Self.cheap)
        let password = Password(unchecked: Array("anything at all".utf8))
        let one = try PasswordHash(of: password, cost: cost)
        let other = try PasswordHash(of: password, cost: cost)
        #expect(one.salt != other.salt)
        #expect(one.key != other.key)
        #expect(one.salt.count == 16)
        #expect(one.key.count == 32)
        #expect(PasswordHash(one.text) == one)
        #expect(try one.matches(password.bytes))
    }

    @Test func `tells composed letters from decomposed ones`() throws {
        let cost = try #require(Self.cheap)
        let hash = try PasswordHash(of: Password(unchecked: Array("Zo\u{eb}".utf8)), cost: cost)
        #expect(try hash.matches(Array("Zo\u{eb}".utf8)))
        #expect(try !hash.matches(Array("Zoe\u{308}".utf8)))
    }

    @Test(arguments: [
        "", "$", "$$$$", "scrypt", "$scrypt$ln=17,r=8,p=1$AAECAwQFBgcICQoLDA0ODw",
        "$argon2id$ln=4,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$KRzyEMSuWcvPMxbeAQdQe9unkVwr+D4VhnlIEyZlPeA",
        "$scrypt$r=8,ln=4,p=1$c2FsdHNhbHRzYWx0c2FsdA$KRzyEMSuWcvPMxbeAQdQe9unkVwr+D4VhnlIEyZlPeA",
        "$scrypt$ln=04,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$KRzyEMSuWcvPMxbeAQdQe9unkVwr+D4VhnlIEyZlPeA",
        "$scrypt$ln=+4,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$KRzyEMSuWcvPMxbeAQdQe9unkVwr+D4VhnlIEyZlPeA",
        "$scrypt$ln=4,r=8,p=1,q=1$c2FsdHNhbHRzYWx0c2FsdA$KRzyEMSuWcvPMxbeAQdQe9unkVwr+D4VhnlIEyZlPeA",
        "$scrypt$ln=4,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA==$KRzyEMSuWcvPMxbeAQdQe9unkVwr+D4VhnlIEyZlPeA",
        "$scrypt$ln=4,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdB$KRzyEMSuWcvPMxbeAQdQe9unkVwr+D4VhnlIEyZlPeA",
        "$scrypt$ln=4,r=8,p=1$c2FsdA$KRzyEMSuWcvPMxbeAQdQe9unkVwr+D4VhnlIEyZlPeA",
        "$scrypt$ln=4,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$KRzyEMSu",
        "$scrypt$ln=4,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$KRzyEMSuWcvPMxbeAQdQe9unkVwr+D4VhnlIEyZlPeA$",
        "$scrypt$ln=4,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$KRzyEMSuWcvPMxbeAQdQe9unkVwr+D4VhnlIEyZlPeA\n",
        "$scrypt$ln=4,r=8,p=1\u{301}$c2FsdHNhbHRzYWx0c2FsdA$KRzyEMSuWcvPMxbeAQdQe9unkVwr+D4VhnlIEyZlPeA",
    ])
    func `is read from nothing else`(text: String) {
        #expect(PasswordHash(text) == nil)
    }

    @Test(arguments: [
        (0, 8, 1), (19, 8, 1), (64, 8, 1), (-1, 8, 1), (17, 0, 1), (17, 17, 1), (18, 16, 1), (17, 8, 0),
        (17, 8, 5),
        (18, 8, 4), (16, 1, 1), (Int.max, Int.max, Int.max), (17, Int.min, 1),
    ])
    func `costs no more than we pay`(logarithm: Int, blockSize: Int, parallelism: Int) {
        #expect(
            PasswordHash.Cost(logarithm: logarithm, blockSize: blockSize, parallelism: parallelism) == nil
        )
        let text =
            "$scrypt$ln=\(logarithm),r=\(blockSize),p=\(parallelism)$c2FsdHNhbHRzYWx0c2FsdA$KRzyEMSuWcvPMxbeAQdQe9unkVwr+D4VhnlIEyZlPeA"
        #expect(PasswordHash(text) == nil)
    }

    /// The memory that swift-crypto allows is enough for each cost that can be read.
    @Test func `can be computed at every cost`() throws {
        for blockSize in [1, 2, 15, 16] {
            for parallelism in 1...4 {
                for logarithm in [1, 2, 9] {
                    let cost = try #require(
                        PasswordHash.Cost(
                            logarithm: logarithm,
                            blockSize: blockSize,
                            parallelism: parallelism
                        )
                    )
                    let hash = try PasswordHash(of: Password(unchecked: [1]), cost: cost)
                    #expect(try hash.matches([1]))
                }
            }
        }
    }

    @Test func `is made again when it is weaker than today's`() throws {
        let salt = [UInt8](repeating: 1, count: 16)
        let key = [UInt8](repeating: 2, count: 32)
        func hash(_ logarithm: Int, _ blockSize: Int, _ parallelism: Int) throws -> PasswordHash {
            let cost = PasswordHash.Cost(logarithm: logarithm, blockSize: blockSize, parallelism: parallelism)
            return PasswordHash(cost: try #require(cost), salt: salt, key: key)
        }
        #expect(try !hash(17, 8, 1).needsRehash)
        #expect(try !hash(18, 8, 1).needsRehash)
        #expect(try !hash(17, 8, 2).needsRehash)
        #expect(try hash(16, 8, 1).needsRehash)
        #expect(try hash(17, 4, 1).needsRehash)
        #expect(PasswordHash(cost: .ofToday, salt: [1, 2, 3], key: key).needsRehash)
        #expect(PasswordHash(cost: .ofToday, salt: salt, key: Array(key.dropLast())).needsRehash)
    }
}

@Suite struct `Comparing in constant time` {
    @Test func `tells bytes apart`() {
        let bytes: [UInt8] = [0, 1, 255]
        #expect(areEqualInConstantTime(bytes, [0, 1, 255]))
        #expect(!areEqualInConstantTime(bytes, [1, 1, 255]))
        #expect(!areEqualInConstantTime(bytes, [0, 1, 254]))
        #expect(!areEqualInConstantTime(bytes, [0, 1]))
        #expect(areEqualInConstantTime([], []))
    }
}
