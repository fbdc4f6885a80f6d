import Exchange
import ReferralGroup
import Testing

@Suite struct `An exact decimal` {
    @Test(arguments: [
        ("0", "0"), ("007", "7"), ("1.50", "1.5"), ("-0.05", "-0.05"), ("438.0", "438"), (" 1 ", "1"),
        ("999999999999999999", "999999999999999999"), ("0.00000000000000001", "0.00000000000000001"),
    ])
    func `is written as briefly as it can be`(text: String, shortest: String) throws {
        #expect(try #require(ExactDecimal(text)).description == shortest)
    }

    @Test(arguments: [
        "", "-", ".", "1.", ".1", "1.2.3", "--1", "1-", "1e2", "1,5", "١", "1\u{301}", "1 2", "0x1", "+1",
        "1000000000000000000", "0.000000000000000001", "-9223372036854775809",
    ])
    func `is nothing else`(text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test func `becomes minor units or nothing`() throws {
        let amount = try #require(ExactDecimal("1234.50"))
        #expect(amount.minorUnits(digits: 2) == 123_450)
        #expect(amount.minorUnits(digits: 3) == 1_234_500)
        #expect(amount.minorUnits(digits: 1) == 12_345)
        #expect(amount.minorUnits(digits: 0) == nil)
        #expect(ExactDecimal(Int64.max).minorUnits(digits: 1) == nil)
        #expect(ExactDecimal(Int64.min).minorUnits(digits: 2) == nil)
    }

    @Test func `adds and subtracts exactly, or not at all`() throws {
        let tenth = try #require(ExactDecimal("0.1"))
        let fifth = try #require(ExactDecimal("0.20"))
        #expect(tenth.adding(fifth) == ExactDecimal("0.3"))
        #expect(tenth.subtracting(fifth)?.description == "-0.1")
        #expect(ExactDecimal(Int64.max).adding(ExactDecimal(1)) == nil)
        #expect(ExactDecimal(Int64.min).subtracting(ExactDecimal(1)) == nil)
        #expect(ExactDecimal(Int64.max).adding(tenth) == nil)
        #expect(ExactDecimal(Int64.min).description == "-9223372036854775808")
        #expect(tenth.figure.description == "0.1")
    }
}
