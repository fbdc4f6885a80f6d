import HTTPTypes
import Hummingbird

/// What a write says it has seen: nobody changes unseen what somebody else has changed since.
struct Precondition {
    private let tags: [String]

    /// Throws where there is no If-Match.
    init(_ request: Request) throws {
        let fields = request.headers[values: .ifMatch]
        guard !fields.isEmpty else {
            throw Problem(
                status: .preconditionRequired,
                kind: "if-match",
                detail: "Send If-Match with the ETag of what you saw."
            )
        }
        tags = fields.flatMap { $0.split(separator: ",") }.map { tag in
            String(decoding: tag.utf8.filter { $0 != UInt8(ascii: " ") }, as: UTF8.self)
        }
    }

    /// Throws where it is another one now.
    func check(_ tag: String) throws {
        guard tags.contains("*") || tags.contains(tag) else {
            throw Problem(
                status: .preconditionFailed,
                kind: "stale",
                detail: "Somebody has changed it since; read it again."
            )
        }
    }
}

extension Response {
    /// One thing, with a tag that says which state of it.
    init(tagged json: [UInt8]) {
        self.init(json: json)
        headers[.eTag] = json.tag
    }
}

extension [UInt8] {
    /// A strong tag of RFC 9110.
    var tag: String {
        "\"\(fingerprint(of: self).prefix(32))\""
    }
}
