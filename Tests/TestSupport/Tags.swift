/// The tags of a page, read byte by byte as a browser would, and what is wrong with them.
package struct Tags {
    package private(set) var names: [String] = []
    package private(set) var attributes: [String] = []
    package private(set) var problems: [String] = []

    private static let void: Set<String> = ["meta", "link", "img", "input", "br", "hr", "!doctype"]

    package init(of page: String) {
        var bytes = Array(page.utf8)[...]
        var open: [String] = []
        while let start = bytes.firstIndex(of: UInt8(ascii: "<")) {
            bytes = bytes[(start + 1)...]
            let tag = Self.tag(from: &bytes)
            let isEnd = tag.first == UInt8(ascii: "/")
            let name = String(
                decoding: tag.drop { $0 == 0x2f }.prefix { $0 != 0x20 && $0 != 0x2f },
                as: UTF8.self
            )
            names.append((isEnd ? "/" : "") + name)
            if isEnd {
                if open.popLast() != name { problems.append("</\(name)> ends nothing") }
            } else if !Self.void.contains(name), tag.last != UInt8(ascii: "/") {
                open.append(name)
            }
            attributes += Self.attributes(of: tag)
        }
        problems += open.map { "<\($0)> does not end" }
        let ids = attributes.filter { $0.utf8.starts(with: "id=".utf8) }
        if Set(ids).count != ids.count { problems.append("an id is given twice: \(ids)") }
    }

    /// The bytes up to the end of the tag, which does not lie within quotes.
    private static func tag(from bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var isQuoted = false
        let tag = bytes.prefix { byte in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return isQuoted || byte != UInt8(ascii: ">")
        }
        bytes = bytes[tag.endIndex...]
        return tag
    }

    /// Each attribute as it is written: `id="content"`.
    private static func attributes(of tag: ArraySlice<UInt8>) -> [String] {
        var isQuoted = false
        return tag.split { byte in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            return !isQuoted && (byte == 0x20 || byte == 0x0a)
        }.dropFirst().map { String(decoding: $0, as: UTF8.self) }
    }
}
