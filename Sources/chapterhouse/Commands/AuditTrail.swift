import ArgumentParser
import ReferralGroup
import Storage

struct AuditCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Who changed what, when, and by which door.",
        subcommands: [List.self, Seal.self, Verify.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The newest changes; of personal data only which field changed."
        )

        @OptionGroup var options: ChapterOptions
        @OptionGroup var listing: ListingOptions
        @Option(help: "How many.") var limit = 50

        func validate() throws {
            guard (1...100_000).contains(limit) else {
                throw ValidationError("--limit: between 1 and 100000")
            }
        }

        func run() async throws {
            let events = try await options.withChapter(needing: .seeAuditTrail) { session in
                try await session.database.run(.auditTrail(of: session.chapter.id, limit: limit))
            }
            var rows = Listing(columns: [
                "id", "at", "door", "person", "action", "entity", "entity_id", "changed",
            ])
            for event in events {
                rows.add(
                    .number("\(event.id)"),
                    .text(event.at.description),
                    .text(event.door),
                    Listing.Cell(event.person?.description ?? "system"),
                    .text(event.action),
                    .text(event.entity),
                    .text(event.entityID),
                    .text(event.changed.joined(separator: " "))
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Seal: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Seal what was entered since; the service does so each hour. Prints the head of each chain.",
            discussion: """
                Example: chapterhouse audit seal --format csv
                A head that is kept elsewhere shows later whether what is behind it is still the same:
                chapterhouse audit verify SLUG --head HASH
                """
        )

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let heads = try await database.withDatabase { opened in
                let shell = opened.acting(as: .system(door: .cli), in: nil)
                while try await shell.run(.sealAuditTrail) {}
                return try await shell.run(.auditHeads())
            }
            var rows = Listing(columns: ["chapter", "entries", "up_to", "sealed_at", "head"])
            for head in heads {
                rows.add(
                    Listing.Cell(head.chapter),
                    .number("\(head.entries)"),
                    .number("\(head.upTo)"),
                    .text(head.sealedAt.description),
                    .text(head.hash)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compute the chains through the audit trail anew; ends with 65 where one is broken.",
            discussion: """
                Example: chapterhouse audit verify demo
                Without a chapter: every chapter, and the trail of the installation itself, which has no name.
                What is found: entries that were changed, removed, inserted, or cut off the end; seals that say
                otherwise (rewritten) or are missing (unsealed). Entries whose personal values were erased are whole.
                """
        )

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var listing: ListingOptions
        @Argument(help: "The chapter's short name.") var chapter: Chapter.Slug?
        @Option(help: "A head of this chapter's chain that was written down: it has to be part of it.")
        var head: AuditHead.Hash?

        func validate() throws {
            if head != nil, chapter == nil { throw ValidationError("--head: name the chapter it is of") }
        }

        func run() async throws {
            let trails = try await database.withDatabase { [chapter, head] opened in
                try await opened.acting(as: .system(door: .cli), in: nil)
                    .verifiedTrails(only: chapter, knowing: head)
            }
            try trails.listing.print(as: listing.format)
            let broken = trails.filter { !$0.isWhole }
            if !broken.isEmpty {
                throw Failure(
                    .badData,
                    "The audit trail is broken: \(broken.map(\.name).joined(separator: ", "))."
                )
            }
        }
    }
}

extension AuditHead.Hash: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(argument)
    }
}

extension VerifiedTrail {
    /// What the trail is called in a sentence.
    var name: String { chapter ?? "the installation" }
}

extension [VerifiedTrail] {
    /// A row for each trail, and one for each thing that is wrong with it.
    var listing: Listing {
        var rows = Listing(columns: [
            "chapter", "finding", "first", "last", "at", "entries", "waiting", "erased", "head",
        ])
        for trail in self {
            rows.add(
                Listing.Cell(trail.chapter),
                .text(trail.isWhole ? "whole" : "broken"),
                Listing.Cell(nil),
                Listing.Cell(nil),
                Listing.Cell(nil),
                .number("\(trail.extent.entries)"),
                .number("\(trail.extent.waiting)"),
                .number("\(trail.extent.erased)"),
                Listing.Cell(trail.extent.head)
            )
            for fault in trail.faults {
                rows.add(
                    Listing.Cell(trail.chapter),
                    .text(fault.kind),
                    .number("\(fault.first)"),
                    .number("\(fault.last)"),
                    Listing.Cell(fault.at?.description),
                    Listing.Cell(nil),
                    Listing.Cell(nil),
                    Listing.Cell(nil),
                    Listing.Cell(nil)
                )
            }
            if trail.extent.holdsKnownHead == false {
                rows.add(
                    Listing.Cell(trail.chapter),
                    .text("head-unknown"),
                    Listing.Cell(nil),
                    Listing.Cell(nil),
                    Listing.Cell(nil),
                    Listing.Cell(nil),
                    Listing.Cell(nil),
                    Listing.Cell(nil),
                    Listing.Cell(nil)
                )
            }
        }
        return rows
    }
}
