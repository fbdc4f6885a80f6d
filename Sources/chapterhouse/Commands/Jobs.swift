import ArgumentParser
import ReferralGroup
import Scheduling
import Storage

struct JobCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "Scheduled work: what waits, what failed, and doing it.",
        subcommands: [List.self, Retry.self, Run.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What is due, what failed and what was given up.",
            discussion: "Example: chapterhouse jobs list --all --format csv"
        )

        @OptionGroup var database: DatabaseOptions
        @OptionGroup var listing: ListingOptions
        @Flag(help: "The last thousand that were done as well.") var all = false

        func run() async throws {
            let jobs = try await database.withDatabase { [all] opened in
                try await opened.acting(as: .system(door: .cli), in: nil)
                    .run(.jobs(limit: 10_000, lately: all ? 1000 : 0))
            }
            var rows = Listing(
                columns: [
                    "id", "kind", "chapter", "occasion", "due_at", "standing", "tries", "next_try_at",
                    "trouble",
                ] + (all ? ["done_at"] : [])
            )
            for job in jobs {
                let waits = [.waits, .failed].contains(job.standing)
                rows.rows.append(
                    [
                        .number("\(job.id)"), .text(job.kind), Listing.Cell(job.chapter), .text(job.occasion),
                        .text(job.dueAt.description), .text(job.standing.rawValue), .number("\(job.tries)"),
                        Listing.Cell(waits ? job.nextTryAt.description : nil),
                        Listing.Cell(job.lastTrouble ?? job.skippedBecause),
                    ] + (all ? [Listing.Cell(job.doneAt?.description)] : [])
                )
            }
            try rows.print(as: listing.format)
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let what failed or was given up be tried again, now.",
            discussion: "Example: chapterhouse jobs retry 4711"
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "The job's id.") var id: Int64?
        @Flag(help: "Every job that failed or was given up.") var all = false

        func validate() throws {
            if (id == nil) != all { throw ValidationError("name a job, or say --all") }
        }

        func run() async throws {
            let count = try await database.withDatabase { [id] opened in
                try await opened.acting(as: .system(door: .cli), in: nil).run(.retryJobs(only: id))
            }
            if let id, count == 0 {
                throw Failure(.badData, "no job \(id) failed; see: chapterhouse jobs list")
            }
            try Output.line(count == 1 ? "1 job is tried again." : "\(count) jobs are tried again.")
        }
    }

    struct Run: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Do everything that is due, now; what became of each is printed.",
            discussion: "Example: chapterhouse jobs run"
        )

        @OptionGroup var database: DatabaseOptions

        func run() async throws {
            let failed = try await database.withDatabase { opened in
                let timekeeper = Timekeeper(database: opened, logger: DatabaseOptions.quietLogger)
                try await timekeeper.plan()
                var failed = 0
                while let work = try await timekeeper.workOnNext() {
                    try Output.line(work.line)
                    if ![.done, .taken].contains(work.outcome) { failed += 1 }
                }
                return failed
            }
            if failed > 0 { throw Failure(.tryAgain, "\(failed) failed; see: chapterhouse jobs list") }
        }
    }
}

extension Timekeeper.Work {
    fileprivate var line: String {
        let what = "\(job.id) \(job.kind)\(job.chapter.map { " of \($0)" } ?? "") for \(job.occasion)"
        return switch outcome {
        case .done: "\(what): done"
        case .taken: "\(what): another has it"
        case .failed(let until, let trouble): "\(what): failed, tried again at \(until) (\(trouble))"
        case .givenUp(let trouble): "\(what): given up (\(trouble))"
        }
    }
}
