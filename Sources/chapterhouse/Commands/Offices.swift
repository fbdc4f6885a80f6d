import ArgumentParser
import ReferralGroup
import Storage

struct OfficeCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "office",
        abstract: "Who serves as what, from when to when; rights follow by themselves.",
        subcommands: [Appoint.self, End.self, List.self, Described<Handover>.self]
    )

    struct Appoint: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a member an office from a day on.",
            discussion:
                "Example: chapterhouse office appoint cedar \"Ines Dane\" president --from 2026-10-01 --to 2027-03-31"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "E-mail, full name or id.") var member: String
        @Argument(help: "The office.") var role: OfficeRole
        @Option(help: "The first day; today without it.") var from: LocalDate?
        @Option(help: "The last day, included; open without it.") var to: LocalDate?

        func run() async throws {
            let (name, first) = try await options.withChapter(needing: .manageMembers) { session in
                let member = try await session.member(member, on: from)
                return (
                    member.name,
                    try await session.database.run(
                        .appoint(member, as: role, from: from, to: to, in: session.chapter.id)
                    ).from
                )
            }
            try Output.line(
                "\(name) is \(role.rawValue) of \(options.chapter) from \(first)\(to.map { " to \($0)" } ?? "")."
            )
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a term.",
            discussion: "Example: chapterhouse office end cedar \"Ines Dane\" president --on 2026-09-30"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "E-mail, full name or id.") var member: String
        @Argument(help: "The office.") var role: OfficeRole
        @Option(help: "The last day; today without it.") var on: LocalDate?

        func run() async throws {
            let (name, day) = try await options.withChapter(needing: .manageMembers) { session in
                let member = try await session.member(member, on: on)
                guard
                    let day = try await session.database.run(
                        .endOffice(of: member.id, role: role, on: on, in: session.chapter.id)
                    )
                else {
                    throw Failure(
                        .badData,
                        "\(member.name) is not \(role.rawValue) that day; see: chapterhouse office list \(options.chapter)"
                    )
                }
                return (member.name, day)
            }
            try Output.line("\(name) is \(role.rawValue) until \(day).")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All terms, past and to come.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let offices = try await options.withChapter(needing: .seeRoster) { session in
                try await session.database.run(.offices(of: session.chapter.id))
            }
            var rows = Listing(columns: ["role", "member", "from", "to"])
            for office in offices {
                rows.add(
                    .text(office.role.rawValue),
                    .text(office.name),
                    .text(office.from.description),
                    Listing.Cell(office.to?.description)
                )
            }
            try rows.print(as: listing.format)
        }
    }
}
