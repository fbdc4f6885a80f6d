import HTTPTypes
import Printing
import ReferralGroup

extension ReportRoutes {
    static let description = Resource(
        "Reports",
        "What the records add up to. Ratios are null where there is nothing to divide by, and so is what is withheld.",
        at: "chapters/{chapter}/reports",
        schemas: [
            "MonthlyROI": .answer(
                [
                    "chapter": .slug, "month": .month, "currency": .currency, "as_of": .instant,
                    "closed": .named("Closing").orNull,
                ],
                ["members": .list(of: .named("ReturnOfMember")), "totals": .answer(totals, ofMonth)],
                ["trailing": .named("ReturnOfPeriod"), "since_joining": .named("ReturnOfPeriod")],
                sometimes: [
                    "since": .month.saying("The first month, where the report is of several.")
                ]
            ),
            "Closing": .answer([
                "number": .count, "closed_at": .instant, "closed_by": .text.orNull,
                "sha256": MonthRoutes.sha256,
                "restated": .named("Restated").orNull.saying(
                    "Null where nothing that counts in it has changed."
                ),
            ]),
            "Restated": .answer([
                "month": difference(ofMonth), "trailing": difference(), "since_joining": difference(),
                "entries": .list(
                    of: .answer([
                        "entity": .text, "id": .text, "day": .date,
                        "change": .word(["made", "changed", "taken-back"]), "at": .instant,
                    ])
                ).saying("What made it other: the newest 200."),
            ]),
            "ReturnOfPeriod": .answer([
                "members": .list(of: .named("ReturnOfMember")), "totals": .answer(totals),
            ]),
            "ReturnOfMember": .answer(
                ["member": .named("MemberName")],
                figures,
                [
                    "payback": .month.orNull.saying("When the net since joining reached zero."),
                    "referrals_given": .count, "referrals_received": .count, "one_to_ones": .count,
                    "meetings_held": .count,
                ]
            ),
            "AttendanceSummary": .answer([
                "chapter": .slug, "from": .date, "to": .date, "currency": .currency, "as_of": .instant,
                "members": .list(of: .answer(["member": .named("MemberName")], attendance)),
                "others": .list(
                    of: .answer(["kind": .word(AttendanceSummary.Kind.self), "name": .text], attendance)
                ),
                "total": .answer(attendance),
                "summaries": .list(
                    of: .answer([
                        "import": .id, "from": .date, "to": .date, "used": .truth, "note": .text,
                    ])
                ),
            ]),
        ],
        more: described.flatMap(\.schemas),
        variants(
            "roi",
            "ROI",
            "The return of a chapter and its members, of a month or several",
            [.month, .firstMonth, .lastMonth, .asOf, live, member, .ifNoneMatch],
            .named("MonthlyROI")
        )
            + variants(
                "attendance",
                "Attendance",
                "Attendance and slips of a month or other days",
                [.month, .from, .to, .asOf, .ifNoneMatch],
                .named("AttendanceSummary")
            )
            + described.flatMap(\.operations)
    )

    private static let member = Parameter.query(
        "member",
        .id,
        "Only the rows of this member; the totals stay those of all."
    )

    /// The reports whose shape says all there is to say of them.
    private static let described = ReportShape.all.map { describe($0, [.month, .from, .to, .asOf]) }

    /// All there is to say of a report, and of its entries where it has them.
    static func describe(
        _ shape: ReportShape,
        _ days: [Parameter]
    ) -> (schemas: [(name: String, schema: Schema)], operations: [Operation]) {
        let name = shape.name.prefix(1).uppercased() + shape.name.dropFirst()
        var schemas = [
            (
                name: "\(name)Report",
                schema: Schema.report(shape.tables, of: shape.scope, shape.options.map(\.name))
            )
        ]
        var operations = variants(
            shape.name,
            name,
            shape.purpose,
            days + shape.options.map { .query($0.name, .text.otherwise(.string($0.fallback)), $0.meaning) }
                + [.table(of: shape), .ifNoneMatch],
            .named("\(name)Report")
        )
        if let entries = shape.entries {
            schemas.append(
                (name: "\(name)Entries", schema: .report([entries, .corrections], of: shape.scope))
            )
            operations += variants(
                "\(shape.name)/entries",
                "\(name)Entries",
                "The records behind the figures of the report",
                days + [.behind(shape), .ofMember, .ifNoneMatch],
                .named("\(name)Entries")
            )
        }
        return (schemas, operations)
    }

    /// By what the reader accepts, or by the suffix of the address.
    private static func variants(
        _ path: String,
        _ name: String,
        _ summary: String,
        _ parameters: [Parameter],
        _ schema: Schema
    ) -> [Operation] {
        let contents = ReportFormat.allCases.map { format in
            (type: format.mediaType, schema: format == .json ? schema : format.isText ? .text : .file)
        }
        let any = Operation.Answer(status: .ok, description: summary, contents: contents)
        let negotiated = Operation.get(path, "read\(name)", summary, parameters, answers: any.tagged)
            .mayFail(.notAcceptable)
        let fixed = zip(ReportFormat.allCases, contents).map { format, content in
            Operation.get(
                "\(path).\(format.rawValue)",
                "read\(name)As\(format.rawValue.uppercased())",
                summary,
                parameters,
                answers: Operation.Answer(status: .ok, description: summary, contents: [content]).tagged
            )
        }
        return ([negotiated] + fixed).map { $0.mayFail(.unprocessableContent) }
    }

    private static let figures: KeyValuePairs<String, Schema> = [
        "dues": .amount, "fees": .amount, "spent": .amount, "hours": .figure, "time": .amount,
        "cost": .amount,
        "received": .amount.orNull, "profit": .amount.orNull, "given": .amount, "net": .amount.orNull,
        "roi": .ratio.orNull, "rot": .ratio.orNull,
    ]

    private static let totals: KeyValuePairs<String, Schema> = [
        "members": .count, "dues": .amount, "fees": .amount, "spent": .amount, "hours": .figure,
        "time": .amount, "cost": .amount, "received": .amount.orNull, "profit": .amount.orNull,
        "given": .amount, "net": .amount.orNull, "roi": .ratio.orNull, "rot": .ratio.orNull,
        "received_outside": .amount.orNull, "given_outside": .amount, "given_former": .amount,
        "median_roi": .ratio.orNull, "quartiles_roi": .list(of: .ratio.orNull),
        "withheld": .list(of: .text).saying("The names of what the reader may not see."),
        "unconverted": .list(of: .text).saying("Records left out for want of an exchange rate."),
    ]

    private static let live = Parameter.query(
        "live",
        .truth.otherwise(.truth(false)),
        "The figures of now, although the month is closed."
    )

    /// How much more, or less, the totals of a block are now than they are stored.
    private static func difference(_ more: KeyValuePairs<String, Schema> = [:]) -> Schema {
        let counts = ["members", "referrals_given", "referrals_received", "one_to_ones", "meetings_held"]
        let amounts = (Array(totals) + Array(more)).map { ($0.key, $0.value) }.filter { $0.0 != "members" }
        return .answer(of: counts.map { ($0, Schema(["type": "integer"])) } + amounts)
    }

    private static let ofMonth: KeyValuePairs<String, Schema> = [
        "seat_value": .amount.orNull, "open_seat_month": .amount.orNull,
    ]

    private static let attendance: KeyValuePairs<String, Schema> = [
        "present": .count, "absent": .count, "late": .count, "medical": .count, "substitute": .count,
        "referrals_given_inside": .count, "referrals_given_outside": .count,
        "referrals_received_inside": .count, "referrals_received_outside": .count, "visitors": .count,
        "one_to_ones": .count, "thanked_for": .amount, "education": Schema(["type": "number"]),
        "testimonials": .count, "held": .count, "rate": .ratio.orNull,
    ]
}

extension Schema {
    /// Bytes that are no text.
    fileprivate static let file = Schema(["type": "string", "format": "binary"])

    /// An array for each table, and beside it what it comes to.
    fileprivate static func report(
        _ tables: [TableShape],
        of scope: ReportShape.Scope,
        _ options: [String] = []
    ) -> Schema {
        var properties: [(String, Schema)] = [
            ("report", .text), (scope.rawValue, .slug), ("from", .date), ("to", .date),
            ("currency", .currency),
            ("as_of", .instant),
        ]
        for option in options { properties.append((option, .text)) }
        for table in tables {
            properties.append(
                (table.key, .list(of: .answer(of: table.columns.map { ($0.key, Schema($0).orNull) })))
            )
            guard table.hasTotal else { continue }
            var total = table.columns.filter { $0.measure != .member }.map { ($0.key, Schema($0).orNull) }
            if table.columns.contains(where: \.isPrivate) {
                total.append(
                    ("withheld", .list(of: .text).saying("The names of what the reader may not see."))
                )
            }
            properties.append(("\(table.key)_total", .answer(of: total)))
        }
        return .answer(of: properties)
    }

    private init(_ column: Column) {
        let schema: Schema =
            switch column.measure {
            case .member: .answer(["id": .id.orNull, "name": .text])
            case .text, .word, .figure: .text
            case .count: .count
            case .amount: .amount
            case .number: Schema(["type": "number"])
            case .ratio: .ratio
            case .day: .date
            case .month: .month
            case .words: .list(of: .text)
            case .truth: .truth
            }
        self = column.meaning.isEmpty ? schema : schema.saying(column.meaning)
    }
}

extension Parameter {
    fileprivate static let firstMonth = query(
        "from",
        .month,
        "The first of several months; together with to."
    )
    fileprivate static let lastMonth = query("to", .month, "The last of several months; together with from.")
    fileprivate static let ofMember = query("member", .id, "Only of this member.")

    fileprivate static func behind(_ shape: ReportShape) -> Parameter {
        query("figure", .word(shape.figures), "Only what counts in this column.")
    }

    /// Which table a CSV holds.
    fileprivate static func table(of shape: ReportShape) -> Parameter {
        query("table", .word(shape.tables.map(\.key)), "Which table a CSV holds; the first without it.")
    }
}
