import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.freshDatabase)
struct `Scheduled work at the shell` {
    let scratch: ScratchDatabase
    let shell: Shell

    init() throws {
        scratch = try .current
        shell = Shell(database: try scratch.address(role: "chapterhouse_app"))
    }

    @Test func `what is due is done, and listed`() async throws {
        #expect(try await shell.print("jobs list --format json") == "[]\n")
        let line = try await shell.print("jobs run")
        #expect(line.contains("cleaning for ") && line.contains("sealing for "), "\(line)")
        #expect(line.hasSuffix(": done\n"))
        #expect(try await shell.print("jobs run") == "")
        let jobs = try JSON(try await shell.print("jobs list --all --format json")).elements
        #expect(jobs.map { $0["kind"]?.string } == ["sealing", "cleaning", "planning"])
        #expect(jobs.allSatisfy { $0["standing"]?.string == "done" })
    }

    @Test func `what failed is said, ends with 75, and is tried again when the operator says so`()
        async throws
    {
        _ = try await shell.print("jobs run")
        let id = try await scratch.superuser.run(
            Query<Int64>(
                value: """
                    INSERT INTO app.job (kind, occasion, due_at, next_try_at) VALUES ('nonsense', 'once', now(), now())
                    RETURNING id
                    """
            )
        )
        let ending = try await shell.run("jobs run")
        #expect(ending.status == 75)
        #expect(ending.output.contains("\(id) nonsense for once: failed, tried again at "))
        #expect(try await shell.print("jobs run") == "", "not at once")
        #expect(try await shell.print("jobs list").contains("nobody knows how to do nonsense"))
        #expect(try await shell.print("jobs retry \(id)") == "1 job is tried again.\n")
        #expect(try await shell.run("jobs run").status == 75)
        #expect(try await shell.print("jobs retry --all") == "1 job is tried again.\n")
        #expect(try await shell.run("jobs retry 4711").status == 65)
        #expect(try await shell.run("jobs retry").status == 64)
        #expect(try await shell.run("jobs retry \(id) --all").status == 64)
    }
}
