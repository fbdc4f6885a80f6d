import ArgumentParser
import Exchange
import FoundationEssentials
import Logging
import ReferralGroup
import Storage

/// Which database, and with whose rights.
struct DatabaseOptions: ParsableArguments {
    @Option(
        name: .customLong("database"),
        help:
            "A libpq connection string or URL; else CHAPTERHOUSE_DATABASE_URL, else the private PostgreSQL of --home."
    )
    var url: String?

    @Option(
        help:
            "The folder of the private PostgreSQL; else CHAPTERHOUSE_HOME, else the data folder of this user."
    )
    var home: String?

    @Option(
        name: .customLong("as"),
        help: "Act with the rights of the person with this e-mail; without it the shell may do everything."
    )
    var person: EmailAddress?

    /// The database that was named, on the command line or among the settings.
    var given: String? {
        url ?? GivenSettings.current[.databaseURL]
    }

    func privateCluster() throws -> PrivateCluster {
        PrivateCluster(home: try Home(option: home), environment: GivenSettings.current.environment) {
            Output.note($0)
        }
    }

    /// Opens the database, sees that it is of this program's version, and closes it when `work` is done.
    func withDatabase<Value: Sendable>(
        longest: Duration? = nil,
        logger: Logger = quietLogger,
        _ work: @escaping @Sendable (Database) async throws -> Value
    ) async throws -> Value {
        let key = try suppressionKey()
        if let given {
            return try await Self.withDatabase(
                at: given,
                longest: longest,
                suppressionKey: key,
                logger: logger,
                work
            )
        }
        return try await privateCluster().withReachable { address in
            try await PrivateDatabase(address).prepareIfNew()
            return try await Self.withDatabase(
                at: address.connectionString(role: .app),
                longest: longest,
                suppressionKey: key,
                logger: logger,
                work
            )
        }
    }

    static func withDatabase<Value: Sendable>(
        at address: String,
        longest: Duration? = nil,
        suppressionKey: SuppressionKey?,
        logger: Logger = quietLogger,
        _ work: @Sendable (Database) async throws -> Value
    ) async throws -> Value {
        let database = Database(
            connecting: address,
            preparesStatements: try Settings.preparesStatements(),
            longest: longest,
            logger: logger
        )
        .keepingOut(by: suppressionKey)
        do {
            try await database.verifySchema()
            let value = try await work(database)
            await database.shutdown()
            return value
        } catch {
            await database.shutdown()
            throw error
        }
    }

    /// For a command: what goes wrong ends it, and is said then.
    static var quietLogger: Logger {
        Logger(label: "chapterhouse", factory: { _ in SwiftLogNoOpLogHandler() })
    }

    static var logger: Logger {
        var logger = Logger(label: "chapterhouse", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = .error
        return logger
    }
}

/// A database and one of its chapters.
struct ChapterOptions: ParsableArguments {
    @OptionGroup var database: DatabaseOptions

    @Argument(help: "The chapter's short name.")
    var chapter: Chapter.Slug

    /// Runs `work` in the chapter, with the rights of whoever acts, once they are seen to hold `permission`.
    func withChapter<Value: Sendable>(
        needing permission: Permission,
        door: Door = .cli,
        _ work: @escaping @Sendable (ChapterSession) async throws -> Value
    ) async throws -> Value {
        try await database.withDatabase { [chapter, person = database.person] opened in
            let shell = opened.acting(as: .system(door: door), in: nil)
            guard let known = try await shell.run(.chapter(chapter)) else {
                throw Unknown.chapter(chapter.description)
            }
            var actor = Actor.system(door: door)
            if let email = person {
                guard let bearer = try await shell.run(.actingAs(email, slug: chapter)) else {
                    throw Failure(.notAllowed, "nobody has the e-mail \(email)")
                }
                guard bearer.standing.belongs else { throw Unknown.chapter(chapter.description) }
                actor = Actor(bearer, door: door)
            }
            guard actor.may(permission) else {
                throw Failure(
                    .notAllowed,
                    "\(actor.personName ?? "You") may not do this in \(known.name): it takes the right “\(permission.rawValue)”"
                )
            }
            return try await work(
                ChapterSession(chapter: known, actor: actor, database: opened.acting(as: actor, in: known.id))
            )
        }
    }
}

/// One command at work in one chapter.
struct ChapterSession: Sendable {
    let chapter: Chapter
    let actor: Actor
    let database: ActingDatabase

    func today() async throws -> LocalDate {
        try await database.run(.today(in: chapter.id))
    }

    func member(_ text: String, on day: LocalDate? = nil) async throws -> Membership {
        try await database.member(text, on: day)
    }

    /// A party of a slip, found on the roster where it is a member.
    func party(_ name: PartyName, on day: LocalDate? = nil) async throws -> Party {
        switch name {
        case .member(let text): .member(try await member(text, on: day).id)
        case .outsider(let name, let home): .outsider(name: name, home: home)
        case .visitor(let name): .visitor(name: name)
        case .chapter: .chapter
        }
    }

    /// An amount in the chapter's currency, not negative and no larger than one record may hold.
    func money(_ text: String, for option: String) throws -> Money {
        guard let money = Money(text, in: chapter.currency), (0...Money.largest).contains(money.minorUnits)
        else {
            let example = Money(minorUnits: 120_000, currency: chapter.currency).amount
            throw Failure(
                .badData,
                "\(option): “\(text)” is no amount in \(chapter.currency); write it like \(example), not negative, at most "
                    + Money(minorUnits: Money.largest, currency: chapter.currency).amount
            )
        }
        return money
    }

    /// Whether a person acts for themselves, or holds the right to act for members.
    func mayRecord(for members: [Party], needing permission: Permission = .recordSlipsForMembers) throws {
        guard !actor.may(permission) else { return }
        guard let own = actor.membership, members.contains(.member(own)) else {
            throw Failure(
                .notAllowed,
                "\(actor.personName ?? "You") may record only their own; for others it takes the right “\(permission.rawValue)”"
            )
        }
    }
}
