import FoundationEssentials
import ReferralGroup
import Testing

@Suite struct `The page of the audit trail` {
    @Test func `lets one look for every kind of record that is under it`() throws {
        #expect(try Set(AuditedWords.guarded()) == Set(AuditFilter.entities))
        #expect(Set(AuditFilter.entities).count == AuditFilter.entities.count)
    }
}

/// What the audit trail names: the tables of a chapter that are under it, and their fields.
enum AuditedWords {
    static let all: [String] = {
        do {
            let (tables, fields) = try (guarded(), fieldsByTable())
            let names = tables + tables.flatMap { fields[$0] ?? [] } + ["insert", "update", "delete"]
            return Set(names).subtracting(["chapter_id"]).map { $0.replacing("_", with: " ") }
        } catch {
            Issue.record(error)
            return []
        }
    }()

    static func guarded() throws -> [String] {
        try lines().compactMap { line in
            let calls = ["SELECT app.guard('app.", "SELECT app.guard_slip('app."]
            return calls.first { line.hasPrefix($0) }.map {
                String(line.dropFirst($0.count).prefix { $0 != "'" })
            }
        }
    }

    private static func fieldsByTable() throws -> [String: [String]] {
        var fields: [String: [String]] = [:]
        var (table, isNew) = ("", false)
        for line in try lines() {
            let words = line.split(separator: " ")
            if line.hasPrefix("CREATE TABLE app.") || line.hasPrefix("ALTER TABLE app.") {
                table = String(words[2].dropFirst("app.".count))
                isNew = line.hasPrefix("CREATE")
            } else if line.hasPrefix(")") {
                isNew = false
            } else if isNew, line.hasPrefix("    "), let first = line.dropFirst(4).first, first.isLowercase {
                fields[table, default: []].append(String(words[0]))
            }
            if let place = words.firstIndex(of: "COLUMN"), words[place - 1] == "ADD" {
                fields[table, default: []].append(String(words[place + 1]))
            }
        }
        return fields
    }

    /// The lines of every migration, in order.
    private static func lines() throws -> [Substring] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Schema/Migrations")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        return try names.flatMap { name in
            let bytes = try Data(contentsOf: folder.appending(path: name))
            return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        }
    }
}
