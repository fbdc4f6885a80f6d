import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Bob was absent on 7 and 14 October, of the three that the chapter allows; the first drops out 182 days later.
@Suite(.sampleDatabase)
struct `A letter that warns of absences` {
    let sample: SampleChapter
    let alice: ActingDatabase

    init() async throws {
        sample = try await SampleChapter()
        _ = try await sample.shell.schedule(
            from: .day("2026-10-07"),
            to: .day("2026-10-14"),
            in: sample.alder
        )
        for day in ["2026-10-07", "2026-10-14"] {
            _ = try await sample.shell.mark(
                [MarkDraft(member: sample.bob.id, mark: .absent)],
                everybodyElse: .present,
                on: try await sample.shell.meeting(on: .day(day))
            )
        }
        alice = try await sample.acting(as: sample.alice)
    }

    @Test func `is drafted from a template and logged: who, when, to whom, the text`() async throws {
        let letter = try await letter(try await draft())
        #expect(letter.subject == "Your absences at Alder")
        #expect(
            letter.text == """
                Dear Bob Baker,

                as of 1 November 2026 you have used 2 of the 3 absences that Alder allows. The next one drops out on 7 April 2027.

                We are glad of every week you are with us.

                Alice Archer
                Alder

                """
        )
        #expect(letter.name == "Bob Baker" && letter.draftedBy == "Alice Archer")
        #expect(letter.draftedOn == .day("2026-11-01") && letter.givenOn == nil)
        #expect(letter.used == Figure(unscaled: 200, scale: 2) && letter.allowed == 3)
        #expect(try await lastLetter() == "2026-11-01")
    }

    @Test(arguments: [
        (2, "de", "noch eine wäre zu viel", "am 1. November 2026: 2 von 2, die"),
        (1, "de-AT", "liegen über der Grenze", "am 1. November 2026: 2; Alder"),
        (1, "fr", "are over the limit", "your absences come to 2; Alder"),
    ])
    func `is in the member's language and of their standing`(
        _ limit: Int,
        _ language: String,
        _ subject: String,
        _ text: String
    ) async throws {
        try await sample.shell.setPolicy(
            [("absence-limit", "\(limit)")],
            of: sample.alder,
            from: .day("2026-01-01")
        )
        try await sample.write("UPDATE person SET language = '\(language)' WHERE id = \(sample.bob.person)")
        let letter = try await letter(try await draft())
        #expect(letter.subject.contains(subject) && letter.text.contains(text), "\(letter.text)")
    }

    @Test func `takes a name as it is written`() async throws {
        try await sample.write("UPDATE membership SET name = 'Bob {chapter} {' WHERE id = \(sample.bob.id)")
        #expect(try await letter(try await draft()).text.hasPrefix("Dear Bob {chapter} {,\n"))
    }

    @Test func `is due to who is near the limit, and once for the same absences`() async throws {
        let chapter = sample.alder.id
        #expect(try await alice.run(.absenceLettersDue(in: chapter, on: nil)).isEmpty)
        try await sample.shell.setPolicy(
            [("absence-limit", "2")],
            of: sample.alder,
            from: .day("2026-01-01")
        )
        #expect(try await alice.run(.absenceLettersDue(in: chapter, on: nil)) == [sample.bob.id])
        _ = try await draft()
        #expect(try await alice.run(.absenceLettersDue(in: chapter, on: nil)).isEmpty)
    }

    @Test func `goes into the outbox when a leader sends it, once`() async throws {
        let (id, chapter) = (try await draft(), sample.alder.id)
        let waiting = Query<[String]>(values: "SELECT to_address || ' ' || subject FROM app.mail")
        #expect(try await sample.scratch.superuser.run(waiting).isEmpty)
        let bob = try await sample.acting(as: sample.bob)
        #expect(try await bob.run(.absenceLetters(of: chapter)).isEmpty)
        #expect(try await alice.run(.give(id, by: .mail, in: chapter)))
        #expect(try await alice.run(.give(id, by: .hand, in: chapter)) == false)
        #expect(try await sample.scratch.superuser.run(waiting) == ["bob@example.org Your absences at Alder"])
        let given = try await letter(id)
        #expect(given.givenOn == .day("2026-11-01") && given.way == .mail)
        #expect(try await bob.run(.absenceLetters(of: chapter)).map(\.id) == [id])
    }

    @Test func `is given by hand to who has no e-mail`() async throws {
        let (id, chapter) = (try await draft(), sample.alder.id)
        try await sample.write(
            """
            UPDATE membership SET email = NULL WHERE id = \(sample.bob.id);
            UPDATE person SET email = NULL WHERE id = \(sample.bob.person)
            """
        )
        await expectRefusal(.letterWithoutAddress) {
            _ = try await alice.run(.give(id, by: .mail, in: chapter))
        }
        #expect(try await letter(id).givenOn == nil)
        #expect(try await alice.run(.give(id, by: .hand, in: chapter)))
    }

    @Test func `is refused of no absences, of tomorrow, and of nobody`() async throws {
        let chapter = sample.alder.id
        await expectRefusal(.letterOfNoAbsences) {
            _ = try await alice.run(.draftLetter(to: sample.alice.id, countedOn: nil, in: chapter))
        }
        await expectRefusal(.slipOfTheFuture) {
            _ = try await alice.run(
                .draftLetter(to: sample.bob.id, countedOn: .day("2026-11-02"), in: chapter)
            )
        }
        for id in [sample.charlie.id, Membership.ID(999_999)] {
            #expect(try await alice.run(.draftLetter(to: id, countedOn: nil, in: chapter)) == nil)
        }
    }

    @Test func `is the leaders' to draft and to read`() async throws {
        let (id, chapter) = (try await draft(), sample.alder.id)
        let bob = try await sample.acting(as: sample.bob)
        let charlie = try await sample.acting(as: sample.charlie, in: sample.birch)
        for acting in [bob, charlie] {
            await #expect(throws: PostgresError.self) {
                _ = try await acting.run(.draftLetter(to: sample.bob.id, countedOn: nil, in: chapter))
            }
            await #expect(throws: PostgresError.self) {
                _ = try await acting.run(.give(id, by: .hand, in: chapter))
            }
            #expect(try await acting.run(.absenceLetter(id, in: chapter)) == nil)
        }
        let report = try await sample.report(.absences, as: bob, from: "2026-10-31")
        #expect(try report.rows("members").first?.last == "–")
    }

    private func draft() async throws -> SlipID {
        let drafted = try await alice.run(
            .draftLetter(to: sample.bob.id, countedOn: nil, in: sample.alder.id)
        )
        return try #require(drafted)
    }

    private func letter(_ id: SlipID) async throws -> AbsenceLetter {
        let found: AbsenceLetter? = try await alice.run(.absenceLetter(id, in: sample.alder.id))
        return try #require(found)
    }

    private func lastLetter() async throws -> String? {
        let report = try await sample.report(.absences, as: alice, from: "2026-10-31")
        return try report.rows("members").first { $0[0] == "Bob Baker" }?.last
    }
}
