import Service
import Storage
import TestSupport
import Testing

@Suite
struct `Hostile clients` {
    static let malformed: [String] = [
        "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /%c0%ae HTTP/1.1\r\nHost: a\r\n\r\n", "GET /%ed%a0%80 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", "GET //sign-in HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET http://a/sign-in HTTP/1.1\r\nHost: a\r\n\r\n", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /sign-in HTTP/1.1\r\n\r\n", "GET /sign-in HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /sign-in HTTP/1.1\r\nHost: a\r\nX: a\u{0}b\r\n\r\n",
        "GET /sign-in HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n",
        "GET /sign-in HTTP/1.1\r\nHost : a\r\n\r\n", "rubbish\r\n\r\n", "GET /sign-in HTTP/9.9\r\n\r\n",
        "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
        "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nabcde",
        "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST /sign-in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
        "POST /sign-in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    ]

    @Test(arguments: malformed)
    func `who send what is no request are told so, and left`(_ request: String) async throws {
        try await serving { port in
            let client = try RawClient(port: port)
            await client.send(request)
            try expectRefusal(await client.readToEnd(), [400])
        }
    }

    @Test func `who send too much of a head are told so`() async throws {
        let long =
            "GET /sign-in HTTP/1.1\r\nHost: a\r\nX: " + String(repeating: "x", count: 20_000) + "\r\n\r\n"
        let many = "GET /sign-in HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: y\r\n", count: 200) + "\r\n"
        try await serving { port in
            for request in [long, many] {
                let client = try RawClient(port: port)
                await client.send(request)
                try expectRefusal(await client.readToEnd(), [400, 431])
            }
        }
    }

    @Test func `who never end a head or a body are left`() async throws {
        var limits = Limits()
        (limits.head, limits.patience) = (.milliseconds(200), .milliseconds(200))
        try await serving(limits) { port in
            for beginning in [
                "", "GET /sign-in HTTP/1.1\r\nHo",
                "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: 100\r\n\r\nab",
            ] {
                let client = try RawClient(port: port)
                await client.send(beginning)
                try expectRefusal(await client.readToEnd(), [408])
            }
        }
    }

    @Test func `who wait too long for their next request are left without a word`() async throws {
        var limits = Limits()
        limits.keepAlive = .milliseconds(200)
        try await serving(limits) { port in
            let client = try RawClient(port: port)
            await client.send("GET /sign-in HTTP/1.1\r\nHost: a\r\n\r\n")
            let text = try #require(await client.readToEnd())
            #expect(text.hasPrefix("HTTP/1.1 200"))
            #expect(text.components(of: "HTTP/1.1 ") == 1)
        }
    }

    @Test func `who send a body without an end are stopped soon`() async throws {
        let heads = [
            "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\n",
            "POST /sign-in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
        ]
        try await serving { port in
            for head in heads {
                let client = try RawClient(port: port)
                await client.send(head)
                let piece = "10000\r\n" + String(repeating: "x", count: 65_536) + "\r\n"
                var sent = 0
                while sent < 1000, await client.send(piece) { sent += 1 }
                #expect(sent < 1000, "64 MB were taken")
            }
        }
    }

    @Test func `who ask twice at once are answered twice, in order`() async throws {
        try await serving { port in
            let client = try RawClient(port: port)
            await client.send(
                "GET /sign-in HTTP/1.1\r\nHost: a\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            )
            let text = try #require(await client.readToEnd())
            #expect(text.hasPrefix("HTTP/1.1 200"))
            #expect(text.components(of: "HTTP/1.1 404") == 1)
        }
    }
}

/// A service that has no database, which none of these clients gets as far as.
func serving(
    _ limits: Limits = Limits(),
    _ work: @escaping @Sendable (Int) async throws -> Void
) async throws {
    try await servingWatched(limits) { port, _ in try await work(port) }
}

/// The same, with the port at which its operator asks.
func servingWatched(
    _ limits: Limits = Limits(),
    _ work: @escaping @Sendable (Int, Int) async throws -> Void
) async throws {
    let database = Database(connecting: "host=/nonexistent", logger: .silent)
    try await whileServing(database, limits: limits, work)
    await database.shutdown()
}

func expectRefusal(
    _ answer: String?,
    _ statuses: Set<Int>,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let text = try #require(answer, "the connection stayed open", sourceLocation: sourceLocation)
    let status = Int(text.split(separator: " ").dropFirst().first ?? "") ?? 0
    #expect(statuses.contains(status), "\(text)", sourceLocation: sourceLocation)
    for header in [
        "content-security-policy: default-src 'none'", "x-content-type-options: nosniff", "connection: close",
        "referrer-policy: no-referrer", "cache-control: no-store",
        "content-type: application/problem+json; charset=utf-8",
    ] {
        #expect(text.lowercased().contains(header), "\(text)", sourceLocation: sourceLocation)
    }
}

extension String {
    /// How often it holds `part`.
    func components(of part: String) -> Int {
        var (count, rest) = (0, utf8[...])
        let part = Array(part.utf8)
        while rest.count >= part.count {
            if rest.starts(with: part) { count += 1 }
            rest = rest.dropFirst()
        }
        return count
    }
}
