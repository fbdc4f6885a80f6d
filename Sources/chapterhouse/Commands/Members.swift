import ArgumentParser
import ReferralGroup
import Storage

struct MemberCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "member",
        abstract: "Who belongs to a chapter, since when, and in which seat.",
        subcommands: [
            Add.self, Set.self, List.self, Show.self, Leave.self, FirstStepsCommand.self, End.self,
            Rejoin.self, Transfer.self,
        ]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Seat a new member in a chapter.",
            discussion:
                "Example: chapterhouse member add cedar \"Ines Dane\" --email ines@example.org --seat roofer --joined 2026-10-01"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The member's name.") var name: Line
        @Option(help: "Where invitations are sent.") var email: EmailAddress?
        @Option(help: "The profession whose seat the member takes.") var seat: Line?
        @Option(help: "The member's company.") var company: Line?
        @Option(help: "The first day of the membership; today without it.") var joined: LocalDate?
        @Option(help: "The day on which the membership is to be renewed.") var renews: LocalDate?

        func run() async throws {
            let member = try await options.withChapter(needing: .manageMembers) { session in
                try await session.database.add(
                    MemberDraft(
                        name: name.text,
                        email: email,
                        seat: seat?.text,
                        company: company?.text,
                        joinedOn: joined,
                        renewsOn: renews
                    )
                )
            }
            let place = member.seat.map { " as \($0)" } ?? ""
            try Output.line(
                "\(member.name) is member \(member.id) of \(options.chapter)\(place) since \(member.joinedOn)."
            )
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Change what is known of a member: email, seat, company, renews; margin and value-of-hour from a day on.",
            discussion:
                "Example: chapterhouse member set cedar \"Ines Dane\" margin=40% value-of-hour=40 --from 2026-10-01"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "E-mail, full name or id.") var member: String
        @Argument(help: "key=value: email, seat, company, renews, shares-figures, margin, value-of-hour.")
        var settings: [Setting]
        @Option(help: "The first day on which margin and value-of-hour hold; today without it.") var from:
            LocalDate?

        func run() async throws {
            // Which settings somebody may change, `set` judges.
            let name = try await options.withChapter(needing: .seeRoster) { session in
                let member = try await session.member(member)
                try await session.database.set(
                    settings.map { ($0.key, $0.value) },
                    of: member,
                    in: session.chapter,
                    from: from
                )
                return member.name
            }
            try Output.line(
                "\(name): \(settings.map { "\($0.key) is \($0.value)" }.joined(separator: ", "))."
            )
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The roster on a day.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions
        @Option(help: "A day of the chapter's calendar; today without it.") var on: LocalDate?
        @Flag(help: "Former members too.") var all = false

        func run() async throws {
            let members = try await options.withChapter(needing: .seeRoster) { session in
                try await session.database.run(.roster(of: session.chapter.id, on: on, former: all))
            }
            var rows = Listing(columns: [
                "id", "name", "seat", "company", "email", "joined_on", "renews_on", "ended_on", "status",
            ])
            for member in members {
                rows.add(
                    .number(member.id.description),
                    .text(member.name),
                    Listing.Cell(member.seat),
                    Listing.Cell(member.company),
                    Listing.Cell(member.email?.description),
                    .text(member.joinedOn.description),
                    Listing.Cell(member.renewsOn?.description),
                    Listing.Cell(member.endedOn?.description),
                    .text(member.status.rawValue)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One member.")

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions
        @Argument(help: "E-mail, full name or id.") var member: String

        func run() async throws {
            let member = try await options.withChapter(needing: .seeRoster) {
                try await $0.member(self.member)
            }
            var rows = Listing(columns: ["field", "value"])
            rows.add(.text("id"), .number(member.id.description))
            rows.add(.text("name"), .text(member.name))
            rows.add(.text("email"), Listing.Cell(member.email?.description))
            rows.add(.text("seat"), Listing.Cell(member.seat))
            rows.add(.text("company"), Listing.Cell(member.company))
            rows.add(.text("joined_on"), .text(member.joinedOn.description))
            rows.add(.text("renews_on"), Listing.Cell(member.renewsOn?.description))
            rows.add(.text("ended_on"), Listing.Cell(member.endedOn?.description))
            rows.add(.text("status"), .text(member.status.rawValue))
            try rows.print(as: listing.format)
        }
    }

    struct Leave: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Days on which a member is not expected; the seat is kept.",
            discussion:
                "Example: chapterhouse member leave cedar \"Ines Dane\" --from 2026-11-01 --to 2026-11-30 --medical"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "E-mail, full name or id.") var member: String
        @Option(help: "The first day, such as 2026-10-01.") var from: LocalDate
        @Option(help: "The last day, included; open without it.") var to: LocalDate?
        @Flag(help: "For health.") var medical = false

        func run() async throws {
            let name = try await options.withChapter(needing: .manageMembers) { session in
                let member = try await session.member(member, on: from)
                try await session.database.run(
                    .leave(of: member.id, from: from, to: to, isMedical: medical, in: session.chapter.id)
                )
                return member.name
            }
            try Output.line("\(name) is on leave from \(from)\(to.map { " to \($0)" } ?? "").")
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a membership.",
            discussion:
                "Example: chapterhouse member end cedar \"Ines Dane\" --on 2026-12-31 --code moved-away"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "E-mail, full name or id.") var member: String
        @Option(help: "The last day of the membership; today without it.") var on: LocalDate?
        @Option(help: "Why: \(EndCode.allCases.map(\.rawValue).joined(separator: ", ")).") var code: EndCode?
        @Option(help: "The same in words; another reason takes some.") var reason: Line?

        func run() async throws {
            let (name, day) = try await options.withChapter(needing: .manageMembers) { session in
                let member = try await session.member(member)
                return (
                    member.name,
                    try await session.database.run(
                        .end(
                            member.id,
                            on: on,
                            because: code,
                            reason: reason?.text,
                            in: session.chapter.id
                        )
                    )
                )
            }
            try Output.line("\(name) is a member until \(day).")
        }
    }

    struct Rejoin: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A former member comes back: a new membership, the history stays.",
            discussion:
                "Example: chapterhouse member rejoin cedar \"Ines Dane\" --joined 2027-03-01 --seat roofer"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "E-mail, full name or id.") var member: String
        @Option(help: "The first day of the new membership; today without it.") var joined: LocalDate?
        @Option(help: "The profession whose seat the member takes.") var seat: Line?

        func run() async throws {
            let member = try await options.withChapter(needing: .manageMembers) { session in
                let former = try await session.member(self.member)
                return try await session.database.rejoin(former, seat: seat?.text, joinedOn: joined)
            }
            try Output.line(
                "\(member.name) is member \(member.id) of \(options.chapter) again since \(member.joinedOn)."
            )
        }
    }

    struct Transfer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "A member moves to another chapter: one membership ends, the next begins the day after.",
            discussion:
                "Example: chapterhouse member transfer cedar \"Ines Dane\" --to northgate --on 2026-10-31"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "E-mail, full name or id.") var member: String
        @Option(help: "The other chapter's short name.") var to: Chapter.Slug
        @Option(help: "The last day in this chapter; today without it.") var on: LocalDate?
        @Option(help: "The profession whose seat the member takes there.") var seat: Line?

        func run() async throws {
            let member = try await options.withChapter(needing: .everything) { session in
                let member = try await session.member(self.member)
                guard let other = try await session.database.run(.chapter(to)) else {
                    throw Unknown.chapter(to.description)
                }
                return try await session.database.transfer(member, to: other, on: on, seat: seat?.text)
            }
            try Output.line("\(member.name) is member \(member.id) of \(to) since \(member.joinedOn).")
        }
    }
}
