import FoundationEssentials
import JWTKit

/// The keys of an OpenID provider, by which the signature of an ID token is checked.
///
/// RS256, PS256 and ES256 are accepted, each with a key made for it; a token cannot choose anything else.
package struct IDTokenKeys: Sendable {
    private let keys: [Key]

    private static let maximumBytes = 256 * 1024
    private static let maximumKeys = 64

    /// Why a token or a list of keys is not accepted.
    package enum Refused: String, Error, Hashable, Sendable, CaseIterable {
        case unreadableKeys
        case unreadableToken
        case otherAlgorithm
        case unknownKey
        case wrongSignature

        /// What is wrong, and the way out; after `unknownKey` the provider's keys are worth fetching again.
        package var sentence: String {
            switch self {
            case .unreadableKeys:
                "the provider's list of keys cannot be read; the operator checks its address"
            case .unreadableToken: "the provider's answer cannot be read; sign in again"
            case .otherAlgorithm:
                "the provider signs in a way we do not accept; the operator chooses RS256, PS256 or ES256"
            case .unknownKey: "the provider signed with a key it does not publish; sign in again in a minute"
            case .wrongSignature: "the provider's answer was changed on the way; sign in again"
            }
        }
    }

    /// Reads a JWKS document (RFC 7517), leaving out keys that are not for us.
    ///
    /// Throws `Refused.unreadableKeys`.
    package init(document: String) throws {
        guard document.utf8.count <= Self.maximumBytes else { throw Refused.unreadableKeys }
        do {
            let list = try JSONDecoder().decode(KeyList.self, from: Data(document.utf8))
            keys = list.keys.compactMap(\.key).prefix(Self.maximumKeys).filter(\.isForSignatures)
        } catch is DecodingError {
            throw Refused.unreadableKeys
        }
    }

    /// What the token claims, once its signature is right.
    ///
    /// `IDTokenClaims.check` is still to be asked. Throws `Refused`.
    package func claims(of token: String) async throws -> IDTokenClaims {
        let header = try Header(of: token)
        guard let algorithm = Algorithm(rawValue: header.alg), header.crit == nil else {
            throw Refused.otherAlgorithm
        }
        let fitting = keys.filter { $0.fits(algorithm, identifier: header.kid) }
        guard !fitting.isEmpty else { throw Refused.unknownKey }
        for key in fitting {
            if let claims = try await claims(of: token, signedBy: key, algorithm) { return claims }
        }
        throw Refused.wrongSignature
    }

    /// Nil where the signature is not by that key.
    private func claims(
        of token: String,
        signedBy key: Key,
        _ algorithm: Algorithm
    ) async throws -> IDTokenClaims? {
        do {
            let collection = JWTKeyCollection()
            try await collection.add(jwk: key.jwk(for: algorithm), isDefault: true)
            return try await collection.verify(token, as: Payload.self).claims
        } catch let error as JWTError where error.errorType == .malformedToken {
            throw Refused.unreadableToken
        } catch {
            return nil
        }
    }
}

private enum Algorithm: String {
    case rs256 = "RS256"
    case ps256 = "PS256"
    case es256 = "ES256"
}

private struct Header: Decodable {
    let alg: String
    let kid: String?
    let crit: [String]?

    init(of token: String) throws {
        let parts = token.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard token.utf8.count <= 16 * 1024, parts.count == 3, let json = Base64.url.bytes(parts[0]) else {
            throw IDTokenKeys.Refused.unreadableToken
        }
        do {
            self = try JSONDecoder().decode(Header.self, from: Data(json))
        } catch is DecodingError {
            throw IDTokenKeys.Refused.unreadableToken
        }
    }
}

private struct Payload: JWTPayload {
    let claims: IDTokenClaims

    init(from decoder: any Decoder) throws {
        claims = try IDTokenClaims(from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
        try claims.encode(to: encoder)
    }

    /// Nothing: the caller knows the time, and what was asked.
    func verify(using algorithm: some JWTAlgorithm) {}
}

private struct KeyList: Decodable {
    let keys: [Entry]

    /// A list may hold keys of kinds that did not exist when this was written.
    struct Entry: Decodable {
        let key: Key?

        init(from decoder: any Decoder) throws {
            do {
                key = try Key(from: decoder)
            } catch is DecodingError {
                key = nil
            }
        }
    }
}

private struct Key: Decodable {
    let kty: String
    let use: String?
    let alg: String?
    let kid: String?
    let n: String?
    let e: String?
    let crv: String?
    let x: String?
    let y: String?

    // A larger modulus would only cost time.
    private static let longestModulus = 1366

    var isForSignatures: Bool {
        (use ?? "sig") == "sig" && (n?.utf8.count ?? 0) <= Self.longestModulus && (e?.utf8.count ?? 0) <= 8
    }

    func fits(_ algorithm: Algorithm, identifier: String?) -> Bool {
        let isOfItsKind =
            switch algorithm {
            case .rs256, .ps256: kty == "RSA" && n != nil && e != nil
            case .es256: kty == "EC" && crv == "P-256" && x != nil && y != nil
            }
        return isOfItsKind && (alg ?? algorithm.rawValue) == algorithm.rawValue
            && (identifier.map { kid?.utf8.elementsEqual($0.utf8) ?? false } ?? true)
    }

    /// The key with the algorithm set beside it, so that the token's own word for it is never used.
    func jwk(for algorithm: Algorithm) -> JWK {
        let identifier = JWKIdentifier(string: kid ?? "")
        return switch algorithm {
        case .rs256: .rsa(.rs256, identifier: identifier, modulus: n, exponent: e)
        case .ps256: .rsa(.ps256, identifier: identifier, modulus: n, exponent: e)
        case .es256: .ecdsa(.es256, identifier: identifier, x: x, y: y, curve: .p256)
        }
    }
}
