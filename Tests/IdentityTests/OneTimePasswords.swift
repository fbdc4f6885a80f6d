import ReferralGroup
import Testing

@testable import Identity

@Suite struct `A one-time password` {
    private func ofTheStandard() throws -> OneTimePassword {
        try #require(OneTimePassword(key: Array("12345678901234567890".utf8)))
    }

    private func seconds(_ seconds: Int64) -> Instant {
        Instant(microsecondsSinceEpoch: seconds * 1_000_000)
    }

    /// Appendix B of RFC 6238, of which six digits are the last six of eight.
    @Test(
        arguments: [
            (59, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
            (2_000_000_000, "279037"), (20_000_000_000, "353130"),
        ] as [(Int64, String)]
    )
    func `is the one of RFC 6238`(time: Int64, code: String) throws {
        let factor = try ofTheStandard()
        #expect(factor.code(at: seconds(time)) == code)
        #expect(factor.matchingStep(for: code, at: seconds(time), after: nil) == time / 30)
    }

    /// Appendix D of RFC 4226.
    @Test func `is the one of RFC 4226`() throws {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
            "520489",
        ]
        let factor = try ofTheStandard()
        #expect((0..<10).map { factor.code(at: Int64($0)) } == codes)
    }

    @Test(
        arguments: [(29, nil), (30, 2), (60, 2), (89, 2), (90, 2), (119, 2), (120, nil)] as [(Int64, Int64?)]
    )
    func `holds a step before and after its own`(time: Int64, step: Int64?) throws {
        #expect(try ofTheStandard().matchingStep(for: "359152", at: seconds(time), after: nil) == step)
    }

    @Test func `is right only once`() throws {
        let factor = try ofTheStandard()
        #expect(factor.matchingStep(for: "359152", at: seconds(70), after: 1) == 2)
        #expect(factor.matchingStep(for: "359152", at: seconds(70), after: 2) == nil)
        #expect(factor.matchingStep(for: "359152", at: seconds(70), after: 3) == nil)
        #expect(factor.matchingStep(for: "287082", at: seconds(70), after: 2) == nil)
        #expect(factor.matchingStep(for: "969429", at: seconds(70), after: 2) == 3)
    }

    @Test(arguments: [
        "", "35915", "3591520", "359153", "35915\u{0}", "359152\n", "\u{663}59152", "359152\u{301}", "+59152",
    ])
    func `is nothing else`(code: String) throws {
        #expect(try ofTheStandard().matchingStep(for: code, at: seconds(70), after: nil) == nil)
    }

    @Test func `may be typed with a blank`() throws {
        #expect(try ofTheStandard().matchingStep(for: "359 152", at: seconds(70), after: nil) == 2)
    }

    @Test(arguments: [Int64.min, -1, 0, .max])
    func `can be asked for at any time`(microseconds: Int64) throws {
        let now = Instant(microsecondsSinceEpoch: microseconds)
        let factor = try ofTheStandard()
        let step = OneTimePassword.step(at: now)
        #expect(factor.matchingStep(for: factor.code(at: now), at: now, after: step - 1) == step)
    }

    @Test func `has a key of 160 bits, in base32`() throws {
        let factor = OneTimePassword()
        #expect(factor.key.count == 20)
        #expect(factor.base32.utf8.count == 32)
        #expect(OneTimePassword(base32: factor.base32)?.key == factor.key)
        #expect(OneTimePassword().key != factor.key)
        #expect(OneTimePassword(key: []) == nil)
        #expect(OneTimePassword(base32: "MZXW6") == nil)
        #expect(!"\(factor) \(String(reflecting: factor))".contains("\(factor.key[0]), \(factor.key[1])"))
    }

    @Test func `is set up by a URI that names person and issuer`() throws {
        let uri = try ofTheStandard().uri(label: "zo\u{eb}+x@example.org", issuer: "A & B: 100%/?#")
        #expect(
            uri
                == "otpauth://totp/A%20%26%20B%3A%20100%25%2F%3F%23:zo%C3%AB%2Bx%40example.org"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=A%20%26%20B%3A%20100%25%2F%3F%23"
                + "&algorithm=SHA1&digits=6&period=30"
        )
    }
}

@Suite struct `Bytes in base32` {
    /// Section 10 of RFC 4648.
    static let pairs = [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ]

    @Test(arguments: pairs)
    func `is the one of RFC 4648`(plain: String, text: String) {
        #expect(Base32.text(plain.utf8) == text)
        #expect(Base32.bytes(text.utf8) == Array(plain.utf8))
        #expect(Base32.bytes((text.lowercased() + "==").utf8) == Array(plain.utf8))
    }

    @Test(arguments: ["M", "MZX", "MZXW6Y", "M1", "M8", "MZ=XQ", "MZ", "MZ\u{301}XQ", "\u{0}"])
    func `is nothing else`(text: String) {
        #expect(Base32.bytes(text.utf8) == nil)
    }
}

@Suite struct `Bytes in base64` {
    /// Section 10 of RFC 4648, without padding.
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"),
    ])
    func `is the one of RFC 4648`(plain: String, text: String) {
        #expect(Base64.plain.text(plain.utf8) == text)
        #expect(Base64.url.bytes(text.utf8) == Array(plain.utf8))
    }

    @Test func `has two alphabets`() {
        #expect(Base64.plain.text([0xfb, 0xff]) == "+/8")
        #expect(Base64.url.text([0xfb, 0xff]) == "-_8")
        #expect(Base64.plain.bytes("-_8".utf8) == nil)
        #expect(Base64.url.bytes("+/8".utf8) == nil)
    }

    @Test(arguments: ["Z", "Zh", "Zg==", "Zm9vY", "Zm9 v", "Zm9\n", "Zm9\u{e9}"])
    func `is nothing else`(text: String) {
        #expect(Base64.plain.bytes(text.utf8) == nil)
    }

    @Test func `brings back all bytes`() {
        for count in 0..<260 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
            #expect(Base64.url.bytes(Base64.url.text(bytes).utf8) == bytes)
            #expect(Base32.bytes(Base32.text(bytes).utf8) == bytes)
        }
    }
}
