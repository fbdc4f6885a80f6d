import HTTPTypes
import Hummingbird
import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Importing over HTTP` {
    static let imports = "/api/v1/chapters/alder/imports"
    static let heading = "From,To,Slip Type,Inside/Outside,TYFCB Amount,CEU Credits,Detail\r\n"
    static let good = heading + "Alice Archer,Bob Baker,Referral,Inside,,,\r\n,Bob Baker,TYFCB,,120.00,,\r\n"
    static let bad =
        heading + "Nobody Known,Bob Baker,Referral,Inside,,,\r\nAlice Archer,Nil Nemo,One to One,,,,\r\n"

    let sample: SampleChapter
    let alice: Caller

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.caller(sample.alice)
    }

    @Test func `rehearses, brings in once, and takes back`() async throws {
        let question = "?kind=slips&meeting=2026-10-28&name=slips.csv"
        let rehearsal = try await send(Self.good, "\(question)&dry_run=true")
        #expect(rehearsal.status == 200)
        #expect(try rehearsal.json["result"] == .string("would-import"))
        #expect(try rehearsal.json["rows"]?.elements.count == 2)
        #expect(try await alice.get("\(Self.imports)").json.elements.isEmpty)
        let made = try await send(Self.good, question)
        #expect(made.status == 201, "\(made.text)")
        let place = try #require(made["Location"])
        let batch = try await alice.get(place).json
        #expect(
            batch["file"] == .string("slips.csv") && batch["rows"] == .number(2) && batch["undone"] == .null
        )
        let again = try await send(Self.good, question)
        #expect(again.status == 200 && again["Location"] == place)
        #expect(try again.json["result"] == .string("already-imported"))
        let otherwise = try await send(Self.good, "?kind=slips&meeting=2026-10-21")
        #expect(try otherwise.isProblem(409) == "imported-otherwise")
        #expect(try await alice.get("/api/v1/chapters/alder/referrals").json.elements.count == 1)
        #expect(try await alice.send(.delete, place).status == 204)
        #expect(try await alice.send(.delete, place).isProblem(404) == "not-found")
        #expect(try await alice.get("/api/v1/chapters/alder/referrals").json.elements.isEmpty)
        #expect(try await alice.get(place).json["undone"] != .null)
        let trail = try await sample.shell.run(.auditTrail(of: sample.alder.id, limit: 100))
        let batches = trail.filter { $0.entity == "import_batch" }
        #expect(batches.map(\.action) == ["update", "insert"])
        #expect(batches.allSatisfy { $0.door == "import" && $0.person == sample.alice.person })
    }

    @Test func `says of each row what is wrong, and brings in nothing`() async throws {
        let question = "?kind=slips&meeting=2026-10-28"
        let rehearsal = try await send(Self.bad, "\(question)&dry_run=true")
        #expect(rehearsal.status == 200)
        #expect(try rehearsal.json["rows"]?.elements.map { $0["refused"] } == [.truth(true), .truth(true)])
        let refused = try await send(Self.bad, question)
        #expect(try refused.isProblem(422) == "rows")
        let faults = try #require(try refused.json["errors"]?.elements)
        #expect(faults.map { $0["pointer"]?.string } == ["/rows/2", "/rows/3"])
        #expect(faults.allSatisfy { $0["message"]?.string?.contains("nobody of this chapter") == true })
        #expect(try await alice.get(Self.imports).json.elements.isEmpty)
        // In words that a program can follow, and not in those of the shell.
        #expect(faults.first?["message"]?.string?.hasSuffix("If they left: former=“Nobody Known”") == true)
        let needless = try await send(Self.good, "\(question)&former=Nil%20Nemo").json["errors"]?.elements
        #expect(needless?.first?["message"] == .string("no row of the file needs former=“Nil Nemo”"))
        // Whom the leaders know to have left may be named.
        let formers = try await send(Self.bad, "\(question)&former=Nobody%20Known&former=Nil%20Nemo")
        #expect(formers.status == 201)
        #expect(try formers.json["new_members"]?.elements.count == 2)
        let damaged = Self.heading + "Alice Archer,Bob Baker,Gossip,Inside,,,\r\n"
        let unknown = try await send(damaged, question)
        #expect(try unknown.isProblem(422) == "rows")
        #expect(try unknown.json["errors"]?.elements.first?["pointer"] == .string("/rows/2"))
    }

    @Test(arguments: [
        ("", 400, "parameter"), ("?kind=visitors", 400, "parameter"),
        ("?kind=slips&meeting=soon", 400, "parameter"),
        ("?kind=slips", 422, "unfit"), ("?kind=slips&from=2026-10-01", 422, "unfit"),
        ("?kind=slips&meeting=2026-10-28&meeting=2026-10-29", 400, "parameter"),
        ("?kind=slips&meeting=2026-10-28&dry_run=perhaps", 400, "parameter"),
        ("?kind=slips&meeting=2026-10-28&name=a%0Ab", 400, "parameter"),
        ("?kind=slips&meeting=2026-10-28&force=true", 400, "parameter"),
        ("?kind=palms&from=2026-10-01&to=2026-10-31", 422, "file"),
    ])
    func `refuses what it does not understand`(_ question: String, _ status: Int, _ kind: String) async throws
    {
        #expect(try await send(Self.good, question).isProblem(status) == kind)
    }

    @Test func `refuses what is no table, and too much of it`() async throws {
        let question = "?kind=slips&meeting=2026-10-28"
        for body in ["", "PK\u{3}\u{4}", "%PDF-1.7", "Name,Age\r\nCarl,41\r\n", "<Workbook>", "\u{0}\u{1}"] {
            #expect(try await send(body, question).isProblem(422) == "file")
        }
        for type in ["application/json", "multipart/form-data", "", "text/html"] {
            #expect(try await send(Self.good, question, type: type).isProblem(415) == "media-type")
        }
        let large = Self.heading + String(repeating: "x", count: 1 << 20)
        #expect(try await send(large, question).status == 413)
        #expect(try await alice.get(Self.imports).json.elements.isEmpty)
    }

    @Test func `takes in a form more names than an address holds`() async throws {
        let names = (100..<300).map { "Nobody \(String(repeating: "Known", count: 30)) the \($0)th" }
        let rows = names.map { "\($0),Bob Baker,Referral,Inside,,,\r\n" }
        let question = "?kind=slips&meeting=2026-10-28"
        let parts = [form("file", Self.heading + rows.joined(), fileName: "März \"1\".csv")]
        let made = try await send(
            (parts + names.map { form("former", $0) }).joined() + "--b--\r\n",
            question,
            type: Self.form
        )
        #expect(made.status == 201, "\(made.text)")
        #expect(try made.json["new_members"]?.elements.count == 200)
        let batch = try await alice.get(try #require(made["Location"])).json
        #expect(batch["file"] == .string("März \"1\".csv") && batch["rows"] == .number(200))
        let more = try await send(
            (parts + (names + ["One More"]).map { form("former", $0) }).joined() + "--b--",
            question,
            type: Self.form
        )
        #expect(try more.isProblem(400) == "parameter")
    }

    @Test func `refuses a form that is none, or not this one`() async throws {
        let question = "?kind=slips&meeting=2026-10-28"
        let file = form("file", Self.good)
        for body in [
            "", "--b", "--b\r\n\r\n--b--", "--c--\r\n", file, file + "--b", file + "--b-",
            "\r\n" + file + "--b--",
            "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=\"file\r\n\r\nx\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=file; name=file\r\n\r\nx\r\n--b--",
            "--b\r\n\(String(repeating: "X: y\r\n", count: 1000))\r\nx\r\n--b--",
        ] {
            let answer = try await send(body, question, type: Self.form)
            #expect(try answer.isProblem(400) == "form", "\(body.prefix(60))")
        }
        for (body, field) in [
            ("--b--", "file"), (form("former", "Nil Nemo") + "--b--", "file"),
            (file + file + "--b--", "file"),
            (file + form("kind", "slips") + "--b--", "kind"),
        ] {
            let answer = try await send(body, question, type: Self.form)
            #expect(try answer.isProblem(422) == "field")
            #expect(try answer.json["errors"]?.elements.first?["pointer"] == .string(field))
        }
        let lines = try await send(
            form("file", Self.good) + form("former", "a\nb") + "--b--",
            question,
            type: Self.form
        )
        #expect(try lines.isProblem(400) == "parameter")
        for type in [
            "multipart/form-data; boundary=", "multipart/mixed; boundary=b", "multipart/form-data; b=b",
        ] {
            #expect(try await send(file + "--b--", question, type: type).isProblem(415) == "media-type")
        }
        let quoted = "Multipart/Form-Data; charset=utf-8; Boundary=\"b\""
        #expect(try await send(file + "--b--", "\(question)&dry_run=true", type: quoted).status == 200)
        #expect(try await alice.get(Self.imports).json.elements.isEmpty)
    }

    private static let form = "multipart/form-data; boundary=b"

    private func form(_ name: String, _ content: String, fileName: String? = nil) -> String {
        let file = fileName.map { "; filename=\"\($0.replacing("\"", with: "\\\""))\"" } ?? ""
        return "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\(file)\r\n\r\n\(content)\r\n"
    }

    private func send(
        _ body: String,
        _ question: String,
        type: String = "text/csv; charset=utf-8"
    ) async throws -> Answer {
        try await alice.send(
            .post,
            Self.imports + question,
            headers: type.isEmpty ? [:] : [.contentType: type],
            body: ByteBuffer(string: body)
        )
    }
}

@Suite(.sampleDatabase)
struct `Many slips at once` {
    static let slips = "/api/v1/chapters/alder/slips"

    let sample: SampleChapter
    let alice: Caller
    let bob: Caller

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.caller(sample.alice)
        bob = try await sample.caller(sample.bob)
    }

    private var everyKind: String {
        let (alice, bob) = (sample.alice.id, sample.bob.id)
        return """
            {"slips": [
              {"slip": "referral", "giver": \(alice), "receiver": \(bob), "need": "a roof"},
              {"slip": "thanks", "earner": \(bob), "thanked": \(alice), "amount": {"amount": "12.50", "currency": "EUR"}},
              {"slip": "one-to-one", "first": \(alice), "second": \(bob), "minutes": 45},
              {"slip": "testimonial", "giver": \(alice), "receiver": \(bob), "text": "well done"},
              {"slip": "education", "member": \(bob), "hours": "1.5"},
              {"slip": "visitor", "invited_by": \(bob), "name": "Vera Visitor", "kind": "guest", "came": true},
              {"slip": "activity", "member": \(alice), "kind": "meal", "minutes": 30}
            ]}
            """
    }

    @Test func `are of every kind, and recorded once under a key`() async throws {
        let made = try await alice.json(.post, Self.slips, everyKind, key: "k-1")
        #expect(made.status == 201, "\(made.text)")
        let kinds = try made.json["slips"]?.elements.map { $0["slip"]?.string }
        #expect(
            kinds == ["referral", "thanks", "one-to-one", "testimonial", "education", "visitor", "activity"]
        )
        #expect(try await alice.json(.post, Self.slips, everyKind, key: "k-1").text == made.text)
        for place in [
            "referrals", "thanks", "one-to-ones", "testimonials", "education", "visitors", "activities",
        ] {
            #expect(
                try await alice.get("/api/v1/chapters/alder/\(place)").json.elements.count == 1,
                "\(place)"
            )
        }
    }

    @Test func `are none where some are not right, with each place`() async throws {
        let (alice, bob) = (sample.alice.id, sample.bob.id)
        let body = """
            {"slips": [
              {"slip": "referral", "receiver": \(bob), "need": "a roof"},
              {"slip": "referral", "receiver": 999999, "need": "a roof"},
              {"slip": "gossip"}, {"need": "a roof"},
              {"slip": "thanks", "thanked": \(bob), "amount": {"amount": "-1", "currency": "EUR"}},
              {"slip": "activity", "kind": "meal", "colour": "red"},
              {"slip": "one-to-one", "first": \(alice), "second": \(bob), "minutes": 45}
            ]}
            """
        let refused = try await self.alice.json(.post, Self.slips, body, key: "k-2")
        #expect(try refused.isProblem(422) == "slips")
        #expect(
            try pointers(refused) == [
                "/slips/1/receiver", "/slips/2/slip", "/slips/3/slip", "/slips/4/amount/amount",
                "/slips/5/colour",
            ]
        )
        #expect(try await slips() == 0)
    }

    @Test func `are none where a rule of the network refuses some`() async throws {
        let (alice, bob) = (sample.alice.id, sample.bob.id)
        let body = """
            {"slips": [
              {"slip": "referral", "receiver": \(bob), "need": "a roof"},
              {"slip": "referral", "receiver": \(alice), "need": "a roof"},
              {"slip": "one-to-one", "first": \(alice), "second": \(alice)},
              {"slip": "testimonial", "receiver": \(bob), "date": "2026-11-02"},
              {"slip": "education", "member": \(bob), "hours": "1"}
            ]}
            """
        let refused = try await self.alice.json(.post, Self.slips, body)
        #expect(try refused.isProblem(422) == "slips")
        #expect(try pointers(refused) == ["/slips/1", "/slips/2", "/slips/3"])
        let codes = try refused.json["errors"]?.elements.map { $0["code"]?.string }
        #expect(
            codes == [
                "referral_is_not_to_oneself", "one_to_one_is_not_with_oneself", "slip_is_not_of_the_future",
            ]
        )
        #expect(try await slips() == 0)
    }

    @Test func `are one's own, or of others by those who may`() async throws {
        let ofAlice =
            #"{"slips": [{"slip": "referral", "giver": \#(sample.alice.id), "receiver": \#(sample.bob.id), "need": "x"}]}"#
        let refused = try await bob.json(.post, Self.slips, ofAlice)
        #expect(try refused.isProblem(403) == "slips")
        #expect(try pointers(refused) == ["/slips/0"])
        let own = #"{"slips": [{"slip": "referral", "receiver": \#(sample.alice.id), "need": "x"}]}"#
        #expect(try await bob.json(.post, Self.slips, own).status == 201)
    }

    @Test func `are some, and not too many`() async throws {
        #expect(try await bob.json(.post, Self.slips, #"{"slips": []}"#).isProblem(422) == "field")
        #expect(try await bob.json(.post, Self.slips, #"{"slip": "referral"}"#).isProblem(422) == "field")
        #expect(try await bob.json(.post, Self.slips, #"{"slips": [1]}"#).isProblem(422) == "field")
        let one = #"{"slip": "activity", "kind": "call"}"#
        for (count, status) in [(100, 201), (101, 422)] {
            let many = "{\"slips\": [\(Array(repeating: one, count: count).joined(separator: ","))]}"
            #expect(try await bob.json(.post, Self.slips, many).status == status)
        }
    }

    private func pointers(_ answer: Answer) throws -> [String?] {
        try answer.json["errors"]?.elements.map { $0["pointer"]?.string } ?? []
    }

    private func slips() async throws -> Int {
        try await sample.scratch.superuser.run(
            Query<Int>(
                value: """
                    SELECT (SELECT count(*) FROM app.referral) + (SELECT count(*) FROM app.one_to_one)
                         + (SELECT count(*) FROM app.education_unit) + (SELECT count(*) FROM app.kept_answer)
                    """
            )
        )
    }
}
