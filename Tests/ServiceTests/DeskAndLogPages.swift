import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `A member's desk` {
    static let home = "/chapters/alder"

    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    func browser(of member: Membership) async throws -> Browser {
        try await sample.scratch.browser(of: member)
    }

    @Test func `shows a referral to giver and receiver from passing to thanks`() async throws {
        var alice = try await browser(of: sample.alice)
        let passed = try await alice.post(
            "\(Self.home)/log/referral",
            [
                "receiver": "Bob Baker", "prospect.name": "Paul Prospect", "prospect.phone": "+49 30 1234",
                "need": "Bread for fifty", "warmth": "4",
            ]
        )
        #expect(passed["Location"] == "/chapters/alder?kept=referral")
        #expect(try await alice.get("/chapters/alder?kept=referral").text.contains("Kept: a referral."))
        var bob = try await browser(of: sample.bob)
        let desk = try await bob.get(Self.home)
        #expect(desk.text.contains("<b>Paul Prospect</b>"))
        let id = try #require(desk.referral)
        let page = try await bob.get("\(Self.home)/referrals/\(id)").text
        #expect(page.contains("href=\"tel:+49301234\"") && page.contains("Bread for fifty"))
        #expect(page.contains("How far has it come?"))
        for step in ["contacted", "won"] {
            #expect(try await bob.post("\(Self.home)/referrals/\(id)/steps", ["step": step]).status == 303)
        }
        let given = try await alice.get(Self.home).text
        #expect(given.contains("Bread for fifty") && given.contains("<span class=\"chip good\">won</span>"))
        let form = try await bob.get("\(Self.home)/log/thanks?referral=\(id)").text
        #expect(form.contains("<option value=\"\(id)\" selected>"))
        let thanks = try await bob.post(
            "\(Self.home)/log/thanks",
            ["thanked": "\(sample.alice.id)", "amount": "1.200,50", "referral": id]
        )
        #expect(thanks["Location"] == "/chapters/alder?kept=thanks")
        let thanked = try await alice.get(Self.home).text
        #expect(thanked.contains("A member thanked you") && thanked.contains("1\u{202F}200.50 EUR"))
        #expect(thanked.contains(">1\u{202F}200.50<"), "what she gave")
        let own = try await bob.get(Self.home).text
        #expect(own.contains("received 1\u{202F}200.50"))
    }

    @Test func `keeps the third party from everybody else`() async throws {
        var alice = try await browser(of: sample.alice)
        _ = try await alice.post(
            "\(Self.home)/log/referral",
            ["receiver": "Bob Baker", "prospect.name": "Paul Prospect", "need": "Bread"]
        )
        let third = try await sample.shell.add(.sample("Dora Dill", seat: "Florist"))
        var dora = try await browser(of: third)
        var bob = try await browser(of: sample.bob)
        let id = try #require(try await bob.get(Self.home).referral)
        #expect(try await dora.get("\(Self.home)/referrals/\(id)").status == 404)
        #expect(try await !dora.get(Self.home).text.contains("Paul Prospect"))
        #expect(try await dora.post("\(Self.home)/referrals/\(id)/steps", ["step": "won"]).status == 404)
        // Secretaries see that there is one, and not whom it is about.
        _ = try await sample.shell.run(
            .appoint(third, as: .secretaryTreasurer, from: .day("2026-10-01"), to: nil, in: sample.alder.id)
        )
        let seen = try await dora.get("\(Self.home)/referrals/\(id)")
        #expect(seen.status == 200 && !seen.text.contains("Paul Prospect"))
        var charlie = try await browser(of: sample.charlie)
        for place in ["", "/log", "/log/referral", "/referrals/\(id)"] {
            #expect(try await charlie.get(Self.home + place).status == 404, "\(place)")
        }
    }

    @Test func `says beside the field what is wrong, and keeps what was written`() async throws {
        var bob = try await browser(of: sample.bob)
        let answer = try await bob.post(
            "\(Self.home)/log/referral",
            ["receiver": "Nobody Known", "need": "<i>Bread</i>", "prospect.name": "Paul"]
        )
        #expect(answer.status == 422)
        #expect(answer.text.contains("<a href=\"#receiver\">To whom</a>"))
        #expect(answer.text.contains("aria-invalid=\"true\" aria-describedby=\"receiver-fault\""))
        #expect(
            answer.text.contains("value=\"&lt;i&gt;Bread&lt;/i&gt;\"")
                && answer.text.contains("value=\"Paul\"")
        )
        let amounts = ["-5", "1,2,3", "12.3456", "lots", "99999999999999999999"]
        for amount in amounts {
            let fault = try await bob.post(
                "\(Self.home)/log/thanks",
                ["thanked": "Alice Archer", "amount": amount]
            )
            #expect(fault.status == 422 && fault.text.contains("id=\"amount-fault\""), "\(amount)")
        }
        let oneself = try await bob.post(
            "\(Self.home)/log/referral",
            ["receiver": "Bob Baker", "need": "Bread"]
        )
        #expect(oneself.status == 422 && oneself.text.contains("role=\"alert\""))
        #expect(
            try await bob.post(
                "\(Self.home)/log/referral",
                ["receiver": "Alice Archer", "need": "x", "no-such": "1"]
            ).status == 422
        )
        let count = Query<Int>(
            value: "SELECT (SELECT count(*) FROM app.referral) + (SELECT count(*) FROM app.closed_business)"
        )
        #expect(try await sample.scratch.superuser.run(count) == 0)
    }

    @Test func `counts a form once that is sent twice`() async throws {
        var bob = try await browser(of: sample.bob)
        let fields: KeyValuePairs = [
            "second": "Alice Archer", "minutes": "45", "date": "2026-10-28", "once": "a1b2",
        ]
        for _ in 1...2 {
            #expect(try await bob.post("\(Self.home)/log/one-to-one", fields).status == 303)
        }
        let count = Query<Int>(value: "SELECT count(*) FROM app.one_to_one")
        #expect(try await sample.scratch.superuser.run(count) == 1)
        let other: KeyValuePairs = [
            "second": "Alice Archer", "minutes": "50", "date": "2026-10-28", "once": "a1b2",
        ]
        #expect(try await bob.post("\(Self.home)/log/one-to-one", other).status == 422)
    }

    @Test(arguments: [
        ("thanks", ["thanked": "chapter", "amount": "80"]),
        ("testimonial", ["receiver": "Alice Archer", "text": "On time, always"]),
        ("introduction", ["first": "Alice Archer", "second": "Emil Elsewhere @ Cedar", "why": "Roofs"]),
        ("education", ["hours": "1.5", "title": "A talk"]),
        ("visitor", ["name": "Vera Visitor", "date": "2026-11-04", "kind": "first", "consent": "true"]),
        ("activity", ["kind": "event", "minutes": "120", "money": "25", "downtime": "true"]),
    ])
    func `takes every kind of slip in one short form`(_ kind: String, _ fields: [String: String]) async throws
    {
        var bob = try await browser(of: sample.bob)
        let form = try await bob.get("\(Self.home)/log/\(kind)")
        #expect(form.status == 200)
        for name in fields.keys { #expect(form.text.contains("name=\"\(name)\""), "\(name)") }
        let answer = try await bob.post("\(Self.home)/log/\(kind)", fields: fields)
        #expect(answer["Location"] == "/chapters/alder?kept=\(kind)", "\(answer.text)")
    }

    @Test func `reads nobody else's figures, and so is no reading to be told of`() async throws {
        try await sample.scratch.superuser.run(Query<Void>("UPDATE app.membership SET shares_figures = true"))
        var alice = try await browser(of: sample.alice)
        #expect(try await alice.get(Self.home).status == 200)
        let seen = Query<Int>(value: "SELECT count(*) FROM app.access_event")
        #expect(try await sample.scratch.superuser.run(seen) == 0)
        _ = try await alice.get("\(Self.home)/reports/roi?month=2026-10")
        #expect(try await sample.scratch.superuser.run(seen) == 1)
    }
}

extension Answer {
    /// The first referral that a page leads to.
    fileprivate var referral: String? {
        text(after: "/referrals/", before: "\"")
    }
}
