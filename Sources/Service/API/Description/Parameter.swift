/// What an operation takes besides its body.
struct Parameter: Sendable {
    enum Place: String, Sendable {
        case path, query, header
    }

    let name: String
    let place: Place
    let description: String
    let schema: Schema
    var isRequired = false

    var value: DocumentValue {
        [
            "name": .string(name), "in": .string(place.rawValue), "description": .string(description),
            "required": .truth(isRequired), "schema": schema.value,
        ]
    }
}

extension Parameter {
    static func query(_ name: String, _ schema: Schema, _ description: String) -> Parameter {
        Parameter(name: name, place: .query, description: description, schema: schema)
    }

    var required: Parameter {
        var changed = self
        changed.isRequired = true
        return changed
    }

    static let from = query("from", .date, "The first day.")
    static let to = query("to", .date, "The last day.")
    static let on = query("on", .date, "A day of the chapter; today without it.")
    static let month = query("month", .month, "A month of the chapter; last month without it.")
    static let asOf = query("as_of", .instant, "What was known at this instant; now without it.")

    static let limit = query("limit", .whole(1...Portion.most).otherwise(50), "How many at most.")

    /// Which part of a list.
    static let portion = [
        from, to,
        limit,
        query("after", .slipID, "The last entry of the part before, as the Link header has it."),
    ]

    static let idempotencyKey = Parameter(
        name: "Idempotency-Key",
        place: .header,
        description:
            "Whoever asks again with the same key and body gets the same answer, and nothing is done twice.",
        schema: .matching("^[!-~]{1,200}$").like("7f0c2d3e-1b6b-4a55")
    )

    static let ifMatch = Parameter(
        name: "If-Match",
        place: .header,
        description: "The ETag of what one saw; if it has changed since, nothing is done.",
        schema: .text.like(#""5a1f""#)
    )

    static let ifNoneMatch = Parameter(
        name: "If-None-Match",
        place: .header,
        description: "The ETag of what one has; if it is still so, the answer is 304 without a body.",
        schema: .text.like(#""5a1f""#)
    )

    /// A part of an address, by the name that the route gives it.
    static func path(_ name: String, id: Schema) -> Parameter {
        let (schema, description): (Schema, String) =
            switch name {
            case "chapter": (.slug, "A chapter's short name.")
            case "region": (.slug, "A region's short name.")
            case "date": (.date, "A day on which the chapter meets.")
            case "month": (.month, "A month of the chapter.")
            default: (id, "Its id.")
            }
        return Parameter(name: name, place: .path, description: description, schema: schema).required
    }
}
