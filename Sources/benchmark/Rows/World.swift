import Postgres
import ReferralGroup
import Storage
import Synchronization

/// What a group of thousands of chapters does at once: a meeting night, and the day after the end of a month.
enum World: Measurement {
    static let rows = ["G20", "G21"]
    private static let callers = 8
    /// What the largest group has to get through on a night: chapters that seal a sheet within one hour.
    private static let nightsAnHour = 3000
    private static let chaptersOfRegion = 100

    static func findings(on ground: Ground, at pace: Pace) async throws -> [Finding] {
        try await Writes.schedule(ground)
        let region = try await makeRegion(ground)
        return [try await meetingNight(on: ground, at: pace)]
            + (try await endOfMonth(of: region, on: ground, at: pace))
    }

    // MARK: Meeting night

    /// Each chapter's night is one after the other; no two callers hold the same one.
    private static func meetingNight(on ground: Ground, at pace: Pace) async throws -> Finding {
        let actor = try await ground.president()
        let client = ground.client()
        let (database, size) = (Database(client), ground.size)
        let taken = Atomic(0)
        let night = Side.asking("nights", callers: callers) { dice in
            let number = taken.add(1, ordering: .relaxed).oldValue
            let (chapter, week) = (number % size.chapters + 1, number / size.chapters + 1)
            guard week <= Writes.meetingsInThePast else {
                throw Trouble("there are more nights than meetings; measure with more --chapters")
            }
            try await Writes.mark(database, actor, size, chapter: chapter, meeting: week)
            for _ in 0..<Ledger.referralsAWeek {
                let giver = dice.upTo(size.members)
                try await Writes.pass(
                    database,
                    actor,
                    size,
                    chapter: chapter,
                    giver: giver,
                    receiver: giver % size.members + 1
                )
            }
            let sheet = Writes.sheet(ofMeeting: week, in: chapter, status: .open)
            try await database.acting(as: actor, in: Chapter.ID(Int32(chapter))).seal(sheet)
        }
        var rates: [Double] = []
        for _ in 0..<pace.pairs { rates.append(try await night.rate(pace.slice)) }
        await client.shutdown()
        return Finding(
            "G20",
            "Meeting nights (\(size.members) marks, \(Ledger.referralsAWeek) referrals, sealed) / what \(nightsAnHour) chapters need within one hour",
            .figures(rates.map { $0 * 3600 / Double(nightsAnHour) }, unit: "times"),
            bounds: Finding.Bounds(floor: 1, goal: 1),
            note: "\(callers) callers, in process; fsync on, every rule and the audit trail"
        )
    }

    // MARK: The end of a month

    private static func endOfMonth(
        of region: Region,
        on ground: Ground,
        at pace: Pace
    ) async throws
        -> [Finding]
    {
        // Another month than the one that other rows close.
        guard let month = Month(ground.size.lastMonth)?.advanced(by: -1),
            let asOf = Instant("\(LedgerSize.lastYear + 1)-01-01T12:00:00Z")
        else { throw Trouble("the ledger has no last month") }
        let client = ground.client()
        let shell = Database(client).acting(as: .system(door: .cli), in: nil)
        let chapters = try await shell.run(Query<[Chapter]>.chapters(of: region.id))
        let count = Double(chapters.count)

        let compare: (Int) async throws -> Void = { _ in
            let report = try await shell.report(
                .region,
                of: region,
                in: Period(months: 12, endingWith: month),
                asOf: asOf,
                choosing: ReportShape.region.options.map(\.fallback)
            )
            guard report.tables.contains(where: { !$0.rows.isEmpty }) else {
                throw Trouble("the report of the region came back empty")
            }
        }
        try await addUpAgain(on: ground)
        let counted = try await seconds(of: pace.pairs, compare)
        let added = try await addUp(chapters, on: ground)
        let compared = try await seconds(of: pace.pairs, compare)
        let closed = try await seconds(of: chapters.count) { place in
            _ = try await Database(client).acting(as: .system(door: .cli), in: chapters[place].id)
                .transaction { try await $0.close(month) }
        }
        await client.shutdown()
        let told = try await tellReturns(of: chapters, month, on: ground)
        return [
            Finding(
                "G21 region",
                "The report of a region of \(chapters.count) chapters over twelve months",
                .figures(compared.map { $0 * 1000 / count }, unit: "ms a chapter"),
                note: "One caller; the months are added up"
            ),
            Finding(
                "G21 region records",
                "The same while nothing is added up",
                .figures(counted.map { $0 * 1000 / count }, unit: "ms a chapter"),
                note: "One caller; counted from the records"
            ),
            Finding(
                "G21 adding up",
                "All months of a chapter added up, as the job of the night does it",
                .figures(added.map { $0 * 1000 }, unit: "ms a chapter"),
                note: "One caller; \(ground.size.years) years"
            ),
            Finding(
                "G21 closing",
                "A month closed and stored",
                .figures(closed.map { $0 * 1000 }, unit: "ms a chapter"),
                note: "One caller; the months before are added up"
            ),
            Finding(
                "G21 mails",
                "Every member's own return of the month put into the outbox",
                .figures(told.map { $0 * 1000 }, unit: "ms a chapter"),
                note: "One caller; \(ground.size.members) members who all want it"
            ),
        ]
    }

    /// Forgets what other rows added up.
    private static func addUpAgain(on ground: Ground) async throws {
        let superuser = ground.client(role: Ground.superuser) { $0.statementTimeout = .seconds(600) }
        try await superuser.run(Query<Void>("SELECT app.add_up_again_everywhere()"))
        await superuser.shutdown()
    }

    private static func addUp(_ chapters: [Chapter], on ground: Ground) async throws -> [Double] {
        let superuser = ground.client(role: Ground.superuser) { $0.statementTimeout = .seconds(600) }
        let added = try await seconds(of: chapters.count) { place in
            try await superuser.transaction { transaction in
                try await transaction.run(
                    script: "SET LOCAL search_path = app, pg_temp; SET LOCAL app.rights = 'everything'"
                )
                try await transaction.run(
                    Query<Void>("SELECT add_up_months(\(chapters[place].id), waits => true)")
                )
            }
        }
        await superuser.shutdown()
        return added
    }

    /// How long each of so many runs takes, one after the other.
    private static func seconds(of runs: Int, _ work: (Int) async throws -> Void) async throws -> [Double] {
        var seconds: [Double] = []
        for run in 0..<runs {
            let start = ContinuousClock.now
            try await work(run)
            seconds.append((ContinuousClock.now - start).seconds)
        }
        return seconds
    }

    /// As the job of the day does it, which the service takes from the queue.
    private static func tellReturns(
        of chapters: [Chapter],
        _ month: Month,
        on ground: Ground
    ) async throws
        -> [Double]
    {
        let superuser = ground.client(role: Ground.superuser) { $0.statementTimeout = .seconds(600) }
        try await superuser.run(
            Query<Void>(
                """
                INSERT INTO app.mail_wish (person_id, kind, way)
                SELECT DISTINCT person_id, 'monthly-return', 'at-once' FROM app.membership ON CONFLICT DO NOTHING
                """
            )
        )
        let told = try await seconds(of: chapters.count) { place in
            try await superuser.transaction { transaction in
                try await transaction.run(
                    script: """
                        SET LOCAL search_path = app, pg_temp; SET LOCAL app.rights = 'everything';
                        SELECT set_config('app.chapter_id', '\(chapters[place].id.number)', true)
                        """
                )
                try await transaction.run(
                    Query<Void>(
                        """
                        SELECT tell_returns(\(chapters[place].id), \(month.firstDay), now() + interval '1 day')
                        """
                    )
                )
            }
        }
        let mails = try await superuser.run(Query<Int>(value: "SELECT count(*) FROM app.mail"))
        await superuser.shutdown()
        guard mails >= chapters.count else { throw Trouble("\(mails) mails wait, and there is one a member") }
        return told
    }

    private static func makeRegion(_ ground: Ground) async throws -> Region {
        let superuser = ground.client(role: Ground.superuser)
        try await superuser.run(
            Query<Void>(
                "INSERT INTO app.region (slug, name) VALUES ('world', 'World') ON CONFLICT DO NOTHING"
            )
        )
        try await superuser.run(
            Query<Void>(
                """
                UPDATE app.chapter SET region_id = (SELECT id FROM app.region WHERE slug = 'world')
                 WHERE id <= \(Int32(chaptersOfRegion))
                """
            )
        )
        await superuser.shutdown()
        let client = ground.client()
        let shell = Database(client).acting(as: .system(door: .cli), in: nil)
        guard let slug = Chapter.Slug("world"), let region = try await shell.run(Query<Region?>.region(slug))
        else {
            throw Trouble("the region is not there")
        }
        await client.shutdown()
        return region
    }
}
