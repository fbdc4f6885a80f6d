import Postgres
import TestSupport
import Testing

/// What keeps it possible to split the schema over several servers, by chapter (docs/scaling.md).
@Suite(.sampleDatabase)
struct `A schema that can be split` {
    let superuser: PostgresClient

    init() async throws {
        superuser = try await SampleChapter().scratch.superuser
    }

    private static let gaps = Query<[String]>(
        values: "SELECT gap FROM app.gaps_in_distribution() ORDER BY gap COLLATE \"C\""
    )

    @Test func `has no gap`() async throws {
        #expect(try await superuser.run(Self.gaps) == [])
    }

    @Test func `names every table once, and none before what it refers to`() async throws {
        let (unnamed, early) = try await superuser.transaction { transaction in
            try await transaction.run(
                Query<[String]>(
                    values: """
                        SELECT coalesce(known.name, listed.name)
                          FROM app.tables_of_schema() AS known FULL JOIN app.distribution() AS listed ON listed.name = known.name
                         GROUP BY 1 HAVING count(*) <> 1 OR count(known.name) <> count(listed.name)
                        """
                ),
                Query<[String]>(
                    values: """
                        SELECT conname::text
                          FROM pg_constraint
                          JOIN app.distribution() AS source ON ('app.' || source.name)::regclass = conrelid
                          JOIN app.distribution() AS target ON ('app.' || target.name)::regclass = confrelid
                         WHERE contype = 'f' AND source.place < target.place
                        """
                )
            )
        }
        #expect(unnamed == [])
        #expect(early == [])
    }

    @Test(arguments: [
        (
            "CREATE TABLE app.odd (chapter_id integer)",
            "chapter_id of odd may be missing, or is of another type"
        ),
        (
            "CREATE TABLE app.odd (chapter_id bigint NOT NULL)",
            "chapter_id of odd may be missing, or is of another type"
        ),
        (
            "CREATE UNIQUE INDEX odd ON app.seat (title)", "index odd is unique without chapter_id"
        ),
        (
            "ALTER TABLE app.seat ADD CONSTRAINT odd EXCLUDE USING btree (title WITH =)",
            "index odd is unique without chapter_id"
        ),
        (
            """
            ALTER TABLE app.seat ADD other integer, ADD partner bigint,
                ADD CONSTRAINT odd FOREIGN KEY (other, partner) REFERENCES app.seat (chapter_id, id)
            """, "odd of seat refers to a chapter's rows without their chapter_id"
        ),
        (
            """
            CREATE TABLE app.odd (chapter integer, seat bigint,
                CONSTRAINT odd FOREIGN KEY (chapter, seat) REFERENCES app.seat (chapter_id, id))
            """, "odd of odd refers to a chapter's rows without their chapter_id"
        ),
        (
            """
            ALTER TABLE app.seat ADD partner bigint,
                ADD CONSTRAINT odd FOREIGN KEY (chapter_id, partner) REFERENCES app.seat (chapter_id, id) ON DELETE SET NULL
            """, "odd of seat takes chapter_id away"
        ),
        (
            "ALTER TABLE app.seat ADD mail bigint CONSTRAINT odd REFERENCES app.mail",
            "odd of seat refers to a table that stays on one server"
        ),
        (
            "CREATE POLICY odd ON app.seat USING (EXISTS (SELECT FROM app.chapter))",
            "policy odd of seat asks another table"
        ),
        (
            """
            ALTER TABLE app.seat ADD meeting bigint,
                ADD CONSTRAINT odd FOREIGN KEY (chapter_id, meeting) REFERENCES app.meeting (chapter_id, id);
            ALTER TABLE app.meeting ADD seat bigint,
                ADD FOREIGN KEY (chapter_id, seat) REFERENCES app.seat (chapter_id, id)
            """, "seat is in a circle of references"
        ),
    ])
    func `shows what a migration would break`(_ change: String, _ gap: String) async throws {
        try await superuser.withConnection { connection in
            try await connection.run(script: "BEGIN; SET search_path = public; \(change)")
            let gaps = try await connection.run(Self.gaps)
            try await connection.run(script: "ROLLBACK")
            #expect(gaps.contains(gap), "\(gaps)")
        }
    }
}
