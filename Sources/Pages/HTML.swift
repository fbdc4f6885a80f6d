/// Text of a page: a literal is markup, an interpolated value is text and escaped, unless it is HTML itself.
package struct HTML: Sendable, Hashable, ExpressibleByStringInterpolation {
    package private(set) var text = ""

    package init(stringLiteral text: String) {
        self.text = text
    }

    package init(stringInterpolation page: StringInterpolation) {
        text = page.text
    }

    package static let none: HTML = ""

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        package mutating func appendInterpolation(_ part: HTML) {
            text += part.text
        }

        package mutating func appendInterpolation(_ parts: [HTML]) {
            for part in parts { text += part.text }
        }

        /// Markup that became text on the way, in a closure whose literals are inferred to be `String`.
        @available(*, unavailable, message: "say that the closure returns HTML")
        package mutating func appendInterpolation(_ parts: [String]) {}

        package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            text += escaped(value.description)
        }
    }
}

/// The text with every byte that could be markup written as a reference.
///
/// Works on bytes: a quote followed by a combining mark is one Character, and would slip through otherwise.
func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
        switch byte {
        case 0: bytes += "\u{FFFD}".utf8
        case UInt8(ascii: "&"): bytes += "&amp;".utf8
        case UInt8(ascii: "<"): bytes += "&lt;".utf8
        case UInt8(ascii: ">"): bytes += "&gt;".utf8
        case UInt8(ascii: "\""): bytes += "&quot;".utf8
        case UInt8(ascii: "'"): bytes += "&#39;".utf8
        case UInt8(ascii: "`"): bytes += "&#96;".utf8
        case UInt8(ascii: "="): bytes += "&#61;".utf8
        default: bytes.append(byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
