import FoundationEssentials

/// A JSON text, as a value to compare.
package enum JSON: Equatable, Sendable {
    case object([String: JSON])
    case array([JSON])
    case string(String)
    case number(Double)
    case truth(Bool)
    case null

    package init(_ text: String) throws {
        self = try JSONDecoder().decode(JSON.self, from: Data(text.utf8))
    }

    package init(contentsOf path: String) throws {
        self = try JSONDecoder().decode(JSON.self, from: Data(contentsOf: URL(filePath: path)))
    }

    package subscript(_ key: String) -> JSON? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    package var elements: [JSON] {
        if case .array(let elements) = self { elements } else { [] }
    }

    package var members: [String: JSON] {
        if case .object(let members) = self { members } else { [:] }
    }

    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    package var number: Double? {
        if case .number(let number) = self { number } else { nil }
    }

    /// The same without the ids of records, which no two databases share.
    package var withoutIDs: JSON {
        without("id")
    }

    /// The same without the members of this name, however deep.
    package func without(_ name: String) -> JSON {
        switch self {
        case .object(let members):
            .object(members.filter { $0.key != name }.mapValues { $0.without(name) })
        case .array(let elements): .array(elements.map { $0.without(name) })
        default: self
        }
    }
}

extension JSON: Decodable {
    package init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let truth: Bool = value.decodeIfOne() {
            self = .truth(truth)
        } else if let number: Double = value.decodeIfOne() {
            self = .number(number)
        } else if let text: String = value.decodeIfOne() {
            self = .string(text)
        } else if let elements: [JSON] = value.decodeIfOne() {
            self = .array(elements)
        } else {
            self = .object(try value.decode([String: JSON].self))
        }
    }
}

extension SingleValueDecodingContainer {
    /// The value, or nil where it is of another type: JSON says only by trying which type comes.
    fileprivate func decodeIfOne<Value: Decodable>() -> Value? {
        do {
            return try decode(Value.self)
        } catch {
            return nil
        }
    }
}
