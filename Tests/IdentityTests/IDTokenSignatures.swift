import Crypto
import CryptoExtras
import FoundationEssentials
import Testing

@testable import Identity

/// A provider with a key of each kind.
private struct Provider {
    let rsa: _RSA.Signing.PrivateKey
    let ec = P256.Signing.PrivateKey()

    init() throws {
        rsa = try _RSA.Signing.PrivateKey(keySize: .bits2048)
    }

    func rsaKey(_ more: String = "") throws -> String {
        let key = try rsa.publicKey.getKeyPrimitives()
        return
            #"{"kty":"RSA","n":"\#(Base64.url.text(key.modulus))","e":"\#(Base64.url.text(key.publicExponent))"\#(more)}"#
    }

    func ecKey(_ more: String = "") -> String {
        let point = ec.publicKey.rawRepresentation
        let (x, y) = (Base64.url.text(point.prefix(32)), Base64.url.text(point.suffix(32)))
        return #"{"kty":"EC","crv":"P-256","x":"\#(x)","y":"\#(y)"\#(more)}"#
    }

    static let claims =
        #"{"iss":"https://id.example","sub":"7","aud":"us","exp":1800000300,"iat":1800000000}"#

    func token(
        _ header: String,
        claims: String = Self.claims,
        by sign: (Data) throws -> some Sequence<UInt8>
    ) throws
        -> String
    {
        let signed = "\(Base64.url.text(header.utf8)).\(Base64.url.text(claims.utf8))"
        return try "\(signed).\(Base64.url.text(sign(Data(signed.utf8))))"
    }

    func rs256(_ data: Data) throws -> Data {
        try rsa.signature(for: SHA256.hash(data: data), padding: .insecurePKCS1v1_5).rawRepresentation
    }

    func ps256(_ data: Data) throws -> Data {
        try rsa.signature(for: SHA256.hash(data: data), padding: .PSS).rawRepresentation
    }

    func es256(_ data: Data) throws -> Data {
        try ec.signature(for: data).rawRepresentation
    }
}

@Suite struct `The signature of an ID token` {
    // Making a key takes long without optimisation.
    private static let providers = Result { try (Provider(), Provider()) }
    private let provider: Provider
    private let other: Provider

    init() throws {
        (provider, other) = try Self.providers.get()
    }

    private func refusal(of token: String, by keys: IDTokenKeys) async throws -> IDTokenKeys.Refused? {
        do {
            let claims = try await keys.claims(of: token)
            #expect(claims.subject == "7")
            return nil
        } catch let refused as IDTokenKeys.Refused {
            return refused
        }
    }

    private func keys(_ keys: String...) throws -> IDTokenKeys {
        try IDTokenKeys(document: "{\"keys\":[\(keys.joined(separator: ","))]}")
    }

    @Test func `is right by the key it names`() async throws {
        let keys = try keys(
            provider.rsaKey(#","kid":"r","use":"sig""#),
            provider.ecKey(#","kid":"e","alg":"ES256""#)
        )
        let tokens = [
            try provider.token(#"{"alg":"RS256","kid":"r","typ":"JWT"}"#, by: provider.rs256),
            try provider.token(#"{"alg":"PS256","kid":"r"}"#, by: provider.ps256),
            try provider.token(#"{"kid":"e","alg":"ES256"}"#, by: provider.es256),
            try provider.token(#"{"alg":"ES256"}"#, by: provider.es256),
            try provider.token(#"{"alg":"RS256"}"#, by: provider.rs256),
        ]
        for token in tokens { #expect(try await refusal(of: token, by: keys) == nil) }
    }

    @Test func `is found among several keys without names`() async throws {
        let keys = try keys(other.rsaKey(), other.ecKey(), provider.rsaKey(), provider.ecKey())
        let token = try provider.token(#"{"alg":"ES256"}"#, by: provider.es256)
        #expect(try await refusal(of: token, by: keys) == nil)
        let rsa = try provider.token(#"{"alg":"RS256"}"#, by: provider.rs256)
        #expect(try await refusal(of: rsa, by: keys) == nil)
    }

    @Test func `is wrong when anything was changed`() async throws {
        let keys = try keys(provider.rsaKey(#","kid":"r""#), provider.ecKey(#","kid":"e""#))
        let changed = try provider.token(#"{"alg":"RS256","kid":"r"}"#, by: provider.rs256)
            .split(separator: ".").map(String.init)
        let claims = Base64.url.text(Provider.claims.replacing("\"7\"", with: "\"8\"").utf8)
        let wrong = [
            "\(changed[0]).\(claims).\(changed[2])",
            "\(changed[0]).\(changed[1]).",
            "\(changed[0]).\(changed[1]).\(changed[2].dropLast(4))",
            try provider.token(#"{"alg":"RS256","kid":"r"}"#, by: other.rs256),
            try provider.token(#"{"alg":"ES256","kid":"e"}"#, by: other.es256),
            try provider.token(#"{"alg":"PS256","kid":"r"}"#, by: provider.rs256),
            try provider.token(#"{"alg":"RS256","kid":"r"}"#, by: provider.ps256),
            try provider.token(#"{"alg":"ES256","kid":"e"}"#) { _ in [UInt8](repeating: 0, count: 64) },
            try provider.token(#"{"alg":"ES256","kid":"e"}"#) { _ in [] },
        ]
        for token in wrong { #expect(try await refusal(of: token, by: keys) == .wrongSignature, "\(token)") }
    }

    @Test func `is never by an algorithm of the token's own choice`() async throws {
        let keys = try keys(provider.rsaKey(#","kid":"r""#), provider.ecKey(#","kid":"e""#))
        let modulus = try provider.rsa.publicKey.getKeyPrimitives().modulus
        let byModulus = { (data: Data) in
            Array(HMAC<SHA256>.authenticationCode(for: data, using: SymmetricKey(data: modulus)))
        }
        for name in ["HS256", "none", "None", "", "rs256", "RS384", "ES384", "EdDSA", "RS256\u{0}"] {
            let written = name.replacing("\u{0}", with: "\\u0000")
            let token = try provider.token("{\"alg\":\"\(written)\",\"kid\":\"r\"}", by: byModulus)
            #expect(try await refusal(of: token, by: keys) == .otherAlgorithm)
        }
        let critical = try provider.token(#"{"alg":"RS256","kid":"r","crit":["exp"]}"#, by: provider.rs256)
        #expect(try await refusal(of: critical, by: keys) == .otherAlgorithm)
    }

    @Test func `needs a key made for it`() async throws {
        let token = try provider.token(#"{"alg":"RS256","kid":"r"}"#, by: provider.rs256)
        let unfit = [
            try keys(),
            try keys(provider.rsaKey()),
            try keys(provider.rsaKey(#","kid":"R""#)),
            try keys(provider.rsaKey(#","kid":"r","use":"enc""#)),
            try keys(provider.rsaKey(#","kid":"r","alg":"PS256""#)),
            try keys(provider.rsaKey(#","kid":"r","alg":"RS512""#)),
            try keys(provider.ecKey(#","kid":"r""#)),
        ]
        for keys in unfit { #expect(try await refusal(of: token, by: keys) == .unknownKey) }
    }

    @Test func `is checked though the list holds keys of other kinds`() async throws {
        let token = try provider.token(#"{"alg":"RS256","kid":"r"}"#, by: provider.rs256)
        let keys = try keys(
            #"{"kty":"oct","k":"AAAA","kid":"r"}"#,
            #"{"kty":7}"#,
            "null",
            #"{"kty":"RSA","alg":"RSA-OAEP-256","use":"enc","n":"AQAB","e":"AQAB","kid":"x"}"#,
            #"{"kty":"RSA","n":"AQAB","e":"AQAB","kid":"r"}"#,
            #"{"kty":"RSA","n":"!","e":"","kid":"r"}"#,
            #"{"kty":"EC","crv":"P-256","x":"AQAB","y":"AQAB","kid":"r"}"#,
            #"{"kty":"OKP","crv":"Ed25519","x":"AQAB"}"#,
            provider.rsaKey(#","kid":"r","x5c":["AAAA"]"#)
        )
        #expect(try await refusal(of: token, by: keys) == nil)
        let ec = try provider.token(#"{"alg":"ES256","kid":"r"}"#, by: provider.es256)
        #expect(try await refusal(of: ec, by: keys) == .wrongSignature)
    }

    @Test func `needs a key that is long enough`() async throws {
        let short = try _RSA.Signing.PrivateKey(unsafeKeySize: .init(bitCount: 1024))
        let key = try short.publicKey.getKeyPrimitives()
        let keys = try keys(
            #"{"kty":"RSA","n":"\#(Base64.url.text(key.modulus))","e":"\#(Base64.url.text(key.publicExponent))"}"#
        )
        let token = try provider.token(#"{"alg":"RS256"}"#) { data in
            try short.signature(for: SHA256.hash(data: data), padding: .insecurePKCS1v1_5).rawRepresentation
        }
        #expect(try await refusal(of: token, by: keys) == .wrongSignature)
    }

    @Test(arguments: [
        "", ".", "..", "...", "a.b.c", "e30.e30.", "e30", "\u{0}.\u{0}.\u{0}", "eyJhbGciOiJSUzI1NiJ9.e30",
        "eyJhbGciOiJSUzI1NiJ9.e30.AA.AA", String(repeating: "A", count: 20_000) + "..", "bnVsbA.e30.AA",
        "W10.e30.AA",
    ])
    func `is not looked for in what is no token`(text: String) async throws {
        #expect(try await refusal(of: text, by: keys(provider.rsaKey())) == .unreadableToken)
    }

    @Test(arguments: ["{}", "[]", "7", "{\"iss\":7}", ""])
    func `makes no sense of claims that cannot be read`(claims: String) async throws {
        let token = try provider.token(#"{"alg":"ES256"}"#, claims: claims, by: provider.es256)
        #expect(try await refusal(of: token, by: keys(provider.ecKey())) == .unreadableToken)
    }

    @Test(arguments: [
        "", "{", "[]", "{\"keys\":7}", "{\"keys\":{}}", "\u{0}", String(repeating: "[", count: 100_000),
        "{\"keys\":[]}" + String(repeating: " ", count: 300_000),
    ])
    func `needs a list of keys that is one`(document: String) {
        #expect(throws: IDTokenKeys.Refused.unreadableKeys) { try IDTokenKeys(document: document) }
    }
}
