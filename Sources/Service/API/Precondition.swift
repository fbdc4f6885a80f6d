import HTTPTypes
import Hummingbird

/// What a write says it has seen: nobody changes unseen what somebody else has changed since.
struct Precondition {
    /// Tags of RFC 9110 divided by commas, or a star; in a tag of ours stands no comma.
    static let pattern = #"^(\*|(W/)?"[!#-+.-~-]*"( *, *(W/)?"[!#-+.-~-]*")*)$"#

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
        let comma = UInt8(ascii: ",")
        var tags: [String] = []
        for field in fields {
            for tag in Array(field.utf8).split(separator: comma, omittingEmptySubsequences: false) {
                let bytes = tag.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
                tags.append(String(decoding: bytes, as: UTF8.self))
            }
        }
        guard tags == ["*"] || tags.allSatisfy(isTag) else {
            throw Problem(
                status: .badRequest,
                kind: "if-match",
                detail: "If-Match: give an ETag in its quotes, as the answer had it"
            )
        }
        return Precondition(tags)
    }

    private static func isTag(_ text: String) -> Bool {
        let quote = UInt8(ascii: "\"")
        let opaque = text.utf8.starts(with: "W/".utf8) ? text.utf8.dropFirst(2) : text.utf8[...]
        return opaque.count >= 2 && opaque.first == quote && opaque.last == quote
            && opaque.dropFirst().dropLast().allSatisfy { (0x21...0x7e).contains($0) && $0 != quote }
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
