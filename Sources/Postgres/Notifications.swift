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
            try await lend(.listening, resetting: true) { connection in
                let (told, teller) = AsyncStream.makeStream(
                    of: Notification.self,
                    bufferingPolicy: .bufferingNewest(10_000)
                )
                connection.listen { notification in
                    if let notification { teller.yield(notification) } else { teller.finish() }
                }
                for channel in channels {
                    try await connection.run(Query<Void>(SQL(stringLiteral: "LISTEN \(SQL.quoted(channel))")))
                }
                continuation.yield(.connected)
                for await notification in told { continuation.yield(.notification(notification)) }
            }
        } catch {
            // Short, and cut shorter when the task is cancelled: the loop above looks at that.
            try? await Task.sleep(for: .milliseconds(250))
        }
    }
}
