import ReferralGroup

/// Text of a page: a literal is markup, an interpolated value is text and escaped, unless it is HTML itself.
///
/// What is said in words, and what people write differently from country to country, is kept as it is meant and written
/// when the page is: `\(say: "Seal the meeting")`, `\(month, .long)`, `\(Numbers.text(figure))`.
package struct HTML: Sendable, Hashable, ExpressibleByStringInterpolation {
    fileprivate enum Piece: Sendable, Hashable {
        case markup(String)
        case said(Phrase)
        case numeral(Numeral)
        case day(LocalDate, Language.DayStyle)
        case month(Month)
        case languageCode
    }

    private var pieces: [Piece] = []

    package init(stringLiteral text: String) {
        pieces = text.isEmpty ? [] : [.markup(text)]
    }

    package init(stringInterpolation page: StringInterpolation) {
        pieces = page.pieces
    }

    package static let none: HTML = ""

    /// The BCP 47 code of the language in which the page is written.
    package static let languageCode = HTML(.languageCode)

    private init(_ piece: Piece) {
        pieces = [piece]
    }

    package var isEmpty: Bool {
        pieces.isEmpty
    }

    /// The page in English.
    package var text: String {
        text(in: .english)
    }

    package func text(in language: Language) -> String {
        var text = ""
        write(in: language, to: &text)
        return text
    }

    /// What it says, with what stands beside it.
    package var phrases: [Phrase] {
        pieces.flatMap { piece -> [Phrase] in
            if case .said(let phrase) = piece { [phrase] + phrase.values.flatMap(\.phrases) } else { [] }
        }
    }

    func write(in language: Language, to text: inout String) {
        for piece in pieces {
            switch piece {
            case .markup(let markup): text += markup
            case .said(let phrase): phrase.write(in: language, to: &text)
            case .numeral(let numeral): text += escaped(numeral.text(in: language))
            case .day(let day, let style): text += escaped(language.text(of: day, style))
            case .month(let month): text += escaped(language.text(of: month))
            case .languageCode: text += escaped(language.code)
            }
        }
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var pieces: [Piece] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(interpolationCount + 1)
        }

        package mutating func appendLiteral(_ literal: String) {
            appendMarkup(literal)
        }

        package mutating func appendInterpolation(_ part: HTML) {
            append(part)
        }

        package mutating func appendInterpolation(_ parts: [HTML]) {
            for part in parts { append(part) }
        }

        /// Markup that became text on the way, in a closure whose literals are inferred to be `String`.
        @available(*, unavailable, message: "say that the closure returns HTML")
        package mutating func appendInterpolation(_ parts: [String]) {}

        /// Words of a page, in the language of whoever reads it.
        package mutating func appendInterpolation(say phrase: Phrase) {
            pieces.append(.said(phrase))
        }

        package mutating func appendInterpolation(_ phrase: Phrase) {
            pieces.append(.said(phrase))
        }

        package mutating func appendInterpolation(_ numeral: Numeral) {
            pieces.append(.numeral(numeral))
        }

        /// A day as people write it; without a style it is that of addresses, `2026-10-28`.
        package mutating func appendInterpolation(_ day: LocalDate, _ style: Language.DayStyle) {
            pieces.append(.day(day, style))
        }

        /// A month as people write it; without a style it is that of addresses, `2026-10`.
        package mutating func appendInterpolation(_ month: Month, _ style: Language.MonthStyle) {
            pieces.append(.month(month))
        }

        package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            appendMarkup(escaped(value.description))
        }

        private mutating func append(_ part: HTML) {
            for piece in part.pieces {
                if case .markup(let markup) = piece { appendMarkup(markup) } else { pieces.append(piece) }
            }
        }

        private mutating func appendMarkup(_ markup: String) {
            guard !markup.isEmpty else { return }
            if case .markup(var last)? = pieces.last {
                // Taken out first, so that it grows in place.
                pieces.removeLast()
                last += markup
                pieces.append(.markup(last))
            } else {
                pieces.append(.markup(markup))
            }
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
