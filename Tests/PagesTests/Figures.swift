import ReferralGroup
import TestSupport
import Testing

@testable import Pages

@Suite struct `Figures on a page` {
    @Test(arguments: [
        ("0.00", "0.00"), ("12.34", "12.34"), ("999.99", "999.99"), ("1000.00", "1\u{202f}000.00"),
        ("1234567.89", "1\u{202f}234\u{202f}567.89"), ("123456", "123\u{202f}456"), ("-0.50", "\u{2212}0.50"),
        ("-1000", "\u{2212}1\u{202f}000"), ("-999.999", "\u{2212}999.999"), ("7", "7"),
    ])
    func `keep thousands apart and have a true minus`(figure: String, printed: String) {
        #expect(Numbers.text(Figure(figure)).description == printed)
    }

    @Test(arguments: [
        ("1.3943", "+139.4\u{202f}%"), ("0.9194", "+91.9\u{202f}%"), ("-0.4014", "\u{2212}40.1\u{202f}%"),
        ("0.0000", "0.0\u{202f}%"), ("0.0005", "+0.1\u{202f}%"), ("-0.0005", "\u{2212}0.1\u{202f}%"),
        ("0.00049", "0.0\u{202f}%"), ("-0.0004", "0.0\u{202f}%"), ("0.1235", "+12.4\u{202f}%"),
        ("-0.1235", "\u{2212}12.4\u{202f}%"), ("0.125", "+12.5\u{202f}%"),
        ("-1.0000", "\u{2212}100.0\u{202f}%"),
        ("12.3456", "+1\u{202f}234.6\u{202f}%"),
    ])
    func `are a percentage of one decimal, halves away from zero`(ratio: String, printed: String) {
        #expect(Numbers.percent(Figure(ratio)).description == printed)
    }

    @Test func `lose decimals that nobody needs, halves away from zero`() {
        #expect(Numbers.rounded(Figure("141.9650"), to: 2).description == "141.97")
        #expect(Numbers.rounded(Figure("-0.0050"), to: 2).description == "\u{2212}0.01")
        #expect(Numbers.rounded(Figure("-0.0049"), to: 2).description == "0.00")
        #expect(Numbers.rounded(Figure("1.5"), to: 2).description == "1.5")
        #expect(Numbers.rounded(nil, to: 2).description == "–")
    }

    @Test func `are a dash where there is none`() {
        #expect(Numbers.text(nil).description == "–")
        #expect(Numbers.percent(nil).description == "–")
    }

    @Test func `survive the largest that there is`() {
        let largest = Figure(unscaled: .max, scale: 4)
        #expect(Numbers.text(largest).description.utf8.first == UInt8(ascii: "1"))
        #expect(Numbers.percent(largest).description.utf8.last == UInt8(ascii: "%"))
        #expect(Numbers.percent(Figure(unscaled: .min, scale: 38)).description.utf8.last == UInt8(ascii: "%"))
    }
}

@Suite struct `The page of a return` {
    @Test func `says what is withheld, and only then`() throws {
        var sample = SampleReturn()
        #expect(try !sample.page().contains("class=\"note\""))
        sample.withheld = ["received", "net"]
        let note = "Fewer than 3 of the others earned, so these are withheld: received, net."
        #expect(try sample.page().contains("<p class=\"note\">\(note)</p>"))
    }

    @Test func `says what was left out for want of a rate, and only then`() throws {
        var sample = SampleReturn()
        #expect(try !sample.page().contains("exchange rate"))
        sample.unconverted = ["thanks of 2026-10-20 in SEK"]
        #expect(try sample.page().contains("exchange rate: thanks of 20 October 2026 in SEK."))
    }

    @Test func `draws a band for each member, and a bar in it unless it is withheld`() throws {
        let page = try SampleReturn().page()
        #expect(page.utf8.count(of: Array("<rect class=\"cost\"".utf8)) == 2)
        #expect(page.utf8.count(of: Array("<rect class=\"profit\"".utf8)) == 1)
        #expect(page.contains("Cost and profit of each member"))
    }

    @Test func `draws what was given where most of what was earned is withheld`() throws {
        var sample = SampleReturn()
        sample.names.append("Dora Dyer")
        #expect(try sample.page().contains("Cost and given of each member"))
    }

    @Test func `has no chart where there is nothing to draw`() throws {
        var sample = SampleReturn()
        sample.isEmpty = true
        #expect(try !sample.page().contains("<figure"))
        sample = SampleReturn()
        sample.names = []
        #expect(try !sample.page().contains("<figure"))
    }

    @Test func `keeps bars within the drawing`() throws {
        let widths = Tags(of: try SampleReturn().page()).attributes.compactMap { attribute -> Double? in
            guard attribute.utf8.starts(with: "width=\"".utf8), attribute.hasSuffix("%\"") else { return nil }
            return Double(attribute.dropFirst(7).dropLast(2))
        }
        #expect(widths.count >= 3 && widths.allSatisfy { (0...100).contains($0) })
        #expect(percentage(-3) == "0.0%")
        #expect(percentage(12.34) == "12.3%")
        #expect(percentage(.infinity) == "100.0%")
        #expect(percentage(.nan) == "0.0%")
    }

    @Test func `does not lead into the future`() throws {
        var sample = SampleReturn()
        sample.asOf = "2026-10-20T08:00:00Z"
        #expect(try !sample.page().contains("rel=\"next\""))
        #expect(try sample.page().contains("rel=\"prev\""))
    }

    @Test func `says fewer than 3 for a total that is withheld`() throws {
        var sample = SampleReturn()
        sample.isEmpty = true
        sample.withheld = ["net"]
        #expect(try sample.page().contains("<dt>Net</dt><dd>fewer than 3</dd>"))
        #expect(try sample.page().contains("<dt>Received</dt><dd>–</dd>"))
    }

    @Test func `marks what is below zero for the eye, too`() throws {
        #expect(try SampleReturn().page().contains("<td class=\"minus\">\u{2212}526.99</td>"))
    }

    @Test func `leads to the months beside it and to the same as data`() throws {
        let page = try SampleReturn().page()
        for address in [
            "/chapters/alder/reports/roi?month=2026-09", "/chapters/alder/reports/roi?month=2026-11",
            "/api/v1/chapters/alder/reports/roi.json?month=2026-10&amp;as_of=2026-11-01T08:00:00Z",
            "/api/v1/chapters/alder/reports/roi.csv?month=2026-10&amp;as_of=2026-11-01T08:00:00Z",
        ] {
            #expect(page.contains("href=\"\(address)\""))
        }
    }

    @Test func `names a caption and the scope of every heading`() throws {
        let page = try SampleReturn().page()
        let tags = Tags(of: page)
        #expect(tags.names.count { $0 == "caption" } == 3)
        #expect(
            tags.names.count { $0 == "th" } == tags.attributes.count { $0.utf8.starts(with: "scope=".utf8) }
        )
    }
}
