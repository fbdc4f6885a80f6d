/// A one-to-one to come, in the eyes of one of the two; or one that is over and that nobody has logged.
package struct Appointment: Sendable {
    package let id: SlipID
    package let other: Membership.ID
    package let otherName: String
    /// Whether the reader invited; else they were invited.
    package let isInviter: Bool
    package let startsAt: Instant
    /// On the wall of the chapter.
    package let date: LocalDate
    package let time: LocalTime
    package let minutes: Int
    package let place: String?
    package let topic: String?
    package let isAccepted: Bool
    package let isOver: Bool

    package init(
        id: SlipID,
        other: Membership.ID,
        otherName: String,
        isInviter: Bool,
        startsAt: Instant,
        date: LocalDate,
        time: LocalTime,
        minutes: Int,
        place: String?,
        topic: String?,
        isAccepted: Bool,
        isOver: Bool
    ) {
        self.id = id
        self.other = other
        self.otherName = otherName
        self.isInviter = isInviter
        self.startsAt = startsAt
        self.date = date
        self.time = time
        self.minutes = minutes
        self.place = place
        self.topic = topic
        self.isAccepted = isAccepted
        self.isOver = isOver
    }
}

/// An invitation to a one-to-one, topic to be sent.
package struct AppointmentDraft: Sendable {
    package let date: LocalDate
    package let time: LocalTime
    package let minutes: Int
    package let place: String?
    package let topic: String?

    package init(date: LocalDate, time: LocalTime, minutes: Int, place: String?, topic: String?) {
        self.date = date
        self.time = time
        self.minutes = minutes
        self.place = place
        self.topic = topic
    }
}

/// A one-to-one as it stands in somebody's calendar.
package struct CalendarAppointment: Sendable {
    package let id: SlipID
    package let chapter: Chapter.Slug
    package let other: String
    package let startsAt: Instant
    package let minutes: Int
    package let place: String?
    package let topic: String?
    package let isAccepted: Bool
    package let isOff: Bool
    package let changedAt: Instant

    package init(
        id: SlipID,
        chapter: Chapter.Slug,
        other: String,
        startsAt: Instant,
        minutes: Int,
        place: String?,
        topic: String?,
        isAccepted: Bool,
        isOff: Bool,
        changedAt: Instant
    ) {
        self.id = id
        self.chapter = chapter
        self.other = other
        self.startsAt = startsAt
        self.minutes = minutes
        self.place = place
        self.topic = topic
        self.isAccepted = isAccepted
        self.isOff = isOff
        self.changedAt = changedAt
    }
}
