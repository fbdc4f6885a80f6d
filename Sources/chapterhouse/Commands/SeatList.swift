import ArgumentParser
import ReferralGroup
import Storage

struct SeatCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seat",
        abstract: "The chapter's list of professions.",
        subcommands: [List.self, Sphere.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every profession, its sphere and who holds it."
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let seats = try await options.withChapter(needing: .seeRoster) { session in
                try await session.database.run(.seats(of: session.chapter.id))
            }
            var rows = Listing(columns: ["id", "seat", "sphere", "holder"])
            for seat in seats {
                rows.add(
                    .number(seat.id.description),
                    .text(seat.title),
                    Listing.Cell(seat.sphere),
                    Listing.Cell(seat.holder)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Sphere: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say of which sphere a seat is: professions whose clients are the same people.",
            discussion: "Example: chapterhouse seat sphere cedar Roofer Building"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The profession, as the list has it.") var seat: String
        @Argument(help: "The sphere; none without it.") var sphere: Line?

        func run() async throws {
            try await options.withChapter(needing: .manageMembers) { session in
                let wanted = FoldedName(seat)
                let seats = try await session.database.run(.seats(of: session.chapter.id))
                guard let seat = seats.first(where: { FoldedName($0.title) == wanted }) else {
                    throw Unknown.seat(seat)
                }
                _ = try await session.database.run(
                    .put(seat.id, into: sphere?.text, in: session.chapter.id)
                )
            }
            try Output.line("\(seat) is of \(sphere.map { "the sphere \($0.text)" } ?? "no sphere").")
        }
    }
}
