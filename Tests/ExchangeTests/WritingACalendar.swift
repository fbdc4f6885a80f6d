import ReferralGroup
import Testing

@testable import Exchange

@Suite struct `Writing a calendar` {
    static let changed = Instant(microsecondsSinceEpoch: 1_793_520_000_123_456)

    @Test func `writes a meeting as RFC 5545 has it`() throws {
        let file = CalendarFile(
            name: "Alder, Birch",
            events: [
                CalendarEvent(
                    id: "meeting-7@chapter.example.org",
                    startsAt: try #require(Instant("2026-10-28T06:00:00Z")),
                    minutes: 90,
                    title: "Alder; in winter",
                    place: "Town hall, room 3",
                    notes: ["Feature talk: Bob", "C:\\roofs"],
                    address: "https://chapter.example.org/chapters/alder/meetings/2026-10-28",
                    changes: 2,
                    changedAt: Self.changed
                )
            ]
        )
        #expect(
            String(decoding: file.bytes, as: UTF8.self)
                == [
                    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Chapterhouse//Chapterhouse//EN",
                    "CALSCALE:GREGORIAN", "NAME:Alder\\, Birch", "X-WR-CALNAME:Alder\\, Birch",
                    "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H", "BEGIN:VEVENT",
                    "UID:meeting-7@chapter.example.org", "DTSTAMP:20261101T080000Z", "SEQUENCE:2",
                    "DTSTART:20261028T060000Z", "DTEND:20261028T073000Z", "STATUS:CONFIRMED",
                    "TRANSP:OPAQUE", "SUMMARY:Alder\\; in winter", "LOCATION:Town hall\\, room 3",
                    "DESCRIPTION:Feature talk: Bob\\nC:\\\\roofs",
                    "URL:https://chapter.example.org/chapters/alder/meetings/2026-10-28", "END:VEVENT",
                    "END:VCALENDAR", "",
                ].joined(separator: "\r\n")
        )
    }

    @Test func `leaves out what is not known`() {
        let event = CalendarEvent(
            id: "1",
            startsAt: Self.changed,
            minutes: 60,
            title: "Alder",
            isCancelled: true,
            changedAt: Self.changed
        )
        let text = String(decoding: CalendarFile(name: "Alder", events: [event]).bytes, as: UTF8.self)
        #expect(text.contains("STATUS:CANCELLED\r\nTRANSP:TRANSPARENT\r\n"))
        for name in ["LOCATION", "DESCRIPTION", "URL", "ATTENDEE", "ORGANIZER", "METHOD"] {
            #expect(!text.contains("\n\(name)"))
        }
    }

    @Test(arguments: [
        ("a,b;c\\d", "a\\,b\\;c\\\\d"), ("one\ntwo", "one\\ntwo"), ("one\r\ntwo", "one\\ntwo"),
        ("one\rtwo", "one\\ntwo"), ("one\r\r\n\ntwo", "one\\n\\n\\ntwo"), ("\u{2028}\u{2029}", "\\n\\n"),
        ("a\u{0}b\u{7}c\u{7F}d\u{85}e\u{9F}f", "abcdef"), ("a\tb", "a b"),
        ("\"quoted\": fine", "\"quoted\": fine"),
        (",\u{301};", "\\,\u{301}\\;"), ("", ""), ("Müller 👩🏽‍🚀", "Müller 👩🏽‍🚀"),
    ])
    func `writes text so that it ends no value`(text: String, written: String) {
        #expect(ContentLines.escaped(text) == Array(written.utf8))
    }

    /// Characters of one to four bytes, at every place where a line may end.
    @Test(arguments: ["a", "ü", "€", "😀", "👩🏽‍🚀", "e\u{301}"])
    func `folds lines at 75 bytes, and never inside a character`(character: String) throws {
        for length in 0..<240 {
            let text = String(repeating: "x", count: length % 5) + String(repeating: character, count: length)
            var lines = ContentLines()
            lines.add("SUMMARY", text: text)
            #expect(lines.bytes.suffix(2) == [0x0D, 0x0A])
            let folded = lines.bytes.dropLast(2).split(separator: 0x0A, omittingEmptySubsequences: false)
                .map { $0.last == 0x0D ? $0.dropLast() : $0 }
            #expect(folded.allSatisfy { $0.count <= 75 && !$0.isEmpty })
            #expect(folded.dropFirst().allSatisfy { $0.first == 0x20 && $0.count > 1 })
            for line in folded { #expect(String(validating: Array(line), as: UTF8.self) != nil) }
            let unfolded = folded.enumerated().flatMap { $0 == 0 ? $1 : $1.dropFirst() }
            #expect(unfolded == Array("SUMMARY:\(text)".utf8))
        }
    }

    @Test func `folds no line that has room`() {
        var lines = ContentLines()
        lines.add("SUMMARY", text: String(repeating: "x", count: 75 - 8))
        #expect(lines.bytes.count == 77)
        lines.add("SUMMARY", text: String(repeating: "x", count: 76 - 8))
        #expect(lines.bytes.count == 77 + 76 + 3 + 2)
    }

    @Test func `lets no line begin within an address`() {
        var lines = ContentLines()
        lines.add("URL", "https://x/\r\nATTENDEE:mailto:a@example.org")
        #expect(lines.bytes == Array("URL:https://x/ATTENDEE:mailto:a@example.org\r\n".utf8))
    }
}
