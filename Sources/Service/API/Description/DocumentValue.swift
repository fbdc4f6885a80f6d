import Exchange

/// A JSON value of the API's document, whose members keep the order in which they are written down.
indirect enum DocumentValue: Sendable {
    case string(String)
    case number(String)
    case truth(Bool)
    case null
    case array([DocumentValue])
    case object([(String, DocumentValue)])

    /// A place in the document, as its other parts refer to it: `reference("schemas", "Money")`.
    static func reference(_ kind: String, _ name: String) -> DocumentValue {
        ["$ref": .string("#/components/\(kind)/\(name)")]
    }

    static func strings(_ texts: some Sequence<String>) -> DocumentValue {
        .array(texts.map { .string($0) })
    }

    func write(to writer: inout JSONWriter) {
        switch self {
        case .string(let text): writer.string(text)
        case .number(let digits): writer.number(digits)
        case .truth(let truth): writer.bool(truth)
        case .null: writer.null()
        case .array(let elements):
            writer.array { for element in elements { element.write(to: &$0) } }
        case .object(let members):
            writer.object { writer in
                for (name, value) in members {
                    writer.key(name)
                    value.write(to: &writer)
                }
            }
        }
    }
}

extension DocumentValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral text: String) {
        self = .string(text)
    }

    init(integerLiteral number: Int) {
        self = .number("\(number)")
    }

    init(booleanLiteral truth: Bool) {
        self = .truth(truth)
    }

    init(arrayLiteral elements: DocumentValue...) {
        self = .array(elements)
    }

    init(dictionaryLiteral members: (String, DocumentValue)...) {
        self = .object(members)
    }
}
