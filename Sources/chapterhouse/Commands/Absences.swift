import ArgumentParser
import ReferralGroup
import Storage

extension AbsenceLetter.Way: ExpressibleByArgument {}

struct AbsenceCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "absence",
        abstract:
            "Letters that warn of absences before the limit is passed; see also: chapterhouse report absences",
        subcommands: [Draft.self, List.self, Show.self, Give.self]
    )

    struct Draft: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draft a letter, in the member's language; it is kept, and sent to nobody.",
            discussion: """
                Without a member: to everybody who used up what is allowed and got no letter about it yet.
                Example: chapterhouse absence draft cedar \"Ines Dane\"
                """
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The member, by e-mail, full name or id; all who are near the limit without it.")
        var member: String?
        @Option(help: "At the end of this day; today without it.") var on: LocalDate?

        func run() async throws {
            let (name, day) = (member, on)
            let drafted = try await options.withChapter(needing: .markAttendance) { session in
                let chapter = session.chapter.id
                let members =
                    if let name { [try await session.member(name, on: day).id] } else {
                        try await session.database.run(.absenceLettersDue(in: chapter, on: day))
                    }
                return try await session.database.transaction { transaction in
                    var drafted: [SlipID] = []
                    for member in members {
                        let id = try await transaction.run(
                            .draftLetter(to: member, countedOn: day, in: chapter)
                        )
                        guard let id else {
                            throw Failure(.badData, "\(name ?? "\(member)") is no member that day")
                        }
                        drafted.append(id)
                    }
                    return drafted
                }
            }
            for id in drafted { try Output.line("Letter \(id) is drafted.") }
            if drafted.isEmpty { try Output.line("Nobody is near the limit without a letter.") }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Letters, newest first.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let letters = try await options.withChapter(needing: .seeRoster) { session in
                try await session.database.run(.absenceLetters(of: session.chapter.id))
            }
            var rows = Listing(
                columns: [
                    "id", "date", "member", "used", "allowed", "subject", "drafted_by", "given_on", "by",
                ]
            )
            for letter in letters {
                rows.add(
                    .text(letter.id.description),
                    .text(letter.draftedOn.description),
                    .text(letter.name),
                    .number(letter.used.description),
                    .number("\(letter.allowed)"),
                    .text(letter.subject),
                    Listing.Cell(letter.draftedBy),
                    Listing.Cell(letter.givenOn?.description),
                    Listing.Cell(letter.way?.rawValue)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "A letter as it is written.")

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The letter's id.") var id: SlipID

        func run() async throws {
            let letter = try await options.withChapter(needing: .markAttendance) { [id] session in
                guard let letter = try await session.database.run(.absenceLetter(id, in: session.chapter.id))
                else { throw Unknown.letter(id) }
                return letter
            }
            try Output.write("\(letter.subject)\n\n\(letter.text)")
        }
    }

    struct Give: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that a letter was given by hand, or send it by mail.",
            discussion: "Example: chapterhouse absence give cedar 0198c5a0-… mail"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The letter's id.") var id: SlipID
        @Argument(help: "hand or mail.") var way: AbsenceLetter.Way

        func run() async throws {
            try await options.withChapter(needing: .markAttendance) { [id, way] session in
                guard try await session.database.run(.give(id, by: way, in: session.chapter.id)) else {
                    throw Unknown.letter(id)
                }
            }
            try Output.line(way == .mail ? "Letter \(id) waits in the outbox." : "Letter \(id) is given.")
        }
    }
}
