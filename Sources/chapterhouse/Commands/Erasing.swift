import ArgumentParser
import ReferralGroup
import Storage
import SystemPackage

/// Ends a transaction whose work was only to be seen.
private struct Rehearsed: Error {
    let erased: Erased?
}

/// What erasing somebody takes beside who it is.
struct ErasingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A word of the name that stays where it stands alone, since it means something else; may be repeated.",
            valueName: "word"
        )
    )
    var keepWord: [Line] = []
    @Flag(help: "Say what would go, and change nothing.") var dryRun = false
    @Flag(help: "They may be entered again; without it their addresses and numbers are refused from now on.")
    var mayReturn = false

    /// It reads every word of the database.
    static let longest = Duration.seconds(24 * 3600)
    @OptionGroup var listing: ListingOptions

    /// Erases, notes it in the journal outside, and says in how many rows of which tables.
    func erase(
        _ database: DatabaseOptions,
        _ work: @escaping @Sendable (ActingTransaction, [String]) async throws -> Erased?
    ) async throws {
        let (spared, dryRun) = (keepWord.map(\.text), dryRun)
        let key = mayReturn ? nil : try database.suppressionKey(made: !dryRun)
        let journal = dryRun ? nil : try ErasureJournal(database)
        try journal?.open()
        let erased = try await database.withDatabase(longest: Self.longest) { opened in
            let shell = opened.acting(as: .system(door: .cli), in: nil)
            do {
                let erased = try await shell.transaction { transaction in
                    let erased = try await work(transaction, spared)
                    if let key, let erased,
                        let known = KnownWhereabouts(erased.emails + erased.phones, under: key)
                    {
                        try await transaction.run(.keepOut(known))
                    }
                    if dryRun { throw Rehearsed(erased: erased) }
                    return erased
                }
                try await journal?.bringUpToDate(from: shell)
                return erased
            } catch let rehearsed as Rehearsed {
                return rehearsed.erased
            }
        }
        guard let erased else { throw Failure(.badData, "nobody has that number") }
        var rows = Listing(columns: ["place", "rows"])
        for (place, count) in erased.places { rows.add(.text(place), .number("\(count)")) }
        try rows.print(as: listing.format)
        if !erased.stays.isEmpty {
            Output.note(
                "These words stay where they stand alone, since others are called so, or it is a trade: \(erased.stays.joined(separator: ", "))."
            )
        }
        if !dryRun, !mayReturn, key == nil {
            Output.note(
                "They can be entered again: there is no key to know them by. Name a file with one in CHAPTERHOUSE_SUPPRESSION_KEY_FILE, and keep them out with privacy suppressions add."
            )
        }
        Output.note(
            dryRun
                ? "This is what would go; nothing was changed."
                : "Erased. Backups made before still hold it: see docs/privacy.md."
        )
    }
}

extension PersonCommands {
    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Erase a person: no byte of their name, addresses and numbers stays; counts and sums do.",
            discussion: """
                Memberships, slips, attendance and amounts stay, as those of “former member” and a number. What they wrote for \
                themselves, mails, sessions, tokens and everything else goes, and their name wherever else it is written. It cannot \
                be undone. Whoever is still a member leaves first.

                Example: chapterhouse person erase ines@example.org --dry-run
                """
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "Who: an e-mail, a number of `person list`, or a full name.") var person: Line
        @OptionGroup var erasing: ErasingOptions

        func run() async throws {
            let text = person.text
            let found = try await database.withDatabase { opened in
                try await opened.acting(as: .system(door: .cli), in: nil).person(called: text).id
            }
            try await erasing.erase(database) { transaction, spared in
                try await transaction.erase(found, sparing: spared)
            }
        }
    }
}

struct PrivacyCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "privacy",
        abstract: "What is kept of people who are no members, and what is not to be kept again.",
        subcommands: [AccessLog.self, Erase.self, EraseAgain.self, Suppressions.self]
    )

    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Erase somebody who is no member: a visitor, a prospect, a contact, an applicant.",
            discussion: """
                By their e-mail or telephone number, however it is written, in every chapter. What they are called there goes wherever \
                else it is written, too. Counts and sums stay. It cannot be undone.

                Example: chapterhouse privacy erase --email karl@example.org --phone "+49 30 901 23 45" --dry-run
                """
        )

        @OptionGroup var database: DatabaseOptions
        @Option(help: "Their e-mail; may be repeated.") var email: [EmailAddress] = []
        @Option(help: "Their telephone number; may be repeated.") var phone: [Line] = []
        @OptionGroup var erasing: ErasingOptions

        func validate() throws {
            guard !email.isEmpty || !phone.isEmpty else {
                throw ValidationError("say who it is, with --email or --phone")
            }
        }

        func run() async throws {
            let (emails, phones) = (email.map(\.description), phone.map(\.text))
            try await erasing.erase(database) { transaction, spared in
                try await transaction.eraseThirdParty(emails: emails, phones: phones, sparing: spared)
            }
        }
    }

    struct EraseAgain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "erase-again",
            abstract: "After a restore: erase again whoever was erased since the backup was made.",
            discussion: """
                Reads the journal that `person erase` and `privacy erase` write, and does what the database does not know of. Without \
                FILE it is CHAPTERHOUSE_ERASURES, or the one of --home. A second time changes nothing.

                Example: chapterhouse privacy erase-again /srv/erasures.jsonl
                """
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The journal.") var file: String?

        func run() async throws {
            let lines =
                try file.map { try ErasureJournal.lines(of: .init($0)) } ?? ErasureJournal(database).lines()
            let done = try await database.withDatabase(longest: ErasingOptions.longest) { opened in
                try await opened.acting(as: .system(door: .cli), in: nil).eraseAgain(lines)
            }
            try Output.line("Erased again: \(done.erased). Known already: \(done.known).")
        }
    }
}

extension ActingDatabase {
    /// Does again what the lines of a journal say, each in a transaction of its own.
    func eraseAgain(_ lines: [String]) async throws -> (erased: Int, known: Int) {
        var (erased, known) = (0, 0)
        for (number, line) in lines.enumerated() {
            do {
                let done = try await transaction { try await $0.eraseAgain(line) }
                if done == "erased" { erased += 1 } else { known += 1 }
            } catch let trouble where Failure(trouble)?.status == .badData {
                throw Failure(.badData, "line \(number + 1) of the journal is no line of one")
            }
        }
        return (erased, known)
    }
}
