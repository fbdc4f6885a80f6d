import ReferralGroup

/// What a form to log something offers.
package struct LogChoices: Sendable {
    /// Names of the members of today, for completing what is typed.
    package let members: [String]
    package let today: LocalDate
    package let currency: Currency
    /// Those of which thanks may tell: open or won, received by whoever writes.
    package let referrals: [(id: SlipID, name: String)]

    package init(
        members: [String],
        today: LocalDate,
        currency: Currency,
        referrals: [(id: SlipID, name: String)]
    ) {
        self.members = members
        self.today = today
        self.currency = currency
        self.referrals = referrals
    }
}

/// Everything that a member may log.
package func logPage(for reader: Reader) -> HTML {
    let kinds: [(EntryKind, Phrase, Phrase)] = [
        (.referral, "A referral", "somebody who needs what a member offers"),
        (.thanks, "Thanks", "for business that came of the chapter"),
        (.oneToOne, "A one-to-one", "two who met to know each other’s business"),
        (.visitor, "A visitor", "invited, or already there"),
        (.testimonial, "A testimonial", "what you would say of a member"),
        (.introduction, "An introduction", "two whom you brought together"),
        (.education, "Education", "a talk, a course, a book"),
        (.activity, "An activity", "an event, a meal, a call: time and money put in"),
    ]
    let tiles = kinds.map { kind, name, hint -> HTML in
        """
        <li\(kind == .referral ? " class=\"first\"" : .none)><a href="\(reader.folder)/log/\(kind.rawValue)">\(say: name)<span class="hint">\(say: hint)</span></a></li>

        """
    }
    return page(
        title: "\(say: "Log")",
        for: reader,
        in: .log,
        "<h1>\(say: "What is there to log?")</h1>\n<ul class=\"quick\">\n\(tiles)</ul>"
    )
}

/// One short form for one kind of slip, with sensible defaults.
package func logFormPage(
    _ kind: EntryKind,
    _ choices: LogChoices,
    _ filled: Filled = .blank,
    day: LocalDate? = nil,
    for reader: Reader
) -> HTML {
    let names = choices.members.map { name -> HTML in "<option value=\"\(name)\"></option>\n" }
    let (fields, more) = fields(of: kind, choices, day ?? choices.today, reader)
    return page(
        title: "\(say: kind.title)",
        for: reader,
        in: .log,
        """
        <p class="crumb"><a href="\(reader.folder)/log">\(say: "Something else")</a></p>
        <h1>\(say: kind.title)</h1>
        \(form(to: "\(reader.folder)/log/\(kind.rawValue)", fields, filled, button: kind.button, more: more, formToken: reader.formToken))
        <datalist id="members">
        \(names)</datalist>
        \(kind.rule)
        """
    )
}

private func fields(
    of kind: EntryKind,
    _ choices: LogChoices,
    _ day: LocalDate,
    _ reader: Reader
) -> (fields: [Field], more: [Field]) {
    let date: Field = .day("date", "Day", preset: day)
    // Who keeps the books writes for others.
    func of(_ name: String, _ label: Phrase, _ permission: Permission = .recordSlipsForMembers) -> [Field] {
        reader.may(permission) ? [.person(name, label, hint: "Nobody: you.")] : []
    }
    switch kind {
    case .referral:
        return (
            [
                .person("receiver", "To whom", hint: "A member, or Name @ Chapter."),
                .line("prospect.name", "Who needs it"),
                .line("need", "What they need", isRequired: true),
                .line("prospect.phone", "Their phone", type: "tel"),
                .few("warmth", "How warm is it?", of: warmths, preset: "3"),
            ],
            [
                .line("prospect.email", "Their e-mail", type: "email"),
                .line("prospect.company", "Their company"),
                .line("opened_by", "How you opened it", hint: "Gave your card; they expect your call."),
                .few("tier", "Where from", of: tiers, preset: "1"),
                .line(
                    "unplaced_profession",
                    "Nobody can take it? Which profession is missing",
                    hint: "Then leave open to whom."
                ),
                date,
            ] + of("giver", "Who gave it")
        )
    case .thanks:
        let referrals = [Choice("", "–")] + choices.referrals.map { Choice($0.id, "\($0.name)") }
        return (
            [
                .person(
                    "thanked",
                    "Whom do you thank",
                    hint: "A member, Name @ Chapter, visitor:Name, or chapter."
                ),
                .amount("amount", "Amount", in: choices.currency, isRequired: true),
                .choice("referral", "For which referral", of: referrals),
                .tick("repeat", "It is repeat business"),
            ],
            [.few("tier", "Where from", of: tiers), date] + of("earner", "Who earned it")
        )
    case .oneToOne:
        return (
            [
                .person("second", "With whom", hint: "A member, or Name @ Chapter."),
                date,
                .number("minutes", "Minutes", 1...1440, preset: 60),
                .text("topics", "What you talked about"),
            ],
            [
                .line("place", "Where"), .amount("cost_of_first", "What you spent", in: choices.currency),
                .amount("cost_of_second", "What the other spent", in: choices.currency),
            ] + of("first", "Who met them")
        )
    case .testimonial:
        return (
            [.person("receiver", "For whom"), .line("text", "What you would say")],
            [date] + of("giver", "Who gave it")
        )
    case .introduction:
        return (
            [
                .person("first", "Whom", hint: "A member, or Name @ Chapter."), .person("second", "to whom"),
                .line("why", "Why"),
            ],
            [date] + of("connector", "Who brought them together")
        )
    case .education:
        return (
            [
                .line("hours", "Hours", preset: "1", isRequired: true, extra: " inputmode=\"decimal\""),
                .line("title", "What it was"),
            ],
            [date] + of("member", "Who learned", .recordEducationForMembers)
        )
    case .visitor:
        return (
            [
                .line("name", "Name", isRequired: true), .day("date", "Day of the visit", preset: day),
                .few(
                    "kind",
                    "Visit",
                    of: VisitKind.allCases.map { Choice($0.rawValue, "\(say: $0.name)") },
                    preset: "first"
                ),
                .tick("came", "They came"),
                .tick("consent", "They agree that we keep their contact data"),
            ],
            [
                .line("company", "Company"), .line("profession", "Profession"),
                .line("phone", "Phone", type: "tel"),
                .line("email", "E-mail", type: "email"),
            ] + of("invited_by", "Who invited them", .seeVisitors)
                + (reader.may(.seeVisitors)
                    ? [
                        .line(
                            "further_visit_because",
                            "Why they may come once more",
                            hint: "Only where they were here as often as your policy allows."
                        )
                    ] : [])
        )
    case .activity:
        return (
            [
                .choice(
                    "kind",
                    "What",
                    of: ActivityKind.allCases.map { Choice($0.rawValue, "\(say: Phrase(of: $0.rawValue))") }
                ),
                .number("minutes", "Minutes", 0...1440, preset: 60),
                .amount("money", "Money spent", in: choices.currency),
                .tick("downtime", "Outside working hours"),
            ],
            [
                date, .line("met", "Whom you met"), .line("purpose", "What for"),
                .line("lesson", "What you learned"),
            ]
                + of("member", "Who did it")
        )
    }
}

private let warmths = [
    Choice(1, "\(say: "1 · contact data; they expect the call")"),
    Choice(2, "\(say: "2 · and gave your card or material")"),
    Choice(3, "\(say: "3 · and spoke for you")"),
    Choice(4, "\(say: "4 · and introduced you by phone or mail")"),
    Choice(5, "\(say: "5 · and introduced you in person")"),
]

private let tiers = [
    Choice(1, "\(say: "inside: the member’s own need, or another member’s")"),
    Choice(2, "\(say: "outside: somebody the giver knows")"),
    Choice(3, "\(say: "farther: passed on by such a one")"),
]

extension VisitKind {
    var name: Phrase {
        switch self {
        case .first: "first visit"
        case .second: "second visit"
        case .guest: "guest"
        case .substitute: "substitute"
        }
    }
}

extension EntryKind {
    fileprivate var title: Phrase {
        switch self {
        case .referral: "Pass a referral"
        case .thanks: "Say thanks"
        case .oneToOne: "Log a one-to-one"
        case .testimonial: "Give a testimonial"
        case .introduction: "Log an introduction"
        case .education: "Log education"
        case .visitor: "Register a visitor"
        case .activity: "Log an activity"
        }
    }

    fileprivate var button: Phrase {
        switch self {
        case .referral: "Pass it on"
        case .thanks: "Say thanks"
        case .visitor: "Register"
        default: "Keep"
        }
    }

    /// What to write, where people wonder.
    fileprivate var rule: HTML {
        guard self == .thanks else { return .none }
        return """
            <section class="card"><h2>\(say: "Which amount?")</h2>
            <p>\(say: "The gross invoice without sales tax; in trades that live on commission the gross commission; of deposits and credit lines a tenth.")</p>
            <p class="hint">\(say: "Whom you thank reads the amount at once, and not your name.")</p></section>
            """
    }
}
