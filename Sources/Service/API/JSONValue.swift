import ReferralGroup

/// A JSON text as it was sent: numbers keep their digits, and no key stands twice.
indirect enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Why a text is no JSON that we take.
    struct Malformed: Error {
        let reason: String
        /// In bytes from the start.
        let place: Int
    }

    static let deepest = 16

    init(_ bytes: some Sequence<UInt8>) throws(Malformed) {
        var reader = Reader(bytes: Array(bytes))
        self = try reader.document()
    }
}

extension JSONValue {
    /// The number, where it is a whole one: to JSON Schema `2`, `2.0` and `2e0` are the same.
    var whole: Int? {
        guard case .number(let digits) = self else { return nil }
        if let number = Int(digits) { return number }
        let parts = digits.lowercased().split(separator: "e")
        guard let mantissa = parts.first.flatMap({ Figure(String($0)) }),
            let exponent = parts.count == 2 ? Int(parts[1]) : 0, (-18...18).contains(exponent)
        else { return nil }
        // At most 18 digits and as many zeros fit.
        var (unscaled, power) = (mantissa.unscaled, exponent - mantissa.scale)
        while power < 0, unscaled % 10 == 0 { (unscaled, power) = (unscaled / 10, power + 1) }
        guard power >= 0 else { return nil }
        for _ in 0..<power { unscaled *= 10 }
        return Int(exactly: unscaled)
    }
}

/// Reads RFC 8259 strictly: UTF-8, at most sixteen levels, no key twice, no U+0000.
private struct Reader {
    let bytes: [UInt8]
    var place = 0

    mutating func document() throws(JSONValue.Malformed) -> JSONValue {
        let value = try value(depth: 0)
        skipBlanks()
        guard place == bytes.count else { throw trouble("there is more behind the value") }
        return value
    }

    private mutating func value(depth: Int) throws(JSONValue.Malformed) -> JSONValue {
        skipBlanks()
        switch peek {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case nil: throw trouble("it ends too early")
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(JSONValue.Malformed) -> JSONValue {
        guard depth <= JSONValue.deepest else { throw trouble("it is nested too deeply") }
        place += 1
        var members: [String: JSONValue] = [:]
        skipBlanks()
        if take(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipBlanks()
            guard peek == UInt8(ascii: "\"") else { throw trouble("a key in quotes is missing") }
            let key = try string()
            skipBlanks()
            guard take(UInt8(ascii: ":")) else { throw trouble("a colon is missing") }
            let value = try value(depth: depth)
            guard members.updateValue(value, forKey: key) == nil else {
                throw trouble("a key stands there twice")
            }
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw trouble("a comma or a brace is missing") }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONValue.Malformed) -> JSONValue {
        guard depth <= JSONValue.deepest else { throw trouble("it is nested too deeply") }
        place += 1
        var elements: [JSONValue] = []
        skipBlanks()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        repeat {
            elements.append(try value(depth: depth))
            skipBlanks()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw trouble("a comma or a bracket is missing") }
        return .array(elements)
    }

    private mutating func string() throws(JSONValue.Malformed) -> String {
        place += 1
        var text: [UInt8] = []
        while let byte = peek {
            place += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw trouble("a text is no UTF-8")
                }
                guard !string.utf8.contains(0) else { throw trouble("a text holds U+0000") }
                return string
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20: throw trouble("a control character stands in a text unescaped")
            default: text.append(byte)
            }
        }
        throw trouble("a text does not end")
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONValue.Malformed) {
        guard let letter = peek else { throw trouble("a text does not end") }
        place += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if (0xd800..<0xdc00).contains(code) {
                guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
                    throw trouble("half a surrogate pair")
                }
                let low = try hexadecimal()
                guard (0xdc00..<0xe000).contains(low) else { throw trouble("half a surrogate pair") }
                code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
            }
            guard let scalar = UnicodeScalar(code) else { throw trouble("half a surrogate pair") }
            text += Array(String(Character(scalar)).utf8)
        default: throw trouble("an escape that there is not")
        }
    }

    private mutating func hexadecimal() throws(JSONValue.Malformed) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = peek.flatMap({ Character(UnicodeScalar($0)).hexDigitValue }) else {
                throw trouble("an escape that there is not")
            }
            place += 1
            code = code << 4 | UInt32(digit)
        }
        return code
    }

    private mutating func number() throws(JSONValue.Malformed) -> String {
        let start = place
        _ = take(UInt8(ascii: "-"))
        let isZero = peek == UInt8(ascii: "0")
        guard digits() > 0, !isZero || place - start <= (bytes[start] == UInt8(ascii: "-") ? 2 : 1) else {
            throw trouble("this is no value")
        }
        if take(UInt8(ascii: ".")), digits() == 0 { throw trouble("digits are missing behind the point") }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            if digits() == 0 { throw trouble("digits are missing in the exponent") }
        }
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func digits() -> Int {
        let start = place
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { place += 1 }
        return place - start
    }

    private mutating func word(_ text: String, _ value: JSONValue) throws(JSONValue.Malformed) -> JSONValue {
        guard bytes[place...].starts(with: text.utf8) else { throw trouble("this is no value") }
        place += text.utf8.count
        return value
    }

    private var peek: UInt8? {
        place < bytes.count ? bytes[place] : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        place += 1
        return true
    }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { place += 1 }
    }

    private func trouble(_ reason: String) -> JSONValue.Malformed {
        JSONValue.Malformed(reason: reason, place: place)
    }
}
