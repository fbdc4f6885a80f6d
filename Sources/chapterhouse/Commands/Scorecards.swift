import ArgumentParser
import Exchange
import ReferralGroup
import Storage

struct ScorecardCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scorecard",
        abstract: "What earns points: the scorecards that ship, and a chapter's own.",
        discussion: "The scores themselves: chapterhouse report scorecard",
        subcommands: [List.self, Show.self, Keep.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The scorecards that a chapter can use.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let scorecards = try await options.withChapter(needing: .seeChapterTotals) { session in
                try await session.database.run(.scorecards(of: session.chapter.id))
            }
            var rows = Listing(columns: ["scheme", "title", "whose"])
            for scorecard in scorecards {
                rows.add(
                    .text(scorecard.scheme),
                    .text(scorecard.title),
                    .text(scorecard.isOwn ? "the chapter's" : "shipped")
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A scorecard as JSON, to be changed and kept as the chapter's own.",
            discussion: "Example: chapterhouse scorecard show cedar lights-2025 > ours.json"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "Its short name.") var scheme: String
        @Option(help: "As it holds on a day; today without it.") var on: LocalDate?

        func run() async throws {
            let definition = try await options.withChapter(needing: .seeChapterTotals) { session in
                try await session.database.scorecard(scheme, of: session.chapter.id, on: on)
            }
            try Output.line(definition)
        }
    }

    struct Keep: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a scorecard of the chapter's own, from a day on.",
            discussion: """
                One with the name of a shipped scheme takes its place in this chapter.
                Example: chapterhouse scorecard keep cedar lights-2025 ours.json --from 2027-01-01
                """
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "Its short name: small letters, digits and hyphens.") var scheme: Chapter.Slug
        @Argument(help: "The file with its JSON.") var file: String
        @Option(help: "The first day on which it holds; today without it.") var from: LocalDate?

        func run() async throws {
            let bytes = try ExportFile.bytes(ofFile: file, limits: ReadingLimits(bytes: 65_536))
            let definition = String(decoding: bytes, as: UTF8.self)
            try await options.withChapter(needing: .manageMembers) { session in
                try await session.database.keepScorecard(
                    scheme.description,
                    definition: definition,
                    of: session.chapter.id,
                    from: from
                )
            }
            try Output.line("Scorecard \(scheme) is kept.")
        }
    }
}
