import ArgumentParser
import Glibc
import ReferralGroup
import Service
import Storage

struct ExportCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "What leaves this installation as a file.",
        subcommands: [ChapterExport.self]
    )

    struct ChapterExport: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "chapter",
            abstract: "Write a chapter to a file, to be restored in another installation.",
            discussion: """
                All of its rows as of one moment, its closed months, its audit trail, and the names and addresses of its people; no \
                passwords, no secrets, nothing of other chapters (docs/moving-a-chapter.md). That you did stands in its audit trail.

                Example: chapterhouse export chapter cedar cedar.jsonl
                """
        )

        @OptionGroup var options: DatabaseCommands.MigratorOptions
        @Argument(help: "The chapter's short name.") var chapter: Chapter.Slug
        @Argument(help: "The file to write, readable by its owner alone.") var file: String

        func run() async throws {
            try options.refuseOthers()
            var status = stat()
            guard lstat(file, &status) != 0 else {
                throw Failure(.cannotCreate, "\(file) is there already; an export takes no file's place")
            }
            let said = try await options.withMigrator { [chapter, file] address in
                try await Self.write(chapter, of: address, to: file)
            }
            try Output.line(said)
        }

        private static func write(
            _ slug: Chapter.Slug,
            of address: String,
            to file: String
        ) async throws
            -> String
        {
            var writer = ChapterFileWriter()
            try await Output.write(to: file, private: true) { write in
                let manifest = try await Installation.export(
                    chapter: slug,
                    of: address,
                    release: Release.version,
                    logger: DatabaseOptions.quietLogger,
                    manifest: { try write(try writer.begin($0)) },
                    lines: { try write(writer.rows(of: $0, $1)) }
                )
                guard manifest != nil else { throw Unknown.chapter(slug.description) }
                try write(try writer.end())
            }
            let rows = writer.counts.values.reduce(0, +)
            return "\(file) holds \(rows) rows of \(writer.counts.count) tables."
        }
    }
}

extension ChapterCommands {
    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a chapter of a file that another installation exported.",
            discussion: """
                All of it, or nothing. Whoever has the same e-mail here is the same person; everybody else is new, without a \
                password: invite them. The region, webhooks and calendars are set again by hand (docs/moving-a-chapter.md).

                Example: chapterhouse chapter restore cedar.jsonl --slug cedar-berlin --dry-run
                """
        )

        @OptionGroup var options: DatabaseCommands.MigratorOptions
        @OptionGroup var listing: ListingOptions
        @Argument(help: "A file of chapterhouse export chapter.") var file: String
        @Option(help: "Its short name here; the one it had without it.") var slug: Chapter.Slug?
        @Flag(help: "Do all of it, say what it was, and let nothing stay.") var dryRun = false

        func run() async throws {
            try options.refuseOthers()
            let chapter = try ChapterFile(reading: file)
            let slug = slug?.description ?? chapter.manifest.slug
            let key = try options.database.suppressionKey()
            let restored = try await options.withMigrator { [dryRun] address in
                try await Installation.restore(
                    chapter: chapter.manifest,
                    as: slug,
                    counts: chapter.counts,
                    in: address,
                    keepingOutBy: key,
                    isRehearsal: dryRun,
                    logger: DatabaseOptions.quietLogger
                ) { try await chapter.rows($0) }
            }
            var rows = Listing(columns: ["table", "rows"])
            for (table, count) in chapter.counts.sorted(by: { $0.key < $1.key }) {
                rows.add(.text(table), .text("\(count)"))
            }
            try rows.print(as: listing.format)
            for person in restored.known { Output.note("Known here: \(person).") }
            Output.note("New here: \(restored.added) people.")
            for finding in restored.otherwise { Output.note("Look at \(finding).") }
            Output.note(
                dryRun
                    ? "This was a rehearsal: nothing was changed."
                    : "The chapter is here as \(slug). Its region, webhooks and calendars are yours to set."
            )
        }
    }
}

extension DatabaseCommands.MigratorOptions {
    /// Chapters move by the operator's own hand.
    fileprivate func refuseOthers() throws {
        guard database.person == nil else {
            throw Failure(.notAllowed, "a chapter is moved by the operator's shell, without --as")
        }
    }
}
