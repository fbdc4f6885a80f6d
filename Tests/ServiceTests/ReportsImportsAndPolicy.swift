import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Reports, months and policy as pages` {
    static let folder = "/chapters/alder"
    let sample: SampleChapter
    var alice: Browser
    var bob: Browser

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.browser(of: sample.alice)
        bob = try await sample.browser(of: sample.bob)
    }

    @Test mutating func `lead to every report of the same days`() async throws {
        let reports = "\(Self.folder)/reports"
        let hub = try await alice.get(reports).text
        for shape in ReportShape.all {
            #expect(hub.contains("href=\"\(reports)/\(shape.name)\""), "\(shape.name)")
        }
        #expect(hub.contains("href=\"\(reports)/roi\""))
        // Who serves, and what waits, is for those who may see the chapter's reports.
        #expect(!(try await bob.get(reports).text.contains("\(reports)/handover")))
        let month = try await alice.get("\(reports)?month=2026-09&from=&to=")
        month.isPage()
        #expect(
            month.text.contains("\(reports)/giving?month=2026-09")
        )
        #expect(try await alice.get("\(reports)/giving?month=2026-09").status == 200)
        let days = try await alice.get("\(reports)?from=2026-09-01&to=2026-10-15").text
        #expect(days.contains("/giving?from=2026-09-01&amp;to=2026-10-15"))
        for (wrong, field) in [
            ("month=soon", "month"), ("from=2026-09-01", "to"), ("from=2026-10-01&to=2026-09-01", "to"),
            ("month=2026-09&from=2026-09-01&to=2026-09-02", "month"),
        ] {
            try await alice.get("\(reports)?\(wrong)").mends(field)
        }
    }

    @Test mutating func `close months and open them again`() async throws {
        let months = "\(Self.folder)/months"
        let open = try await alice.get(months)
        open.isPage()
        #expect(open.text.contains("October 2026") && open.text.contains("April 2026"))
        #expect(!open.text.contains("March 2026") && !open.text.contains("November 2026"))
        #expect(!(try await bob.get(months).text.contains("<form method=\"post\"")))
        try await alice.post("\(months)/2026-10/close", [:]).leads(
            to: "\(Self.folder)/reports/roi?month=2026-10"
        )
        #expect(try await bob.get(months).text.contains("number 1"))
        try await alice.fill("\(months)/2026-10/reopen", ["reason": ""]).mends("reason")
        try await alice.fill("\(months)/2026-10/reopen", ["reason": "A slip"])
            .leads(to: "\(Self.folder)/reports/roi?month=2026-10")
        let after = try await bob.get(months).text
        #expect(after.contains("opened again") && after.contains("A slip"))
        #expect(try await bob.get("\(months)/2026-10/reopen").status == 403)
    }

    @Test mutating func `decide from a day on what is changed, and nothing else`() async throws {
        let policy = "\(Self.folder)/policy"
        try await alice.fill("\(policy)/change", ["late_weight": "2"]).mends("late_weight")
        try await alice.fill("\(policy)/change", ["membership_fee": "much"]).mends("membership_fee")
        try await alice.fill("\(policy)/change", ["term_starts": "02-29"]).mends("term_starts")
        // The first decision holds from ever.
        try await alice.fill("\(policy)/change", ["absence_limit": "4"]).leads(to: policy)
        let before = try await sample.shell.policy(of: sample.alder, on: .day("2027-02-01"))
        try await alice.fill(
            "\(policy)/change",
            [
                "valid_from": "2027-01-01", "membership_fee": "1.000,00", "late_weight": "0,5",
                "substitutes_allowed": "", "term_starts": "09-01, 03-01",
            ]
        ).leads(to: policy)
        let after = try await sample.shell.policy(of: sample.alder, on: .day("2027-02-01"))
        let changed = zip(before, after).filter { $0.0.value != $0.1.value }.map {
            "\($0.1.key)=\($0.1.value)"
        }
        #expect(
            Set(changed) == [
                "valid-from=2027-01-01", "membership-fee=1000.00", "late-weight=0.50",
                "term-starts=03-01,09-01",
            ]
        )
        let page = try await bob.get(policy).text
        #expect(
            page.contains("From 1 January 2027") && page.contains("1\u{202F}000.00")
                && !page.contains("/change")
        )
        // What is decided for next year does not hold today.
        let today = try await sample.shell.policy(of: sample.alder, on: nil)
        #expect(today.map(\.value) == before.map(\.value) && page.contains("in force"))
        #expect(try await bob.get("\(policy)/change").status == 403)
    }

    @Test mutating func `say who changed what`() async throws {
        let audit = "\(Self.folder)/audit"
        #expect(
            try await alice.fill("\(Self.folder)/members/new", ["name": "Dora Dyer", "seat": "Dyer"]).status
                == 303
        )
        let page = try await alice.get("\(audit)?entity=membership&door=web&by=\(sample.alice.id)")
        page.isPage()
        #expect(page.text.contains("Alice Archer") && page.text.contains("folded name"))
        // Whose name changed is not said, but that it did.
        #expect(page.text(after: "<tbody>", before: "</tbody>")?.contains("Dora") == false)
        #expect(try await alice.get("\(audit)?entity=membership&door=cli&by=").text.contains("the system"))
        #expect(try await alice.get("\(audit)?entity=payment").text.contains("class=\"empty\""))
        for wrong in ["entity=person", "door=window", "before=x"] {
            #expect(try await alice.get("\(audit)?\(wrong)").status == 400, "\(wrong)")
        }
        #expect(try await bob.get(audit).status == 403)
        for _ in 0..<60 {
            _ = try await sample.shell.run(
                .post(PostingDraft(kind: .offer, member: sample.bob.id, text: "x"), in: sample.alder.id)
            )
        }
        let first = try await alice.get("\(audit)?entity=posting")
        let next = try #require(first.text(after: "rel=\"next\" href=\"", before: "\"")).replacing(
            "&amp;",
            with: "&"
        )
        let second = try await alice.get(next).text
        #expect(second.contains("rel=\"prev\"") && !second.contains("rel=\"next\""))
        #expect(second.split(separator: "<time").count == 11)
    }
}

@Suite(.sampleDatabase)
struct `Imports as pages` {
    static let imports = "/chapters/alder/imports"
    static let heading = "From,To,Slip Type,Inside/Outside,TYFCB Amount,CEU Credits,Detail\r\n"
    static let good = heading + "Alice Archer,Bob Baker,Referral,Inside,,,\r\n,Bob Baker,TYFCB,,120.00,,\r\n"
    static let bad =
        heading + "Nobody <script>alert(1)</script><img src=x>,Bob Baker,Referral,Inside,,,\r\n"
    static let question = [(name: "kind", value: "slips"), (name: "meeting", value: "2026-10-28")]
    let sample: SampleChapter
    var alice: Browser

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.browser(of: sample.alice)
    }

    /// What the page with the verdicts would send.
    private func hidden(_ page: Answer) -> [(name: String, value: String)] {
        page.text.split(separator: "<input type=\"hidden\" name=\"").dropFirst().compactMap { field in
            let parts = field.split(separator: "\"", omittingEmptySubsequences: false)
            return parts.count > 2 ? (String(parts[0]), String(parts[2])) : nil
        }
    }

    @Test mutating func `show what would happen, do it once, and take it back`() async throws {
        try await alice.get("\(Self.imports)/new").isPage()
        let preview = try await alice.send(
            Self.question + [("from", ""), ("to", ""), ("former", ""), ("file", Self.good)],
            to: "\(Self.imports)/preview"
        )
        preview.isPage()
        #expect(preview.text.split(separator: "chip good").count == 3 && preview.text.contains("slips.csv"))
        #expect(try await sample.shell.run(.imports(of: sample.alder.id)).isEmpty)
        for _ in 0..<2 {
            try await alice.send(hidden(preview), to: Self.imports).leads(to: Self.imports)
        }
        let batches = try await sample.shell.run(.imports(of: sample.alder.id))
        let batch = try #require(batches.first)
        #expect(batches.count == 1 && batch.rows == 2 && batch.file.name == "slips.csv")
        let again = try await alice.send(Self.question + [("file", Self.good)], to: "\(Self.imports)/preview")
        #expect(again.text.contains("already, as import \(batch.id)"))
        let list = try await alice.get(Self.imports)
        list.isPage()
        #expect(list.text.contains("\(Self.imports)/\(batch.id)/undo"))
        try await alice.fill("\(Self.imports)/\(batch.id)/undo", [:]).leads(to: Self.imports)
        #expect(try await alice.get(Self.imports).text.contains("taken back on"))
        let trail = try await sample.shell.run(.auditTrail(of: sample.alder.id, limit: 100))
        #expect(trail.filter { $0.entity == "import_batch" }.allSatisfy { $0.door == "import" })
    }

    @Test mutating func `say of each row what is wrong`() async throws {
        let preview = try await alice.send(
            Self.question + [("file", Self.bad)],
            to: "\(Self.imports)/preview"
        )
        preview.isPage()
        #expect(preview.text.contains("chip bad") && !preview.text.contains("name=\"content\""))
        #expect(!preview.text.contains("<script>") && !preview.text.contains("<img src=x"))
        let forced = try await alice.send(Self.question + [("file", Self.bad)], to: Self.imports)
        #expect(forced.status == 422)
        #expect(try await sample.shell.run(.imports(of: sample.alder.id)).isEmpty)
    }

    @Test mutating func `say beside the field what is wrong with a file`() async throws {
        let preview = "\(Self.imports)/preview"
        try await alice.send(Self.question, to: preview).mends("file")
        try await alice.send(Self.question + [("file", "x")], to: preview).mends("file")
        try await alice.send(Self.question + [("file", String(repeating: "x", count: 700_001))], to: preview)
            .mends("file")
        let days = try await alice.send(
            [("kind", "slips"), ("from", "2026-10-01"), ("file", Self.good)],
            to: preview
        )
        #expect(days.text.contains("id=\"from-fault\""))
        #expect(
            try await alice.send([("kind", "lists"), ("file", Self.good)], to: preview).text.contains(
                "id=\"kind-fault\""
            )
        )
        #expect(try await alice.send([("colour", "red"), ("file", Self.good)], to: preview).status == 422)
    }
}

@Suite(.sampleDatabase)
struct `Operating the installation` {
    let sample: SampleChapter
    var charlie: Browser

    init() async throws {
        sample = try await SampleChapter()
        let charlie = sample.charlie
        _ = try await sample.scratch.setSecondFactor(of: charlie)
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.person SET is_operator = true WHERE id = \(charlie.person)")
        )
        self.charlie = try await sample.browser(of: charlie)
    }

    @Test mutating func `creates a chapter with its first president`() async throws {
        let place = "/operator/chapters/new"
        try await charlie.get(place).isPage()
        try await charlie.fill(
            place,
            ["name": "Cedar", "slug": "alder", "time_zone": "Europe/Berlin", "currency": "EUR"]
        )
        .mends("slug")
        try await charlie.fill(
            place,
            ["name": "Cedar", "slug": "cedar", "time_zone": "Mars/Olympus", "currency": "EUR"]
        )
        .mends("time_zone")
        try await charlie.fill(
            place,
            [
                "name": "Cedar", "slug": "cedar", "time_zone": "Europe/Berlin", "currency": "EUR",
                "leader": "Cara Clay",
            ]
        ).mends("email")
        try await charlie.fill(
            place,
            [
                "name": "Cedar", "slug": "cedar", "time_zone": "Europe/Berlin", "currency": "EUR",
                "weekday": "friday", "time": "07:00", "minutes": "90", "region": "",
                "leader": "Cara Clay", "email": "cara@example.org",
            ]
        ).leads(to: "/operator/chapters")
        let list = try await charlie.get("/operator/chapters?q=ced").text
        #expect(list.contains("Cedar") && list.contains("Fridays") && !list.contains("Alder"))
        let found: Chapter? = try await sample.shell.run(.chapter(try #require(Chapter.Slug("cedar"))))
        let cedar = try #require(found)
        let shell = sample.database.acting(as: .system(door: .cli), in: cedar.id)
        let terms = try await shell.run(.offices(of: cedar.id))
        #expect(terms.map(\.name) == ["Cara Clay"] && terms.map(\.role) == [.president])
        #expect(try await charlie.get("/operator/mail").text.contains("cara@example.org"))
        // What happens in it is not an operator's to see.
        #expect(try await charlie.get("/chapters/cedar/about").status == 404)
    }

    @Test mutating func `invites people by e-mail`() async throws {
        let place = "/operator/people/invite"
        try await charlie.fill(place, ["email": "olga@example.org", "name": ""]).mends("name")
        try await charlie.fill(place, ["email": "olga", "name": "Olga"]).mends("email")
        let invited = try await charlie.fill(place, ["email": "olga@example.org", "name": "Olga Ober"])
        let next = try await charlie.get(try #require(invited["Location"]))
        next.isPage()
        #expect(next.text.contains("A mail to olga@example.org waits"))
        #expect(try await charlie.get("/operator/people?q=OLGA").text.contains("Olga Ober"))
        #expect(try await charlie.get("/operator/mail").text.contains("olga@example.org"))
        let versions = try await charlie.get("/operator/versions")
        versions.isPage()
        #expect(versions.text.contains(Release.version) && versions.text.contains("PostgreSQL"))
    }

    @Test mutating func `is nobody's without the second factor, and nobody's else`() async throws {
        var alice = try await sample.browser(of: sample.alice)
        let none = try await alice.get("/nowhere").text
        for page in ["chapters", "people", "mail", "versions", "chapters/new", "people/invite"] {
            let answer = try await alice.get("/operator/\(page)")
            #expect(answer.status == 404 && answer.text == none, "\(page)")
        }
        #expect(
            try await alice.post("/operator/people/invite", ["email": "x@example.org", "name": "X"]).status
                == 404
        )
        let (people, mail) = try await sample.acting(as: sample.alice).run(
            .people(matching: "", skipping: 0, limit: 10),
            .mailQueue(limit: 10)
        )
        #expect(people.isEmpty && mail.isEmpty)
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.person SET is_operator = true WHERE id = \(sample.bob.person)")
        )
        var bob = try await sample.browser(of: sample.bob)
        #expect(try await bob.get("/operator/people").status == 404)
    }

    @Test mutating func `makes no operators`() async throws {
        let operators = sample.database.acting(as: try await actor(), in: nil)
        let email = try #require(EmailAddress("olga@example.org"))
        await #expect(throws: (any Error).self) {
            try await operators.run(.invite(email, named: "Olga", asOperator: true))
        }
        _ = try await operators.run(.invite(email, named: "Olga", asOperator: false))
    }

    private func actor() async throws -> Actor {
        let found: Bearer? = try await sample.shell.run(
            .actingAs(try #require(sample.charlie.email), slug: nil)
        )
        return Actor(try #require(found), door: .web)
    }

    @Test mutating func `is not directing a region, which has a page of its own`() async throws {
        try await sample.letCharlieDirect(from: .day("2026-11-01"), to: nil)
        let page = try await charlie.get("/regions/south")
        page.isPage()
        #expect(page.text.contains("Alder") && !page.text.contains("Birch"))
        #expect(page.text.contains("/regions/south/reports/region"))
        var alice = try await sample.browser(of: sample.alice)
        #expect(try await alice.get("/regions/south").status == 404)
    }
}
