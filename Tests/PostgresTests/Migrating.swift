import Glibc
import Migrations
import Postgres
import Synchronization
import TestCluster
import TestSupport
import Testing

/// A folder of SQL files, gone with the test.
private final class Folder: Sendable {
    let path: String

    init(_ files: [String: String]) throws {
        var template = Array("\(P_tmpdir)/schemaXXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw NothingFailed() }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        for folder in ["Migrations", "Reports"] { mkdir("\(path)/\(folder)", 0o700) }
        for (name, text) in files { try write(name, text) }
    }

    func write(_ name: String, _ text: String) throws {
        guard let file = fopen("\(path)/\(name)", "w") else { throw NothingFailed() }
        defer { fclose(file) }
        guard fputs(text, file) >= 0 else { throw NothingFailed() }
    }

    func remove(_ name: String) {
        unlink("\(path)/\(name)")
    }

    var migrator: Migrator {
        get throws {
            let schema = try SchemaFolder(path: path, repeatableFolders: ["Reports"])
            return Migrator(folder: schema, preamble: "SET LOCAL search_path = public;")
        }
    }

    deinit {
        _ = try? ChildProcess(["rm", "-rf", path]).wait()
    }
}

@Suite struct `Migrating` {
    private let first = [
        "Migrations/0001_first.sql": "CREATE TABLE step (n integer); INSERT INTO step VALUES (1);",
        "Migrations/0002_second.sql": "INSERT INTO step SELECT max(n) + 1 FROM step;",
        "Reports/b.sql": "CREATE OR REPLACE VIEW b AS SELECT n FROM a;",
        "Reports/a.sql": "CREATE OR REPLACE VIEW a AS SELECT n FROM step;",
    ]

    private let steps = Query<[Int]>(values: "SELECT n::bigint FROM b ORDER BY n")

    @Test func `applies what is missing, in order, once`() async throws {
        let folder = try Folder(first)
        try await withDatabase { client async throws in
            let before = try await folder.migrator.status(client)
            #expect(before.pending.map(\.fileName) == ["0001_first.sql", "0002_second.sql"])
            #expect(!before.isCurrent)
            for _ in 0..<2 {
                let status = try await folder.migrator.migrate(client)
                #expect(status.isCurrent)
                #expect(status.applied == ["0001_first.sql", "0002_second.sql"])
                let found = try await client.run(steps)
                #expect(found == [1, 2])
            }
            try folder.write("Migrations/0003_third.sql", "INSERT INTO step VALUES (3);")
            try folder.write("Reports/a.sql", "CREATE OR REPLACE VIEW a AS SELECT n * 10 AS n FROM step;")
            let told = Mutex<[String]>([])
            _ = try await folder.migrator.migrate(client) { progress in
                if case .applied(let name) = progress { told.withLock { $0.append(name) } }
            }
            #expect(told.withLock { $0 } == ["0003_third.sql", "Reports/a.sql"])
            let found = try await client.run(steps)
            #expect(found == [10, 20, 30])
        }
    }

    @Test func `leaves nothing of a migration that fails, and keeps those before it`() async throws {
        let folder = try Folder(first)
        try folder.write(
            "Migrations/0002_second.sql",
            "INSERT INTO step VALUES (2); CREATE TABLE late (); SELECT 1/0;"
        )
        try await withDatabase { client async throws in
            do {
                _ = try await folder.migrator.migrate(client)
                Issue.record("it did not fail")
            } catch let failed as MigrationFailed {
                #expect(failed.file == "Migrations/0002_second.sql")
                #expect(failed.cause.state.category == "22")
            }
            let (left, late) = try await client.run(
                Query<[Int]>(values: "SELECT n::bigint FROM step"),
                Query<Bool>(value: "SELECT to_regclass('late') IS NOT NULL")
            )
            #expect(left == [1])
            #expect(!late)
            try folder.write("Migrations/0002_second.sql", "INSERT INTO step VALUES (2);")
            let status = try await folder.migrator.migrate(client)
            #expect(status.isCurrent)
        }
    }

    @Test func `refuses a database whose migrations were other ones`() async throws {
        let folder = try Folder(first)
        try await withDatabase { client async throws in
            _ = try await folder.migrator.migrate(client)
            try folder.write("Migrations/0002_second.sql", "INSERT INTO step VALUES (22);")
            try folder.write("Migrations/0003_third.sql", "INSERT INTO step VALUES (3);")
            do {
                _ = try await folder.migrator.migrate(client)
                Issue.record("it did not refuse")
            } catch let conflict as SchemaConflict {
                #expect(conflict.status.changed == ["0002_second.sql"])
            }
            let found = try await client.run(steps)
            #expect(found == [1, 2])
        }
    }

    @Test func `refuses a database that is newer`() async throws {
        let folder = try Folder(first)
        try await withDatabase { client async throws in
            _ = try await folder.migrator.migrate(client)
            folder.remove("Migrations/0002_second.sql")
            do {
                _ = try await folder.migrator.migrate(client)
                Issue.record("it did not refuse")
            } catch let conflict as SchemaConflict {
                #expect(conflict.status.newer == ["0002_second.sql"])
            }
        }
    }

    @Test func `is done by one, while the others wait`() async throws {
        let folder = try Folder(first)
        try folder.write("Migrations/0003_slow.sql", "SELECT pg_sleep(0.3); INSERT INTO step VALUES (3);")
        try await withDatabase { client async throws in
            let migrator = try folder.migrator
            let applied = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let count = Mutex(0)
                        let status = try await migrator.migrate(client) { progress in
                            if case .applied = progress { count.withLock { $0 += 1 } }
                        }
                        #expect(status.isCurrent)
                        return count.withLock { $0 }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(applied.sorted() == [0, 0, 0, 5])
            let found = try await client.run(steps)
            #expect(found == [1, 2, 3])
        }
    }

    @Test func `refuses a folder with a gap, a strange name or bytes that are no text`() throws {
        for (name, text) in [("0003_gap.sql", ""), ("second.sql", ""), ("0002_bytes.sql", "\u{FF}")] {
            let folder = try Folder(["Migrations/0001_first.sql": "SELECT 1;"])
            if name == "0002_bytes.sql" {
                let file = try #require(fopen("\(folder.path)/Migrations/\(name)", "w"))
                fputc(0xFF, file)
                fclose(file)
            } else {
                try folder.write("Migrations/\(name)", text)
            }
            #expect(throws: SchemaFolderError.self) { _ = try folder.migrator }
        }
    }
}
