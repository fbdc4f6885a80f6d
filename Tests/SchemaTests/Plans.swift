import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// An index that no query can use behind the walls is worth nothing: conditions that are not leakproof wait until
/// every policy has been asked.
@Suite(.sampleDatabase)
struct `Indexes behind the walls` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test(arguments: [
        (
            "referral_by_date",
            "referral WHERE chapter_id = 1 AND passed_on BETWEEN '2026-10-01' AND '2026-10-31'", "passed_on"
        ),
        (
            "closed_business_by_date", "closed_business WHERE chapter_id = 1 AND closed_on >= '2026-10-01'",
            "closed_on"
        ),
        ("one_to_one_by_date", "one_to_one WHERE chapter_id = 1 AND met_on >= '2026-10-01'", "met_on"),
        (
            "education_unit_by_date", "education_unit WHERE chapter_id = 1 AND done_on >= '2026-10-01'",
            "done_on"
        ),
        ("testimonial_by_date", "testimonial WHERE chapter_id = 1 AND given_on >= '2026-10-01'", "given_on"),
        ("introduction_by_date", "introduction WHERE chapter_id = 1 AND made_on >= '2026-10-01'", "made_on"),
        ("posting_by_date", "posting WHERE chapter_id = 1 AND posted_on >= '2026-10-01'", "posted_on"),
        ("visitor_by_date", "visitor WHERE chapter_id = 1 AND visit_on >= '2026-10-01'", "visit_on"),
        ("activity_by_date", "activity WHERE chapter_id = 1 AND done_on >= '2026-10-01'", "done_on"),
        (
            "meeting_by_date",
            "meeting WHERE chapter_id = 1 AND local_date >= '2026-10-01' ORDER BY local_date LIMIT 1",
            "local_date"
        ),
        ("mark_by_member", "mark WHERE chapter_id = 1 AND membership_id = 1", "membership_id"),
        ("office_by_person", "office WHERE chapter_id = 1 AND person_id = 1", "person_id"),
        (
            "audit_event_by_entity",
            "audit_event WHERE chapter_id = 1 AND entity = 'mark' AND entity_id = '1/1'", "entity_id"
        ),
        (
            "referral_by_receiver",
            "referral WHERE chapter_id = 1 AND receiver_id = 1 AND status NOT IN ('won', 'lost', 'declined')",
            "receiver_id"
        ),
        (
            "closed_business_earner_by_thanked",
            "closed_business_earner WHERE chapter_id = 1 AND membership_id = 1", "membership_id"
        ),
    ])
    func `are used to the last column`(_ index: String, _ asked: String, _ column: String) async throws {
        try await expect(index, on: asked, upTo: column)
    }

    @Test func `are used where a roster is long`() async throws {
        try await sample.scratch.superuser.withConnection { connection in
            try await connection.run(
                script: """
                    SET app.rights = 'everything';
                    INSERT INTO app.person (name, folded_name) SELECT 'Member', 'member ' || n FROM generate_series(1, 2000) AS n;
                    INSERT INTO app.membership (chapter_id, person_id, name, folded_name, joined_on)
                    SELECT chapter.id, person.id, person.name, person.folded_name, '2026-01-01'
                      FROM app.person JOIN app.chapter ON chapter.slug = 'alder'
                     WHERE person.name = 'Member';
                    ANALYZE app.membership;
                    RESET app.rights
                    """
            )
        }
        let alder = sample.alder.id
        for (index, column, value) in [
            ("membership_by_person", "person_id", "7"), ("membership_by_name", "folded_name", "'member 7'"),
        ] {
            try await expect(
                index,
                on: "membership WHERE chapter_id = \(alder) AND \(column) = \(value)",
                upTo: column
            )
        }
    }

    private func expect(_ index: String, on asked: String, upTo column: String) async throws {
        let plan = try await sample.shell.transaction { transaction in
            try await transaction.run(
                Query<Void>("SET LOCAL enable_seqscan = off"),
                Query<Void>("SET LOCAL enable_bitmapscan = off")
            )
            let explanation = SQL(stringLiteral: "EXPLAIN (COSTS OFF) SELECT * FROM \(asked)")
            return try await transaction.run(Query<[String]>(values: explanation))
        }
        #expect(plan.contains { $0.contains("using \(index) on ") }, "\(plan)")
        #expect(plan.contains { $0.contains("Index Cond:") && $0.contains(column) }, "\(plan)")
    }
}
