import Fetching
import Identity
import ReferralGroup

/// The OpenID provider of the installation, which is asked who somebody is.
///
/// What it says about itself, and its keys, are kept for an hour; whoever asks meanwhile waits for one fetch.
package actor Provider {
    /// What a button says: “Sign in with …”.
    package nonisolated let name: String
    package nonisolated let issuer: String
    private let isEncrypted: Bool
    private let client: ProviderClient
    private let fetcher: Fetcher
    private let document: Kept<ProviderDocument>
    private let keys: Kept<IDTokenKeys>
    private let hour: Duration
    private let minute: Duration

    /// Nil where the issuer is neither https nor on this machine, has a query, or more than 800 bytes.
    package init?(
        name: String,
        issuer: String,
        client: ProviderClient,
        fetcher: Fetcher = Fetcher(),
        keepingFor hour: Duration = .seconds(3600),
        lookingForKeysAfter minute: Duration = .seconds(60)
    ) {
        let place = ProviderDocument.address(of: issuer)
        guard let address = WebAddress(place), !issuer.utf8.contains(UInt8(ascii: "?")),
            issuer.utf8.count <= 800
        else { return nil }
        isEncrypted = address.isEncrypted
        self.name = name
        self.issuer = issuer
        self.client = client
        self.fetcher = fetcher
        self.hour = hour
        self.minute = minute
        let document = Kept {
            try ProviderDocument(document: try await fetcher.document(at: address), issuer: issuer)
        }
        self.document = document
        keys = Kept {
            let said = try await document.value(youngerThan: hour)
            let address = try Self.address(said.keys, isEncrypted: address.isEncrypted)
            let bytes = try await fetcher.document(at: address)
            return try IDTokenKeys(document: String(decoding: bytes, as: UTF8.self))
        }
    }

    /// Where the browser is sent.
    func place(for request: AuthorizationRequest, backTo redirectURI: String) async throws -> String {
        let said = try await document.value(youngerThan: hour)
        let page = try Self.address(said.authorizationEndpoint, isEncrypted: isEncrypted)
        let url = request.url(
            endpoint: page.description,
            clientID: client.id,
            redirectURI: redirectURI
        )
        guard let url else { throw ProviderTrouble.nonsense("the address of its page to sign in is none") }
        return url
    }

    /// Who came back with a code: what the ID token says that the provider gives for it, once everything is checked.
    func claims(
        for code: String,
        of request: AuthorizationRequest,
        backTo redirectURI: String,
        at now: @Sendable () -> Instant = Instant.now
    ) async throws -> IDTokenClaims {
        let token = try await idToken(for: code, of: request, backTo: redirectURI)
        let claims: IDTokenClaims
        do {
            claims = try await keys.value(youngerThan: hour).claims(of: token)
        } catch let refused as IDTokenKeys.Refused where refused == .unknownKey || refused == .wrongSignature
        {
            // A key that is new; where keys have no names, it shows only by the signature.
            claims = try await keys.value(youngerThan: minute).claims(of: token)
        }
        try claims.check(issuer: issuer, clientID: client.id, nonce: request.nonce, at: now())
        return claims
    }

    private func idToken(
        for code: String,
        of request: AuthorizationRequest,
        backTo redirectURI: String
    ) async throws -> String {
        let said = try await document.value(youngerThan: hour)
        let form = request.tokenForm(
            code: code,
            clientID: client.id,
            clientSecret: said.login == .form ? client.secret : nil,
            redirectURI: redirectURI
        )
        let login = said.login == .header ? Fetcher.Login(client.login) : nil
        let address = try Self.address(said.tokenEndpoint, isEncrypted: isEncrypted)
        let answer = try await fetcher.post(form: form, to: address, as: login)
        switch answer.status {
        case 200:
            guard let said = TokenAnswer(body: answer.body) else {
                throw ProviderTrouble.nonsense("it answers to a code without an ID token")
            }
            return said.idToken
        case 400: throw ProviderTrouble.codeRefused
        default: throw ProviderTrouble.nonsense("it answers to a code with status \(answer.status)")
        }
    }

    /// Only a provider on this machine may speak without encryption, and only with this machine.
    private static func address(_ text: String, isEncrypted: Bool) throws -> WebAddress {
        guard let address = WebAddress(text), address.isEncrypted || !isEncrypted else {
            throw ProviderTrouble.nonsense("one of its addresses is none, or not encrypted")
        }
        return address
    }
}

/// What goes wrong between us and a provider.
enum ProviderTrouble: Error, Sendable {
    /// The code was used, or is too old.
    case codeRefused
    /// For the log, not for who signs in.
    case nonsense(String)
}

extension Fetcher {
    fileprivate func document(at address: WebAddress) async throws -> [UInt8] {
        let answer = try await get(address)
        guard answer.status == 200 else {
            throw ProviderTrouble.nonsense("\(address) answers with status \(answer.status)")
        }
        return answer.body
    }
}

extension Fetcher.Login {
    fileprivate init(_ login: (name: String, password: String)) {
        self.init(name: login.name, password: login.password)
    }
}

/// Something that is fetched and kept for a while; whoever asks while it is fetched waits for that.
private actor Kept<Value: Sendable> {
    private let fetch: @Sendable () async throws -> Value
    private var kept: (value: Value, since: ContinuousClock.Instant)?
    private var fetching: Task<Value, any Error>?

    init(_ fetch: @escaping @Sendable () async throws -> Value) {
        self.fetch = fetch
    }

    func value(youngerThan age: Duration) async throws -> Value {
        if let kept, kept.since.duration(to: .now) < age { return kept.value }
        if let fetching { return try await fetching.value }
        let task = Task {
            defer { fetching = nil }
            let value = try await fetch()
            kept = (value, .now)
            return value
        }
        fetching = task
        return try await task.value
    }
}
