import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `The rights of the service's role` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test(
        arguments: ["audit_event", "installation_audit_event"],
        [
            "UPDATE app.TABLE SET door = 'web'", "DELETE FROM app.TABLE", "TRUNCATE app.TABLE",
        ]
    )
    func `end before the audit trail`(_ table: String, _ statement: String) async throws {
        let text = statement.split(separator: " ").map { $0 == "app.TABLE" ? "app.\(table)" : $0 }
        let sql = SQL(stringLiteral: text.joined(separator: " "))
        await refused(.insufficientPrivilege) { try await sample.shell.run(Query<Void>(sql)) }
        // Nobody else may either.
        await refused(.insufficientPrivilege) { try await sample.scratch.superuser.run(Query<Void>(sql)) }
        #expect(
            try await sample.scratch.superuser.run(Query<Int>(value: "SELECT count(*) FROM app.audit_event"))
                > 0
        )
    }

    @Test func `are to own nothing`() async throws {
        let owned = try await names(
            """
            SELECT 'table ' || relname FROM pg_class WHERE relowner = 'chapterhouse_app'::regrole
            UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE proowner = 'chapterhouse_app'::regrole
            UNION ALL SELECT 'schema ' || nspname FROM pg_namespace WHERE nspowner = 'chapterhouse_app'::regrole
            UNION ALL SELECT 'database ' || datname FROM pg_database WHERE datdba = 'chapterhouse_app'::regrole
            """
        )
        #expect(owned == [])
    }

    @Test func `are to create nothing, and pass no wall`() async throws {
        let extra = try await names(
            """
            SELECT 'pass walls' FROM pg_roles WHERE rolname = 'chapterhouse_app' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)
            UNION ALL
            SELECT 'create in ' || nspname FROM pg_namespace
             WHERE nspname IN ('app', 'public', 'migration') AND has_schema_privilege('chapterhouse_app', oid, 'CREATE')
            UNION ALL
            SELECT 'truncate ' || relname FROM pg_class
             WHERE relnamespace = 'app'::regnamespace AND relkind = 'r'
               AND has_table_privilege('chapterhouse_app', oid, 'TRUNCATE, REFERENCES, TRIGGER')
            UNION ALL
            SELECT 'be a member of ' || roleid::regrole FROM pg_auth_members WHERE member = 'chapterhouse_app'::regrole
            """
        )
        #expect(extra == [])
    }

    @Test func `are to delete where history does not matter, only`() async throws {
        let deletable = try await names(
            """
            SELECT relname::text FROM pg_class
             WHERE relnamespace = 'app'::regnamespace AND relkind = 'r' AND has_table_privilege('chapterhouse_app', oid, 'DELETE')
             ORDER BY relname
            """
        )
        #expect(
            deletable == [
                "announced_absence", "chapter_calendar", "check_in", "kept_answer", "mark", "meeting_part",
                "membership_leave", "person_calendar",
            ]
        )
    }

    @Test func `come from grants to roles, never to everybody`() async throws {
        let granted = try await names(
            """
            SELECT 'table ' || relname FROM pg_class, aclexplode(relacl) AS acl
             WHERE relnamespace = 'app'::regnamespace AND acl.grantee = 0
            UNION ALL
            SELECT 'function ' || proname FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner))) AS acl
             WHERE pronamespace = 'app'::regnamespace AND acl.grantee = 0
               AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')
            UNION ALL
            SELECT 'schema ' || nspname FROM pg_namespace, aclexplode(nspacl) AS acl
             WHERE nspname IN ('app', 'public') AND acl.grantee = 0
             ORDER BY 1
            """
        )
        #expect(granted == [])
    }

    @Test func `pass a wall only through functions that fix their search path`() async throws {
        let loose = try await names(
            """
            SELECT proname::text FROM pg_proc
             WHERE pronamespace = 'app'::regnamespace AND prosecdef
               AND NOT coalesce(proconfig, '{}') @> '{"search_path=app, pg_temp"}'
            """
        )
        #expect(loose == [])
    }

    @Test func `time out, which PostgreSQL does not by itself`() async throws {
        let settings = try await names(
            "SELECT unnest(rolconfig) FROM pg_roles WHERE rolname = 'chapterhouse_app' ORDER BY 1"
        )
        for name in [
            "statement_timeout=", "lock_timeout=", "idle_in_transaction_session_timeout=", "search_path=",
        ] {
            #expect(settings.contains { $0.hasPrefix(name) }, "\(name) is not set")
        }
    }

    private func names(_ sql: SQL) async throws -> [String] {
        try await sample.scratch.superuser.run(Query<[String]>(values: sql))
    }
}
