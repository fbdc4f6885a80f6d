import ReferralGroup

/// What an OpenID provider says about somebody who signed in.
///
/// A person is known by `issuer` and `subject` together, never by the e-mail.
package struct IDTokenClaims: Hashable, Sendable {
    package let issuer: String
    package let subject: String
    package let audience: [String]
    package let authorizedParty: String?
    /// Seconds since 1970, as the next.
    package let expiresAt: Double
    package let issuedAt: Double
    package let nonce: String?
    package let email: String?
    package let isEmailVerified: Bool
    package let name: String?

    /// Why claims are not accepted.
    package enum Refused: String, Error, Hashable, Sendable, CaseIterable {
        case otherIssuer
        case noSubject
        case otherAudience
        case otherParty
        case expired
        case ofTheFuture
        case otherNonce

        /// What is wrong, and the way out.
        package var sentence: String {
            switch self {
            case .otherIssuer:
                "the answer comes from another provider than was asked; the operator checks the issuer"
            case .noSubject: "the provider does not say who signed in; the operator asks the provider why"
            case .otherAudience, .otherParty:
                "the answer is meant for another service; the operator checks the client id"
            case .expired: "the answer came too late; sign in again"
            case .ofTheFuture: "the provider's clock is ahead of ours; the operator sets both"
            case .otherNonce: "the answer belongs to another attempt; sign in again"
            }
        }
    }

    /// Throws `Refused` unless the claims are about an attempt of ours, and of now, give or take `leeway` seconds.
    package func check(
        issuer: String,
        clientID: String,
        nonce: Secret,
        at now: Instant,
        leeway: Double = 60
    ) throws {
        let seconds = Double(now.microsecondsSinceEpoch) / 1_000_000
        guard isSame(self.issuer, issuer) else { throw Refused.otherIssuer }
        guard (1...255).contains(subject.utf8.count) else { throw Refused.noSubject }
        guard audience.contains(where: { isSame($0, clientID) }) else { throw Refused.otherAudience }
        guard authorizedParty.map({ isSame($0, clientID) }) ?? (audience.count == 1) else {
            throw Refused.otherParty
        }
        guard expiresAt > seconds - leeway else { throw Refused.expired }
        guard issuedAt <= seconds + leeway else { throw Refused.ofTheFuture }
        guard let said = self.nonce, areEqualInConstantTime(said.utf8, nonce.text.utf8) else {
            throw Refused.otherNonce
        }
    }

    /// Byte by byte: to Swift, composed and decomposed letters are equal.
    private func isSame(_ one: String, _ other: String) -> Bool {
        one.utf8.elementsEqual(other.utf8)
    }
}

extension IDTokenClaims: Codable {
    private enum CodingKeys: String, CodingKey {
        case issuer = "iss"
        case subject = "sub"
        case audience = "aud"
        case authorizedParty = "azp"
        case expiresAt = "exp"
        case issuedAt = "iat"
        case nonce
        case email
        case isEmailVerified = "email_verified"
        case name
    }

    /// One audience may stand without a list around it, and some providers write truth as a text.
    package init(from decoder: any Decoder) throws {
        let claims = try decoder.container(keyedBy: CodingKeys.self)
        issuer = try claims.decode(String.self, forKey: .issuer)
        subject = try claims.decode(String.self, forKey: .subject)
        audience = try claims.decode(OneOrMany.self, forKey: .audience).values
        authorizedParty = try claims.decodeIfPresent(String.self, forKey: .authorizedParty)
        expiresAt = try claims.decode(Double.self, forKey: .expiresAt)
        issuedAt = try claims.decode(Double.self, forKey: .issuedAt)
        nonce = try claims.decodeIfPresent(String.self, forKey: .nonce)
        email = try claims.decodeIfPresent(String.self, forKey: .email)
        isEmailVerified = try claims.decodeIfPresent(Truth.self, forKey: .isEmailVerified)?.value ?? false
        name = try claims.decodeIfPresent(String.self, forKey: .name)
    }
}

private struct OneOrMany: Decodable {
    let values: [String]

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            values = [try container.decode(String.self)]
        } catch DecodingError.typeMismatch {
            values = try container.decode([String].self)
        }
    }
}

private struct Truth: Decodable {
    let value: Bool

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        do {
            value = try container.decode(Bool.self)
        } catch DecodingError.typeMismatch {
            value = try container.decode(String.self).utf8.elementsEqual("true".utf8)
        }
    }
}
