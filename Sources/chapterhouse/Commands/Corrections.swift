import ArgumentParser
import ReferralGroup
import Storage

struct SlipCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slip",
        abstract: "Entries that were wrong: taken back, with a reason, and kept.",
        discussion:
            "What takes the place of an entry is recorded as ever, with --corrects ID --reason \"…\".",
        subcommands: [TakeBack.self, Corrections.self]
    )

    struct TakeBack: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "take-back",
            abstract: "Take an entry out of the ledger; it is kept among the corrections.",
            discussion: """
                Example: chapterhouse slip take-back cedar thanks 0198c5a0-… --reason "Entered twice"
                To put another in its place: chapterhouse thanks record cedar … --corrects 0198c5a0-… --reason "A digit too many"
                """
        )

        @OptionGroup var options: ChapterOptions
        @Argument(
            help: "referral, thanks, one-to-one, testimonial, introduction, education, visitor or activity."
        )
        var kind: EntryKind
        @Argument(help: "Its id.") var id: SlipID
        @Option(help: "Why; it is kept.") var reason: Line

        func run() async throws {
            try await options.withChapter(needing: .correctSlips) { session in
                try await session.database.transaction {
                    _ = try await $0.correct(kind, id, with: nil, because: reason.text)
                }
            }
            try Output.line("The \(kind.rawValue) \(id) is taken back.")
        }
    }

    struct Corrections: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What was corrected, newest first: what it was, by whom and why."
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions
        @Option(help: "The first day on which the entries counted.") var from: LocalDate?
        @Option(help: "The last day.") var to: LocalDate?

        func run() async throws {
            let corrections = try await options.withChapter(needing: .seeRoster) { session in
                try await session.database.run(
                    .corrections(of: session.chapter.id, from: from ?? .earliest, to: to ?? .latest)
                )
            }
            var rows = Listing(columns: [
                "slip", "day", "was", "reason", "corrected_by", "corrected_at", "slip_id", "replacement_id",
            ])
            for correction in corrections {
                rows.add(
                    .text(correction.kind.rawValue),
                    .text(correction.day.description),
                    .text(correction.was),
                    .text(correction.reason),
                    Listing.Cell(correction.by),
                    .text(correction.at.description),
                    .text(correction.slip.description),
                    Listing.Cell(correction.replacement?.description)
                )
            }
            try rows.print(as: listing.format)
        }
    }
}

/// That what is recorded takes the place of an entry that was wrong.
struct CorrectionOptions: ParsableArguments {
    @Option(help: "The id of the entry whose place it takes, which is kept among the corrections.")
    var corrects: SlipID?
    @Option(help: "With --corrects: why; it is kept.") var reason: Line?

    func validate() throws {
        guard (corrects == nil) == (reason == nil) else {
            throw ValidationError("--corrects and --reason belong together: give both, or neither")
        }
    }

    /// Records a slip, and takes the one out whose place it takes.
    func enter(
        _ kind: EntryKind,
        in session: ChapterSession,
        _ record: @Sendable (ActingTransaction) async throws -> SlipID
    ) async throws -> SlipID {
        guard corrects == nil || session.actor.may(.correctSlips) else {
            throw Failure(
                .notAllowed,
                "\(session.actor.personName ?? "You") may not correct entries: it takes the right “\(Permission.correctSlips.rawValue)”"
            )
        }
        return try await session.database.transaction { ledger in
            let id = try await record(ledger)
            if let corrects, let reason {
                try await ledger.correct(kind, corrects, with: id, because: reason.text)
            }
            return id
        }
    }
}

extension EntryKind: ExpressibleByArgument {}
