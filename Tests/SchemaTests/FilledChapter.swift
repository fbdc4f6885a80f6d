import ReferralGroup
import Storage
import TestSupport

/// Every function behind a report, asked for the year to October 2026.
func reportCalls(in chapter: Chapter) -> [String] {
    let instant = "'\(SampleChapter.now)'"
    let days = "\(chapter.id), '2025-11-01', '2026-10-31', \(instant)"
    let described = ReportShape.all.flatMap { shape in
        (shape.tables + [shape.entries].compactMap(\.self)).map { table in
            let choices = shape.options.map { ", '\($0.fallback)'" }.joined()
            return "\(shape.name)_\(table.key)(\(days)\(choices))"
        }
    }
    return ["monthly_roi(\(chapter.id), '2026-10-01', \(instant))", "attendance(\(days))"] + described
}

extension SampleChapter {
    /// So many people, and as many rows of everything they record, on days that go back from the end of October 2026,
    /// so many days apart.
    func fill(
        _ chapter: String,
        from first: Int,
        people: Int,
        rows: Int,
        days: Int
    ) async throws {
        let id = "\(first) + n"
        let day = "date '2026-10-31' - n * \(days)"
        let recent = "date '2026-10-31' - n * \(days) % 300"
        let giver = "\(first) + 1 + (n - 1) % \(people)"
        let receiver = "\(first) + 1 + n % \(people)"
        func insert(_ count: Int, _ table: String, _ columns: String, _ values: String) -> String {
            """
            INSERT INTO \(table) (chapter_id, \(columns)) OVERRIDING SYSTEM VALUE
            SELECT \(chapter), \(values) FROM generate_series(1, \(count)) AS n;
            """
        }
        try await write(
            """
            SET session_replication_role = replica;
            INSERT INTO person (id, name, folded_name) OVERRIDING SYSTEM VALUE
            SELECT \(id), 'Member', 'member ' || n FROM generate_series(1, \(people)) AS n;
            """
                + insert(people, "seat", "id, profession, title", "\(id), 'trade ' || n, 'Trade'")
                + insert(
                    people,
                    "membership",
                    "id, person_id, name, folded_name, seat_id, joined_on, sponsor_id",
                    "\(id), \(id), 'Member', 'member ' || n, \(id), '2026-01-01', \(first) + 1"
                )
                + insert(people, "policy", "valid_from", "\(day)")
                + insert(
                    people,
                    "membership_leave",
                    "id, membership_id, first_day, last_day",
                    "\(id), \(id), \(recent), \(recent)"
                )
                + insert(
                    people,
                    "membership_valuation",
                    "membership_id, person_id, valid_from, margin",
                    "\(id), \(id), \(recent), 0.5"
                )
                + insert(
                    people,
                    "office",
                    "id, membership_id, person_id, role, from_on",
                    "\(id), \(id), \(id), 'mentor', \(recent)"
                )
                + insert(
                    people,
                    "meeting",
                    "id, starts_at, local_date, minutes, status, opened_at",
                    "\(id), \(day), \(day), 90, 'open', \(day)"
                )
                + insert(
                    min(rows, people * people),
                    "mark",
                    "meeting_id, membership_id, mark",
                    "\(first) + 1 + (n - 1 + (n - 1) / \(people)) % \(people), \(giver), 'present'"
                )
                + insert(rows, "outsider", "id, home, folded_home", "\(id), 'Far ' || n, 'far ' || n")
                + insert(
                    rows,
                    "referral",
                    "id, giver_id, receiver_id, tier, need, passed_on",
                    "\(Self.uuid), \(giver), \(receiver), 1, 'Bread', \(recent)"
                )
                + insert(
                    rows,
                    "referral_step",
                    "referral_id, number, step, at",
                    "\(Self.uuid), 1, 'passed', \(recent)"
                )
                + insert(
                    rows,
                    "closed_business",
                    "id, thanked_id, amount, currency, closed_on, referral_id",
                    "\(Self.uuid), \(receiver), 100, 'EUR', \(recent), \(Self.uuid)"
                )
                + insert(
                    rows,
                    "closed_business_earner",
                    "closed_business_id, membership_id, person_id",
                    "\(Self.uuid), \(giver), \(giver)"
                )
                + insert(
                    rows,
                    "one_to_one",
                    "first_id, second_id, met_on, currency",
                    "\(giver), \(receiver), \(recent), 'EUR'"
                )
                + insert(rows, "education_unit", "membership_id, units, done_on", "\(giver), 1, \(recent)")
                + insert(
                    rows,
                    "testimonial",
                    "giver_id, receiver_id, given_on",
                    "\(giver), \(receiver), \(recent)"
                )
                + insert(
                    rows,
                    "visitor",
                    "name, folded_name, inviter_id, visit_on, came",
                    "'Vera', 'vera', \(giver), \(recent), true"
                )
                + insert(
                    rows,
                    "activity",
                    "membership_id, kind, done_on, minutes, money, currency",
                    "\(giver), 'event', \(recent), 60, 100, 'EUR'"
                )
                + insert(
                    rows,
                    "introduction",
                    "connector_id, first_id, second_name, made_on",
                    "\(giver), \(receiver), 'Vera', \(recent)"
                )
                + insert(
                    rows,
                    "posting",
                    "kind, membership_id, text, posted_on",
                    "'need', \(giver), 'Bread', \(recent)"
                )
                + insert(
                    rows,
                    "application",
                    "id, name, folded_name, profession, title, applied_on",
                    "\(Self.uuid), 'Vera', 'vera', 'baker', 'Baker', \(recent)"
                )
                + insert(
                    rows,
                    "application_vote",
                    "application_id, membership_id, person_id, vote",
                    "\(Self.uuid), \(giver), \(giver), 'yes'"
                )
                + insert(
                    rows,
                    "invoice",
                    "membership_id, person_id, kind, amount, currency, issued_on, due_on",
                    "\(id), \(id), 'meetings', 900, 'EUR', \(recent), \(recent)"
                )
                + "RESET session_replication_role"
        )
    }

    /// The same for a referral, its thanks, and whoever earned.
    private static let uuid = "md5(n::text)::uuid"
}
