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
        days: Int,
        joined: String = "2026-01-01"
    ) async throws {
        let id = "\(first) + n"
        let day = "date '2026-10-31' - n * \(days)"
        let recent = "date '2026-10-31' - n * \(days) % 300"
        func insert(_ table: String, _ columns: String, _ values: String) -> String {
            insertion(of: people, into: table, in: chapter, columns, values)
        }
        try await write(
            """
            SET session_replication_role = replica;
            INSERT INTO person (id, name, folded_name) OVERRIDING SYSTEM VALUE
            SELECT \(id), 'Member', 'member ' || n FROM generate_series(1, \(people)) AS n;
            """
                + insert("seat", "id, profession, title", "\(id), 'trade ' || n, 'Trade'")
                + insert(
                    "membership",
                    "id, person_id, name, folded_name, seat_id, joined_on, sponsor_id",
                    "\(id), \(id), 'Member', 'member ' || n, \(id), '\(joined)', \(first) + 1"
                )
                + insert("policy", "valid_from", "\(day)")
                + insert(
                    "membership_leave",
                    "id, membership_id, first_day, last_day",
                    "\(id), \(id), \(recent), \(recent)"
                )
                + insert(
                    "membership_valuation",
                    "membership_id, person_id, valid_from, margin",
                    "\(id), \(id), \(recent), 0.5"
                )
                + insert(
                    "office",
                    "id, membership_id, person_id, role, from_on",
                    "\(id), \(id), \(id), 'mentor', \(recent)"
                )
                + "RESET session_replication_role"
        )
        try await record(in: chapter, from: first, people: people, rows: rows, days: days)
        // What is not decided or paid waits in the handover, however old it is.
        let giver = "\(first) + 1 + (n - 1) % \(people)"
        func pending(_ table: String, _ columns: String, _ values: String) -> String {
            insertion(of: rows, into: table, in: chapter, columns, values)
        }
        try await write(
            "SET session_replication_role = replica;"
                + pending("outsider", "id, home, folded_home", "\(id), 'Far ' || n, 'far ' || n")
                + pending(
                    "application",
                    "id, name, folded_name, profession, title, applied_on",
                    "md5(n::text)::uuid, 'Vera', 'vera', 'baker', 'Baker', \(recent)"
                )
                + pending(
                    "application_vote",
                    "application_id, membership_id, person_id, vote",
                    "md5(n::text)::uuid, \(giver), \(giver), 'yes'"
                )
                + pending(
                    "invoice",
                    "membership_id, person_id, kind, amount, currency, issued_on, due_on",
                    "\(id), \(id), 'meetings', 900, 'EUR', \(recent), \(recent)"
                )
                + "RESET session_replication_role"
        )
    }

    /// What people who are there already recorded on days that go back from some years before the end of October 2026.
    ///
    /// What is years ago has come to an end.
    func record(
        in chapter: String,
        from first: Int,
        people: Int,
        rows: Int,
        days: Int,
        yearsAgo years: Int = 0
    ) async throws {
        let last = "(date '2026-10-31' - interval '\(years) years')::date"
        let (day, recent) = ("\(last) - n * \(days)", "\(last) - n * \(days) % 300")
        let giver = "\(first) + 1 + (n - 1) % \(people)"
        let receiver = "\(first) + 1 + n % \(people)"
        let meeting = "\(first) + \(years) * 1000"
        let home = "coalesce((SELECT currency FROM chapter WHERE chapter.id = \(chapter)), 'EUR')"
        // Two of three needs were met by nobody until their last day.
        func answered(_ value: String) -> String {
            "CASE WHEN n % 3 = 0 THEN \(value) END"
        }
        let uuid = "md5(n || '\(years == 0 ? "" : " \(years)")')::uuid"
        func insert(_ table: String, _ columns: String, _ values: String) -> String {
            insertion(of: rows, into: table, in: chapter, columns, values)
        }
        try await write(
            "SET session_replication_role = replica;"
                + insertion(
                    of: people,
                    into: "meeting",
                    in: chapter,
                    "id, starts_at, local_date, minutes, status, opened_at, sealed_at",
                    "\(meeting) + n, \(day), \(day), 90, "
                        + (years == 0 ? "'open', \(day), NULL" : "'sealed', \(day), \(day)")
                )
                + insertion(
                    of: min(rows, people * people),
                    into: "mark",
                    in: chapter,
                    "meeting_id, membership_id, mark",
                    "\(meeting) + 1 + (n - 1 + (n - 1) / \(people)) % \(people), \(giver), 'present'"
                )
                + insert(
                    "referral",
                    "id, giver_id, receiver_id, tier, need, passed_on, status",
                    "\(uuid), \(giver), \(receiver), 1, 'Bread', \(recent), '\(years == 0 ? "passed" : "won")'"
                )
                + insert(
                    "referral_step",
                    "referral_id, number, step, at",
                    "\(uuid), 1, '\(years == 0 ? "passed" : "won")', \(recent)"
                )
                + insert(
                    "closed_business",
                    "id, thanked_id, amount, currency, closed_on, referral_id",
                    "\(uuid), \(receiver), 100, \(home), \(recent), \(uuid)"
                )
                + insert(
                    "closed_business_earner",
                    "closed_business_id, membership_id, person_id, thanked_id, closed_on",
                    "\(uuid), \(giver), \(giver), \(receiver), \(recent)"
                )
                + insert(
                    "one_to_one",
                    "first_id, second_id, met_on, currency",
                    "\(giver), \(receiver), \(recent), \(home)"
                )
                + insert("education_unit", "membership_id, units, done_on", "\(giver), 1, \(recent)")
                + insert("testimonial", "giver_id, receiver_id, given_on", "\(giver), \(receiver), \(recent)")
                + insert(
                    "visitor",
                    "name, folded_name, inviter_id, visit_on, came, status",
                    "'Vera', 'vera', \(giver), \(recent), true, '\(years == 0 ? "new" : "visited")'"
                )
                + insert(
                    "activity",
                    "membership_id, kind, done_on, minutes, money, currency",
                    "\(giver), 'event', \(recent), 60, 100, \(home)"
                )
                + insert(
                    "introduction",
                    "connector_id, first_id, second_name, made_on",
                    "\(giver), \(receiver), 'Vera', \(recent)"
                )
                + insert(
                    "posting",
                    "kind, membership_id, text, posted_on, until, answered_by, answered_on",
                    "'need', \(giver), 'Bread', \(recent), "
                        + (years == 0
                            ? "NULL, NULL, NULL"
                            : "\(recent) + 28, \(answered(receiver)), \(answered(recent))")
                )
                + "RESET session_replication_role"
        )
    }

    private func insertion(
        of count: Int,
        into table: String,
        in chapter: String,
        _ columns: String,
        _ values: String
    ) -> String {
        """
        INSERT INTO \(table) (chapter_id, \(columns)) OVERRIDING SYSTEM VALUE
        SELECT \(chapter), \(values) FROM generate_series(1, \(count)) AS n;
        """
    }
}
