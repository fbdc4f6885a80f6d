import Postgres
import ReferralGroup
import TestSupport
import Testing

/// A database into which all the exports went, as a leader of the four chapters would have entered them.
struct ImportedExports: Sendable {
    /// A chapter's files: its summary, and its slips in order of their names, meeting by meeting.
    struct Files: Sendable {
        let slug: String
        let name: String
        let summary: String
        let slips: [(path: String, meeting: LocalDate)]
    }

    let shell: Shell
    let superuser: PostgresClient
    /// The four chapters before anything was imported.
    let before: Digest

    static let chapters = [
        ("cedar", "Cedar"), ("juniper", "Juniper"), ("marble-foundry", "Marble Foundry"),
        ("northgate", "Northgate"),
    ]

    /// Names on the slips that no summary has: they left before it was taken.
    static let former = [
        "cedar/Slips_Audit_Report_08-25-2025_2-33_PM.xls": "Vera Jonas York",
        "cedar/Slips_Audit_Report_08-25-2025_2-34_PM.xls": "Jana Dorn",
        "northgate/Slips_Audit_Report_08-25-2025_2-29_PM.xls": "Dario Nora Wren",
    ]

    static let folder = Folder.ofTests + "/Exports"

    /// Runs `work` in a copy of the database that is its own.
    static func lent<Value>(_ work: (ImportedExports) async throws -> Value) async throws -> Value {
        let server = try TestServer.shared
        let made = try await template.made
        let name = try await server.createDatabase(template: made.name)
        let superuser = PostgresClient(Configuration(address: server.conninfo(database: name)))
        let exports = ImportedExports(
            shell: Shell(database: server.conninfo(database: name, role: "chapterhouse_app")),
            superuser: superuser,
            before: made.before
        )
        do {
            let value = try await work(exports)
            await superuser.shutdown()
            try await server.dropDatabase(name)
            return value
        } catch {
            await superuser.shutdown()
            try await server.dropDatabase(name)
            throw error
        }
    }

    private static let template = Template()

    static func files(of chapter: (slug: String, name: String)) throws -> Files {
        let names = Folder.names(in: "\(folder)/\(chapter.slug)")
        let slips = names.filter { $0.utf8.starts(with: "Slips".utf8) }
        let last = LocalDate.day("2025-08-20")
        return Files(
            slug: chapter.slug,
            name: chapter.name,
            summary: "\(folder)/\(chapter.slug)/Chapter_Summary_PALMS_Report.xls",
            slips: slips.enumerated().map { index, name in
                ("\(folder)/\(chapter.slug)/\(name)", last.advanced(by: -7 * (slips.count - 1 - index)))
            }
        )
    }

    /// The commands that import every file, summaries before slips.
    static func commands() throws -> [String] {
        var commands: [String] = []
        for chapter in chapters {
            let files = try files(of: chapter)
            commands.append(
                "import palms \(files.slug) \"\(files.summary)\" --from 2025-02-25 --to 2025-08-25"
            )
            for (path, meeting) in files.slips {
                let former = former[String(path.dropFirst(folder.count + 1))]
                commands.append(
                    "import slips \(files.slug) \"\(path)\" --meeting \(meeting)"
                        + (former.map { " --former \"\($0)\"" } ?? "")
                )
            }
        }
        return commands
    }

    static func create(in shell: Shell) async throws {
        for (slug, name) in chapters {
            try await shell.print(
                "chapter create \(slug) --name \"\(name)\" --time-zone Europe/Berlin --currency EUR --weekday wednesday --at 07:00"
            )
        }
    }

    private struct Made {
        let name: String
        let before: Digest
    }

    /// The database of which each test gets a copy; made when the first one asks.
    private actor Template {
        private var making: Task<Made, any Error>?

        var made: Made {
            get async throws {
                let making = self.making ?? Task { try await Self.make() }
                self.making = making
                return try await making.value
            }
        }

        private static func make() async throws -> Made {
            let server = try TestServer.shared
            let name = try await server.createDatabase(template: try ScratchDatabase.current.name)
            let shell = Shell(database: server.conninfo(database: name, role: "chapterhouse_app"))
            try await create(in: shell)
            let superuser = PostgresClient(Configuration(address: server.conninfo(database: name)))
            let before = try await Digest(of: superuser)
            await superuser.shutdown()
            for command in try commands() { try await shell.print(command) }
            return Made(name: name, before: before)
        }
    }
}
