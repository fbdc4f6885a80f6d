import TestSupport
import Testing

@Suite struct `Setting a provider` {
    private static let good = [
        "CHAPTERHOUSE_OPENID_ISSUER": "https://id.example.org/realms/one",
        "CHAPTERHOUSE_OPENID_CLIENT_ID": "chapterhouse",
        "CHAPTERHOUSE_OPENID_CLIENT_SECRET": "very-secret",
        "CHAPTERHOUSE_OPENID_NAME": "Example",
    ]

    private func check(_ changes: [String: String?]) async throws -> Shell.Ending {
        var shell = Shell(database: "")
        shell.environment = Self.good
        for (name, value) in changes { shell.environment[name] = value }
        return try await shell.run("config check --format json")
    }

    @Test func `is shown without the secret`() async throws {
        let ending = try await check([:])
        #expect(ending.status == 0, "\(ending.errors)")
        let rows = try JSON(ending.output).elements
        func value(_ name: String) -> String? {
            rows.first { $0["setting"]?.string == name }?["value"]?.string
        }
        #expect(value("CHAPTERHOUSE_OPENID_ISSUER") == "https://id.example.org/realms/one")
        #expect(value("CHAPTERHOUSE_OPENID_CLIENT_ID") == "chapterhouse")
        #expect(value("CHAPTERHOUSE_OPENID_CLIENT_SECRET") == "(set)")
        #expect(!(ending.output + ending.errors).contains("very-secret"))
    }

    @Test(arguments: [
        ("ISSUER", "http://id.example.org"), ("ISSUER", "https://id:very-secret@id.example.org"),
        ("ISSUER", "https://id.example.org?tenant=1"), ("ISSUER", "id.example.org"),
        ("CLIENT_ID", nil), ("CLIENT_SECRET", nil), ("CLIENT_SECRET_FILE", "/nowhere/secret"),
        ("NAME", "two\nlines"), ("NAME", String(repeating: "x", count: 81)), ("CA_FILE", "/nowhere/ca.pem"),
    ])
    func `is refused where it is wrong, by its name`(name: String, value: String?) async throws {
        let ending = try await check(["CHAPTERHOUSE_OPENID_\(name)": value])
        #expect(ending.status == 78)
        #expect(ending.errors.contains("CHAPTERHOUSE_OPENID_\(name)"))
        #expect(!(ending.output + ending.errors).contains("very-secret"))
    }

    @Test func `may be on this machine without encryption`() async throws {
        #expect(try await check(["CHAPTERHOUSE_OPENID_ISSUER": "http://127.0.0.1:9000"]).status == 0)
    }
}
