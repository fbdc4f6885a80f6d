import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// It is 1 November 2026; Dora joined on the 15th of October, and Bob is her mentor.
@Suite(.sampleDatabase)
struct `Taking the first steps` {
    let sample: SampleChapter
    let dora: Membership
    let other: [Membership]

    init() async throws {
        sample = try await SampleChapter()
        dora = try await sample.shell.add(.sample("Dora Dyer", joinedOn: "2026-10-15"))
        var members: [Membership] = []
        for name in ["Emil Ernst", "Fred Fuchs"] {
            members.append(try await sample.shell.add(.sample(name)))
        }
        other = members
        try await sample.shell.set(
            [("mentor", "bob@example.org")],
            of: dora,
            in: sample.alder,
            from: nil
        )
    }

    @Test func `is told by the records, with the day by which each is due`() async throws {
        let before = try await steps()
        #expect(
            before.map { "\($0.step.rawValue) \($0.dueOn)" } == [
                "profile 2026-10-22", "mentor 2026-10-29", "posting 2026-11-05", "visitor 2026-11-26",
                "referral 2026-11-26", "four-members 2026-12-10", "education 2026-12-24", "part 2027-02-04",
            ]
        )
        #expect(before.allSatisfy { $0.doneOn == nil })
        let (dora, alder) = (dora, sample.alder)
        try await sample.shell.run(
            .tell(Profile(goals: "Rolls"), of: dora.id, dora.person, in: alder.id)
        )
        #expect(try await done() == [], "goals alone are half a profile")
        try await sample.shell.run(
            .tell(Profile(goals: "Rolls", idealReferral: "A mill"), of: dora.id, dora.person, in: alder.id)
        )
        #expect(try await done() == ["profile"])
        try await meet(sample.bob, on: "2026-10-10")
        #expect(try await done() == ["profile"], "before she joined it is none")
        let bob = sample.bob
        try await meet(other[0], on: "2026-10-16")
        try await meet(other[0], on: "2026-10-17")
        try await meet(sample.alice, on: "2026-10-18")
        try await meet(other[1], on: "2026-10-19")
        #expect(try await done() == ["profile"])
        try await meet(bob, on: "2026-10-21")
        #expect(try await done() == ["profile", "mentor", "four-members"])
        let four = try await steps().first { $0.step == .fourMembers }
        #expect(four?.doneOn == .day("2026-10-21"))
        try await sample.shell.transaction { ledger in
            _ = try await ledger.register(
                VisitorDraft(
                    name: "Vera",
                    inviter: .member(dora.id),
                    kind: .first,
                    visitOn: .day("2026-11-04"),
                    came: false
                )
            )
            _ = try await ledger.pass(
                ReferralDraft(
                    giver: .member(dora.id),
                    receiver: .member(bob.id),
                    tier: 1,
                    need: "Bread",
                    warmth: 3,
                    passedOn: .day("2026-10-20")
                )
            )
            _ = try await ledger.record(
                EducationDraft(member: dora.id, units: Figure(1), doneOn: .day("2026-10-22"))
            )
        }
        _ = try await sample.shell.schedule(from: .day("2026-10-28"), to: .day("2026-11-04"), in: alder)
        let later = try await sample.shell.meeting(on: .day("2026-11-04"))
        let slot = MeetingPart(part: .talk, member: dora.id, name: nil, topic: "Rolls")
        try await sample.shell.run(.set(slot, of: later, in: alder.id))
        #expect(try await !done().contains("part"), "a part to come is none yet")
        let past = try await sample.shell.meeting(on: .day("2026-10-28"))
        try await sample.shell.run(.set(slot, of: past, in: alder.id))
        #expect(try await done().count == 7)
        #expect(try await underWay(of: dora).map(\.next) == [.posting])
    }

    @Test func `is seen by oneself, one's mentor and those who may see reports`() async throws {
        for (reader, isSeen) in [(dora, true), (sample.bob, true), (sample.alice, true), (other[0], false)] {
            let acting = try await sample.acting(as: reader)
            let steps = try await acting.run(.firstSteps(of: dora.id, in: sample.alder.id))
            #expect(steps.isEmpty != isSeen, "\(reader.name)")
        }
        let charlie = try await sample.acting(as: sample.charlie, in: sample.birch)
        #expect(try await charlie.run(.firstSteps(of: dora.id, in: sample.alder.id)).isEmpty)
        #expect(try await charlie.run(.firstSteps(of: dora.id, in: sample.birch.id)).isEmpty)
    }

    @Test func `stands on the home of both for 120 days, and nobody else's`() async throws {
        #expect(try await underWay(of: dora).map { "\($0.isOwn) \($0.done)/\($0.steps)" } == ["true 0/8"])
        #expect(try await underWay(of: sample.bob).map { "\($0.isOwn) \($0.name)" } == ["false Dora Dyer"])
        #expect(try await underWay(of: sample.alice).isEmpty)
        // The 12th of February is 120 days after she joined.
        try await sample.scratch.stopClock(at: try #require(Instant("2027-02-12T12:00:00Z")))
        #expect(try await underWay(of: dora).count == 1)
        try await sample.scratch.stopClock(at: try #require(Instant("2027-02-13T12:00:00Z")))
        for member in [dora, sample.bob] { #expect(try await underWay(of: member).isEmpty) }
    }

    @Test func `is with a mentor who is another member`() async throws {
        await expectRefusal(.mentorIsOneself) {
            try await sample.shell.set([("mentor", "\(dora.id)")], of: dora, in: sample.alder, from: nil)
        }
        await #expect(throws: Unknown.self) {
            try await sample.shell.set([("mentor", "Charlie Carver")], of: dora, in: sample.alder, from: nil)
        }
        let bob = try await sample.acting(as: sample.bob)
        await #expect(throws: NotTheirs.self) {
            try await bob.set([("mentor", "")], of: dora, in: sample.alder, from: nil)
        }
        try await sample.shell.set([("mentor", "")], of: dora, in: sample.alder, from: nil)
        #expect(try await underWay(of: sample.bob).isEmpty)
    }

    @Test func `ends with a reason that is counted`() async throws {
        await expectRefusal(.leavingForAnotherReason) {
            _ = try await sample.shell.run(
                .end(dora.id, on: nil, because: .other, reason: " ", in: sample.alder.id)
            )
        }
        for (member, code, reason) in [
            (dora, EndCode.movedAway, "To the coast"), (other[0], .movedAway, nil),
            (other[1], nil, "moved away"),
        ] {
            _ = try await sample.shell.run(
                .end(member.id, on: .day("2026-10-20"), because: code, reason: reason, in: sample.alder.id)
            )
        }
        let reasons = try await sample.shell.run(
            Query<[String]>(
                values: """
                    SELECT reason || ' ' || people
                      FROM retention_reasons(\(sample.alder.id), '2026-10-16', '2026-10-31', \(SampleChapter.now))
                    """
            )
        )
        #expect(reasons == ["moved away 3"])
    }

    private func meet(_ member: Membership, on day: String) async throws {
        let (dora, euro) = (dora, sample.alder.currency)
        let joined = LocalDate.day(day) >= dora.joinedOn
        try await sample.shell.transaction { ledger in
            if joined {
                _ = try await ledger.record(
                    OneToOneDraft(
                        first: .member(member.id),
                        second: .member(dora.id),
                        metOn: .day(day),
                        minutes: 60,
                        costOfFirst: Money(minorUnits: 0, currency: euro),
                        costOfSecond: Money(minorUnits: 0, currency: euro)
                    )
                )
            }
        }
        guard !joined else { return }
        try await sample.write(
            """
            SET session_replication_role = replica;
            INSERT INTO one_to_one (chapter_id, first_id, second_id, met_on, currency)
            VALUES (\(sample.alder.id), \(dora.id), \(member.id), '\(day)', 'EUR');
            RESET session_replication_role
            """
        )
    }

    private func steps() async throws -> [FirstSteps.Progress] {
        try await sample.shell.run(.firstSteps(of: dora.id, in: sample.alder.id))
    }

    private func done() async throws -> [String] {
        try await steps().filter { $0.doneOn != nil }.map(\.step.rawValue)
    }

    private func underWay(of member: Membership) async throws -> [FirstSteps.UnderWay] {
        try await sample.acting(as: member).run(.firstStepsUnderWay(in: sample.alder.id))
    }
}
