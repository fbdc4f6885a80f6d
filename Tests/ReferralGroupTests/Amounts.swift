import ReferralGroup
import Testing

@Suite struct `An amount of money` {
    @Test(arguments: [
        ("1200", "EUR", Int64(120_000), "1200.00"), ("1200.5", "EUR", 120_050, "1200.50"),
        ("1200.50", "EUR", 120_050, "1200.50"), ("0.05", "EUR", 5, "0.05"), ("-3.25", "EUR", -325, "-3.25"),
        ("-0.05", "EUR", -5, "-0.05"), ("-0", "EUR", 0, "0.00"), ("007", "EUR", 700, "7.00"),
        ("1200", "JPY", 1200, "1200"), ("1.234", "BHD", 1234, "1.234"), ("1", "BHD", 1000, "1.000"),
        ("0.0001", "CLF", 1, "0.0001"), ("92233720368547758.07", "EUR", .max, "92233720368547758.07"),
    ])
    func `is kept in the minor units of its currency`(
        text: String,
        code: String,
        units: Int64,
        printed: String
    ) throws {
        let currency = try #require(Currency(code))
        let money = try #require(Money(text, in: currency))
        #expect(money.minorUnits == units)
        #expect(money.amount == printed)
    }

    @Test(arguments: [
        ("", "EUR"), ("-", "EUR"), (".", "EUR"), (".5", "EUR"), ("1.", "EUR"), ("1.234", "EUR"),
        ("1,00", "EUR"),
        ("1e3", "EUR"), ("+1", "EUR"), (" 1", "EUR"), ("1 ", "EUR"), ("1.0.0", "EUR"), ("--1", "EUR"),
        ("1.-5", "EUR"),
        ("١", "EUR"), ("0x10", "EUR"), ("NaN", "EUR"), ("1\u{0}", "EUR"), ("1.5", "JPY"), ("1.", "JPY"),
        ("1.2345", "BHD"),
        ("92233720368547758.08", "EUR"), ("92233720368547759", "EUR"), ("9223372036854775808", "JPY"),
        ("99999999999999999999999999", "EUR"),
    ])
    func `is refused where it is none, or does not fit`(text: String, code: String) throws {
        let currency = try #require(Currency(code))
        #expect(Money(text, in: currency) == nil)
    }

    @Test(arguments: ["", "eur", "EU", "EURO", "E R", "ÄÖ", "12A", "EU\u{301}"])
    func `is in no currency of another form than three capitals`(_ code: String) {
        #expect(Currency(code) == nil)
    }
}

@Suite struct `A figure` {
    @Test(arguments: [
        ("12", Int128(12), 0, "12"), ("0.5", 5, 1, "0.5"), ("-3.25", -325, 2, "-3.25"),
        ("-0.00", 0, 2, "0.00"),
        ("00.10", 10, 2, "0.10"), ("999999999999999999", 999_999_999_999_999_999, 0, "999999999999999999"),
        ("0.00000000000000001", 1, 17, "0.00000000000000001"),
    ])
    func `is read exactly and written as exactly`(
        text: String,
        unscaled: Int128,
        scale: Int,
        printed: String
    ) throws {
        let figure = try #require(Figure(text))
        #expect(figure == Figure(unscaled: unscaled, scale: scale))
        #expect(figure.description == printed)
    }

    @Test(arguments: [
        "", "-", ".", ".5", "5.", "1.2.3", "1e3", "+1", "--1", " 1", "1,5", "1234567890123456789", "٣", "∞",
    ])
    func `is refused where it is none`(_ text: String) {
        #expect(Figure(text) == nil)
    }

    @Test(arguments: [
        ("0%", "0.00"), ("40%", "0.40"), ("12.5%", "0.125"), ("100%", "1.00"), ("100.00%", "1.0000"),
        ("12.3456%", "0.123456"),
    ])
    func `is read from a percentage`(text: String, printed: String) {
        #expect(Figure(percent: text)?.description == printed)
    }

    @Test(arguments: [
        "", "%", "40", "40 %", "-1%", "100.01%", "101%", "999999999999999999%", "12.34567%", "4%0", "40%%",
        "٤%",
    ])
    func `is no percentage outside of nothing and all`(_ text: String) {
        #expect(Figure(percent: text) == nil)
    }

    @Test func `prints its sign, its zeros and its largest`() {
        #expect(Figure(unscaled: -5, scale: 3).description == "-0.005")
        #expect(Figure(unscaled: 1000, scale: 3).description == "1.000")
        #expect(Figure(unscaled: 0, scale: 2).description == "0.00")
        #expect(Figure(unscaled: 7, scale: 38).description == "0." + String(repeating: "0", count: 37) + "7")
        #expect(
            Figure(unscaled: 18_446_744_073_709_551_616, scale: 20).description == "0.18446744073709551616"
        )
        #expect(Figure(unscaled: .min, scale: 0).description == "-170141183460469231731687303715884105728")
        #expect(Figure(unscaled: .max, scale: 99).description == "1.70141183460469231731687303715884105727")
        #expect(Figure(unscaled: 0, scale: -1).description == "0")
    }

    @Test func `knows below zero from zero`() {
        #expect(Figure(unscaled: -1, scale: 9).isNegative)
        #expect(!Figure(unscaled: 0, scale: 2).isNegative)
        #expect(Figure(unscaled: 0, scale: 2).isZero)
        #expect(abs(Figure(unscaled: -325, scale: 2).approximately + 3.25) < 1e-12)
    }
}

@Suite struct `The name of a slip` {
    @Test func `comes back from what it writes`() {
        for _ in 0..<200 {
            let id = SlipID(high: .random(in: 0 ... .max), low: .random(in: 0 ... .max))
            #expect(SlipID(id.description) == id)
        }
        #expect(SlipID(high: 0, low: 1).description == "00000000-0000-0000-0000-000000000001")
        #expect(SlipID(high: .max, low: .max).description == "ffffffff-ffff-ffff-ffff-ffffffffffff")
    }

    @Test func `is read in either case, and written in one`() {
        let text = "01234567-89AB-cdef-0123-456789ABCDEF"
        #expect(SlipID(text) == SlipID(high: 0x0123_4567_89ab_cdef, low: 0x0123_4567_89ab_cdef))
        #expect(SlipID(text)?.description == "01234567-89ab-cdef-0123-456789abcdef")
    }

    @Test(arguments: [
        "", "01234567-89ab-cdef-0123-456789abcde", "01234567-89ab-cdef-0123-456789abcdef0",
        "0123456789abcdef0123456789abcdef", "0123456-789ab-cdef-0123-456789abcdef",
        "g1234567-89ab-cdef-0123-456789abcdef",
        "01234567_89ab-cdef-0123-456789abcdef", "{1234567-89ab-cdef-0123-456789abcde}",
        "０234567-89ab-cdef-0123-456789abcdef",
        "+1234567-89ab-cdef-0123-456789abcdef",
    ])
    func `is refused where it is none`(_ text: String) {
        #expect(SlipID(text) == nil)
    }
}
