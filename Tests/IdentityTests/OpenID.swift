import FoundationEssentials
import ReferralGroup
import Testing

@testable import Identity

@Suite struct `Asking an OpenID provider` {
    /// Appendix B of RFC 7636.
    @Test func `proves itself by the challenge of RFC 7636`() throws {
        let verifier = try #require(Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
        #expect(ProofKey(verifier: verifier).challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
    }

    @Test func `differs each time`() {
        let one = AuthorizationRequest()
        let other = AuthorizationRequest()
        #expect(Set([one.state, one.nonce, one.proofKey.verifier]).count == 3)
        #expect(Set([one.state, other.state, one.nonce, other.nonce]).count == 4)
        #expect(one.proofKey != other.proofKey)
    }

    @Test(arguments: [
        ("https://id.example/authorize", "https://id.example/authorize?"),
        ("https://id.example/a?tenant=7", "https://id.example/a?tenant=7&"),
        ("http://127.0.0.1:9000/authorize", "http://127.0.0.1:9000/authorize?"),
    ])
    func `is a URL with every byte in its place`(endpoint: String, start: String) throws {
        let request = AuthorizationRequest()
        let url = request.url(
            endpoint: endpoint,
            clientID: "a&b=\u{e9}",
            redirectURI: "https://chapters.example/openid/return?x=1#y"
        )
        #expect(
            url == start + "response_type=code&client_id=a%26b%3D%C3%A9"
                + "&redirect_uri=https%3A%2F%2Fchapters.example%2Fopenid%2Freturn%3Fx%3D1%23y"
                + "&scope=openid%20email%20profile&state=\(request.state.text)&nonce=\(request.nonce.text)"
                + "&code_challenge=\(request.proofKey.challenge)&code_challenge_method=S256"
        )
    }

    @Test(arguments: [
        "", "javascript:alert(1)", "https//id.example", "https://id.example/#a", "https://id.example/ a",
        "https://id.example/\r\nX: y", "https://id.ex\u{e4}mple/", "HTTPS://id.example/",
        "https://id.example/\"",
    ])
    func `needs an address that is one`(endpoint: String) {
        #expect(AuthorizationRequest().url(endpoint: endpoint, clientID: "a", redirectURI: "b") == nil)
    }

    @Test func `exchanges the code by a form`() {
        let request = AuthorizationRequest()
        let form = request.tokenForm(
            code: "a+b/c",
            clientID: "us",
            clientSecret: nil,
            redirectURI: "https://x/y"
        )
        let expected =
            "grant_type=authorization_code&code=a%2Bb%2Fc&redirect_uri=https%3A%2F%2Fx%2Fy&client_id=us"
            + "&code_verifier=\(request.proofKey.verifier.text)"
        #expect(form == expected)
        #expect(
            request.tokenForm(code: "a+b/c", clientID: "us", clientSecret: "s&t", redirectURI: "https://x/y")
                == expected + "&client_secret=s%26t"
        )
    }
}

@Suite struct `What an ID token claims` {
    let nonce = Secret()
    let now = Instant(microsecondsSinceEpoch: 1_800_000_000_000_000)

    private func refusal(of fields: String) throws -> IDTokenClaims.Refused? {
        let json = "{\(fields.replacing("NONCE", with: nonce.text))}"
        let claims = try JSONDecoder().decode(IDTokenClaims.self, from: Data(json.utf8))
        do {
            try claims.check(issuer: "https://id.example", clientID: "us", nonce: nonce, at: now)
            return nil
        } catch let refused as IDTokenClaims.Refused {
            return refused
        }
    }

    static let start = #""iss":"https://id.example","sub":"7""#
    static let times = #""exp":1800000300,"iat":1800000000"#
    static let nonced = #""nonce":"NONCE""#

    @Test(arguments: [
        "\(start),\"aud\":\"us\",\(times),\(nonced)",
        "\(start),\"aud\":[\"us\"],\(times),\(nonced)",
        "\(start),\"aud\":\"us\",\"azp\":\"us\",\(times),\(nonced)",
        "\(start),\"aud\":[\"them\",\"us\"],\"azp\":\"us\",\(times),\(nonced)",
        "\(start),\"aud\":\"us\",\"exp\":1799999941,\"iat\":1799999000,\(nonced)",
        "\(start),\"aud\":\"us\",\"exp\":1800000300.5,\"iat\":1800000060,\(nonced)",
        "\(start),\"aud\":\"us\",\(times),\(nonced),\"more\":{\"a\":[1]}",
    ])
    func `is accepted when it is for us and of now`(fields: String) throws {
        #expect(try refusal(of: fields) == nil)
    }

    @Test(
        arguments: [
            (#""iss":"https://id.example/","sub":"7","aud":"us",\#(times),\#(nonced)"#, .otherIssuer),
            (#""iss":"","sub":"7","aud":"us",\#(times),\#(nonced)"#, .otherIssuer),
            (#""iss":"https://id.example","sub":"","aud":"us",\#(times),\#(nonced)"#, .noSubject),
            ("\(start),\"aud\":\"them\",\(times),\(nonced)", .otherAudience),
            ("\(start),\"aud\":[],\(times),\(nonced)", .otherAudience),
            ("\(start),\"aud\":\"us\",\"azp\":\"them\",\(times),\(nonced)", .otherParty),
            ("\(start),\"aud\":[\"us\",\"them\"],\(times),\(nonced)", .otherParty),
            ("\(start),\"aud\":\"us\",\"exp\":1799999940,\"iat\":1799999000,\(nonced)", .expired),
            ("\(start),\"aud\":\"us\",\"exp\":-1e300,\"iat\":0,\(nonced)", .expired),
            ("\(start),\"aud\":\"us\",\"exp\":1800000300,\"iat\":1800000061,\(nonced)", .ofTheFuture),
            ("\(start),\"aud\":\"us\",\(times)", .otherNonce),
            ("\(start),\"aud\":\"us\",\(times),\"nonce\":\"\"", .otherNonce),
            ("\(start),\"aud\":\"us\",\(times),\"nonce\":\"NONCEx\"", .otherNonce),
        ] as [(String, IDTokenClaims.Refused)]
    )
    func `is refused when it is not`(fields: String, reason: IDTokenClaims.Refused) throws {
        #expect(try refusal(of: fields) == reason)
    }

    @Test func `compares issuers byte by byte`() throws {
        let fields = #""iss":"https://id.ex\u0061\u0308mple","sub":"7","aud":"us",\#(Self.times)"#
        let claims = try JSONDecoder().decode(IDTokenClaims.self, from: Data("{\(fields)}".utf8))
        #expect(throws: IDTokenClaims.Refused.otherIssuer) {
            try claims.check(issuer: "https://id.ex\u{e4}mple", clientID: "us", nonce: nonce, at: now)
        }
    }

    @Test(arguments: [
        ("true", true), ("\"true\"", true), ("false", false), ("\"false\"", false), ("null", false),
        ("\"yes\"", false),
    ])
    func `says whether the e-mail was verified`(written: String, isVerified: Bool) throws {
        let json =
            "{\(Self.start),\"aud\":\"us\",\(Self.times),\"email\":\"a@b.example\",\"email_verified\":\(written)}"
        let claims = try JSONDecoder().decode(IDTokenClaims.self, from: Data(json.utf8))
        #expect(claims.isEmailVerified == isVerified)
        #expect(claims.email == "a@b.example")
    }

    @Test(arguments: [
        "{}", "[]", "{\(start),\"aud\":7,\(times)}", "{\(start),\"aud\":[\"us\",7],\(times)}",
        "{\(start),\"aud\":\"us\",\"iat\":1}", "{\(start),\"aud\":\"us\",\"exp\":\"1800000300\",\"iat\":1}",
        "{\"iss\":\"https://id.example\",\"sub\":7,\"aud\":\"us\",\(times)}",
    ])
    func `cannot be read from anything else`(json: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(IDTokenClaims.self, from: Data(json.utf8))
        }
    }

    @Test func `says what to do when it is refused`() {
        for refused in IDTokenClaims.Refused.allCases { #expect(refused.sentence.contains(";")) }
        for refused in IDTokenKeys.Refused.allCases { #expect(refused.sentence.contains(";")) }
    }
}
