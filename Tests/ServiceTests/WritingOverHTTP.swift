import HTTPTypes
import Hummingbird
import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Writing over HTTP` {
    static let base = "/api/v1/chapters/alder"

    let sample: SampleChapter
    let alice: Caller
    let bob: Caller

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.caller(sample.alice)
        bob = try await sample.caller(sample.bob)
    }

    @Test func `passes a referral, which its two see and move`() async throws {
        let made = try await bob.json(.post, "\(Self.base)/referrals", referral)
        #expect(made.status == 201)
        let id = try #require(try made.json["id"]?.string)
        #expect(made["Location"] == "\(Self.base)/referrals/\(id)")
        let seen = try await alice.get("\(Self.base)/referrals/\(id)")
        #expect(try seen.json["giver"] == .string("Bob Baker"))
        #expect(try seen.json["status"] == .string("passed"))
        // What a third party told one member is for giver and receiver, and in no list.
        #expect(!seen.text.contains("Karl"))
        #expect(
            try await alice.json(.post, "\(Self.base)/referrals/\(id)/steps", #"{"step": "contacted"}"#)
                .status == 204
        )
        #expect(try await bob.get("\(Self.base)/referrals/\(id)").json["status"] == .string("contacted"))
        // The giver sees it move, and does not move it.
        #expect(
            try await bob.json(.post, "\(Self.base)/referrals/\(id)/steps", #"{"step": "won"}"#).isProblem(
                403
            )
                == "forbidden"
        )
    }

    @Test func `does under one key one thing, whatever comes in between`() async throws {
        let first = try await bob.json(.post, "\(Self.base)/referrals", referral, key: "k-1")
        let again = try await bob.json(.post, "\(Self.base)/referrals", referral, key: "k-1")
        #expect(first.status == 201 && again.status == 201)
        #expect(first.text == again.text && first["Location"] == again["Location"])
        let other = referral.replacing("a roof", with: "a door")
        #expect(
            try await bob.json(.post, "\(Self.base)/referrals", other, key: "k-1").isProblem(422)
                == "idempotency-key"
        )
        // Another person's key is another key.
        #expect(try await alice.json(.post, "\(Self.base)/referrals", toBob, key: "k-1").status == 201)
        #expect(try await referrals() == 2)
        for key in ["", " ", String(repeating: "k", count: 201), "k\u{e4}"] {
            #expect(try await bob.json(.post, "\(Self.base)/referrals", referral, key: key).status == 400)
        }
        #expect(try await referrals() == 2)
    }

    @Test func `does it once when it is asked for eight times at once`() async throws {
        let bob = bob
        let referral = referral
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for _ in 0..<8 {
                group.addTask { try await bob.json(.post, "\(Self.base)/referrals", referral, key: "k-2") }
            }
            return try await group.reduce(into: [Answer]()) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0.status == 201 || $0.status == 409 })
        #expect(Set(answers.filter { $0.status == 201 }.map(\.text)).count == 1)
        #expect(try await referrals() == 1)
    }

    @Test func `keeps nothing of what is refused, so that it may be tried again`() async throws {
        let toOneself = #"{"giver": \#(sample.bob.id), "receiver": \#(sample.bob.id), "need": "a roof"}"#
        for _ in 0..<2 {
            let answer = try await bob.json(.post, "\(Self.base)/referrals", toOneself, key: "k-3")
            #expect(try answer.isProblem(422) == "referral_is_not_to_oneself")
        }
        #expect(try await referrals() == 0)
        let kept = try await sample.scratch.superuser.run(
            Query<Int>(value: "SELECT count(*) FROM app.kept_answer")
        )
        #expect(kept == 0)
    }

    @Test(
        arguments: [
            "", " ", "{", "[]", "null", "\"x\"", "{\"need\": }", "{\"need\": \"a\" \"b\"}", "{'need': 1}",
            "{\"need\": \"a\",}",
            "{\"need\": \"a\", \"need\": \"b\"}", "{\"need\": \"\\ud800\"}", "{\"need\": \"\\u0000\"}",
            "{\"need\": \"\u{1}\"}",
            "{\"need\": 01}", "{\"need\": 1.}", "{\"need\": 1e}", "{\"need\": +1}", "{\"need\": NaN}",
            "{} {}", "{}x",
            "{\"need\": \"\\x\"}", "{\"need\": \"", "{\"need\": tru}",
            String(repeating: "[", count: 100_000),
            "{\"a\":" + String(repeating: "[", count: 17) + String(repeating: "]", count: 17) + "}",
        ]
    )
    func `refuses what is no JSON`(_ body: String) async throws {
        let answer = try await bob.json(.post, "\(Self.base)/referrals", body)
        #expect(try answer.isProblem(400) == "json", "\(body.prefix(40))")
    }

    @Test func `refuses bytes that are no text, and too many of them`() async throws {
        let broken = ByteBuffer(bytes: Array("{\"need\": \"".utf8) + [0xff] + Array("\"}".utf8))
        let answer = try await bob.send(
            .post,
            "\(Self.base)/referrals",
            headers: [.contentType: "application/json"],
            body: broken
        )
        #expect(try answer.isProblem(400) == "json")
        let long = "{\"need\": \"" + String(repeating: "a", count: 300_000) + "\"}"
        #expect((400..<500).contains(try await bob.json(.post, "\(Self.base)/referrals", long).status))
        let form = try await bob.send(
            .post,
            "\(Self.base)/referrals",
            headers: [.contentType: "text/plain"],
            body: ByteBuffer(string: referral)
        )
        #expect(try form.isProblem(415) == "media-type")
    }

    @Test(
        arguments: [
            (#"{}"#, "/receiver"), (#"{"receiver": 1.5, "need": "a"}"#, "/receiver"),
            (#"{"receiver": 99999999999999999999, "need": "a"}"#, "/receiver"),
            (#"{"receiver": true, "need": "a"}"#, "/receiver"),
            (#"{"receiver": "Zoe @ Elsewhere", "need": 1}"#, "/need"),
            (#"{"receiver": "Zoe @ Elsewhere", "need": "a\nb"}"#, "/need"),
            (#"{"receiver": "Zoe @ Elsewhere"}"#, "/need"),
            (#"{"receiver": "Zoe @ Elsewhere", "need": "a", "warmth": 6}"#, "/warmth"),
            (#"{"receiver": "Zoe @ Elsewhere", "need": "a", "warmth": 1e1}"#, "/warmth"),
            (#"{"receiver": "Zoe @ Elsewhere", "need": "a", "date": "2026-02-30"}"#, "/date"),
            (#"{"receiver": "Zoe @ Elsewhere", "need": "a", "prospect": []}"#, "/prospect"),
            (#"{"receiver": "Zoe @ Elsewhere", "need": "a", "prospect": {"phone": "1"}}"#, "/prospect/name"),
            (
                #"{"receiver": "Zoe @ Elsewhere", "need": "a", "prospect": {"name": "K", "x": 1}}"#,
                "/prospect/x"
            ),
            (#"{"receiver": "Zoe @ Elsewhere", "need": "a", "chapter_id": 2}"#, "/chapter_id"),
            (#"{"receiver": "Zoe @ Elsewhere", "need": "a", "unplaced_profession": "roofer"}"#, "/receiver"),
        ]
    )
    func `names the field that is not right`(_ body: String, _ pointer: String) async throws {
        let answer = try await bob.json(.post, "\(Self.base)/referrals", body)
        #expect(try answer.isProblem(422) == "field")
        guard case .array(let errors) = try answer.json["errors"] else { return #expect(Bool(false)) }
        #expect(errors.first?["pointer"] == .string(pointer))
        #expect(try await referrals() == 0)
    }

    @Test(arguments: ["2", "2.0", "2e0", "20e-1", "0.2e1"])
    func `takes a whole number however it is written`(_ warmth: String) async throws {
        let made = try await bob.json(
            .post,
            "\(Self.base)/referrals",
            #"{"receiver": \#(sample.alice.id).0, "need": "a", "warmth": \#(warmth)}"#
        )
        #expect(made.status == 201, "\(made.text)")
        #expect(try await bob.get(#require(made["Location"])).json["warmth"] == .number(2))
    }

    @Test(arguments: ["2.5", "2e-1", "1e99", "1e-99", "99999999999999999999e-19", "2e1"])
    func `takes no other number for a whole one`(_ warmth: String) async throws {
        let body = #"{"receiver": "Zoe @ Elsewhere", "need": "a", "warmth": \#(warmth)}"#
        #expect(try await bob.json(.post, "\(Self.base)/referrals", body).isProblem(422) == "field")
    }

    @Test func `tells what is written wrongly from what does not fit`() async throws {
        for name in ["Nobody Known", "visitor: ", "Zoe @ "] {
            let answer = try await bob.json(
                .post,
                "\(Self.base)/referrals",
                #"{"receiver": "\#(name)", "need": "a"}"#
            )
            #expect(try answer.isProblem(422) == "unfit")
            #expect(try answer.json["errors"]?.elements.first?["pointer"] == .string("/receiver"))
        }
        // As long as the document allows, in scalars, and one more.
        for (length, status) in [(200, 201), (201, 422)] {
            let need = String(repeating: "\u{1F642}", count: length)
            let body = #"{"receiver": "Zoe @ Elsewhere", "need": "\#(need)"}"#
            #expect(try await bob.json(.post, "\(Self.base)/referrals", body).status == status)
        }
    }

    @Test(arguments: ["12.34567", "-1.00", "1e3", "1,00", "", "NaN", "99999999999999999999.00", "١٢"])
    func `takes no amount that is not exact`(_ amount: String) async throws {
        let body = #"{"thanked": \#(sample.alice.id), "amount": {"amount": "\#(amount)", "currency": "EUR"}}"#
        let answer = try await bob.json(.post, "\(Self.base)/thanks", body)
        #expect(try answer.isProblem(422) == "field")
    }

    @Test(
        arguments: [
            ("12.345", "EUR", "amount"), ("99999999999999.00", "EUR", "amount"), ("1.00", "USD", "currency"),
        ]
    )
    func `takes no amount that the ledger does not hold`(
        _ amount: String,
        _ code: String,
        _ field: String
    )
        async throws
    {
        let body =
            #"{"thanked": \#(sample.alice.id), "amount": {"amount": "\#(amount)", "currency": "\#(code)"}}"#
        let answer = try await bob.json(.post, "\(Self.base)/thanks", body)
        #expect(try answer.isProblem(422) == "unfit")
        #expect(try answer.json["errors"]?.elements.first?["pointer"] == .string("/amount/\(field)"))
    }

    @Test func `lets a member record their own, and leaders everybody's`() async throws {
        let forAlice = #"{"giver": \#(sample.alice.id), "receiver": \#(sample.bob.id), "need": "a roof"}"#
        #expect(try await bob.json(.post, "\(Self.base)/referrals", forAlice).isProblem(403) == "forbidden")
        let forBob = #"{"giver": \#(sample.bob.id), "receiver": \#(sample.alice.id), "need": "a roof"}"#
        #expect(try await alice.json(.post, "\(Self.base)/referrals", forBob).status == 201)
    }

    @Test func `gives a list part by part, everything once`() async throws {
        for number in 1...7 {
            let body =
                #"{"receiver": "Zoe @ Elsewhere", "need": "roof \#(number)", "date": "2026-10-\#(10 + number / 3)"}"#
            #expect(try await bob.json(.post, "\(Self.base)/referrals", body).status == 201)
        }
        #expect(try await alice.json(.post, "\(Self.base)/referrals", toBob).status == 201)
        var needs: [String] = []
        var address: String? = "\(Self.base)/referrals?limit=3&from=2026-10-01&to=2026-10-31"
        while let next = address {
            let answer = try await alice.get(next)
            guard case .array(let entries) = try answer.json else { break }
            #expect(entries.count <= 3)
            needs += entries.compactMap { $0["need"]?.string }
            let link = answer["Link"]?.split(separator: ">").first.map { String($0.dropFirst()) }
            #expect((link == nil) == (answer["Link"] == nil))
            address = link
        }
        #expect(Set(needs) == Set((1...7).map { "roof \($0)" }))
        #expect(needs.count == 7)
        for query in [
            "limit=0", "limit=201", "limit=x", "after=x", "page=2",
        ] {
            #expect(try await alice.get("\(Self.base)/referrals?\(query)").status == 400, "\(query)")
        }
        let backwards = try await alice.get("\(Self.base)/referrals?from=2026-10-31&to=2026-10-01")
        #expect(try backwards.isProblem(422) == "unfit")
    }

    @Test func `shows a member their own, and a leader all`() async throws {
        _ = try await alice.json(
            .post,
            "\(Self.base)/referrals",
            #"{"receiver": "Zoe @ Elsewhere", "need": "of Alice"}"#
        )
        _ = try await bob.json(
            .post,
            "\(Self.base)/referrals",
            #"{"receiver": "Zoe @ Elsewhere", "need": "of Bob"}"#
        )
        let (ofBob, ofAlice) = try await (
            bob.get("\(Self.base)/referrals"), alice.get("\(Self.base)/referrals")
        )
        #expect(ofBob.text.contains("of Bob") && !ofBob.text.contains("of Alice"))
        #expect(ofAlice.text.contains("of Bob") && ofAlice.text.contains("of Alice"))
    }

    @Test func `takes a sheet from whoever saw the newest`() async throws {
        _ = try await sample.shell.schedule(
            from: .day("2026-10-28"),
            to: .day("2026-10-28"),
            in: sample.alder
        )
        let sheet = "\(Self.base)/meetings/2026-10-28/attendance"
        let seen = try #require(try await alice.get(sheet)["ETag"])
        let all =
            #"{"marks": [{"member": \#(sample.alice.id), "mark": "P"}, {"member": \#(sample.bob.id), "mark": "L"}]}"#
        #expect(try await alice.json(.put, sheet, all).isProblem(428) == "if-match")
        for tag in ["5a1f", "\"", "\"a", "*, \"a\"", "\"a\",", "\"a\" \"b\"", "w/\"a\""] {
            let answer = try await alice.json(.put, sheet, all, ifMatch: tag)
            #expect(try answer.isProblem(412) == "if-match", "\(tag)")
        }
        for tag in ["W/\"a\"", "\"a,b\"", "\"\" , W/\"b\""] {
            #expect(try await alice.json(.put, sheet, all, ifMatch: tag).isProblem(412) == "stale")
        }
        let one = #"{"marks": [{"member": \#(sample.alice.id), "mark": "P"}]}"#
        let partly = try await alice.json(.put, sheet, one, ifMatch: seen)
        #expect(partly.status == 422 && partly.text.contains("Bob Baker is missing"))
        #expect(try await alice.json(.put, sheet, all, ifMatch: seen).status == 204)
        #expect(try await alice.json(.put, sheet, all, ifMatch: seen).isProblem(412) == "stale")
        #expect(
            try await alice.json(.patch, sheet, #"{"marks": [{"member": \#(sample.bob.id), "mark": "A"}]}"#)
                .status == 204
        )
        let now = try await alice.get(sheet)
        #expect(now["ETag"] != seen && now.text.contains(#""mark":"A""#))
        let stranger = #"{"marks": [{"member": \#(sample.charlie.id), "mark": "P"}]}"#
        #expect(try await alice.json(.patch, sheet, stranger).text.contains("/marks/0/member"))
    }

    @Test func `seals a sheet that is whole, and opens it again with a reason`() async throws {
        _ = try await sample.shell.schedule(
            from: .day("2026-10-28"),
            to: .day("2026-10-28"),
            in: sample.alder
        )
        let meeting = "\(Self.base)/meetings/2026-10-28"
        let early = try await alice.json(.put, "\(meeting)/seal", "")
        #expect(early.status == 409 || early.status == 422)
        #expect(
            try await alice.json(.patch, "\(meeting)/attendance", #"{"marks": [], "everybody_else": "P"}"#)
                .status == 204
        )
        #expect(try await alice.json(.put, "\(meeting)/seal", "").status == 204)
        #expect(
            try await alice.json(
                .patch,
                "\(meeting)/attendance",
                #"{"marks": [{"member": \#(sample.bob.id), "mark": "A"}]}"#
            )
            .isProblem(409) == "sealed_sheet_is_closed"
        )
        #expect(try await alice.json(.delete, "\(meeting)/seal", "").status == 400)
        #expect(try await alice.json(.delete, "\(meeting)/seal?reason=a%20typing%20error", "").status == 204)
    }

    private var referral: String {
        """
        {"receiver": \(sample.alice.id), "need": "a roof", "warmth": 4, "prospect": {"name": "Karl Kurz", "phone": "+49 30 1"}}
        """
    }

    private var toBob: String {
        #"{"receiver": \#(sample.bob.id), "need": "bread"}"#
    }

    private func referrals() async throws -> Int {
        try await sample.scratch.superuser.run(Query<Int>(value: "SELECT count(*) FROM app.referral"))
    }
}
