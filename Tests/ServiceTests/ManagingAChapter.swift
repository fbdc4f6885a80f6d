import HTTPTypes
import Hummingbird
import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `The policy over HTTP` {
    static let policy = "/api/v1/chapters/alder/policy"

    let sample: SampleChapter
    let alice: Caller

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.caller(sample.alice)
    }

    @Test func `is decided from a day on, and keeps the rest`() async throws {
        let before = try await alice.get("\(Self.policy)?on=2027-01-01")
        #expect(try before.json["term_starts"] == .array([.string("04-01"), .string("10-01")]))
        #expect(try before.json["substitutes_allowed"] == .null)
        let body = """
            {"valid_from": "2027-01-01", "membership_fee": {"amount": "1000.00", "currency": "EUR"}, "months_covered": 6,
             "substitutes_allowed": 5, "late_weight": "0.5", "term_starts": ["09-01", "03-01"], "earned_is_seen_by": "leaders"}
            """
        #expect(try await alice.json(.put, Self.policy, body).isProblem(428) == "if-match")
        #expect(try await alice.json(.put, Self.policy, body, ifMatch: "\"x\"").isProblem(412) == "stale")
        let tag = try #require(before["ETag"])
        #expect(try await alice.json(.put, Self.policy, body, ifMatch: tag).status == 204)
        // Whoever saw the old one does not change the new one.
        #expect(try await alice.json(.put, Self.policy, body, ifMatch: tag).isProblem(412) == "stale")
        let after = try await alice.get("\(Self.policy)?on=2027-01-01").json
        #expect(after["valid_from"] == .string("2027-01-01"))
        #expect(after["membership_fee"]?["amount"] == .string("1000.00"))
        #expect(after["months_covered"] == .number(6) && after["absence_limit"] == .number(3))
        #expect(after["substitutes_allowed"] == .number(5) && after["late_weight"] == .string("0.50"))
        #expect(after["term_starts"] == .array([.string("03-01"), .string("09-01")]))
        let null = #"{"valid_from": "2027-01-01", "substitutes_allowed": null}"#
        #expect(try await alice.json(.put, Self.policy, null, ifMatch: "*").status == 204)
        #expect(try await alice.get("\(Self.policy)?on=2027-01-01").json["substitutes_allowed"] == .null)
        let trail = try await sample.shell.run(.auditTrail(of: sample.alder.id, limit: 50))
        let decisions = trail.filter { $0.entity == "policy" && $0.door == "api" }
        #expect(!decisions.isEmpty && decisions.allSatisfy { $0.person == sample.alice.person })
    }

    @Test(arguments: [
        (#"{}"#, "/"), (#"{"colour": "red"}"#, "/colour"), (#"{"months_covered": 0}"#, "/months_covered"),
        (#"{"months_covered": "12"}"#, "/months_covered"), (#"{"late_weight": "2"}"#, "/late_weight"),
        (#"{"late_weight": 0.5}"#, "/late_weight"), (#"{"absence_window": "ever"}"#, "/absence_window"),
        (#"{"meeting_fee": {"amount": "1.00", "currency": "USD"}}"#, "/meeting_fee/currency"),
        (#"{"term_starts": []}"#, "/term_starts"), (#"{"term_starts": ["02-29"]}"#, "/term_starts"),
        (#"{"term_starts": ["04-01", "04-01"]}"#, "/term_starts"),
        (#"{"term_starts": ["04-01,10-01\u0000"]}"#, nil), (#"{"term_starts": ["04-1"]}"#, "/term_starts"),
        (#"{"term_starts": [401]}"#, "/term_starts/0"), (#"{"valid_from": "soon"}"#, "/valid_from"),
        (#"{"earned_is_seen_by": "all"}"#, "/earned_is_seen_by"),
        (#"{"absence_limit": -1}"#, "/absence_limit"),
    ])
    func `refuses what cannot be`(_ body: String, _ pointer: String?) async throws {
        let answer = try await alice.json(.put, Self.policy, body, ifMatch: "*")
        guard let pointer else { return #expect(try answer.isProblem(400) == "json") }
        #expect(try ["field", "unfit"].contains(answer.isProblem(422)), "\(body)")
        #expect(try answer.json["errors"]?.elements.first?["pointer"] == .string(pointer), "\(answer.text)")
    }
}

@Suite(.sampleDatabase)
struct `Members over HTTP` {
    static let members = "/api/v1/chapters/alder/members"

    let sample: SampleChapter
    let alice: Caller
    let bob: Caller

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.caller(sample.alice)
        bob = try await sample.caller(sample.bob)
    }

    @Test func `are seated, changed, on leave, ended and seated again`() async throws {
        let made = try await alice.json(
            .post,
            Self.members,
            #"{"name": "Dora Dyer", "seat": "Dyer", "joined": "2026-10-01"}"#
        )
        #expect(made.status == 201)
        let dora = try #require(made["Location"])
        let seen = try await alice.get(dora)
        #expect(try seen.json["seat"] == .string("Dyer") && seen.json["email"] == .null)
        let tag = try #require(seen["ETag"])
        let change =
            #"{"email": "Dora@example.org", "company": "Dyers", "renews": "2027-10-01", "seat": "Tailor"}"#
        #expect(try await alice.json(.patch, dora, change).isProblem(428) == "if-match")
        #expect(try await alice.json(.patch, dora, change, ifMatch: tag).status == 204)
        #expect(try await alice.json(.patch, dora, change, ifMatch: tag).isProblem(412) == "stale")
        let after = try await alice.get(dora).json
        #expect(after["email"] == .string("dora@example.org") && after["company"] == .string("Dyers"))
        #expect(after["renews"] == .string("2027-10-01") && after["seat"] == .string("Tailor"))
        // Members do not see each other's e-mail, nor change anything of each other.
        #expect(try await bob.get(dora).json["email"] == nil)
        #expect(
            try await bob.json(.patch, dora, #"{"company": "X"}"#, ifMatch: "*").isProblem(403) == "forbidden"
        )
        let none = #"{"seat": null, "company": null, "renews": null}"#
        #expect(try await alice.json(.patch, dora, none, ifMatch: "*").status == 204)
        #expect(try await alice.get(dora).json["seat"] == .null)
        #expect(
            try await alice.json(.post, "\(dora)/leaves", #"{"from": "2026-11-01", "to": "2026-11-30"}"#)
                .status == 204
        )
        #expect(try await alice.get(dora).json["status"] == .string("on leave"))
        #expect(
            try await alice.json(.post, "\(dora)/leaves", #"{"from": "2026-11-30"}"#).isProblem(409)
                == "one_leave_at_a_time"
        )
        #expect(
            try await alice.json(.post, "\(dora)/rejoin", "{}").isProblem(409) == "one_membership_at_a_time"
        )
        let ended = try await alice.json(
            .post,
            "\(dora)/end",
            #"{"on": "2026-10-31", "reason": "moved away"}"#
        )
        #expect(try ended.status == 200 && ended.json["ended"] == .string("2026-10-31"))
        let again = try await alice.json(.post, "\(dora)/rejoin", #"{"seat": "Dyer"}"#, key: "k-1")
        #expect(again.status == 201)
        let place = try #require(again["Location"])
        #expect(place != dora && place.hasPrefix(Self.members))
        #expect(try await alice.get(place).json["joined"] == .string("2026-11-01"))
        #expect(
            try await alice.json(.post, "\(dora)/rejoin", #"{"seat": "Dyer"}"#, key: "k-1").text == again.text
        )
    }

    @Test func `decide for themselves what is theirs`() async throws {
        let place = "\(Self.members)/\(sample.bob.id)"
        let own =
            #"{"margin": "40%", "value_of_hour": {"amount": "55.00", "currency": "EUR"}, "shares_figures": true}"#
        for body in [own, #"{"margin": "40%"}"#, #"{"shares_figures": false}"#] {
            let answer = try await alice.json(.patch, place, body, ifMatch: "*")
            #expect(try answer.isProblem(403) == "forbidden")
            #expect(answer.text.contains("own to decide"))
        }
        #expect(try await bob.json(.patch, place, own, ifMatch: "*").status == 204)
        let me = try await bob.get("/api/v1/me").json["memberships"]?.elements.first
        #expect(me?["margin"] == .string("40%") && me?["shares_figures"] == .truth(true))
        #expect(me?["value_of_hour"]?["amount"] == .string("55.00"))
        let earlier = #"{"margin": "30%", "from": "2026-10-01"}"#
        #expect(try await bob.json(.patch, place, earlier, ifMatch: "*").status == 204)
        #expect(
            try await bob.get("/api/v1/me").json["memberships"]?.elements.first?["margin"] == .string("40%")
        )
        #expect(
            try await bob.json(.patch, place, #"{"seat": "Poet"}"#, ifMatch: "*").isProblem(403)
                == "forbidden"
        )
        for (body, pointer) in [
            (#"{"margin": "140%"}"#, "/margin"), (#"{"margin": 0.4}"#, "/margin"),
            (#"{"status": "ended"}"#, "/status"),
            (#"{"value_of_hour": "55.00"}"#, "/value_of_hour"), (#"{"from": "2026-10-01"}"#, "/"),
            (#"{"person_id": 1}"#, "/person_id"), (#"{"shares_figures": "yes"}"#, "/shares_figures"),
        ] {
            let answer = try await bob.json(.patch, place, body, ifMatch: "*")
            #expect(try ["field", "unfit"].contains(answer.isProblem(422)))
            #expect(try answer.json["errors"]?.elements.first?["pointer"] == .string(pointer))
        }
    }

    /// Whoever may change an address may have a link sent there, and become its person.
    @Test func `keep the address with which they sign in`() async throws {
        let place = "\(Self.members)/\(sample.bob.id)"
        let taken = try await alice.json(.patch, place, #"{"email": "mine@example.org"}"#, ifMatch: "*")
        #expect(try taken.isProblem(422) == "unfit")
        #expect(taken.text.contains("/email"))
        #expect(try await alice.get(place).json["email"] == .string("bob@example.org"))
    }

    @Test func `of the shell decide for themselves, too`() async throws {
        let bob = try await sample.acting(as: sample.bob)
        try await bob.set([("margin", "40%")], of: sample.bob, in: sample.alder, from: nil)
        for (setting, member) in [
            (MemberSetting.margin, sample.alice), (.seat, sample.bob), (.email, sample.bob),
        ] {
            let error = await #expect(throws: NotTheirs.self) {
                try await bob.set([(setting.rawValue, "40%")], of: member, in: sample.alder, from: nil)
            }
            #expect(error?.setting == setting)
        }
        let alice = try await sample.acting(as: sample.alice)
        let error = await #expect(throws: NotTheirs.self) {
            try await alice.set([("shares-figures", "yes")], of: sample.bob, in: sample.alder, from: nil)
        }
        #expect(error?.setting == .sharesFigures)
    }
}
