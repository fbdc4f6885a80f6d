import ReferralGroup
import TestSupport
import Testing

@testable import Pages

@Suite struct `A language` {
    @Test(arguments: [
        ("de", "de"), ("de-AT", "de"), ("DE_ch", "de"), ("en-GB", "en"), ("en", "en"),
    ])
    func `is known by its code`(code: String, known: String) {
        #expect(Language(code: code)?.code == known)
    }

    @Test(arguments: ["", "-", "fr", "deu", "d", "german", "ⅾe", "de\u{301}"])
    func `is not taken for another`(code: String) {
        #expect(Language(code: code) == nil)
    }

    @Test(arguments: [
        ("de", "de"), ("de-AT,de;q=0.9,en;q=0.8", "de"), ("fr, de", "de"), ("en;q=0.4, de;q=0.5", "de"),
        ("de;q=0.4, en;q=0.5", "en"), ("en, de", "en"), ("de , en", "de"), ("fr;q=1, en;q=0.001", "en"),
        ("de;q=nonsense", "de"), ("en;q=0, de;q=0.1", "de"), (" de ; q=0.5 ,en ; q=0.25", "de"),
        ("en;q=0.10, de;q=0.9", "de"),
    ])
    func `is chosen by what a browser likes best`(header: String, chosen: String) {
        #expect(Language(accepting: header)?.code == chosen)
    }

    @Test(arguments: ["", "fr", "*", ",", ";;;", "fr;q=1, nl", "de;q=0", "\u{0}", "q=1"])
    func `is not chosen for a browser that likes none`(header: String) {
        #expect(Language(accepting: header) == nil)
    }

    @Test func `says one of a thing and several of it apart`() throws {
        func members(_ count: Int, in language: Language) -> String {
            ("\(say: "\(count: count) members")" as HTML).text(in: language)
        }
        #expect([0, 1, 2].map { members($0, in: .english) } == ["0 members", "1 member", "2 members"])
        #expect(
            [0, 1, 2].map { members($0, in: .german) } == ["0 Mitglieder", "1 Mitglied", "2 Mitglieder"]
        )
    }

    @Test func `has as many forms as it has`() {
        let polish = Language(
            code: "pl",
            name: "polski",
            decimalSign: ",",
            calendar: Language.Calendar(
                months: [],
                shortMonths: [],
                weekdays: [],
                shortWeekdays: [],
                afterDay: ""
            ),
            form: {
                $0 == 1 ? "one" : (2...4).contains($0 % 10) && !(12...14).contains($0 % 100) ? "few" : "many"
            },
            catalogue: """
                {1} members
                  one: {1} członek
                  few: {1} członkowie
                  many: {1} członków
                  {1} członka
                """
        )
        let said = [1, 2, 5, 12, 22].map { ("\(say: "\(count: $0) members")" as HTML).text(in: polish) }
        #expect(said == ["1 członek", "2 członkowie", "5 członków", "12 członków", "22 członkowie"])
    }

    @Test func `writes numbers with its own decimal sign`() {
        let number: HTML = "\(Numbers.text(Figure("-1234567.89"))) \(Numbers.percent(Figure("0.1235")))"
        #expect(number.text == "\u{2212}1\u{202F}234\u{202F}567.89 +12.4\u{202F}%")
        #expect(number.text(in: .german) == "\u{2212}1\u{202F}234\u{202F}567,89 +12,4\u{202F}%")
    }

    @Test func `names days and months`() throws {
        let day = try #require(LocalDate("2026-03-04"))
        let days: HTML = "\(day, .long) | \(day, .short) | \(day, .full) | \(day.month, .long)"
        #expect(days.text == "4 March 2026 | Wed 4 Mar | Wednesday, 4 March 2026 | March 2026")
        #expect(days.text(in: .german) == "4. März 2026 | Mi 4. März | Mittwoch, 4. März 2026 | März 2026")
        let moment = try #require(Instant("2026-03-04T23:59:59Z"))
        #expect(Pages.moment(moment).text == "4 March 2026, 23:59 UTC")
        #expect(Pages.moment(moment).text(in: .german) == "4. März 2026, 23:59 UTC")
    }

    @Test func `puts what stands beside the words where it belongs, as text`() {
        let phrase: Phrase = "\("<b>"): cost \(Numbers.text(Figure("1.5"))), profit \("{1}")"
        #expect(phrase.key == "{1}: cost {2}, profit {3}")
        #expect(("\(phrase)" as HTML).text == "&lt;b&gt;: cost 1.5, profit {1}")
        #expect(phrase.plain(in: .english) == "<b>: cost 1.5, profit {1}")
        // What somebody wrote is no phrase with places in it.
        #expect(("\(Phrase(of: "{1} & {2}"))" as HTML).text(in: .german) == "{1} &amp; {2}")
    }
}

@Suite struct `A sentence that comes finished` {
    @Test(arguments: [
        (
            "2.5 of 3 used; the next one drops out on 2026-10-28",
            "2.5 of 3 used; the next one drops out on 28 October 2026"
        ),
        ("Ben Berg is not a member on 2026-10-07", "Ben Berg is not a member on 7 October 2026"),
        ("2026-08 to 2026-10", "August 2026 to October 2026"), ("2026-10", "October 2026"), ("4", "4"),
        ("Restated since: given +1200.00, members -1.", "Restated since: given +1200.00, members -1."),
        ("days to won", "days to won"), ("Plumber", "Plumber"), ("", ""), (" used", " used"),
        (
            "the sheet of 2026-10-07 lacks marks: Ann, Ben",
            "the sheet of 7 October 2026 lacks marks: Ann, Ben"
        ),
    ])
    func `says the same in English but for its days`(sentence: String, said: String) {
        #expect(Phrase(reading: sentence).plain(in: .english) == said)
    }

    @Test(arguments: [
        (
            "a meeting that is sealed cannot become open",
            "eine Sitzung, die abgeschlossen ist, kann nicht offen werden"
        ),
        (
            "Left out for want of an exchange rate: thanks of 2026-10-20 in SEK; activity of 2026-10-21 in USD.",
            "Mangels Wechselkurs weggelassen: Dank vom 20. Oktober 2026 in SEK; Aktivität vom 21. Oktober 2026 in USD."
        ),
        ("10 to 19 members", "10 bis 19 Mitglieder"), ("12 months to 2026-10", "12 Monate bis Oktober 2026"),
        ("1.5 of 3 used", "1,5 von 3 verbraucht"),
        (
            "Restated since: given +1200.00, members -1.",
            "Seitdem verändert: gegeben +1200,00, Mitglieder -1."
        ),
    ])
    func `is said in another language with its values`(sentence: String, said: String) {
        #expect(Phrase(reading: sentence).plain(in: .german) == said)
    }

    @Test(arguments: `Hostile names`.names)
    func `keeps a hostile name a text`(_ name: String) {
        let said =
            ("\(Phrase(reading: "nobody here is called “\(name)”; did you mean \(name), \(name)?"))" as HTML)
            .text
        #expect(Tags(of: said).names.isEmpty)
        #expect(!said.contains("<"))
    }

    @Test(arguments: `Hostile names`.names)
    func `keeps a hostile name of an imported row a text`(_ name: String) {
        for row in [
            "\(name): known", "nobody of this chapter is called “\(name)”. If they left: former=“\(name)”",
        ] {
            let said = ("\(Phrase(ofRow: row))" as HTML).text
            #expect(Tags(of: said).names.isEmpty)
            #expect(!said.contains("<"))
        }
    }
}
