import Postgres
import ReferralGroup
import TestSupport
import Testing

/// What a leader does on the first evening: sixteen files, four chapters, one database.
@Suite(.freshDatabase)
struct `Importing the exports` {
    /// Counted in the files by another program.
    struct Counts: Equatable, Sendable, RowDecodable {
        let chapter: String
        let inside: Int64
        let outside: Int64
        let oneToOnes: Int64
        let thanks: Int64
        let education: Int64
        let visitors: Int64
        /// Cents of all thanks.
        let amount: Int64
        /// Hundredths of all credits.
        let credits: Int64
        let members: Int64

        static let inTheFiles = [
            Counts("cedar", 23, 21, 62, 15, 46, 7, 5_147_490, 17_400, 21),
            Counts("juniper", 47, 51, 97, 42, 56, 9, 11_967_540, 23_900, 26),
            Counts("marble-foundry", 49, 36, 58, 28, 62, 8, 19_630_950, 13_500, 24),
            Counts("northgate", 74, 96, 144, 48, 122, 16, 10_195_530, 16_400, 22),
        ]

        static let inTheDatabase = Query<[Counts]>(
            """
            SELECT slug AS chapter,
                   (SELECT count(*) FROM app.referral AS slip WHERE slip.chapter_id = chapter.id AND tier = 1) AS inside,
                   (SELECT count(*) FROM app.referral AS slip WHERE slip.chapter_id = chapter.id AND tier = 2) AS outside,
                   (SELECT count(*) FROM app.one_to_one AS slip WHERE slip.chapter_id = chapter.id) AS one_to_ones,
                   (SELECT count(*) FROM app.closed_business AS slip WHERE slip.chapter_id = chapter.id) AS thanks,
                   (SELECT count(*) FROM app.education_unit AS slip WHERE slip.chapter_id = chapter.id) AS education,
                   (SELECT count(*) FROM app.visitor AS slip WHERE slip.chapter_id = chapter.id) AS visitors,
                   (SELECT sum(amount)::bigint FROM app.closed_business AS slip WHERE slip.chapter_id = chapter.id) AS amount,
                   (SELECT sum(units * 100)::bigint FROM app.education_unit AS slip WHERE slip.chapter_id = chapter.id) AS credits,
                   (SELECT count(*) FROM app.membership AS slip WHERE slip.chapter_id = chapter.id AND ended_on IS NULL) AS members
              FROM app.chapter
             ORDER BY slug
            """
        )

        private init(
            _ chapter: String,
            _ inside: Int64,
            _ outside: Int64,
            _ oneToOnes: Int64,
            _ thanks: Int64,
            _ education: Int64,
            _ visitors: Int64,
            _ amount: Int64,
            _ credits: Int64,
            _ members: Int64
        ) {
            self.chapter = chapter
            self.inside = inside
            self.outside = outside
            self.oneToOnes = oneToOnes
            self.thanks = thanks
            self.education = education
            self.visitors = visitors
            self.amount = amount
            self.credits = credits
            self.members = members
        }

        init(row: Row) throws {
            chapter = try row["chapter"]
            inside = try row["inside"]
            outside = try row["outside"]
            oneToOnes = try row["one_to_ones"]
            thanks = try row["thanks"]
            education = try row["education"]
            visitors = try row["visitors"]
            amount = try row["amount"]
            credits = try row["credits"]
            members = try row["members"]
        }
    }

    @Test
    func `brings every slip of every file`() async throws {
        try await ImportedExports.lent { exports in
            let found = try await exports.superuser.run(Counts.inTheDatabase)
            #expect(found.count == 4)
            for (found, expected) in zip(found, Counts.inTheFiles) { #expect(found == expected) }
        }
    }

    @Test
    func `makes one person of each name, however it is written`() async throws {
        try await ImportedExports.lent { exports in
            let doubled = try await exports.superuser.run(
                Query<[String]>(
                    values: """
                        SELECT folded_name FROM app.membership
                         GROUP BY chapter_id, folded_name HAVING count(*) > 1
                         UNION ALL
                        SELECT name FROM app.membership WHERE name <> btrim(name) OR name LIKE '%  %'
                         UNION ALL
                        SELECT array_to_string(words, ' ')
                          FROM app.membership,
                               LATERAL (SELECT array_agg(word ORDER BY word) AS words
                                          FROM string_to_table(lower(name), ' ') AS word) AS sorted
                         GROUP BY chapter_id, words HAVING count(*) > 1
                        """
                )
            )
            #expect(doubled == [])
            let former = try await exports.superuser.run(
                Query<[String]>(
                    values: "SELECT name FROM app.membership WHERE ended_on IS NOT NULL ORDER BY name"
                )
            )
            #expect(former == ["Dario Nora Wren", "Jana Dorn", "Vera Jonas York"])
        }
    }

    @Test
    func `a second time changes no row`() async throws {
        try await ImportedExports.lent { exports in
            let before = try await Digest(of: exports.superuser)
            for command in try ImportedExports.commands() {
                let said = try await exports.shell.print(command)
                #expect(said.contains("already; nothing was changed"), "\(said)")
            }
            #expect(try await Digest(of: exports.superuser).changes(since: before) == [])
        }
    }

    @Test
    func `is taken back whole, the last file first`() async throws {
        try await ImportedExports.lent { exports in
            let batches = try await exports.superuser.run(
                Query<[String]>(
                    values: """
                        SELECT format('import undo %s %s', slug, batch.id)
                          FROM app.import_batch AS batch JOIN app.chapter ON chapter.id = batch.chapter_id
                         ORDER BY batch.id DESC
                        """
                )
            )
            #expect(batches.count == 16)
            for command in batches { try await exports.shell.print(command) }
            let after = try await Digest(of: exports.superuser)
            #expect(after.ofTheRecords.changes(since: exports.before) == [])
            #expect(after.changes(since: exports.before).contains("import_batch"))
            let again = try await exports.shell.run(try #require(batches.first))
            #expect(again.status == 65)
        }
    }

    @Test
    func `goes in again after it was taken back`() async throws {
        try await ImportedExports.lent { exports in
            let last = try await exports.superuser.run(
                Query<Int64>(
                    value: """
                        SELECT batch.id FROM app.import_batch AS batch JOIN app.chapter ON chapter.id = batch.chapter_id
                         WHERE slug = 'northgate' ORDER BY batch.id DESC LIMIT 1
                        """
                )
            )
            try await exports.shell.print("import undo northgate \(last)")
            let command = try #require(try ImportedExports.commands().last)
            // With another date this time: the file is unknown again.
            try await exports.shell.print(command.replacing("2025-08-20", with: "2025-08-19"))
            let found = try await exports.superuser.run(Counts.inTheDatabase)
            #expect(found.last == Counts.inTheFiles.last)
        }
    }

    @Test
    func `tells one story in two ledgers`() async throws {
        try await ImportedExports.lent { exports in
            let pairs = try await exports.superuser.run(SlipInTwoLedgers.all)
            // Counted in the files by another program: same two people, kind and tier, in files of one week.
            #expect(pairs.filter { $0.kind == "referral" }.count == 7)
            #expect(pairs.filter { $0.kind == "one-to-one" }.count == 2)
            for pair in pairs {
                #expect(pair.one == pair.other, "\(pair.id)")
                #expect(pair.days <= 6, "\(pair.id)")
            }
        }
    }

    @Test(arguments: [
        ("cedar", [438, 25, 0, 52, 63, 228, 407, 353, 275, 47, 1006, 1_158_477.30, 1602, 20]),
        ("juniper", [426, 19, 13, 11, 74, 185, 369, 222, 390, 57, 1271, 1_149_300.30, 1100, 19]),
        ("marble-foundry", [433, 12, 8, 9, 59, 337, 407, 281, 415, 20, 1321, 6_171_054.00, 2044, 16]),
        ("northgate", [421, 20, 0, 7, 44, 282, 587, 256, 436, 117, 1379, 1_750_354.80, 1460, 28]),
    ])
    func `reports the six months as the file's Total has them`(
        _ chapter: String,
        _ total: [Double]
    )
        async throws
    {
        let columns = [
            "present", "absent", "late", "medical", "substitute", "referrals_given_inside",
            "referrals_given_outside", "referrals_received_inside", "referrals_received_outside", "visitors",
            "one_to_ones", "thanked_for", "education", "testimonials",
        ]
        try await ImportedExports.lent { exports in
            let whole = try JSON(
                try await exports.shell.print(
                    "report attendance \(chapter) --from 2025-02-25 --to 2025-08-25 --format json"
                )
            )
            let found = columns.map { column in
                whole["total"]?[column].flatMap { $0.number ?? $0.string.flatMap(Double.init) }
            }
            #expect(found == total.map(Optional.some))
            #expect(whole["summaries"]?.elements.first?["used"] == .truth(true))
        }
    }

    @Test
    func `leaves the summary out of a report on a part of its days, and says so`() async throws {
        try await ImportedExports.lent { exports in
            for counts in Counts.inTheFiles {
                let command = "report attendance \(counts.chapter) --from 2025-07-26 --to 2025-08-31"
                let part = try JSON(try await exports.shell.print(command + " --format json"))
                let total = try #require(part["total"])
                #expect(total["present"] == .number(0))
                #expect(total["referrals_given_inside"] == .number(Double(counts.inside)))
                #expect(total["referrals_given_outside"] == .number(Double(counts.outside)))
                #expect(total["visitors"] == .number(Double(counts.visitors)))
                #expect(total["education"] == .number(Double(counts.credits) / 100))
                #expect(
                    total["thanked_for"]?.string.flatMap(Double.init) == Double(counts.amount) / 100
                )
                #expect(part["summaries"]?.elements.first?["used"] == .truth(false))
                let table = try await exports.shell.print(command)
                #expect(table.contains("its figures are left out"))
            }
        }
    }

    @Test
    func `refuses a file under a second date, and names the first`() async throws {
        try await ImportedExports.lent { exports in
            let before = try await Digest(of: exports.superuser)
            let command = try #require(try ImportedExports.commands().last)
            let ending = try await exports.shell.run(command.replacing("2025-08-20", with: "2025-08-19"))
            #expect(ending.status == 65)
            #expect(ending.errors.contains("2025-08-20"), "\(ending.errors)")
            #expect(try await Digest(of: exports.superuser).changes(since: before) == [])
        }
    }
}

/// A slip that stands in the ledgers of two chapters, as each of them tells it.
private struct SlipInTwoLedgers: RowDecodable {
    let kind: String
    let id: String
    let one: String
    let other: String
    let days: Int32

    static let all = Query<[SlipInTwoLedgers]>(
        """
        WITH told AS (
            SELECT 'referral' AS kind, slip.id, slip.chapter_id, slip.passed_on AS day,
                   concat_ws('|', coalesce(giver.folded_name, giver_there.folded_name),
                             coalesce(receiver.folded_name, receiver_there.folded_name), slip.tier) AS story
              FROM app.referral AS slip
              LEFT JOIN app.membership AS giver ON (giver.chapter_id, giver.id) = (slip.chapter_id, slip.giver_id)
              LEFT JOIN app.outsider AS giver_there ON (giver_there.chapter_id, giver_there.id) = (slip.chapter_id, slip.giver_outsider_id)
              LEFT JOIN app.membership AS receiver ON (receiver.chapter_id, receiver.id) = (slip.chapter_id, slip.receiver_id)
              LEFT JOIN app.outsider AS receiver_there ON (receiver_there.chapter_id, receiver_there.id) = (slip.chapter_id, slip.receiver_outsider_id)
            UNION ALL
            SELECT 'thanks', slip.id, slip.chapter_id, slip.closed_on,
                   concat_ws('|', coalesce(thanked.folded_name, thanked_there.folded_name), slip.amount, slip.currency)
              FROM app.closed_business AS slip
              LEFT JOIN app.membership AS thanked ON (thanked.chapter_id, thanked.id) = (slip.chapter_id, slip.thanked_id)
              LEFT JOIN app.outsider AS thanked_there ON (thanked_there.chapter_id, thanked_there.id) = (slip.chapter_id, slip.thanked_outsider_id)
            UNION ALL
            SELECT 'one-to-one', slip.id, slip.chapter_id, slip.met_on,
                   (SELECT string_agg(name, '|' ORDER BY name)
                      FROM unnest(ARRAY[first.folded_name, second.folded_name, second_there.folded_name]) AS name)
              FROM app.one_to_one AS slip
              JOIN app.membership AS first ON (first.chapter_id, first.id) = (slip.chapter_id, slip.first_id)
              LEFT JOIN app.membership AS second ON (second.chapter_id, second.id) = (slip.chapter_id, slip.second_id)
              LEFT JOIN app.outsider AS second_there ON (second_there.chapter_id, second_there.id) = (slip.chapter_id, slip.second_outsider_id)
        )
        SELECT one.kind, one.id::text AS id, one.story AS one, other.story AS other, abs(one.day - other.day) AS days
          FROM told AS one JOIN told AS other USING (kind, id)
         WHERE one.chapter_id < other.chapter_id
        """
    )

    init(row: Row) throws {
        kind = try row["kind"]
        id = try row["id"]
        one = try row["one"]
        other = try row["other"]
        days = try row["days"]
    }
}
