import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// What slips ask of members by themselves (domain page §1, 2), and when it is time to be in touch again.
@Suite(.sampleDatabase)
struct `Following up` {
    let sample: SampleChapter
    let bob: ActingDatabase

    /// A Wednesday: its week begins on the 26th of October and ends on the 1st of November.
    init() async throws {
        sample = try await SampleChapter()
        try await sample.scratch.stopClock(at: try #require(Instant("2026-10-28T10:00:00Z")))
        bob = try await sample.acting(as: sample.bob)
    }

    private func agenda(of member: Membership? = nil) async throws -> [FollowUp] {
        try await sample.shell.run(.agenda(of: (member ?? sample.bob).person, in: sample.alder.id))
    }

    private func lines(_ agenda: [FollowUp]) -> [String] {
        agenda.map {
            "\($0.dueOn) \($0.channel.rawValue) \($0.cause?.rawValue ?? "own"): \($0.about ?? $0.text ?? "–")"
        }
    }

    private func refer(on day: String = "2026-10-28", to receiver: Membership? = nil) async throws -> SlipID {
        try await sample.shell.transaction { [alice = sample.alice.id, bob = receiver?.id ?? sample.bob.id] in
            try await $0.pass(
                ReferralDraft(
                    giver: .member(alice),
                    receiver: .member(bob),
                    tier: 1,
                    need: "Bread",
                    warmth: 3,
                    prospect: Prospect(name: "Paul Prospect"),
                    passedOn: .day(day)
                )
            )
        }
    }

    private func meet(on day: String) async throws {
        let euro = sample.alder.currency
        _ = try await sample.shell.transaction { [alice = sample.alice.id, bob = sample.bob.id] in
            try await $0.record(
                OneToOneDraft(
                    first: .member(alice),
                    second: .member(bob),
                    metOn: .day(day),
                    minutes: 60,
                    costOfFirst: Money(minorUnits: 0, currency: euro),
                    costOfSecond: Money(minorUnits: 0, currency: euro)
                )
            )
        }
    }

    private func keep(
        _ name: String,
        met day: String = "2026-10-28",
        cadence: Int? = nil,
        member: Membership.ID? = nil,
        shared: Bool = false
    ) async throws -> SlipID {
        try await bob.run(
            .keep(
                ContactDraft(
                    card: ContactCard(name: name, profession: "Surveyor"),
                    back: BackOfCard(
                        metOn: .day(day),
                        notes: "Sails",
                        cadenceDays: cadence,
                        isShared: shared
                    ),
                    member: member
                ),
                of: sample.bob.id,
                sample.bob.person,
                in: sample.alder.id
            )
        )
    }

    @Test func `comes of every referral, visitor, one-to-one, introduction and new contact`() async throws {
        _ = try await refer()
        try await meet(on: "2026-10-27")
        _ = try await sample.shell.transaction { [bob = sample.bob.id] ledger in
            _ = try await ledger.register(
                VisitorDraft(
                    name: "Vera Visitor",
                    inviter: .member(bob),
                    kind: .first,
                    visitOn: .day("2026-10-28"),
                    came: true
                )
            )
            _ = try await ledger.record(
                IntroductionDraft(
                    connector: .member(bob),
                    first: .visitor(name: "Ida Iron"),
                    second: .visitor(name: "Olaf Oak"),
                    why: "Both restore barns",
                    madeOn: .day("2026-10-28")
                )
            )
        }
        _ = try await keep("Karla Klug")
        // Policy gives 72 hours for the first contact.
        #expect(
            lines(try await agenda()) == [
                "2026-10-29 note one-to-one: Alice Archer", "2026-10-30 email contact: Karla Klug",
                "2026-10-30 call visitor: Vera Visitor", "2026-10-31 call referral: Paul Prospect",
                "2026-11-11 call introduction: Ida Iron, Olaf Oak",
            ]
        )
        #expect(lines(try await agenda(of: sample.alice)) == ["2026-10-29 note one-to-one: Bob Baker"])
    }

    @Test func `asks for no more in a week than somebody chose`() async throws {
        _ = try await sample.shell.run(.askFor(followUpsAWeek: 2, of: sample.bob.person))
        for _ in 1...5 { _ = try await refer() }
        // The 31st is a Saturday; the third goes to the Monday after it.
        #expect(
            try await agenda().map(\.dueOn.description) == [
                "2026-10-31", "2026-10-31", "2026-11-02", "2026-11-02", "2026-11-09",
            ]
        )
        #expect(try await agenda().map(\.isThisWeek) == [true, true, false, false, false])
        let first = try #require(try await agenda().first?.id)
        #expect(
            try await bob.run(.end(first, FollowUpEnd(.done), of: sample.bob.person, in: sample.alder.id))
        )
        #expect(try await agenda().map(\.isThisWeek) == [true, false, false, false])
    }

    @Test func `of a referral is done with its first contact, and goes with the referral`() async throws {
        let (called, taken) = (try await refer(), try await refer())
        #expect(try await agenda().count == 2)
        _ = try await sample.shell.run(.move(called, to: .contacted, reason: nil))
        #expect(try await agenda().map(\.slip) == [taken])
        _ = try await sample.shell.transaction {
            try await $0.correct(.referral, taken, with: nil, because: "Twice")
        }
        #expect(try await agenda().isEmpty)
        let ended = try await bob.run(
            .endedFollowUps(of: sample.bob.person, in: sample.alder.id, limit: 10)
        )
        #expect(ended.map(\.ending) == [.done])
        #expect(ended.first?.about == "Paul Prospect")
    }

    @Test func `does not come of what is entered for the record`() async throws {
        _ = try await refer(on: "2026-10-13")
        try await meet(on: "2026-10-01")
        _ = try await keep("Karla Klug", met: "2020-01-01")
        #expect(try await agenda().isEmpty)
    }

    @Test func `is time again so many days after the last real contact of any kind`() async throws {
        let contact = try await keep(
            "Alice Archer",
            met: "2026-07-01",
            cadence: 30,
            member: sample.alice.id
        )
        #expect(lines(try await agenda()) == ["2026-07-31 call cadence: Alice Archer"])
        try await meet(on: "2026-09-20")
        #expect(try await agenda().map(\.dueOn) == [.day("2026-10-20")])
        #expect(try await agenda().map(\.lastOn) == [.day("2026-09-20")])
        _ = try await refer(on: "2026-10-10", to: sample.bob)
        let cadence = try await agenda().filter { $0.cause == .cadence }
        #expect(cadence.isEmpty, "a referral is contact, too")
        let known = try await bob.run(.contact(contact, of: sample.bob.person, in: sample.alder.id))
        #expect(known?.lastOn == .day("2026-10-10"))
        #expect(known?.nextOn == .day("2026-11-09"))
    }

    @Test func `is time again after somebody was met at an event`() async throws {
        let contact = try await keep("Karla Klug", met: "2026-07-01", cadence: 30)
        _ = try await sample.shell.transaction { [bob = sample.bob.id, euro = sample.alder.currency] in
            try await $0.log(
                ActivityDraft(
                    member: bob,
                    kind: .event,
                    doneOn: .day("2026-10-20"),
                    minutes: 60,
                    money: Money(minorUnits: 0, currency: euro),
                    met: "Nobody Known,  karla KLUG "
                )
            )
        }
        #expect(try await agenda().isEmpty)
        let known = try await bob.run(.contact(contact, of: sample.bob.person, in: sample.alder.id))
        #expect(known?.lastOn == .day("2026-10-20"))
    }

    @Test func `shows no more as this week's than is left of what somebody chose`() async throws {
        _ = try await sample.shell.run(.askFor(followUpsAWeek: 2, of: sample.bob.person))
        for name in ["Ada", "Bea", "Cleo"] { _ = try await keep(name, met: "2026-07-01", cadence: 30) }
        #expect(try await agenda().map(\.isThisWeek) == [true, true, false])
        let first = try #require(try await agenda().first?.contact)
        let touched = try await bob.run(
            .touched(
                first,
                FollowUpEnd(.done),
                by: sample.bob.id,
                sample.bob.person,
                in: sample.alder.id
            )
        )
        #expect(touched != nil)
        #expect(try await agenda().map(\.isThisWeek) == [true, false])
    }

    @Test func `that is planned takes the place of the reminder`() async throws {
        let contact = try await keep("Karla Klug", met: "2026-07-01", cadence: 30)
        _ = try await bob.run(
            .write(
                FollowUpDraft(contact: contact, text: nil, channel: .lunch, dueOn: .day("2026-11-03")),
                of: sample.bob.id,
                sample.bob.person,
                in: sample.alder.id
            )
        )
        #expect(lines(try await agenda()) == ["2026-11-03 lunch own: Karla Klug"])
        let planned = try #require(try await agenda().first?.id)
        _ = try await bob.run(
            .putOff(planned, to: .day("2026-11-10"), of: sample.bob.person, in: sample.alder.id)
        )
        #expect(try await agenda().map(\.dueOn) == [.day("2026-11-10")])
    }

    @Test func `is nobody else's business`() async throws {
        let contact = try await keep("Karla Klug", cadence: 30)
        let shared = try await keep("Sina Shared", shared: true)
        let alice = try await sample.acting(as: sample.alice)
        let (person, chapter) = (sample.bob.person, sample.alder.id)
        #expect(try await alice.run(.contacts(of: person, in: chapter)).isEmpty)
        #expect(try await alice.run(.contact(contact, of: person, in: chapter)) == nil)
        #expect(try await alice.run(.agenda(of: person, in: chapter)).isEmpty)
        #expect(try await alice.run(.forget(contact, of: person, in: chapter)) == false)
        #expect(try await alice.run(.askFor(followUpsAWeek: 50, of: person)) == false)
        let cards = try await alice.run(.sharedContacts(in: chapter))
        #expect(cards.map(\.card.name) == ["Sina Shared"])
        #expect(cards.map(\.owner) == ["Bob Baker"])
        #expect(cards.map(\.id) == [shared])
        // The audit trail, which leaders read, names fields and no value.
        let trail = try await sample.scratch.superuser.run(
            Query<[String]>(
                values: """
                    SELECT DISTINCT jsonb_object_keys(after) FROM app.audit_event WHERE entity IN ('contact', 'follow_up') ORDER BY 1
                    """
            )
        )
        #expect(trail == ["cause", "id", "is_shared", "recorded_at"])
    }

    @Test func `ends for a contact who is forgotten`() async throws {
        let contact = try await keep("Karla Klug", cadence: 30, shared: true)
        #expect(try await agenda().count == 1)
        #expect(try await bob.run(.forget(contact, of: sample.bob.person, in: sample.alder.id)))
        #expect(try await agenda().isEmpty)
        let left = try await sample.scratch.superuser.run(
            Query<Int64>(
                value: "SELECT count(*) FROM app.contact WHERE contact::text ~ 'Karla|Sails|Surveyor'"
            )
        )
        #expect(left == 0)
    }

    @Test func `finds a person's contacts page by page`() async throws {
        for name in ["Ada", "Bea", "Cleo", "Dora", "Ella"] { _ = try await keep(name, shared: true) }
        var (own, shared): ([String], [String]) = ([], [])
        var (after, afterShared): (SlipID?, SlipID?)
        for _ in 1...3 {
            let part = try await bob.run(
                .contacts(of: sample.bob.person, in: sample.alder.id, after: after, limit: 2)
            )
            own += part.map(\.card.name)
            after = part.last?.id
            let cards = try await bob.run(
                .sharedContacts(in: sample.alder.id, after: afterShared, limit: 2)
            )
            shared += cards.map(\.card.name)
            afterShared = cards.last?.id
        }
        #expect(own == ["Ada", "Bea", "Cleo", "Dora", "Ella"])
        #expect(shared == own)
        let found = try await bob.run(
            .contacts(of: sample.bob.person, in: sample.alder.id, matching: "SAIL")
        )
        #expect(found.count == 5)
    }

    @Test func `is what the weekly reminder tells of, beside the referrals`() async throws {
        _ = try await keep("Karla Klug", met: "2026-07-01", cadence: 30)
        _ = try await keep("Greta Gans")
        _ = try await refer()
        let lines = try await sample.scratch.superuser.withConnection {
            [alder = sample.alder.id, bob = sample.bob.id] in
            try await $0.run(
                script: """
                    SELECT set_config('app.chapter_id', '\(alder)', false), set_config('app.rights', 'everything', false);
                    SET search_path = app, pg_temp
                    """
            )
            return try await $0.run(
                Query<[String]>(
                    values:
                        "SELECT what || ' ' || number || ' ' || due FROM what_waits(\(alder), \(bob)) ORDER BY 1"
                )
            )
        }
        #expect(lines.first == "follow-up 2 2026-07-31")
        #expect(lines.count == 2 && lines.last?.hasPrefix("referral-to-contact 1 ") == true)
    }
}
