import ReferralGroup

/// What a value of the API may be, in the words of JSON Schema.
struct Schema: Sendable {
    private var members: [(String, DocumentValue)]

    init(_ members: KeyValuePairs<String, DocumentValue>) {
        self.members = members.map { ($0.key, $0.value) }
    }

    var value: DocumentValue {
        .object(members)
    }

    private func with(_ name: String, _ value: DocumentValue) -> Schema {
        var changed = self
        changed.members.append((name, value))
        return changed
    }

    func saying(_ description: String) -> Schema {
        with("description", .string(description))
    }

    func like(_ example: DocumentValue) -> Schema {
        with("examples", [example])
    }

    /// What it is where nothing is sent.
    func otherwise(_ value: DocumentValue) -> Schema {
        with("default", value)
    }

    /// The same, or null.
    var orNull: Schema {
        var changed = self
        for (place, member) in members.enumerated() {
            switch member {
            case ("type", .string(let type)): changed.members[place].1 = [.string(type), "null"]
            case ("enum", .array(let words)): changed.members[place].1 = .array(words + [.null])
            case ("$ref", _): return Schema(["anyOf": [value, ["type": "null"]]])
            case ("oneOf", .array(let choices)):
                changed.members[place].1 = .array(choices + [["type": "null"]])
            default: break
            }
        }
        return changed
    }
}

// Values.
extension Schema {
    /// A schema that the document names once.
    static func named(_ name: String) -> Schema {
        Schema(["$ref": .string("#/components/schemas/\(name)")])
    }

    static let text = Schema(["type": "string"])
    static let truth = Schema(["type": "boolean"])
    static let date = Schema(["type": "string", "format": "date"]).like("2026-10-28")
    static let instant = Schema(["type": "string", "format": "date-time"]).like("2026-11-01T08:00:00Z")
    static let slipID = Schema(["type": "string", "format": "uuid"]).like(
        "0191f2a4-6c1e-4b6b-9a55-3f0f4a1c2d3e"
    )
    static let month = matching(
        "^([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-(0[1-9]|1[0-2])$"
    ).like("2026-10")
    static let slug = matching("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$").like("cedar")
    static let currency = matching("^[A-Z]{3}$").like("EUR")

    /// The number by which a record is known.
    static let id = whole(1...Int.max)

    /// One line of text: something but blanks, and no control characters.
    static let line = line(atMost: Body.longestLine)
    static func line(atMost length: Int) -> Schema {
        Schema([
            "type": "string", "minLength": 1, "maxLength": .number("\(length)"),
            "pattern":
                #"^[^\u0000-\u001F\u007F-\u009F]*[^\s\u0000-\u001F\u007F-\u009F][^\u0000-\u001F\u007F-\u009F]*$"#,
        ])
    }

    /// Several lines of text.
    static let paragraphs = Schema([
        "type": "string", "minLength": 1, "maxLength": .number("\(Body.longestText)"),
        "pattern":
            #"^[^\u0000-\u0009\u000B\u000C\u000E-\u001F\u007F-\u009F]*[^\s\u0000-\u001F\u007F-\u009F][^\u0000-\u0009\u000B\u000C\u000E-\u001F\u007F-\u009F]*$"#,
    ])

    static let email = Schema([
        "type": "string", "format": "email", "maxLength": 254,
        "pattern":
            #"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9_-]([A-Za-z0-9_.-]{0,180}[A-Za-z0-9_-])?$"#,
    ]).like("karl@example.org")

    /// Exact decimals, in quotes so that nobody reads them as binary numbers.
    static let figure = matching(#"^-?[0-9]+(\.[0-9]+)?$"#)
    /// An amount of a report, in the currency that the report names once.
    static let amount = matching(#"^-?[0-9]+(\.[0-9]{1,4})?$"#).like("1200.00")
    static let ratio = Schema(["type": "number"]).like(.number("1.3943"))

    static func matching(_ pattern: String) -> Schema {
        Schema(["type": "string", "pattern": .string(pattern)])
    }

    static func whole(_ range: ClosedRange<Int>) -> Schema {
        var schema = Schema(["type": "integer", "minimum": .number("\(range.lowerBound)")])
        guard range.upperBound < Int.max else { return schema.with("format", "int64") }
        schema = schema.with("maximum", .number("\(range.upperBound)"))
        return schema
    }

    static let count = whole(0...Int.max)

    static func word(_ words: [String]) -> Schema {
        Schema(["type": "string", "enum": .strings(words)])
    }

    static func word<Word: RawRepresentable<String> & CaseIterable>(_ type: Word.Type) -> Schema {
        word(Word.allCases.map(\.rawValue))
    }
}

// What is made of values.
extension Schema {
    static func list(of schema: Schema, atMost most: Int? = nil) -> Schema {
        let list = Schema(["type": "array", "items": schema.value])
        return most.map { list.with("maxItems", .number("\($0)")) } ?? list
    }

    /// At least one.
    var ofSome: Schema {
        with("minItems", 1)
    }

    /// A draft that says in a member of its own which kind of slip it is.
    func ofKind(_ kind: EntryKind) -> Schema {
        var changed = self
        for (place, member) in members.enumerated() {
            switch member {
            case ("properties", .object(let properties)):
                changed.members[place].1 = .object(
                    [("slip", ["type": "string", "const": .string(kind.rawValue)])] + properties
                )
            case ("required", .array(let names)): changed.members[place].1 = .array(["slip"] + names)
            default: break
            }
        }
        return changed
    }

    func ofDifferent(atLeast least: Int) -> Schema {
        with("minItems", .number("\(least)")).with("uniqueItems", true)
    }

    static func oneOf(_ schemas: [Schema]) -> Schema {
        Schema(["oneOf": .array(schemas.map(\.value))])
    }

    /// What the service writes: always all of it, but for what it does `sometimes`.
    static func answer(
        _ members: KeyValuePairs<String, Schema>...,
        sometimes others: KeyValuePairs<String, Schema> = [:]
    ) -> Schema {
        let always = members.flatMap { $0.map { ($0.key, $0.value) } }
        return object(always + others.map { ($0.key, $0.value) }, required: always.map(\.0))
    }

    static func answer(of members: [(String, Schema)]) -> Schema {
        object(members, required: members.map(\.0))
    }

    /// What the service reads: nothing but this, and null is like nothing.
    static func draft(
        needs required: KeyValuePairs<String, Schema>,
        takes optional: KeyValuePairs<String, Schema>...
    ) -> Schema {
        let members =
            required.map { ($0.key, $0.value) } + optional.flatMap { $0.map { ($0.key, $0.value.orNull) } }
        return object(members, required: required.map(\.key)).with("additionalProperties", false)
    }

    /// Just one of two members of a draft has to be there.
    ///
    /// By conditions, for of alternatives a generated client makes as many types.
    func withEither(_ one: String, or other: String) -> Schema {
        let (null, text): (DocumentValue, DocumentValue) = (["type": "null"], ["type": "string"])
        func having(_ name: String, _ value: DocumentValue) -> DocumentValue {
            ["required": [.string(name)], "properties": .object([(name, value)])]
        }
        return with("if", having(one, ["not": null]))
            .with("then", ["properties": .object([(other, null)])])
            .with("else", having(other, text))
    }

    private static func object(_ members: [(String, Schema)], required: [String]) -> Schema {
        var schema = Schema([
            "type": "object", "properties": .object(members.map { ($0.0, $0.1.value) }),
        ])
        if !required.isEmpty { schema = schema.with("required", .strings(required)) }
        return schema
    }
}
