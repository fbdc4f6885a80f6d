import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.freshDatabase)
struct `The monthly return over HTTP` {
    static let address = "/api/v1/chapters/worked-example/reports/roi"
    static let question = "?month=2026-10&as_of=2026-11-01T08:00:00Z"

    let worked: WorkedMonth

    init() async throws {
        worked = try await WorkedMonth()
    }

    @Test func `is the worked month to the cent`() async throws {
        let answer = try await caller(worked.ben).get(Self.address + Self.question)
        #expect(answer.status == 200)
        #expect(answer["Content-Type"] == "application/json; charset=utf-8")
        #expect(try answer.json.withoutIDs == JSON(contentsOf: expected).withoutIDs)
    }

    @Test func `names each member by the id of the membership`() async throws {
        let members = try await caller(worked.ben).get(Self.address + Self.question).json["members"]
        let ids = members?.elements.map { $0["member"]?["id"]?.number }
        #expect(ids == [Double(worked.anna.id.number), Double(worked.ben.id.number)])
    }

    @Test func `is of several months where they are asked for`() async throws {
        let caller = try await caller(worked.ben)
        let asOf = "as_of=2026-11-01T08:00:00Z"
        let several = try await caller.get("\(Self.address)?from=2026-09&to=2026-10&\(asOf)").json
        #expect(several["since"] == .string("2026-09") && several["month"] == .string("2026-10"))
        // Nobody was a member in September.
        #expect(several["totals"]?["net"] == .string("526.99"))
        let one = try await caller.get("\(Self.address)?from=2026-10&to=2026-10&\(asOf)").json
        let month = try await caller.get(Self.address + Self.question).json
        #expect(one == month)
        for (question, field, status) in [
            ("from=2026-09", "to", 422), ("to=2026-09", "from", 422), ("from=2026-10&to=2026-09", "to", 422),
            ("from=2026-10-01&to=2026-10-31", "from", 400),
        ] {
            let answer = try await caller.get("\(Self.address)?\(question)")
            #expect(
                answer.status == status && answer.text.contains("\"pointer\":\"\(field)\""),
                "\(answer.text)"
            )
        }
    }

    @Test(arguments: [
        (suffix: ".csv", accept: nil), (suffix: "", accept: "text/csv"),
        (suffix: ".csv", accept: "application/json"),
    ])
    func `comes as CSV by suffix, and by what the reader accepts`(
        suffix: String,
        accept: String?
    ) async throws {
        var caller = try await caller(worked.ben)
        caller.accept = accept
        let answer = try await caller.get(Self.address + suffix + Self.question)
        #expect(answer["Content-Type"] == "text/csv; charset=utf-8; header=present")
        let lines = answer.text.split(whereSeparator: \.isNewline)
        #expect(lines.count == 1 + 3 * 3)
        let id = worked.ben.id
        #expect(
            lines.contains {
                $0
                    == "month,\(id),Ben Berg,75.00,45.00,29.50,7.75,310.00,459.50,2750.50,1100.20,1000.00,640.70,"
                    + "1.3943,141.9613,2026-10,0,0,2,3,,,,,,,,,,,"
            },
            "\(answer.text)"
        )
        // What is the chapter's alone stands beside the total of the month.
        #expect(
            lines.contains {
                $0.hasPrefix("month,,Total,")
                    && $0.hasSuffix(",2,2750.50,1000.00,0.00,0.1972,-0.4014,0.7958,500.00,41.67,,")
            },
            "\(answer.text)"
        )
    }

    @Test func `has the rows of one member alone, with the totals of all`() async throws {
        let caller = try await caller(worked.ben)
        let all = try await caller.get(Self.address + Self.question).json
        let alone = try await caller.get(Self.address + Self.question + "&member=\(worked.anna.id)").json
        #expect(alone["members"]?.elements.map { $0["member"]?["name"]?.string } == ["Anna Alt"])
        #expect(alone["trailing"]?["members"]?.elements.count == 1)
        #expect(alone["totals"] == all["totals"])
        #expect(try await caller.get(Self.address + Self.question + "&member=Anna").status == 400)
    }

    @Test func `comes as JSON by suffix, whatever the reader accepts`() async throws {
        var caller = try await caller(worked.ben)
        caller.accept = "text/csv"
        let answer = try await caller.get(Self.address + ".json" + Self.question)
        #expect(answer["Content-Type"] == "application/json; charset=utf-8")
    }

    @Test func `shows a member their own row and the totals, and names what is withheld`() async throws {
        let report = try await caller(worked.anna).get(Self.address + Self.question).json
        #expect(report["members"]?.elements.map { $0["member"]?["name"]?.string } == ["Anna Alt"])
        #expect(report["members"]?.elements.first?["net"] == .string("-113.71"))
        let totals = try #require(report["totals"])
        let withheld = ["received", "profit", "net", "roi", "rot", "received_outside", "median_roi"]
        for name in withheld { #expect(totals[name] == .null, "\(name)") }
        #expect(totals["quartiles_roi"] == .array([.null, .null]))
        #expect(totals["withheld"] == .array((withheld + ["quartiles_roi"]).map(JSON.string)))
        #expect(totals["given"] == .string("1000.00"))
        #expect(totals["cost"] == .string("573.21"))
    }

    @Test func `shows a member nothing of Ben's anywhere`() async throws {
        var caller = try await caller(worked.anna)
        for suffix in ["", ".csv"] {
            let text = try await caller.get(Self.address + suffix + Self.question).text
            for secret in ["Ben", "2750.50", "1100.20", "640.70", "526.99", "0.1972", "141.9613"] {
                #expect(!text.contains(secret), "\(secret) in \(suffix)")
            }
        }
        caller.accept = "text/html"
        let page = try await caller.get("/chapters/worked-example/reports/roi" + Self.question)
        #expect(page.status == 200)
        for secret in ["Ben", "750.50", "100.20", "640.70", "526.99"] {
            #expect(!page.text.contains(secret), "\(secret)")
        }
    }

    @Test func `leads to the reports that its reader may open, and to no other`() async throws {
        let folder = "/chapters/worked-example/reports/"
        for (member, leadsToHandover) in [(worked.ben, true), (worked.anna, false)] {
            let caller = try await caller(member)
            let page = try await caller.get(folder + "roi?month=2026-10").text
            for shape in ReportShape.all {
                let isOpen = try await caller.get(folder + shape.name).status == 200
                #expect(page.contains("href=\"\(folder)\(shape.name)\"") == isOpen, "\(shape.name)")
            }
            #expect(page.contains("href=\"\(folder)handover\"") == leadsToHandover)
        }
    }

    @Test func `is of the month before today where none is named`() async throws {
        let report = try await caller(worked.ben).get(Self.address).json
        #expect(report["month"] == .string("2026-10"))
    }

    private var expected: String {
        let file = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        return file.dropLast(2).joined(separator: "/") + "/worked-month.json"
    }

    private func caller(_ member: Membership) async throws -> Caller {
        Caller(database: worked.scratch.database, token: try await worked.shell.token(of: member))
    }
}

@Suite(.freshDatabase)
struct `What others earned, over HTTP` {
    let sample: SampleChapter
    let dora: Membership
    let emil: Membership

    init() async throws {
        sample = try await SampleChapter()
        dora = try await sample.shell.add(.sample("Dora Dyer", seat: "Dyer"))
        emil = try await sample.shell.add(.sample("Emil Eaves", seat: "Builder"))
    }

    @Test func `is null to a leader where two of the others earned`() async throws {
        try await thanks([(sample.alice, 100_000), (sample.bob, 20_000), (dora, 3000)])
        let report = try await report()
        #expect(report["totals"]?["received"] == .null)
        #expect(report["totals"]?["withheld"]?.elements.contains(.string("received")) == true)
        #expect(received(report) == ["Alice Archer": .string("1000.00")])
    }

    @Test func `is a sum to a leader where three of the others earned`() async throws {
        try await thanks([(sample.alice, 100_000), (sample.bob, 20_000), (dora, 3000), (emil, 400)])
        let report = try await report()
        #expect(report["totals"]?["received"] == .string("1234.00"))
        #expect(report["totals"]?["withheld"] == .array([]))
        #expect(received(report) == ["Alice Archer": .string("1000.00")])
    }

    @Test func `is seen in full where only the leader earned`() async throws {
        try await thanks([(sample.alice, 100_000)])
        let report = try await report()
        #expect(report["totals"]?["received"] == .string("1000.00"))
        #expect(received(report).count == 4)
    }

    private func thanks(_ earners: [(Membership, Int64)]) async throws {
        try await sample.shell.transaction { ledger in
            for (earner, units) in earners {
                _ = try await ledger.record(
                    ThanksDraft(
                        earner: .member(earner.id),
                        thanked: .outsider(name: "Greta Gill", home: "Far Chapter"),
                        amount: Money(minorUnits: units, currency: sample.alder.currency),
                        closedOn: .day("2026-10-20")
                    )
                )
            }
        }
    }

    private func report() async throws -> JSON {
        try await sample.caller(sample.alice).get("/api/v1/chapters/alder/reports/roi?month=2026-10").json
    }

    /// The received of each row that is not null.
    private func received(_ report: JSON) -> [String: JSON] {
        let rows = report["members"]?.elements ?? []
        return Dictionary(
            rows.map { ($0["member"]?["name"]?.string ?? "", $0["received"] ?? .null) },
            uniquingKeysWith: { first, _ in first }
        ).filter { $0.value != .null }
    }
}
