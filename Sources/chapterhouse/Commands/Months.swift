import ArgumentParser
import ReferralGroup
import Storage

struct MonthCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "month",
        abstract: "Months that are closed: their return is stored as it was.",
        subcommands: [Close.self, Reopen.self, List.self, Verify.self]
    )

    struct Close: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Store the return of a month that is over, under a number.",
            discussion: "Example: chapterhouse month close cedar 2026-10"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The month, such as 2026-10.") var month: Month

        func run() async throws {
            let (number, unsealed) = try await options.withChapter(needing: .closeMonths) { session in
                try await session.database.transaction { try await $0.close(month) }
            }
            try Output.line("\(month) is closed as number \(number).")
            guard !unsealed.isEmpty else { return }
            Output.note(
                "Not sealed yet, and counted as it stands: the sheet of \(unsealed.joined(separator: ", "))."
            )
        }
    }

    struct Reopen: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Open a closed month again; what was stored is kept, and closing it again gives a new number.",
            discussion:
                "Example: chapterhouse month reopen cedar 2026-10 --reason \"Two sheets were missing\""
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The month, such as 2026-10.") var month: Month
        @Option(help: "Why; it is kept.") var reason: Line

        func run() async throws {
            try await options.withChapter(needing: .closeMonths) { session in
                try await session.database.transaction { try await $0.reopen(month, because: reason.text) }
            }
            try Output.line("\(month) is open again.")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every month that was closed, the last first."
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let months = try await options.withChapter(needing: .seeChapterTotals) { session in
                try await session.database.run(.closedMonths)
            }
            var rows = Listing(columns: [
                "number", "month", "closed_at", "closed_by", "changes", "reopened_at", "reopened_by",
                "reopened_because", "sha256",
            ])
            for closed in months {
                rows.add(
                    .number("\(closed.number)"),
                    .text(closed.month.description),
                    .text(closed.closedAt.description),
                    Listing.Cell(closed.closedBy),
                    .number("\(closed.changes)"),
                    Listing.Cell(closed.reopening?.at.description),
                    Listing.Cell(closed.reopening?.by),
                    Listing.Cell(closed.reopening?.reason),
                    .text(closed.sha256)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "See that what is stored of closed months is what was stored, one chained to the next."
        )

        @OptionGroup var options: ChapterOptions

        func run() async throws {
            let months = try await options.withChapter(needing: .seeAuditTrail) { session in
                try await session.database.run(.verifiedMonths)
            }
            let faults = months.flatMap { month in
                (month.isAsStored ? [] : ["Number \(month.number) (\(month.month)) is not what was stored."])
                    + (month.isChained
                        ? [] : ["Number \(month.number) (\(month.month)) does not follow the one before it."])
            }
            guard faults.isEmpty else { throw Failure(.badData, faults.joined(separator: "\n")) }
            let count = months.count
            try Output.line(
                count == 0
                    ? "No month was closed yet."
                    : "\(count == 1 ? "One closed month is as it was stored." : "All \(count) closed months are as they were stored.")"
            )
        }
    }
}
