import ReferralGroup
import Testing

@Suite struct `A text that people typed` {
    @Test(arguments: [
        ("", ""), ("  ", ""), ("Ben Berg", "Ben Berg"), ("  Ben \u{2003} Berg\u{a0}", "Ben Berg"),
        ("王 小明", "王 小明"), ("a\u{200d}b", "a\u{200d}b"),
    ])
    func `has one blank between its words`(text: String, line: String) {
        #expect(PlainText.line(text) == line)
    }

    @Test func `is composed`() {
        #expect(PlainText.line("Zoe\u{308}").map { Array($0.utf8) } == Array("Zo\u{eb}".utf8))
    }

    @Test(arguments: [
        "\u{0}", "a\u{0}b", "a\nb", "a\r\nb", "a\tb", "\u{1b}[31m", "a\u{7f}", "a\u{85}b", "\u{9b}1m",
    ])
    func `holds no control character`(_ text: String) {
        #expect(PlainText.line(text) == nil)
    }
}

@Suite struct `A name as it is compared` {
    @Test(arguments: [
        ("Ines  DANE ", "Ines Dane"), ("ines dane", "INES DANE"), ("Zoe\u{308} A\u{30a}", "ZO\u{cb} \u{c5}"),
        ("\u{a0}Ines\u{2009}Dane", "Ines Dane"), ("J\u{30c}ana", "\u{1f0}ANA"), ("\u{130}nci", "I\u{307}NCI"),
    ])
    func `is the same in the same bytes`(one: String, other: String) {
        #expect(FoldedName(one) == FoldedName(other))
        #expect(Array(FoldedName(one).text.utf8) == Array(FoldedName(other).text.utf8))
        #expect(FoldedName(FoldedName(one).text) == FoldedName(one))
    }

    @Test(arguments: [
        ("Ines Dane", "Inès Dane"), ("Ines Dane", "Dane Ines"), ("Ines Dane", "InesDane"), ("Ann", "Anna"),
    ])
    func `is another where a letter or the order differs`(one: String, other: String) {
        #expect(FoldedName(one) != FoldedName(other))
    }

    @Test func `has the same words in any order`() {
        #expect(FoldedName("Dane  Ines").words == FoldedName("ines DANE").words)
        #expect(FoldedName("Dane Dane Ines").words != FoldedName("Dane Ines Ines").words)
        #expect(FoldedName(" ").words.isEmpty)
    }
}

@Suite struct `An e-mail address` {
    @Test(arguments: [
        ("ben@example.org", "ben@example.org"), (" Ben.Berg+x@Example.ORG ", "ben.berg+x@example.org"),
        ("zoë@exämple.org", "zoë@exämple.org"), ("a@b", "a@b"),
    ])
    func `is kept in lower case`(text: String, kept: String) {
        #expect(EmailAddress(text)?.description == kept)
    }

    @Test(arguments: [
        "", "ben", "@example.org", "ben@", "a@b@c", "a b@c.org", "a\u{a0}b@c.org", "a@.org", "a@org.",
        "<a@b.org>",
        "a,b@c.org", "\"a\"@b.org", "a@b.org\nBcc: x@y.org", "a\u{0}@b.org",
        String(repeating: "a", count: 65) + "@b.org",
        "a@" + String(repeating: "b", count: 253),
    ])
    func `is refused where it is none`(_ text: String) {
        #expect(EmailAddress(text) == nil)
    }
}

@Suite struct `The short name of a chapter` {
    @Test(arguments: ["a", "9", "alder", "worked-example", "a--b", String(repeating: "x", count: 63)])
    func `is of small letters, digits and hyphens`(_ text: String) {
        #expect(Chapter.Slug(text)?.description == text)
    }

    @Test(arguments: [
        "", "-a", "a-", "-", "A", "a_b", "a b", "a.b", "a/b", "ä", "a\u{301}", "a\u{0}", "ａ",
        String(repeating: "x", count: 64),
    ])
    func `is of nothing else`(_ text: String) {
        #expect(Chapter.Slug(text) == nil)
    }
}

@Suite struct `Whom a slip names` {
    @Test(arguments: [
        ("Anna Alt", PartyName.member("Anna Alt")), ("  Anna   Alt ", .member("Anna Alt")),
        ("42", .member("42")),
        ("anna@example.org", .member("anna@example.org")), ("Anna@ Alt", .member("Anna@ Alt")),
        ("Greta Gill @ Far Chapter", .outsider(name: "Greta Gill", home: "Far Chapter")),
        ("Greta Gill @Far", .outsider(name: "Greta Gill", home: "Far")),
        ("Greta @ Far @ Out", .outsider(name: "Greta", home: "Far @ Out")),
        ("visitor:Vera Vale", .visitor("Vera Vale")), ("Visitor:  Vera  Vale", .visitor("Vera Vale")),
        ("visitor:Vera @ Home", .visitor("Vera @ Home")), ("visitor", .member("visitor")),
        ("chapter", .chapter), (" CHAPTER ", .chapter), ("chapters", .member("chapters")),
    ])
    func `is told by the way it is written`(text: String, party: PartyName) {
        #expect(PartyName(text) == party)
    }

    @Test(arguments: [
        "", "  ", "visitor:", "visitor:  ", "Greta @", "Greta @  ", "An\u{0}na", "Anna\nAlt", "visitor:\u{7}",
    ])
    func `is refused where nobody is named`(_ text: String) {
        #expect(PartyName(text) == nil)
    }
}
