import Identity
import Logging
import ReferralGroup
import Storage

// Visits to an OpenID provider: begun here, and ended once by who comes back.
extension Doorkeeper {
    /// A visit that was begun.
    struct Visit: Sendable {
        /// Kept by the browser, so that nobody else comes back.
        let state: Secret
        /// Where the browser goes.
        let place: String
    }

    /// Who came back, and for what.
    struct Return: Sendable {
        let claims: IDTokenClaims
        /// Who was signed in when the visit began, and links the account.
        let person: Person.ID?
    }

    private var returnAddress: String {
        "\(house.baseURL)/sign-in/provider/callback"
    }

    /// Begins a visit, in which whoever is given links an account; nobody is given to sign in.
    func visit(_ provider: Provider, for bearer: Bearer?, _ visitor: Visitor) async throws -> Visit {
        try await admitToProvider(visitor)
        let request = AuthorizationRequest()
        let place = try await provider.place(for: request, backTo: returnAddress)
        let database = bearer.map { acting($0, visitor) } ?? nobody(visitor)
        try await database.run(
            .beginProviderVisit(
                stateHash: request.state.hash,
                nonce: request.nonce.text,
                verifier: request.proofKey.verifier.text
            )
        )
        return Visit(state: request.state, place: place)
    }

    /// Ends the visit of a state, once; nil where there is none.
    func endVisit(_ state: Secret, _ visitor: Visitor) async throws -> ProviderVisit? {
        try await admitToProvider(visitor)
        return try await nobody(visitor).run(.endProviderVisit(stateHash: state.hash))
    }

    /// Who came back with a code; nil where what we kept of the visit cannot be read.
    func claims(
        for code: String,
        of visit: ProviderVisit,
        state: Secret,
        from provider: Provider
    ) async throws -> IDTokenClaims? {
        guard let nonce = Secret(visit.nonce), let verifier = Secret(visit.verifier) else { return nil }
        return try await provider.claims(
            for: code,
            of: AuthorizationRequest(state: state, nonce: nonce, proofKey: ProofKey(verifier: verifier)),
            backTo: returnAddress
        )
    }

    /// Opens a session for who linked the account; nil where nobody did.
    func enter(_ claims: IDTokenClaims, _ visitor: Visitor) async throws -> Entry? {
        let found = try await nobody(visitor).run(
            .person(ofIssuer: claims.issuer, subject: claims.subject)
        )
        guard let found else {
            visitor.logger.notice("an account of a provider is nobody's here")
            return nil
        }
        return try await open(for: found.person, isProved: !found.hasSecondFactor, visitor)
    }

    private func admitToProvider(_ visitor: Visitor) async throws {
        try await admit(
            visitor,
            [
                Bucket("provider-at", visitor.address, limit: 60, within: 900),
                Bucket("provider-near", "\(visitor.network)", limit: 200, within: 900),
                Bucket("provider", "", limit: 3000, within: 600),
            ]
        )
    }
}
