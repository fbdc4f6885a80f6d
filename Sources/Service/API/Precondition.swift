import HTTPTypes
import Hummingbird
import Pages

/// What a write says it has seen: nobody changes unseen what somebody else has changed since.
struct Precondition {
    private let tags: [String]

    /// Throws where there is no If-Match, or one that is no tag.
    init(_ request: Request) throws {
        guard let given = try Self.given(request) else {
            throw Problem(
                status: .preconditionRequired,
                kind: "if-match",
                detail: "Send If-Match with the ETag of what you saw."
            )
        }
        self = given
    }

    private init(_ tags: [String]) {
        self.tags = tags
    }

    /// Nil where nothing is said; throws where it is no tag.
    static func given(_ request: Request) throws -> Precondition? {
        let fields = request.headers[values: .ifMatch]
        guard !fields.isEmpty else { return nil }
        var tags: [String] = []
        for field in fields {
            guard let listed = Self.tags(of: field) else {
                throw Problem(
                    status: .preconditionFailed,
                    kind: "if-match",
                    detail: "If-Match: give an ETag in its quotes, as the answer had it"
                )
            }
            tags += listed
        }
        return Precondition(tags)
    }

    /// A star, or tags of RFC 9110 divided by commas, which may stand within a tag as well.
    private static func tags(of field: String) -> [String]? {
        let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        var rest = Array(field.utf8)[...].drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        if rest.elementsEqual("*".utf8) { return ["*"] }
        var tags: [String] = []
        repeat {
            rest = rest.drop(while: isBlank)
            let isWeak = rest.starts(with: "W/".utf8)
            if isWeak { rest = rest.dropFirst(2) }
            guard rest.popFirst() == quote, let end = rest.firstIndex(of: quote) else { return nil }
            let opaque = rest[..<end]
            guard opaque.allSatisfy({ (0x21...0x7e).contains($0) }) else { return nil }
            tags.append("\(isWeak ? "W/" : "")\"\(String(decoding: opaque, as: UTF8.self))\"")
            rest = rest[(end + 1)...].drop(while: isBlank)
            if rest.isEmpty { return tags }
        } while rest.popFirst() == comma
        return nil
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
