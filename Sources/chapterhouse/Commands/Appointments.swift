import ArgumentParser
import ReferralGroup
import Storage

extension OneToOneCommands {
    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Invite a member to a one-to-one; both get a mail with an entry for their calendar.",
            discussion:
                "Example: chapterhouse one-to-one invite cedar \"Ines Dane\" \"Bruno North\" --date 2026-12-03 --time 08:30 --place \"Café at the bridge\""
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "Who invites.") var member: String
        @Argument(help: "Whom.") var other: String
        @Option(help: "The day, such as 2026-12-03.") var date: LocalDate
        @Option(help: "On the wall of the chapter, such as 08:30.") var time: LocalTime
        @Option(help: "How long it takes.") var minutes = 60
        @Option(help: "Where.") var place: Line?
        @Option(help: "What topic.") var topic: Line?

        func validate() throws {
            guard (5...1440).contains(minutes) else { throw ValidationError("--minutes: between 5 and 1440") }
        }

        func run() async throws {
            let id = try await options.withChapter(needing: .recordOwnSlips) { session in
                let inviter = try await session.member(member).id
                let invited = try await session.member(other).id
                let draft = AppointmentDraft(
                    date: date,
                    time: time,
                    minutes: minutes,
                    place: place?.text,
                    topic: topic?.text
                )
                return try await session.database.run(
                    .invite(invited, by: inviter, to: draft, in: session.chapter.id)
                )
            }
            try Output.line("Appointment \(id) is made.")
        }
    }

    struct CallOff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Call a one-to-one off that is to come; it leaves both calendars.",
            discussion: "Example: chapterhouse one-to-one call-off cedar 0f8fad5b-d9cb-469f-a165-70867728950e"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The appointment's id.") var id: SlipID

        func run() async throws {
            try await options.withChapter(needing: .recordOwnSlips) { session in
                guard try await session.database.run(.callOff(id, in: session.chapter.id)) else {
                    throw Unknown.appointment(id)
                }
            }
            try Output.line("Appointment \(id) is called off.")
        }
    }
}
