import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

extension Browser {
    /// Opens a page and sends its form with these fields, as somebody would.
    mutating func fill(
        _ page: String,
        sending place: String? = nil,
        _ fields: KeyValuePairs<String, String>,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Answer {
        let form = try await get(page)
        #expect(form.status == 200, "\(page): \(form.text)", sourceLocation: sourceLocation)
        let token = try #require(form.formToken, "\(page)", sourceLocation: sourceLocation)
        let once = form.text(after: "name=\"once\" value=\"", before: "\"") ?? ""
        let address =
            place
            ?? form.text(after: "method=\"post\" action=\"", before: "\"")?.replacing("&amp;", with: "&")
        return try await post(
            try #require(address, "\(page)", sourceLocation: sourceLocation).replacing("&#61;", with: "="),
            "form_token=\(token)&once=\(once)&\(encoded(fields))"
        )
    }
}

extension Answer {
    /// Expects that the form was kept, and that the browser is sent on to a page.
    func leads(to place: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(status == 303, "\(address): \(text)", sourceLocation: sourceLocation)
        #expect(self["Location"] == place, sourceLocation: sourceLocation)
    }

    /// Expects that nothing was kept, and that what is wrong stands beside a field.
    func mends(_ field: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect([409, 422].contains(status), "\(address): \(text)", sourceLocation: sourceLocation)
        #expect(text.contains("id=\"\(field)-fault\""), "\(text)", sourceLocation: sourceLocation)
        #expect(text.contains("aria-invalid=\"true\""), sourceLocation: sourceLocation)
    }

    /// Expects a page on which every tag ends where it has to.
    func isPage(sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(status == 200, "\(address): \(text)", sourceLocation: sourceLocation)
        #expect(text.contains("<!doctype html>"), sourceLocation: sourceLocation)
        #expect(text.split(separator: "<h1>").count == 2, "\(address)", sourceLocation: sourceLocation)
        let ids = text.split(separator: " id=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(Set(ids).count == ids.count, "\(address): \(ids)", sourceLocation: sourceLocation)
        // What became text on the way was markup before.
        #expect(
            !text.contains("&lt;li&gt;") && !text.contains("&lt;p"),
            "\(address)",
            sourceLocation: sourceLocation
        )
    }
}

extension SampleChapter {
    /// Lets Bob hold an office since October.
    func appointBob(_ role: OfficeRole) async throws {
        _ = try await shell.run(
            .appoint(bob, as: role, from: .day("2026-10-01"), to: nil, in: alder.id)
        )
    }

    func browser(of member: Membership) async throws -> Browser {
        try await scratch.browser(of: member)
    }

    /// Gives every record of Alder a name that would be markup if a page took it for such.
    func fillWithMarkup() async throws -> Membership {
        let evil = Self.markup
        let eve = try await shell.add(
            MemberDraft(
                name: "Eve \(evil)",
                email: EmailAddress("eve@example.org"),
                seat: evil,
                company: evil,
                joinedOn: .day("2026-04-01")
            )
        )
        _ = try await shell.run(
            .appoint(eve, as: .mentor, from: .day("2026-10-01"), to: nil, in: alder.id)
        )
        for kind in Posting.Kind.allCases {
            _ = try await shell.run(
                .post(PostingDraft(kind: kind, member: eve.id, text: evil, profession: evil), in: alder.id)
            )
        }
        _ = try await shell.transaction { transaction in
            try await transaction.register(
                VisitorDraft(
                    name: evil,
                    inviter: .member(eve.id),
                    kind: .first,
                    visitOn: .day("2026-10-28"),
                    came: true,
                    email: evil,
                    phone: evil,
                    company: evil,
                    profession: evil
                )
            )
        }
        let application = try await shell.run(
            .open(
                MembershipApplicationDraft(
                    name: evil,
                    seat: evil,
                    company: evil,
                    email: evil,
                    phone: evil,
                    sponsor: eve.id,
                    notes: evil
                ),
                in: alder.id
            )
        )
        try await shell.run(
            .note(
                MembershipApplication.Reference(name: evil, contact: evil, checkedOn: nil, outcome: evil),
                of: application,
                in: alder.id
            )
        )
        let amount = Money(minorUnits: 90_000, currency: alder.currency)
        _ = try await shell.run(
            .write(
                InvoiceDraft(member: eve.id, kind: .other, amount: amount, note: evil),
                to: eve,
                in: alder.id
            )
        )
        _ = try await shell.run(.pay(amount, by: eve, on: nil, note: evil, in: alder.id))
        return eve
    }

    static let markup = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'"
}

@Suite(.sampleDatabase)
struct `The pages of a chapter` {
    static let folder = "/chapters/alder"
    static let pages = [
        "about", "members", "members?who=all", "members?who=former&q=zz", "seats", "postings",
        "postings?kind=offer", "visitors", "offices", "dues", "dues/invoices", "dues/payments",
        "reports", "reports?month=2026-10", "months", "policy",
    ]

    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test(arguments: pages)
    func `are for members, and look to others as if they were not there`(_ page: String) async throws {
        for member in [sample.alice, sample.bob] {
            var browser = try await sample.browser(of: member)
            try await browser.get("\(Self.folder)/\(page)").isPage()
        }
        var charlie = try await sample.browser(of: sample.charlie)
        let none = try await charlie.get("/chapters/nowhere/\(page)")
        let answer = try await charlie.get("\(Self.folder)/\(page)")
        #expect(answer.status == 404 && answer.text == none.text)
        var nobody = Browser(sample.database)
        try await nobody.get("\(Self.folder)/\(page)").leads(to: "/sign-in")
    }

    @Test func `tell apart what waits for whom`() async throws {
        _ = try await sample.papers(of: sample.bob, in: sample.shell)
        _ = try await sample.fillWithMarkup()
        var (alice, bob) = (
            try await sample.browser(of: sample.alice), try await sample.browser(of: sample.bob)
        )
        let (hers, his) = (
            try await alice.get("\(Self.folder)/about").text, try await bob.get("\(Self.folder)/about").text
        )
        #expect(hers.contains("2 applications are not decided."))
        #expect(
            hers.contains("visitors came and have not applied")
                || hers.contains("visitor came and has not applied")
        )
        #expect(hers.contains("\(Self.folder)/audit") && hers.contains("3 members"))
        for secret in ["not decided", "have not applied", "/applications", "/audit", "/imports"] {
            #expect(!his.contains(secret), "\(secret)")
        }
        #expect(hers.contains("Town hall") && his.contains("Wednesdays, 07:00"))
    }

    @Test func `hold names that would be markup as text`() async throws {
        let eve = try await sample.fillWithMarkup()
        try await sample.appointBob(.membershipCommittee)
        try await sample.appointBob(.secretaryTreasurer)
        var bob = try await sample.browser(of: sample.bob)
        let application = try #require(
            try await sample.shell.run(.applications(of: sample.alder.id)).first
        )
        let visitors: [Visitor] = try await sample.shell.run(
            .visitors(of: sample.alder.id, .whole)
        )
        let visitor = try #require(visitors.first)
        let invoice = try #require(try await sample.shell.run(.invoices(of: sample.alder.id)).first)
        for page in Self.pages + [
            "members?q=\(encoded(["": SampleChapter.markup]).dropFirst())", "members/new",
            "members/\(eve.id)",
            "members/\(eve.id)/change", "members/\(eve.id)/leave", "members/\(eve.id)/end",
            "members/\(eve.id)/rejoin", "postings/new", "postings?q=alert", "visitors?q=alert",
            "visitors/\(visitor.id)", "applications", "applications/\(application.id)",
            "applications/new?visitor=\(visitor.id)", "applications/\(application.id)/references",
            "applications/\(application.id)/decision", "applications/\(application.id)/induction",
            "offices/appoint", "dues/members/\(eve.id)", "dues/invoices/new",
            "dues/invoices/\(invoice.id)/cancel",
        ] {
            let answer = try await bob.get("\(Self.folder)/\(page)")
            answer.isPage()
            #expect(!answer.text.contains("<script>") && !answer.text.contains("<img src=x"), "\(page)")
            #expect(!answer.text.contains("\(SampleChapter.markup)"), "\(page)")
        }
        #expect(try await bob.get("\(Self.folder)/members/\(eve.id)").text.contains("&lt;script&gt;"))
    }
}

@Suite(.sampleDatabase)
struct `Members as pages` {
    static let members = "/chapters/alder/members"
    let sample: SampleChapter
    var alice: Browser
    var bob: Browser

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.browser(of: sample.alice)
        bob = try await sample.browser(of: sample.bob)
    }

    @Test mutating func `are added, and what is wrong stands beside its field`() async throws {
        let wrong = try await alice.fill(
            "\(Self.members)/new",
            ["name": "Dora Dyer", "email": "dora", "seat": "Dyer", "joined": "2026-10-01"]
        )
        wrong.mends("email")
        #expect(wrong.text.contains("value=\"Dora Dyer\""))
        let taken = try await alice.fill(
            "\(Self.members)/new",
            ["name": "Dora Dyer", "seat": "Baker", "email": ""]
        )
        taken.mends("seat")
        let kept = try await alice.fill(
            "\(Self.members)/new",
            [
                "name": "Dora Dyer", "email": "", "seat": "Dyer", "company": "", "joined": "2026-10-01",
                "renews": "",
            ]
        )
        let roster = try await sample.shell.run(.roster(of: sample.alder.id, on: nil))
        let dora = try #require(roster.first { $0.name == "Dora Dyer" })
        kept.leads(to: "\(Self.members)/\(dora.id)")
        #expect(dora.seat == "Dyer" && dora.joinedOn == .day("2026-10-01") && dora.email == nil)
        #expect(roster.count == 3)
    }

    @Test mutating func `are added once, however often the form is sent`() async throws {
        let form = try await alice.get("\(Self.members)/new")
        let (token, once) = (
            try #require(form.formToken),
            try #require(form.text(after: "name=\"once\" value=\"", before: "\""))
        )
        let sent = "form_token=\(token)&once=\(once)&name=Dora+Dyer"
        let places = [
            try await alice.post(Self.members, sent)["Location"],
            try await alice.post(Self.members, sent)["Location"],
        ]
        #expect(places[0] != nil && places[0] == places[1])
        #expect(try await sample.shell.run(.roster(of: sample.alder.id, on: nil)).count == 3)
    }

    @Test mutating func `are found by name, seat and company, fifty a page`() async throws {
        for number in 1...60 {
            _ = try await sample.shell.add(
                MemberDraft(
                    name: "Gus \(String(number + 100))",
                    seat: "Trade \(number)",
                    company: number == 7 ? "Nail Works" : nil,
                    joinedOn: .day("2026-04-01")
                )
            )
        }
        let first = try await bob.get(Self.members).text
        #expect(first.contains("Gus 148") && !first.contains("Gus 149") && first.contains("rel=\"next\""))
        let second = try await bob.get("\(Self.members)?who=present&q=&page=2").text
        #expect(
            second.contains("Gus 149") && second.contains("rel=\"prev\"") && !second.contains("rel=\"next\"")
        )
        for (text, name) in [("gus%20133", "Gus 133"), ("BAKER", "Bob Baker"), ("nail", "Gus 107")] {
            let found = try await bob.get("\(Self.members)?q=\(text)").text
            #expect(found.contains(name) && !found.contains("Alice"), "\(text)")
        }
        for (wrong, status) in [("who=nobody", 400), ("page=0", 400), ("x=1", 400), ("q=%00", 200)] {
            #expect(try await bob.get("\(Self.members)?\(wrong)").status == status, "\(wrong)")
        }
    }

    @Test mutating func `show what is theirs to themselves and to those who manage them`() async throws {
        _ = try await sample.shell.set(
            [("margin", "37%"), ("value-of-hour", "61.50"), ("renews", "2027-03-31")],
            of: sample.bob,
            in: sample.alder,
            from: .day("2026-10-01")
        )
        try await sample.shell.run(
            .leave(
                of: sample.bob.id,
                from: .day("2026-12-01"),
                to: .day("2026-12-20"),
                isMedical: true,
                in: sample.alder.id
            )
        )
        _ = try await sample.shell.add(.sample("Dora Dyer"))
        let dora = try #require(
            try await sample.shell.run(.roster(of: sample.alder.id, on: nil)).first { $0.name == "Dora Dyer" }
        )
        var other = try await sample.browser(of: dora)
        let (his, hers, others) = (
            try await bob.get("\(Self.members)/\(sample.bob.id)").text,
            try await alice.get("\(Self.members)/\(sample.bob.id)").text,
            try await other.get("\(Self.members)/\(sample.bob.id)").text
        )
        for own in ["37", "61.50"] {
            #expect(his.contains(own) && !hers.contains(own) && !others.contains(own), "\(own)")
        }
        for known in ["bob@example.org", "31 March 2027", "medical"] {
            #expect(his.contains(known) && hers.contains(known) && !others.contains(known), "\(known)")
        }
        #expect(others.contains("Baker") && others.contains("1 April 2026") && !others.contains("/change"))
        #expect(try await other.get("\(Self.members)/\(sample.bob.id)/change").status == 403)
        let changed = try await other.post("\(Self.members)/\(sample.bob.id)/change", ["margin": "1"])
        #expect(changed.status == 403)
        #expect(try await alice.get("\(Self.members)/\(sample.charlie.id)").status == 404)
    }

    @Test mutating func `decide for themselves what is theirs, and leaders the rest`() async throws {
        let place = "\(Self.members)/\(sample.bob.id)"
        try await bob.fill(
            "\(place)/change",
            ["shares_figures": "true", "margin": "40", "value_of_hour": "55,5", "from": "2026-10-01"]
        ).leads(to: place)
        let page = try await bob.get(place).text
        #expect(page.contains("40.0") && page.contains("55.50"))
        try await bob.fill("\(place)/change", ["margin": "400"]).mends("margin")
        // A field that stood on no form of his.
        #expect(try await bob.fill("\(place)/change", ["seat": "King"]).status == 403)
        try await alice.fill(
            "\(place)/change",
            ["seat": "", "company": "Crumbs", "renews": "2027-04-01"]
        ).leads(to: place)
        let member: Membership? = try await sample.shell.run(.member(sample.bob.id, in: sample.alder.id))
        #expect(member?.seat == nil && member?.company == "Crumbs" && member?.renewsOn == .day("2027-04-01"))
        #expect(try await alice.fill("\(place)/change", ["margin": "10"]).status == 403)
    }

    @Test mutating func `take leave, end and come back`() async throws {
        let place = "\(Self.members)/\(sample.bob.id)"
        try await alice.fill("\(place)/leave", ["from": "2026-12-20", "to": "2026-12-01"]).mends("to")
        try await alice.fill("\(place)/leave", ["from": "2026-12-01", "to": "", "medical": "true"]).leads(
            to: place
        )
        #expect(try await alice.get(place).text.contains("from 1 December 2026 on"))
        try await alice.fill("\(place)/end", ["on": "2026-10-31", "code": ""]).mends("code")
        try await alice.fill("\(place)/end", ["on": "2026-10-31", "code": "other"]).mends("reason")
        try await alice.fill("\(place)/end", ["on": "2026-10-31", "code": "moved-away"]).leads(to: place)
        let ended = try await alice.get(place).text
        #expect(
            ended.contains("moved away") && ended.contains("31 October 2026") && ended.contains("/rejoin")
        )
        #expect(try await alice.get("\(Self.members)?who=former").text.contains("Bob Baker"))
        #expect(!(try await alice.get(Self.members).text.contains("Bob Baker")))
        let back = try await alice.fill("\(place)/rejoin", ["joined": "2026-11-01", "seat": "Baker"])
        let again = try #require(
            try await sample.shell.run(.roster(of: sample.alder.id, on: nil)).first { $0.name == "Bob Baker" }
        )
        back.leads(to: "\(Self.members)/\(again.id)")
        #expect(again.id != sample.bob.id)
    }
}
