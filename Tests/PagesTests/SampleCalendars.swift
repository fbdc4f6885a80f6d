import Pages
import ReferralGroup
import Testing

/// The pages of calendars, in every state that has words of its own.
enum SampleCalendars {
    static func all() throws -> [`Pages as they are`.Page] {
        let (leader, token) = (try SampleChapters.leader(), FormToken("0123"))
        let moment = try #require(Instant("2026-11-01T08:00:00Z"))
        let address = CalendarAddress("://1234-5678", modules: [[true, false], [false, true]])
        let pages: [(String, HTML)] = [
            ("own calendar", ownCalendarPage(since: nil, formToken: token)),
            ("own calendar with an address", ownCalendarPage(since: moment, formToken: token)),
            ("address of one's own calendar", ownCalendarAddressPage(address)),
            ("calendar of a chapter", chapterCalendarPage(since: nil, for: leader)),
            ("calendar of a chapter with an address", chapterCalendarPage(since: moment, for: leader)),
            ("address of a chapter's calendar", chapterCalendarAddressPage(address, for: leader)),
        ]
        return pages.map { `Pages as they are`.Page(testDescription: $0, html: $1) }
    }
}

@Suite struct `A meeting in a calendar` {
    @Test(arguments: [
        (Meeting.Kind.regular, Meeting.Status.scheduled, "Alder", "Alder"),
        (.regular, .sealed, "Alder", "Alder"), (.training, .open, "Alder (training)", "Alder (Schulung)"),
        (.regular, .cancelled, "Cancelled: Alder", "Abgesagt: Alder"),
        (
            .social, .holiday, "Holiday, no meeting: Alder (social)",
            "Feiertag, keine Sitzung: Alder (gesellig)"
        ),
    ])
    func `is called after its chapter`(
        _ kind: Meeting.Kind,
        _ status: Meeting.Status,
        _ english: String,
        _ german: String
    ) throws {
        let title = try entry(kind, status).title
        #expect(title.plain(in: .english) == english)
        #expect(title.plain(in: .german) == german)
    }

    @Test func `tells its programme, and that one will be away`() throws {
        let programme: [CalendarMeeting.Slot] = [
            .init(part: .talk, speaker: "Bob <Baker>", topic: "Bread & \"rolls\"; all of it"),
            .init(part: .education, speaker: nil, topic: "Listening"),
            .init(part: .doorPrize, speaker: nil, topic: nil),
        ]
        let here = try entry(programme: programme)
        #expect(
            here.notes.map { $0.plain(in: .english) } == [
                "Feature talk: Bob <Baker>, Bread & \"rolls\"; all of it", "Education slot: Listening",
            ]
        )
        let away = try entry(absence: .init(standIn: "Dora Dyer"))
        #expect(away.notes.map { $0.plain(in: .german) } == ["Du bist nicht dabei: Dora Dyer vertritt dich."])
        let alone = try entry(absence: .init(standIn: nil))
        #expect(alone.notes.map { $0.plain(in: .english) } == ["You will be away"])
    }

    private func entry(
        _ kind: Meeting.Kind = .regular,
        _ status: Meeting.Status = .scheduled,
        programme: [CalendarMeeting.Slot] = [],
        absence: CalendarMeeting.Absence? = nil
    ) throws -> CalendarMeeting {
        let moment = try #require(Instant("2026-10-28T06:00:00Z"))
        return CalendarMeeting(
            chapter: try #require(Chapter.Slug("alder")),
            chapterName: "Alder",
            meeting: Meeting(
                id: .init(1),
                date: try SampleNights.day("2026-10-28"),
                startsAt: moment,
                minutes: 90,
                kind: kind,
                status: status,
                place: nil
            ),
            programme: programme,
            absence: absence,
            changes: 0,
            changedAt: moment
        )
    }
}
