import Postgres
import ReferralGroup

/// A job in the hands of a node, for ten minutes.
package struct DueJob: Sendable, RowDecodable {
    package let id: Int64
    package let kind: String
    /// The chapter by whose clock it goes; nil is the installation's.
    package let chapter: String?
    package let occasion: String
    /// 1 at first.
    package let attempt: Int16

    package init(row: Row) throws {
        id = try row["id"]
        kind = try row["kind"]
        chapter = try row["chapter"]
        occasion = try row["occasion"]
        attempt = try row["tries"]
    }
}

extension Query<Int64> {
    /// Enters the occasions that have come; how many were new.
    package static var planJobs: Self {
        Query(value: "SELECT plan_jobs()")
    }

    /// Lets a job that failed be tried again now, or every one; how many there were.
    package static func retryJobs(only job: Int64?) -> Self {
        Query(value: "SELECT retry_jobs(\(job))")
    }
}

extension Query<DueJob?> {
    /// Takes a job that is due away from all other nodes.
    package static var takeJob: Self {
        Query("SELECT id, kind, chapter, occasion, tries FROM take_job()")
    }
}

extension Query<Bool> {
    /// Does the job and marks it as done; false where another took it meanwhile.
    ///
    /// It may take long, and nobody waits behind it.
    package static func run(_ job: DueJob) -> Self {
        Query(value: "SELECT run_job(\(job.id), \(job.attempt))").exclusive
    }
}

extension Query<Instant?> {
    /// When the next try is, or nil where the job is given up.
    package static func failed(_ job: DueJob, trouble: String) -> Self {
        Query(value: "SELECT job_failed(\(job.id), \(job.attempt), \(trouble))")
    }
}

extension Query<[JobRecord]> {
    /// For operators: what waits, failed or was given up, the latest first; and with `lately` so many of what was done.
    package static func jobs(limit: Int, lately: Int = 0) -> Self {
        Query(
            """
            SELECT job.*, chapter.slug
              FROM ((SELECT * FROM job WHERE done_at IS NULL ORDER BY next_try_at DESC, id DESC LIMIT \(limit))
                    UNION ALL
                    (SELECT * FROM job WHERE done_at IS NOT NULL ORDER BY id DESC LIMIT \(lately))) AS job
              LEFT JOIN chapter ON chapter.id = job.for_chapter
             ORDER BY job.done_at IS NOT NULL, job.given_up_at IS NULL, job.id DESC
            """
        )
    }
}

extension ActingDatabase {
    /// Says that a job was entered, or may have been: at the start, and after the connection was lost.
    package var jobEntries: some AsyncSequence<Void, Never> & Sendable {
        client.notifications(on: ["job"]).map { _ in () }
    }
}

extension JobRecord: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            id: row["id"],
            kind: row["kind"],
            chapter: row["slug"],
            occasion: row["occasion"],
            dueAt: row["due_at"],
            tries: row["tries"],
            nextTryAt: row["next_try_at"],
            lastTrouble: row["last_trouble"],
            doneAt: row["done_at"],
            skippedBecause: row["skipped_because"],
            givenUpAt: row["given_up_at"]
        )
    }
}
