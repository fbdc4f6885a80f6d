import FoundationEssentials
import TestSupport
import Testing

@testable import Exchange

@Suite struct `Writing the monthly return` {
    @Test func `as JSON gives the worked month, keys in order`() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../worked-month.json"
        )
        let written = try JSONTokens(SampleReport().report().json)
        let expected = try JSONTokens(Array(Data(contentsOf: file)))
        #expect(written.tokens.count > 500)
        #expect(written == expected)
    }

    @Test func `as JSON says null for what is withheld, and names it`() throws {
        let json = try String(
            decoding: SampleReport(withheld: ["profit", "roi"]).report().json,
            as: UTF8.self
        )
        #expect(json.contains("\"profit\":null,"))
        #expect(json.contains("\"quartiles_roi\":[null,null],\"withheld\":[\"profit\",\"roi\"]"))
        #expect(!json.contains("1100.20"))
    }

    @Test func `as CSV has a row for each member and one for all, in each block`() throws {
        let rows = try SampleReport().report().csv.utf8.split(separator: UInt8(ascii: "\n")).map {
            String(Substring($0)).split(separator: ",", omittingEmptySubsequences: false)
        }
        let header = try #require(rows.first)
        #expect(header.starts(with: ["block", "member_id", "member", "dues"]))
        #expect(rows.count == 1 + 3 * 3)
        #expect(rows.allSatisfy { $0.count == header.count })
        #expect(
            rows.dropFirst().map { "\($0[0]) \($0[2])" }.prefix(4) == [
                "month Anna Alt", "month Ben Berg", "month Total", "trailing Anna Alt",
            ]
        )
        let net = try #require(header.firstIndex(of: "net"))
        #expect(rows.dropFirst().prefix(3).map { $0[net] } == ["-113.71", "640.70", "526.99"])
    }

    @Test func `as CSV leaves numbers typed and takes the sting out of names`() throws {
        let csv = try SampleReport(members: ["=1+1", "a\",\r\nb"]).report().csv
        #expect(csv.contains("month,1,'=1+1,38.71,"))
        #expect(csv.contains("month,2,\"a\"\",\r\nb\",75.00,"))
        #expect(csv.contains(",-113.71,"))
    }

    @Test func `as a table sets figures to the right and explains them`() throws {
        let lines = try SampleReport().report().table.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.first == "Worked Example, return for 2026-10, in EUR, as of 2026-11-01T08:00:00Z")
        let anna = try #require(lines.first { $0.hasPrefix("Anna Alt") })
        let ben = try #require(lines.first { $0.hasPrefix("Ben Berg") })
        #expect(anna.contains(" 38.71 "))
        #expect(ben.hasSuffix("2026-10"))
        #expect(lines.contains("Median ROI 0.1972, quartiles -0.4014 and 0.7958."))
        #expect(lines.contains { $0.hasPrefix("Cost = dues + meeting fees") })
    }
}

/// The tokens of a JSON text, in order; a number stands without the zeros that end its decimals.
private struct JSONTokens: Equatable {
    var tokens: [String] = []

    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while let byte = rest.first {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\n"): rest.removeFirst()
            case UInt8(ascii: "\""):
                let end = rest.dropFirst().firstIndex(of: byte) ?? rest.endIndex - 1
                tokens.append(String(decoding: rest[...end], as: UTF8.self))
                rest = rest[(end + 1)...]
            case _ where "{}[]:,".utf8.contains(byte):
                tokens.append(String(decoding: [byte], as: UTF8.self))
                rest.removeFirst()
            default:
                let word = rest.prefix { !"{}[]:, \n\"".utf8.contains($0) }
                let text = String(decoding: word, as: UTF8.self)
                tokens.append(Double(text).map { "\($0)" } ?? text)
                rest = rest.dropFirst(word.count)
            }
        }
    }
}
