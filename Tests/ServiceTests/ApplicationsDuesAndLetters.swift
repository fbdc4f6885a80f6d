import HTTPTypes
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Applications, dues and letters over HTTP` {
    static let base = "/api/v1/chapters/alder"

    let sample: SampleChapter
    /// Of the membership committee, and the treasurer.
    let carla: Membership
    let dora: Membership

    init() async throws {
        sample = try await SampleChapter()
        carla = try await sample.shell.add(.sample("Carla Cook"))
        dora = try await sample.shell.add(.sample("Dora Dyer"))
        for (member, role) in [(carla, OfficeRole.membershipCommittee), (dora, .secretaryTreasurer)] {
            _ = try await sample.shell.run(
                .appoint(member, as: role, from: .day("2026-04-01"), to: nil, in: sample.alder.id)
            )
        }
    }

    @Test func `an application goes from opening to induction`() async throws {
        let committee = try await sample.caller(carla)
        let place = "\(Self.base)/applications"
        let made = try await committee.json(
            .post,
            place,
            #"{"name": "Karl Kurz", "seat": "Florist", "sponsor": "Bob Baker", "notes": "Talked to his clients"}"#,
            key: "a"
        )
        #expect(made.status == 201, "\(made.text)")
        let address = try #require(made["Location"])
        let again = try await committee.json(
            .post,
            place,
            #"{"name": "Karl Kurz", "seat": "Florist", "sponsor": "Bob Baker", "notes": "Talked to his clients"}"#,
            key: "a"
        )
        #expect(again["Location"] == address)
        let steps = [
            ("references", #"{"name": "Rita Rees", "outcome": "Would hire again"}"#, 204),
            ("vote", #"{"vote": "maybe"}"#, 422), ("vote", #"{"vote": "yes"}"#, 204),
            ("induction", #"{"member": "Dora Dyer"}"#, 422), ("decision", #"{"decision": "declined"}"#, 422),
            ("decision", #"{"decision": "accepted"}"#, 204), ("decision", #"{"decision": "accepted"}"#, 409),
            ("vote", #"{"vote": "no"}"#, 409), ("induction", #"{"member": "Paul @ Far"}"#, 422),
            ("induction", #"{"member": "Dora Dyer"}"#, 204),
        ]
        for (step, body, status) in steps {
            let answer = try await committee.json(
                step == "references" ? .post : .put,
                "\(address)/\(step)",
                body
            )
            #expect(answer.status == status, "\(step) \(body): \(answer.text)")
        }
        let seen = try await sample.caller(sample.alice).get(address)
        #expect(try seen.json["references"] == .number(1) && seen.json["yes"] == .number(1))
        #expect(try seen.json["decision"] == .string("accepted"))
        #expect(try seen.json["member"] == .number(Double(dora.id.number)))
        #expect(try await committee.get("\(place)?pending=true").json.elements.isEmpty)
        #expect(try await committee.get(place).json.elements.count == 1)
        #expect(try await sample.caller(sample.bob).get(address).isProblem(403) == "forbidden")
    }

    @Test func `references that are noted at once are all kept`() async throws {
        let committee = try await sample.caller(carla)
        let made = try await committee.json(
            .post,
            "\(Self.base)/applications",
            #"{"name": "Karl Kurz", "seat": "Florist"}"#
        )
        let address = try #require(made["Location"])
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...16 {
                group.addTask {
                    try await committee.json(
                        .post,
                        "\(address)/references",
                        #"{"name": "Rita Rees", "outcome": "\#(number)"}"#
                    ).status
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 204, count: 16))
        #expect(try await committee.get(address).json["references"] == .number(16))
    }

    @Test func `the treasurer writes an invoice, and a member sees their own`() async throws {
        let treasurer = try await sample.caller(dora)
        let euro = #"{"amount": "900.00", "currency": "EUR"}"#
        let invoice = try await treasurer.json(
            .post,
            "\(Self.base)/dues/invoices",
            #"{"member": \#(sample.bob.id), "amount": \#(euro), "date": "2026-10-01", "due": "2026-10-15", "to": "2027-09-30"}"#
        )
        #expect(invoice.status == 201, "\(invoice.text)")
        let payment = try await treasurer.json(
            .post,
            "\(Self.base)/dues/payments",
            #"{"member": "Bob Baker", "amount": {"amount": "300.00", "currency": "EUR"}, "note": "cash"}"#
        )
        #expect(payment.status == 201, "\(payment.text)")
        let bob = try await sample.caller(sample.bob)
        let balance = try #require(try await bob.get("\(Self.base)/dues").json.elements.first)
        #expect(balance["arrears"]?["amount"] == .string("600.00"))
        #expect(balance["due_since"] == .string("2026-10-15"))
        #expect(try await sample.caller(carla).get("\(Self.base)/dues/invoices").json.elements.isEmpty)
        let place = try #require(payment["Location"])
        #expect(try await treasurer.send(.delete, place).isProblem(400) == "parameter")
        #expect(try await treasurer.send(.delete, "\(place)?because=twice").status == 204)
        #expect(try await treasurer.send(.delete, "\(place)?because=twice").isProblem(404) == "not-found")
        let voided = try #require(try await bob.get("\(Self.base)/dues/payments").json.elements.first)
        #expect(voided["voided_because"] == .string("twice"))
        let wrong = [
            #"{"member": "Bob Baker"}"#, #"{"member": "Bob Baker", "amount": 900}"#,
            #"{"member": "Nobody", "amount": \#(euro)}"#,
            #"{"member": "Bob Baker", "amount": \#(euro), "kind": "fine"}"#,
            #"{"member": "Bob Baker", "amount": {"amount": "0.00", "currency": "EUR"}}"#,
            #"{"member": "Bob Baker", "amount": \#(euro), "date": "2026-10-02", "due": "2026-10-01"}"#,
        ]
        for body in wrong {
            _ = try await treasurer.json(.post, "\(Self.base)/dues/invoices", body).isProblem(422)
        }
    }

    @Test func `everybody is billed once, and reads their own account`() async throws {
        try await sample.shell.setPolicy(
            [("membership-fee", "900.00")],
            of: sample.alder,
            from: .day("2026-04-01")
        )
        let treasurer = try await sample.caller(dora)
        let place = "\(Self.base)/dues/bill"
        let lines = try await treasurer.get("\(place)?for=term&from=2026-10-01&to=2026-10-31").json.elements
        #expect(lines.count == 4 && lines.allSatisfy { $0["is_billed"] == .truth(false) })
        let body = #"{"for": "term", "from": "2026-10-01", "to": "2026-10-31", "due": "2026-11-30"}"#
        for _ in 1...2 {
            let billed = try await treasurer.json(.post, place, body, key: "bill")
            #expect(try billed.json["invoices"] == .number(4), "\(billed.text)")
        }
        let again = try await treasurer.json(.post, place, body)
        #expect(try again.json["invoices"] == .number(0))
        for (question, kind) in [
            ("for=term&from=2026-10-01", "parameter"), ("for=all&from=2026-10-01&to=2026-10-31", "parameter"),
            ("from=2026-10-01&to=2026-10-31", "parameter"),
        ] {
            #expect(try await treasurer.get("\(place)?\(question)").isProblem(400) == kind)
        }
        #expect(try await treasurer.get("\(place)?for=term&from=2026-10-02&to=2026-10-01").status == 422)
        _ = try await treasurer.json(.post, place, #"{"for": "term", "from": "2026-10-01"}"#).isProblem(422)
        let bob = try await sample.caller(sample.bob)
        let account = try await bob.get("\(Self.base)/dues/members/\(sample.bob.id)").json.elements
        #expect(account.map { $0["balance"]?["amount"] } == [.string("75.00")])
        #expect(try await bob.get("\(Self.base)/dues/members/\(dora.id)").isProblem(403) == "forbidden")
        #expect(try await treasurer.get("\(Self.base)/dues/members/\(sample.charlie.id)").status == 404)
    }

    @Test func `a letter is drafted, read and given once`() async throws {
        _ = try await sample.absenceLetter()
        let alice = try await sample.caller(sample.alice)
        let place = "\(Self.base)/absence-letters"
        let made = try await alice.json(.post, place, #"{"member": "Bob Baker"}"#)
        #expect(made.status == 201, "\(made.text)")
        let address = try #require(made["Location"])
        #expect(try await alice.get(address).json["text"]?.string?.hasPrefix("Dear Bob Baker,") == true)
        #expect(try await alice.json(.put, "\(address)/delivery", #"{"by": "pigeon"}"#).status == 422)
        let bob = try await sample.caller(sample.bob)
        #expect(try await bob.get(place).json.elements.isEmpty)
        #expect(try await alice.json(.put, "\(address)/delivery", #"{"by": "mail"}"#).status == 204)
        #expect(
            try await alice.json(.put, "\(address)/delivery", #"{"by": "hand"}"#).isProblem(409) == "given"
        )
        #expect(try await bob.get(place).json.elements.count == 1)
        for member in ["\(sample.charlie.id)", "999999", "\"Alice Archer\""] {
            _ = try await alice.json(.post, place, #"{"member": \#(member)}"#).isProblem(422)
        }
    }

    @Test func `another chapter's papers look like none`() async throws {
        let foreign = try await sample.papers(of: sample.charlie, in: sample.birchShell)
        let none = try #require(SlipID("00000000-0000-4000-8000-000000000000"))
        for (id, missing) in [(foreign.application, none), (foreign.invoice, none), (foreign.payment, none)] {
            let committee = try await sample.caller(carla)
            let treasurer = try await sample.caller(dora)
            for id in [id, missing] {
                #expect(
                    try await committee.get("\(Self.base)/applications/\(id)").isProblem(404) == "not-found"
                )
                let decision = try await committee.json(
                    .put,
                    "\(Self.base)/applications/\(id)/decision",
                    #"{"decision": "accepted"}"#
                )
                #expect(try decision.isProblem(404) == "not-found")
                for paper in ["invoices", "payments"] {
                    let answer = try await treasurer.send(
                        .delete,
                        "\(Self.base)/dues/\(paper)/\(id)?because=x"
                    )
                    #expect(try answer.isProblem(404) == "not-found")
                }
            }
        }
    }
}
