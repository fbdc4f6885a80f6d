import HTTPTypes
import Hummingbird
import Identity
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Other sites` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test(
        arguments: [
            (site: "cross-site", origin: nil), (site: "same-site", origin: nil), (site: "", origin: nil),
            (site: "SAME-ORIGIN", origin: nil), (site: "cross-site", origin: "http://localhost"),
            (site: nil, origin: "https://evil.example"), (site: nil, origin: "null"), (site: nil, origin: ""),
            (site: nil, origin: "http://localhost.evil.example"),
            (site: nil, origin: "http://localhost:8080"),
            (site: nil, origin: "localhost"), (site: nil, origin: "http://evil.example/localhost"),
            (site: nil, origin: "http://localhost/"),
        ] as [(site: String?, origin: String?)]
    )
    func `get nothing done`(site: String?, origin: String?) async throws {
        let session = try await sample.scratch.openSession(of: sample.bob)
        var browser = Browser(sample.database, session: session)
        let token = try #require(try await browser.get("/account").formToken)
        let routes = browser.caller.router.routes.filter(\.isUnsafe)
        #expect(routes.count >= 13)
        for route in routes {
            var browser = browser
            browser.caller.accept = nil
            let answer = try await browser.post(
                route.address,
                ["form_token": token],
                site: site,
                origin: origin
            )
            #expect(try answer.isProblem(403) == "other-site", "\(route)")
            #expect(answer.cookies.isEmpty)
        }
        #expect(try await isSignedIn(browser))
    }

    @Test(
        arguments: [
            (site: "same-origin", origin: nil), (site: "none", origin: nil),
            (site: "same-origin", origin: "https://behind-a-proxy.example"),
            (site: nil, origin: "http://localhost"),
            (site: nil, origin: "https://LOCALHOST"),
        ] as [(site: String?, origin: String?)]
    )
    func `are not those of ours`(site: String?, origin: String?) async throws {
        for route in Browser(sample.database).caller.router.routes
        where route.isUnsafe && !route.isOfTheAPI && !route.isOfOtherOffices {
            var browser = try await sample.scratch.browser(of: sample.alice)
            browser.caller.accept = nil
            let answer = try await browser.post(route.address, site: site, origin: origin)
            #expect(answer.status < 500, "\(route)")
            // Not everything is for a president to do.
            if answer.status == 403 { #expect(try answer.isProblem(403) != "other-site", "\(route)") }
        }
    }

    @Test func `are told from a browser that says nothing by the token of the form`() async throws {
        let session = try await sample.scratch.openSession(of: sample.alice)
        var browser = Browser(sample.database, session: session)
        let token = try #require(try await browser.get("/account").formToken)
        #expect(token.utf8.count == 64)
        #expect(token != session.text)
        let other = try await sample.scratch.openSession(of: sample.charlie)
        var charlie = Browser(sample.database, session: other)
        let charlies = try #require(try await charlie.get("/account").formToken)
        let routes = browser.caller.router.routes.filter {
            $0.isUnsafe && !$0.isOfTheAPI && !$0.isOfOtherOffices
        }
        for route in routes where !route.isOfALink {
            for wrong in ["", "x", charlies, token.uppercased(), String(token.dropLast()), session.text] {
                var browser = browser
                browser.caller.accept = nil
                let answer = try await browser.post(route.address, ["form_token": wrong], site: nil)
                #expect(try answer.isProblem(403) == "other-site", "\(route)")
            }
        }
        #expect(try await isSignedIn(browser))
        for route in routes {
            var browser = try await sample.scratch.browser(of: sample.alice)
            let token = try #require(try await browser.get("/account").formToken)
            browser.caller.accept = nil
            let answer = try await browser.post(route.address, ["form_token": token], site: nil)
            #expect(answer.status < 500, "\(route)")
            // Not everything is for a president to do.
            if answer.status == 403 { #expect(try answer.isProblem(403) != "other-site", "\(route)") }
        }
    }

    @Test func `get nothing done over the API with somebody's cookie`() async throws {
        let session = try await sample.scratch.openSession(of: sample.bob)
        var browser = Browser(sample.database, session: session)
        let token = try #require(try await browser.get("/account").formToken)
        var caller = Caller(database: sample.database)
        caller.cookie = "\(Browser.sessionCookie)=\(session.text)"
        let header = try #require(HTTPField.Name("X-Form-Token"))
        let routes = caller.router.routes.filter { $0.isUnsafe && $0.isOfTheAPI }
        #expect(routes.count >= 10)
        for route in routes {
            for (shown, isRight) in [(nil, false), ("", false), (session.text, false), (token, true)] {
                var headers: HTTPFields = [.contentType: "application/json"]
                headers[header] = shown
                let answer = try await caller.send(
                    route.method,
                    route.address,
                    headers: headers,
                    body: ByteBuffer(string: "{}")
                )
                if isRight {
                    #expect(!answer.text.contains("other-site"), "\(route): \(answer.text)")
                } else {
                    #expect(try answer.isProblem(403) == "other-site", "\(route)")
                }
            }
        }
    }

    @Test func `cannot sign somebody in by a form without a token`() async throws {
        try await sample.scratch.setPassword(of: sample.bob)
        var browser = Browser(sample.database)
        let fields: KeyValuePairs = ["email": "bob@example.org", "password": ScratchDatabase.password]
        #expect(try await browser.post("/sign-in", fields, site: nil).status == 403)
        #expect(browser.session == nil)
        let token = try #require(try await browser.get("/sign-in").formToken)
        let cookie = try #require(browser.cookies[Browser.formCookie])
        #expect(token != cookie)
        // The token of somebody else's form is of no use in this browser.
        var other = Browser(sample.database)
        let foreign = try #require(try await other.get("/sign-in").formToken)
        #expect(foreign != token)
        func form(with token: String) -> KeyValuePairs<String, String> {
            [
                "email": "bob@example.org", "password": ScratchDatabase.password, "form_token": token,
            ]
        }
        #expect(try await browser.post("/sign-in", form(with: foreign), site: nil).status == 403)
        #expect(try await browser.post("/sign-in", form(with: token), site: nil).status == 303)
        #expect(try await isSignedIn(browser))
    }

    @Test func `cannot use a link by a form without a token`() async throws {
        var browser = Browser(sample.database)
        _ = try await browser.post("/sign-in/link", ["email": "bob@example.org"])
        let link = try await sample.scratch.lastLink()
        #expect(try await browser.post(link, site: nil).status == 403)
        #expect(try await browser.post(link, site: "cross-site").status == 403)
        let token = try #require(try await browser.get(link).formToken)
        #expect(try await browser.post(link, ["form_token": token], site: nil).status == 303)
    }

    @Test func `cannot make up for a wrong header by a cookie`() async throws {
        let session = try await sample.scratch.openSession(of: sample.bob)
        var caller = Caller(database: sample.database)
        caller.cookie = "__Host-chapterhouse=\(session.text)"
        #expect(try await caller.get("/account").status == 200)
        for value in [
            "", "Bearer", "Bearer ", "Basic eDp4", "Bearer \(session.text)",
            "Bearer chapterhouse_1_" + String(repeating: "0", count: 64),
        ] {
            let headers: HTTPFields = [
                .authorization: value, .contentType: "application/x-www-form-urlencoded",
            ]
            #expect(try await caller.send(.get, "/account", headers: headers).status == 401, "\(value)")
            let answer = try await caller.send(.post, "/account/sessions/end-others", headers: headers)
            #expect(answer.status == 401, "\(value)")
            _ = try await caller.send(.post, "/sign-out", headers: headers)
        }
        #expect(try await caller.get("/account").status == 200)
    }

    @Test func `get nothing done by asking, either`() async throws {
        let session = try await sample.scratch.openSession(of: sample.bob)
        for route in Browser(sample.database).caller.router.routes where route.isUnsafe {
            var browser = Browser(sample.database, session: session)
            browser.caller.accept = nil
            _ = try await browser.get(route.address)
            #expect(try await browser.caller.send(.head, route.address).status != 500)
        }
        #expect(try await isSignedIn(Browser(sample.database, session: session)))
        #expect(try await sample.scratch.mails().isEmpty)
    }
}

extension Router<AnyoneContext>.RouteDescription {
    /// Whether it needs a secret that only the mail says.
    fileprivate var isOfALink: Bool {
        "\(path)".contains("{secret}")
    }
}
