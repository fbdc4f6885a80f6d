import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Real clients` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `curl signs in with a cookie jar, passes a referral and signs out`() async throws {
        try await sample.scratch.setPassword(of: sample.bob)
        try await succeeds { address in
            try await TestPython.runShell(
                "Clients/browser.sh",
                [address, "bob@example.org", ScratchDatabase.password, "alder"]
            )
        }
    }

    @Test func `a program records, lists and reads with a token`() async throws {
        let token = try await sample.shell.token(of: sample.bob)
        try await succeeds { try await TestPython.run("Clients/program.py", [$0, token, "alder"]) }
    }

    @Test func `a client generated from the document passes a referral and reads the report`() async throws {
        let token = try await sample.shell.token(of: sample.bob)
        try await succeeds { try await TestPython.run("Clients/generated.py", [$0, token, "alder"]) }
    }

    private func succeeds(_ run: @escaping @Sendable (String) async throws -> TestPython.Ending) async throws
    {
        try await whileServing(sample.database) { port, _ in
            let ending = try await run("http://127.0.0.1:\(port)")
            #expect(ending.hasSucceeded, "\(ending.words)")
        }
    }
}
