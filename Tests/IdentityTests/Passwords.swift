import Testing

@testable import Identity

@Suite struct `A password somebody chooses` {
    let context = ["Ben van der Berg", "ben.berg@meadow.example", "Cedar Grove"]

    private func refusal(of text: String) throws -> Password.Refused? {
        do {
            _ = try Password(choosing: text, context: context)
            return nil
        } catch let refused as Password.Refused {
            return refused
        }
    }

    @Test(arguments: [
        "correct horse battery staple", "correcthorsebatterystaple", "zr7#kq!wp0xm", "kv9 dmq2 xw7r",
        "mydogrex ate 31 figs",
        "   three blanks   ", "\u{0}\u{1}\u{2}\n\t\u{7f} tub wok hex", "王小明喝了三杯热茶然后回家",
        "\u{1f98a}jumps \u{1f98a}over \u{1f98a}hills",
        "summer orange coffee tiger", "wandering teapots dislike rain", "Berg und Tal im Nebel verborgen",
        "hgzmwtkqpxvd", "%&/?)(*!=#;:",
    ])
    func `may have any characters`(text: String) throws {
        #expect(try refusal(of: text) == nil)
        #expect(try Password(choosing: text, context: context).bytes == Array(text.utf8))
    }

    @Test func `has twelve characters`() throws {
        #expect(try refusal(of: "zr7#kq!wp0x") == .tooShort)
        #expect(try refusal(of: "") == .tooShort)
        #expect(try refusal(of: "zr7#kq!wp0xm") == nil)
        #expect(try refusal(of: "热茶热茶") == .tooShort)
    }

    @Test func `has at most 1024 bytes`() throws {
        let long = String((0..<1024).map { Character(UnicodeScalar(UInt8(97 + $0 * $0 % 25))) })
        #expect(long.utf8.count == 1024)
        #expect(try refusal(of: long) == nil)
        #expect(try refusal(of: long + "z") == .tooLong)
        #expect(try refusal(of: String(repeating: "é", count: 513)) == .tooLong)
    }

    @Test(arguments: [
        "aaaaaaaaaaaa", "aaaaaaaaaaab", "abcabcabcabc", "ab12ab12ab12", "123456789012", "987654321098",
        "abcdefghijkl",
        "zyxwvutsrqponm", "qwertyuiopasdf", "asdfghjkl1234", "1qaz2wsx3edc", "1q2w3e4r5t6y", "poiuytrewq09",
        "112233445566", "q1w2e3r4t5y6", "010203040506", "1234567890qwertyuiopasdfghjklzxcvbnm",
        "a            b", "            ", "199920002001", "кккккккккккк", "!!!!!!!!!!!!!!",
    ])
    func `does not repeat itself or run along the keyboard`(text: String) throws {
        #expect(try refusal(of: text) == .repetitive)
    }

    @Test(arguments: [
        "password1234", "Password2026!", "P@ssw0rd2026", "passwordpassword1", "Welcome2026!!!",
        "iloveyou1234",
        "letmein12345", "superman1234", "jesuslovesme", "professional", "passwordpasswordpassword",
        "Summer-2025-!!", "Chapterhouse2026", "chapter house 123", "qwerty password",
        "trustno1trustno1!",
        "ReferralMember1", "Admin_Admin_2024", "Sunshine Princess",
    ])
    func `is not made of what everybody takes`(text: String) throws {
        #expect(try refusal(of: text) == .common)
    }

    @Test(arguments: [
        "CedarGrove2026", "cedar grove 12", "Ben van der Berg", "benberg@meadow", "meadow-meadow-1",
        "B3nBerg2026!!",
        "BenvanderBerg1",
    ])
    func `is not made of what is known about its owner`(text: String) throws {
        #expect(try refusal(of: text) == .personal)
    }

    @Test func `says how to do better`() {
        for refused in Password.Refused.allCases {
            #expect(refused.sentence.contains(";") || refused.sentence.contains(","))
        }
    }

    /// A text of the greatest length is looked at in no time to speak of.
    @Test(.timeLimit(.minutes(20))) func `is judged soon however long it is`() throws {
        for text in [String(repeating: "a", count: 1023) + "b", String(repeating: "ab", count: 511) + "cd"] {
            #expect(try refusal(of: text) != .tooLong)
        }
    }
}
