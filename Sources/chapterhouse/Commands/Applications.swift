import ArgumentParser
import ReferralGroup
import Storage

extension MembershipApplication.Decision: ExpressibleByArgument {}
extension MembershipApplication.Vote: ExpressibleByArgument {}

struct ApplicationCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "application",
        abstract: "Who wants a seat: references, votes of the committee, the decision.",
        subcommands: [Open.self, List.self, Reference.self, Vote.self, Decide.self, Induct.self]
    )

    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open an application.",
            discussion:
                "Example: chapterhouse application open cedar \"Karl Kurz\" --seat Roofer --sponsor \"Ines Dane\""
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The applicant's name.") var name: Line
        @Option(help: "The profession of the seat.") var seat: Line
        @Option(help: "The member who brought them.") var sponsor: String?
        @Option(help: "The visitor's id, where they came as one.") var visitor: SlipID?
        @Option(help: "E-mail.") var email: EmailAddress?
        @Option(help: "Phone.") var phone: Line?
        @Option(help: "Company.") var company: Line?
        @Option(help: "Confidential notes.") var notes: Line?
        @Option(help: "The day, such as 2026-10-28; today without it.") var date: LocalDate?

        func run() async throws {
            let id = try await options.withChapter(needing: .decideApplications) { session in
                let sponsor: Membership.ID? =
                    if let sponsor { try await session.member(sponsor, on: date).id } else { nil }
                let draft = MembershipApplicationDraft(
                    name: name.text,
                    seat: seat.text,
                    company: company?.text,
                    email: email?.description,
                    phone: phone?.text,
                    sponsor: sponsor,
                    visitor: visitor,
                    appliedOn: date,
                    notes: notes?.text
                )
                return try await session.database.run(.open(draft, in: session.chapter.id))
            }
            try Output.line("The application of \(name.text) is \(id).")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Applications, newest first.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions
        @Flag(help: "Only those that nobody decided yet.") var pending = false

        func run() async throws {
            let applications = try await options.withChapter(needing: .seeApplications) { session in
                try await session.database.run(.applications(of: session.chapter.id, pending: pending))
            }
            var rows = Listing(
                columns: [
                    "id", "date", "name", "seat", "sponsor", "references", "yes", "no", "decision",
                    "decided_on",
                    "reason",
                ]
            )
            for application in applications {
                rows.add(
                    .text(application.id.description),
                    .text(application.appliedOn.description),
                    .text(application.name),
                    .text(application.seat),
                    Listing.Cell(application.sponsor),
                    .number("\(application.references)"),
                    .number("\(application.yes)"),
                    .number("\(application.no)"),
                    Listing.Cell(application.decision?.rawValue),
                    Listing.Cell(application.decidedOn?.description),
                    Listing.Cell(application.reason)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Reference: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Note what somebody said who was asked about the applicant.",
            discussion:
                "Example: chapterhouse application reference cedar 0198c5a0-… \"Ines Dane\" --outcome \"Would hire him again\""
        )

        @OptionGroup var options: ApplicationOptions
        @Argument(help: "Who was asked.") var name: Line
        @Option(help: "How to reach them.") var contact: Line?
        @Option(help: "What they said.") var outcome: Line?
        @Option(help: "The day, such as 2026-10-28; today without it.") var date: LocalDate?

        func run() async throws {
            let reference = MembershipApplication.Reference(
                name: name.text,
                contact: contact?.text,
                checkedOn: date,
                outcome: outcome?.text
            )
            let application = try await options.withApplication { session, application in
                try await session.database.run(.note(reference, of: application.id, in: session.chapter.id))
                return application
            }
            try Output.line("\(name.text) was asked about \(application.name).")
        }
    }

    struct Vote: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a vote; who has an interest of their own says conflict, and does not count.",
            discussion: "Example: chapterhouse application vote cedar 0198c5a0-… yes --as ines@example.org"
        )

        @OptionGroup var options: ApplicationOptions
        @Argument(help: "yes, no, abstain or conflict.") var vote: MembershipApplication.Vote
        @Option(help: "The member of the committee who votes, where the shell writes down what was said.")
        var by: String?

        func run() async throws {
            let (vote, by) = (vote, by)
            let name = try await options.withApplication { session, application in
                let member: Membership
                if let by {
                    guard session.actor.may(.everything) else {
                        throw Failure(.notAllowed, "--by: nobody votes for another")
                    }
                    member = try await session.member(by)
                } else if let own = session.actor.membership {
                    member = try await session.member("\(own)")
                } else {
                    throw Failure(.usage, "whose vote is it? Give --by or --as")
                }
                try await session.database.run(
                    .vote(vote, by: member, on: application.id, in: session.chapter.id)
                )
                return member.name
            }
            try Output.line("\(name) votes \(vote.rawValue).")
        }
    }

    struct Decide: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Decide an application.",
            discussion:
                "Example: chapterhouse application decide cedar 0198c5a0-… declined --reason \"The seat is taken\""
        )

        @OptionGroup var options: ApplicationOptions
        @Argument(help: "accepted, declined or withdrawn.") var decision: MembershipApplication.Decision
        @Option(help: "Why.") var reason: Line?
        @Option(help: "The day, such as 2026-10-28; today without it.") var date: LocalDate?

        func run() async throws {
            let (decision, reason, date) = (decision, reason?.text, date)
            let application = try await options.withApplication { session, application in
                guard
                    try await session.database.run(
                        .decide(application.id, decision, because: reason, on: date, in: session.chapter.id)
                    )
                else {
                    throw Failure(
                        .badData,
                        "this application was \(application.decision?.rawValue ?? "decided") already; open a new one"
                    )
                }
                return application
            }
            try Output.line("\(application.name) is \(decision.rawValue).")
        }
    }

    struct Induct: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Name the membership that the induction made; see: chapterhouse member add",
            discussion: "Example: chapterhouse application induct cedar 0198c5a0-… \"Karl Kurz\""
        )

        @OptionGroup var options: ApplicationOptions
        @Argument(help: "The member, by e-mail, full name or id.") var member: String
        @Option(help: "Who looks after them in their first year, likewise.") var mentor: String?

        func run() async throws {
            let (name, mentor) = (member, mentor)
            let member = try await options.withApplication { session, application in
                let member = try await session.member(name)
                let guide =
                    if let mentor { try await session.member(mentor).id } else { nil as Membership.ID? }
                try await session.database.transaction { transaction in
                    try await transaction.run(
                        .induct(application.id, as: member.id, in: session.chapter.id)
                    )
                    if let guide {
                        try await transaction.run(
                            .nameMentor(guide, of: member.id, in: session.chapter.id)
                        )
                    }
                }
                return member.name
            }
            try Output.line("\(member) is inducted.")
        }
    }
}

/// A chapter and one of its applications, for who may decide it.
struct ApplicationOptions: ParsableArguments {
    @OptionGroup var options: ChapterOptions
    @Argument(help: "The application's id.") var id: SlipID

    func withApplication<Value: Sendable>(
        _ work: @escaping @Sendable (ChapterSession, MembershipApplication) async throws -> Value
    ) async throws -> Value {
        try await options.withChapter(needing: .decideApplications) { [id] session in
            guard let application = try await session.database.run(.application(id, in: session.chapter.id))
            else { throw Unknown.application(id) }
            return try await work(session, application)
        }
    }
}
