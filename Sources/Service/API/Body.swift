import HTTPTypes
import Hummingbird
import NIOCore
import Pages
import ReferralGroup
import Storage

/// The members of a JSON object that somebody sent; what nobody reads is refused.
struct Body {
    static let sizeLimit = 256 << 10
    /// In Unicode scalars, as JSON Schema counts them; a party may be two names.
    static let longestLine = 200
    static let longestParty = 2 * longestLine
    /// The bytes as they came.
    let bytes: [UInt8]
    private var members: [String: JSONValue]
    private let pointer: String
    /// Whether a person wrote it into a form, where everything is text.
    let isForm: Bool

    /// Reads a request's body; throws a problem that names the place where it is wrong.
    init(_ request: Request) async throws {
        let type = (request.headers[.contentType] ?? "").lowercased()
        guard type == "application/json" || type.utf8.starts(with: "application/json;".utf8) else {
            throw Problem(
                status: .unsupportedMediaType,
                kind: "media-type",
                detail: "Send JSON: Content-Type: application/json"
            )
        }
        let body = try await request.body.collect(upTo: Self.sizeLimit)
        bytes = Array(body.readableBytesView)
        pointer = ""
        isForm = false
        do throws(JSONValue.Malformed) {
            guard case .object(let members) = try JSONValue(bytes) else {
                throw .init(reason: "it is no object", place: 0)
            }
            self.members = members
        } catch {
            throw Problem(
                status: .badRequest,
                kind: "json",
                detail: "The body cannot be read: \(error.reason), at byte \(error.place)."
            )
        }
    }

    private init(_ members: [String: JSONValue], at pointer: String, isForm: Bool) {
        self.members = members
        self.pointer = pointer
        self.isForm = isForm
        bytes = []
    }

    /// The fields of a form as the members of an object: `prospect.name` is the name in the prospect, and what was left
    /// empty is null.
    init(_ form: FormFields) {
        var members: [String: JSONValue] = [:]
        var inner: [String: [String: JSONValue]] = [:]
        for (name, value) in form.values where !FormFields.own.contains(name) {
            let parts = name.split(separator: ".", maxSplits: 1)
            guard !value.utf8.allSatisfy({ $0 <= 0x20 }) else {
                if parts.count == 1 { members[name] = .null }
                continue
            }
            if parts.count == 2 {
                inner[String(parts[0]), default: [:]][String(parts[1])] = .string(value)
            } else {
                members[name] = .string(value)
            }
        }
        for (name, object) in inner { members[name] = .object(object) }
        self.init(members, at: "", isForm: true)
    }

    /// Sees that nothing is left that nobody asked for.
    func end() throws {
        // Of a form every field is sent, also those that nobody filled in.
        let left = isForm ? members.filter { if case .null = $0.value { false } else { true } } : members
        if let name = left.keys.sorted().first { throw wrong(name, "there is no such field") }
    }

    func wrong(_ name: String, _ reason: Phrase) -> Problem {
        Problem.field("\(pointer)/\(name.echo)", reason)
    }

    /// A value that is written as it should be, and does not fit what the chapter has.
    func unfit(_ name: String, _ reason: Phrase) -> Problem {
        Problem.unfit("\(pointer)/\(name.echo)", reason)
    }

    /// Whether something was sent under a name, be it empty.
    func has(_ name: String) -> Bool {
        members[name] != nil
    }

    /// Takes a member out; nil where it is missing or null.
    private mutating func take(_ name: String) -> JSONValue? {
        guard let value = members.removeValue(forKey: name) else { return nil }
        if case .null = value { return nil }
        return value
    }

    /// Takes a member out that says null, which is to say something where others are left as they are.
    mutating func isNull(_ name: String) -> Bool {
        guard case .null? = members[name] else { return false }
        members[name] = nil
        return true
    }

    mutating func text(_ name: String) throws -> String? {
        guard let value = take(name) else { return nil }
        guard case .string(let text) = value else { throw wrong(name, "give a text in quotes") }
        return text
    }

    /// One line of text without control characters.
    mutating func line(_ name: String) throws -> String? {
        guard let text = try text(name) else { return nil }
        guard let line = Self.line(text, atMost: Self.longestLine) else {
            throw wrong(name, "give one line of text, of at most \(Self.longestLine) characters")
        }
        return line
    }

    static func line(_ text: String, atMost length: Int) -> String? {
        guard text.unicodeScalars.count <= length, let line = PlainText.line(text), !line.isEmpty else {
            return nil
        }
        return line
    }

    mutating func value<Value: LosslessStringConvertible>(
        _ name: String,
        _ type: Value.Type,
        _ wanted: Phrase
    ) throws -> Value? {
        guard let text = try text(name) else { return nil }
        guard let value = Value(text) else { throw wrong(name, "give \(wanted)") }
        return value
    }

    mutating func date(_ name: String) throws -> LocalDate? {
        try value(name, LocalDate.self, "a date such as 2026-10-28")
    }

    mutating func whole(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let value = take(name) else { return nil }
        guard let number = whole(value), range.contains(number) else {
            throw wrong(name, "give a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private func whole(_ value: JSONValue) -> Int? {
        if isForm, case .string(let text) = value { Int(text) } else { value.whole }
    }

    mutating func bool(_ name: String) throws -> Bool? {
        guard let value = take(name) else { return nil }
        if isForm, case .string(let text) = value, let bool = Bool(text) { return bool }
        guard case .bool(let bool) = value else { throw wrong(name, "give true or false") }
        return bool
    }

    mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        _ type: Word.Type
    ) throws -> Word? {
        guard let text = try text(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            throw wrong(name, "give one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return word
    }

    /// `{"amount": "1200.00", "currency": "EUR"}`, not negative and no larger than one record may hold.
    ///
    /// In a form it is the amount alone, in the chapter's currency, as people write it.
    mutating func money(_ name: String, in chapter: Chapter) throws -> Money? {
        if isForm {
            guard let text = try text(name) else { return nil }
            guard let money = Money(written: text, in: chapter.currency),
                (0...Money.largest).contains(money.minorUnits)
            else { throw wrong(name, "give an amount such as 1200.50, not negative") }
            return money
        }
        guard var object = try object(name) else { return nil }
        let code = try object.required(object.text("currency"), "currency")
        guard let currency = Currency(code) else { throw object.wrong("currency", "give a code such as EUR") }
        let amount = try object.required(object.text("amount"), "amount")
        try object.end()
        guard DecimalShape.amount.fits(amount) else {
            throw object.wrong("amount", "give an amount such as \"1200.00\", not negative")
        }
        guard currency == chapter.currency else {
            throw object.unfit("currency", "this chapter keeps its ledger in \(chapter.currency)")
        }
        guard let money = Money(amount, in: currency), (0...Money.largest).contains(money.minorUnits) else {
            throw object.unfit("amount", "\(currency) has no such amount, or it is too large")
        }
        return money
    }

    /// A member by number, or a text as the shell takes it: a name, an e-mail, `Name @ Chapter`, `chapter`.
    mutating func party(_ name: String, in acting: ActingDatabase, on day: LocalDate?) async throws -> Party?
    {
        guard let value = take(name) else { return nil }
        switch value {
        case .number:
            guard let number = value.whole, number > 0 else { throw wrong(name, Self.wantedParty) }
            let id = Membership.ID(Int64(number))
            guard let chapter = acting.chapter, try await acting.run(.member(id, in: chapter)) != nil else {
                throw unfit(name, "there is no member of that number")
            }
            return .member(id)
        case .string(let text) where isForm && Int64(text) != nil:
            members[name] = Int64(text).map { .number("\($0)") }
            return try await party(name, in: acting, on: day)
        case .string(let text):
            guard let line = Self.line(text, atMost: Self.longestParty) else {
                throw wrong(name, Self.wantedParty)
            }
            guard let party = PartyName(line) else { throw unfit(name, Self.wantedParty) }
            switch party {
            case .member(let text):
                do {
                    return .member(try await acting.member(text, on: day).id)
                } catch let unknown as Unknown {
                    throw unfit(name, Phrase(of: unknown.message))
                }
            case .outsider(let person, let home): return .outsider(name: person, home: home)
            case .visitor(let person): return .visitor(name: person)
            case .chapter: return .chapter
            }
        default: throw wrong(name, Self.wantedParty)
        }
    }

    private static let wantedParty: Phrase = "give a member's number or name, or Name @ Chapter"

    mutating func object(_ name: String) throws -> Body? {
        guard let value = take(name) else { return nil }
        guard case .object(let members) = value else { throw wrong(name, "give an object") }
        return Body(members, at: "\(pointer)/\(name)", isForm: isForm)
    }

    mutating func objects(_ name: String, atMost most: Int) throws -> [Body]? {
        guard let value = take(name) else { return nil }
        guard case .array(let elements) = value, elements.count <= most else {
            throw wrong(name, "give a list of at most \(most) objects")
        }
        return try elements.enumerated().map { place, element in
            guard case .object(let members) = element else {
                throw wrong("\(name)/\(place)", "give an object")
            }
            return Body(members, at: "\(pointer)/\(name)/\(place)", isForm: isForm)
        }
    }

    /// A decimal number as text; people write points or commas.
    mutating func decimal(_ name: String) throws -> String? {
        guard let text = try text(name) else { return nil }
        guard isForm else { return text }
        let comma = UInt8(ascii: ",")
        return String(
            decoding: text.utf8.filter { $0 != 0x20 }.map { $0 == comma ? UInt8(ascii: ".") : $0 },
            as: UTF8.self
        )
    }

    /// A part of a hundred as text, with its sign; people leave it out.
    mutating func percentage(_ name: String) throws -> String? {
        guard isForm else { return try text(name) }
        return try decimal(name).map { $0.utf8.last == UInt8(ascii: "%") ? $0 : "\($0)%" }
    }

    /// Several texts; in a form they stand in one field, divided by commas or blanks.
    mutating func listed(_ name: String, atMost most: Int) throws -> [String]? {
        guard isForm else { return try texts(name, atMost: most) }
        let parts = try text(name)?.split { $0 == "," || $0 == " " }.map(String.init)
        guard parts.map({ $0.count <= most }) ?? true else { throw wrong(name, "give at most \(most)") }
        return parts
    }

    mutating func texts(_ name: String, atMost most: Int) throws -> [String]? {
        guard let value = take(name) else { return nil }
        guard case .array(let elements) = value, elements.count <= most else {
            throw wrong(name, "give a list of at most \(most) texts")
        }
        return try elements.enumerated().map { place, element in
            guard case .string(let text) = element else {
                throw wrong("\(name)/\(place)", "give a text in quotes")
            }
            return text
        }
    }

    func required<Value>(_ value: Value?, _ name: String) throws -> Value {
        guard let value else { throw wrong(name, "it is missing") }
        return value
    }
}
