import Service
import TestSupport
import Testing

@Suite
struct `Connections` {
    private static let request = "GET /sign-in HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let end = "</html>\n"

    @Test func `are kept from one request to the next`() async throws {
        try await serving { port in
            let client = try RawClient(port: port)
            for _ in 0..<3 {
                await client.send(Self.request)
                #expect(await client.read(through: Self.end)?.hasPrefix("HTTP/1.1 200") == true)
            }
        }
    }

    @Test func `answer fifty requests that come at once, in order, half of them with a body`() async throws {
        try await serving { port in
            let client = try RawClient(port: port)
            var all = ""
            for number in 0..<50 {
                let last = number == 49 ? "Connection: close\r\n" : ""
                all +=
                    number.isMultiple(of: 2)
                    ? "GET /sign-in HTTP/1.1\r\nHost: a\r\n\(last)\r\n"
                    : "POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\(last)\r\nabcde"
            }
            await client.send(all)
            let answer = try #require(await client.readToEnd())
            let statuses = answer.split(separator: "HTTP/1.1 ").map { String($0.prefix(3)) }
            #expect(statuses == (0..<50).map { $0.isMultiple(of: 2) ? "200" : "404" })
        }
    }

    @Test(arguments: [
        ("GET /sign-in HTTP/1.0\r\n\r\n", "200"), ("GET /sign-in HTTP/1.0\r\nHost: a\r\n\r\n", "200"),
        ("HEAD /sign-in HTTP/1.0\r\n\r\n", "200"),
        ("GET /sign-in HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "200"),
        ("GET /sign-in HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n", "200"),
        ("TRACE /sign-in HTTP/1.1\r\nHost: a\r\nCookie: secret\r\nConnection: close\r\n\r\n", "405"),
        ("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", "400"),
        ("CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n", "400"),
        ("TRACE /nowhere HTTP/1.1\r\nHost: a\r\nCookie: secret\r\nConnection: close\r\n\r\n", "404"),
    ])
    func `end with the answer where they have to`(_ request: String, _ status: String) async throws {
        try await serving { port in
            let client = try RawClient(port: port)
            await client.send(request)
            let answer = try #require(await client.readToEnd())
            #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(answer)")
            #expect(answer.components(of: "HTTP/1.1 ") == 1)
            #expect(!answer.contains("secret"))
            if request.hasPrefix("HEAD") { #expect(answer.hasSuffix("\r\n\r\n")) }
        }
    }

    @Test func `end where more of a body is to come than is worth reading, and the client learns why`()
        async throws
    {
        try await serving { port in
            let client = try RawClient(port: port)
            await client.send("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\nabc")
            let answer = try #require(await client.readToEnd())
            #expect(answer.hasPrefix("HTTP/1.1 404"))
            #expect(answer.lowercased().contains("connection: close"))
        }
    }

    @Test func `of one address are bounded, and the next one is told so`() async throws {
        var limits = Limits()
        limits.connectionsOfOne = 3
        try await servingWatched(limits) { port, adminPort in
            var clients: [RawClient] = []
            for _ in 0..<3 {
                let client = try RawClient(port: port)
                await client.send(Self.request)
                #expect(await client.read(through: Self.end) != nil)
                clients.append(client)
            }
            for _ in 0..<2 {
                let tooMany = try RawClient(port: port)
                let answer = await tooMany.readToEnd()
                try expectRefusal(answer, [429])
                #expect(answer?.lowercased().contains("retry-after: 5") == true)
            }
            #expect(try await figure("connections_turned_away_total", adminPort) == 2)
            // Those that are held go on, and one that ends makes room.
            await clients[0].send(Self.request)
            #expect(await clients[0].read(through: Self.end) != nil)
            clients.removeLast()
            try await until { try await figure("connections", adminPort) == 2 }
            let next = try RawClient(port: port)
            await next.send(Self.request)
            #expect(await next.read(through: Self.end) != nil)
        }
    }

    @Test func `in all are bounded, and the next one waits its turn`() async throws {
        var limits = Limits()
        limits.connections = 2
        try await servingWatched(limits) { port, adminPort in
            var clients: [RawClient] = []
            for _ in 0..<2 {
                let client = try RawClient(port: port)
                await client.send(Self.request)
                #expect(await client.read(through: Self.end) != nil)
                clients.append(client)
            }
            let next = try RawClient(port: port)
            await next.send(Self.request)
            for _ in 0..<50 { #expect(try await figure("connections", adminPort) == 2) }
            clients.removeLast()
            #expect(await next.read(through: Self.end)?.hasPrefix("HTTP/1.1 200") == true)
        }
    }

    @Test func `of clients that do not read are ended`() async throws {
        var limits = Limits()
        limits.patience = .milliseconds(300)
        try await servingWatched(limits) { port, adminPort in
            let client = try RawClient(port: port, window: 2048)
            // More than all buffers on the way take; what is asked beyond that waits unread.
            let asked = "GET /assets/chapterhouse.css HTTP/1.1\r\nHost: a\r\n\r\n"
            let piece = String(repeating: asked, count: 100)
            for _ in 0..<40 { guard await client.send(piece) else { break } }
            try await until { try await figure("connections", adminPort) == 0 }
            withExtendedLifetime(client) {}
        }
    }

    /// What the operator reads of one figure.
    private func figure(_ name: String, _ adminPort: Int) async throws -> Int? {
        let client = try RawClient(port: adminPort)
        await client.send("GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let text = try #require(await client.readToEnd())
        let line = text.split(separator: "\n").first { $0.hasPrefix("chapterhouse_http_\(name) ") }
        return line?.split(separator: " ").last.flatMap { Int($0) }
    }

    /// Waits for what has to come; a minute is a deadline against a hang.
    private func until(_ isSo: () async throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while try await !isSo() {
            try #require(ContinuousClock.now < deadline, "it never came")
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
