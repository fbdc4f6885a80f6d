import Pages
import ReferralGroup
import TestSupport
import Testing

@Suite struct `Hostile names` {
    static let names = [
        "\"\u{301} onfocus=x autofocus", "<svg/onload=1>", "'", "</script><script>alert(1)</script>",
        "</title><img src=x>", "<!--", "]]>", "&lt;b&gt;", "`${x}`", "\"><b>", "=\u{200d}\"", "<\u{338}b>",
    ]

    @Test(arguments: names)
    func `are text in every place of the return`(_ name: String) throws {
        var sample = SampleReturn()
        sample.chapterName = name
        sample.names = [name, name]
        sample.unconverted = [name]
        sample.withheld = [name]
        let page = try sample.page()
        expectText(name, in: page, atLeast: 10)
        #expect(Tags(of: page).names == Tags(of: try plain()).names)
    }

    @Test(arguments: names)
    func `are text on the pages around it`(_ name: String) {
        let home = homePage(name: name, chapters: [ChapterLink(slug: name, name: name, roles: [name])]).text
        expectText(name, in: home, atLeast: 4)
        let problem = problemPage(status: 400, title: Phrase(of: name), detail: Phrase(of: name)).text
        expectText(name, in: problem, atLeast: 3)
    }

    @Test(arguments: names)
    func `are text where people come in`(_ name: String) {
        let token = FormToken(name)
        for (page, count) in [
            (signInPage(email: name, problem: "\(name)", formToken: token), 5),
            (linkSentPage(to: name), 1),
            (linkPage(name: name, email: name, purpose: .signIn, problem: "\(name)", formToken: token), 4),
            (linkPage(name: name, email: name, purpose: .reset, problem: "\(name)", formToken: token), 6),
            (codePage(problem: "\(name)", formToken: token), 2),
            (provePage(email: name, then: name, problem: "\(name)", formToken: token), 4),
            (shownOncePage(title: "\(name)", explanation: "\(name)", lines: [name, name]), 5),
        ] {
            expectText(name, in: page.text, atLeast: count)
        }
    }

    @Test(arguments: names)
    func `are text on a person's own page`(_ name: String) throws {
        let moment = try #require(Instant("2026-11-01T08:00:00Z"))
        func account(_ factor: AccountView.SecondFactor, _ text: String) -> String {
            let view = AccountView(
                name: text,
                email: text,
                secondFactor: factor,
                isSecondFactorWanted: true,
                devices: [
                    .init(id: text, agent: text, seen: moment, isThisOne: false),
                    .init(id: text, agent: text, seen: moment, isThisOne: true),
                ],
                tokens: [.init(id: text, name: text, expires: moment, used: moment)]
            )
            return accountPage(view, notice: "\(text)", problem: "\(text)", formToken: FormToken(text)).text
        }
        for (factor, plain, count) in [
            (AccountView.SecondFactor.none, AccountView.SecondFactor.none, 14),
            (.begun(key: name, uri: name), .begun(key: "x", uri: "x"), 16),
            (.on(recoveryCodes: 9), .on(recoveryCodes: 9), 14),
        ] {
            let page = account(factor, name)
            expectText(name, in: page, atLeast: count)
            #expect(Tags(of: page).names == Tags(of: account(plain, "x")).names)
        }
    }

    @Test func `keep their letters where they do no harm`() {
        let page = homePage(name: "Zoë Ångström 王 🏡", chapters: []).text
        #expect(page.contains("Good to see you, Zoë Ångström 王 🏡"))
    }

    @Test func `lose their quotes as bytes, not as Characters`() {
        let html: HTML = "<a title=\"\("\"\u{301}")\">"
        #expect(Array(html.text.utf8) == Array("<a title=\"&quot;\u{301}\">".utf8))
    }

    @Test func `bring no NUL into a page`() {
        let html: HTML = "\("a\0b")"
        #expect(html.text == "a\u{FFFD}b")
    }

    @Test func `are escaped once, and markup never`() {
        let inner: HTML = "<b>\("&")</b>"
        let outer: HTML = "<p>\(inner)\([inner, inner])\("<b>")</p>"
        #expect(outer.text == "<p><b>&amp;</b><b>&amp;</b><b>&amp;</b>&lt;b&gt;</p>")
    }

    private func plain() throws -> String {
        var sample = SampleReturn()
        sample.unconverted = ["x"]
        sample.withheld = ["x"]
        return try sample.page()
    }

    /// Expects the name to stand in the page as text only, so many times.
    private func expectText(
        _ name: String,
        in page: String,
        atLeast count: Int,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let escaped =
            (name.utf8.reduce(into: [UInt8]()) { bytes, byte in
                bytes += Self.references[byte].map { Array($0.utf8) } ?? [byte]
            })
        let found = page.utf8.count(of: escaped)
        #expect(found >= count, "found \(found) times", sourceLocation: sourceLocation)
        // What the pages themselves never write.
        for raw in ["<svg/", "onload=", "onfocus=", "<script>", "<!--", "<img src=x", "${x}`", "\"\u{301}"] {
            #expect(page.utf8.count(of: Array(raw.utf8)) == 0, "\(raw)", sourceLocation: sourceLocation)
        }
    }

    private static let references: [UInt8: String] = [
        0x26: "&amp;", 0x3c: "&lt;", 0x3e: "&gt;", 0x22: "&quot;", 0x27: "&#39;", 0x60: "&#96;",
        0x3d: "&#61;",
    ]
}

extension String.UTF8View {
    /// How often these bytes stand here.
    func count(of wanted: [UInt8]) -> Int {
        let bytes = Array(self)
        guard bytes.count >= wanted.count, !wanted.isEmpty else { return 0 }
        return (0...(bytes.count - wanted.count)).count {
            bytes[$0..<($0 + wanted.count)].elementsEqual(wanted)
        }
    }
}
