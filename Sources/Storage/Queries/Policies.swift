import Postgres
import ReferralGroup

/// A setting of a chapter's policy: its word at the shell, its column, and how it is written.
enum PolicySetting: String, CaseIterable {
    case membershipFee = "membership-fee"
    case monthsCovered = "months-covered"
    case meetingFee = "meeting-fee"
    case meetingFeeDueFor = "meeting-fee-due-for"
    case valueOfHour = "value-of-hour"
    case absenceLimit = "absence-limit"
    case absenceWindow = "absence-window"
    case lateWeight = "late-weight"
    case substitutesAllowed = "substitutes-allowed"
    case contactWithinHours = "contact-within-hours"
    case visitsBeforeApplying = "visits-before-applying"
    case earnedIsSeenBy = "earned-is-seen-by"
    case needsAreSeenIn = "needs-are-seen-in"
    case termStarts = "term-starts"

    /// The column, which is the same word; never made of anything typed.
    var column: SQL {
        .column(rawValue)
    }

    func assignment(_ text: String, in currency: Currency) throws -> SQL {
        switch self {
        case .membershipFee, .meetingFee, .valueOfHour:
            guard let money = Money(text, in: currency), (0...Money.largest).contains(money.minorUnits) else {
                throw Unknown.value(
                    text,
                    of: rawValue,
                    wanted: "an amount such as \(Money(minorUnits: 90_000, currency: currency).amount)"
                )
            }
            return "\(column) = \(money.minorUnits)"
        case .monthsCovered: return try number(text, 1...120)
        case .absenceLimit: return try number(text, 0...366)
        case .contactWithinHours: return try number(text, 1...8784)
        case .visitsBeforeApplying: return try number(text, 1...52)
        case .substitutesAllowed:
            if text == "unlimited" { return "substitutes_allowed = NULL" }
            return try number(text, 0...366)
        case .lateWeight:
            guard let weight = Figure(text), weight.scale <= 2, !weight.isNegative, weight.approximately <= 1
            else {
                throw Unknown.value(
                    text,
                    of: rawValue,
                    wanted: "a part of an absence between 0 and 1, such as 0.5"
                )
            }
            return "late_weight = \(weight)"
        case .meetingFeeDueFor: return try word(text, ["every", "attended"])
        case .absenceWindow: return try word(text, ["rolling-26-weeks", "half-years", "12-months"])
        case .earnedIsSeenBy: return try word(text, ["member", "leaders", "chapter"])
        case .needsAreSeenIn: return try word(text, ["chapter", "region"])
        case .termStarts:
            guard let starts = Policy.termStarts(text) else {
                throw Unknown.value(text, of: rawValue, wanted: "days of the year, such as 04-01,10-01")
            }
            return "term_starts = \(starts)"
        }
    }

    private func number(_ text: String, _ range: ClosedRange<Int>) throws -> SQL {
        guard let number = Int(text), range.contains(number) else {
            throw Unknown.value(
                text,
                of: rawValue,
                wanted: "a whole number between \(range.lowerBound) and \(range.upperBound)"
            )
        }
        return "\(column) = \(Int32(clamping: number))"
    }

    private func word(_ text: String, _ words: [String]) throws -> SQL {
        guard words.contains(text) else {
            throw Unknown.value(text, of: rawValue, wanted: words.joined(separator: ", "))
        }
        return "\(column) = \(text)"
    }
}

extension CapitalWeight {
    fileprivate static let wanted = "a weight between 0 and 100, such as 0.5"

    fileprivate func assignment(_ text: String) throws -> SQL {
        guard let weight = Figure(text), weight.scale <= 2, !weight.isNegative, weight.approximately <= 100
        else { throw Unknown.value(text, of: rawValue, wanted: Self.wanted) }
        return "\(SQL.column(rawValue)) = \(weight)"
    }
}

extension SQL {
    /// A setting's word as its column.
    fileprivate static func column(_ word: String) -> SQL {
        SQL(
            stringLiteral: String(
                decoding: word.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 },
                as: UTF8.self
            )
        )
    }

    fileprivate static func list(_ parts: [SQL]) -> SQL {
        parts.dropFirst().reduce(parts.first ?? "") { "\($0), \($1)" }
    }
}

extension ActingDatabase {
    /// Sets some of a chapter's policy from a day on; the rest stays as it was that day.
    package func setPolicy(
        _ settings: [(key: String, value: String)],
        of chapter: Chapter,
        from day: LocalDate?
    ) async throws {
        try await transaction { try await $0.setPolicy(settings, of: chapter, from: day) }
    }

    /// The policy in force on a day, in the words of the shell.
    package func policy(
        of chapter: Chapter,
        on day: LocalDate?
    ) async throws -> [(key: String, value: String)] {
        let policy = try await run(.policy(of: chapter, on: day))
        return [
            ("valid-from", policy.validFrom.description),
            (PolicySetting.membershipFee.rawValue, policy.membershipFee.amount),
            (PolicySetting.monthsCovered.rawValue, "\(policy.monthsCovered)"),
            (PolicySetting.meetingFee.rawValue, policy.meetingFee.amount),
            (PolicySetting.meetingFeeDueFor.rawValue, policy.meetingFeeDueFor),
            (PolicySetting.valueOfHour.rawValue, policy.valueOfHour.amount),
            (PolicySetting.absenceLimit.rawValue, "\(policy.absenceLimit)"),
            (PolicySetting.absenceWindow.rawValue, policy.absenceWindow),
            (PolicySetting.lateWeight.rawValue, policy.lateWeight.description),
            (
                PolicySetting.substitutesAllowed.rawValue,
                policy.substitutesAllowed.map { "\($0)" } ?? "unlimited"
            ),
            (PolicySetting.contactWithinHours.rawValue, "\(policy.contactWithinHours)"),
            (PolicySetting.visitsBeforeApplying.rawValue, "\(policy.visitsBeforeApplying)"),
            (PolicySetting.earnedIsSeenBy.rawValue, policy.earnedIsSeenBy),
            (PolicySetting.needsAreSeenIn.rawValue, policy.needsAreSeenIn),
            (PolicySetting.termStarts.rawValue, policy.termStarts.joined(separator: ",")),
        ] + CapitalWeight.allCases.map { ($0.rawValue, policy.weights[$0]?.description ?? "") }
    }
}

extension ActingTransaction {
    /// Sets some of a chapter's policy from a day on; the rest stays as it was that day.
    package func setPolicy(
        _ settings: [(key: String, value: String)],
        of chapter: Chapter,
        from day: LocalDate?
    ) async throws {
        var assignments: [SQL] = []
        // Of a setting that is named twice, the last counts.
        for (key, value) in Dictionary(settings.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 }) {
            if let weight = CapitalWeight(rawValue: key) {
                assignments.append(try weight.assignment(value))
            } else if let setting = PolicySetting(rawValue: key) {
                assignments.append(try setting.assignment(value, in: chapter.currency))
            } else {
                let known = PolicySetting.allCases.map(\.rawValue) + CapitalWeight.allCases.map(\.rawValue)
                throw Unknown.setting(key, known: known)
            }
        }
        let copied = SQL.list(
            PolicySetting.allCases.map(\.column) + CapitalWeight.allCases.map { .column($0.rawValue) }
        )
        try await run(
            Query<Void>(
                """
                UPDATE policy SET valid_from = coalesce(\(day), today(\(chapter.id))), is_default = false
                 WHERE chapter_id = \(chapter.id) AND is_default
                """
            )
        )
        try await run(
            Query<Void>(
                """
                INSERT INTO policy (chapter_id, valid_from, \(copied))
                SELECT chapter_id, coalesce(\(day), today(\(chapter.id))), \(copied)
                  \(SQL.policy(of: chapter.id, on: day))
                ON CONFLICT (chapter_id, valid_from) DO NOTHING
                """
            )
        )
        guard !assignments.isEmpty else { return }
        try await run(
            Query<Void>(
                """
                UPDATE policy SET \(SQL.list(assignments))
                 WHERE chapter_id = \(chapter.id) AND valid_from = coalesce(\(day), today(\(chapter.id)))
                """
            )
        )
    }
}

extension Query<Void> {
    /// Keeps a chapter's policy from changing under whoever asked first, until their transaction ends.
    package static func lockPolicy(of chapter: Chapter.ID) -> Self {
        Query("SELECT FROM policy WHERE chapter_id = \(chapter) ORDER BY valid_from FOR UPDATE")
    }
}

extension Query<Policy> {
    /// The policy in force on a day (nil: today).
    package static func policy(of chapter: Chapter, on day: LocalDate?) -> Self {
        Query("SELECT policy.*, \(chapter.currency) AS currency \(SQL.policy(of: chapter.id, on: day))")
    }
}

extension Query<[Policy]> {
    /// Every version there was and will be, the newest first.
    package static func policies(of chapter: Chapter) -> Self {
        Query(
            """
            SELECT policy.*, \(chapter.currency) AS currency FROM policy
             WHERE chapter_id = \(chapter.id) ORDER BY valid_from DESC
            """
        )
    }
}

extension SQL {
    /// The version of a day; before the first one the first holds.
    fileprivate static func policy(of chapter: Chapter.ID, on day: LocalDate?) -> SQL {
        """
        FROM policy
         WHERE chapter_id = \(chapter)
         ORDER BY valid_from <= coalesce(\(day), today(\(chapter))) DESC,
                  CASE WHEN valid_from <= coalesce(\(day), today(\(chapter))) THEN valid_from END DESC, valid_from
         LIMIT 1
        """
    }
}

extension Policy: RowDecodable {
    package init(row: Row) throws {
        let currency: Currency = try row["currency"]
        func money(_ column: String) throws -> Money {
            Money(minorUnits: try row[column], currency: currency)
        }
        try self.init(
            validFrom: row["valid_from"],
            membershipFee: money("membership_fee"),
            monthsCovered: row["months_covered"],
            meetingFee: money("meeting_fee"),
            meetingFeeDueFor: row["meeting_fee_due_for"],
            valueOfHour: money("value_of_hour"),
            absenceLimit: row["absence_limit"],
            absenceWindow: row["absence_window"],
            lateWeight: row["late_weight"],
            substitutesAllowed: row["substitutes_allowed"],
            contactWithinHours: row["contact_within_hours"],
            visitsBeforeApplying: row["visits_before_applying"],
            earnedIsSeenBy: row["earned_is_seen_by"],
            needsAreSeenIn: row["needs_are_seen_in"],
            termStarts: row["term_starts"],
            weights: Dictionary(
                uniqueKeysWithValues: CapitalWeight.allCases.map { weight in
                    (weight, try row[SQL.column(weight.rawValue).text])
                }
            )
        )
    }
}
