import ArgumentParser
import Postman
import ReferralGroup
import Storage

struct PersonCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person",
        abstract: "People, how they come in, and the tokens that stand for them.",
        subcommands: [
            List.self, Invite.self, SignInLink.self, Disable.self, Enable.self, Merge.self, Export.self,
            Erase.self, TokenCommands.self, Calendar.self,
        ]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Everybody the installation knows.")

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var listing: ListingOptions

        func run() async throws {
            let people = try await database.withDatabase { opened in
                try await opened.acting(as: .system(door: .cli), in: nil).run(.people())
            }
            var rows = Listing(columns: ["id", "name", "email"])
            for person in people {
                rows.add(
                    .number(person.id.description),
                    .text(person.name),
                    Listing.Cell(person.email?.description)
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask a person in: a mail, and a link that is printed, to choose a password.",
            discussion: "Example: chapterhouse person invite olga@example.org --name 'Olga Ober' --operator"
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The person's e-mail.") var email: EmailAddress
        @Option(help: "Their name, when nobody has the address yet.") var name: Line?
        @Flag(help: "They are to run the installation.") var `operator` = false

        func run() async throws {
            let baseURL = try Settings.read().publicURL
            let secret = try await database.withDatabase { opened in
                let shell = opened.acting(as: .system(door: .cli), in: nil)
                if try await shell.run(.people(email)).isEmpty, name == nil {
                    throw Failure(
                        .badData,
                        "nobody has the e-mail \(email) yet; say who they are with --name"
                    )
                }
                _ = try await shell.run(
                    .invite(email, named: name?.text ?? email.description, asOperator: `operator`)
                )
                return try await shell.makeLink(.invitation, for: email, baseURL: baseURL)
            }
            guard let secret else {
                throw Failure(.badData, "\(email) is disabled; let them in with: person enable")
            }
            Output.note("A mail to \(email) waits to be sent. The link in it, good once and for a week:")
            try Output.line(address(of: secret, at: baseURL))
        }
    }

    struct SignInLink: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sign-in-link",
            abstract: "Print a link that signs a person in once, for 15 minutes; no mail is sent.",
            discussion: "Example: chapterhouse person sign-in-link ines@example.org"
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The person's e-mail.") var email: EmailAddress

        func run() async throws {
            let baseURL = try Settings.read().publicURL
            let secret = try await database.withDatabase { opened in
                let shell = opened.acting(as: .system(door: .cli), in: nil)
                _ = try await shell.person(email)
                return try await shell.makeLink(.signIn, for: email, baseURL: baseURL, byMail: false)
            }
            guard let secret else {
                throw Failure(.badData, "\(email) is disabled; let them in with: person enable")
            }
            Output.note("Good once, for 15 minutes, for \(email):")
            try Output.line(address(of: secret, at: baseURL))
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a person out: sessions, tokens and links end; their records stay.",
            discussion: "Example: chapterhouse person disable ines@example.org"
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The person's e-mail.") var email: EmailAddress

        func run() async throws {
            try await PersonCommands.set(email, disabled: true, database)
            try Output.line("\(email) is kept out from now on.")
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a disabled person in again.",
            discussion: "Example: chapterhouse person enable ines@example.org"
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The person's e-mail.") var email: EmailAddress

        func run() async throws {
            try await PersonCommands.set(email, disabled: false, database)
            try Output.line("\(email) may sign in again.")
        }
    }

    private static func set(
        _ email: EmailAddress,
        disabled: Bool,
        _ database: DatabaseOptions
    ) async throws {
        _ = try await database.withDatabase { opened in
            let shell = opened.acting(as: .system(door: .cli), in: nil)
            return try await shell.run(.disable(try await shell.person(email).id, disabled))
        }
    }

    struct TokenCommands: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "token",
            abstract: "Bearer tokens for the API, never more than their person's rights.",
            subcommands: [Create.self, List.self, Revoke.self]
        )

        struct Create: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Make a token; it is shown once.",
                discussion:
                    "Example: chapterhouse person token create ines@example.org --name laptop --days 90"
            )

            @OptionGroup var database: DatabaseOptions
            @Argument(help: "The person's e-mail.") var email: EmailAddress
            @Option(help: "What it is for.") var name: Line?
            @Option(help: "After how many days it ends.") var days = 90
            @Flag(help: "It may read, and change nothing.") var readOnly = false

            func validate() throws {
                guard (1...3660).contains(days) else { throw ValidationError("--days: between 1 and 3660") }
            }

            func run() async throws {
                let token = try await database.withDatabase { opened in
                    let shell = opened.acting(as: .system(door: .cli), in: nil)
                    return try await shell.createToken(
                        for: try await shell.person(email).id,
                        named: name?.text ?? "shell",
                        days: days,
                        isReadOnly: readOnly
                    )
                }
                Output.note("Token \(token.id) of \(email), for \(days) days. It is shown only now:")
                try Output.line(token.text)
            }
        }

        struct List: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "A person's tokens, without their secrets."
            )

            @OptionGroup var database: DatabaseOptions
            @OptionGroup var listing: ListingOptions
            @Argument(help: "The person's e-mail.") var email: EmailAddress

            func run() async throws {
                let tokens = try await database.withDatabase { opened in
                    let shell = opened.acting(as: .system(door: .cli), in: nil)
                    return try await shell.run(.tokens(of: try await shell.person(email).id))
                }
                var rows = Listing(columns: [
                    "id", "name", "created_at", "expires_at", "last_used_at", "revoked_at",
                ])
                for token in tokens {
                    rows.add(
                        .number("\(token.id)"),
                        .text(token.name),
                        .text(token.createdAt.description),
                        .text(token.expiresAt.description),
                        Listing.Cell(token.lastUsedAt?.description),
                        Listing.Cell(token.revokedAt?.description)
                    )
                }
                try rows.print(as: listing.format)
            }
        }

        struct Revoke: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "End a token at once.",
                discussion: "Example: chapterhouse person token revoke 3"
            )

            @OptionGroup var database: DatabaseOptions
            @Argument(help: "The number of the token.") var id: Int64

            func run() async throws {
                let wasThere = try await database.withDatabase { opened in
                    try await opened.acting(as: .system(door: .cli), in: nil).run(.revokeToken(id))
                }
                guard wasThere else { throw Failure(.badData, "there is no token \(id) that stands") }
                try Output.line("Token \(id) is revoked.")
            }
        }
    }
}

extension ActingDatabase {
    func person(_ email: EmailAddress) async throws -> Person {
        guard let person = try await run(.people(email)).first else {
            throw Failure(
                .badData,
                "nobody has the e-mail \(email); a member gets one with: chapterhouse member set CHAPTER MEMBER email=\(email)"
            )
        }
        return person
    }
}
