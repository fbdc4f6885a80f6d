import ArgumentParser
import Glibc
import Postgres
import TestCluster

/// Whether every caller gets their own answer, for as long as one likes.
struct Soak: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ask millions of mixed questions over both lanes and check every answer.",
        discussion: """
            Errors, large results, transactions, COPY, LISTEN, cancellations and deadlines, while another client ends \
            our server processes. Fails on a wrong answer, a caller who never got one, or memory or descriptors that \
            grow.
            """
    )

    @Option(help: "How many questions are asked.")
    var queries = 10_000_000

    @Option(help: "How many callers ask at the same time.")
    var callers = 64

    @Option(help: "Seconds between two ends of a server process of ours.")
    var terminateEvery = 2.0

    @Option(help: "After how many seconds a caller without an answer counts as lost.")
    var patience = 120

    @Option(parsing: .upToNextOption, help: "The kinds of questions, where not all are asked.")
    var only: [Question] = []

    @Option(help: "A Markdown file that keeps the result.")
    var output: String?

    func validate() throws {
        guard queries > 0, callers > 0, terminateEvery >= 0.05, patience > 0 else {
            throw ValidationError("every option takes a number above 0")
        }
    }

    func run() async throws {
        let outcome = try await SoakRun(
            queries: queries,
            callers: callers,
            pause: .seconds(terminateEvery),
            patience: .seconds(patience),
            questions: only.isEmpty ? Question.allCases : only
        ).finish()
        print(outcome.description)
        if let output {
            try MarkedFile(output, mark: "soaked").write("```\n\(outcome.description)\n```")
        }
        guard outcome.isClean else { throw ExitCode.failure }
    }
}

extension Question: ExpressibleByArgument {}

/// One soak from its start to its verdict.
struct SoakRun {
    let queries: Int
    let callers: Int
    let pause: Duration
    let patience: Duration
    let questions: [Question]

    func finish() async throws -> SoakOutcome {
        let cluster = try Cluster()
        try cluster.start(["max_connections=50"])
        defer { cluster.stop() }
        let administrator = PostgresClient(Configuration(address: cluster.conninfo))
        try await administrator.run(Query<Void>(Questions.table))

        var configuration = Configuration(address: cluster.conninfo)
        configuration.applicationName = "soak"
        configuration.sharedConnections = 4
        configuration.exclusiveConnections = 6
        configuration.statementCacheSize = 64
        configuration.queueLimit = 100_000
        configuration.waitTimeout = .seconds(60)
        configuration.maximumResultBytes = 64 << 20
        let client = PostgresClient(configuration)

        let record = SoakRecord(callers: callers, queries: queries)
        let start = ContinuousClock.now
        let attendants = [
            Task { await Self.terminate(with: administrator, every: pause, noting: record) },
            Task { await Self.listen(with: client, noting: record) },
        ]
        while record.current.listenings == 0 { try await Task.sleep(for: .milliseconds(10)) }
        let asking = (0..<callers).map { caller in
            Task { await ask(client, as: caller, record) }
        }
        // A caller who is lost never ends, so nobody waits for the tasks themselves.
        while !record.isOver {
            try await Task.sleep(for: .milliseconds(100))
            record.look(patience)
        }
        let duration = ContinuousClock.now - start
        attendants[0].cancel()
        try await record.lookAtLast()
        for task in attendants + asking { task.cancel() }
        let measurements = await client.measurements()
        await client.shutdown()
        await administrator.shutdown()
        return SoakOutcome(record, duration: duration, measurements: measurements)
    }

    private func ask(_ client: PostgresClient, as caller: Int, _ record: SoakRecord) async {
        let bag = Question.bag(of: questions)
        let questions = Questions(client: client.onBehalf(of: Int64(caller)))
        var dice = Dice(seed: caller)
        var round = 0
        while record.begin(caller) {
            let question = bag[dice.upTo(bag.count) - 1]
            let number = caller * 10_000_019 + round
            record.end(caller, question, number, await questions.answer(to: question, number: number))
            round += 1
            do {
                while record.isPausing { try await Task.sleep(for: .milliseconds(5)) }
            } catch {
                return
            }
        }
    }

    /// Ends one of the client's server processes by chance, again and again; not the listener's, who may then miss
    /// nothing.
    private static func terminate(
        with administrator: PostgresClient,
        every pause: Duration,
        noting record: SoakRecord
    ) async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: pause)
                let ended = try await administrator.run(
                    Query<[Bool]>(
                        values: """
                            SELECT pg_terminate_backend(pid)
                              FROM (SELECT pid FROM pg_stat_activity
                                     WHERE application_name = 'soak' AND query NOT LIKE 'LISTEN%'
                                     ORDER BY random() LIMIT 1) AS one
                            """
                    )
                )
                record.noteTermination(of: ended.count)
            } catch {
                // In its sleep or in the middle of a query.
                guard !Task.isCancelled else { return }
                record.noteWrong("the administrator: \(error)")
                return
            }
        }
    }

    private static func listen(with client: PostgresClient, noting record: SoakRecord) async {
        for await heard in client.notifications(on: ["soak"]) {
            switch heard {
            case .connected: record.noteListening()
            case .notification(let notification): record.noteHeard(notification.payload)
            }
        }
    }
}
