import Glibc
import Subprocess
import SystemPackage

/// The server, from its launch to its end.
struct ServerProcess: Sendable {
    let process: pid_t
    private let ending: Task<TerminationStatus, any Error>

    /// Whether sessions are waited for when it stops.
    enum Farewell {
        /// Sessions are cut off and rolled back.
        case now
        /// No new session; it stops when those that run have ended.
        case whenIdle
    }

    /// Starts the server as a child that the cancellation of the caller leaves alone: whoever starts it stops it.
    static func launch(
        _ programs: ServerPrograms,
        on cluster: ClusterFolder,
        log: FileDescriptor
    ) async throws -> ServerProcess {
        var ending: Task<TerminationStatus, any Error>?
        let process = try await withCheckedThrowingContinuation {
            (launched: CheckedContinuation<pid_t, any Error>) in
            ending = Task {
                var waiting: CheckedContinuation<pid_t, any Error>? = launched
                do {
                    return try await run(
                        cluster.account.launching(
                            programs.postgres,
                            ["-D", cluster.path.string],
                            lastSignal: "INT"
                        ),
                        input: .none,
                        output: .fileDescriptor(log, closeAfterSpawningProcess: true),
                        error: .combinedWithOutput
                    ) { execution in
                        waiting.take()?.resume(returning: execution.processIdentifier.value)
                    }.terminationStatus
                } catch {
                    waiting.take()?.resume(throwing: error)
                    throw error
                }
            }
        }
        guard let ending else { preconditionFailure("the continuation runs its body before it waits") }
        return ServerProcess(process: process, ending: ending)
    }

    /// How it ended; not cut short by cancellation.
    func ended() async -> String {
        switch await ending.result {
        case .success(.exited(let code)): "exit status \(code)"
        case .success(.signaled(let signal)): "signal \(signal)"
        case .failure(let error): "\(error)"
        }
    }

    /// Asks it to stop, more firmly as time passes; gives back the task that insists.
    func stop(_ farewell: Farewell) -> Task<Void, any Error> {
        let process = process
        return Task {
            if farewell == .whenIdle {
                kill(process, SIGTERM)
                try await Task.sleep(for: .seconds(600))
            }
            kill(process, SIGINT)
            try await Task.sleep(for: .seconds(60))
            kill(process, SIGQUIT)
            try await Task.sleep(for: .seconds(10))
            kill(process, SIGKILL)
        }
    }
}
