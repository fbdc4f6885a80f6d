import Service
import TestSupport
import Testing

@Suite(.freshDatabase)
struct `A provider in trouble` {
    let scene: ProviderScene

    init() async throws {
        scene = try await ProviderScene()
    }

    private func begin(_ provider: Provider) async throws -> Answer {
        let browser = TravellingBrowser(database: scene.worked.scratch.database, provider: provider)
        return try await browser.get("/sign-in/provider")
    }

    @Test func `that is away, or says nothing, is a page that says so`() async throws {
        let away = try await begin(try ProviderScene.provider("http://127.0.0.1:1"))
        #expect(away.status == 503)
        #expect(away["Retry-After"] != nil)
        #expect(away.text.contains("Example &lt;ID&gt; cannot be reached now"))
        try scene.server.fail(OpenIDProvider.discovery, with: "hang")
        let hanging = try ProviderScene.provider(scene.server.issuer, milliseconds: 300)
        #expect(try await begin(hanging).status == 503)
        // Once it is back, so are we.
        try scene.server.heal()
        #expect(try await begin(hanging).status == 303)
    }

    @Test(arguments: ["garbage", "status 500", "status 404", "redirect"])
    func `that answers nonsense is a page that says so`(kind: String) async throws {
        try scene.server.fail(OpenIDProvider.discovery, with: kind)
        #expect(try await begin(scene.provider).status == 502)
        #expect(try scene.server.count("/elsewhere") == 0)
    }

    @Test func `that answers without end is cut short`() async throws {
        try scene.server.fail(OpenIDProvider.discovery, with: "huge")
        #expect(try await begin(scene.provider).status == 503)
    }

    @Test(arguments: [
        ("issuer", "\"https://other.example.org\""), ("issuer", "null"), ("token_endpoint", "7"),
        ("authorization_endpoint", "\"javascript:alert(1)\""),
        ("authorization_endpoint", "\"http://example.org/authorize\""),
        ("token_endpoint_auth_methods_supported", "[\"private_key_jwt\"]"),
    ])
    func `that describes itself as something else is not believed`(name: String, json: String) async throws {
        try scene.server.say(name, json)
        let answer = try await begin(scene.provider)
        #expect(answer.status == 502)
        #expect(answer["Location"] == nil)
    }

    @Test(arguments: [
        (OpenIDProvider.token, "garbage", 502), (OpenIDProvider.token, "status 500", 502),
        (OpenIDProvider.token, "status 400", 403), (OpenIDProvider.token, "huge", 503),
        (OpenIDProvider.keys, "garbage", 502), (OpenIDProvider.keys, "status 500", 502),
    ])
    func `on the way back lets nobody in`(path: String, kind: String, status: Int) async throws {
        let browser = scene.browser()
        let back = try await scene.visit(browser, as: "ben")
        try scene.server.fail(path, with: kind)
        #expect(try await browser.get(back).status == status)
        #expect(try await !scene.isSignedIn(browser))
    }

    @Test func `is asked once for all who wait`() async throws {
        let (database, provider) = (scene.worked.scratch.database, scene.provider)
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await TravellingBrowser(database: database, provider: provider).get(
                        "/sign-in/provider"
                    ).status
                }
            }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(statuses == [303])
        #expect(try scene.server.count(OpenIDProvider.discovery) == 1)
    }
}
