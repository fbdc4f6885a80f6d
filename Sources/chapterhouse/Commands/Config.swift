import ArgumentParser
import Postman

struct ConfigCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "The settings of the environment.",
        subcommands: [Check.self]
    )

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read every setting, print it without its secrets, and say what is wrong.",
            discussion: "Example: chapterhouse config check --format json"
        )

        @OptionGroup var listing: ListingOptions

        func run() async throws {
            var rows = Listing(columns: ["setting", "value"])
            for name in Self.plain { rows.add(.text(name), Listing.Cell(Environment[name])) }
            // A connection string may hold a password in many spellings: none of it is shown.
            for name in Self.secret {
                rows.add(.text(name), Listing.Cell(Environment[name].map { _ in "(set)" }))
            }
            let url = Environment["CHAPTERHOUSE_SMTP_URL"]
            do {
                let shown = try Settings.read().mail?.server.url
                rows.add(.text("CHAPTERHOUSE_SMTP_URL"), Listing.Cell(shown))
            } catch {
                // Where the password stands in one that is refused, nobody knows.
                rows.add(.text("CHAPTERHOUSE_SMTP_URL"), Listing.Cell(url.map { _ in "(set)" }))
                try rows.print(as: listing.format)
                throw error
            }
            try rows.print(as: listing.format)
        }

        private static let plain = [
            "CHAPTERHOUSE_HOME", "CHAPTERHOUSE_SCHEMA", "CHAPTERHOUSE_BASE_URL", "CHAPTERHOUSE_MAIL_FROM",
            "CHAPTERHOUSE_SMTP_TLS", "CHAPTERHOUSE_SMTP_CA_FILE", "CHAPTERHOUSE_SMTP_PASSWORD_FILE",
        ]
        private static let secret = ["CHAPTERHOUSE_DATABASE_URL", "CHAPTERHOUSE_SMTP_PASSWORD"]
    }
}
