import HTTPTypes
import Hummingbird
import Identity
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Every answer` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    /// Who asks: each gets other pages, redirects and refusals of the same routes.
    enum Asker: CaseIterable {
        case nobody, member, program, stranger, halfSignedIn, shower
    }

    @Test(arguments: Asker.allCases, ["text/html", "application/json", "text/csv", "image/png"])
    func `says what a browser may do with it`(_ asker: Asker, _ accept: String) async throws {
        let routes = Caller(database: sample.database).router.routes
        #expect(routes.count > 20)
        // What has its format in its address does not care what is accepted.
        for route in routes where accept == "text/html" || !"\(route.path)".hasFormat {
            var caller = try await caller(asker)
            caller.accept = accept
            expectHeaders(try await caller.ask(route))
        }
    }

    @Test func `says it whatever went wrong`() async throws {
        let member = try await sample.caller(sample.bob)
        let thanks = "/api/v1/chapters/alder/thanks"
        expectHeaders(try await member.get("/nowhere"), is: 404)
        expectHeaders(try await member.get("/api/v1/chapters/nowhere/thanks"), is: 404)
        expectHeaders(try await member.send(.trace, thanks), is: 405)
        expectHeaders(try await member.get("\(thanks)?limit=x"), is: 400)
        let types: [(String, String, Int)] = [
            ("text/plain", "{}", 415), ("application/json", "{", 400), ("application/json", "{}", 422),
            ("application/json", String(repeating: "[", count: 5000), 400),
        ]
        for (type, body, status) in types {
            let answer = try await member.send(
                .post,
                thanks,
                headers: [.contentType: type],
                body: ByteBuffer(string: body)
            )
            expectHeaders(answer, is: status)
        }
        var stranger = Browser(sample.database)
        expectHeaders(try await stranger.post("/sign-in", site: "cross-site"), is: 403)
        let full = String(repeating: "a", count: 20_000)
        expectHeaders(try await stranger.post("/sign-in", ["email": full]), is: 413)
        for _ in 0..<5 { _ = try await stranger.post("/sign-in/link", ["email": "bob@example.org"]) }
        expectHeaders(try await stranger.post("/sign-in/link", ["email": "bob@example.org"]), is: 429)
        let database = Database(connecting: "host=/nonexistent", logger: .silent)
        var lost = member
        lost = Caller(database: database, token: lost.token, isAlone: true)
        expectHeaders(try await lost.get("/"), is: 503)
        await database.shutdown()
    }

    @Test func `is never compressed, for it holds secrets beside what was typed`() async throws {
        for address in ["/sign-in", "/nowhere", "/assets/chapterhouse.css"] {
            let answer = try await Caller(database: sample.database)
                .send(.get, address, headers: [.acceptEncoding: "gzip, br, deflate, zstd"])
            #expect(answer["Content-Encoding"] == nil)
            #expect(!answer.text.isEmpty)
        }
    }

    @Test func `without https says nothing of it`() async throws {
        let router = ChapterhouseService.router(
            database: sample.database,
            settings: .init(host: "", port: 0, baseURL: "http://127.0.0.1:8080")
        )
        let answer = try await router.buildResponder().answer(.get, "/sign-in")
        #expect(answer.status == 200)
        #expect(answer.headers[.strictTransportSecurity] == nil)
    }

    private func expectHeaders(
        _ answer: Answer,
        is status: Int? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        if let status {
            #expect(
                answer.status == status,
                "\(answer.address): \(answer.text)",
                sourceLocation: sourceLocation
            )
        }
        let wanted = [
            "Content-Security-Policy":
                "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
                + "manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
            "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
            "Cache-Control": answer.mayBeKept ?? "no-store",
        ]
        for (name, value) in wanted {
            #expect(answer[name] == value, "\(name) of \(answer.address)", sourceLocation: sourceLocation)
        }
        if !answer.text.isEmpty {
            let type = answer["Content-Type"] ?? ""
            #expect(
                type.contains("; charset=utf-8") || type.hasSuffix(".sheet"),
                "\(answer.address): \(type)",
                sourceLocation: sourceLocation
            )
        }
        if let place = answer["Location"] {
            #expect(
                place.hasPrefix("/") && !place.hasPrefix("//") && !place.hasPrefix("/\\"),
                "\(place)",
                sourceLocation: sourceLocation
            )
        }
        for cookie in answer.cookies {
            let parts = Set(cookie.split(separator: ";").dropFirst().map { $0.drop { $0 == " " } })
            #expect(cookie.hasPrefix("__Host-"), sourceLocation: sourceLocation)
            #expect(
                parts.isSuperset(of: ["Path=/", "Secure", "HttpOnly", "SameSite=Lax"]),
                "\(cookie)",
                sourceLocation: sourceLocation
            )
            #expect(!parts.contains { $0.hasPrefix("Domain") }, sourceLocation: sourceLocation)
        }
    }

    private func caller(_ asker: Asker) async throws -> Caller {
        var caller = Caller(database: sample.database)
        switch asker {
        case .nobody: return caller
        case .program: return try await sample.caller(sample.bob)
        case .stranger: return try await sample.caller(sample.charlie)
        case .member, .halfSignedIn:
            let session = try await sample.scratch.openSession(of: sample.bob, isProved: asker == .member)
            caller.cookie = "\(Browser.sessionCookie)=\(session.text)"
        case .shower:
            caller.token = "chapterhouse_1_\(String(repeating: "0", count: 64))"
            caller.cookie = "\(Browser.sessionCookie)=\(Secret().text)"
        }
        return caller
    }
}

extension Answer {
    /// How long what says nothing of anybody may be kept.
    fileprivate var mayBeKept: String? {
        guard status == 200 else { return nil }
        if address.hasPrefix("/assets/") { return "public, max-age=3600" }
        return address == "/api/v1/openapi.json" ? "public, no-cache" : nil
    }
}

extension String {
    fileprivate var hasFormat: Bool {
        [".json", ".csv", ".html", ".xlsx", ".pdf"].contains { hasSuffix($0) }
    }
}
