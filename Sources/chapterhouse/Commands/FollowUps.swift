import ArgumentParser
import ReferralGroup
import Storage

struct FollowUpCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "follow-up",
        abstract: "What members have still to do about somebody.",
        subcommands: [Write.self, List.self, Done.self, Drop.self, Later.self, Pace.self]
    )

    struct Write: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write one down.",
            discussion:
                "Example: chapterhouse follow-up write cedar \"Ines Dane\" \"Send the article on flat roofs\" --due 2026-11-04 --channel email"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The member whose it is.") var member: String
        @Argument(help: "What to do.") var text: Line
        @Option(help: "The day, such as 2026-11-04.") var due: LocalDate
        @Option(help: "By which way: \(FollowUp.Channel.allCases.map(\.rawValue).joined(separator: ", ")).")
        var channel: FollowUp.Channel = .call
        @Option(help: "The id of the contact whom it is about.") var contact: SlipID?

        func run() async throws {
            let draft = FollowUpDraft(contact: contact, text: text.text, channel: channel, dueOn: due)
            let id = try await options.withOwner(member) { session, owner in
                let written = try await session.database.run(
                    .write(draft, of: owner.id, owner.person, in: session.chapter.id)
                )
                if let written { return written }
                throw contact.map { Unknown.contact($0) } ?? Unknown.member(member, candidates: [])
            }
            try Output.line("Follow-up \(id) is written down.")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What is open, the most urgent first.",
            discussion: "Example: chapterhouse follow-up list cedar \"Ines Dane\""
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The member whose they are.") var member: String
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let agenda = try await options.withOwner(member) { session, owner in
                try await session.database.run(.agenda(of: owner.person, in: session.chapter.id))
            }
            var rows = Listing(
                columns: ["id", "due", "this_week", "channel", "about", "text", "cause", "last_contact"]
            )
            for followUp in agenda {
                rows.add(
                    Listing.Cell(followUp.id?.description),
                    .text(followUp.dueOn.description),
                    .text(followUp.isThisWeek ? "yes" : "no"),
                    .text(followUp.channel.rawValue),
                    Listing.Cell(followUp.about),
                    Listing.Cell(followUp.text),
                    Listing.Cell(followUp.cause?.rawValue),
                    Listing.Cell(followUp.lastOn?.description)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Done: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that one is done.",
            discussion:
                "Example: chapterhouse follow-up done cedar \"Ines Dane\" 0198c5a0-… --channel lunch --outcome \"Wants an offer\""
        )

        @OptionGroup var one: OneFollowUp
        @OptionGroup var end: EndOptions

        func run() async throws {
            try await one.change { .end($0, end.end(.done), of: $1, in: $2) }
            try Output.line("It is done.")
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that one is not needed any more.",
            discussion: "Example: chapterhouse follow-up drop cedar \"Ines Dane\" 0198c5a0-…"
        )

        @OptionGroup var one: OneFollowUp

        func run() async throws {
            try await one.change { .end($0, FollowUpEnd(.dropped), of: $1, in: $2) }
            try Output.line("It is dropped.")
        }
    }

    struct Later: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put one off.",
            discussion: "Example: chapterhouse follow-up later cedar \"Ines Dane\" 0198c5a0-… --to 2026-11-11"
        )

        @OptionGroup var one: OneFollowUp
        @Option(help: "The day, such as 2026-11-11.") var to: LocalDate

        func run() async throws {
            try await one.change { .putOff($0, to: to, of: $1, in: $2) }
            try Output.line("It is due on \(to).")
        }
    }

    struct Pace: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say how many a week somebody wants to be asked for.",
            discussion: "Example: chapterhouse follow-up pace cedar \"Ines Dane\" 3"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The member.") var member: String
        @Argument(help: "How many a week, 1 to 50.") var pace: Int

        func validate() throws {
            guard FollowUp.paces.contains(pace) else {
                throw ValidationError("give 1 to \(FollowUp.paces.upperBound) follow-ups a week")
            }
        }

        func run() async throws {
            _ = try await options.withOwner(member) { session, owner in
                try await session.database.run(.askFor(followUpsAWeek: pace, of: owner.person))
            }
            try Output.line("\(pace) a week, and never more.")
        }
    }
}

/// A follow-up of a member.
struct OneFollowUp: ParsableArguments {
    @OptionGroup var options: ChapterOptions
    @Argument(help: "The member whose it is.") var member: String
    @Argument(help: "The follow-up's id.") var id: SlipID

    func change(
        _ query: @escaping @Sendable (SlipID, Person.ID, Chapter.ID) -> ChangeQuery
    ) async throws {
        try await options.withOwner(member) { session, owner in
            guard try await session.database.run(query(id, owner.person, session.chapter.id)) else {
                throw Unknown.followUp(id)
            }
        }
    }
}
