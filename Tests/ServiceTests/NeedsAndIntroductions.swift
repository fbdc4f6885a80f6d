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
