import ArgumentParser
import ReferralGroup
import Storage

struct RegionCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "region",
        abstract: "Groups of chapters, and who directs them.",
        subcommands: [Create.self, List.self, Show.self, Add.self, Appoint.self, End.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a region.",
            discussion: "Example: chapterhouse region create south-quay --name \"South Quay\""
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "Its short name.") var slug: Chapter.Slug
        @Option(help: "Its name.") var name: Line

        func run() async throws {
            try database.keepsRegions()
            try await database.withDatabase { opened in
                try await opened.acting(as: .system(door: .cli), in: nil).run(
                    .createRegion(slug, name: name.text)
                )
            }
            try Output.line("Region \(name.text) is \(slug).")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The regions of this installation.")

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let regions = try await database.withDatabase { opened in
                try await opened.acting(as: .system(door: .cli), in: nil).run(.regions)
            }
            var rows = Listing(columns: ["slug", "name"])
            for region in regions { rows.add(.text(region.slug.description), .text(region.name)) }
            try rows.print(as: listing.format)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The chapters of a region and its directors."
        )

        @OptionGroup var options: RegionOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let (chapters, directors) = try await options.withRegion { shell, region in
                try await shell.run(.chapters(of: region.id), .directors(of: region.id))
            }
            var rows = Listing(columns: ["kind", "slug", "name", "email", "from", "to"])
            for chapter in chapters {
                rows.add(
                    .text("chapter"),
                    .text(chapter.slug.description),
                    .text(chapter.name),
                    .none,
                    .none,
                    .none
                )
            }
            for term in directors {
                rows.add(
                    .text("director"),
                    .none,
                    .text(term.name),
                    Listing.Cell(term.email?.description),
                    .text(term.from.description),
                    Listing.Cell(term.to?.description)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a chapter into a region.",
            discussion: "Example: chapterhouse region add south-quay cedar"
        )

        @OptionGroup var options: RegionOptions
        @Argument(help: "The chapter's short name.") var chapter: Chapter.Slug

        func run() async throws {
            let (slug, name) = (chapter, options.region)
            try await options.withRegion { shell, region in
                guard let chapter = try await shell.run(.chapter(slug)) else {
                    throw Unknown.chapter(slug.description)
                }
                try await shell.run(.put(chapter.id, into: region.id))
            }
            try Output.line("\(slug) belongs to \(name).")
        }
    }

    struct Appoint: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Let somebody direct a region: they see the totals of its chapters, and nothing personal.",
            discussion: "Example: chapterhouse region appoint south-quay ines@example.org --from 2026-10-01"
        )

        @OptionGroup var options: RegionOptions
        @Argument(help: "The e-mail with which the director signs in.") var email: EmailAddress
        @Option(help: "The first day; today without it.") var from: LocalDate?
        @Option(help: "The last day, included; open without it.") var to: LocalDate?

        func run() async throws {
            let (email, from, to) = (email, from, to)
            let day = try await options.withRegion { shell, region in
                try await shell.run(.appointDirector(email, of: region.id, from: from, to: to))
            }
            guard let day else {
                throw Failure(.badData, "nobody has the e-mail \(email); see: chapterhouse person invite")
            }
            try Output.line(
                "\(email) directs \(options.region) from \(day)\(to.map { " to \($0)" } ?? "")."
            )
        }
    }

    struct End: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a director's term.",
            discussion: "Example: chapterhouse region end south-quay ines@example.org --on 2026-12-31"
        )

        @OptionGroup var options: RegionOptions
        @Argument(help: "The e-mail with which the director signs in.") var email: EmailAddress
        @Option(help: "The last day; today without it.") var on: LocalDate?

        func run() async throws {
            let (email, on) = (email, on)
            let day = try await options.withRegion { shell, region in
                try await shell.run(.endDirector(email, of: region.id, on: on))
            }
            guard let day else {
                throw Failure(
                    .badData,
                    "\(email) does not direct \(options.region) that day; see: chapterhouse region show \(options.region)"
                )
            }
            try Output.line("\(email) directs \(options.region) until \(day).")
        }
    }
}

/// A database and one of its regions, in the hands of the operator.
struct RegionOptions: ParsableArguments {
    @OptionGroup var database: DatabaseOptions

    @Argument(help: "The region's short name.")
    var region: Chapter.Slug

    func withRegion<Value: Sendable>(
        _ work: @escaping @Sendable (ActingDatabase, Region) async throws -> Value
    ) async throws -> Value {
        try database.keepsRegions()
        return try await database.withDatabase { [region] opened in
            let shell = opened.acting(as: .system(door: .cli), in: nil)
            guard let known = try await shell.run(.region(region)) else {
                throw Unknown.region(region.description)
            }
            return try await work(shell, known)
        }
    }
}

extension DatabaseOptions {
    /// Throws where somebody else's rights are asked for: a region is the operator's.
    fileprivate func keepsRegions() throws {
        guard person == nil else {
            throw Failure(.notAllowed, "regions are the operator's to keep; leave --as away")
        }
    }
}
