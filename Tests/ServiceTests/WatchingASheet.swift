import Identity
import ReferralGroup
import Service
import Storage
import TestCluster
import TestSupport
import Testing

/// Phones that have a sheet open are told of every change, by a service that really listens.
@Suite(.sampleDatabase)
struct `Watching a sheet` {
    let sample: SampleChapter
    let meeting: Meeting

    init() async throws {
        sample = try await SampleChapter()
        _ = try await sample.shell.schedule(
            from: .day("2026-10-28"),
            to: .day("2026-10-28"),
            in: sample.alder
        )
        meeting = try await sample.shell.meeting(on: .day("2026-10-28"))
    }

    @Test func `tells at once how it is, and again when somebody marked or sealed`() async throws {
        try await whileServing(sample.database, limits: limits) { port, _ in try await watchTheNight(port) }
    }

    @Test func `tells it through nginx, too`() async throws {
        try await ServiceBehindNginx.whileRunning(on: sample.database, limits: limits) { scene in
            try await watchTheNight(scene.door)
        }
    }

    @Test func `ends with the service, as an answer that is whole`() async throws {
        let (phones, phone) = AsyncStream<RawClient>.makeStream()
        try await whileServing(sample.database) { port, _ in
            let watching = try await watch(port)
            #expect(await watching.read(through: "\n\n") != nil)
            phone.yield(watching)
        }
        // The service has stopped by now, with the phone still on the line.
        var iterator = phones.makeAsyncIterator()
        let left = try #require(await iterator.next())
        #expect(await left.readToEnd()?.hasSuffix("0\r\n\r\n") == true, "it was cut off")
    }

    private var limits: Limits {
        var limits = Limits()
        // Behind a pooler nobody is told, and everybody looks again at each beat.
        limits.beat = Pooler.isWanted ? .milliseconds(500) : .seconds(3600)
        return limits
    }

    private func watchTheNight(_ port: Int) async throws {
        let phone = try await watch(port)
        let first = try #require(await phone.nextSheet())
        #expect(!first.contains("\"A\""))
        let marks = [
            MarkDraft(member: sample.alice.id, mark: .present),
            MarkDraft(member: sample.bob.id, mark: .absent),
        ]
        _ = try await sample.shell.mark(marks, on: meeting)
        #expect(await phone.nextSheet(having: "\"A\"") != nil)
        try await sample.shell.seal(try await sample.shell.meeting(on: meeting.date))
        #expect(await phone.nextSheet(having: "\"status\":\"sealed\"") != nil)
    }

    private func watch(_ port: Int) async throws -> RawClient {
        let session = try await sample.scratch.openSession(of: sample.alice)
        let phone = try RawClient(port: port)
        await phone.send(
            """
            GET /chapters/alder/meetings/2026-10-28/events HTTP/1.1\r
            Host: a\r
            Cookie: \(Browser.sessionCookie)=\(session.text)\r
            Accept: text/event-stream\r
            \r

            """
        )
        let head = await phone.read(through: "\r\n\r\n")
        #expect(head?.hasPrefix("HTTP/1.1 200") == true, "\(head ?? "nothing")")
        return phone
    }
}

extension RawClient {
    /// The next event that has a sheet with this in it; what only says that the line is alive comes between.
    fileprivate func nextSheet(having text: String = "event: sheet") async -> String? {
        while let event = await read(through: "\n\n") {
            if event.contains("event: sheet\ndata: {"), event.contains(text) { return event }
        }
        return nil
    }
}
