import Foundation
import Postgres
import TestSupport
import Testing

/// Rule 6 of docs/scaling.md: whoever asks a table that is split by chapter says of which, in that SELECT, UPDATE or
/// DELETE itself; row-level security sends nobody to a server.
@Suite(.sampleDatabase)
struct `Statements in a schema that can be split` {
    /// What follows a person through all chapters, or is of the whole installation: Citus asks every server.
    private static let ofAllChapters: Set = [
        // Of a person, wherever they are a member.
        "called_by", "day_with_room", "merge_people", "own_words", "undo_import", "use_link", "weekly_room",
        // What is kept for so long in every chapter, and what waits in all of them.
        "add_up_again_everywhere", "backlog", "clean_up_webhooks", "forget_third_parties",
        // A membership that went on elsewhere.
        "leadership_members",
    ]

    let superuser: PostgresClient

    init() async throws {
        superuser = try await SampleChapter().scratch.superuser
    }

    @Test func `name the chapter in every function, but in those that are of all`() async throws {
        let tables = try await splitTables()
        let functions = try await superuser.run(
            Query<[Function]>(
                """
                SELECT proname::text AS name, coalesce(NULLIF(prosrc, ''), pg_get_function_sqlbody(oid)) AS body
                  FROM pg_proc WHERE pronamespace = 'app'::regnamespace
                """
            )
        )
        let careless = functions.filter { !Statement.careless($0.body, tables).isEmpty }.map(\.name)
        #expect(Set(careless) == Self.ofAllChapters)
        #expect(functions.count > 300)
    }

    @Test func `name the chapter in every query of Storage`() async throws {
        let tables = try await splitTables()
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../Sources/Storage"
        )
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var (careless, count): ([String], Int) = ([], 0)
        for case let file as URL in files where file.pathExtension == "swift" {
            for literal in try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\"\"\"")
                .enumerated()
            where !literal.offset.isMultiple(of: 2) {
                count += 1
                for statement in Statement.careless(literal.element, tables) {
                    careless.append("\(file.lastPathComponent): \(statement)")
                }
            }
        }
        #expect(careless == [])
        #expect(count > 200)
    }

    @Test(arguments: [
        ("SELECT name FROM membership", ["SELECT name FROM membership"]),
        ("SELECT name FROM membership WHERE chapter_id = 1 AND name = 'FROM seat'", []),
        (
            "SELECT (SELECT title FROM seat WHERE id = seat_id) FROM membership WHERE chapter_id = 1",
            ["SELECT title FROM seat WHERE id = seat_id"]
        ),
        (
            "SELECT 1 FROM membership WHERE chapter_id = 1 UNION ALL SELECT 2 FROM seat",
            ["SELECT 2 FROM seat"]
        ),
        (
            "PERFORM x FROM chapter; DELETE FROM app.seat WHERE id = 1; RETURN",
            ["DELETE FROM app.seat WHERE id = 1"]
        ),
        ("UPDATE seat SET title = '' -- chapter_id", ["UPDATE seat SET title = ''"]),
        ("WITH seat AS (SELECT 1 AS id) SELECT id FROM seat JOIN visitors_of(1) AS v ON true", []),
        ("SELECT id FROM visitor\n\\(slice.rows(of: \"visitor\", in: chapter))", []),
    ])
    func `are read as they are written`(_ script: String, _ careless: [String]) async throws {
        #expect(Statement.careless(script, ["membership", "seat", "visitor"]) == careless)
    }

    private func splitTables() async throws -> Set<String> {
        let names = try await superuser.run(
            Query<[String]>(values: "SELECT name FROM app.distribution() WHERE kind = 'distributed'")
        )
        return Set(names)
    }
}

private struct Function: RowDecodable {
    let name: String
    let body: String

    init(row: Row) throws {
        name = try row["name"]
        body = try row["body"]
    }
}

/// A SELECT, UPDATE or DELETE without those inside it.
private enum Statement {
    /// Those that ask one of the tables and name no chapter.
    static func careless(_ script: String, _ tables: Set<String>) -> [String] {
        let plain =
            script
            .replacing(/--[^\n]*/, with: "")
            .replacing(/'(?:[^']|'')*'/, with: "''")
        let named = Set(
            plain.matches(of: /(\w+)(?: \([\w, ]*\))? AS (?:MATERIALIZED )?\(/).map { String($0.1) }
        )
        return parts(of: plain).filter { part in
            let asked = part.matches(
                of: /\b(?:FROM|JOIN|UPDATE|USING)\s+(?:ONLY\s+)?(?:app\.)?(\w+)\b(?!\s*\()/
            )
            return asked.contains { tables.contains(String($0.1)) && !named.contains(String($0.1)) }
                && !part.contains("chapter_id") && !part.contains("slice.rows(")
        }
    }

    private static func parts(of script: String) -> [String] {
        var (done, open, depth): ([String], [String], Int) = ([], [""], 0)
        var previous: Character = " "
        for character in script {
            defer { previous = character }
            switch character {
            // What the program puts in, as a whole.
            case "(" where depth > 0 || previous == "\\": depth += 1
            case ")" where depth > 0: depth -= 1
            case "(":
                open.append("")
                continue
            case ")" where open.count > 1:
                let inner = open.removeLast()
                let isStatement = inner.contains(/\b(?:SELECT|UPDATE|DELETE)\b/)
                if isStatement { done.append(inner) }
                open[open.count - 1] += isStatement ? "()" : "(\(inner))"
                continue
            case ";" where open.count == 1:
                done.append(open.removeLast())
                open.append("")
                continue
            default: break
            }
            open[open.count - 1].append(character)
        }
        var parts: [String] = []
        for statement in done + open {
            for part in statement.split(separator: /\bUNION(?:\s+ALL)?\b/) {
                parts.append(part.split(whereSeparator: \.isWhitespace).joined(separator: " "))
            }
        }
        return parts
    }
}
