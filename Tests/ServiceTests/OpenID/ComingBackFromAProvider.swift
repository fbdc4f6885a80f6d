import Identity
import Postgres
import ReferralGroup
import Service
import TestSupport
import Testing

@Suite(.freshDatabase)
struct `Coming back from a provider` {
    let scene: ProviderScene
    let ben: String

    init() async throws {
        scene = try await ProviderScene(lookingForKeysAfter: .zero)
        ben = try #require(scene.worked.ben.email).description
        _ = try await scene.linked(ben, to: "ben")
    }

    @Test func `works once`() async throws {
        let browser = scene.browser()
        let back = try await scene.visit(browser, as: "ben")
        let visit = try #require(browser.cookies["__Host-visit"])
        #expect(try await browser.get(back).status == 303)
        let replaying = scene.browser()
        replaying.remember("__Host-visit", visit)
        #expect(try await replaying.get(back).status == 403)
        #expect(try await !scene.isSignedIn(replaying))
    }

    @Test func `needs the cookie of that very visit`() async throws {
        let browser = scene.browser()
        let back = try await scene.visit(browser, as: "ben")
        let stranger = scene.browser()
        #expect(try await stranger.get(back).status == 403)
        stranger.remember("__Host-visit", Secret().text)
        #expect(try await stranger.get(back).status == 403)
        _ = try await scene.visit(stranger, as: "other")
        #expect(try await stranger.get(back).status == 403)
        #expect(try await !scene.isSignedIn(stranger))
        // Others' tries have not used it up.
        #expect(try await browser.get(back).status == 303)
    }

    @Test func `needs a state that we gave`() async throws {
        let browser = scene.browser()
        let back = try await scene.visit(browser, as: "ben")
        let code = try #require(back.firstRange(of: "code=")).upperBound
        let own = String(back[code...].prefix { $0 != "&" })
        let invented = Secret().text
        for state in ["", "x", invented, "%00", "%FF"] {
            browser.remember("__Host-visit", invented)
            let answer = try await browser.get("/sign-in/provider/callback?code=\(own)&state=\(state)")
            #expect(answer.status == 403)
        }
        #expect(try await !scene.isSignedIn(browser))
    }

    @Test func `is refused with a code that is made up, missing, or of another visit`() async throws {
        for code in [
            "code=made-up", "code=", "x=1", "code=%00", "code=\(String(repeating: "x", count: 9000))",
        ] {
            let browser = scene.browser()
            _ = try await scene.visit(browser, as: "ben")
            let state = try #require(browser.cookies["__Host-visit"])
            let answer = try await browser.get("/sign-in/provider/callback?state=\(state)&\(code)")
            #expect(answer.status == 403)
            #expect(try await !scene.isSignedIn(browser))
        }
        // PKCE: a stolen code is worth nothing in another visit.
        let victim = scene.browser()
        let back = try await scene.visit(victim, as: "ben")
        let thief = scene.browser()
        _ = try await scene.visit(thief, as: "thief")
        let (own, theirs) = (
            try #require(victim.cookies["__Host-visit"]), try #require(thief.cookies["__Host-visit"])
        )
        #expect(try await thief.get(back.replacing(own, with: theirs)).status == 403)
        #expect(try await !scene.isSignedIn(thief))
    }

    @Test func `is refused when another provider answers`() async throws {
        let browser = scene.browser()
        let back = try await scene.visit(browser, as: "ben")
        #expect(try await browser.get(back + "&iss=https://other.example.org").status == 403)
    }

    @Test func `says when the provider was told no, and repeats nothing`() async throws {
        let browser = scene.browser()
        let answer = try await browser.get("/sign-in/provider")
        let state = try #require(browser.cookies["__Host-visit"])
        let back = try scene.way(
            back: scene.server.deny(at: try #require(answer["Location"])) + "&state=\(state)"
        )
        #expect(back.contains("error=access_denied"))
        let told = try await browser.get(back)
        #expect(told.status == 403)
        #expect(told.text.contains("was not allowed to tell us"))
        _ = try await browser.get("/sign-in/provider")
        let other = try #require(browser.cookies["__Host-visit"])
        let text = "%3Cscript%3Ealert(1)%3C/script%3E"
        let page = try await browser.get(
            "/sign-in/provider/callback?state=\(other)&error=\(text)&error_description=\(text)&error_uri=\(text)"
        )
        #expect(page.status == 403)
        #expect(!page.text.contains("alert(1)"))
    }

    @Test func `is refused with the nonce of another visit`() async throws {
        try scene.server.answer(nonce: Secret().text)
        let browser = scene.browser()
        let answer = try await browser.get(try await scene.visit(browser, as: "ben"))
        #expect(answer.status == 403)
        #expect(answer.text.contains("belongs to another attempt"))
        #expect(try await !scene.isSignedIn(browser))
    }

    @Test func `is refused too late`() async throws {
        let browser = scene.browser()
        let back = try await scene.visit(browser, as: "ben")
        try await scene.worked.scratch.superuser.withConnection { connection in
            try await connection.run(script: "UPDATE app.provider_visit SET expires_at = now()")
        }
        #expect(try await browser.get(back).status == 403)
    }

    @Test func `is refused with a token that has expired`() async throws {
        let server = try OpenIDProvider(tokensLast: -3600)
        let late = ProviderScene(scene, server: server, provider: try ProviderScene.provider(server.issuer))
        let browser = late.browser()
        let answer = try await browser.get(try await late.visit(browser, as: "ben"))
        #expect(answer.status == 403)
        #expect(answer.text.contains("The answer came too late"))
    }

    @Test func `goes on when the provider signs with a new key`() async throws {
        try scene.server.rotate()
        let browser = scene.browser()
        #expect(try await browser.get(try await scene.visit(browser, as: "ben")).status == 303)
        #expect(try scene.server.count(OpenIDProvider.keys) == 2)
        #expect(try scene.server.count(OpenIDProvider.discovery) == 1)
    }

    @Test func `looks for new keys no more than once a minute`() async throws {
        let patient = ProviderScene(scene, provider: try ProviderScene.provider(scene.server.issuer))
        let browser = patient.browser()
        #expect(try await browser.get(try await patient.visit(browser, as: "ben")).status == 303)
        let before = try scene.server.count(OpenIDProvider.keys)
        try scene.server.rotate()
        let answer = try await browser.get(try await patient.visit(browser, as: "ben"))
        #expect(answer.status == 502)
        #expect(try scene.server.count(OpenIDProvider.keys) == before)
    }
}

extension ProviderScene {
    /// The same chapter, and another provider.
    init(_ scene: ProviderScene, server: OpenIDProvider, provider: Provider) {
        worked = scene.worked
        self.server = server
        self.provider = provider
    }
}
