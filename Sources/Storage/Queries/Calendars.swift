import Postgres
import ReferralGroup

extension Query<CalendarFeed?> {
    /// What the address of a calendar leads to; nil where that is nothing.
    package static func calendar(hash: [UInt8]) -> Self {
        Query("SELECT person_id IS NOT NULL AS is_of_person, name, language FROM calendar(\(Bytes(hash)))")
    }
}

extension Query<[CalendarMeeting]> {
    /// Its meetings, all of them: those to come, and those of the last twelve months.
    package static func calendarMeetings(hash: [UInt8]) -> Self {
        Query("SELECT * FROM calendar_meetings(\(Bytes(hash)))")
    }
}

extension Query<Instant?> {
    /// Since when the calendar has the address that it has; nil where it has none.
    package static func calendarMade(of owner: CalendarOwner) -> Self {
        Query<[Instant]>(values: "SELECT made_at FROM \(owner.table) WHERE \(owner.key) = \(owner.value)")
            .map(\.first)
    }
}

extension Query<Instant> {
    /// Gives a calendar an address; the one before leads nowhere from then on.
    package static func renewCalendar(of owner: CalendarOwner, hash: [UInt8]) -> Self {
        Query(
            value: """
                INSERT INTO \(owner.table) (\(owner.key), secret_hash) VALUES (\(owner.value), \(Bytes(hash)))
                ON CONFLICT (\(owner.key)) DO UPDATE SET secret_hash = \(Bytes(hash)), made_at = now()
                RETURNING made_at
                """
        )
    }
}

extension Query<Bool> {
    /// Takes a calendar its address; false where it has none.
    package static func endCalendar(of owner: CalendarOwner) -> Self {
        Query("DELETE FROM \(owner.table) WHERE \(owner.key) = \(owner.value)") { $0.affected > 0 }
    }
}

extension CalendarOwner {
    fileprivate var table: SQL {
        switch self {
        case .person: "person_calendar"
        case .chapter: "chapter_calendar"
        }
    }

    fileprivate var key: SQL {
        switch self {
        case .person: "person_id"
        case .chapter: "chapter_id"
        }
    }

    fileprivate var value: SQL {
        switch self {
        case .person(let person): "\(person)"
        case .chapter(let chapter): "\(chapter)"
        }
    }
}

extension CalendarFeed: RowDecodable {
    package init(row: Row) throws {
        try self.init(isOfPerson: row["is_of_person"], name: row["name"], language: row["language"])
    }
}

extension CalendarMeeting: RowDecodable {
    package init(row: Row) throws {
        let parts: [String] = try row["parts"]
        let speakers: [String?] = try row["speakers"]
        let topics: [String?] = try row["topics"]
        let programme = zip(parts, zip(speakers, topics)).compactMap { part, said in
            MeetingPart.Part(rawValue: part).map { Slot(part: $0, speaker: said.0, topic: said.1) }
        }
        let (isAway, standIn): (Bool, String?) = (try row["is_away"], try row["stand_in"])
        try self.init(
            chapter: row["slug"],
            chapterName: row["chapter_name"],
            meeting: Meeting(row: row),
            programme: programme,
            absence: isAway ? Absence(standIn: standIn) : nil,
            changes: row["changes"],
            changedAt: row["changed_at"]
        )
    }
}
