import ArgumentParser
import Glibc
import Storage
import SystemPackage

extension DatabaseCommands {
    struct Backup: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write all there is at this moment into one file.",
            discussion: """
                Example: chapterhouse database backup /backups/2026-11-22.chapterhouse
                The service may go on meanwhile. The file appears when it is whole; one that is there is not replaced. It holds
                everything, passwords as hashes and secrets of webhooks too: keep it where the database might lie.
                """
        )

        @OptionGroup var options: MigratorOptions
        @Argument(help: "The file to write.") var file: String

        func run() async throws {
            // A file that grows too large is to be an error of pg_dump's, and not its end.
            signal(SIGXFSZ, SIG_IGN)
            let manifest = try await options.withMigrator { [file] address in
                try await Self.write(address, to: file)
            }
            try Output.line(
                "\(file) holds \(manifest.holdings.rows.values.reduce(0, +)) rows of \(manifest.holdings.rows.count) tables as of \(manifest.takenAt)."
            )
        }

        private static func write(_ address: String, to file: String) async throws -> BackupFile.Manifest {
            let draft = try BackupDraft(for: file)
            let path = draft.path
            let manifest = try await Installation.withSnapshot(address, logger: DatabaseOptions.quietLogger) {
                snapshot in
                try await ArchivePrograms.find(for: snapshot.serverMajor).dump(
                    address,
                    snapshot: snapshot.name,
                    into: path
                )
                return BackupFile.Manifest(snapshot)
            }
            try BackupFile.complete(path, manifest)
            try draft.publish()
            return manifest
        }
    }

    struct Restore: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a backup into an empty database, bring its schema up to date, and verify it.",
            discussion: """
                Example: chapterhouse database restore /backups/2026-11-22.chapterhouse --home /var/lib/chapterhouse-restored
                All of it is restored, or nothing. Whoever was erased since the backup was made is erased again, by the journal
                of erasures (docs/privacy.md). Elsewhere than in a private PostgreSQL, a superuser makes the roles and
                the empty database before: psql -f Schema/Roles.sql; createdb --owner chapterhouse_owner chapterhouse
                """
        )

        @OptionGroup var options: MigratorOptions
        @OptionGroup var listing: ListingOptions
        @Argument(help: "A file of chapterhouse database backup.") var file: String
        @Option(help: "The journal of erasures; else CHAPTERHOUSE_ERASURES, else that of --home.")
        var erasures: String?

        func run() async throws {
            let backup = try BackupFile(reading: file)
            try Self.checkAge(of: backup)
            let journal = try journal()
            let verified = try await options.withMigrator { address in
                try await Self.restore(backup, to: address)
                _ = try await PrivateDatabase.migrate(address)
                try await Self.eraseAgain(journal, in: address)
                try await Installation.analyze(address, logger: DatabaseOptions.quietLogger)
                return try await Installation.verify(address, logger: DatabaseOptions.quietLogger)
            }
            Output.note("Restored as of \(backup.manifest.takenAt).")
            try Verify.print(verified, as: listing.format)
        }

        /// The lines of the journal; none where there is no journal.
        private func journal() throws -> [String] {
            if let erasures {
                guard access(erasures, R_OK) == 0 else {
                    throw Failure(.noInput, "\(erasures) cannot be read: \(String(cString: strerror(errno)))")
                }
                return try ErasureJournal.lines(of: .init(erasures))
            }
            let isElsewhere = options.database.given != nil || options.migratorDatabase != nil
            if isElsewhere, GivenSettings.current[.erasures] == nil { return [] }
            return try ErasureJournal(options.database).lines()
        }

        private static func eraseAgain(_ journal: [String], in address: String) async throws {
            guard !journal.isEmpty else {
                return Output.note(
                    "No journal of erasures was found: whoever was erased since is back. Name it with --erasures, or to chapterhouse privacy erase-again."
                )
            }
            do {
                let erased = try await Installation.eraseAgain(
                    address,
                    journal,
                    logger: DatabaseOptions.quietLogger
                )
                Output.note("Erased again: \(erased) of \(journal.count) lines of the journal.")
            } catch {
                throw Failure(
                    .badData,
                    "the journal of erasures cannot be applied, do not use this database yet: \(error)"
                )
            }
        }

        private static func checkAge(of backup: BackupFile) throws {
            let known = try Installation.knownMigrations()
            let unknown = backup.manifest.holdings.migrations.filter { !known.contains($0) }
            guard unknown.isEmpty else {
                throw Failure(
                    .badData,
                    "\(backup.path) is of a newer chapterhouse, \(backup.manifest.chapterhouse) (it holds \(unknown.joined(separator: ", "))); restore it with that"
                )
            }
        }

        private static func restore(_ backup: BackupFile, to address: String) async throws {
            let target = try await Installation.emptiness(address, logger: DatabaseOptions.quietLogger)
            guard target.missingRoles.isEmpty else {
                throw Failure(
                    .configuration,
                    "the server has no role \(target.missingRoles.joined(separator: ", ")); make them as a superuser: psql -f Schema/Roles.sql"
                )
            }
            guard target.foreign.isEmpty else {
                throw Failure(
                    .cannotCreate,
                    "the database is not empty (\(target.foreign.prefix(3).joined(separator: ", "))); a backup is restored into an empty one only"
                )
            }
            try await ArchivePrograms.find(for: max(target.serverMajor, backup.manifest.postgresql))
                .restore(backup.path, into: address)
            let restored = try await Installation.holdings(address, logger: DatabaseOptions.quietLogger)
            guard restored == backup.manifest.holdings else {
                throw Failure(
                    .badData,
                    "what was restored is not what \(backup.path) says it holds; do not use this database"
                )
            }
        }
    }

    struct AddUp: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add-up",
            abstract: "Add up anew, from the records, what reports store of months that are over.",
            discussion: """
                Example: chapterhouse database add-up
                Nothing has to be done for it as a rule: it is for after a load that switched triggers off. The service may go
                on meanwhile, and its reports are right. `database verify` says whether what is stored is what the records say.
                """
        )

        @OptionGroup var options: MigratorOptions

        func run() async throws {
            let (done, busy) = try await options.withMigrator { address in
                let status = try await Installation.status(address, logger: DatabaseOptions.quietLogger)
                if let mismatch = status.mismatch { throw mismatch }
                return try await Installation.addUpAgain(address, logger: DatabaseOptions.quietLogger)
            }
            try Output.line("The months of \(done) chapters are added up.")
            guard !busy.isEmpty else { return }
            Output.note(
                "Somebody wrote just then in \(busy.joined(separator: ", ")): the next report adds up there."
            )
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Look whether all in the database is right; ends with 65 where something is not.",
            discussion: """
                Example: chapterhouse database verify --format json
                Looks at every constraint and reference, the walls between chapters, the months that reports added up or closed,
                and the chains through the audit trail. It changes nothing, and reads everything.
                """
        )

        @OptionGroup var options: MigratorOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let verified = try await options.withMigrator { address in
                let status = try await Installation.status(address, logger: DatabaseOptions.quietLogger)
                if let mismatch = status.mismatch { throw mismatch }
                return try await Installation.verify(address, logger: DatabaseOptions.quietLogger)
            }
            try Self.print(verified, as: listing.format)
        }

        /// Prints what was looked at; fails where something is wrong.
        static func print(_ verified: [Verification], as format: Format) throws {
            var rows = Listing(columns: ["check", "looked_at", "finding"])
            for check in verified {
                rows.add(
                    .text(check.check),
                    .number("\(check.looked)"),
                    .text(check.findings.isEmpty ? "right" : "wrong")
                )
                for finding in check.findings {
                    rows.add(.text(check.check), Listing.Cell(nil), .text(finding))
                }
            }
            try rows.print(as: format)
            let wrong = verified.filter { !$0.findings.isEmpty }
            guard wrong.isEmpty else {
                throw Failure(
                    .badData,
                    "The database is wrong in \(wrong.map(\.check).joined(separator: ", "))."
                )
            }
        }
    }
}
