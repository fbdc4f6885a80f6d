import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Needs and offers as pages` {
    static let postings = "/chapters/alder/postings"
    let sample: SampleChapter
    var alice: Browser
    var bob: Browser

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.browser(of: sample.alice)
        bob = try await sample.browser(of: sample.bob)
    }

    @Test mutating func `are posted, and answered by another`() async throws {
        try await bob.fill("\(Self.postings)/new?kind=need", ["text": ""]).mends("text")
        try await bob.fill(
            "\(Self.postings)/new?kind=need",
            ["text": "An oven of two doors", "profession": "Oven builder", "until": "2027-01-01"]
        ).leads(to: "\(Self.postings)?kind=need")
        let list = try await alice.get(Self.postings).text
        #expect(list.contains("An oven of two doors") && list.contains("Bob Baker"))
        #expect(!(try await alice.get("\(Self.postings)?kind=offer").text.contains("An oven")))
        #expect(!(try await alice.get("\(Self.postings)?q=roof").text.contains("An oven")))
        #expect(try await alice.get("\(Self.postings)?q=OVEN").text.contains("An oven"))
        let needs = try await sample.shell.run(.postings(.need, of: sample.alder.id, .whole))
        let answer = "\(Self.postings)/\(try #require(needs.first).id)/answer"
        try await bob.fill(answer, ["answered_by": "\(sample.bob.id)"]).mends("answered_by")
        try await bob.fill(answer, ["answered_by": "\(sample.alice.id)", "date": ""]).leads(
            to: "\(Self.postings)?kind=need"
        )
        #expect(try await alice.get(Self.postings).text.contains("answered by Alice Archer"))
    }

    @Test mutating func `are answered for others by those who may write for them`() async throws {
        let hers = try await sample.shell.run(
            .post(PostingDraft(kind: .need, member: sample.alice.id, text: "A van"), in: sample.alder.id)
        )
        #expect(try await bob.get("\(Self.postings)/\(hers)/answer").status == 403)
        #expect(try await bob.post("\(Self.postings)/\(hers)/answer", ["date": ""]).status == 403)
        #expect(!(try await bob.get(Self.postings).text.contains("/answer")))
        #expect(
            try await bob.fill("\(Self.postings)/new", ["text": "A bike", "member": "\(sample.alice.id)"])
                .status == 403
        )
        try await alice.fill("\(Self.postings)/new", ["text": "A bike", "member": "\(sample.bob.id)"])
            .leads(to: "\(Self.postings)?kind=need")
    }

    @Test mutating func `come fifty a page`() async throws {
        for number in 1...51 {
            _ = try await sample.shell.run(
                .post(
                    PostingDraft(kind: .offer, member: sample.bob.id, text: "Offer \(number + 100)"),
                    in: sample.alder.id
                )
            )
        }
        let first = try await bob.get("\(Self.postings)?kind=offer")
        #expect(first.text.contains("Offer 151") && !first.text.contains("Offer 101"))
        let next = try #require(first.text(after: "rel=\"next\" href=\"", before: "\"")).replacing(
            "&amp;",
            with: "&"
        )
        let second = try await bob.get(next).text
        #expect(
            second.contains("Offer 101") && !second.contains("Offer 102") && second.contains("rel=\"prev\"")
        )
    }
}

@Suite(.sampleDatabase)
struct `Seats as pages` {
    @Test func `rank those that are missed`() async throws {
        let sample = try await SampleChapter()
        _ = try await sample.shell.transaction { transaction in
            try await transaction.pass(
                ReferralDraft(
                    giver: .member(sample.bob.id),
                    receiver: nil,
                    unplacedProfession: "Plumber",
                    tier: 1,
                    need: "a pipe",
                    warmth: 3,
                    passedOn: .day("2026-10-20")
                )
            )
        }
        var bob = try await sample.browser(of: sample.bob)
        let page = try await bob.get("/chapters/alder/seats").text
        #expect(page.contains("plumber") && page.contains("1 referral nobody could take"))
        #expect(page.contains("Baker") && page.contains("Alice Archer") && page.contains("2 seats are taken"))
    }
}

@Suite(.sampleDatabase)
struct `Visitors as pages` {
    static let visitors = "/chapters/alder/visitors"
    let sample: SampleChapter
    var alice: Browser
    var bob: Browser

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.browser(of: sample.alice)
        bob = try await sample.browser(of: sample.bob)
    }

    private func visitor(of member: Membership, _ name: String) async throws -> SlipID {
        try await sample.shell.transaction { transaction in
            try await transaction.register(
                VisitorDraft(
                    name: name,
                    inviter: .member(member.id),
                    kind: .first,
                    visitOn: .day("2026-11-04"),
                    came: false,
                    email: "guest@example.net",
                    phone: "+49 (30) 12-34"
                )
            )
        }
    }

    @Test mutating func `are moved on by those who look after them`() async throws {
        let lena = try await visitor(of: sample.bob, "Lena Lang")
        let place = "\(Self.visitors)/\(lena)"
        let page = try await alice.get(place).text
        #expect(page.contains("href=\"tel:+493012") && page.contains("guest@example.net"))
        try await alice.fill(place, ["status": "lost", "reason": ""]).mends("reason")
        try await alice.fill(place, ["status": "contacted", "reason": "no"]).leads(to: place)
        #expect(try await alice.get("\(Self.visitors)?status=contacted").text.contains("Lena Lang"))
        #expect(!(try await alice.get("\(Self.visitors)?status=new").text.contains("Lena Lang")))
        try await alice.fill(place, ["status": "lost", "reason": "joined elsewhere"]).leads(to: place)
        #expect(try await alice.get(place).text.contains("joined elsewhere"))
    }

    @Test mutating func `are one's own to others`() async throws {
        let (his, hers) = (
            try await visitor(of: sample.bob, "Lena Lang"), try await visitor(of: sample.alice, "Max Moor")
        )
        let list = try await bob.get(Self.visitors).text
        #expect(list.contains("Lena Lang") && !list.contains("Max Moor"))
        #expect(try await bob.get("\(Self.visitors)/\(hers)").status == 404)
        let own = try await bob.get("\(Self.visitors)/\(his)")
        #expect(own.text.contains("guest@example.net") && own.formToken == nil)
        #expect(try await bob.post("\(Self.visitors)/\(his)", ["status": "contacted"]).status == 403)
        var charlie = try await sample.browser(of: sample.charlie)
        #expect(try await charlie.get("\(Self.visitors)/\(his)").status == 404)
    }

    @Test mutating func `become members by an application`() async throws {
        try await sample.appointBob(.membershipCommittee)
        bob = try await sample.browser(of: sample.bob)
        let lena = try await visitor(of: sample.alice, "Lena Lang")
        let folder = "/chapters/alder/applications"
        try await bob.fill("\(folder)/new?visitor=\(lena)", ["name": "Lena Lang", "seat": ""]).mends("seat")
        let opened = try await bob.fill(
            "\(folder)/new?visitor=\(lena)",
            [
                "name": "Lena Lang", "seat": "Florist", "sponsor": "\(sample.alice.id)",
                "notes": "quick and kind",
            ]
        )
        let application = try #require(opened["Location"])
        #expect(try await bob.get("\(Self.visitors)?status=applied").text.contains("Lena Lang"))
        try await bob.fill("\(application)/references", ["name": "Rita Ruhl", "outcome": "on time"]).leads(
            to: application
        )
        try await bob.fill(application, sending: "\(application)/vote", ["vote": "yes"]).leads(
            to: application
        )
        let seen = try await alice.get(application).text
        for word in ["quick and kind", "Rita Ruhl", "on time", "Bob Baker", "1 yes, 0 no"] {
            #expect(seen.contains(word), "\(word)")
        }
        #expect(!seen.contains("/decision") && !seen.contains("name=\"vote\""))
        try await bob.fill("\(application)/decision", ["decision": "declined", "reason": ""]).mends("reason")
        try await bob.fill("\(application)/decision", ["decision": "accepted"]).leads(to: application)
        #expect(try await bob.fill("\(application)/decision", ["decision": "withdrawn"]).status == 409)
        let member = try await sample.shell.add(.sample("Lena Lang", seat: "Florist", joinedOn: "2026-11-01"))
        let induction = try await bob.get("\(application)/induction")
        #expect(induction.text.contains("<option value=\"\(member.id)\" selected>"))
        try await bob.fill("\(application)/induction", ["member": "\(member.id)"]).leads(to: application)
        #expect(try await bob.get("\(Self.visitors)?status=joined").text.contains("Lena Lang"))
        #expect(try await bob.get(application).text.contains("/members/\(member.id)"))
    }

    @Test mutating func `and what is confidential of them is not shown to members`() async throws {
        let id = try await sample.papers(of: sample.bob, in: sample.shell).application
        #expect(try await bob.get("/chapters/alder/applications").status == 403)
        #expect(try await bob.get("/chapters/alder/applications/\(id)").status == 403)
        // Who brought somebody does not vote on them.
        try await sample.appointBob(.membershipCommittee)
        bob = try await sample.browser(of: sample.bob)
        let vote = try await bob.fill(
            "/chapters/alder/applications/\(id)",
            sending: "/chapters/alder/applications/\(id)/vote",
            ["vote": "yes"]
        )
        #expect(vote.status == 422 && vote.text.contains("role=\"alert\""))
    }
}

@Suite(.sampleDatabase)
struct `Offices and dues as pages` {
    static let folder = "/chapters/alder"
    let sample: SampleChapter
    var alice: Browser
    var bob: Browser

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.browser(of: sample.alice)
        bob = try await sample.browser(of: sample.bob)
    }

    @Test mutating func `are given and ended`() async throws {
        let offices = "\(Self.folder)/offices"
        let bobsID = "\(sample.bob.id)"
        try await alice.fill(
            "\(offices)/appoint",
            ["role": "mentor", "member": bobsID, "from": "2026-12-01", "to": "2026-11-01"]
        ).mends("to")
        try await alice.fill("\(offices)/appoint", ["role": "mentor", "member": "", "from": ""]).mends(
            "member"
        )
        try await alice.fill(
            "\(offices)/appoint?role=mentor&member=\(bobsID)",
            ["role": "mentor", "member": bobsID, "from": "2026-12-01", "to": ""]
        ).leads(to: offices)
        let list = try await bob.get(offices).text
        #expect(
            list.contains("To come") && list.contains("from 1 December 2026 on") && !list.contains("/end")
        )
        let term = try #require(
            try await sample.shell.run(.offices(of: sample.alder.id)).first { $0.role == .mentor }
        )
        try await alice.fill("\(offices)/\(term.id)/end", ["on": "2026-11-30"]).mends("on")
        try await alice.fill("\(offices)/\(term.id)/end", ["on": "2026-12-31"]).leads(to: offices)
        #expect(try await bob.get(offices).text.contains("1 December 2026 to 31 December 2026"))
    }

    @Test mutating func `are invoiced and paid by the treasurer, and seen by whose they are`() async throws {
        let dora = try await sample.shell.add(.sample("Dora Dyer"))
        try await sample.appointBob(.secretaryTreasurer)
        bob = try await sample.browser(of: sample.bob)
        let dues = "\(Self.folder)/dues"
        try await bob.fill(
            "\(dues)/invoices/new",
            ["member": "\(dora.id)", "kind": "other", "amount": "lots"]
        )
        .mends("amount")
        try await bob.fill("\(dues)/invoices/new", ["member": "\(dora.id)", "kind": "other", "amount": "0"])
            .mends("amount")
        try await bob.fill(
            "\(dues)/invoices/new",
            ["member": "\(dora.id)", "kind": "membership", "amount": "1.234,50", "note": "half a year"]
        ).leads(to: "\(dues)/members/\(dora.id)")
        try await bob.fill("\(dues)/payments/new", ["member": "\(dora.id)", "amount": "234.50"])
            .leads(to: "\(dues)/members/\(dora.id)")
        var (hers, seen) = (
            try await sample.browser(of: dora), try await bob.get("\(dues)/members/\(dora.id)").text
        )
        #expect(seen.contains("1\u{202F}000.00") && seen.contains("half a year"))
        let own = try await hers.get(dues).text
        #expect(
            own.contains("1\u{202F}234.50") && own.contains("1\u{202F}000.00") && !own.contains("/cancel")
        )
        let stranger = try await sample.shell.add(.sample("Frida Fuchs"))
        var other = try await sample.browser(of: stranger)
        for page in [dues, "\(dues)/invoices", "\(dues)/payments"] {
            let text = try await other.get(page).text
            #expect(!text.contains("234.50") && !text.contains("Dora"), "\(page)")
        }
        #expect(try await other.get("\(dues)/members/\(dora.id)").status == 403)
        let invoice = try #require(try await sample.shell.run(.invoices(of: sample.alder.id)).first)
        try await bob.fill("\(dues)/invoices/\(invoice.id)/cancel", ["because": ""]).mends("because")
        try await bob.fill("\(dues)/invoices/\(invoice.id)/cancel", ["because": "wrong year"])
            .leads(to: "\(dues)/members/\(dora.id)")
        #expect(try await hers.get(dues).text.contains("wrong year"))
        #expect(
            try await bob.fill("\(dues)/invoices/\(invoice.id)/cancel", ["because": "again"]).status == 409
        )
        let payment = try #require(try await sample.shell.run(.payments(of: sample.alder.id)).first)
        try await bob.fill("\(dues)/payments/\(payment.id)/void", ["because": "bounced"])
            .leads(to: "\(dues)/members/\(dora.id)")
        #expect(try await bob.get("\(dues)/payments").text.contains("bounced"))
    }

    @Test mutating func `are billed to everybody at once, after a look at what it comes to`() async throws {
        try await sample.appointBob(.secretaryTreasurer)
        try await sample.shell.setPolicy(
            [("membership-fee", "900.00")],
            of: sample.alder,
            from: .day("2026-04-01")
        )
        bob = try await sample.browser(of: sample.bob)
        let dues = "\(Self.folder)/dues"
        let asked = "\(dues)/bill?for=term&from=2026-10-01&to=2026-10-31"
        let shown = try await bob.get(asked)
        #expect(shown.text.contains("150.00") && shown.text.contains("Write 2 invoices"))
        #expect(try await sample.shell.run(.invoices(of: sample.alder.id)).isEmpty, "looking writes nothing")
        for (question, field) in [
            ("for=term&from=2026-10-31&to=2026-10-01", "to"),
            ("for=fine&from=2026-10-01&to=2026-10-31", "for"),
            ("for=term&from=2026-10-01&to=", "to"), ("for=term&from=soon&to=2026-10-31", "from"),
        ] {
            let answer = try await bob.get("\(dues)/bill?\(question)")
            #expect(answer.status == 422 && answer.text.contains("id=\"\(field)-fault\""), "\(question)")
        }
        try await bob.fill(
            asked,
            sending: "\(dues)/bill",
            ["for": "term", "from": "2026-10-01", "to": "2026-10-31", "due": "2026-10-01"]
        )
        .mends("due")
        try await bob.fill(
            asked,
            sending: "\(dues)/bill",
            ["for": "term", "from": "2026-10-01", "to": "2026-10-31", "due": "2026-11-30"]
        )
        .leads(to: dues)
        #expect(try await bob.get(asked).text.contains("billed already"))
        let statement = try await alice.get("\(dues)/members/\(sample.alice.id)").text
        #expect(statement.contains("75.00") && !statement.contains("/cancel"))
        #expect(try await bob.get("\(dues)/members/999999").status == 404)
        #expect(try await alice.get("\(dues)/bill").status == 403)
    }
}
