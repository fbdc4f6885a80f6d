import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Looking up a member` {
    static let members = "/api/v1/chapters/alder/members/"

    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `gives what members know of each other, and nothing else`() async throws {
        let answer = try await sample.caller(sample.bob).get(Self.members + "\(sample.alice.id)")
        #expect(answer.status == 200)
        #expect(answer["Content-Type"] == "application/json; charset=utf-8")
        #expect(
            try answer.json
                == .object([
                    "id": .number(Double(sample.alice.id.number)),
                    "name": .string("Alice Archer"),
                    "seat": .string("Roofer"),
                    "joined": .string("2026-04-01"),
                    "status": .string("active"),
                ])
        )
    }

    @Test func `says null where there is no seat`() async throws {
        let dora = try await sample.shell.add(.sample("Dora Dyer"))
        let answer = try await sample.caller(sample.bob).get(Self.members + "\(dora.id)")
        #expect(try answer.json["seat"] == .null)
    }

    @Test func `says how they stand today`() async throws {
        let coming = try await sample.shell.add(.sample("Dora Dyer", joinedOn: "2026-11-02"))
        let away = try await sample.shell.add(.sample("Emil Eaves"))
        let gone = try await sample.shell.add(.sample("Fred Fisher"))
        let chapter = sample.alder.id
        try await sample.shell.run(
            .leave(
                of: away.id,
                from: .day("2026-10-01"),
                to: .day("2026-11-01"),
                isMedical: true,
                in: chapter
            )
        )
        _ = try await sample.shell.run(
            .end(gone.id, on: .day("2026-10-31"), reason: "moved", in: chapter)
        )
        let bob = try await sample.caller(sample.bob)
        for (member, status) in [(coming, "upcoming"), (away, "on leave"), (gone, "ended")] {
            let answer = try await bob.get(Self.members + "\(member.id)")
            #expect(try answer.json["status"] == .string(status), "\(answer.text)")
            #expect(!answer.text.contains("medical") && !answer.text.contains("moved"))
        }
    }

    @Test func `finds nobody where nobody is`() async throws {
        let alice = try await sample.caller(sample.alice)
        let all = [
            "0", "-1", "999999", "9223372036854775808", "1.0", "one", "%00", "%ff", "１", "1'--", "1%20",
            "alice@example.org", String(repeating: "1", count: 10_000), "\(sample.bob.id).xml",
        ]
        for id in all {
            #expect(try await alice.get(Self.members + id).isProblem(404) == "not-found")
        }
    }

    @Test func `finds nobody of another chapter by their id`() async throws {
        let alice = try await sample.caller(sample.alice)
        let charlie = try await sample.caller(sample.charlie)
        #expect(try await charlie.get("/api/v1/chapters/birch/members/\(sample.charlie.id)").status == 200)
        try await alice.get(Self.members + "\(sample.charlie.id)").isProblem(404)
        try await charlie.get(Self.members + "\(sample.alice.id)").isProblem(404)
        try await charlie.get(Self.members + "\(sample.charlie.id)").isProblem(404)
    }

    @Test func `is for those who show a token`() async throws {
        let anyone = Caller(database: sample.database)
        #expect(try await anyone.get(Self.members + "\(sample.bob.id)").isProblem(401) == "unauthorized")
    }

    @Test func `takes no parameters`() async throws {
        let bob = try await sample.caller(sample.bob)
        let answer = try await bob.get(Self.members + "\(sample.bob.id)?fields=email")
        #expect(try answer.isProblem(400) == "parameter")
    }
}
