import ArgumentParser
import ReferralGroup
import Storage

extension PrivacyCommands {
    struct Suppressions: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Those who asked not to be kept, by hashes of their addresses and numbers.",
            subcommands: [List.self, Check.self, Add.self, Remove.self]
        )

        struct List: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "How many there are, and since when; nobody can read who."
            )

            @OptionGroup var database: DatabaseOptions
            @OptionGroup var listing: ListingOptions

            func run() async throws {
                let keptOut = try await database.withDatabase { opened in
                    try await opened.acting(as: .system(door: .cli), in: nil).run(.keptOut)
                }
                var rows = Listing(columns: ["since", "kind", "mark"])
                for one in keptOut {
                    rows.add(.text(one.since.description), .text(one.kind), .text(one.mark))
                }
                try rows.print(as: listing.format)
            }
        }

        struct Check: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Whether somebody asked not to be kept: status 0 if not, 65 if so.",
                discussion: "Example: chapterhouse privacy suppressions check --email karl@example.org"
            )

            @OptionGroup var database: DatabaseOptions
            @OptionGroup var who: WhoIsKeptOut

            func run() async throws {
                let whereabouts = try who.whereabouts(of: database)
                try await database.withDatabase { opened in
                    try await opened.acting(as: .system(door: .cli), in: nil).run(.check(whereabouts))
                }
                try Output.line("They may be kept.")
            }
        }

        struct Add: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Keep somebody out from now on, whoever enters them.",
                discussion: """
                    What is kept of them already stays; privacy erase takes it away, and adds them by itself.

                    Example: chapterhouse privacy suppressions add --email karl@example.org --phone "+49 30 901 23 45"
                    """
            )

            @OptionGroup var database: DatabaseOptions
            @OptionGroup var who: WhoIsKeptOut

            func run() async throws {
                let added = try await who.change(database, mayReturn: false)
                try Output.line(added == 0 ? "They were kept out already." : "They are kept out from now on.")
            }
        }

        struct Remove: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Let somebody be kept again, since they came back by themselves.",
                discussion: "Example: chapterhouse privacy suppressions remove --email karl@example.org"
            )

            @OptionGroup var database: DatabaseOptions
            @OptionGroup var who: WhoIsKeptOut

            func run() async throws {
                let removed = try await who.change(database, mayReturn: true)
                try Output.line(removed == 0 ? "They were not kept out." : "They may be kept again.")
            }
        }
    }
}

/// Somebody by their addresses and numbers.
struct WhoIsKeptOut: ParsableArguments {
    @Option(help: "Their e-mail; may be repeated.") var email: [EmailAddress] = []
    @Option(help: "Their telephone number; may be repeated.") var phone: [Line] = []

    func validate() throws {
        guard !email.isEmpty || !phone.isEmpty else {
            throw ValidationError("say who it is, with --email or --phone")
        }
    }

    func whereabouts(of database: DatabaseOptions) throws -> KnownWhereabouts {
        guard let key = try database.suppressionKey(made: true) else {
            throw Failure(
                .configuration,
                "CHAPTERHOUSE_SUPPRESSION_KEY_FILE: name a file with a key, or nobody can be kept out; see docs/privacy.md"
            )
        }
        for one in phone where Whereabouts(one.text) == nil {
            throw Failure(.badData, "phone: “\(one.text)” has fewer than five digits of its own")
        }
        guard let known = KnownWhereabouts(email.map(\.description) + phone.map(\.text), under: key) else {
            throw Failure(.badData, "there is nothing by which they could be known")
        }
        return known
    }

    /// Changes the list and notes it in the journal outside.
    fileprivate func change(_ database: DatabaseOptions, mayReturn: Bool) async throws -> Int {
        let whereabouts = try whereabouts(of: database)
        let journal = try ErasureJournal(database)
        try journal.open()
        return try await database.withDatabase { opened in
            let shell = opened.acting(as: .system(door: .cli), in: nil)
            let changed = try await shell.run(mayReturn ? .letReturn(whereabouts) : .keepOut(whereabouts))
            try await journal.bringUpToDate(from: shell)
            return changed
        }
    }
}
