import ReferralGroup
import TestSupport
import Testing

@testable import Pages

/// Mails of every kind, and the pages where they are chosen and stopped.
enum SampleLetters {
    static let baseURL = "https://chapter.example.org"
    static let harmless = "Example"

    /// With a text wherever somebody may have written one.
    static func mails(
        saying text: String,
        in language: String = "en"
    ) throws -> [(name: String, mail: WrittenMail)] {
        let (day, month) = (try #require(LocalDate("2026-11-02")), try #require(Month("2026-10")))
        let euro = try #require(Currency("EUR"))
        let figure = Figure(unscaled: -12345, scale: 2)
        var contents: [Notice.Content] = [
            .referral(.init(id: text, giver: text, due: day)),
            .thanks(Money(minorUnits: 120_000, currency: euro)),
            .introduction(.init(connector: text, isAccepted: false)),
            .introduction(.init(connector: nil, isAccepted: false)),
            .introduction(.init(connector: text, isAccepted: true)),
            .absences(.init(used: Figure(2), allowed: 3, day: day, nextDrop: day)),
            .absences(.init(used: Figure(2), allowed: 3, day: day, nextDrop: nil)),
            .monthlyReturn(
                .init(
                    month: month,
                    currency: euro,
                    cost: figure,
                    received: nil,
                    given: figure,
                    net: nil,
                    hours: figure
                )
            ),
            .waiting(
                Notice.Waiting.What.allCases.flatMap { what in
                    [(1, day), (2, nil)].map { .init(what: what, number: $0, about: text, due: $1) }
                }
            ),
        ]
        for (takes, isAhead) in [(true, true), (true, false), (false, true), (false, false)] {
            for other in [text, nil] {
                contents.append(
                    .handover(.init(office: text, day: day, isAhead: isAhead, takes: takes, other: other))
                )
            }
        }
        contents += try agreed(saying: text)
        let notices = contents.map { Notice(chapter: text, chapterName: text, content: $0) }
        let single = notices.enumerated().map { place, notice in
            (
                "letter \(place)",
                WrittenMail(notices: [notice], others: 0, isDigest: false, language: language, stop: text)
            )
        }
        return single
            + [1, 2].map {
                (
                    "digest \($0)",
                    WrittenMail(notices: notices, others: $0, isDigest: true, language: language, stop: text)
                )
            }
    }

    private static func agreed(saying text: String) throws -> [Notice.Content] {
        let (day, time) = (try #require(LocalDate("2026-11-02")), try #require(LocalTime("08:30")))
        let startsAt = try #require(Instant("2026-11-02T07:30:00Z"))
        return Notice.Agreed.News.allCases.flatMap { news in
            [(true, text), (false, nil)].map { invites, place in
                .appointment(
                    .init(
                        id: text,
                        news: news,
                        other: text,
                        invites: invites,
                        isOffByInviter: news == .calledOff ? true : nil,
                        isAccepted: invites,
                        startsAt: startsAt,
                        day: day,
                        time: time,
                        minutes: invites ? 60 : 1,
                        place: place,
                        topic: place
                    )
                )
            }
        }
    }

    /// Those, and the mails to visitors, written out.
    static func written(
        saying text: String,
        in language: String = "en"
    ) throws -> [(name: String, letter: LetterText)] {
        try mails(saying: text, in: language).map { ($0.name, $0.mail.written(at: baseURL)) }
            + SampleInvitations.letters(saying: text, in: language).map {
                ($0.name, $0.letter.written(at: baseURL))
            }
    }

    static func all() throws -> [(name: String, page: HTML)] {
        let token = FormToken("0123")
        let ways = Dictionary(
            uniqueKeysWithValues: zip(
                Notice.Kind.allCases,
                Notice.Way.allCases + Notice.Way.allCases + Notice.Way.allCases
            )
        )
        let (from, to) = (try #require(LocalTime("21:00")), try #require(LocalTime("07:00")))
        let wishes = NoticeWishes(ways: ways, quiet: .init(from: from, to: to))
        return try mails(saying: harmless).map { ($0.name, $0.mail.page(at: baseURL)) }
            + SampleInvitations.letters(saying: harmless).map { ($0.name, $0.letter.page(at: baseURL)) }
            + [
                ("notifications", notificationsPage(wishes, notice: "It is kept.", formToken: token)),
                (
                    "notifications again",
                    notificationsPage(wishes, SampleChapters.refused("quiet_to"), formToken: token)
                ),
                ("mails are stopped", mailStoppedPage()),
                ("stop the digest", stopMailPage(nil, address: "/mail/stop/x", formToken: token)),
            ]
            + Notice.Kind.allCases.map {
                ("stop \($0.rawValue)", stopMailPage($0, address: "/mail/stop/x", formToken: token))
            }
    }
}

@Suite struct `A mail in HTML` {
    private static let corpus = [
        "\"\u{301} onfocus=x autofocus <svg/onload=1> '", "</script><script>alert(1)</script> <!-- ]]>",
        "</title><img src=x onerror=alert(1)> &lt;b&gt;", "=\u{200d}\" `${x}` \"><b> <\u{338}b> \u{fe0f}'>",
        "{1} {2} {3} {4}",
    ]

    @Test(arguments: corpus, ["en", "de"])
    func `has the tags that we wrote, whatever somebody's name is`(_ text: String, _ language: String) throws
    {
        let usual = try SampleLetters.written(saying: SampleLetters.harmless, in: language)
        for (mail, harmless) in zip(try SampleLetters.written(saying: text, in: language), usual) {
            let (tags, expected) = (Tags(of: mail.letter.html), Tags(of: harmless.letter.html))
            #expect(tags.problems.isEmpty, "\(mail.name): \(tags.problems)")
            #expect(tags.names == expected.names, "\(mail.name)")
            #expect(tags.attributes.map(Self.name) == expected.attributes.map(Self.name), "\(mail.name)")
        }
    }

    @Test func `fetches nothing`() throws {
        for (name, letter) in try SampleLetters.written(saying: SampleLetters.harmless) {
            for attribute in Tags(of: letter.html).attributes {
                #expect(
                    !["src", "srcset", "background", "data", "poster"].contains(Self.name(attribute)),
                    "\(name)"
                )
            }
            #expect(!letter.html.contains("url("), "\(name)")
            #expect(
                !Tags(of: letter.html).names.contains {
                    ["img", "link", "script", "style", "iframe"].contains($0)
                }
            )
        }
    }

    @Test(arguments: ["en", "de"])
    func `says the same as plain text`(_ language: String) throws {
        for (name, letter) in try SampleLetters.written(saying: "Ines & <Karl>", in: language) {
            #expect(!letter.text.contains("<p") && !letter.text.contains("&amp;"), "\(name)")
            let way = name.contains(" by ") || name.contains(" of the ") ? "invitation" : "mail/stop"
            #expect(letter.text.contains("https://chapter.example.org/\(way)/"), "\(name)")
            #expect(!letter.subject.isEmpty && !letter.subject.contains("&amp;"), "\(name)")
            if language == "de" { #expect(letter.html.contains("<html lang=\"de\">")) }
        }
    }

    private static func name(_ attribute: String) -> String {
        String(attribute.prefix { $0 != "=" })
    }
}
