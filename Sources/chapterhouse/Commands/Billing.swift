import ArgumentParser
import ReferralGroup
import Storage

extension DuesCommands {
    struct Bill: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write an invoice for every member who has none for these days.",
            discussion: """
                Membership for a term, as the return counts dues; the whole fee of those who renew; or the meetings that are sealed.
                Run twice, nobody is billed twice.
                Example: chapterhouse dues bill cedar --for term --from 2026-10-01 --to 2027-03-31 --due 2026-10-31 --dry-run
                """
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions
        @Option(name: .customLong("for"), help: "term, renewals or meetings.") var what: Billing
        @Option(help: "The first day.") var from: LocalDate
        @Option(help: "The last day.") var to: LocalDate
        @Option(help: "The last day to pay without being late; the day of issue without it.")
        var due: LocalDate?
        @Option(help: "The day of issue; today without it.") var date: LocalDate?
        @Flag(name: .long, help: "Only show what it comes to.") var dryRun = false

        func run() async throws {
            let draft = BillDraft(what: what, from: from, to: to, writtenOn: date, dueOn: due)
            let (lines, written) = try await options.withChapter(needing: .keepDues) { session in
                try await session.database.transaction { transaction in
                    let lines = try await transaction.run(
                        .toBeBilled(what, from: from, to: to, in: session.chapter)
                    )
                    let billed =
                        dryRun ? nil : try await transaction.run(.bill(draft, in: session.chapter))
                    return (lines, billed?.invoices)
                }
            }
            var rows = Listing(
                columns: ["member", "from", "to", "meetings", "amount", "currency", "is_billed"]
            )
            for line in lines {
                rows.add(
                    .text(line.name),
                    .text(line.from.description),
                    .text(line.to.description),
                    Listing.Cell(line.meetings?.description),
                    .number(line.amount.amount),
                    .text(line.amount.currency.code),
                    .text(line.isBilled ? "already" : dryRun ? "not yet" : "now")
                )
            }
            try rows.print(as: listing.format)
            if let written { Output.note("\(written) invoices are written.") }
        }
    }

    struct Statement: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A member's account, entry by entry, and what was owed then.",
            discussion: "Example: chapterhouse dues statement cedar \"Ines Dane\""
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions
        @Argument(help: "The member, by e-mail, full name or id.") var member: String

        func run() async throws {
            let entries = try await options.withChapter(needing: .seeRoster) { session in
                let member = try await session.member(member)
                return try await session.database.run(.statement(of: member.id, in: session.chapter))
            }
            var rows = Listing(
                columns: ["date", "entry", "kind", "from", "to", "note", "amount", "owed", "currency"]
            )
            for entry in entries {
                rows.add(
                    .text(entry.day.description),
                    .text(entry.what.rawValue),
                    Listing.Cell(entry.kind?.rawValue),
                    Listing.Cell(entry.from?.description),
                    Listing.Cell(entry.to?.description),
                    Listing.Cell(entry.note),
                    .number(entry.amount.amount),
                    .number(entry.balance.amount),
                    .text(entry.amount.currency.code)
                )
            }
            try rows.print(as: listing.format)
        }
    }
}
