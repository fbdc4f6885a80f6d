import Crypto

/// Proof that who brings an authorization code is who asked for it (PKCE, RFC 7636).
package struct ProofKey: Hashable, Sendable {
    package let verifier: Secret

    package init(verifier: Secret = Secret()) {
        self.verifier = verifier
    }

    /// What the authorization URL says of the verifier, by method `S256`.
    package var challenge: String {
        Base64.url.text(SHA256.hash(data: Array(verifier.text.utf8)))
    }
}
