import Fetching
import Identity
import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

/// A chapter, and a provider at which people have accounts.
struct ProviderScene {
    let worked: WorkedMonth
    let server: OpenIDProvider
    let provider: Provider

    init(tokensLast seconds: Int = 3600, lookingForKeysAfter minute: Duration = .seconds(60)) async throws {
        worked = try await WorkedMonth()
        server = try OpenIDProvider(tokensLast: seconds)
        provider = try Self.provider(server.issuer, lookingForKeysAfter: minute)
    }

    static func provider(
        _ issuer: String,
        milliseconds: Int = 10_000,
        lookingForKeysAfter minute: Duration = .seconds(60)
    ) throws -> Provider {
        try #require(
            Provider(
                name: "Example <ID>",
                issuer: issuer,
                client: ProviderClient(id: "chapter&house", secret: "p@ss:w/örd+%"),
                fetcher: Fetcher(milliseconds: milliseconds),
                lookingForKeysAfter: minute
            )
        )
    }

    func browser() -> TravellingBrowser {
        TravellingBrowser(database: worked.scratch.database, provider: provider)
    }

    /// Goes to the provider, signs in there, and returns where it sends the browser: an address of ours.
    func visit(_ browser: TravellingBrowser, as subject: String) async throws -> String {
        let answer = try await browser.get("/sign-in/provider", from: "same-origin")
        #expect(answer.status == 303, "\(answer.text)")
        return try way(back: server.enter(subject, at: try #require(answer["Location"])))
    }

    /// An address of ours without the house.
    func way(back place: String) throws -> String {
        try #require(place.hasPrefix(TravellingBrowser.house + "/"), "\(place)")
        return String(place.dropFirst(TravellingBrowser.house.count))
    }

    /// Links an account to whoever is signed in at the browser.
    func link(_ browser: TravellingBrowser, _ subject: String) async throws -> Answer {
        let page = try await browser.post("/account/provider")
        #expect(page.status == 200, "\(page.text)")
        let start = try #require(page.text.firstRange(of: "href=\"\(server.issuer)")).lowerBound
        let escaped = page.text[start...].dropFirst(6).prefix { $0 != "\"" }
        let place = String(escaped).replacing("&amp;", with: "&").replacing("&#61;", with: "=")
        return try await browser.get(try way(back: server.enter(subject, at: place)), from: "cross-site")
    }

    func linked(_ email: String, to subject: String) async throws -> TravellingBrowser {
        let browser = browser()
        try await browser.signIn(email)
        #expect(try await link(browser, subject)["Location"] == "/account")
        return browser
    }

    /// Whether the browser shows the start page.
    func isSignedIn(_ browser: TravellingBrowser) async throws -> Bool {
        try await browser.get("/account").status == 200
    }
}

@Suite(.freshDatabase)
struct `Signing in through a provider` {
    let scene: ProviderScene
    let ben: String

    init() async throws {
        scene = try await ProviderScene()
        ben = try #require(scene.worked.ben.email).description
    }

    @Test func `is offered where there is one`() async throws {
        let page = try await scene.browser().get("/sign-in")
        #expect(page.text.contains("href=\"/sign-in/provider\">Sign in with Example &lt;ID&gt;<"))
        let without = TravellingBrowser(database: scene.worked.scratch.database, provider: nil)
        #expect(try await !without.get("/sign-in").text.contains("/sign-in/provider"))
        for address in ["/sign-in/provider", "/sign-in/provider/callback?code=1&state=2"] {
            #expect(try await without.get(address).status == 404)
        }
    }

    @Test func `lets in who linked the account, and shows it at their own`() async throws {
        let first = try await scene.linked(ben, to: "ben-at-id")
        let account = try await first.get("/account").text
        #expect(account.contains("Example &lt;ID&gt;<br><span class=\"hint\">ben-at-id, since "))
        let browser = scene.browser()
        let answer = try await browser.get(
            try await scene.visit(browser, as: "ben-at-id"),
            from: "cross-site"
        )
        #expect(answer.status == 303)
        #expect(answer["Location"] == "/")
        #expect(browser.cookies["__Host-visit"] == nil)
        #expect(try await browser.get("/chapters/worked-example").text.contains("Ben Berg"))
    }

    @Test func `shows its secret in the way the provider wants`() async throws {
        try scene.server.want(secret: "p@ss:w/örd+%")
        _ = try await scene.linked(ben, to: "by-header")
        try scene.server.say("token_endpoint_auth_methods_supported", "[\"client_secret_post\"]")
        let other = ProviderScene(scene, provider: try ProviderScene.provider(scene.server.issuer))
        _ = try await other.linked(ben, to: "by-form")
        try scene.server.want(secret: "another")
        let browser = other.browser()
        #expect(try await browser.get(try await other.visit(browser, as: "by-form")).status == 403)
    }

    @Test func `asks for the second factor afterwards`() async throws {
        let first = try await scene.linked(ben, to: "ben-at-id")
        _ = try await first.post("/account/second-factor")
        try await scene.worked.scratch.superuser.withConnection { connection in
            try await connection.run(script: "UPDATE app.second_factor SET confirmed_at = now()")
        }
        let browser = scene.browser()
        let answer = try await browser.get(try await scene.visit(browser, as: "ben-at-id"))
        #expect(answer["Location"] == "/sign-in/code")
        #expect(try await browser.get("/")["Location"] == "/sign-in/code")
        #expect(try await browser.post("/account/provider")["Location"] == "/sign-in/code")
    }

    @Test func `knows nobody by their e-mail`() async throws {
        // The mock gives whoever signs in their name as e-mail.
        let browser = scene.browser()
        let answer = try await browser.get(try await scene.visit(browser, as: ben))
        #expect(answer.status == 403)
        #expect(answer.text.contains("Nobody here has linked this account"))
        #expect(try await !scene.isSignedIn(browser))
    }

    @Test func `is over once the account is unlinked, or its person kept out`() async throws {
        let first = try await scene.linked(ben, to: "ben-at-id")
        let stranger = scene.browser()
        try await stranger.signIn(try #require(scene.worked.anna.email).description)
        let form = "issuer=\(scene.server.issuer)&subject=ben-at-id"
        #expect(try await stranger.post("/account/provider/unlink", form).status == 404)
        #expect(try await first.post("/account/provider/unlink", form)["Location"] == "/account")
        let unlinked = scene.browser()
        #expect(try await unlinked.get(try await scene.visit(unlinked, as: "ben-at-id")).status == 403)

        #expect(try await scene.link(first, "ben-at-id")["Location"] == "/account")
        _ = try await scene.worked.shell.run(.disable(scene.worked.ben.person, true))
        let disabled = scene.browser()
        #expect(try await disabled.get(try await scene.visit(disabled, as: "ben-at-id")).status == 403)
        #expect(try await !scene.isSignedIn(disabled))
    }

    @Test func `links no account that is somebody else's`() async throws {
        _ = try await scene.linked(ben, to: "one")
        let anna = scene.browser()
        try await anna.signIn(try #require(scene.worked.anna.email).description)
        let answer = try await scene.link(anna, "one")
        #expect(answer.status == 409)
        let browser = scene.browser()
        _ = try await browser.get(try await scene.visit(browser, as: "one"))
        #expect(try await browser.get("/chapters/worked-example").text.contains("Ben Berg"))
    }

    @Test func `links only for who has just shown that it is them, and only by a form of ours`() async throws
    {
        let browser = scene.browser()
        try await browser.signIn(ben)
        // Signing in while signed in links nothing.
        #expect(try await browser.get(try await scene.visit(browser, as: "new")).status == 403)
        #expect(try await browser.get("/account/provider").status == 405)
        try await scene.worked.scratch.superuser.withConnection { connection in
            try await connection.run(
                script: "UPDATE app.session SET proved_at = now() - interval '16 minutes'"
            )
        }
        for address in ["/account/provider", "/account/provider/unlink"] {
            #expect(try await browser.post(address)["Location"] == "/account/prove")
        }
    }

    @Test func `does not link when somebody else has signed in meanwhile`() async throws {
        let browser = scene.browser()
        try await browser.signIn(ben)
        let page = try await browser.post("/account/provider")
        let start = try #require(page.text.firstRange(of: "href=\"\(scene.server.issuer)")).lowerBound
        let place = String(page.text[start...].dropFirst(6).prefix { $0 != "\"" })
            .replacing("&amp;", with: "&").replacing("&#61;", with: "=")
        let back = try scene.way(back: scene.server.enter("new", at: place))
        try await browser.signIn(try #require(scene.worked.anna.email).description)
        #expect(try await browser.get(back).status == 403)
        let other = scene.browser()
        #expect(try await other.get(try await scene.visit(other, as: "new")).status == 403)
    }

    @Test func `does not begin from another site`() async throws {
        for site in ["cross-site", "same-site"] {
            let answer = try await scene.browser().get("/sign-in/provider", from: site)
            #expect(answer["Location"] == "/sign-in")
            #expect(answer["Set-Cookie"] == nil)
        }
    }

    @Test func `has to wait like every other way`() async throws {
        let browser = scene.browser()
        var statuses: Set<Int> = []
        for _ in 0..<65 { statuses.insert(try await browser.get("/sign-in/provider").status) }
        #expect(statuses == [303, 429])
    }
}

extension ProviderScene {
    /// The same, with another view of the provider.
    init(_ scene: ProviderScene, provider: Provider) {
        worked = scene.worked
        server = scene.server
        self.provider = provider
    }
}
