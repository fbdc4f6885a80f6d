import HTTPTypes
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Whose business it was: the referral that thanks cite led to whoever earned.
@Suite(.sampleDatabase)
struct `Thanks that cite a referral` {
    static let base = "/api/v1/chapters/alder"

    let sample: SampleChapter
    let dora: Membership
    let emil: Membership
    let alice: Caller

    init() async throws {
        sample = try await SampleChapter()
        dora = try await sample.shell.add(.sample("Dora Dyer", seat: "Dyer"))
        emil = try await sample.shell.add(.sample("Emil Eaves", seat: "Builder"))
        alice = try await sample.caller(sample.alice)
    }

    @Test func `are of its receiver, its giver, or whoever it was passed on to`() async throws {
        let first = try await pass(from: sample.alice, to: .member(sample.bob.id), on: "2026-10-05")
        _ = try await pass(
            from: sample.bob,
            to: .outsider(name: "Zoe Zander", home: "Elsewhere"),
            on: "2026-10-06"
        )
        _ = try await pass(from: sample.bob, to: .member(dora.id), on: "2026-10-08")
        for earner in ["\(sample.bob.id)", "\(sample.alice.id)", "\(dora.id)", "\"Zoe Zander @ Elsewhere\""] {
            #expect(try await thank(earner: earner, citing: first).status == 201, "\(earner)")
        }
    }

    @Test func `are refused to everybody else, with the field's name`() async throws {
        let first = try await pass(from: sample.alice, to: .member(sample.bob.id), on: "2026-10-05")
        // What Bob passed on before, and what came after the business was closed, did not lead to it.
        _ = try await pass(from: sample.bob, to: .member(dora.id), on: "2026-10-04")
        _ = try await pass(from: sample.bob, to: .member(emil.id), on: "2026-10-25")
        for earner in ["\(dora.id)", "\(emil.id)", "\"Zoe Zander @ Elsewhere\""] {
            let answer = try await thank(earner: earner, citing: first)
            #expect(try answer.isProblem(422) == "unfit", "\(earner)")
            #expect(try answer.json["errors"]?.elements.first?["pointer"] == .string("/referral"))
        }
        let late = try await thank(earner: "\(sample.bob.id)", citing: first, on: "2026-10-04")
        #expect(try late.isProblem(422) == "unfit")
    }

    @Test func `do not say whether a referral is there of which one has no part`() async throws {
        let others = try await pass(from: sample.alice, to: .member(dora.id), on: "2026-10-05")
        let none = try #require(SlipID("00000000-0000-4000-8000-000000000000"))
        let bob = try await sample.caller(sample.bob)
        var answers: [JSON?] = []
        for referral in [others, none] {
            let answer = try await thank(earner: "\(sample.bob.id)", citing: referral, by: bob)
            #expect(try answer.isProblem(422) == "unfit")
            answers.append(try answer.json["detail"])
        }
        #expect(answers[0] == answers[1])
    }

    @Test func `may be of somebody who came back since`() async throws {
        let first = try await pass(from: sample.alice, to: .member(dora.id), on: "2026-10-05")
        _ = try await sample.shell.run(
            .end(dora.id, on: .day("2026-10-10"), reason: nil, in: sample.alder.id)
        )
        let again = try await sample.shell.rejoin(dora, seat: nil, joinedOn: .day("2026-10-15"))
        #expect(try await thank(earner: "\(again.id)", citing: first).status == 201)
    }

    @Test func `are refused at the shell in words`() async throws {
        let first = try await pass(from: sample.alice, to: .member(sample.bob.id), on: "2026-10-05")
        let dora = dora
        await expectRefusal(.referralOfOthers) {
            _ = try await sample.shell.transaction { ledger in
                try await ledger.record(
                    ThanksDraft(
                        earner: .member(dora.id),
                        thanked: .chapter,
                        amount: Money(minorUnits: 100, currency: sample.alder.currency),
                        referral: first,
                        closedOn: .day("2026-10-20")
                    )
                )
            }
        }
    }

    private func pass(from giver: Membership, to receiver: Party, on day: String) async throws -> SlipID {
        try await sample.shell.transaction { ledger in
            try await ledger.pass(
                ReferralDraft(
                    giver: .member(giver.id),
                    receiver: receiver,
                    tier: 1,
                    need: "a roof",
                    warmth: 3,
                    passedOn: .day(day)
                )
            )
        }
    }

    private func thank(
        earner: String,
        citing referral: SlipID,
        on day: String = "2026-10-20",
        by caller: Caller? = nil
    ) async throws -> Answer {
        try await (caller ?? alice).json(
            .post,
            "\(Self.base)/thanks",
            """
            {"earner": \(earner), "thanked": \(earner.hasPrefix("\"") ? "\(emil.id)" : "\"chapter\""), "date": "\(day)",
             "amount": {"amount": "10.00", "currency": "EUR"}, "referral": "\(referral)"}
            """
        )
    }
}

@Suite(.sampleDatabase)
struct `What becomes of things over HTTP` {
    static let base = "/api/v1/chapters/alder"

    let sample: SampleChapter
    let alice: Caller
    let bob: Caller

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.caller(sample.alice)
        bob = try await sample.caller(sample.bob)
    }

    @Test func `is in the steps of a referral, to who may see it`() async throws {
        let made = try await alice.json(
            .post,
            "\(Self.base)/referrals",
            #"{"receiver": \#(sample.bob.id), "need": "a roof"}"#
        )
        let id = try #require(try made.json["id"]?.string)
        for body in [#"{"step": "contacted"}"#, #"{"step": "declined", "reason": "too far"}"#] {
            #expect(try await bob.json(.post, "\(Self.base)/referrals/\(id)/steps", body).status == 204)
        }
        for caller in [alice, bob] {
            let steps = try await caller.get("\(Self.base)/referrals/\(id)/steps").json.elements
            #expect(steps.map { $0["step"]?.string } == ["passed", "contacted", "declined"])
            #expect(steps.map { $0["by"]?.string } == ["Alice Archer", "Bob Baker", "Bob Baker"])
            #expect(steps.last?["reason"] == .string("too far"))
            #expect(steps.first?["at"]?.string?.hasSuffix("Z") == true)
        }
        let dora = try await sample.caller(try await sample.shell.add(.sample("Dora Dyer")))
        #expect(try await dora.get("\(Self.base)/referrals/\(id)/steps").isProblem(404) == "not-found")
    }

    @Test func `is the end of an office on a day`() async throws {
        let made = try await alice.json(
            .post,
            "\(Self.base)/offices",
            #"{"member": \#(sample.bob.id), "role": "events", "from": "2026-10-01"}"#
        )
        #expect(made.status == 201)
        let place = try #require(made["Location"])
        #expect(try await bob.get(place).json["to"] == .null)
        #expect(try await bob.send(.delete, "\(place)?on=2026-10-31").isProblem(403) == "forbidden")
        #expect(
            try await alice.send(.delete, "\(place)?on=2026-09-30").isProblem(422)
                == "term_ends_after_it_begins"
        )
        #expect(try await alice.send(.delete, "\(place)?until=2026-10-31").isProblem(400) == "parameter")
        #expect(try await alice.send(.delete, "\(place)?on=2026-12-31").status == 204)
        #expect(try await alice.get(place).json["to"] == .string("2026-12-31"))
        #expect(try await alice.send(.delete, place).status == 204)
        #expect(try await alice.get(place).json["to"] == .string("2026-11-01"))
        // What has ended is not ended later.
        #expect(try await alice.send(.delete, "\(place)?on=2026-11-30").status == 204)
        #expect(try await alice.get(place).json["to"] == .string("2026-11-01"))
        let trail = try await sample.shell.run(.auditTrail(of: sample.alder.id, limit: 100))
        let ends = trail.filter { $0.entity == "office" && $0.action == "update" }
        #expect(ends.count == 2)
        #expect(
            ends.allSatisfy {
                $0.person == sample.alice.person && $0.door == "api" && $0.changed == ["to_on"]
            }
        )
    }
}
