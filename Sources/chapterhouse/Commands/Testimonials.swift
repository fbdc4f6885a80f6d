import ArgumentParser
import ReferralGroup
import Storage

struct TestimonialCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "testimonial",
        abstract: "Good words for each other.",
        subcommands: [Record.self, List.self]
    )

    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record a testimonial.",
            discussion:
                "Example: chapterhouse testimonial record cedar --from \"Ines Dane\" --for \"Gil Vance\" --text \"Always on time\""
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var correction: CorrectionOptions
        @Option(help: "Who gave it: a member, or \"Name @ Chapter\".") var from: PartyName
        @Option(name: .customLong("for"), help: "Whom it was for: a member, or \"Name @ Chapter\".")
        var receiver: PartyName
        @Option(help: "What was said.") var text: Line?
        @Option(help: "The day, such as 2026-10-28; today without it.") var date: LocalDate?

        func run() async throws {
            let id = try await options.withChapter(needing: .recordOwnSlips) { session in
                let giver = try await session.party(from, on: date)
                try session.mayRecord(for: [giver])
                let draft = TestimonialDraft(
                    giver: giver,
                    receiver: try await session.party(receiver, on: date),
                    text: text?.text,
                    givenOn: date
                )
                return try await correction.enter(.testimonial, in: session) { try await $0.record(draft) }
            }
            try Output.line("Testimonial \(id) is recorded.")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Testimonials, newest first.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var period: PeriodOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            try await LedgerCommand.print(
                options,
                period,
                listing,
                ["id", "date", "from", "for", "measure", "text"]
            ) { .testimonials(of: $0, $1) }
        }
    }
}
