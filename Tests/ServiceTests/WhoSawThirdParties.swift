import Foundation
import HTTPTypes
import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Who was told how to reach people who are no members.
@Suite(.sampleDatabase)
struct `The access log of third parties` {
    static let base = "/api/v1/chapters/alder"

    let sample: SampleChapter
    let alice: Caller
    let bob: Caller

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.caller(sample.alice)
        bob = try await sample.caller(sample.bob)
    }

    @Test func `notes each reader of a visitor's number once a day`() async throws {
        let visitor = try await visit("Vera Visitor", phone: "+49 30 901 23 45")
        let silent = try await visit("Silent Sam", phone: nil)
        var browser = try await sample.scratch.browser(of: sample.alice)
        for _ in 0..<3 {
            #expect(try await !browser.get("/chapters/alder/visitors").text.contains("+49 30 901 23 45"))
            #expect(
                try await browser.get("/chapters/alder/visitors/\(visitor)").text.contains("+49 30 901 23 45")
            )
        }
        try await browser.get("/chapters/alder/visitors/\(silent)")
        #expect(try await looks().map(\.reader) == ["Alice Archer"])
        #expect(try await events() == [[visitor]])
        let shown: [Visitor] = try await sample.shell.run(.visitors(of: sample.alder.id, .one(visitor)))
        #expect(shown.map(\.name) == ["Vera Visitor"])
        var other = try await sample.scratch.browser(of: sample.bob)
        #expect(try await other.get("/chapters/alder/visitors/\(visitor)").text.contains("+49 30 901 23 45"))
        let looks = try await looks()
        #expect(
            looks.map(\.reader) == ["Bob Baker", nil, "Alice Archer"]
                && looks.allSatisfy { $0.seen == "visitor" }
        )
        #expect(looks.map(\.door) == ["web", "cli", "web"] && looks.allSatisfy { $0.name == "Vera Visitor" })
        // Somebody else's name and number leads to nobody.
        #expect(
            try await sample.shell.run(.accessLog(ofEmails: ["sam@example.org"], phones: ["+49 30 901"]))
                .isEmpty
        )
        // On another day it counts again.
        try await sample.write(
            "ALTER TABLE access_event DISABLE TRIGGER USER; UPDATE access_event SET at = at - interval '1 day'"
        )
        try await browser.get("/chapters/alder/visitors/\(visitor)")
        #expect(try await events().count == 4)
    }

    @Test func `is nobody's but the operator's to read`() async throws {
        for asking in [try await sample.acting(as: sample.alice), try await sample.acting(as: sample.bob)] {
            await #expect(throws: PostgresError.self) {
                try await asking.run(.accessLog(ofEmails: ["x@example.org"], phones: []))
            }
        }
    }

    @Test func `notes who was given a prospect's number, on the page and over HTTP`() async throws {
        let referral = try await sample.shell.transaction { ledger in
            try await ledger.pass(
                ReferralDraft(
                    giver: .member(sample.alice.id),
                    receiver: .member(sample.bob.id),
                    tier: 1,
                    need: "Bread",
                    warmth: 3,
                    prospect: Prospect(name: "Paul Prospect", phone: "+49 30 901 23 45"),
                    passedOn: .day("2026-10-08")
                )
            )
        }
        #expect(try await events() == [])
        var browser = try await sample.scratch.browser(of: sample.bob)
        #expect(
            try await browser.get("/chapters/alder/referrals/\(referral)").text.contains("+49 30 901 23 45")
        )
        #expect(try await events() == [[referral]])
        #expect(try await looks().map(\.seen) == ["prospect"])
        // Who may not see the number is not noted.
        let cast = try await sample.shell.add(
            MemberDraft(
                name: "Eve East",
                email: EmailAddress("eve@example.org"),
                seat: "Electrician",
                joinedOn: .day("2026-10-01")
            )
        )
        var other = try await sample.scratch.browser(of: cast)
        #expect(
            try await !other.get("/chapters/alder/referrals/\(referral)").text.contains("+49 30 901 23 45")
        )
        #expect(try await events() == [[referral]])
    }

    @Test func `tells a member who saw a card that they share`() async throws {
        let shared = try await keep("Karla Klug", isShared: true)
        _ = try await keep("Private Paula", isShared: false)
        #expect(try await bob.get("\(Self.base)/shared-contacts").status == 200)
        #expect(try await bob.get("\(Self.base)/contacts").status == 200)
        #expect(try await events() == [])
        let list = try await alice.get("\(Self.base)/shared-contacts")
        #expect(list.status == 200 && list.text.contains("Karla Klug") && !list.text.contains("Paula"))
        #expect(try await events() == [[shared]])
        let log = try await bob.get("/api/v1/me/access-log").json.elements
        #expect(
            log.map { $0["seen"]?.string } == ["card"] && log.map { $0["by"]?.string } == ["Alice Archer"]
        )
        #expect(try await alice.get("/api/v1/me/access-log").json.elements.isEmpty)
        var browser = try await sample.scratch.browser(of: sample.bob)
        let page = try await browser.get("/account/privacy").text
        #expect(page.contains("Alice Archer") && page.contains("a card that you share"))
    }

    @Test func `notes who read applications, and tells whoever applied`() async throws {
        let application = try await sample.shell.run(
            .open(
                MembershipApplicationDraft(
                    name: "Nora North",
                    seat: "Notary",
                    phone: "+49 30 901 23 45",
                    appliedOn: .day("2026-10-05")
                ),
                in: sample.alder.id
            )
        )
        #expect(try await events() == [])
        var browser = try await sample.scratch.browser(of: sample.alice)
        #expect(try await !browser.get("/chapters/alder/applications").text.contains("+49 30 901 23 45"))
        #expect(try await events() == [])
        #expect(
            try await browser.get("/chapters/alder/applications/\(application)").text.contains(
                "+49 30 901 23 45"
            )
        )
        #expect(try await events() == [[application]])
        #expect(try await looks().map(\.seen) == ["application"])
        let member = try await sample.shell.add(
            MemberDraft(
                name: "Nora North",
                email: EmailAddress("nora@example.org"),
                seat: "Notary",
                joinedOn: .day("2026-10-20")
            )
        )
        try await sample.write(
            "ALTER TABLE application DISABLE TRIGGER USER; UPDATE application SET membership_id = \(member.id), decision = 'accepted', decided_on = applied_on WHERE id = '\(application)'"
        )
        let log = try await sample.acting(as: member).run(.ownAccessLog(before: nil, limit: 9))
        #expect(log.map(\.seen) == ["application"] && log.map(\.reader) == ["Alice Archer"])
    }

    private func looks() async throws -> [ThirdPartyAccess] {
        try await sample.shell.run(.accessLog(ofEmails: [], phones: ["0049-30-9012345"]))
    }

    private func events() async throws -> [[SlipID]] {
        try await sample.scratch.superuser.run(
            Query<[String]>(values: "SELECT array_to_string(records, ' ') FROM app.access_event ORDER BY id")
        )
        .map { $0.split(separator: " ").compactMap { SlipID(String($0)) } }
    }

    private func visit(_ name: String, phone: String?) async throws -> SlipID {
        let inviter = sample.bob.id
        return try await sample.shell.transaction { ledger in
            try await ledger.register(
                VisitorDraft(
                    name: name,
                    inviter: .member(inviter),
                    kind: .first,
                    visitOn: .day("2026-10-07"),
                    came: true,
                    phone: phone
                )
            )
        }
    }

    private func keep(_ name: String, isShared: Bool) async throws -> SlipID {
        try await sample.acting(as: sample.bob).run(
            .keep(
                ContactDraft(
                    card: ContactCard(name: name, phone: "+49 30 901 23 45"),
                    back: BackOfCard(isShared: isShared)
                ),
                of: sample.bob.id,
                sample.bob.person,
                in: sample.alder.id
            )
        )
    }
}

@Suite(.sampleDatabase)
struct `All that is kept about oneself` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `is given to somebody who has just shown that it is them`() async throws {
        // A token is good for much, and not for all of it at once.
        let bob = try await sample.caller(sample.bob)
        #expect(try await bob.get("/api/v1/me/data").isProblem(403) == "proof")
        var browser = try await sample.scratch.browser(of: sample.bob)
        let page = try await browser.get("/account/privacy")
        #expect(page.text.contains("action=\"/account/privacy/data\""))
        let file = try await browser.post("/account/privacy/data")
        #expect(
            file.status == 200 && file["Content-Disposition"] == "attachment; filename=\"chapterhouse.json\""
        )
        #expect(file["Cache-Control"]?.contains("no-store") == true)
        let kept = try file.json
        #expect(kept["person"] == .string("Bob Baker"))
        let membership = try #require(kept["kept"]?["membership"]?.elements.first)
        #expect(membership["chapter"] == .string("alder") && membership["as"] == .string("person"))
        #expect(
            membership["row"]?["name"] == .string("Bob Baker") && membership["row"]?["folded_name"] == nil
        )
        #expect(kept["kept"]?["session"]?.elements.first?["row"]?["secret_hash"] == nil)
        #expect(kept["kept"]?["session"]?.elements.count == 1)
        let same = try await browser.get("/api/v1/me/data").json
        #expect(same["kept"]?["membership"] == kept["kept"]?["membership"])
    }

    @Test func `asks again who showed it long ago`() async throws {
        var browser = try await sample.scratch.browser(of: sample.bob)
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.session SET proved_at = now() - interval '16 minutes'")
        )
        let page = try await browser.post("/account/privacy/data")
        #expect(page.status == 303 && page["Location"] == "/account/prove")
        #expect(try await browser.get("/api/v1/me/data").isProblem(403) == "proof")
        let exports = Query<Int>(
            value: "SELECT count(*) FROM app.installation_audit_event WHERE action = 'export'"
        )
        #expect(try await sample.scratch.superuser.run(exports) == 0)
    }

    @Test func `is not another site's to ask for`() async throws {
        var browser = try await sample.scratch.browser(of: sample.bob)
        let answer = try await browser.post(
            "/account/privacy/data",
            "",
            site: "cross-site",
            origin: nil
        )
        #expect(answer.status == 403)
    }
}
