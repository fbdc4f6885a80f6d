import Logging
import Migrations
import Postgres
import ReferralGroup

/// The only door to the database.
package struct Database: Sendable {
    let client: PostgresClient
    /// Who asked not to be kept is known under it; without one everybody is taken.
    package let suppressionKey: SuppressionKey?

    package init(_ client: PostgresClient) {
        self.init(client, suppressionKey: nil)
    }

    private init(_ client: PostgresClient, suppressionKey: SuppressionKey?) {
        self.client = client
        self.suppressionKey = suppressionKey
    }

    /// The same database for somebody who waits no longer than this for each of its answers, reports aside.
    package func answering(within patience: Duration?) -> Database {
        Database(client.waiting(atMost: patience), suppressionKey: suppressionKey)
    }

    /// The same database for somebody who refuses those who asked not to be kept, as far as they are known under the key.
    package func keepingOut(by key: SuppressionKey?) -> Database {
        Database(client, suppressionKey: key)
    }

    /// Any libpq connection string or URL of the service's own role; it connects when it is first asked.
    ///
    /// Its statements take half a minute at most, unless `longest` says otherwise.
    package init(
        connecting address: String,
        preparesStatements: Bool = true,
        longest: Duration? = nil,
        logger: Logger
    ) {
        var configuration = Configuration(address: address, logger: logger)
        configuration.preparesStatements = preparesStatements
        configuration.statementTimeout = longest ?? configuration.statementTimeout
        configuration.applicationName = "chapterhouse"
        self.init(PostgresClient(configuration))
    }

    /// The database as `actor` may see and change it, in one chapter or in none.
    ///
    /// Those who wait take turns: person by person, and strangers by the address they ask from.
    package func acting(
        as actor: Actor,
        in chapter: Chapter.ID?,
        from address: String = ""
    ) -> ActingDatabase {
        let caller = actor.person.map { Int64($0.number) } ?? Int64(address.hashValue)
        return ActingDatabase(
            client: client.onBehalf(of: caller),
            actor: actor,
            chapter: chapter,
            suppressionKey: suppressionKey
        )
    }

    package func ping() async throws {
        try await client.ping()
    }

    package func shutdown() async {
        await client.shutdown()
    }

    /// Sees that the schema is the one this program was made for.
    package func verifySchema(folder: SchemaFolder? = nil) async throws {
        let folder = try folder ?? Installation.schemaOfThisProgram()
        let status = try await Installation.migrator(folder).status(client)
        if let mismatch = SchemaMismatch(status) { throw mismatch }
    }

    /// Sees that a program whose schema was the right one when it began may go on: a newer one may have put other texts
    /// in the place of the functions since.
    package func verifySchemaStillServes(folder: SchemaFolder? = nil) async throws {
        let folder = try folder ?? Installation.schemaOfThisProgram()
        let status = try await Installation.migrator(folder).status(client)
        if let mismatch = SchemaMismatch(status), !mismatch.isOfFunctionsAlone { throw mismatch }
    }
}

/// The database in the hands of somebody: every statement runs behind their walls.
package struct ActingDatabase: Sendable {
    let client: PostgresClient
    package let actor: Actor
    package let chapter: Chapter.ID?
    package let suppressionKey: SuppressionKey?
    /// On whose word they act, where that is still to be checked.
    package var presumption: Presumption?

    /// Runs the queries in one round trip and one implicit transaction.
    package func run<each Result>(_ queries: repeat Query<each Result>) async throws -> (repeat each Result) {
        var watched: [String] = []
        for query in repeat each queries { watched += query.sql.watched }
        let preface = preface(watching: watched)
        return try await refusing {
            try await client.run(after: preface.statements, checking: preface.judge, repeat each queries)
        }
    }

    /// Runs one query.
    package func run<Result>(_ query: Query<Result>) async throws -> Result {
        let preface = preface(watching: query.sql.watched)
        return try await refusing {
            try await client.run(after: preface.statements, checking: preface.judge, query)
        }
    }

    /// Whether they are who they are presumed to be; asks where that is not known yet.
    package func holds() async throws -> Bool {
        guard let presumption else { return true }
        if presumption.isOpen {
            do {
                let preface = preface(watching: [])
                try await client.run(after: preface.statements, checking: preface.judge)
            } catch is Presumption.Refuted {}
        }
        return presumption.holds
    }

    /// What goes before the queries: the settings, whether somebody asked not to be kept, and the question whether a
    /// presumption holds, which comes last.
    private func preface(watching watched: [String]) -> Preface {
        let asked = presumption.flatMap { $0.isOpen ? $0 : nil }
        return Preface(
            statements: [settings] + [keptOut(watched), asked?.question].compactMap(\.self),
            presumption: asked
        )
    }

    /// Refuses addresses and numbers of people who asked not to be kept; nil where there is nothing to look at.
    fileprivate func keptOut(_ watched: [String]) -> SQL? {
        suppressionKey.flatMap { KnownWhereabouts(watched, under: $0)?.check }
    }

    /// Runs `work` in one transaction, up to three times where the server asks for that.
    package func transaction<Value: Sendable>(
        isolation: Isolation = .readCommitted,
        _ work: (ActingTransaction) async throws -> Value
    ) async throws -> Value {
        guard try await holds() else { throw Presumption.Refuted() }
        var attempt = 1
        while true {
            do {
                return try await refusing {
                    try await client.transaction(after: [settings], isolation: isolation) { transaction in
                        try await work(ActingTransaction(transaction: transaction, database: self))
                    }
                }
            } catch let error as PostgresError
                where (error.state.isTransient || error.isStalePlan) && attempt < 3
            {
                attempt += 1
                try await Task.sleep(for: .milliseconds(Int.random(in: 5...50) * attempt))
            }
        }
    }

    /// The settings on which every policy is keyed; they end with the transaction.
    ///
    /// A condition instead of columns: a row of five texts that nobody reads would travel with every answer.
    private var settings: SQL {
        let chapter = chapter.map { "\($0)" } ?? ""
        let person = actor.person.map { "\($0)" } ?? ""
        return """
            SELECT WHERE set_config('app.chapter_id', \(chapter), true) IS NOT NULL
                     AND set_config('app.person_id', \(person), true) IS NOT NULL
                     AND set_config('app.rights', \(actor.rights.words), true) IS NOT NULL
                     AND set_config('app.asked', \(actor.asked), true) IS NOT NULL
            """
    }
}

/// What is asked before the queries of somebody.
private struct Preface: Sendable {
    let statements: [SQL]
    let presumption: Presumption?

    func judge(_ answers: ArraySlice<QueryResult>) throws {
        guard let presumption, let answer = answers.last else { return }
        try presumption.judge(answer)
    }
}

/// A transaction in the hands of somebody.
package struct ActingTransaction {
    let transaction: Transaction
    package let database: ActingDatabase

    package var chapter: Chapter.ID? {
        database.chapter
    }

    /// Runs one query.
    @discardableResult
    package func run<Result>(_ query: Query<Result>) async throws -> Result {
        try await refuseKeptOut(query.sql.watched)
        return try await refusing { try await transaction.run(query) }
    }

    /// Runs the queries in one round trip.
    @discardableResult
    package func run<each Result>(_ queries: repeat Query<each Result>) async throws -> (repeat each Result) {
        var watched: [String] = []
        for query in repeat each queries { watched += query.sql.watched }
        try await refuseKeptOut(watched)
        return try await refusing { try await transaction.run(repeat each queries) }
    }

    private func refuseKeptOut(_ watched: [String]) async throws {
        guard let check = database.keptOut(watched) else { return }
        try await refusing { try await transaction.run(Query<Void>(check)) }
    }

    /// Work that may be refused without ending the transaction.
    package func attempt<Value>(_ work: () async throws -> Value) async throws -> Value {
        try await refusing { try await transaction.savepoint(work) }
    }

    /// Goes on in another chapter, with the same rights.
    func enter(_ chapter: Chapter.ID) async throws {
        try await run(Query<String>(value: "SELECT set_config('app.chapter_id', \("\(chapter)"), true)"))
    }
}

/// A rule of the network was violated: which, and what the database said of it.
package struct Refused: Error, Sendable {
    package let rule: Refusal
    /// `Ben Berg is not a member on 2026-10-07`, or the names of those without a mark.
    package let detail: String?

    package var message: String {
        rule.sentence + (detail.map { " (\($0))" } ?? "")
    }
}

/// Runs `work`, turning a violated constraint that states a rule of the network into that rule.
func refusing<Value>(_ work: () async throws -> Value) async throws -> Value {
    do {
        return try await work()
    } catch let error as PostgresError {
        guard let rule = error.constraint.flatMap(Refusal.init(rawValue:)) else { throw error }
        // A constraint of the schema says only its name; a rule in a trigger says whom it means.
        let said = error.message.contains("constraint") ? nil : error.message
        let detail = [said, rule == .marksMissing ? error.detail : nil].compactMap(\.self).joined(
            separator: ": "
        )
        throw Refused(rule: rule, detail: detail.isEmpty ? nil : detail)
    }
}
