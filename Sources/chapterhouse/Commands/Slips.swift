import ArgumentParser
import ReferralGroup
import Storage

struct PeriodOptions: ParsableArguments {
    @Option(help: "The first day; a year ago without it.") var from: LocalDate?
    @Option(help: "The last day; without end without it.") var to: LocalDate?

    /// The days that are meant, once the chapter's today is known.
    func days(upTo today: LocalDate) -> (from: LocalDate, to: LocalDate) {
        (from ?? today.advanced(by: -365), to ?? .latest)
    }
}

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
                return try await session.database.transaction { try await $0.pass(draft) }
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
                return try await session.database.transaction { try await $0.pass(draft) }
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
                let (from, to) = period.days(upTo: try await session.today())
                return try await session.database.run(.referrals(of: session.chapter.id, from: from, to: to))
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
                    try await session.database.transaction { try await $0.record(draft) },
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
                let (from, to) = period.days(upTo: try await session.today())
                return try await session.database.run(.thanks(of: session.chapter.id, from: from, to: to))
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

struct OneToOneCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "one-to-one",
        abstract: "Talks of two; one record counts for both.",
        subcommands: [Record.self, List.self]
    )

    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record a one-to-one.",
            discussion:
                "Example: chapterhouse one-to-one record cedar \"Ines Dane\" \"Bruno North @ Northgate\" --minutes 60 --cost-a 4.50"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "A member.") var one: PartyName
        @Argument(help: "A member, or \"Name @ Chapter\".") var other: PartyName
        @Option(help: "The day, such as 2026-10-28; today without it.") var date: LocalDate?
        @Option(help: "How long it took.") var minutes = 60
        @Option(parsing: .unconditional, help: "What the first paid.") var costA = "0"
        @Option(parsing: .unconditional, help: "What the second paid.") var costB = "0"
        @Option(help: "Where it was.") var place: Line?

        func validate() throws {
            guard (0...1440).contains(minutes) else { throw ValidationError("--minutes: between 0 and 1440") }
        }

        func run() async throws {
            let id = try await options.withChapter(needing: .recordOwnSlips) { session in
                let first = try await session.party(one, on: date)
                let second = try await session.party(other, on: date)
                try session.mayRecord(for: [first, second])
                let draft = OneToOneDraft(
                    first: first,
                    second: second,
                    metOn: date,
                    minutes: minutes,
                    place: place?.text,
                    costOfFirst: try session.money(costA, for: "--cost-a"),
                    costOfSecond: try session.money(costB, for: "--cost-b")
                )
                return try await session.database.transaction { try await $0.record(draft) }
            }
            try Output.line("One-to-one \(id) is recorded.")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One-to-ones, newest first.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var period: PeriodOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            try await LedgerCommand.print(
                options,
                period,
                listing,
                ["id", "date", "member", "with", "minutes", "place"]
            ) { .oneToOnes(of: $0, from: $1, to: $2) }
        }
    }
}

struct EducationCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "education",
        abstract: "What members learned, in hours.",
        subcommands: [Record.self, List.self]
    )

    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record education.",
            discussion:
                "Example: chapterhouse education record cedar \"Ines Dane\" --hours 1.5 --title \"The memory hook\""
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "E-mail, full name or id.") var member: String
        @Option(parsing: .unconditional, help: "Hours, such as 1 or 1.5.") var hours: String
        @Option(help: "The day, such as 2026-10-28; today without it.") var date: LocalDate?
        @Option(help: "What it was about.") var title: Line?

        func run() async throws {
            guard let units = Figure(hours), !units.isNegative, !units.isZero, units.scale <= 2,
                units.approximately <= 1000
            else {
                throw Failure(
                    .badData,
                    "--hours: “\(hours)” is not right; give more than 0 and at most 1000, such as 1.5"
                )
            }
            let id = try await options.withChapter(needing: .recordOwnSlips) { session in
                let member = try await session.member(member, on: date)
                try session.mayRecord(for: [.member(member.id)], needing: .recordEducationForMembers)
                let draft = EducationDraft(member: member.id, units: units, title: title?.text, doneOn: date)
                return try await session.database.transaction { try await $0.record(draft) }
            }
            try Output.line("Education \(id) is recorded.")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Education, newest first.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var period: PeriodOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            try await LedgerCommand.print(
                options,
                period,
                listing,
                ["id", "date", "member", "with", "hours", "title"]
            ) { .education(of: $0, from: $1, to: $2) }
        }
    }
}

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
                return try await session.database.transaction { try await $0.record(draft) }
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
            ) { .testimonials(of: $0, from: $1, to: $2) }
        }
    }
}

struct VisitorCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "visitor",
        abstract: "Visitors: invited, come, and what became of them.",
        subcommands: [Register.self, List.self, Move.self]
    )

    struct Register: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Register a visitor.",
            discussion:
                "Example: chapterhouse visitor register cedar \"Karl Kurz\" --invited-by \"Ines Dane\" --date 2026-10-07 --came"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The visitor's name.") var name: Line
        @Option(help: "A member, \"Name @ Chapter\", or chapter.") var invitedBy: PartyName
        @Option(help: "The day of the visit; today without it.") var date: LocalDate?
        @Option(help: "first, second, guest or substitute.") var kind = VisitKind.first
        @Flag(help: "The visit took place.") var came = false
        @Option(help: "E-mail.") var email: EmailAddress?
        @Option(help: "Phone.") var phone: Line?
        @Option(help: "Company.") var company: Line?
        @Option(help: "Profession.") var profession: Line?
        @Flag(help: "The visitor agreed that these data are kept.") var consent = false

        func run() async throws {
            let id = try await options.withChapter(needing: .recordOwnSlips) { session in
                let inviter = try await session.party(invitedBy, on: date)
                if case .visitor = inviter {
                    throw Failure(
                        .badData,
                        "--invited-by: a visitor cannot invite; give a member, \"Name @ Chapter\" or chapter"
                    )
                }
                try session.mayRecord(for: [inviter], needing: .seeVisitors)
                let draft = VisitorDraft(
                    name: name.text,
                    inviter: inviter,
                    kind: kind,
                    visitOn: date,
                    came: came,
                    email: email?.description,
                    phone: phone?.text,
                    company: company?.text,
                    profession: profession?.text,
                    hasConsented: consent
                )
                return try await session.database.transaction { try await $0.register(draft) }
            }
            try Output.line("Visitor \(name.text) is \(id).")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Visitors, newest first.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var period: PeriodOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            try await LedgerCommand.print(
                options,
                period,
                listing,
                ["id", "date", "visitor", "invited_by", "kind", "status"],
                needing: .seeVisitors
            ) { .visitors(of: $0, from: $1, to: $2) }
        }
    }

    struct Move: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say where a visitor stands: contacted, visited, applied, joined, lost.",
            discussion:
                "Example: chapterhouse visitor move cedar 0198c5a0-… lost --reason \"joined elsewhere\""
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The visitor's id.") var id: SlipID
        @Argument(help: "new, contacted, visited, applied, joined or lost.") var status: VisitorStatus
        @Option(help: "Why; losing takes one.") var reason: Line?

        func run() async throws {
            try await options.withChapter(needing: .seeVisitors) { session in
                guard
                    try await session.database.run(
                        .move(id, to: status, reason: reason?.text, in: session.chapter.id)
                    )
                else {
                    throw Unknown.visitor(id)
                }
            }
            try Output.line("Visitor \(id) is \(status.rawValue).")
        }
    }
}

struct ActivityCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activity",
        abstract: "What members do for the network between the meetings, in minutes and money.",
        subcommands: [Record.self, List.self]
    )

    struct Record: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record an activity.",
            discussion:
                "Example: chapterhouse activity record cedar \"Ines Dane\" --kind event --minutes 120 --money 25.00 --purpose leads"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "E-mail, full name or id.") var member: String
        @Option(help: "event, meal, call, note, education, leadership or other.") var kind: ActivityKind
        @Option(help: "How long it took.") var minutes: Int
        @Option(parsing: .unconditional, help: "What it cost.") var money = "0"
        @Option(help: "The day, such as 2026-10-28; today without it.") var date: LocalDate?
        @Flag(help: "Outside working hours.") var downtime = false
        @Option(help: "Why: leads, trusted contacts, market intelligence, camaraderie, …") var purpose: Line?
        @Option(help: "Whom you met.") var met: Line?
        @Option(help: "What you learned.") var lesson: Line?

        func validate() throws {
            guard (0...1440).contains(minutes) else { throw ValidationError("--minutes: between 0 and 1440") }
        }

        func run() async throws {
            let id = try await options.withChapter(needing: .recordOwnSlips) { session in
                let member = try await session.member(member, on: date)
                try session.mayRecord(for: [.member(member.id)])
                let draft = ActivityDraft(
                    member: member.id,
                    kind: kind,
                    doneOn: date,
                    minutes: minutes,
                    money: try session.money(money, for: "--money"),
                    isDowntime: downtime,
                    purpose: purpose?.text,
                    met: met?.text,
                    lesson: lesson?.text
                )
                return try await session.database.transaction { try await $0.log(draft) }
            }
            try Output.line("Activity \(id) is recorded.")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Activities, newest first.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var period: PeriodOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            try await LedgerCommand.print(
                options,
                period,
                listing,
                ["id", "date", "member", "kind", "minutes", "purpose"]
            ) { .activities(of: $0, from: $1, to: $2) }
        }
    }
}

/// A listing of the ledger, as five commands show it.
enum LedgerCommand {
    static func print(
        _ options: ChapterOptions,
        _ period: PeriodOptions,
        _ listing: ListingOptions,
        _ columns: [String],
        needing permission: Permission = .seeChapterReports,
        _ query: @escaping @Sendable (Chapter.ID, LocalDate, LocalDate) -> LedgerQuery
    ) async throws {
        let lines = try await options.withChapter(needing: permission) { session in
            let (from, to) = period.days(upTo: try await session.today())
            return try await session.database.run(query(session.chapter.id, from, to))
        }
        var rows = Listing(columns: columns)
        for line in lines {
            rows.add(
                .text(line.id.description),
                .text(line.day.description),
                .text(line.who),
                Listing.Cell(line.other),
                Listing.Cell(line.measure),
                Listing.Cell(line.note)
            )
        }
        try rows.print(as: listing.format)
    }
}
