import ReferralGroup

/// What the chapter decided, as it holds today, and every version before and to come; the newest comes first.
package func policyPage(_ versions: [Policy], now: Policy, for reader: Reader) -> HTML {
    let rows = versions.enumerated().map { place, version -> HTML in
        let before = place + 1 < versions.count ? versions[place + 1] : nil
        let changes = before.map { before in
            zip(version.facts, before.facts).filter { $0.0.value != $0.1.value }
                .map { change -> HTML in
                    "<li>\(say: change.0.name): \(change.1.value) → <b>\(change.0.value)</b></li>\n"
                }
        }
        let words: HTML =
            switch changes {
            case nil:
                "<p class=\"hint\">\(say: "The first version")</p>"
            case .some(let changes) where changes.isEmpty: "<p class=\"hint\">\(say: "Nothing changed.")</p>"
            case .some(let changes): "<ul>\n\(changes)</ul>"
            }
        let mark: HTML = version.validFrom == now.validFrom ? " \(chip("in force", .good))" : .none
        return
            "<section><h3>\(say: "From \("\(version.validFrom, .long)" as HTML)")\(mark)</h3>\(words)</section>\n"
    }
    let change: HTML =
        reader.may(.manageMembers)
        ? """
        \(button("\(reader.folder)/policy/change", "Decide anew"))\
        \(button("\(reader.folder)/calendar", "Calendar of the chapter", style: "button quiet"))\
        \(button("\(reader.folder)/webhooks", "Webhooks", style: "button quiet"))
        """ : .none
    return chapterPage(
        "Policy",
        in: .policy,
        for: reader,
        """
        <p class="hint">\(say: "Every figure takes the policy of its day; what is decided today changes no day before.")</p>
        \(facts(now.facts.map { ($0.name, $0.value) }))
        \(change)
        <section><h2>\(say: "How it came to be")</h2>
        \(rows)</section>
        """
    )
}

/// Where some of the policy is decided from a day on.
package func changePolicyPage(
    _ policy: Policy,
    _ filled: Filled = .blank,
    in currency: Currency,
    for reader: Reader
) -> HTML {
    chapterPage(
        "Decide anew",
        in: .policy,
        for: reader,
        above: back(to: .policy, for: reader),
        form(
            to: "\(reader.folder)/policy/change",
            fields(of: policy, in: currency),
            filled,
            button: "Decide",
            more: weights(of: policy),
            formToken: reader.formToken
        )
    )
}

private func fields(of policy: Policy, in currency: Currency) -> [Field] {
    [
        .line("valid_from", "It holds from", type: "date", hint: "Today, where nothing is said."),
        amount("membership_fee", "Membership fee", policy.membershipFee),
        .number("months_covered", "Months it covers", 1...120, preset: policy.monthsCovered),
        amount("meeting_fee", "Meeting fee", policy.meetingFee),
        .choice(
            "meeting_fee_due_for",
            "Meeting fee is due for",
            of: words("meeting_fee_due_for", ["every", "attended"]),
            preset: policy.meetingFeeDueFor
        ),
        amount("value_of_hour", "Value of an hour", policy.valueOfHour),
        .number("absence_limit", "Absences allowed", 0...366, preset: policy.absenceLimit),
        .choice(
            "absence_window",
            "Absences are counted over",
            of: words("absence_window", ["rolling-26-weeks", "half-years", "12-months"]),
            preset: policy.absenceWindow
        ),
        .line(
            "late_weight",
            "What of an absence a late mark counts for",
            preset: policy.lateWeight.description,
            hint: "Between 0 and 1.",
            extra: " inputmode=\"decimal\""
        ),
        .number(
            "substitutes_allowed",
            "Substitutes allowed",
            0...366,
            preset: policy.substitutesAllowed,
            hint: "Empty for any number."
        ),
        .number(
            "contact_within_hours",
            "Hours to contact a referral",
            1...8784,
            preset: policy.contactWithinHours
        ),
        .number(
            "visits_before_applying",
            "Visits before applying",
            1...52,
            preset: policy.visitsBeforeApplying
        ),
        .choice(
            "earned_is_seen_by",
            "What a member earned is seen by",
            of: words("earned_is_seen_by", ["member", "leaders", "chapter"]),
            preset: policy.earnedIsSeenBy
        ),
        .choice(
            "needs_are_seen_in",
            "Needs and offers are seen in",
            of: words("needs_are_seen_in", ["chapter", "region"]),
            preset: policy.needsAreSeenIn
        ),
        .line(
            "term_starts",
            "Terms of office start on",
            preset: policy.termStarts.joined(separator: ", "),
            hint: "Month and day, such as 04-01, 10-01."
        ),
    ]
}

private func amount(_ name: String, _ label: Phrase, _ money: Money) -> Field {
    .line(name, "\(label), in \(money.currency)", preset: money.amount, extra: " inputmode=\"decimal\"")
}

private func words(_ setting: String, _ words: [String]) -> [Choice] {
    words.map { Choice($0, "\(say: word($0, of: setting))") }
}

private func weights(of policy: Policy) -> [Field] {
    CapitalWeight.allCases.map { weight in
        .line(
            String(
                decoding: weight.rawValue.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 },
                as: UTF8.self
            ),
            weight.name,
            preset: policy.weights[weight]?.description ?? "",
            extra: " inputmode=\"decimal\""
        )
    }
}

/// What the word of a setting means.
private func word(_ word: String, of setting: String) -> Phrase {
    switch (setting, word) {
    case ("meeting_fee_due_for", "every"): "every meeting held"
    case ("meeting_fee_due_for", _): "meetings attended"
    case ("absence_window", "rolling-26-weeks"): "the last 26 weeks"
    case ("absence_window", "half-years"): "each half-year between terms"
    case ("absence_window", _): "the last 12 months"
    case ("earned_is_seen_by", "member"): "the member alone"
    case ("earned_is_seen_by", "leaders"): "leaders"
    case ("needs_are_seen_in", "region"): "chapters of the region that do the same"
    case ("needs_are_seen_in", _): "this chapter"
    default: "the whole chapter"
    }
}

extension Policy {
    fileprivate var facts: [(name: Phrase, value: HTML)] {
        [
            ("Membership fee", Numbers.text(membershipFee)), ("Months it covers", "\(monthsCovered)"),
            ("Meeting fee", Numbers.text(meetingFee)),
            ("Meeting fee is due for", "\(say: word(meetingFeeDueFor, of: "meeting_fee_due_for"))"),
            ("Value of an hour", Numbers.text(valueOfHour)), ("Absences allowed", "\(absenceLimit)"),
            ("Absences are counted over", "\(say: word(absenceWindow, of: "absence_window"))"),
            ("What of an absence a late mark counts for", "\(Numbers.text(lateWeight))"),
            ("Substitutes allowed", substitutesAllowed.map { "\($0)" } ?? "\(say: "any number")"),
            ("Hours to contact a referral", "\(contactWithinHours)"),
            ("Visits before applying", "\(visitsBeforeApplying)"),
            ("What a member earned is seen by", "\(say: word(earnedIsSeenBy, of: "earned_is_seen_by"))"),
            ("Needs and offers are seen in", "\(say: word(needsAreSeenIn, of: "needs_are_seen_in"))"),
            ("Terms of office start on", "\(termStarts.joined(separator: ", "))"),
        ] + CapitalWeight.allCases.map { ($0.name, "\(Numbers.text(weights[$0]))") }
    }
}

extension CapitalWeight {
    fileprivate var name: Phrase {
        switch self {
        case .referralGiven: "Weight of a referral given"
        case .introductionMade: "Weight of an introduction made"
        case .visitor: "Weight of a visitor who came"
        case .testimonial: "Weight of a testimonial"
        case .oneToOne: "Weight of a one-to-one"
        case .officeMonth: "Weight of a month in office"
        case .needAnswered: "Weight of a need answered"
        case .referralReceived: "Weight of a referral received"
        case .introductionReceived: "Weight of an introduction received"
        case .needPosted: "Weight of a need posted"
        }
    }
}
