/// Whose calendar somebody may subscribe to.
package enum CalendarOwner: Hashable, Sendable {
    /// The meetings of the chapters to which a person belongs.
    case person(Person.ID)
    /// The meetings of a chapter, without anybody's name.
    case chapter(Chapter.ID)
}

/// A calendar as its address shows it, but for its meetings.
package struct CalendarFeed: Sendable {
    /// Whether it is a person's, who may look at the meetings' pages.
    package let isOfPerson: Bool
    /// The chapters in it; nil where its person belongs to none.
    package let name: String?
    /// The BCP 47 code of the language in which it is written.
    package let language: String?

    package init(isOfPerson: Bool, name: String?, language: String?) {
        self.isOfPerson = isOfPerson
        self.name = name
        self.language = language
    }
}

/// A meeting as it stands in the calendar of who subscribed to it.
package struct CalendarMeeting: Sendable {
    package let chapter: Chapter.Slug
    package let chapterName: String
    package let meeting: Meeting
    package let programme: [Slot]
    /// What the one whose calendar it is has announced; nil where they come.
    package let absence: Absence?
    /// How often it was changed for those who read of it here.
    package let changes: Int
    /// When it was last changed for them.
    package let changedAt: Instant

    package init(
        chapter: Chapter.Slug,
        chapterName: String,
        meeting: Meeting,
        programme: [Slot],
        absence: Absence?,
        changes: Int,
        changedAt: Instant
    ) {
        self.chapter = chapter
        self.chapterName = chapterName
        self.meeting = meeting
        self.programme = programme
        self.absence = absence
        self.changes = changes
        self.changedAt = changedAt
    }

    /// A part of the programme; in the calendar of a chapter nobody is named.
    package struct Slot: Sendable {
        package let part: MeetingPart.Part
        package let speaker: String?
        package let topic: String?

        package init(part: MeetingPart.Part, speaker: String?, topic: String?) {
            self.part = part
            self.speaker = speaker
            self.topic = topic
        }
    }

    /// That somebody will be away; why is not told to a calendar.
    package struct Absence: Sendable {
        package let standIn: String?

        package init(standIn: String?) {
            self.standIn = standIn
        }
    }
}
