import ReferralGroup

/// What a page says: a literal is the English of it, and its name in the catalogue of every other language; an
/// interpolated value stands beside it.
///
/// `"Sealed by \(name)"` is kept as `Sealed by {1}` and a name. A `count:` also chooses among the forms that a language
/// has for one, for few, for many.
package struct Phrase: Sendable, Hashable, ExpressibleByStringInterpolation {
    /// The English of it, with `{1}`, `{2}` … where values belong.
    package let key: String
    let values: [HTML]
    let count: Int?

    package init(stringLiteral text: String) {
        (key, values, count) = (text, [], nil)
    }

    package init(stringInterpolation said: StringInterpolation) {
        (key, values, count) = (said.key, said.values, said.count)
    }

    init(_ key: String, _ values: [HTML]) {
        (self.key, self.values, count) = (key, values, nil)
    }

    /// A sentence that is data of ours: the heading of a column, what a rule says.
    package init(of text: String) {
        self.init(stringLiteral: text)
    }

    /// The phrase as plain text, for where there is no markup.
    package func plain(in language: Language) -> String {
        var text = ""
        write(in: language, to: &text)
        return unescaped(text)
    }

    func write(in language: Language, to text: inout String) {
        for part in language.template(for: self) {
            switch part {
            case .text(let words): text += words
            case .value(let place) where place < values.count: values[place].write(in: language, to: &text)
            case .value: break
            }
        }
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var key = ""
        fileprivate var values: [HTML] = []
        fileprivate var count: Int?

        package init(literalCapacity: Int, interpolationCount: Int) {
            key.reserveCapacity(literalCapacity + interpolationCount * 3)
        }

        package mutating func appendLiteral(_ literal: String) {
            key += literal
        }

        package mutating func appendInterpolation(_ value: HTML) {
            values.append(value)
            key += "{\(values.count)}"
        }

        package mutating func appendInterpolation(_ phrase: Phrase) {
            appendInterpolation("\(say: phrase)" as HTML)
        }

        package mutating func appendInterpolation(_ numeral: Numeral) {
            appendInterpolation("\(numeral)" as HTML)
        }

        package mutating func appendInterpolation(_ day: LocalDate, _ style: Language.DayStyle) {
            appendInterpolation("\(day, style)" as HTML)
        }

        package mutating func appendInterpolation(_ month: Month, _ style: Language.MonthStyle) {
            appendInterpolation("\(month, style)" as HTML)
        }

        package mutating func appendInterpolation(count: Int) {
            self.count = count
            appendInterpolation("\(count)" as HTML)
        }

        package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            appendInterpolation("\(value)" as HTML)
        }
    }
}

/// The text that `escaped` was given.
func unescaped(_ text: String) -> String {
    var rest = text.utf8[...]
    var bytes: [UInt8] = []
    while let byte = rest.first {
        if byte == UInt8(ascii: "&"), let known = references.first(where: { rest.starts(with: $0.0.utf8) }) {
            bytes += known.1.utf8
            rest = rest.dropFirst(known.0.utf8.count)
        } else {
            bytes.append(byte)
            rest = rest.dropFirst()
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

private let references = [
    ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#96;", "`"),
    ("&#61;", "="),
]

/// A number as people write it: in English with a point; thousands are apart by a thin space in every language.
package struct Numeral: Sendable, Hashable, CustomStringConvertible {
    /// As it is in English.
    package let description: String

    package init(_ english: String) {
        description = english
    }

    func text(in language: Language) -> String {
        guard language.decimalSign != "." else { return description }
        return String(
            decoding: description.utf8.flatMap { byte -> [UInt8] in
                byte == UInt8(ascii: ".") ? Array(language.decimalSign.utf8) : [byte]
            },
            as: UTF8.self
        )
    }
}
