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

    /// The column, which is the same word; never made of anything typed.
    var column: SQL {
        SQL(
            stringLiteral: String(
                decoding: rawValue.utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 },
                as: UTF8.self
            )
        )
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

extension ActingDatabase {
    /// Sets some of a chapter's policy from a day on; the rest stays as it was that day.
    package func setPolicy(
        _ settings: [(key: String, value: String)],
        of chapter: Chapter,
        from day: LocalDate?
    ) async throws {
        var assignments: [SQL] = []
        for (key, value) in settings {
            guard let setting = PolicySetting(rawValue: key) else {
                throw Unknown.setting(key, known: PolicySetting.allCases.map(\.rawValue))
            }
            assignments.append(try setting.assignment(value, in: chapter.currency))
        }
        let copied: SQL = """
            absence_limit, absence_window, late_weight, substitutes_allowed, contact_within_hours, visits_before_applying, \
            membership_fee, months_covered, meeting_fee, meeting_fee_due_for, value_of_hour, earned_is_seen_by, term_starts
            """
        try await transaction { transaction in
            try await transaction.run(
                Query<Void>(
                    """
                    UPDATE policy SET valid_from = coalesce(\(day), today(\(chapter.id))), is_default = false
                     WHERE chapter_id = \(chapter.id) AND is_default
                    """
                )
            )
            try await transaction.run(
                Query<Void>(
                    """
                    INSERT INTO policy (chapter_id, valid_from, \(copied))
                    SELECT chapter_id, coalesce(\(day), today(\(chapter.id))), \(copied)
                      FROM policy
                     WHERE chapter_id = \(chapter.id)
                     ORDER BY valid_from <= coalesce(\(day), today(\(chapter.id))) DESC,
                              CASE WHEN valid_from <= coalesce(\(day), today(\(chapter.id))) THEN valid_from END DESC, valid_from
                     LIMIT 1
                    ON CONFLICT (chapter_id, valid_from) DO NOTHING
                    """
                )
            )
            for assignment in assignments {
                try await transaction.run(
                    Query<Void>(
                        """
                        UPDATE policy SET \(assignment)
                         WHERE chapter_id = \(chapter.id) AND valid_from = coalesce(\(day), today(\(chapter.id)))
                        """
                    )
                )
            }
        }
    }

    /// The policy in force on a day, in the words of the shell.
    package func policy(
        of chapter: Chapter,
        on day: LocalDate?
    ) async throws -> [(key: String, value: String)] {
        let row = try await run(
            Query<PolicyRow>(
                """
                SELECT *
                  FROM policy
                 WHERE chapter_id = \(chapter.id)
                 ORDER BY valid_from <= coalesce(\(day), today(\(chapter.id))) DESC,
                          CASE WHEN valid_from <= coalesce(\(day), today(\(chapter.id))) THEN valid_from END DESC, valid_from
                 LIMIT 1
                """
            )
        )
        func amount(_ units: Int64) -> String { Money(minorUnits: units, currency: chapter.currency).amount }
        return [
            ("valid-from", row.validFrom.description),
            (PolicySetting.membershipFee.rawValue, amount(row.membershipFee)),
            (PolicySetting.monthsCovered.rawValue, "\(row.monthsCovered)"),
            (PolicySetting.meetingFee.rawValue, amount(row.meetingFee)),
            (PolicySetting.meetingFeeDueFor.rawValue, row.meetingFeeDueFor),
            (PolicySetting.valueOfHour.rawValue, amount(row.valueOfHour)),
            (PolicySetting.absenceLimit.rawValue, "\(row.absenceLimit)"),
            (PolicySetting.absenceWindow.rawValue, row.absenceWindow),
            (PolicySetting.lateWeight.rawValue, row.lateWeight.description),
            (
                PolicySetting.substitutesAllowed.rawValue,
                row.substitutesAllowed.map { "\($0)" } ?? "unlimited"
            ),
            (PolicySetting.contactWithinHours.rawValue, "\(row.contactWithinHours)"),
            (PolicySetting.visitsBeforeApplying.rawValue, "\(row.visitsBeforeApplying)"),
            (PolicySetting.earnedIsSeenBy.rawValue, row.earnedIsSeenBy),
        ]
    }
}

private struct PolicyRow: RowDecodable {
    let validFrom: LocalDate
    let membershipFee: Int64
    let monthsCovered: Int
    let meetingFee: Int64
    let meetingFeeDueFor: String
    let valueOfHour: Int64
    let absenceLimit: Int
    let absenceWindow: String
    let lateWeight: Figure
    let substitutesAllowed: Int?
    let contactWithinHours: Int
    let visitsBeforeApplying: Int
    let earnedIsSeenBy: String

    init(row: Row) throws {
        validFrom = try row["valid_from"]
        membershipFee = try row["membership_fee"]
        monthsCovered = try row["months_covered"]
        meetingFee = try row["meeting_fee"]
        meetingFeeDueFor = try row["meeting_fee_due_for"]
        valueOfHour = try row["value_of_hour"]
        absenceLimit = try row["absence_limit"]
        absenceWindow = try row["absence_window"]
        lateWeight = try row["late_weight"]
        substitutesAllowed = try row["substitutes_allowed"]
        contactWithinHours = try row["contact_within_hours"]
        visitsBeforeApplying = try row["visits_before_applying"]
        earnedIsSeenBy = try row["earned_is_seen_by"]
    }
}
