import HTTPTypes
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Needs, offers and introductions over HTTP` {
    static let base = "/api/v1/chapters/alder"

    let sample: SampleChapter
    let alice: Caller
    let bob: Caller

    init() async throws {
        sample = try await SampleChapter()
        alice = try await sample.caller(sample.alice)
        bob = try await sample.caller(sample.bob)
    }

    @Test func `a need is posted, seen by all, and answered as its member says`() async throws {
        let need = try await bob.json(
            .post,
            "\(Self.base)/needs",
            #"{"text": "An oven", "profession": " Kitchen Fitter", "date": "2026-10-20", "until": "2026-12-31"}"#
        )
        #expect(need.status == 201)
        let id = try #require(try need.json["id"]?.string)
        let answer = "\(Self.base)/needs/\(id)/answer"
        #expect(
            try await bob.json(.put, answer, #"{"answered_by": "Alice Archer", "date": "2026-10-22"}"#).status
                == 204
        )
        let seen = try await alice.get("\(Self.base)/needs")
        #expect(
            seen.text
                == #"[{"id":"\#(id)","date":"2026-10-20","member":"Bob Baker","text":"An oven","profession":"kitchen fitter","until":"2026-12-31","answered_by":"Alice Archer","answered_on":"2026-10-22"}]"#
        )
        #expect(try await alice.get("\(Self.base)/offers").text == "[]")
    }

    @Test func `a need finds who could answer it, by profession and by words that are alike`() async throws {
        let shell = sample.shell
        let (dora, eve) = (
            try await shell.add(.sample("Dora Dyer", seat: "Kitchen fitter")),
            try await shell.add(.sample("Eve Elm", seat: "Optician"))
        )
        let chapter = sample.alder.id
        _ = try await shell.run(
            .post(
                PostingDraft(
                    kind: .offer,
                    member: sample.alice.id,
                    text: "Old ovens, taken away and recycled"
                ),
                in: chapter
            ),
            .post(
                PostingDraft(
                    kind: .offer,
                    member: eve.id,
                    text: "An oven for a wedding",
                    postedOn: .day("2026-10-01"),
                    until: .day("2026-10-15")
                ),
                in: chapter
            ),
            .tell(Profile(skills: "Bakes in a clay oven"), of: eve.id, eve.person, in: chapter),
            .keep(
                ContactDraft(
                    card: ContactCard(name: "Karla Klug", profession: "Kitchen fitters"),
                    back: BackOfCard(isShared: true)
                ),
                of: eve.id,
                eve.person,
                in: chapter
            ),
            .keep(
                ContactDraft(card: ContactCard(name: "Not Shared", profession: "Kitchen fitter")),
                of: eve.id,
                eve.person,
                in: chapter
            )
        )
        let need = try await bob.json(
            .post,
            "\(Self.base)/needs",
            #"{"text": "An oven for the new shop", "profession": "Kitchen Fitter"}"#
        )
        let id = try #require(try need.json["id"]?.string)
        let matches = try await alice.get("\(Self.base)/needs/\(id)/matches").json.elements.compactMap {
            "\($0["by"]?.string ?? "") \($0["name"]?.string ?? ""): \($0["about"]?.string ?? "")"
        }
        #expect(
            matches == [
                "seat Dora Dyer: Kitchen fitter", "contact Eve Elm: Karla Klug, Kitchen fitters",
                "offer Alice Archer: Old ovens, taken away and recycled",
                "profile Eve Elm: Bakes in a clay oven",
            ]
        )
        // Their own offer is no answer, nor is who is no member.
        _ = try await shell.run(.end(dora.id, on: .day("2026-10-31"), reason: nil, in: chapter))
        #expect(!(try await alice.get("\(Self.base)/needs/\(id)/matches").text.contains("Dora")))
        let charlie = try await sample.caller(sample.charlie)
        #expect(
            try await charlie.get("/api/v1/chapters/birch/needs/\(id)/matches").isProblem(404) == "not-found"
        )
        var browser = try await sample.browser(of: sample.bob)
        let page = try await browser.get("/chapters/alder/postings/\(id)").text
        #expect(page.contains("Old ovens") && page.contains("/answer") && !page.contains("Not Shared"))
    }

    @Test func `a need reaches the region only where both chapters want that`() async throws {
        let installation = sample.database.acting(as: .system(door: .cli), in: nil)
        let slug = try #require(Chapter.Slug("south"))
        try await installation.run(.createRegion(slug, name: "South"))
        let region: Region? = try await installation.run(.region(slug))
        for chapter in [sample.alder, sample.birch] {
            try await installation.run(.put(chapter.id, into: try #require(region).id))
        }
        _ = try await sample.birchShell.run(
            .post(
                PostingDraft(kind: .offer, member: sample.charlie.id, text: "Staircases of oak"),
                in: sample.birch.id
            )
        )
        let need = try await bob.json(
            .post,
            "\(Self.base)/needs",
            #"{"text": "A staircase", "profession": "Carpenter"}"#
        )
        let place = "\(Self.base)/needs/\(try #require(try need.json["id"]?.string))/matches"
        #expect(try await alice.get(place).text == "[]")
        for (shell, chapter) in [(sample.shell, sample.alder), (sample.birchShell, sample.birch)] {
            #expect(try await alice.get(place).text == "[]", "one alone is not enough")
            try await shell.setPolicy(
                [("needs-are-seen-in", "region")],
                of: chapter,
                from: .day("2026-01-01")
            )
        }
        #expect(
            try await alice.get(place).text
                == #"[{"by":"seat","member":null,"name":"Charlie Carver @ Birch","about":"Carpenter"},{"by":"offer","member":null,"name":"Charlie Carver @ Birch","about":"Staircases of oak"}]"#
        )
    }

    @Test(arguments: [
        (#"{"text": ""}"#, "/text"), (#"{}"#, "/text"), (#"{"text": "An oven", "until": "soon"}"#, "/until"),
        (#"{"text": "An oven", "wanted": true}"#, "/wanted"),
        (#"{"text": "An oven", "member": "Charlie Carver"}"#, "/member"),
    ])
    func `a need names the field that is not right`(_ body: String, _ pointer: String) async throws {
        let answer = try await bob.json(.post, "\(Self.base)/needs", body)
        #expect([400, 422].contains(answer.status), "\(answer.text)")
        #expect(answer.text.contains("\"pointer\":\"\(pointer)\""), "\(answer.text)")
    }

    @Test func `a need is answered by somebody else, no earlier than it is posted`() async throws {
        let need = try await bob.json(.post, "\(Self.base)/needs", #"{"text": "An oven"}"#)
        let answer = "\(Self.base)/needs/\(try #require(try need.json["id"]?.string))/answer"
        #expect(
            try await bob.json(.put, answer, #"{"answered_by": "Bob Baker"}"#).isProblem(422)
                == "need_is_answered_by_another"
        )
        #expect(
            try await bob.json(.put, answer, #"{"date": "2026-10-01"}"#).isProblem(422)
                == "posting_ends_after_it_begins"
        )
    }

    @Test func `an offer of somebody else's is for leaders to post`() async throws {
        let offer = #"{"text": "Scaffolding", "member": "\#("Alice Archer")"}"#
        #expect(try await bob.json(.post, "\(Self.base)/offers", offer).isProblem(403) == "forbidden")
        #expect(
            try await alice.json(
                .post,
                "\(Self.base)/offers",
                #"{"text": "Cakes", "member": "Bob Baker"}"#
            ).status == 201
        )
        #expect(try await bob.get("\(Self.base)/offers").text.contains("Cakes"))
    }

    @Test func `an introduction stands in the ledgers of all three`() async throws {
        let made = try await bob.json(
            .post,
            "\(Self.base)/introductions",
            #"{"first": "Charlie Carver @ Birch", "second": "visitor:Vera Visitor", "why": "Both restore barns"}"#
        )
        #expect(made.status == 201, "\(made.text)")
        let (here, there) = try await (
            sample.shell.run(LedgerQuery.introductions(of: sample.alder.id, .whole)),
            sample.birchShell.run(LedgerQuery.introductions(of: sample.birch.id, .whole))
        )
        #expect(here.map(\.id) == there.map(\.id))
        #expect(here.map(\.who) == ["Bob Baker"] && there.map(\.who) == ["Bob Baker @ Alder"])
        #expect(here.map(\.other) == ["Charlie Carver @ Birch"] && there.map(\.other) == ["Charlie Carver"])
        #expect(there.map(\.measure) == ["visitor:Vera Visitor"])
    }

    @Test func `an introduction is of two people, by a third`() async throws {
        let answer = try await bob.json(
            .post,
            "\(Self.base)/introductions",
            #"{"first": "Bob Baker", "second": "Alice Archer"}"#
        )
        #expect(try answer.isProblem(422) == "introduction_is_of_different_people")
        #expect(
            try await bob.json(.post, "\(Self.base)/introductions", #"{"first": "Alice Archer"}"#).status
                == 422
        )
    }
}
