import Postgres
import ReferralGroup

extension ActingDatabase {
    /// Everything of the meeting of a day, in one round trip.
    package func meetingNight(on day: LocalDate, of home: Chapter) async throws -> MeetingNight {
        let chapter = home.id
        let (meeting, today, startsAt, sheet, announced, guests, readOut, programme, checkIn) = try await run(
            Query<Meeting?>(
                "SELECT \(Meeting.columns) FROM meeting WHERE chapter_id = \(chapter) AND id = meeting_on(\(chapter), \(day))"
            ),
            .today(in: chapter),
            Query<[String]>(
                values: """
                    SELECT to_char(meeting.starts_at AT TIME ZONE chapter.time_zone, 'HH24:MI')
                      FROM meeting JOIN chapter ON chapter.id = meeting.chapter_id
                     WHERE meeting.chapter_id = \(chapter) AND meeting.id = meeting_on(\(chapter), \(day))
                    """
            ),
            .sheet(on: day, in: chapter),
            .announcedAbsences(on: day, in: chapter),
            .guests(on: day, in: chapter),
            Query<[ReadOut]>("SELECT * FROM slips_to_read_out(\(chapter), \(day))"),
            .programme(on: day, in: chapter),
            .checkIn(on: day, in: chapter)
        )
        guard let meeting else { throw Unknown.meeting(day) }
        return MeetingNight(
            meeting: meeting,
            today: today,
            startsAt: startsAt.first.flatMap { LocalTime($0) },
            sheet: sheet,
            announced: announced,
            guests: guests,
            readOut: readOut,
            programme: programme,
            checkIn: checkIn,
            currency: home.currency
        )
    }
}

extension Query<[AnnouncedAbsence]> {
    package static func announcedAbsences(on day: LocalDate, in chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT membership_id, stand_in, reason FROM announced_absence
             WHERE chapter_id = \(chapter) AND meeting_id = meeting_on(\(chapter), \(day)) ORDER BY membership_id
            """
        )
    }
}

extension Query<[Guest]> {
    /// Who visits on a day.
    package static func guests(on day: LocalDate, in chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT visitor.id, visitor.name, visitor.company, visitor.came,
                   (SELECT membership.name FROM membership WHERE membership.chapter_id = \(chapter) AND membership.id = visitor.inviter_id) AS inviter
              FROM visitor
             WHERE visitor.chapter_id = \(chapter) AND visitor.visit_on = \(day)
             ORDER BY visitor.folded_name, visitor.id
            """
        )
    }
}

extension Query<[MeetingPart]> {
    package static func programme(on day: LocalDate, in chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT part.part, part.membership_id, membership.name, part.topic
              FROM meeting_part AS part
              LEFT JOIN membership ON membership.chapter_id = \(chapter) AND membership.id = part.membership_id
             WHERE part.chapter_id = \(chapter) AND part.meeting_id = meeting_on(\(chapter), \(day))
             ORDER BY part.part
            """
        )
    }
}

extension Query<CheckIn?> {
    /// The sign at the door, for who may mark; nobody else sees its row.
    package static func checkIn(on day: LocalDate, in chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT secret, on_time_until, closes_at FROM check_in
             WHERE chapter_id = \(chapter) AND meeting_id = meeting_on(\(chapter), \(day))
            """
        )
    }
}

extension Query<Void> {
    /// Puts up the sign of a meeting; the one before is worth nothing then.
    ///
    /// Who comes up to `grace` minutes after the beginning is in time, and at the end nobody comes in any more.
    package static func openCheckIn(
        of meeting: Meeting,
        secret: String,
        grace: Int,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            INSERT INTO check_in (chapter_id, meeting_id, secret, on_time_until, closes_at)
            SELECT chapter_id, id, \(secret), starts_at + make_interval(mins => \(Int32(clamping: grace))),
                   starts_at + make_interval(mins => greatest(minutes, \(Int32(clamping: grace)) + 1))
              FROM meeting WHERE chapter_id = \(chapter) AND id = \(meeting.id)
            ON CONFLICT (chapter_id, meeting_id) DO UPDATE
               SET secret = excluded.secret, on_time_until = excluded.on_time_until, closes_at = excluded.closes_at
            """
        )
    }

    package static func closeCheckIn(of meeting: Meeting, in chapter: Chapter.ID) -> Self {
        Query("DELETE FROM check_in WHERE chapter_id = \(chapter) AND meeting_id = \(meeting.id)")
    }

    package static func announce(
        _ absence: AnnouncedAbsence,
        from meeting: Meeting,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            INSERT INTO announced_absence (chapter_id, meeting_id, membership_id, stand_in, reason)
            VALUES (\(chapter), \(meeting.id), \(absence.member), \(absence.standIn), \(absence.reason))
            ON CONFLICT (chapter_id, meeting_id, membership_id) DO UPDATE
               SET stand_in = excluded.stand_in, reason = excluded.reason, announced_at = now()
            """
        )
    }

    package static func withdrawAbsence(
        of member: Membership.ID,
        from meeting: Meeting,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            "DELETE FROM announced_absence WHERE chapter_id = \(chapter) AND meeting_id = \(meeting.id) AND membership_id = \(member)"
        )
    }

    /// Fills a slot of the programme; with neither a member nor a topic it is free again.
    package static func set(_ part: MeetingPart, of meeting: Meeting, in chapter: Chapter.ID) -> Self {
        guard part.member != nil || part.topic != nil else {
            return Query(
                "DELETE FROM meeting_part WHERE chapter_id = \(chapter) AND meeting_id = \(meeting.id) AND part = \(part.part.rawValue)"
            )
        }
        return Query(
            """
            INSERT INTO meeting_part (chapter_id, meeting_id, part, membership_id, topic)
            VALUES (\(chapter), \(meeting.id), \(part.part.rawValue), \(part.member), \(part.topic))
            ON CONFLICT (chapter_id, meeting_id, part) DO UPDATE
               SET membership_id = excluded.membership_id, topic = excluded.topic
            """
        )
    }

    /// Ticks the visitors of a day in who came, and off who did not.
    package static func tickVisitors(_ came: [SlipID], on day: LocalDate, in chapter: Chapter.ID) -> Self {
        Query(
            """
            UPDATE visitor SET came = visitor.id = ANY (\(came))
             WHERE chapter_id = \(chapter) AND visit_on = \(day) AND came <> (visitor.id = ANY (\(came)))
            """
        )
    }
}

extension Query<Mark?> {
    /// Marks the acting member by the sign at the door; nil where it is not the sign, or not the time.
    package static func checkOneselfIn(on day: LocalDate, secret: String, in chapter: Chapter.ID) -> Self {
        Query<[String]>(
            values:
                "SELECT mark FROM (SELECT check_oneself_in(\(chapter), \(day), \(secret)) AS mark) AS checked WHERE mark IS NOT NULL"
        ).map { $0.first.flatMap { Mark($0) } }
    }
}

extension Query<LocalDate?> {
    /// The day of the meeting that a chapter's people think of: that of today, else one of these two weeks whose sheet is
    /// still open, else the next, else the last.
    package static func dayOfNextMeeting(in chapter: Chapter.ID) -> Self {
        Query<[LocalDate]>(
            values: """
                SELECT local_date FROM (
                    (SELECT CASE WHEN local_date = today(\(chapter)) THEN 1 ELSE 3 END AS place, local_date FROM meeting
                      WHERE chapter_id = \(chapter) AND local_date >= today(\(chapter)) AND status IN ('scheduled', 'open', 'sealed')
                      ORDER BY local_date LIMIT 1)
                    UNION ALL
                    (SELECT 2, local_date FROM meeting
                      WHERE chapter_id = \(chapter) AND local_date BETWEEN today(\(chapter)) - 14 AND today(\(chapter)) - 1 AND status = 'open'
                      ORDER BY local_date DESC LIMIT 1)
                    UNION ALL
                    (SELECT 4, local_date FROM meeting
                      WHERE chapter_id = \(chapter) AND local_date < today(\(chapter)) AND status IN ('scheduled', 'open', 'sealed')
                      ORDER BY local_date DESC LIMIT 1)
                ) AS known ORDER BY place LIMIT 1
                """
        ).map(\.first)
    }
}

extension AnnouncedAbsence: RowDecodable {
    package init(row: Row) throws {
        try self.init(member: row["membership_id"], standIn: row["stand_in"], reason: row["reason"])
    }
}

extension Guest: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            id: row["id"],
            name: row["name"],
            company: row["company"],
            inviter: row["inviter"],
            came: row["came"]
        )
    }
}

extension MeetingPart: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            part: row.word("part"),
            member: row["membership_id"],
            name: row["name"],
            topic: row["topic"]
        )
    }
}

extension CheckIn: RowDecodable {
    package init(row: Row) throws {
        try self.init(secret: row["secret"], onTimeUntil: row["on_time_until"], closesAt: row["closes_at"])
    }
}

extension ReadOut: RowDecodable {
    package init(row: Row) throws {
        let warmth: Int16? = try row["warmth"]
        try self.init(
            slip: row.word("slip"),
            giver: row["giver"],
            receiver: row["receiver"],
            said: row["said"],
            amount: row["amount"],
            warmth: warmth.map { Int($0) }
        )
    }
}

/// A sheet that changed.
package struct SheetChange: Hashable, Sendable {
    package let chapter: Chapter.ID
    package let meeting: Meeting.ID

    package init(chapter: Chapter.ID, meeting: Meeting.ID) {
        self.chapter = chapter
        self.meeting = meeting
    }
}

extension Database {
    /// The sheets that change from now on; nil where some may have been missed, for the connection is new.
    package func sheetChanges() -> AsyncStream<SheetChange?> {
        AsyncStream(bufferingPolicy: .bufferingNewest(10_000)) { continuation in
            let listening = Task {
                for await heard in client.notifications(on: ["sheet"]) {
                    switch heard {
                    case .connected: continuation.yield(nil)
                    case .notification(let notification):
                        let numbers = notification.payload.split(separator: " ").compactMap { Int64($0) }
                        guard numbers.count == 2, let chapter = Int32(exactly: numbers[0]) else { continue }
                        continuation.yield(
                            SheetChange(chapter: Chapter.ID(chapter), meeting: Meeting.ID(numbers[1]))
                        )
                    }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in listening.cancel() }
        }
    }
}
