internal import CLibPQ

/// What somebody told a channel with NOTIFY.
package struct Notification: Sendable, Hashable {
    package let channel: String
    package let payload: String
    /// The server process of whoever told it.
    package let process: Int32

    init(_ notice: PGnotify) {
        channel = notice.relname.map { String(cString: $0) } ?? ""
        payload = notice.extra.map { String(cString: $0) } ?? ""
        process = notice.be_pid
    }
}

/// What a listener hears.
package enum Heard: Sendable, Hashable {
    case notification(Notification)
    /// The connection is new: whatever was told before may have been missed.
    case connected
}

extension PostgresClient {
    /// What is told on the channels from now on; the stream connects again by itself, and says so.
    package func notifications(on channels: [String]) -> AsyncStream<Heard> {
        AsyncStream(bufferingPolicy: .bufferingNewest(10_000)) { continuation in
            let listening = Task {
                while !Task.isCancelled {
                    await listen(on: channels, telling: continuation)
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in listening.cancel() }
        }
    }

    /// Listens until the connection breaks or the task is cancelled.
    private func listen(on channels: [String], telling continuation: AsyncStream<Heard>.Continuation) async {
        do {
            try await withConnection { connection in
                connection.listen { continuation.yield(.notification($0)) }
                for channel in channels {
                    let name = channel.split(separator: "\"", omittingEmptySubsequences: false).joined(
                        separator: "\"\""
                    )
                    try await connection.run(Query<Void>(SQL(stringLiteral: "LISTEN \"\(name)\"")))
                }
                continuation.yield(.connected)
                while true {
                    // A connection that only listens would not notice that its server has gone.
                    try await Task.sleep(for: .seconds(5))
                    try await connection.run(Query<Void>("SELECT"))
                }
            }
        } catch {
            guard !Task.isCancelled else { return }
            // Cancelled or not, the loop above decides.
            _ = await Task { try? await Task.sleep(for: .milliseconds(250)) }.value
        }
    }
}
