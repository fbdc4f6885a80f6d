import ArgumentParser
import ReferralGroup
import Storage

struct ThanksCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "thanks",
        abstract: "Closed business, with thanks to whoever brought it.",
        subcommands: [Record.self, List.self]
    )

    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say thanks for closed business.",
            discussion: """
                Example: chapterhouse thanks record cedar --earner "Ines Dane" --thanked "Gil Vance" --amount 1200.00
                The amount: the gross invoice without sales tax; the gross commission in commission trades; 10 % of \
                deposits and credit lines.
                """
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var correction: CorrectionOptions
        @Option(help: "Who earned: a member, or \"Name @ Chapter\".") var earner: PartyName
        @Option(help: "Who is thanked: a member, \"Name @ Chapter\", visitor:Name, or chapter.") var thanked:
            PartyName
        @Option(parsing: .unconditional, help: "The amount in the chapter's currency.") var amount: String
        @Option(help: "The referral it came of.") var referral: SlipID?
        @Option(help: "The day, such as 2026-10-28; today without it.") var date: LocalDate?
        @Option(help: "1 inside, 2 outside, 3 and more further out.") var tier: Int?
        @Flag(name: .customLong("repeat"), help: "Repeat business.") var isRepeat = false

        func run() async throws {
            let (id, printed) = try await options.withChapter(needing: .recordOwnSlips) { session in
                let money = try session.money(amount, for: "--amount")
                let from = try await session.party(earner, on: date)
                // A former member may be thanked.
                let to = try await session.party(thanked)
                try session.mayRecord(for: [from])
                let draft = ThanksDraft(
                    earner: from,
                    thanked: to,
                    amount: money,
                    referral: referral,
                    isRepeat: isRepeat,
                    tier: tier,
                    closedOn: date
                )
                return (
                    try await correction.enter(.thanks, in: session) { try await $0.record(draft) },
                    "\(money.amount) \(money.currency)"
                )
            }
            try Output.line("Thanks \(id) for \(printed).")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Thanks, newest first; who earned is named only to those who may know."
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var period: PeriodOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let thanks = try await options.withChapter(needing: .seeChapterReports) { session in
                let slice = period.slice(upTo: try await session.today(), limit: 1000)
                let thanks = try await session.database.run(.thanks(of: session.chapter.id, slice))
                try await session.database.run(.noteEarnersSeen(in: thanks.map(\.id)))
                return thanks
            }
            var rows = Listing(columns: [
                "id", "date", "earner", "thanked", "amount", "currency", "repeat", "tier", "provisional",
            ])
            for entry in thanks {
                rows.add(
                    .text(entry.id.description),
                    .text(entry.closedOn.description),
                    Listing.Cell(entry.earner),
                    .text(entry.thanked),
                    .number(entry.amount.amount),
                    .text(entry.amount.currency.code),
                    .text(entry.isRepeat ? "yes" : "no"),
                    entry.tier.map { .number("\($0)") } ?? .none,
                    .text(entry.isProvisional ? "yes" : "no")
                )
            }
            try rows.print(as: listing.format)
        }
    }
}
