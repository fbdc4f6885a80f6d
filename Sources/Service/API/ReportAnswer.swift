import HTTPTypes
import Hummingbird
import NIOCore
import ReferralGroup

extension Response {
    /// A report; 304 to whoever says that they have the same already.
    ///
    /// The tag is weak: without `as_of` a report is as of this second, and is the same as long as its figures are.
    init(report bytes: [UInt8], type: String, to request: Request, asOf: Instant) {
        let tag = EntityTag(of: Array(type.utf8) + bytes.without(Array(asOf.description.utf8)))
        guard !tag.isKnown(to: request) else {
            self.init(status: .notModified, headers: [.eTag: tag.text])
            return
        }
        self.init(
            status: .ok,
            headers: [.contentType: type, .eTag: tag.text],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}

/// A weak tag of RFC 9110, another one for every other content.
private struct EntityTag {
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

extension [UInt8] {
    /// The bytes without those of a word, wherever they stand.
    fileprivate func without(_ word: [UInt8]) -> [UInt8] {
        guard let first = word.first else { return self }
        var left: [UInt8] = []
        left.reserveCapacity(count)
        var rest = self[...]
        while let place = rest.firstIndex(of: first) {
            left += rest[..<place]
            rest = rest[place...]
            if rest.starts(with: word) {
                rest = rest.dropFirst(word.count)
            } else {
                left.append(first)
                rest = rest.dropFirst()
            }
        }
        return left + rest
    }
}
