import Pages
import Printing
import ReferralGroup
import TestSupport
import Testing

@Suite struct `A report that stands alone` {
    static let names = [
        "\"\u{301} onfocus=x autofocus", "<svg/onload=1>", "'", "</script><script>alert(1)</script>",
        "</title><img src=x>", "</style><b>", "<!--", "]]>", "&lt;b&gt;", "\"><b>", "<\u{338}b>",
    ]

    @Test func `holds no element that a name brought`() async throws {
        let plain = try await SampleReport(unconverted: ["x"]).report().read(.html, with: "page.py")
        for name in Self.names {
            let report = try SampleReport(chapterName: name, members: [name, name], unconverted: [name])
                .report()
            let page = try await report.read(.html, with: "page.py")
            #expect(page["elements"] == plain["elements"], "\(name)")
            #expect(page["attributes"] == plain["attributes"], "\(name)")
            // The table says the name as it is.
            #expect(page["tables"]?.elements.first?.elements[1].elements[0] == .string(name))
        }
    }

    @Test func `leads nowhere and fetches nothing`() throws {
        let page = String(decoding: try SampleReport().report().document(in: .english), as: UTF8.self)
        for word in ["href", "src=", "url(", "@import", "http://", "https://", "<script"] {
            #expect(!page.contains(word), "\(word)")
        }
        for word in ["<svg", "<title id=", "<desc", "<style>", "string-set", "default-src 'none'"] {
            #expect(page.contains(word), "\(word)")
        }
    }

    @Test func `has a chart that is painted without its style sheet`() throws {
        let page = String(decoding: try SampleReport().report().document(in: .english), as: UTF8.self)
        #expect(page.contains("<rect class=\"series0\" fill=\"#1f7a74\""))
        #expect(page.contains("<rect class=\"series1\" fill=\"#f4e4bf\" stroke=\"#a8781a\""))
        #expect(page.contains("viewBox=\"0 0 680 "))
    }

    @Test func `is named after its chapter, its kind and its days`() throws {
        let report = try SampleReport().report()
        #expect(report.fileName(as: .xlsx) == "worked-example-roi-2026-10.xlsx")
        for (from, to, name) in [
            ("2025-11-01", "2026-10-31", "2025-11-to-2026-10"),
            ("2026-10-01", "2026-10-30", "2026-10-01-to-2026-10-30"),
            ("2026-10-05", "2026-10-05", "2026-10-05"),
        ] {
            let (first, last) = try (#require(LocalDate(from)), #require(LocalDate(to)))
            let period = try #require(Period(from: first, to: last))
            let other = Report(
                .giving,
                of: report.chapter,
                named: "x",
                in: period,
                currency: report.currency,
                asOf: report.asOf,
                tables: []
            )
            #expect(other.fileName(as: .pdf) == "worked-example-giving-\(name).pdf")
            #expect(period.words == (from == to ? from : "\(from) to \(to)"))
        }
    }
}
