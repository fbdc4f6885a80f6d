import Postgres
import ReferralGroup

extension Query<[Meeting]> {
    package static func meetings(of chapter: Chapter.ID, from: LocalDate, to: LocalDate) -> Self {
        meetings(of: chapter, "\(from)", "\(to)")
    }

    /// Those around today.
    package static func meetings(of chapter: Chapter.ID, daysBack: Int, daysAhead: Int) -> Self {
        meetings(
            of: chapter,
            "today(\(chapter)) - \(Int32(clamping: daysBack))",
            "today(\(chapter)) + \(Int32(clamping: daysAhead))"
        )
    }

    private static func meetings(of chapter: Chapter.ID, _ from: SQL, _ to: SQL) -> Self {
        Query(
            """
            SELECT \(Meeting.columns)
              FROM meeting
             WHERE chapter_id = \(chapter) AND local_date BETWEEN \(from) AND \(to)
             ORDER BY local_date, starts_at, id
            """
        )
    }
}

extension Query<[LocalDate]> {
    /// Puts meetings into the calendar: the days of a weekday, or every day where that is nil.
    ///
    /// Days that have a regular meeting keep it. A local time in a gap or overlap is read as AT TIME ZONE reads it.
    package static func schedule(
        from: LocalDate,
        to: LocalDate,
        weekday: Weekday?,
        kind: Meeting.Kind = .regular,
        at time: LocalTime? = nil,
        minutes: Int? = nil,
        place: String? = nil,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            values: """
                INSERT INTO meeting (chapter_id, starts_at, local_date, minutes, kind, place)
                SELECT chapter.id, (day::date + coalesce(\(time), chapter.starts_at, '12:00')) AT TIME ZONE chapter.time_zone, day::date,
                       coalesce(\(minutes.map { Int16(clamping: $0) }), chapter.minutes), \(kind.rawValue), coalesce(\(place), chapter.place)
                  FROM chapter
                 CROSS JOIN generate_series(\(from)::timestamp, \(to)::timestamp, interval '1 day') AS day
                 WHERE chapter.id = \(chapter)
                   AND extract(isodow FROM day) = coalesce(\(weekday.map { Int32($0.number) }), extract(isodow FROM day))
                   AND (\(kind.rawValue) <> 'regular'
                        OR NOT EXISTS (SELECT FROM meeting WHERE chapter_id = \(chapter) AND kind = 'regular' AND local_date = day::date))
                 ORDER BY day
                RETURNING local_date
                """
        )
    }
}

extension Query<Void> {
    /// Keeps a meeting from changing under whoever asked first, until their transaction ends.
    package static func lock(_ meeting: Meeting, in chapter: Chapter.ID) -> Self {
        Query("SELECT FROM meeting WHERE chapter_id = \(chapter) AND id = \(meeting.id) FOR UPDATE")
    }
}

extension Query<[SheetLine]> {
    /// Everybody who is a member on the day of a meeting, in order of name, with the mark there is.
    package static func sheet(of meeting: Meeting.ID, in chapter: Chapter.ID) -> Self {
        sheet("\(meeting)", in: chapter)
    }

    /// The sheet of the meeting of a day.
    package static func sheet(on day: LocalDate, in chapter: Chapter.ID) -> Self {
        sheet("meeting_on(\(chapter), \(day))", in: chapter)
    }

    private static func sheet(_ meeting: SQL, in chapter: Chapter.ID) -> Self {
        Query(sheetLines(of: meeting, in: chapter))
    }
}

/// A sheet as it was at a moment.
package struct SheetAtAMoment: Sendable {
    package let lines: [SheetLine]
    /// Of two readings the later one has the greater numbers, the first before the second; nil of a sheet without lines.
    package let moment: (Int64, Int64)?
}

extension Query<SheetAtAMoment> {
    package static func sheetNow(of meeting: Meeting.ID, in chapter: Chapter.ID) -> Self {
        // What a snapshot sees grows with the transactions that were begun, and with those of them that have ended.
        let seen: SQL = """
            pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS begun,
            -(SELECT count(*) FROM pg_snapshot_xip(pg_current_snapshot())) AS ended
            """
        return Query(sheetLines(of: "\(meeting)", in: chapter, beside: seen)) { result in
            SheetAtAMoment(
                lines: try result.rows.map { try SheetLine(row: $0) },
                moment: try result.rows.first.map { (try $0["begun"], try $0["ended"]) }
            )
        }
    }
}

private func sheetLines(of meeting: SQL, in chapter: Chapter.ID, beside columns: SQL = "NULL") -> SQL {
    """
    SELECT membership.id, membership.name, mark.mark, mark.stand_in, \(columns),
           EXISTS (SELECT FROM membership_leave AS leave
                    WHERE leave.chapter_id = \(chapter) AND leave.membership_id = membership.id
                      AND meeting.local_date BETWEEN leave.first_day AND coalesce(leave.last_day, 'infinity')) AS is_on_leave
      FROM meeting
      JOIN membership ON membership.chapter_id = \(chapter)
                     AND meeting.local_date BETWEEN membership.joined_on AND coalesce(membership.ended_on, 'infinity')
      LEFT JOIN mark ON mark.chapter_id = \(chapter) AND mark.meeting_id = meeting.id AND mark.membership_id = membership.id
     WHERE meeting.chapter_id = \(chapter) AND meeting.id = \(meeting)
     ORDER BY membership.folded_name, membership.id
    """
}

/// A mark about to be set.
package struct MarkDraft: Sendable {
    package let member: Membership.ID
    package let mark: Mark
    package let standIn: String?

    package init(member: Membership.ID, mark: Mark, standIn: String? = nil) {
        self.member = member
        self.mark = mark
        self.standIn = standIn
    }
}

extension ActingDatabase {
    /// The meeting of a local date: the regular one where there are several.
    package func meeting(on date: LocalDate) async throws -> Meeting {
        guard let chapter else { throw Unknown.meeting(date) }
        let meetings = try await run(.meetings(of: chapter, from: date, to: date))
        guard let meeting = meetings.first(where: { $0.kind == .regular }) ?? meetings.first else {
            throw Unknown.meeting(date)
        }
        return meeting
    }

    /// Puts meetings into the calendar and returns their days: for a period the chapter's weekday, for one day that day.
    package func schedule(
        from: LocalDate,
        to: LocalDate,
        kind: Meeting.Kind = .regular,
        at time: LocalTime? = nil,
        minutes: Int? = nil,
        place: String? = nil,
        in chapter: Chapter
    ) async throws -> [LocalDate] {
        if chapter.regular == nil, time == nil {
            throw Unknown.value("", of: "--at", wanted: "the time, for \(chapter.name) has no regular one")
        }
        return try await run(
            .schedule(
                from: from,
                to: to,
                weekday: from == to ? nil : chapter.regular?.weekday,
                kind: kind,
                at: time,
                minutes: minutes,
                place: place,
                in: chapter.id
            )
        )
    }

    /// Opens a sheet; one that is open stays as it is.
    package func open(_ meeting: Meeting) async throws {
        try await change(
            meeting,
            "status = 'open', opened_at = coalesce(opened_at, now()), sealed_at = NULL",
            unless: .open
        )
    }

    package func callOff(_ meeting: Meeting, isHoliday: Bool) async throws {
        try await change(
            meeting,
            "status = \(isHoliday ? "holiday" : "cancelled"), sealed_at = NULL",
            unless: isHoliday ? .holiday : .cancelled
        )
    }

    package func seal(_ meeting: Meeting) async throws {
        try await change(
            meeting,
            """
            status = 'sealed', sealed_at = now(), opened_at = coalesce(opened_at, now()), reopened_because = NULL
            """,
            unless: .sealed
        )
    }

    package func reopen(_ meeting: Meeting, because reason: String) async throws {
        guard meeting.status == .sealed else {
            throw Refused(
                rule: .meetingOutOfCourse,
                detail: "the meeting of \(meeting.date) is \(meeting.status.rawValue), not sealed"
            )
        }
        try await change(
            meeting,
            "status = 'open', sealed_at = NULL, reopened_because = \(reason)",
            unless: .open
        )
    }

    /// Sets some marks, then one for everybody expected who has none; the first opens the meeting.
    ///
    /// Returns how many were set.
    package func mark(
        _ marks: [MarkDraft],
        everybodyElse: Mark? = nil,
        on meeting: Meeting
    ) async throws -> Int {
        try await transaction { try await $0.mark(marks, everybodyElse: everybodyElse, on: meeting) }
    }

    private func change(_ meeting: Meeting, _ assignment: SQL, unless status: Meeting.Status) async throws {
        guard let chapter else { throw Unknown.meeting(meeting.date) }
        try await run(
            Query<Void>(
                """
                UPDATE meeting SET \(assignment)
                 WHERE chapter_id = \(chapter) AND id = \(meeting.id) AND status <> \(status.rawValue)
                """
            )
        )
    }
}

extension ActingTransaction {
    package func mark(
        _ marks: [MarkDraft],
        everybodyElse: Mark? = nil,
        on meeting: Meeting
    ) async throws -> Int {
        guard let chapter else { throw Unknown.meeting(meeting.date) }
        try await run(
            Query<Void>(
                """
                UPDATE meeting SET status = 'open', opened_at = now()
                 WHERE chapter_id = \(chapter) AND id = \(meeting.id) AND status = 'scheduled'
                """
            )
        )
        var count = 0
        if !marks.isEmpty { count += try await run(.set(marks, on: meeting.id, in: chapter)) }
        if let everybodyElse {
            count += try await run(.setForEverybodyElse(everybodyElse, on: meeting, in: chapter))
        }
        return count
    }
}

extension Query<Int> {
    /// A whole sheet in one statement; of two marks for one member the last holds.
    fileprivate static func set(_ drafts: [MarkDraft], on meeting: Meeting.ID, in chapter: Chapter.ID) -> Self
    {
        let last = Dictionary(drafts.map { ($0.member, $0) }) { $1 }
        let lines = last.values.sorted { $0.member < $1.member }
        return Query(
            """
            INSERT INTO mark (chapter_id, meeting_id, membership_id, mark, stand_in)
            SELECT \(chapter), \(meeting), line.*
              FROM unnest(\(lines.map(\.member)), \(lines.map(\.mark.rawValue)), \(lines.map(\.standIn))) AS line
            ON CONFLICT (chapter_id, meeting_id, membership_id) DO UPDATE
               SET mark = excluded.mark, stand_in = excluded.stand_in, marked_at = now()
            """
        ) { $0.affected }
    }

    fileprivate static func setForEverybodyElse(
        _ mark: Mark,
        on meeting: Meeting,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            INSERT INTO mark (chapter_id, meeting_id, membership_id, mark)
            SELECT \(chapter), \(meeting.id), membership.id, \(mark.rawValue)
              FROM membership
             WHERE membership.chapter_id = \(chapter)
               AND \(meeting.date) BETWEEN membership.joined_on AND coalesce(membership.ended_on, 'infinity')
               AND NOT EXISTS (SELECT FROM membership_leave AS leave
                                WHERE leave.chapter_id = \(chapter) AND leave.membership_id = membership.id
                                  AND \(meeting.date) BETWEEN leave.first_day AND coalesce(leave.last_day, 'infinity'))
            ON CONFLICT (chapter_id, meeting_id, membership_id) DO NOTHING
            """
        ) { $0.affected }
    }
}

extension Meeting: RowDecodable {
    static let columns: SQL = "id, local_date, starts_at, minutes, kind, status, place"

    package init(row: Row) throws {
        try self.init(
            id: row["id"],
            date: row["local_date"],
            startsAt: row["starts_at"],
            minutes: row["minutes"],
            kind: row.word("kind"),
            status: row.word("status"),
            place: row["place"]
        )
    }
}

extension SheetLine: RowDecodable {
    package init(row: Row) throws {
        let mark: String? = try row["mark"]
        try self.init(
            member: row["id"],
            name: row["name"],
            mark: mark.flatMap { Mark(rawValue: $0) },
            standIn: row["stand_in"],
            isOnLeave: row["is_on_leave"]
        )
    }
}
