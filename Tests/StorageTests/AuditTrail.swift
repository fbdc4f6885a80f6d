import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `The audit trail` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `says who did what by which door`() async throws {
        let alice = try await sample.acting(as: sample.alice)
        try await alice.run(
            .leave(
                of: sample.bob.id,
                from: .day("2026-06-01"),
                to: nil,
                isMedical: false,
                in: sample.alder.id
            )
        )
        let last = try #require(try await alice.run(.auditTrail(of: sample.alder.id, limit: 1)).first)
        #expect(last.person == sample.alice.person)
        #expect(last.door == "api")
        #expect(last.action == "insert")
        #expect(last.entity == "membership_leave")
        #expect(last.changed.contains("first_day"))
    }

    @Test func `names the request`() async throws {
        let actor = Actor.nobody(door: .web, requestID: "request-7")
        let unknown = sample.database.acting(as: actor, in: sample.alder.id)
        try await unknown.run(
            .leave(
                of: sample.bob.id,
                from: .day("2026-06-01"),
                to: nil,
                isMedical: false,
                in: sample.alder.id
            )
        )
        let request = try await sample.shell.run(
            Query<String>(
                value:
                    "SELECT request_id FROM audit_event WHERE chapter_id = \(sample.alder.id) ORDER BY id DESC LIMIT 1"
            )
        )
        #expect(request == "request-7")
    }

    @Test func `is each chapter's own`() async throws {
        let ours = try await sample.shell.run(.auditTrail(of: sample.alder.id, limit: 1000))
        #expect(ours.contains { $0.entity == "office" })
        #expect(try await sample.birchShell.run(.auditTrail(of: sample.alder.id, limit: 1000)).isEmpty)
        #expect(
            try await sample.birchShell.run(.auditTrail(of: sample.birch.id, limit: 1000)).contains {
                $0.entity == "membership"
            }
        )
    }

    @Test func `keeps nothing of what was undone`() async throws {
        let before = try await sample.shell.run(.auditTrail(of: sample.alder.id, limit: 1000)).count
        await expectRefusal(.seatTaken) {
            _ = try await sample.shell.add(.sample("Dora Dyer", seat: "Roofer"))
        }
        #expect(try await sample.shell.run(.auditTrail(of: sample.alder.id, limit: 1000)).count == before)
    }

    @Test func `of the installation keeps chapters, people and regions`() async throws {
        let installation = sample.database.acting(as: .system(door: .cli), in: nil)
        try await installation.run(Query<Void>.createRegion(sample.alder.slug, name: "South"))
        let entities = try await installation.run(
            Query<[String]>(values: "SELECT DISTINCT entity FROM installation_audit_event ORDER BY entity")
        )
        #expect(entities == ["chapter", "person", "region"])
        let bob = try await sample.acting(as: sample.bob)
        #expect(try await bob.run(Query<Int>(value: "SELECT count(*) FROM installation_audit_event")) == 0)
    }
}
