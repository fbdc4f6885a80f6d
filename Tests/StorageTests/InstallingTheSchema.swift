import Foundation
import Migrations
import Postgres
import ReferralGroup
import Storage
import Synchronization
import TestSupport
import Testing

@Suite(.freshDatabase)
struct `Installing the schema` {
    let scratch: ScratchDatabase
    let migrator: String

    init() async throws {
        scratch = try .current
        migrator = try scratch.address(role: "chapterhouse_migrator")
        // A copy belongs to who made it; what `prepare` makes belongs to the owner of the schema.
        let ownership = SQL(stringLiteral: "ALTER DATABASE \(scratch.name) OWNER TO chapterhouse_owner")
        try await scratch.superuser.run(Query<Void>(ownership))
    }

    @Test func `a second time finds nothing to do`() async throws {
        let told = Told()
        let state = try await migrate(telling: told)
        #expect(state.pending.isEmpty && state.stale.isEmpty && state.newer.isEmpty && state.changed.isEmpty)
        #expect(state.applied.first == "0001_foundation.sql")
        #expect(told.lines == [])
        try await scratch.database.verifySchema(folder: Installation.schemaFolder(SchemaSource.path))
    }

    @Test func `twice at once has one work and the other wait`() async throws {
        try await scratch.empty()
        let told = Told()
        try await withThrowingTaskGroup(of: SchemaState.self) { group in
            for _ in 0..<2 { group.addTask { try await migrate(telling: told) } }
            for try await state in group { #expect(state.pending.isEmpty) }
        }
        #expect(told.lines.filter { $0.contains("0001_foundation.sql") }.count == 1)
        #expect(told.lines.filter { $0.contains("waiting") }.count == 1)
        try await scratch.database.verifySchema(folder: Installation.schemaFolder(SchemaSource.path))
    }

    @Test func `is asked for by name where there is none`() async throws {
        try await scratch.empty()
        let mismatch = await mismatch(SchemaSource.path)
        #expect(mismatch?.message.contains("chapterhouse database migrate") == true)
        guard case .absent = mismatch else {
            Issue.record("\(String(describing: mismatch))")
            return
        }
    }

    @Test func `tells an older database which command helps`() async throws {
        let folder = try Copy()
        try folder.write("SELECT 1;", to: "Migrations/\(folder.next)_more.sql")
        let mismatch = await mismatch(folder.path)
        #expect(mismatch?.message.contains("older than this program (\(folder.next)_more.sql)") == true)
        #expect(mismatch?.message.contains("chapterhouse database migrate") == true)
        let told = Told()
        _ = try await migrate(folder.path, telling: told)
        #expect(told.lines == ["Applied \(folder.next)_more.sql."])
    }

    @Test func `serves on what a newer program has added to, and changes nothing of it`() async throws {
        let folder = try Copy()
        try folder.write("SELECT 1;", to: "Migrations/\(folder.next)_more.sql")
        try folder.append("-- newer", to: "Functions/figures.sql")
        _ = try await migrate(folder.path)
        try await scratch.database.verifySchema(folder: Installation.schemaFolder(SchemaSource.path))
        let mismatch = await #expect(throws: SchemaMismatch.self) { try await migrate() }
        #expect(
            mismatch?.message.contains("newer than this program (it holds \(folder.next)_more.sql)") == true
        )
    }

    @Test func `does not serve where a newer program has taken away what it needs`() async throws {
        let folder = try Copy()
        try folder.write("SELECT 1;", to: "Migrations/\(folder.next)_more.sql")
        let knowing = try Copy(of: folder.path)
        let contracting = "\(knowing.next)_contract_\(folder.next)_less.sql"
        try knowing.write("SELECT 1;", to: "Migrations/\(contracting)")
        _ = try await migrate(knowing.path)
        let mismatch = await mismatch(SchemaSource.path)
        #expect(mismatch?.message.contains("newer than this program (it holds \(contracting))") == true)
        try await scratch.database.verifySchema(folder: Installation.schemaFolder(folder.path))
    }

    @Test func `goes on when a newer program replaces functions, and does not begin so`() async throws {
        let folder = try Copy()
        try folder.append("-- newer", to: "Functions/figures.sql")
        _ = try await migrate(folder.path)
        let own = try Installation.schemaFolder(SchemaSource.path)
        try await scratch.database.verifySchemaStillServes(folder: own)
        await #expect(throws: SchemaMismatch.self) { try await scratch.database.verifySchema(folder: own) }
        try folder.write("SELECT 1;", to: "Migrations/\(folder.next)_more.sql")
        let newer = try Installation.schemaFolder(folder.path)
        await #expect(throws: SchemaMismatch.self) {
            try await scratch.database.verifySchemaStillServes(folder: newer)
        }
    }

    @Test func `applies every function, report and row again, in a database that has them all`() async throws
    {
        let folder = try Copy()
        let repeatables = try Installation.schemaFolder(SchemaSource.path).repeatables
        for repeatable in repeatables { try folder.append("-- newer", to: repeatable.name) }
        let told = Told()
        let state = try await migrate(folder.path, telling: told)
        #expect(state.stale == [])
        #expect(told.lines.count == repeatables.count)
    }

    @Test func `holds up nobody while it waits for who holds what it changes`() async throws {
        let folder = try Copy()
        try folder.write(
            "ALTER TABLE app.referral ADD COLUMN more text;",
            to: "Migrations/\(folder.next)_more.sql"
        )
        let (told, path) = (Told(), folder.path)
        try await scratch.superuser.withConnection { reader in
            try await reader.run(script: "BEGIN; LOCK TABLE app.referral IN ACCESS SHARE MODE")
            async let migrated = migrate(path, telling: told)
            // Would wait for ever behind a migration that waits for the reader.
            while told.lines.isEmpty {
                try await scratch.superuser.run(Query<Void>("SELECT FROM app.referral LIMIT 1"))
            }
            #expect(told.lines.first?.contains("tried again") == true)
            try await reader.run(script: "COMMIT")
            _ = try await migrated
        }
        #expect(told.lines.last == "Applied \(folder.next)_more.sql.")
    }

    @Test func `sees that a landed migration was edited`() async throws {
        let folder = try Copy()
        let name = "Migrations/0003_meetings.sql"
        try folder.write(try folder.read(name) + "\n-- edited", to: name)
        #expect(await mismatch(folder.path)?.message.contains("another text of 0003_meetings.sql") == true)
    }

    @Test func `applies a function again when its text changes`() async throws {
        let folder = try Copy()
        let name = "Functions/figures.sql"
        try folder.write(try folder.read(name) + "\n-- edited", to: name)
        #expect(await mismatch(folder.path)?.message.contains(name) == true)
        let told = Told()
        _ = try await migrate(folder.path, telling: told)
        #expect(told.lines == ["Applied \(name)."])
    }

    @Test func `applies none of a migration that fails, and names it`() async throws {
        let folder = try Copy()
        try folder.write(
            "CREATE TABLE app.half (id integer); SELECT 1 / 0;",
            to: "Migrations/\(folder.next)_half.sql"
        )
        let error = await #expect(throws: MigrationFailed.self) { try await migrate(folder.path) }
        #expect(error?.file == "Migrations/\(folder.next)_half.sql")
        #expect(try await scratch.superuser.run(Query<Bool>(value: "SELECT to_regclass('app.half') IS NULL")))
        #expect(DatabaseTrouble(try #require(error))?.message.contains("division by zero") == true)
    }

    @Test func `is not for the service's role`() async throws {
        try await scratch.empty()
        let address = try scratch.address(role: "chapterhouse_app")
        let error = await #expect(throws: PostgresError.self) {
            _ = try await Installation.migrate(address, schema: SchemaSource.path, logger: .silent)
        }
        #expect(error?.state == .insufficientPrivilege)
    }

    @discardableResult
    private func migrate(
        _ path: String = SchemaSource.path,
        telling told: Told? = nil
    ) async throws -> SchemaState {
        try await Installation.migrate(migrator, schema: path, logger: .silent) { told?.add($0) }
    }

    private func mismatch(_ path: String) async -> SchemaMismatch? {
        await #expect(throws: SchemaMismatch.self) {
            try await scratch.database.verifySchema(folder: Installation.schemaFolder(path))
        }
    }
}

extension ScratchDatabase {
    /// Takes the schema out of the database, as if it had just been made.
    fileprivate func empty() async throws {
        try await superuser.withConnection { connection in
            try await connection.run(script: "DROP SCHEMA app, migration CASCADE")
        }
    }
}

/// What a migration told, line by line.
private final class Told: Sendable {
    private let told = Mutex<[String]>([])

    var lines: [String] {
        told.withLock { $0 }
    }

    func add(_ line: String) {
        told.withLock { $0.append(line) }
    }
}

/// A copy of the schema folder that a test may change; gone with the test.
private final class Copy {
    let path: String
    /// The number of a migration after the last.
    let next: String

    init(of source: String = SchemaSource.path) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "schema-\(Foundation.UUID())")
        try FileManager.default.copyItem(at: URL(filePath: source), to: folder)
        path = folder.path
        let count = try FileManager.default.contentsOfDirectory(atPath: path + "/Migrations").count
        next = String(format: "%04d", count + 1)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func read(_ name: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    func append(_ text: String, to name: String) throws {
        try write(try read(name) + "\n\(text)\n", to: name)
    }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
    }
}
