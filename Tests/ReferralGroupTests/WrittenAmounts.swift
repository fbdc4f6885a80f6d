import ReferralGroup
import Testing

@Suite struct `An amount as people write it` {
    @Test(arguments: [
        ("1200", "1200.00"), ("1200.5", "1200.50"), ("1200,5", "1200.50"), ("1.200,50", "1200.50"),
        ("1,200.50", "1200.50"), ("1 200,50", "1200.50"), ("1'200.50", "1200.50"),
        ("1\u{202F}200.50", "1200.50"),
        ("1.200", "1200.00"), ("1,200", "1200.00"), ("1.234.567", "1234567.00"),
        ("1,234,567.89", "1234567.89"),
        ("0,05", "0.05"), ("12,3", "12.30"), (" 80 ", "80.00"),
    ])
    func `is read with either sign for decimals`(_ text: String, _ amount: String) throws {
        let euro = try #require(Currency("EUR"))
        #expect(Money(written: text, in: euro)?.amount == amount)
    }

    @Test(arguments: [
        "", ",", ".", "5.", ",5", "1,2,3", "1.2.3", "12.34,5.6", "1.2345", "1,23,456.7", "12,345.67.8",
        "lots", "5 €",
        "１２", "1.200,505", ".200", "1,,2", "99999999999999999999", "12 50", "1 2", "1 200 50", "1200 000",
        "1200,000", "1 ,50", "1,5 0", "1 200.505", "1 200,000", "1.200'000,50", "0 000 00",
    ])
    func `is refused where it could be two`(_ text: String) throws {
        let euro = try #require(Currency("EUR"))
        #expect(Money(written: text, in: euro) == nil)
    }

    @Test func `has as many decimals as its currency`() throws {
        let (yen, dinar) = (try #require(Currency("JPY")), try #require(Currency("KWD")))
        #expect(Money(written: "1.200", in: yen)?.minorUnits == 1200)
        #expect(Money(written: "1.2", in: yen) == nil)
        #expect(Money(written: "1.200", in: dinar)?.minorUnits == 1200)
        #expect(Money(written: "1,200.500", in: dinar)?.minorUnits == 1_200_500)
    }
}
