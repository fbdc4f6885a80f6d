package import Logging
import Postgres
import ReferralGroup
import Storage
import TestCluster
package import Testing

/// Gives each test a database of its own, cloned from one migrated template, so that tests run at the same time
/// and see nothing of each other.
package struct FreshDatabase: TestTrait, SuiteTrait, TestScoping {
    /// As many as two cores clone and migrate without getting in each other's way.
    private static let gate = Gate(places: 8)

    fileprivate let template: Template

    package var isRecursive: Bool { true }

    package func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        try await Self.gate.enter {
            let scratch = try await ScratchDatabase.copy(of: template)
            do {
                try await ScratchDatabase.$ofTest.withValue(scratch, operation: function)
            } catch {
                try await scratch.remove()
                throw error
            }
            try await scratch.remove()
        }
    }
}

extension Trait where Self == FreshDatabase {
    package static var freshDatabase: FreshDatabase { FreshDatabase(template: .migrated) }

    /// As `freshDatabase`, with the cast in it: `SampleChapter()` only has to say who they are.
    package static var sampleDatabase: FreshDatabase { FreshDatabase(template: .sample) }
}

/// A database with the whole schema and no rows but those that ship.
package struct ScratchDatabase: Sendable {
    @TaskLocal fileprivate static var ofTest: ScratchDatabase?

    package let name: String
    /// The cast, where it was there when the database was made.
    let cast: SampleChapter.Cast?
    /// As the service reaches it, behind its walls.
    package let database: Database
    /// The same role with plain SQL, for what the queries of `Storage` never ask.
    package let service: PostgresClient
    /// A superuser, who sees every row and passes every wall.
    package let superuser: PostgresClient

    /// That of the test that runs.
    package static var current: ScratchDatabase {
        get throws {
            guard let ofTest else { throw NoFreshDatabase() }
            return ofTest
        }
    }

    /// How to reach it as one of the roles: chapterhouse_app, chapterhouse_migrator, postgres.
    package func address(role: String) throws -> String {
        try TestServer.shared.conninfo(database: name, role: role)
    }

    /// Lets time stand still for every rule that asks what time it is; PostgreSQL's own now() goes on.
    package func stopClock(at moment: Instant) async throws {
        try await superuser.withConnection { connection in
            try await connection.run(
                script: """
                    CREATE OR REPLACE FUNCTION app.this_instant() RETURNS timestamptz
                        LANGUAGE sql STABLE PARALLEL SAFE
                        RETURN timestamptz '\(moment)';
                    ALTER TABLE app.office ALTER recorded_at SET DEFAULT timestamptz '\(moment)';
                    """
            )
        }
    }

    /// Offices are recorded so many days before the moment at which the clock stands.
    package func recordOffices(daysBefore days: Int, _ moment: Instant) async throws {
        try await superuser.withConnection { connection in
            try await connection.run(
                script: """
                    UPDATE app.office SET recorded_at = timestamptz '\(moment)' - interval '\(days) days';
                    ALTER TABLE app.office ALTER recorded_at
                        SET DEFAULT timestamptz '\(moment)' - interval '\(days) days';
                    """
            )
        }
    }

    /// Lets two days pass for every token there is.
    package func ageTokens() async throws {
        try await superuser.withConnection { connection in
            try await connection.run(
                script: """
                    UPDATE app.api_token
                       SET created_at = created_at - interval '2 days', expires_at = expires_at - interval '2 days'
                    """
            )
        }
    }

    fileprivate static func copy(of template: Template) async throws -> ScratchDatabase {
        let (server, made) = (try TestServer.shared, try await template.made)
        return ScratchDatabase(
            server,
            name: try await server.createDatabase(template: made.name),
            cast: made.cast
        )
    }

    init(_ server: TestServer, name: String, cast: SampleChapter.Cast?) {
        self.name = name
        self.cast = cast
        service = PostgresClient(server.configuration(database: name, role: "chapterhouse_app"))
        superuser = PostgresClient(Configuration(address: server.conninfo(database: name)))
        database = Database(service)
    }

    /// Ends its connections, for whoever copies it or drops it.
    fileprivate func leave() async {
        await service.shutdown()
        await superuser.shutdown()
        try? await TestServer.shared.endPooledConnections(to: name)
    }

    func remove() async throws {
        await leave()
        try await TestServer.shared.dropDatabase(name)
    }
}

extension Trait where Self == ConditionTrait {
    /// Behind a pooler this cannot be, for the reason.
    package static func notBehindAPooler(_ reason: Comment) -> Self {
        .disabled(if: Pooler.isWanted, reason)
    }
}

/// A test asked for a database without the trait `.freshDatabase`.
struct NoFreshDatabase: Error {}

/// A database that others are copies of; made when the first test asks.
private actor Template {
    typealias Made = (name: String, cast: SampleChapter.Cast?)

    /// The whole schema.
    static let migrated = Template {
        let server = try TestServer.shared
        let name = "template_\(String(UInt64.random(in: .min ... .max), radix: 36))"
        try await Installation.prepare(
            superuser: server.superuserURL,
            database: name,
            schema: SchemaSource.path,
            logger: .silent
        )
        _ = try await Installation.migrate(
            server.conninfo(database: name, role: "chapterhouse_migrator"),
            schema: SchemaSource.path,
            logger: .silent
        )
        return (name, nil)
    }

    /// The cast in it.
    static let sample = Template {
        let scratch = try await ScratchDatabase.copy(of: migrated)
        let cast = try await SampleChapter.Cast(in: scratch)
        await scratch.leave()
        return (scratch.name, cast)
    }

    private let make: @Sendable () async throws -> Made
    private var making: Task<Made, any Error>?

    private init(_ make: @escaping @Sendable () async throws -> Made) {
        self.make = make
    }

    var made: Made {
        get async throws {
            let making = self.making ?? Task { [make] in try await make() }
            self.making = making
            return try await making.value
        }
    }
}

/// The schema as it stands in the project.
package enum SchemaSource {
    package static var path: String { "\(project)/Schema" }

    /// The folder of the tests, for what they read there.
    package static var tests: String { "\(project)/Tests" }

    private static var project: String {
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    }
}

/// Lets so many in at once; the others wait in order.
package actor Gate {
    private var places: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    package init(places: Int) {
        self.places = places
    }

    package nonisolated func enter(_ work: @Sendable () async throws -> Void) async throws {
        await take()
        do {
            try await work()
        } catch {
            await give()
            throw error
        }
        await give()
    }

    private func take() async {
        guard places == 0 else {
            places -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func give() {
        guard !waiting.isEmpty else {
            places += 1
            return
        }
        waiting.removeFirst().resume()
    }
}

extension Logger {
    /// Tests make errors on purpose; nobody wants to read of them.
    package static var silent: Logger {
        Logger(label: "silent", factory: { _ in SwiftLogNoOpLogHandler() })
    }
}
