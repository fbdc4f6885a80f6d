/// Lines of iCalendar (RFC 5545, 3.1): folded where they are too long, each ended by CR and LF.
struct ContentLines {
    /// How many bytes of a line stand before its end.
    private static let longest = 75

    private(set) var bytes: [UInt8] = []

    /// A line whose value is written as its type has it: a time, a number, a word, an address.
    mutating func add(_ name: String, _ value: String) {
        fold(Array("\(name):\(value)".utf8).filter { !Self.isControl($0) })
    }

    /// A line of text.
    mutating func add(_ name: String, text: String) {
        fold(Array("\(name):".utf8) + Self.escaped(text))
    }

    /// A line that goes on begins with a blank, which counts; none ends inside a character, for each is read by itself.
    private mutating func fold(_ line: [UInt8]) {
        var rest = line[...]
        var room = Self.longest
        while rest.count > room {
            var end = rest.startIndex + room
            while Self.isInsideCharacter(rest[end]), end > rest.startIndex + 1 { end -= 1 }
            bytes += rest[..<end]
            bytes += [0x0D, 0x0A, 0x20]
            rest = rest[end...]
            room = Self.longest - 1
        }
        bytes += rest
        bytes += [0x0D, 0x0A]
    }

    /// Text as RFC 5545, 3.3.11 has it: a new line is `\n`, and what else would end a value stands behind a `\`.
    ///
    /// Control characters are left out: no value may hold them.
    static func escaped(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var previous: UnicodeScalar = " "
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": bytes += [UInt8(ascii: "\\")] + Array(String(scalar).utf8)
            case "\n" where previous == "\r": break
            case "\n", "\r", "\u{2028}", "\u{2029}": bytes += Array("\\n".utf8)
            case "\t": bytes.append(UInt8(ascii: " "))
            case _ where scalar.properties.generalCategory == .control: break
            default: bytes += Array(String(scalar).utf8)
            }
            previous = scalar
        }
        return bytes
    }

    /// The value of a parameter (RFC 5545, 3.2; RFC 6868): in quotes, which cannot stand inside.
    static func quoted(_ text: String) -> String {
        var value = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": value += "^'"
            case "^": value += "^^"
            case "\n", "\r", "\u{2028}", "\u{2029}": value += "^n"
            default: value.unicodeScalars.append(scalar)
            }
        }
        return "\"\(value)\""
    }

    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F
    }

    private static func isInsideCharacter(_ byte: UInt8) -> Bool {
        byte & 0b1100_0000 == 0b1000_0000
    }
}
