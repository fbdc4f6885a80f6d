import FoundationEssentials
import Subprocess
import SystemPackage

/// The PostgreSQL that Chapterhouse keeps for itself in its home folder.
///
/// It runs as our child, listens on a socket only its owner reaches, and ends with the work it was started for.
struct PrivateCluster: Sendable {
    let home: Home
    var environment: [String: String] = ProcessInfo.processInfo.environment
    /// Told of each step that takes time.
    var report: @Sendable (String) -> Void = { _ in }

    /// Runs `work` with the server up, and stops the server however the work ends.
    ///
    /// The first time, the cluster is made; a server left behind by a killed process is stopped first. When the
    /// server ends by itself, the work is cancelled and a `ClusterError` tells the server's last words.
    func withRunning<Value: Sendable>(
        _ work: @escaping @Sendable (ServerAddress) async throws -> Value
    ) async throws -> Value {
        do {
            return try await running(farewell: .now, work)
        } catch let taken as HomeIsTaken {
            throw taken.refusal
        }
    }

    /// Runs `work` on the server of a `chapterhouse up` that works in this home, or on one started for it.
    func withReachable<Value: Sendable>(
        _ work: @escaping @Sendable (ServerAddress) async throws -> Value
    ) async throws -> Value {
        let patience = ContinuousClock.now + .seconds(60)
        while true {
            do {
                return try await running(farewell: .whenIdle, work)
            } catch let taken as HomeIsTaken {
                if let file = PostmasterFile(cluster: taken.home.cluster), file.isReady,
                    let folder = file.socketFolder,
                    file.isServer(of: taken.home.cluster)
                {
                    return try await work(ServerAddress(folder: folder))
                }
                guard ContinuousClock.now < patience else { throw taken.refusal }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    private func running<Value: Sendable>(
        farewell: ServerProcess.Farewell,
        _ work: @escaping @Sendable (ServerAddress) async throws -> Value
    ) async throws -> Value {
        let account = try Account.server(environment: environment)
        let home = try home.created(for: account)
        let lock = try HomeLock.take(home)
        defer { _ = lock }
        try await account.mustReach(home)

        let cluster = ClusterFolder(path: home.cluster, account: account)
        let version = try cluster.madeBy()
        let programs = try await ServerPrograms.find(for: version, environment: environment)
        if version == nil {
            report("Creating the database with PostgreSQL \(programs.major) in \(home.path).")
            try await cluster.create(with: programs)
        } else {
            try await PostmasterFile.clearOrphan(of: cluster.path, report: report)
        }
        let address = try ServerAddress.prepare(for: home, account: account)
        try cluster.configure(ServerSettings(memory: ServerSettings.availableMemory, address: address))

        for _ in 0..<20 {
            let log = ServerLog(path: home.log)
            do {
                return try await serving(programs, cluster, log, farewell) { try await work(address) }
            } catch is OldSessionsRemain {
                // Sessions of a killed server notice its death within moments.
                try await Task.sleep(for: .milliseconds(500))
            }
        }
        throw ClusterError("Processes of an earlier PostgreSQL still work in \(cluster.path).", .tryAgain)
    }

    /// Starts the server, waits until it answers, and runs `work` for as long as both live.
    private func serving<Value: Sendable>(
        _ programs: ServerPrograms,
        _ cluster: ClusterFolder,
        _ log: ServerLog,
        _ farewell: ServerProcess.Farewell,
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        var log = log
        let server: ServerProcess
        do {
            server = try await ServerProcess.launch(programs, on: cluster, log: log.open())
        } catch let error as SubprocessError {
            throw ClusterError("Cannot start PostgreSQL: \(error)", .unavailable)
        }
        let report = report
        return try await withThrowingTaskGroup(of: Outcome<Value>.self) { group in
            group.addTask {
                do {
                    try await Self.waitUntilReady(server, on: cluster.path, report: report)
                    return .worked(.success(try await work()))
                } catch {
                    return .worked(.failure(error))
                }
            }
            group.addTask { .serverEnded(await server.ended()) }

            guard let first = try await group.next() else { throw CancellationError() }
            switch first {
            case .worked(let result):
                let insisting = server.stop(farewell)
                try await group.waitForAll()
                insisting.cancel()
                return try result.get()
            case .serverEnded(let how):
                group.cancelAll()
                try await group.waitForAll()
                throw Self.obituary(how, log, home: cluster.path)
            }
        }
    }

    private enum Outcome<Value: Sendable>: Sendable {
        case worked(Result<Value, any Error>)
        case serverEnded(String)
    }

    /// A server that was killed left sessions behind, and no other may start before they end.
    private struct OldSessionsRemain: Error {}

    /// What pg_ctl waits for: the server itself writes down when it accepts connections.
    private static func waitUntilReady(
        _ server: ServerProcess,
        on cluster: FilePath,
        report: @Sendable (String) -> Void
    ) async throws {
        var polls = 0
        while true {
            if let file = PostmasterFile(cluster: cluster), file.process == server.process, file.isReady {
                return
            }
            try await Task.sleep(for: .milliseconds(20))
            polls += 1
            if polls == 250 {
                report("PostgreSQL is still starting; after a crash it first repairs its data.")
            }
        }
    }

    private static func obituary(_ how: String, _ log: ServerLog, home: FilePath) -> any Error {
        let words = log.lastWords()
        if words.contains(where: { $0.contains("pre-existing shared memory block") }) {
            return OldSessionsRemain()
        }
        if words.contains(where: ServerLog.tellsOfFullDisk) {
            return ClusterError("PostgreSQL stopped: the disk that holds \(home) is full.", .tryAgain)
        }
        let last =
            words.isEmpty ? "" : " Its last words:\n" + words.map { "    \($0)" }.joined(separator: "\n")
        return ClusterError("PostgreSQL stopped by itself (\(how)), see \(log.path).\(last)", .unavailable)
    }
}
