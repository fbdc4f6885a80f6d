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
