import Testing

@testable import Identity

@Suite struct `A secret` {
    @Test func `is read as it was written`() throws {
        var generator = CountingGenerator()
        for _ in 0..<100 {
            let secret = Secret(using: &generator)
            #expect(secret.text.utf8.count == 43)
            #expect(Secret(secret.text) == secret)
            #expect(Secret(hexadecimal: Array(secret.hexadecimal.utf8)) == secret)
        }
    }

    @Test func `is another each time`() {
        #expect(Set((0..<1000).map { _ in Secret() }).count == 1000)
    }

    /// Computed with `hashlib.sha256` of Python 3.
    @Test func `is kept as its hash`() throws {
        let zeros = try #require(Secret(String(repeating: "A", count: 43)))
        let hash = zeros.hash.map { String($0, radix: 16) }.joined(separator: " ")
        #expect(
            hash
                == "66 68 7a ad f8 62 bd 77 6c 8f c1 8b 8e 9f 8e 20 8 97 14 85 6e e2 33 b3 90 2a 59 1d d 5f 29 25"
        )
    }

    @Test(arguments: [
        "", "A", String(repeating: "A", count: 42), String(repeating: "A", count: 44),
        String(repeating: "A", count: 42) + "B", String(repeating: "A", count: 42) + "+",
        String(repeating: "A", count: 42) + "=", String(repeating: "A", count: 43) + "\n",
        String(repeating: "A", count: 42) + "A\u{301}", "\u{0}" + String(repeating: "A", count: 42),
    ])
    func `is read from nothing else`(text: String) {
        #expect(Secret(text) == nil)
    }

    @Test func `does not show itself`() {
        let secret = Secret()
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped, "\(Optional(secret) as Any)"] {
            #expect(text.contains("a secret"))
            #expect(!text.contains(secret.text))
            #expect(text.utf8.count < 60)
        }
    }
}

@Suite struct `An API token` {
    let digits = String(repeating: "0a1f", count: 16)

    @Test func `is read as it was written`() throws {
        let token = APIToken(id: 42)
        #expect(token.text.utf8.starts(with: "chapterhouse_42_".utf8))
        #expect(APIToken(token.text) == token)
        #expect(APIToken(token.text)?.hash == token.hash)
        #expect(!"\(token)".contains(token.text))
    }

    /// Computed with `hashlib.sha256` of Python 3, of the digits as text: so hashes kept before stay right.
    @Test func `is kept as the hash of its digits`() throws {
        let secret = try #require(Secret(hexadecimal: Array(digits.utf8)))
        let hash = APIToken(id: 1, secret: secret).hash
        #expect(hash == APIToken.hash(of: secret))
        #expect(hash.prefix(4) == [255, 239, 70, 179])
    }

    @Test func `is read from nothing else`() {
        #expect(APIToken("chapterhouse_1_\(digits)")?.id == 1)
        let others = [
            "", digits, "chapterhouse_1_", "chapterhouse_\(digits)", "chapterhouse_0_\(digits)",
            "chapterhouse_-1_\(digits)",
            "chapterhouse_01_\(digits)", "chapterhouse_+1_\(digits)", "chapterhouse_1_\(digits)_",
            "Chapterhouse_1_\(digits)",
            "chapterhouse_1_\(digits.uppercased())", "chapterhouse_1_\(digits.dropLast())",
            "chapterhouse_1_\(digits)0",
            "chapterhouse_9223372036854775808_\(digits)", " chapterhouse_1_\(digits)",
            "chapterhouse__\(digits)",
        ]
        for text in others { #expect(APIToken(text) == nil, "\(text)") }
    }
}

@Suite struct `Recovery codes` {
    @Test func `are ten, and each another`() {
        let codes = RecoveryCode.ten()
        #expect(codes.count == 10)
        #expect(Set(codes).count == 10)
        #expect(Set(codes.map(\.hash)).count == 10)
    }

    @Test func `are written in four groups of letters that cannot be confused`() throws {
        var generator = CountingGenerator()
        for code in RecoveryCode.ten(using: &generator) {
            let text = code.text
            #expect(text.wholeMatch(of: /([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}/) != nil, "\(text)")
            #expect(RecoveryCode(text) == code)
            #expect(RecoveryCode(text.lowercased()) == code)
            #expect(RecoveryCode(" " + text.replacing("-", with: " ") + "  ") == code)
            #expect(
                RecoveryCode(
                    text.replacing("-", with: "").replacing("0", with: "o").replacing("1", with: "l")
                ) == code
            )
        }
    }

    @Test func `have all their letters`() {
        var generator = CountingGenerator()
        let letters = (0..<20).flatMap { _ in RecoveryCode.ten(using: &generator) }.map(\.text).joined()
        #expect(Set(letters).count == 33)
    }

    @Test(arguments: [
        "", "7K3M", "7K3M-P0QX-9ZTA-4HW", "7K3M-P0QX-9ZTA-4HWE-7", "7K3M-P0QX-9ZTA-4HWU",
        "7K3M-P0QX-9ZTA-4HW\u{c9}",
        "7K3M_P0QX_9ZTA_4HWE", "7K3M-P0QX-9ZTA-4HWE\n", "7K3M\u{2010}P0QX-9ZTA-4HWE",
    ])
    func `are read from nothing else`(text: String) {
        #expect(RecoveryCode("7K3M-P0QX-9ZTA-4HWE") != nil)
        #expect(RecoveryCode(text) == nil)
    }

    @Test func `do not show themselves`() throws {
        let code = try #require(RecoveryCode("7K3M-P0QX-9ZTA-4HWE"))
        #expect("\(code) \(String(reflecting: code))".contains("7K3M") == false)
    }
}
