import ArgumentParser
import Identity
import ReferralGroup
import Service
import Storage

struct VisitorCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "visitor",
        abstract: "Visitors: invited, come, and what became of them.",
        subcommands: [Register.self, Invite.self, List.self, Move.self]
    )

    struct Register: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Register a visitor.",
            discussion:
                "Example: chapterhouse visitor register cedar \"Karl Kurz\" --invited-by \"Ines Dane\" --date 2026-10-07 --came"
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var correction: CorrectionOptions
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
        @Option(help: "Why they may come once more than the policy allows.") var furtherVisitBecause: Line?

        func run() async throws {
            let id = try await options.withChapter(needing: .recordOwnSlips) { session in
                let inviter = try await session.party(invitedBy, on: date)
                if case .visitor = inviter {
                    throw Failure(
                        .badData,
                        "--invited-by: a visitor cannot invite; give a member, \"Name @ Chapter\" or chapter"
                    )
                }
                try session.mayRecord(
                    for: furtherVisitBecause == nil ? [inviter] : [],
                    needing: .seeVisitors
                )
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
                    hasConsented: consent,
                    furtherVisitBecause: furtherVisitBecause?.text
                )
                return try await correction.enter(.visitor, in: session) { try await $0.register(draft) }
            }
            try Output.line("Visitor \(name.text) is \(id).")
        }
    }

    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Invite somebody to a meeting by a link of their own.",
            discussion:
                "Example: chapterhouse visitor invite cedar \"Karl Kurz\" --invited-by \"Ines Dane\" --date 2026-10-07 --email karl@example.org --by-mail"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The visitor's name.") var name: Line
        @Option(help: "A member, or chapter.") var invitedBy: PartyName
        @Option(help: "The day of a meeting that is still to come.") var date: LocalDate
        @Option(help: "first, second, guest or substitute.") var kind = VisitKind.first
        @Option(help: "E-mail.") var email: EmailAddress?
        @Option(help: "Phone.") var phone: Line?
        @Option(help: "Company.") var company: Line?
        @Option(help: "Profession.") var profession: Line?
        @Option(help: "A line of your own.") var greeting: Line?
        @Flag(help: "Post a mail with the link to the e-mail.") var byMail = false
        @Option(help: "Why they may come once more than the policy allows.") var furtherVisitBecause: Line?

        func validate() throws {
            guard !byMail || email != nil else {
                throw ValidationError("--by-mail: give the --email as well")
            }
        }

        func run() async throws {
            let baseURL = try Settings.read().publicURL
            let invited = try await options.withChapter(needing: .recordOwnSlips) { session in
                let inviter = try await session.party(invitedBy, on: nil)
                if case .visitor = inviter {
                    throw Failure(.badData, "--invited-by: a visitor cannot invite; give a member or chapter")
                }
                try session.mayRecord(
                    for: furtherVisitBecause == nil ? [inviter] : [],
                    needing: .seeVisitors
                )
                let draft = InvitationDraft(
                    visitor: draft(from: inviter),
                    greeting: greeting?.text,
                    byMail: byMail
                )
                let secret = Secret()
                return try await session.database.transaction { try await $0.invite(draft, secret) }
            }
            try Output.line("Visitor \(name.text) is \(invited.id). Their link, shown only now:")
            try Output.line(invited.address(at: baseURL))
        }

        private func draft(from inviter: Party) -> VisitorDraft {
            VisitorDraft(
                name: name.text,
                inviter: inviter,
                kind: kind,
                visitOn: date,
                came: false,
                email: email?.description,
                phone: phone?.text,
                company: company?.text,
                profession: profession?.text,
                furtherVisitBecause: furtherVisitBecause?.text
            )
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
            ) { .visitors(of: $0, $1) }
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
