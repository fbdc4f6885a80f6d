import HTTPTypes

extension HTTPResponse.Status {
    /// What an operation may answer where something is wrong; each is described once.
    static let problems: [HTTPResponse.Status] = [
        .badRequest, .unauthorized, .forbidden, .notFound, .notAcceptable, .conflict, .preconditionFailed,
        .contentTooLarge,
        .unsupportedMediaType, .unprocessableContent, .preconditionRequired, .tooManyRequests,
        .requestHeaderFieldsTooLarge, .serviceUnavailable,
    ]

    /// As the document calls it: `NotFound`.
    var name: String {
        reasonPhrase.split(whereSeparator: { $0 == " " || $0 == "-" }).joined()
    }

    var problem: DocumentValue {
        var members: [(String, DocumentValue)] = [("description", .string(meaning))]
        if let header {
            members.append(("headers", [header.rawValue: .reference("headers", header.rawValue)]))
        }
        members.append(
            (
                "content",
                ["application/problem+json": ["schema": Schema.named("Problem").value]]
            )
        )
        return .object(members)
    }

    private var header: Operation.Header? {
        switch self {
        case .unauthorized: .challenge
        case .tooManyRequests, .serviceUnavailable: .retryAfter
        default: nil
        }
    }

    private var meaning: String {
        switch self {
        case .badRequest: "A parameter, a header or the JSON is not right; `errors` names it."
        case .unauthorized: "Nobody is signed in, or the token is unknown, expired or revoked."
        case .forbidden:
            "Your offices do not give you the right, or not before you have a second factor (`second-factor-wanted`), or your token is for reading only."
        case .notFound: "Nothing is there; a chapter you do not belong to looks the same."
        case .notAcceptable:
            "It does not come in any format that is accepted; the detail lists those there are."
        case .conflict:
            "Something is there already, or the first request with this Idempotency-Key is still at work."
        case .preconditionFailed: "It has changed since you saw it."
        case .contentTooLarge: "The body is too large."
        case .unsupportedMediaType: "The body is not of the type that is taken here."
        case .unprocessableContent:
            "A field is not right, or a rule of the network refuses it; `errors` names the field."
        case .preconditionRequired: "If-Match is missing."
        case .tooManyRequests: "That was tried too often."
        case .requestHeaderFieldsTooLarge: "The address and the headers are too large."
        default: "The service cannot serve now."
        }
    }
}
