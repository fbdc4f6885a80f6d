import Identity
import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite
struct `Coming through nginx` {
    private static let page = "GET /sign-in HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"

    @Test func `one is told of https by the service, and by nobody twice`() async throws {
        try await ServiceBehindNginx.whileRunning { scene in
            let answer = try await scene.answers(
                to: Self.page + "Accept-Encoding: gzip, br, deflate\r\n\r\n"
            )
            let head = try #require(answer.firstRange(of: "\r\n\r\n")).lowerBound
            let fields = answer[..<head].lowercased().split(separator: "\r\n").map(String.init)
            #expect(fields.first == "http/1.1 200 ok")
            for (name, value) in [
                ("strict-transport-security", "max-age=31536000; includesubdomains"),
                ("content-security-policy", "default-src 'none';"), ("referrer-policy", "no-referrer"),
                ("x-content-type-options", "nosniff"), ("cache-control", "no-store"), ("server", "nginx"),
            ] {
                let found = fields.filter { $0.hasPrefix("\(name): ") }
                #expect(found.count == 1 && found[0].hasPrefix("\(name): \(value)"), "\(found)")
            }
            #expect(fields.contains("server: nginx"))
            let cookies = fields.filter { $0.hasPrefix("set-cookie: ") }
            #expect(!cookies.isEmpty)
            #expect(cookies.allSatisfy { $0.hasPrefix("set-cookie: __host-") && $0.contains("; secure") })
            #expect(!fields.contains { $0.hasPrefix("content-encoding") })
        }
    }

    @Test func `what is refused says so as the service does`() async throws {
        let close = "Host: a\r\nConnection: close\r\n\r\n"
        let long = String(repeating: "x", count: 9000)
        let large = String(repeating: "x", count: 1_048_577)
        let refused: [(String, Int)] = [
            ("TRACE /sign-in HTTP/1.1\r\nCookie: secret\r\n\(close)", 405),
            ("CONNECT a:443 HTTP/1.1\r\n\(close)", 400), ("rubbish\r\n\r\n", 400),
            ("GET /sign-in HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n", 421),
            ("GET /nginx-refuses HTTP/1.1\r\n\(close)", 404),
            ("GET /\(long) HTTP/1.1\r\n\(close)", 431), ("GET / HTTP/1.1\r\nX: \(long)\r\n\(close)", 431),
            ("POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: \(large.utf8.count)\r\n\r\n", 413),
            (
                "POST /sign-in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "\(String(large.utf8.count, radix: 16))\r\n\(large)\r\n0\r\n\r\n", 413
            ),
            // These the service refuses: what its operator asks is asked elsewhere.
            ("GET /metrics HTTP/1.1\r\n\(close)", 404), ("GET /readyz HTTP/1.1\r\n\(close)", 404),
            ("GET /%ff HTTP/1.1\r\n\(close)", 400),
        ]
        try await ServiceBehindNginx.whileRunning { scene in
            for (request, status) in refused {
                let answer = try await scene.answers(to: request)
                try expectRefusal(answer, [status])
                let encryption = "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n"
                #expect(answer.components(of: encryption) == 1, "\(answer)")
                #expect(answer.components(of: "Content-Security-Policy: ") == 1, "\(answer)")
                #expect(!answer.contains("secret"))
                let allowed = "Allow: GET, HEAD, POST, PUT, PATCH, DELETE\r\n"
                #expect(answer.contains(allowed) == (status == 405), "\(answer)")
            }
        }
    }

    @Test func `a form that is too long is refused by the service, and the client learns why`() async throws {
        try await ServiceBehindNginx.whileRunning { scene in
            let answer = try await scene.answers(
                to: "POST /sign-in HTTP/1.1\r\nHost: a\r\nOrigin: https://a\r\nConnection: close\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 300000\r\n\r\n"
                    + String(repeating: "x", count: 300_000)
            )
            #expect(answer.hasPrefix("HTTP/1.1 413"), "\(answer.prefix(1000))")
            #expect(!answer.contains("/problems/proxy"))
        }
    }

    @Test func `a slow client keeps nginx waiting, and not the service`() async throws {
        try await ServiceBehindNginx.whileRunning { scene in
            let head = try RawClient(port: scene.door)
            await head.send("GET /sign-in HTTP/1.1\r\nHo")
            let body = try RawClient(port: scene.door)
            await body.send("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab")
            #expect(try await scene.answers(to: Self.page + "\r\n").hasPrefix("HTTP/1.1 200"))
            let figures = try await scene.figures()
            #expect(figures.connections == 1 && figures.answered == 1)
            await body.send("cd")
            #expect(await body.read(through: "\r\n")?.hasPrefix("HTTP/1.1 404") == true)
            // After ten seconds nginx waits no more.
            #expect(await head.readToEnd() == "")
        }
    }

    @Test func `more than sixty-four at once of one network are told so`() async throws {
        try await ServiceBehindNginx.whileRunning { scene in
            var waiting: [RawClient] = []
            var answer = "HTTP/1.1 200"
            let deadline = ContinuousClock.now + .seconds(60)
            // nginx waits ten seconds for each: where it is slow, others come to those who gave up.
            while answer.hasPrefix("HTTP/1.1 200") && ContinuousClock.now < deadline {
                for _ in 0..<(waiting.isEmpty ? 64 : 8) {
                    let client = try RawClient(port: scene.door)
                    await client.send("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab")
                    waiting.append(client)
                }
                answer = try await scene.answers(to: Self.page + "\r\n")
            }
            try expectRefusal(answer, [429])
            #expect(answer.contains("Retry-After: 5\r\n"))
            let elsewhere = try scene.nginx.door(from: "127.0.9.5")
            #expect(try await scene.answers(to: Self.page + "\r\n", at: elsewhere).hasPrefix("HTTP/1.1 200"))
            withExtendedLifetime(waiting) {}
        }
    }

    @Test func `without https there is a way to it, and none for programs`() async throws {
        try await ServiceBehindNginx.whileRunning { scene in
            func answer(_ request: String) async throws -> String {
                try await scene.answers(
                    to: "\(request) HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
                    at: scene.nginx.plainPort
                )
            }
            let page = try await answer("GET /chapters/alder?month=2026-10")
            #expect(page.hasPrefix("HTTP/1.1 301"))
            #expect(page.contains("\r\nLocation: https://a/chapters/alder?month=2026-10\r\n"))
            #expect(try await answer("GET /api/v1/me").hasPrefix("HTTP/1.1 403"))
            #expect(try await answer("GET /.well-known/acme-challenge/token").hasSuffix("proof"))
            #expect(try await scene.figures().answered == 0)
        }
    }

    @Test func `leaves nothing in a log of who came or what they asked for`() async throws {
        try await ServiceBehindNginx.whileRunning { scene in
            for path in ["/sign-in?token=sesame", "/sign-in/link/sesame", "/sesame?x"] {
                _ = try await scene.answers(
                    to: "GET \(path) HTTP/1.1\r\nHost: a\r\nUser-Agent: sesame\r\nReferer: sesame\r\n"
                        + "Connection: close\r\n\r\n"
                )
                _ = try await scene.answers(
                    to: "GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                    at: scene.nginx.plainPort
                )
            }
            let log = try scene.nginx.log()
            #expect(log.requests.map { $0["status"]?.number } == [200, 301, 404, 301, 404, 301])
            #expect(!log.text.contains("sesame") && !log.text.contains("127.0.0."), "\(log.text)")
        }
    }

    @Test func `says when the service is not there, and to the client alone`() async throws {
        let nginx = try Nginx(before: 1)
        let client = try RawClient(port: try nginx.door(from: "127.0.0.5"))
        await client.send("GET /sign-in/link/sesame HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let answer = await client.readToEnd()
        try expectRefusal(answer, [502])
        #expect(answer?.contains("Retry-After: 5\r\n") == true)
        let log = try nginx.log()
        #expect(log.requests.map { $0["status"]?.number } == [502])
        #expect(!log.text.contains("sesame") && !log.text.contains("127.0.0.5"), "\(log.text)")
    }
}

@Suite(.sampleDatabase)
struct `Coming through nginx from somewhere` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    private static let lies =
        "X-Forwarded-For: 198.51.100.1\r\nForwarded: for=198.51.100.1;proto=http\r\nX-Real-IP: 198.51.100.1\r\n"
        + "X-Forwarded-Proto: http\r\nOrigin: https://a\r\n"

    @Test func `opens a session there, whatever the client says`() async throws {
        let secret = Secret()
        let email = try #require(EmailAddress("bob@example.org"))
        #expect(
            try await sample.scratch.nobody.run(
                .makeLink(.signIn, for: email, hash: secret.hash, minutes: 15)
            )
        )
        try await ServiceBehindNginx.whileRunning(on: sample.database) { scene in
            let answer = try await scene.answers(
                to: form("/sign-in/link/\(secret.text)", "", Self.lies)
            )
            #expect(answer.hasPrefix("HTTP/1.1 303"), "\(answer)")
            #expect(answer.contains("Set-Cookie: __Host-chapterhouse="))
        }
        let places = Query<[String]>(values: "SELECT DISTINCT address FROM app.session")
        #expect(try await sample.scratch.superuser.run(places) == ["127.0.0.5"])
    }

    @Test func `counts there, whatever the client says`() async throws {
        try await ServiceBehindNginx.whileRunning(on: sample.database) { scene in
            var statuses: [Substring] = []
            for number in 0..<21 {
                let lies = Self.lies.replacing("198.51.100.1", with: "198.51.\(number).1")
                let answer = try await scene.answers(
                    to: form("/sign-in/link", "email=nobody\(number)%40example.org", lies)
                )
                statuses.append(answer.dropFirst("HTTP/1.1 ".count).prefix(3))
            }
            #expect(statuses == Array(repeating: "200", count: 20) + ["429"])
            let elsewhere = try await scene.answers(
                to: form("/sign-in/link", "email=nobody%40example.org", Self.lies),
                at: try scene.nginx.door(from: "127.0.9.5")
            )
            #expect(elsewhere.hasPrefix("HTTP/1.1 200"))
        }
    }

    private func form(_ path: String, _ fields: String, _ headers: String) -> String {
        "POST \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\(headers)"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(fields.utf8.count)\r\n\r\n\(fields)"
    }
}
