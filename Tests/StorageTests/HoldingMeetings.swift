import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Scheduling meetings` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `puts one on each of the chapter's weekdays, once`() async throws {
        let first = try await schedule("2026-10-01", "2026-10-31")
        #expect(first == ["2026-10-07", "2026-10-14", "2026-10-21", "2026-10-28"].map(LocalDate.day))
        #expect(try await schedule("2026-10-20", "2026-11-10") == ["2026-11-04"].map(LocalDate.day))
        #expect(try await schedule("2026-10-01", "2026-10-31") == [])
    }

    @Test func `keeps the chapter's time, minutes and place unless told otherwise`() async throws {
        _ = try await schedule("2026-10-07", "2026-10-07")
        let meeting = try await sample.shell.meeting(on: .day("2026-10-07"))
        #expect(meeting.startsAt.description == "2026-10-07T05:00:00Z")
        #expect(meeting.minutes == 90)
        #expect(meeting.place == "Town hall")
        #expect(meeting.status == .scheduled)
        _ = try await sample.shell.schedule(
            from: .day("2026-10-09"),
            to: .day("2026-10-09"),
            kind: .training,
            at: LocalTime("18:30"),
            minutes: 45,
            place: "Library",
            in: sample.alder
        )
        let training = try await sample.shell.meeting(on: .day("2026-10-09"))
        #expect(training.kind == .training)
        #expect(training.startsAt.description == "2026-10-09T16:30:00Z")
        #expect(training.minutes == 45)
        #expect(training.place == "Library")
    }

    @Test func `with a length nobody sits through is refused`() async throws {
        await expectRefusal(.meetingTooLong) {
            _ = try await sample.shell.schedule(
                from: .day("2026-10-07"),
                to: .day("2026-10-07"),
                minutes: 1441,
                in: sample.alder
            )
        }
    }

    @Test func `finds no meeting on a day that has none`() async throws {
        await #expect(throws: Unknown.meeting(.day("2026-10-08"))) {
            try await sample.shell.meeting(on: .day("2026-10-08"))
        }
    }

    private func schedule(_ from: String, _ to: String) async throws -> [LocalDate] {
        try await sample.shell.schedule(from: .day(from), to: .day(to), in: sample.alder)
    }
}

@Suite(.sampleDatabase)
struct `The sheet of a meeting` {
    let sample: SampleChapter
    let meeting: Meeting

    init() async throws {
        sample = try await SampleChapter()
        _ = try await sample.shell.schedule(
            from: .day("2026-10-07"),
            to: .day("2026-10-07"),
            in: sample.alder
        )
        meeting = try await sample.shell.meeting(on: .day("2026-10-07"))
    }

    @Test func `opens with its first mark`() async throws {
        #expect(try await mark([MarkDraft(member: sample.bob.id, mark: .late)]) == 1)
        #expect(try await status() == .open)
        #expect(try await lines() == ["Alice Archer: nil", "Bob Baker: L"])
    }

    @Test func `takes one mark for everybody who has none`() async throws {
        #expect(
            try await mark([MarkDraft(member: sample.bob.id, mark: .absent)], everybodyElse: .present) == 2
        )
        #expect(try await lines() == ["Alice Archer: P", "Bob Baker: A"])
        #expect(try await mark([], everybodyElse: .absent) == 0)
    }

    @Test func `takes a whole sheet at once, the last mark of each member`() async throws {
        let sheet = [
            MarkDraft(member: sample.bob.id, mark: .absent),
            MarkDraft(member: sample.alice.id, mark: .medical),
            MarkDraft(member: sample.bob.id, mark: .substitute, standIn: "Stan Inman"),
        ]
        #expect(try await mark(sheet) == 2)
        #expect(try await lines() == ["Alice Archer: M", "Bob Baker: S"])
        #expect(try await mark([MarkDraft(member: sample.bob.id, mark: .present)]) == 1)
        #expect(try await lines() == ["Alice Archer: M", "Bob Baker: P"])
    }

    @Test func `expects nobody who is on leave`() async throws {
        try await sample.shell.run(
            .leave(
                of: sample.bob.id,
                from: .day("2026-10-01"),
                to: nil,
                isMedical: false,
                in: sample.alder.id
            )
        )
        #expect(try await mark([], everybodyElse: .present) == 1)
        #expect(try await lines() == ["Alice Archer: P", "Bob Baker: nil, on leave"])
        try await sample.shell.seal(meeting)
        #expect(try await status() == .sealed)
    }

    @Test func `takes no mark for somebody who is not a member that day`() async throws {
        let dora = try await sample.shell.add(.sample("Dora Dyer", joinedOn: "2026-10-08"))
        let said = await expectRefusal(.notAMemberThatDay) {
            _ = try await mark([MarkDraft(member: dora.id, mark: .present)])
        }
        #expect(said == "Dora Dyer is not a member on 2026-10-07")
        #expect(try await status() == .scheduled, "the whole transaction is undone")
    }

    @Test func `has nobody stand in but for a substitute`() async throws {
        await expectRefusal(.standInWithoutSubstitute) {
            _ = try await mark([MarkDraft(member: sample.bob.id, mark: .present, standIn: "Stan Inman")])
        }
    }

    @Test func `is not sealed while a mark is missing, and says whose`() async throws {
        try await sample.shell.open(meeting)
        let said = await expectRefusal(.marksMissing) { try await sample.shell.seal(meeting) }
        #expect(said == "the sheet of 2026-10-07 lacks marks: Alice Archer, Bob Baker")
        _ = try await mark([MarkDraft(member: sample.bob.id, mark: .present)])
        #expect(
            await expectRefusal(.marksMissing) { try await sample.shell.seal(meeting) }.hasSuffix(
                ": Alice Archer"
            )
        )
    }

    @Test func `once sealed takes no mark until it is reopened with a reason`() async throws {
        _ = try await mark([], everybodyElse: .present)
        try await sample.shell.seal(meeting)
        await expectRefusal(.sheetSealed) {
            _ = try await mark([MarkDraft(member: sample.bob.id, mark: .absent)])
        }
        await expectRefusal(.meetingOutOfCourse) { try await sample.shell.open(meeting) }
        await expectRefusal(.meetingOutOfCourse) { try await sample.shell.callOff(meeting, isHoliday: false) }

        let sealed = try await sample.shell.meeting(on: meeting.date)
        await expectRefusal(.meetingOutOfCourse) { try await sample.shell.reopen(sealed, because: " ") }
        try await sample.shell.reopen(sealed, because: "Bob had left early")
        _ = try await mark([MarkDraft(member: sample.bob.id, mark: .absent)])
        try await sample.shell.seal(sealed)
        try await sample.shell.reopen(
            try await sample.shell.meeting(on: meeting.date),
            because: "Bob had left early"
        )
        #expect(try await status() == .open)
    }

    @Test func `cannot be reopened before it was sealed`() async throws {
        await expectRefusal(.meetingOutOfCourse) {
            try await sample.shell.reopen(meeting, because: "why not")
        }
        await expectRefusal(.meetingOutOfCourse) { try await sample.shell.seal(meeting) }
    }

    @Test func `of a meeting that was called off takes no mark`() async throws {
        try await sample.shell.callOff(meeting, isHoliday: true)
        #expect(try await status() == .holiday)
        await expectRefusal(.meetingCalledOff) { _ = try await mark([], everybodyElse: .present) }
        await expectRefusal(.meetingOutOfCourse) { try await sample.shell.open(meeting) }
    }

    @Test func `keeps a meeting with marks from being called off`() async throws {
        _ = try await mark([], everybodyElse: .present)
        await expectRefusal(.meetingOutOfCourse) { try await sample.shell.callOff(meeting, isHoliday: false) }
    }

    private func mark(_ marks: [MarkDraft], everybodyElse: Mark? = nil) async throws -> Int {
        try await sample.shell.mark(marks, everybodyElse: everybodyElse, on: meeting)
    }

    private func status() async throws -> Meeting.Status {
        try await sample.shell.meeting(on: meeting.date).status
    }

    private func lines() async throws -> [String] {
        try await sample.shell.run(.sheet(of: meeting.id, in: sample.alder.id)).map { line in
            "\(line.name): \(line.mark?.letter ?? "nil")\(line.isOnLeave ? ", on leave" : "")"
        }
    }
}
