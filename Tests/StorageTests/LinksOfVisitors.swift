import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// It is 1 November 2026; Alder meets on Wednesday, and Bob's guest is expected there.
@Suite(.sampleDatabase)
struct `The link of a visitor` {
    let sample: SampleChapter
    let guest: SlipID

    init() async throws {
        sample = try await SampleChapter()
        _ = try await sample.shell.schedule(
            from: .day("2026-11-04"),
            to: .day("2026-11-04"),
            in: sample.alder
        )
        let bob = sample.bob.id
        guest = try await sample.shell.transaction {
            try await $0.register(
                VisitorDraft(
                    name: "Karl Kurz",
                    inviter: .member(bob),
                    kind: .first,
                    visitOn: .day("2026-11-04"),
                    came: false
                )
            )
        }
    }

    @Test func `is made by whoever invited, and by those who look after visitors, whatever the service asks`()
        async throws
    {
        let (alice, bob) = (
            try await sample.acting(as: sample.alice), try await sample.acting(as: sample.bob)
        )
        try await link(1, by: bob)
        try await link(2, by: alice)
        let dora = try await sample.shell.add(.sample("Dora Dyer"))
        let charlie = try await sample.acting(as: sample.charlie, in: sample.birch)
        for stranger in [try await sample.acting(as: dora), charlie] {
            await #expect(throws: PostgresError.self) { try await link(3, by: stranger) }
        }
        let elsewhere = try await sample.acting(as: sample.charlie, in: sample.birch)
        await #expect(throws: PostgresError.self) {
            try await elsewhere.run(
                .invite(
                    guest,
                    hash: hash(4),
                    secret: "",
                    keepingEarlier: false,
                    byMail: false,
                    in: sample.birch.id
                )
            )
        }
        #expect(try await leading() == [2])
    }

    @Test func `ends the ones before, unless they are kept`() async throws {
        try await link(1, by: sample.shell)
        try await link(2, by: sample.shell, keepingEarlier: true)
        #expect(try await leading() == [1, 2])
        try await link(3, by: sample.shell)
        #expect(try await leading() == [3])
    }

    @Test func `goes with its visitor, and is forgotten a week after the visit`() async throws {
        try await link(1, by: sample.shell)
        try await sample.scratch.stopClock(at: try #require(Instant("2026-11-20T04:00:00Z")))
        try await sample.write("SELECT clean_up()")
        #expect(try await links() == 0)
        try await sample.scratch.stopClock(at: SampleChapter.now)
        try await link(2, by: sample.shell)
        try await sample.write("SELECT clean_up()")
        #expect(try await links() == 1)
        try await sample.write("DELETE FROM visitor")
        #expect(try await links() == 0)
    }

    private func link(_ number: UInt8, by acting: ActingDatabase, keepingEarlier: Bool = false) async throws {
        try await acting.run(
            .invite(
                guest,
                hash: hash(number),
                secret: "",
                keepingEarlier: keepingEarlier,
                byMail: false,
                in: sample.alder.id
            )
        )
    }

    private func hash(_ number: UInt8) -> [UInt8] {
        [UInt8](repeating: number, count: 32)
    }

    /// Those of the first links that lead to the guest.
    private func leading() async throws -> [UInt8] {
        var found: [UInt8] = []
        for number in 1...4 as ClosedRange<UInt8>
        where try await sample.shell.run(.invitation(hash: hash(number))) != nil {
            found.append(number)
        }
        return found
    }

    private func links() async throws -> Int {
        try await sample.scratch.superuser.run(Query<Int>(value: "SELECT count(*) FROM app.visitor_link"))
    }
}
