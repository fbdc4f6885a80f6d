import ArgumentParser
import ReferralGroup
import Storage

struct NeedCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "need",
        abstract: "What members want to buy.",
        subcommands: [Post<Need>.self, List<Need>.self, Matches.self, Answer.self]
    )

    struct Matches: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Who could answer a need, the closest first.",
            discussion: "Example: chapterhouse need matches cedar 0198c5a0-…"
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The need's id.") var id: SlipID
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let matches = try await options.withChapter(needing: .seeRoster) { session in
                let chapter = session.chapter.id
                guard try await session.database.run(.posting(id, .need, in: chapter)) != nil else {
                    throw Unknown.posting(id)
                }
                return try await session.database.run(.matches(of: id, in: chapter))
            }
            var rows = Listing(columns: ["name", "by", "about"])
            for match in matches {
                rows.add(.text(match.name), .text(match.by.rawValue), .text(match.about))
            }
            try rows.print(as: listing.format)
        }
    }

    struct Answer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say that a need is answered, and by whom.",
            discussion: "Example: chapterhouse need answer cedar 0198c5a0-… --by \"Gil Vance\""
        )

        @OptionGroup var options: ChapterOptions
        @Argument(help: "The need's id.") var id: SlipID
        @Option(help: "The member who answered it; without it, somebody else did.") var by: String?
        @Option(help: "The day, such as 2026-10-28; today without it.") var date: LocalDate?

        func run() async throws {
            try await options.withChapter(needing: .recordOwnSlips) { session in
                let chapter = session.chapter.id
                guard let need = try await session.database.run(.posting(id, .need, in: chapter)) else {
                    throw Unknown.posting(id)
                }
                try session.mayRecord(for: [.member(need.member)])
                let member: Membership.ID? =
                    if let by { try await session.member(by, on: date).id } else { nil }
                guard try await session.database.run(.answer(id, by: member, on: date, in: chapter)) else {
                    throw Unknown.posting(id)
                }
            }
            try Output.line("Need \(id) is answered.")
        }
    }
}

struct OfferCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offer",
        abstract: "What members have to offer each other.",
        subcommands: [Post<Offer>.self, List<Offer>.self]
    )
}

/// A kind of posting as a type, for the parser makes commands of types.
protocol PostingNoun: Sendable {
    static var kind: Posting.Kind { get }
}

enum Need: PostingNoun { static let kind = Posting.Kind.need }
enum Offer: PostingNoun { static let kind = Posting.Kind.offer }

struct Post<Noun: PostingNoun>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "post",
            abstract: "Post a new one.",
            discussion:
                "Example: chapterhouse \(Noun.kind) post cedar \"Ines Dane\" --text \"An oven for thirty loaves\" --until 2026-12-31"
        )
    }

    @OptionGroup var options: ChapterOptions
    @Argument(help: "The member whose it is.") var member: String
    @Option(help: "What it is, in a line.") var text: Line
    @Option(help: "The profession that it calls for.") var profession: Line?
    @Option(help: "The last day of it.") var until: LocalDate?
    @Option(help: "The day, such as 2026-10-28; today without it.") var date: LocalDate?

    func run() async throws {
        let id = try await options.withChapter(needing: .recordOwnSlips) { session in
            let member = try await session.member(member, on: date).id
            try session.mayRecord(for: [.member(member)])
            let draft = PostingDraft(
                kind: Noun.kind,
                member: member,
                text: text.text,
                profession: profession?.text,
                postedOn: date,
                until: until
            )
            return try await session.database.run(.post(draft, in: session.chapter.id))
        }
        try Output.line("\(Noun.kind == .need ? "Need" : "Offer") \(id) is posted.")
    }
}

struct List<Noun: PostingNoun>: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: "All of them, newest first.")
    }

    @OptionGroup var options: ChapterOptions
    @OptionGroup var period: PeriodOptions
    @OptionGroup var listing: ListingOptions

    func run() async throws {
        let postings = try await options.withChapter(needing: .seeRoster) { session in
            let slice = period.slice(upTo: try await session.today())
            return try await session.database.run(.postings(Noun.kind, of: session.chapter.id, slice))
        }
        var rows = Listing(
            columns: ["id", "date", "member", "text", "profession", "until", "answered_by", "answered_on"]
        )
        for posting in postings {
            rows.add(
                .text(posting.id.description),
                .text(posting.postedOn.description),
                .text(posting.name),
                .text(posting.text),
                Listing.Cell(posting.profession),
                Listing.Cell(posting.until?.description),
                Listing.Cell(posting.answeredBy),
                Listing.Cell(posting.answeredOn?.description)
            )
        }
        try rows.print(as: listing.format)
    }
}
