import Postgres
import ReferralGroup

extension Query<[Appointment]> {
    /// The acting person's one-to-ones to come, and those of two weeks that nobody logged; the next first.
    package static func ownAppointments(in chapter: Chapter.ID) -> Self {
        Query("SELECT * FROM own_appointments(\(chapter)) AS made ORDER BY made.starts_at, made.id")
    }
}

extension Query<SlipID> {
    /// Invites a member in the name of another, and posts both a mail.
    package static func invite(
        _ invited: Membership.ID,
        by inviter: Membership.ID,
        to draft: AppointmentDraft,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            value: """
                SELECT invite_to_one_to_one(\(chapter), \(inviter), \(invited), \(draft.date), \(draft.time),
                                            \(Int16(clamping: draft.minutes)), \(draft.place), \(draft.topic))
                """
        )
    }
}

extension Query<Bool> {
    /// Says yes for the acting person; false where there is nothing to say it to.
    package static func accept(_ appointment: SlipID, in chapter: Chapter.ID) -> Self {
        Query(value: "SELECT accept_appointment(\(chapter), \(appointment))")
    }

    /// Calls it off for the acting person; false where there is nothing to call off.
    package static func callOff(_ appointment: SlipID, in chapter: Chapter.ID) -> Self {
        Query(value: "SELECT call_off_appointment(\(chapter), \(appointment))")
    }
}

extension Query<[CalendarAppointment]> {
    /// Those in the calendar of a person, called off or not: to come, and of the last twelve months.
    package static func calendarAppointments(hash: [UInt8]) -> Self {
        Query("SELECT * FROM calendar_appointments(\(Bytes(hash)))")
    }
}

extension Appointment: RowDecodable {
    package init(row: Row) throws {
        let minutes: Int16 = try row["minutes"]
        try self.init(
            id: row["id"],
            other: row["other_id"],
            otherName: row["other"],
            isInviter: row["is_inviter"],
            startsAt: row["starts_at"],
            date: row["local_date"],
            time: row["local_time"],
            minutes: Int(minutes),
            place: row["place"],
            topic: row["topic"],
            isAccepted: row["is_accepted"],
            isOver: row["is_over"]
        )
    }
}

extension CalendarAppointment: RowDecodable {
    package init(row: Row) throws {
        let minutes: Int16 = try row["minutes"]
        try self.init(
            id: row["id"],
            chapter: row["slug"],
            other: row["other"],
            startsAt: row["starts_at"],
            minutes: Int(minutes),
            place: row["place"],
            topic: row["topic"],
            isAccepted: row["is_accepted"],
            isOff: row["is_off"],
            changedAt: row["changed_at"]
        )
    }
}
