import HTTPTypes
import Hummingbird

/// A weak tag of RFC 9110, another one for every other content.
struct EntityTag {
    private let value: [UInt8]

    init(of content: [UInt8]) {
        value = Array("\"\(fingerprint(of: content).prefix(32))\"".utf8)
    }

    var text: String {
        "W/\(String(decoding: value, as: UTF8.self))"
    }

    /// Whether If-None-Match names it, or any.
    func isKnown(to request: Request) -> Bool {
        request.headers[values: .ifNoneMatch].contains { field in
            field.utf8.split(separator: UInt8(ascii: ",")).contains { listed in
                var tag = listed.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
                if tag.starts(with: "W/".utf8) { tag.removeFirst(2) }
                return tag == value || tag == Array("*".utf8)
            }
        }
    }
}
