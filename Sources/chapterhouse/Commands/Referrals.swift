import ArgumentParser
import ReferralGroup
import Storage

struct ReferralCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "referral",
        abstract: "Referrals that members pass each other, and what became of them.",
        subcommands: [Pass.self, List.self, Show.self, Move.self, Unplaced.self]
    )

    struct Pass: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Pass a referral.",
            discussion: """
                Example: chapterhouse referral pass cedar --from "Ines Dane" --to "Gil Vance" --prospect "Karl Kurz" \
                --need "a new roof" --warmth 4 --tier 1
                Warmth: 1 contact data, and the prospect expects the call; 2 plus material or card; 3 plus a personal \
                testimonial; 4 plus an introduction by phone or mail; 5 plus an introduction in person.
                """
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var correction: CorrectionOptions
        @Option(help: "Who gives: a member, or \"Name @ Chapter\".") var from: PartyName
        @Option(help: "Who receives: a member, or \"Name @ Chapter\".") var to: PartyName
        @Option(help: "Who the referral is about.") var prospect: Line?
        @Option(help: "Their company.") var company: Line?
        @Option(help: "Their phone.") var phone: Line?
        @Option(help: "Their e-mail.") var email: EmailAddress?
        @Option(help: "What they need.") var need: Line
        @Option(help: "1 to 5.") var warmth = 3
        @Option(help: "1 inside the chapter, 2 outside, 3 and more further out.") var tier = 1
        @Option(help: "How it was opened: \"gave your card\", \"they expect your call\".") var openedBy: Line?
        @Option(help: "The day, such as 2026-10-28; today without it.") var date: LocalDate?

        func run() async throws {
            let id = try await options.withChapter(needing: .recordOwnSlips) { session in
                let giver = try await session.party(from, on: date)
                let receiver = try await session.party(to, on: date)
                try session.mayRecord(for: [giver])
                let draft = ReferralDraft(
                    giver: giver,
                    receiver: receiver,
                    tier: tier,
                    need: need.text,
                    warmth: warmth,
                    openedBy: openedBy?.text,
                    prospect: prospect.map {
                        Prospect(
                            name: $0.text,
                            company: company?.text,
                            phone: phone?.text,
                            email: email?.description
                        )
                    },
                    passedOn: date
                )
                return try await correction.enter(.referral, in: session) { try await $0.pass(draft) }
            }
            try Output.line("Referral \(id) is passed.")
        }
    }

    struct Unplaced: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Note a referral that no member could take, and the profession that was missing.",
            discussion:
                "Example: chapterhouse referral unplaced cedar --from \"Ines Dane\" --profession roofer --need \"a new roof\""
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var correction: CorrectionOptions
        @Option(help: "Who had it to give.") var from: PartyName
        @Option(help: "The profession that was missing.") var profession: Line
        @Option(help: "What was needed.") var need: Line
        @Option(help: "The day, such as 2026-10-28; today without it.") var date: LocalDate?

        func run() async throws {
            let id = try await options.withChapter(needing: .recordOwnSlips) { session in
                let giver = try await session.party(from, on: date)
                try session.mayRecord(for: [giver])
                let draft = ReferralDraft(
                    giver: giver,
                    receiver: nil,
                    unplacedProfession: profession.text,
                    tier: 1,
                    need: need.text,
                    warmth: 1,
                    passedOn: date
                )
                return try await correction.enter(.referral, in: session) { try await $0.pass(draft) }
            }
            try Output.line("Referral \(id) is noted as unplaced: no \(profession.text).")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Referrals, newest first.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var period: PeriodOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let referrals = try await options.withChapter(needing: .seeChapterReports) { session in
                let slice = period.slice(upTo: try await session.today(), limit: 1000)
                return try await session.database.run(.referrals(of: session.chapter.id, slice))
            }
            try ReferralCommands.print(referrals, as: listing.format)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One referral.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions
        @Argument(help: "Its id.") var id: SlipID

        func run() async throws {
            let referral = try await options.withChapter(needing: .seeChapterReports) { session in
                guard let referral = try await session.database.run(.referral(id, in: session.chapter.id))
                else { throw Unknown.referral(id) }
                return referral
            }
            try ReferralCommands.print([referral], as: listing.format)
        }
    }

    struct Move: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say where a referral stands: contacted, meeting, proposal, won, lost, declined.",
            discussion:
                "Example: chapterhouse referral move cedar 0198c5a0-… declined --reason \"moved away\""
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "Its id.") var id: SlipID
        @Argument(help: "contacted, meeting, proposal, won, lost or declined.") var status: Referral.Step
        @Option(help: "Why; declining takes one.") var reason: Line?

        func run() async throws {
            try await options.withChapter(needing: .recordSlipsForMembers) { session in
                guard try await session.database.run(.move(id, to: status, reason: reason?.text)) else {
                    throw Unknown.referral(id)
                }
            }
            try Output.line("Referral \(id) is \(status.rawValue).")
        }
    }

    static func print(_ referrals: [Referral], as format: Format) throws {
        var rows = Listing(columns: [
            "id", "date", "giver", "receiver", "tier", "need", "warmth", "status", "provisional",
        ])
        for referral in referrals {
            rows.add(
                .text(referral.id.description),
                .text(referral.passedOn.description),
                .text(referral.giver),
                Listing.Cell(referral.receiver ?? referral.unplacedProfession.map { "no \($0)" }),
                .number("\(referral.tier)"),
                Listing.Cell(referral.need),
                referral.warmth.map { .number("\($0)") } ?? .none,
                .text(referral.status.rawValue),
                .text(referral.isProvisional ? "yes" : "no")
            )
        }
        try rows.print(as: format)
    }
}
