import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// From which day on an office that records money wants a second factor; today is 1 November 2026.
@Suite(.sampleDatabase)
struct `Wanting a second factor` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    /// A term of office and the day on which it was recorded.
    struct Served: Sendable {
        var role = OfficeRole.secretaryTreasurer
        let from: String
        var to: String?
        let recorded: String
    }

    @Test(arguments: [
        // An office begins as it was foreseen.
        ([Served(from: "2026-10-20", recorded: "2026-09-01")], "2026-11-03"),
        ([Served(from: "2026-11-01", recorded: "2026-09-01")], "2026-11-15"),
        // A chapter that comes here in mid-term has its two weeks from that day on.
        ([Served(from: "2026-04-01", recorded: "2026-10-25")], "2026-11-08"),
        // Who goes on in office, in the same or in another, does not begin anew, whenever it is recorded.
        (
            [
                Served(from: "2026-04-01", to: "2026-09-30", recorded: "2026-03-01"),
                Served(role: .vicePresident, from: "2026-10-01", recorded: "2026-10-25"),
            ], "2026-04-15"
        ),
        (
            [
                Served(from: "2026-04-01", recorded: "2026-03-01"),
                Served(role: .vicePresident, from: "2026-10-25", recorded: "2026-10-25"),
            ], "2026-04-15"
        ),
        // Who comes back does.
        (
            [
                Served(from: "2026-04-01", to: "2026-09-29", recorded: "2026-03-01"),
                Served(from: "2026-10-01", recorded: "2026-09-01"),
            ], "2026-10-15"
        ),
        // Another office, and one of another time, want none.
        (
            [
                Served(role: .education, from: "2026-04-01", recorded: "2026-03-01"),
                Served(from: "2026-10-25", recorded: "2026-03-01"),
            ], "2026-11-08"
        ),
        ([Served(role: .education, from: "2026-04-01", recorded: "2026-03-01")], nil),
        ([Served(from: "2026-11-02", recorded: "2026-03-01")], nil),
        ([Served(from: "2026-04-01", to: "2026-10-31", recorded: "2026-03-01")], nil),
        ([], nil),
    ])
    func `begins two weeks after the office`(_ terms: [Served], _ due: String?) async throws {
        for term in terms { try await serve(term) }
        let found = try await sample.scratch.superuser.run(
            Query<LocalDate?>(
                valueIfAny: "SELECT app.second_factor_due(\(sample.bob.person), \(sample.alder.id))"
            )
        )
        #expect(found?.description == due)
    }

    /// The 1st, in Berlin, is the fourteenth day after the 18th of October, and the thirteenth after the 19th.
    @Test(arguments: [("2026-10-18", true), ("2026-10-19", false)])
    func `takes from who has none what their office may do with money`(
        _ from: String,
        _ isDue: Bool
    )
        async throws
    {
        try await serve(Served(from: from, recorded: "2026-03-01"))
        let bearer = try await bearer(token: try await token())
        #expect(bearer.awaitsSecondFactor == isDue)
        let actor = Actor(bearer, door: .api)
        #expect(
            actor.rights.awaited
                == (isDue
                    ? [.recordSlipsForMembers, .importFiles, .manageMembers, .correctSlips, .keepDues] : [])
        )
        for permission in Permission.allCases where permission.recordsMoney {
            #expect(actor.may(permission) != isDue)
            #expect(actor.rights.words.contains(permission.rawValue) != isDue)
        }
        #expect(actor.may(.markAttendance) && actor.may(.seeAuditTrail) && actor.may(.recordOwnSlips))
        let chapters = try await themselves.run(.ownChapters)
        #expect(chapters.map(\.secondFactorIn) == [isDue ? 0 : 1])
    }

    @Test func `ends with one, for tokens that are made after it`() async throws {
        try await serve(Served(from: "2026-04-01", recorded: "2026-03-01"))
        let before = try await token()
        #expect(try await themselves.run(.beginSecondFactor(secret: [UInt8](repeating: 1, count: 20))))
        #expect(try await bearer(token: before).awaitsSecondFactor, "it was not shown to work")
        #expect(try await themselves.run(.confirmSecondFactor(recoveryCodes: [], keeping: nil)))
        #expect(try await bearer(token: before).awaitsSecondFactor)
        let after = try await token()
        #expect(try await bearer(token: after).awaitsSecondFactor == false)
        #expect(try await themselves.run(.ownChapters).map(\.secondFactorIn) == [nil])
        #expect(try await themselves.run(.removeSecondFactor))
        #expect(try await bearer(token: after).awaitsSecondFactor)
    }

    @Test func `is not the shell's, which holds the database`() async throws {
        try await serve(Served(from: "2026-04-01", recorded: "2026-03-01"))
        #expect(try await sample.acting(as: sample.bob).actor.may(.manageMembers))
    }

    @Test func `is of the same offices in the database`() async throws {
        let roles = try await sample.scratch.superuser.run(
            Query<[String]>(values: "SELECT role FROM app.office_kind WHERE records_money")
        )
        #expect(Set(roles) == Set(OfficeRole.allCases.filter(\.recordsMoney).map(\.rawValue)))
    }

    private var themselves: ActingDatabase {
        sample.database.acting(as: .themselves(sample.bob.person, door: .web), in: nil)
    }

    private func token() async throws -> Token {
        try await sample.shell.createToken(for: sample.bob.person, named: "laptop", days: 1)
    }

    private func bearer(token: Token) async throws -> Bearer {
        let hash = try #require(Token.hash(of: token.text))
        let nobody = sample.database.acting(as: .nobody(door: .api), in: nil)
        return try #require(try await nobody.run(.bearer(.token(hash), slug: sample.alder.slug)))
    }

    private func serve(_ term: Served) async throws {
        let held = try await sample.shell.run(
            .appoint(
                sample.bob,
                as: term.role,
                from: .day(term.from),
                to: term.to.map { .day($0) },
                in: sample.alder.id
            )
        )
        try await sample.scratch.superuser.run(
            Query<Void>(
                "UPDATE app.office SET recorded_at = \(LocalDate.day(term.recorded)) WHERE id = \(held.id)"
            )
        )
    }
}
