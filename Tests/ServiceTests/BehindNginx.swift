import Service
import Storage
import TestSupport
import Testing

/// A service as docs/proxies.md sets it up, with a real nginx and our sample of its settings before it.
struct ServiceBehindNginx: Sendable {
    let nginx: Nginx
    /// Where clients come in who are at 127.0.0.5.
    let door: Int
    let adminPort: Int

    static func whileRunning(
        on database: Database? = nil,
        limits: Limits = Limits(),
        _ work: @escaping @Sendable (ServiceBehindNginx) async throws -> Void
    ) async throws {
        let nowhere = Database(connecting: "host=/nonexistent", logger: .silent)
        try await whileServing(
            database ?? nowhere,
            limits: limits,
            baseURL: "https://a",
            proxies: TrustedProxies(["127.0.0.1"].compactMap { TrustedProxies.Network($0) })
        ) { port, adminPort in
            let nginx = try Nginx(before: port)
            try await work(
                ServiceBehindNginx(
                    nginx: nginx,
                    door: try nginx.door(from: "127.0.0.5"),
                    adminPort: adminPort
                )
            )
        }
        await nowhere.shutdown()
    }

    /// All that comes back on a connection of its own, until nginx closes it.
    func answers(to request: String, at port: Int? = nil) async throws -> String {
        let client = try RawClient(port: port ?? door)
        await client.send(request)
        return try #require(
            await client.readToEnd(),
            "the connection stayed open after \(request.prefix(200).debugDescription)"
        )
    }

    /// How many requests the service has answered, and how many connections it holds.
    func figures() async throws -> (answered: Int, connections: Int) {
        let text = try await answers(
            to: "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            at: adminPort
        )
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("chapterhouse_http_") }
        func sum(_ name: String) -> Int {
            lines.filter { $0.hasPrefix("chapterhouse_http_\(name)") }
                .reduce(0) { $0 + ($1.split(separator: " ").last.flatMap { Int($0) } ?? 0) }
        }
        return (sum("requests_total{"), sum("connections "))
    }
}

/// What two readers take for different requests, where the two are nginx and the service.
@Suite
struct `A request behind nginx` {
    @Test func `hides no other, and keeps none for whoever comes next`() async throws {
        try await ServiceBehindNginx.whileRunning { scene in
            var (answered, forwarded) = (0, 0)
            for attack in `A request within a request`.all + `Hostile clients`.malformed {
                var wasTried = false
                for _ in 1...5 where !wasTried {
                    let answers = try await scene.answers(
                        to: attack + "GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                    )
                    let next = try await scene.answers(
                        to: "GET /assets/chapterhouse.css HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                    )
                    #expect(next.hasPrefix("HTTP/1.1 200"), "\(attack.debugDescription): \(next)")
                    #expect(next.components(of: "HTTP/1.1 ") == 1, "\(attack.debugDescription): \(next)")
                    #expect(next.contains("Content-Type: text/css"), "\(attack.debugDescription): \(next)")

                    let figures = try await scene.figures()
                    let log = try scene.nginx.log()
                    // What the service refuses on the wire, it counts as no request.
                    let refused = answers.components(of: "/problems/request\"")
                    #expect(
                        figures.answered - answered + refused == log.forwarded - forwarded,
                        "\(attack.debugDescription): \(answers)"
                    )
                    (answered, forwarded) = (figures.answered, log.forwarded)
                    // Else the next one came by another connection than the attack: nginx closes one that rests for 4 s,
                    // and a busy machine may stand still for longer.
                    wasTried = figures.connections == 1
                }
                #expect(wasTried, "\(attack.debugDescription)")
            }
        }
    }
}
