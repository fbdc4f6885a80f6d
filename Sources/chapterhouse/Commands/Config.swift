import ArgumentParser
import Postman
import Service

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
            do {
                let settings = try Settings.read()
                _ = try Settings.suppressionKey()
                rows.add(.text("CHAPTERHOUSE_SMTP_URL"), Listing.Cell(settings.mail?.server?.url))
                rows.add(.text("CHAPTERHOUSE_OPENID_ISSUER"), Listing.Cell(settings.provider?.issuer))
            } catch {
                // Where the password stands in one that is refused, nobody knows.
                for name in ["CHAPTERHOUSE_SMTP_URL", "CHAPTERHOUSE_OPENID_ISSUER"] {
                    rows.add(.text(name), Listing.Cell(Environment[name].map { _ in "(set)" }))
                }
                try rows.print(as: listing.format)
                throw error
            }
            try rows.print(as: listing.format)
        }

        private static let plain = [
            "CHAPTERHOUSE_HOME", "CHAPTERHOUSE_SCHEMA", "CHAPTERHOUSE_BASE_URL", "CHAPTERHOUSE_MAIL_FROM",
            "CHAPTERHOUSE_SENDMAIL",
            "CHAPTERHOUSE_SMTP_TLS", "CHAPTERHOUSE_SMTP_CA_FILE", "CHAPTERHOUSE_SMTP_PASSWORD_FILE",
            "CHAPTERHOUSE_OPENID_CLIENT_ID", "CHAPTERHOUSE_OPENID_CLIENT_SECRET_FILE",
            "CHAPTERHOUSE_OPENID_NAME", "CHAPTERHOUSE_OPENID_CA_FILE", "CHAPTERHOUSE_OFFICERS_SECOND_FACTOR",
            "CHAPTERHOUSE_WEBHOOK_NETWORKS", "CHAPTERHOUSE_WEBHOOK_CA_FILE",
            "CHAPTERHOUSE_PREPARED_STATEMENTS", "CHAPTERHOUSE_SUPPRESSION_KEY_FILE",
        ]
        private static let secret = [
            "CHAPTERHOUSE_DATABASE_URL", "CHAPTERHOUSE_SMTP_PASSWORD", "CHAPTERHOUSE_OPENID_CLIENT_SECRET",
            "CHAPTERHOUSE_SUPPRESSION_KEY",
        ]
    }
}
