import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Rights of an office` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    /// One second before Berlin's midnight, and midnight, in winter time.
    @Test(arguments: [("2026-10-31T22:59:59Z", false), ("2026-10-31T23:00:00Z", true)])
    func `begin at the chapter's midnight`(_ moment: String, _ holds: Bool) async throws {
        try await appoint(sample.bob, from: "2026-11-01", to: nil)
        try await stopClock(at: moment)
        #expect(try await offices(of: sample.bob) == (holds ? [.secretaryTreasurer] : []))
        #expect(try await sample.acting(as: sample.bob).actor.may(.markAttendance) == holds)
    }

    @Test(arguments: [("2026-10-31T22:59:59Z", true), ("2026-10-31T23:00:00Z", false)])
    func `end at the chapter's midnight`(_ moment: String, _ holds: Bool) async throws {
        try await appoint(sample.bob, from: "2026-10-01", to: "2026-10-31")
        try await stopClock(at: moment)
        #expect(try await offices(of: sample.bob) == (holds ? [.secretaryTreasurer] : []))
    }

    @Test func `end with the membership, whatever the office says`() async throws {
        _ = try await sample.shell.run(
            .end(sample.alice.id, on: .day("2026-10-31"), reason: nil, in: sample.alder.id)
        )
        let bearer: Bearer? = try await sample.shell.run(
            .actingAs(try #require(sample.alice.email), slug: sample.alder.slug)
        )
        #expect(try #require(bearer).standing.belongs == false)
    }

    /// An office that would have begun the day after keeps that one day: there is no term without any.
    @Test func `are not taken into a membership that begins anew`() async throws {
        try await appoint(sample.bob, from: "2026-11-01", to: nil)
        _ = try await sample.shell.run(
            .end(sample.bob.id, on: .day("2026-10-31"), reason: nil, in: sample.alder.id)
        )
        try await sample.scratch.superuser.run(
            Query<Void>(
                """
                INSERT INTO app.membership (chapter_id, person_id, name, folded_name, joined_on)
                SELECT chapter_id, person_id, name, folded_name, '2026-11-01' FROM app.membership
                 WHERE chapter_id = \(sample.alder.id) AND id = \(sample.bob.id)
                """
            )
        )
        let bearer: Bearer? = try await sample.shell.run(
            .actingAs(try #require(sample.bob.email), slug: sample.alder.slug)
        )
        let standing = try #require(bearer).standing
        #expect(standing.belongs)
        #expect(standing.offices == [])
    }

    @Test func `are of one chapter only`() async throws {
        let inBirch: Bearer? = try await sample.shell.run(
            .actingAs(try #require(sample.alice.email), slug: sample.birch.slug)
        )
        #expect(try #require(inBirch).standing.belongs == false)
        #expect(try await sample.acting(as: sample.alice).actor.may(.manageMembers))
        #expect(try await sample.acting(as: sample.bob).actor.may(.manageMembers) == false)
    }

    @Test func `are another day's on the two sides of the date line`() async throws {
        // At ten in the morning of 1 November in London it is midnight of the 2nd on Kiritimati.
        try await stopClock(at: "2026-11-01T10:00:00Z")
        let installation = sample.database.acting(as: .system(door: .cli), in: nil)
        for (slug, zone, today) in [
            ("kiritimati", "Pacific/Kiritimati", "2026-11-02"),
            ("pago-pago", "Pacific/Pago_Pago", "2026-10-31"),
        ] {
            let chapter = try await installation.create(.sample(slug, timeZone: zone))
            let shell = sample.database.acting(as: .system(door: .cli), in: chapter.id)
            #expect(try await shell.run(.today(in: chapter.id)) == .day(today))
            let member = try await shell.add(.sample("Ina \(slug)", joinedOn: "2026-01-01"))
            _ = try await shell.run(
                .appoint(
                    member,
                    as: .president,
                    from: .day("2026-11-01"),
                    to: .day("2026-11-01"),
                    in: chapter.id
                )
            )
            let bearer: Bearer? = try await shell.run(
                .actingAs(try #require(member.email), slug: chapter.slug)
            )
            #expect(
                try #require(bearer).standing.offices == [],
                "the day is over in one, and has not come in the other"
            )
        }
    }

    @Test func `are held once at a time`() async throws {
        try await appoint(sample.bob, from: "2026-10-01", to: "2026-10-31")
        await expectRefusal(.officeHeldAlready) { try await appoint(sample.bob, from: "2026-10-31", to: nil) }
        await expectRefusal(.termEndsBeforeItBegins) {
            try await appoint(sample.bob, from: "2027-02-01", to: "2027-01-31")
        }
        try await appoint(sample.bob, from: "2026-11-01", to: nil)
    }

    @Test func `end on a day that the chapter names`() async throws {
        let ended = try await sample.shell.run(
            .endOffice(of: sample.alice.id, role: .president, on: .day("2026-10-31"), in: sample.alder.id)
        )
        #expect(ended == .day("2026-10-31"))
        #expect(try await offices(of: sample.alice) == [])
        let none: LocalDate? = try await sample.shell.run(
            .endOffice(of: sample.bob.id, role: .president, on: nil, in: sample.alder.id)
        )
        #expect(none == nil)
    }

    private func appoint(_ member: Membership, from: String, to: String?) async throws {
        _ = try await sample.shell.run(
            .appoint(
                member,
                as: .secretaryTreasurer,
                from: .day(from),
                to: to.map(LocalDate.day),
                in: sample.alder.id
            )
        )
    }

    private func offices(of member: Membership) async throws -> Set<OfficeRole> {
        let bearer: Bearer? = try await sample.shell.run(
            .actingAs(try #require(member.email), slug: sample.alder.slug)
        )
        return try #require(bearer).standing.offices
    }

    private func stopClock(at moment: String) async throws {
        try await sample.scratch.stopClock(at: try #require(Instant(moment)))
    }
}
