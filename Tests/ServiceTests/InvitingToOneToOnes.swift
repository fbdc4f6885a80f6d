import HTTPTypes
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Inviting to one-to-ones` {
    static let base = "/api/v1/chapters/alder/appointments"
    static let folder = "/chapters/alder"
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `over HTTP, from the invitation to the no`() async throws {
        let (alice, bob) = (try await sample.caller(sample.alice), try await sample.caller(sample.bob))
        let body = #"{"with": "Bob Baker", "on": "2026-12-03", "time": "08:30", "topic": "Roofs"}"#
        let made = try await alice.json(.post, Self.base, body, key: "a")
        #expect(made.status == 201, "\(made.text)")
        let place = try #require(made["Location"])
        #expect(try await alice.json(.post, Self.base, body, key: "a")["Location"] == place)
        #expect(try await alice.json(.post, Self.base, body).status == 409)
        #expect(try await bob.get(place).json["topic"] == .string("Roofs"))
        let seen = try #require(try await bob.get(Self.base).json.elements.first)
        #expect(seen["part"] == .string("invited") && seen["is_accepted"] == .truth(false))
        #expect(seen["starts_at"] == .string("2026-12-03T07:30:00Z") && seen["minutes"] == .number(60))
        #expect(try await alice.json(.put, "\(place)/acceptance", "").isProblem(404) == "not-found")
        #expect(try await bob.json(.put, "\(place)/acceptance", "").status == 204)
        #expect(try await bob.send(.delete, place).status == 204)
        #expect(try await alice.send(.delete, place).isProblem(404) == "not-found")
        #expect(try await alice.get(Self.base).json.elements.isEmpty)
        #expect(try await alice.get(place).isProblem(404) == "not-found")
        for (body, field) in [
            (#"{"on": "2026-12-03", "time": "08:30"}"#, "with"),
            (#"{"with": "Bob Baker", "on": "2026-12-03", "time": "24:30"}"#, "time"),
            (#"{"with": "Bob Baker", "on": "2026-12-03", "time": "08:30", "minutes": 4}"#, "minutes"),
            (#"{"with": "Bob @ Birch", "on": "2026-12-03", "time": "08:30"}"#, "with"),
        ] {
            let answer = try await alice.json(.post, Self.base, body)
            #expect(answer.status == 422 && answer.text.contains("/\(field)"), "\(answer.text)")
        }
        _ = try await alice.json(
            .post,
            Self.base,
            #"{"with": "Bob Baker", "on": "2026-10-31", "time": "08:30"}"#
        ).isProblem(422)
    }

    @Test func `as pages, on the sheet of the one who is invited`() async throws {
        var (alice, bob) = (
            try await sample.browser(of: sample.alice), try await sample.browser(of: sample.bob)
        )
        let (his, hers) = (
            "\(Self.folder)/planner/\(sample.bob.id)", "\(Self.folder)/planner/\(sample.alice.id)"
        )
        try await alice.fill(
            his,
            sending: "\(his)/invite",
            ["on": "2026-10-01", "time": "08:30", "minutes": "60"]
        )
        .mends("on")
        try await alice.fill(
            his,
            sending: "\(his)/invite",
            ["on": "2026-12-03", "time": "", "minutes": "60"]
        )
        .mends("time")
        let fields: KeyValuePairs = [
            "on": "2026-12-03", "time": "08:30", "minutes": "45", "place": "Café", "topic": "Roofs",
        ]
        try await alice.fill(his, sending: "\(his)/invite", fields).leads(to: "\(Self.folder)/planner")
        #expect(try await alice.get(his).text.contains("has not answered"))
        let planner = try await bob.get("\(Self.folder)/planner").text
        #expect(planner.contains("waits for your answer") && planner.contains("3 December 2026, 08:30"))
        #expect(try await bob.get(Self.folder).text.contains("waits for your answer"), "at home, too")
        let id = try #require(
            try await sample.acting(as: sample.bob).run(.ownAppointments(in: sample.alder.id)).first?.id
        )
        let place = "\(Self.folder)/appointments/\(id)"
        try await bob.fill(hers, sending: "\(place)/accept", [:]).leads(to: "\(Self.folder)/planner")
        #expect(try await alice.get("\(Self.folder)/planner").text.contains("agreed"))
        try await alice.fill(his, sending: "\(place)/call-off", [:]).leads(to: "\(Self.folder)/planner")
        #expect(!(try await bob.get("\(Self.folder)/planner").text.contains("3 December 2026")))
    }
}
