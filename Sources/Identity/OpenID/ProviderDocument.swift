import FoundationEssentials

/// What an OpenID provider says about itself at `/.well-known/openid-configuration`.
package struct ProviderDocument: Hashable, Sendable {
    package let authorizationEndpoint: String
    package let tokenEndpoint: String
    package let keys: String
    package let login: Login

    /// How a client shows the provider that it is the one it says.
    package enum Login: Hashable, Sendable {
        /// By HTTP's basic authentication.
        case header
        /// In the form.
        case form
    }

    /// Why a document is not accepted.
    package enum Refused: String, Error, Hashable, Sendable, CaseIterable {
        case unreadable
        case otherIssuer
        case noLogin

        /// What is wrong, for the operator.
        package var sentence: String {
            switch self {
            case .unreadable: "the provider does not describe itself as OpenID Connect Discovery has it"
            case .otherIssuer:
                "the provider names another issuer; write CHAPTERHOUSE_OPENID_ISSUER exactly as it does"
            case .noLogin: "the provider takes neither client_secret_basic nor client_secret_post"
            }
        }
    }

    /// Reads the document of an issuer, which has to name itself in it byte for byte.
    ///
    /// Throws `Refused`.
    package init(document: some Sequence<UInt8>, issuer: String) throws {
        let said: Said
        do {
            said = try JSONDecoder().decode(Said.self, from: Data(document))
        } catch is DecodingError {
            throw Refused.unreadable
        }
        guard said.issuer.utf8.elementsEqual(issuer.utf8) else { throw Refused.otherIssuer }
        authorizationEndpoint = said.authorizationEndpoint
        tokenEndpoint = said.tokenEndpoint
        keys = said.keys
        // What the standard says of a provider that does not say.
        let logins = said.logins ?? ["client_secret_basic"]
        if logins.contains("client_secret_basic") {
            login = .header
        } else if logins.contains("client_secret_post") {
            login = .form
        } else {
            throw Refused.noLogin
        }
    }

    /// Where the document of an issuer is.
    package static func address(of issuer: String) -> String {
        "\(issuer.utf8.last == UInt8(ascii: "/") ? String(issuer.dropLast()) : issuer)/.well-known/openid-configuration"
    }
}

private struct Said: Decodable {
    let issuer: String
    let authorizationEndpoint: String
    let tokenEndpoint: String
    let keys: String
    let logins: [String]?

    private enum CodingKeys: String, CodingKey {
        case issuer
        case authorizationEndpoint = "authorization_endpoint"
        case tokenEndpoint = "token_endpoint"
        case keys = "jwks_uri"
        case logins = "token_endpoint_auth_methods_supported"
    }
}

/// What a provider answers to a code.
package struct TokenAnswer: Decodable, Sendable {
    package let idToken: String

    private enum CodingKeys: String, CodingKey {
        case idToken = "id_token"
    }

    /// Nil where there is no ID token in it.
    package init?(body: some Sequence<UInt8>) {
        do {
            self = try JSONDecoder().decode(TokenAnswer.self, from: Data(body))
        } catch {
            return nil
        }
    }
}
