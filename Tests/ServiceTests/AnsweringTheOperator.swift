import HTTPTypes
import Hummingbird
import Logging
import Service
import Storage
import Synchronization
import TestSupport
import Testing

@Suite
struct `Answering the operator` {
    @Test func `without a database it lives, is not ready, and counts`() async throws {
        let database = Database(connecting: "host=/nonexistent", logger: .silent)
        try await whileServing(database) { port, adminPort in
            _ = try await get("/sign-in", port)
            _ = try await get("/sign-in/../x?token=secret", port)
            #expect(try await get("/livez", adminPort).hasPrefix("HTTP/1.1 200"))
            #expect(try await get("/readyz", adminPort).hasPrefix("HTTP/1.1 503"))
            let metrics = try await get("/metrics", adminPort)
            #expect(
                metrics.contains(
                    "chapterhouse_http_requests_total{route=\"/sign-in\",method=\"GET\",status=\"2xx\"} 1\n"
                )
            )
            #expect(metrics.contains("{route=\"none\",method=\"GET\",status=\"4xx\"} 1\n"))
            #expect(
                metrics.contains(
                    "chapterhouse_http_request_seconds_bucket{route=\"/sign-in\",le=\"+Inf\"} 1\n"
                )
            )
            #expect(!metrics.contains("secret"))
            #expect(metrics.contains("chapterhouse_http_refusals_total{status=\"404\"} 1\n"))
            #expect(metrics.contains("chapterhouse_ready 0\n"))
            #expect(!metrics.contains("chapterhouse_jobs_due"))
        }
        await database.shutdown()
    }

    @Test func `the log is lines of JSON without what was asked for`() async throws {
        let lines = Lines()
        let database = Database(connecting: "host=/nonexistent", logger: .silent)
        try await whileServing(database, logger: JSONLog.logger { lines.add($0) }) { port, _ in
            _ = try await get("/sign-in?token=sesame", port)
            _ = try await get("/sesame", port)
        }
        await database.shutdown()
        let entries = try lines.all.map { try JSON($0) }
        let requests = entries.filter { $0["message"] == .string("request") }
        #expect(requests.map { $0["route"]?.string } == ["/sign-in", "none"])
        #expect(requests.map { $0["status"]?.number } == [200, 404])
        #expect(requests.allSatisfy { $0["request_id"]?.string?.isEmpty == false })
        #expect(!lines.all.contains { $0.contains("sesame") })
    }

    @Test func `nobody forges a line`() throws {
        let lines = Lines()
        JSONLog.logger { lines.add($0) }.error(
            "a\n{\"level\":\"info\"}\u{1b}[0m",
            metadata: ["x\n": "\r\n\u{0}"]
        )
        let line = try #require(lines.all.first)
        #expect(line.utf8.filter { $0 < 0x20 } == [0x0a])
        #expect(try JSON(line)["level"] == .string("error"))
    }

    private func get(_ address: String, _ port: Int) async throws -> String {
        let client = try RawClient(port: port)
        await client.send("GET \(address) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        return try #require(await client.readToEnd())
    }
}

@Suite
struct `Trusting proxies` {
    static let proxies = TrustedProxies(["10.0.0.0/8", "fd00::/8"].compactMap { TrustedProxies.Network($0) })

    @Test func `believes nobody else`() {
        for header in ["1.1.1.1", "2.2.2.2", "10.0.0.1"] {
            #expect(Self.proxies.client(of: "9.9.9.9", forwardedFor: [header]) == "9.9.9.9")
        }
        #expect(TrustedProxies().client(of: "10.0.0.1", forwardedFor: ["1.1.1.1"]) == "10.0.0.1")
    }

    @Test func `takes the rightmost address that is no proxy`() {
        let client = { (headers: [String]) in Self.proxies.client(of: "10.0.0.1", forwardedFor: headers) }
        #expect(client(["6.6.6.6, 1.2.3.4"]) == "1.2.3.4")
        #expect(client(["6.6.6.6", "1.2.3.4, 10.1.1.1"]) == "1.2.3.4")
        #expect(client(["1.2.3.4, fd00::1 "]) == "1.2.3.4")
        #expect(client([]) == "10.0.0.1")
        #expect(client(["1.2.3.4, rubbish"]) == "10.0.0.1")
        #expect(client(["2001:db8::1"]) == "2001:db8::1")
    }

    @Test(arguments: ["", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "host", "10.0.0.0/", "/8"])
    func `knows a range when it sees one`(_ text: String) {
        #expect(TrustedProxies.Network(text) == nil)
    }
}

@Suite
struct `Asking in the wrong way` {
    @Test func `is answered with what can be asked, for every route`() async throws {
        let database = Database(connecting: "host=/nonexistent", logger: .silent)
        let caller = Caller(database: database)
        let routes = ChapterhouseService.router(database: database).routes
        #expect(!routes.isEmpty)
        for route in routes {
            let parts = route.path.map { part in
                "\(part)".hasPrefix("{") ? "x\("\(part)".drop { $0 != "}" }.dropFirst())" : "\(part)"
            }
            let address = "/" + parts.joined(separator: "/")
            let answer = try await caller.send(.trace, address)
            #expect(try answer.isProblem(405) == "method")
            #expect(answer["Allow"]?.contains(route.method.rawValue) == true)
            #expect(answer["Content-Security-Policy"]?.hasPrefix("default-src 'none'") == true)
        }
        try await caller.send(.trace, "/nowhere").isProblem(404)
        #expect(try await caller.send(.head, "/sign-in").status == 200)
        await database.shutdown()
    }
}

/// What was logged, in order.
private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] {
        lines.withLock { $0 }
    }

    func add(_ line: [UInt8]) {
        lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
    }
}
