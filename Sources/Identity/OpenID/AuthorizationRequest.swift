/// One attempt of a person to sign in through an OpenID provider: what is asked, and what must come back.
package struct AuthorizationRequest: Hashable, Sendable {
    /// Comes back in the redirect, and ties it to this browser.
    package let state: Secret
    /// Comes back in the ID token, and ties it to this attempt.
    package let nonce: Secret
    package let proofKey: ProofKey

    package init(state: Secret = Secret(), nonce: Secret = Secret(), proofKey: ProofKey = ProofKey()) {
        self.state = state
        self.nonce = nonce
        self.proofKey = proofKey
    }

    /// Where the browser is sent; nil unless the endpoint is an http or https URL without a fragment.
    package func url(
        endpoint: String,
        clientID: String,
        redirectURI: String,
        scopes: [String] = ["openid", "email", "profile"]
    ) -> String? {
        let bytes = endpoint.utf8
        guard bytes.starts(with: "https://".utf8) || bytes.starts(with: "http://".utf8),
            bytes.allSatisfy({ (33...126).contains($0) && !"\"#<>\\^`{|}".utf8.contains($0) })
        else { return nil }
        let query = form([
            ("response_type", "code"), ("client_id", clientID), ("redirect_uri", redirectURI),
            ("scope", scopes.joined(separator: " ")), ("state", state.text), ("nonce", nonce.text),
            ("code_challenge", proofKey.challenge), ("code_challenge_method", "S256"),
        ])
        return endpoint + (bytes.contains(UInt8(ascii: "?")) ? "&" : "?") + query
    }

    /// The body, as a form, by which the code of the redirect is exchanged for an ID token.
    package func tokenForm(
        code: String,
        clientID: String,
        clientSecret: String?,
        redirectURI: String
    ) -> String {
        form(
            [
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectURI),
                ("client_id", clientID), ("code_verifier", proofKey.verifier.text),
            ] + (clientSecret.map { [("client_secret", $0)] } ?? [])
        )
    }

    private func form(_ fields: [(name: String, value: String)]) -> String {
        fields.map { "\($0.name)=\(percentEncoded($0.value))" }.joined(separator: "&")
    }
}
