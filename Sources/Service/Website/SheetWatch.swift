import HTTPTypes
import Hummingbird
import NIOConcurrencyHelpers
import NIOCore
import ServiceLifecycle
import Storage

/// Tells everybody who looks at a sheet that it is another one now, over one connection to the database.
package final class SheetWatch: Service {
    private struct Watchers {
        var last = 0
        var of: [SheetChange: [Int: AsyncStream<Void>.Continuation]] = [:]
    }

    private let database: Database
    private let watchers = NIOLockedValueBox(Watchers())
    /// How long a browser is served before it has to ask again, and show again who it is.
    private let longest: Duration = .seconds(300)
    /// So that proxies and the browser know that the line is alive, and as the way to what a lost message said.
    private let beat: Duration
    private static let most = 1024

    package init(database: Database, beat: Duration = Limits().beat) {
        self.database = database
        self.beat = beat
    }

    package func run() async throws {
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { [self] in
                for await change in database.sheetChanges().cancelOnGracefulShutdown() { tell(of: change) }
            }
            tasks.addTask { [self] in
                while !Task.isCancelled {
                    do { try await Task.sleep(for: beat) } catch { return }
                    tell(of: nil)
                }
            }
            await tasks.next()
            tasks.cancelAll()
        }
        let left = watchers.withLockedValue { $0.of.values.flatMap(\.values) }
        for watcher in left { watcher.finish() }
    }

    /// Wakes those who watch a sheet, or everybody.
    private func tell(of change: SheetChange?) {
        let told = watchers.withLockedValue { watchers in
            change.map { Array(watchers.of[$0, default: [:]].values) } ?? watchers.of.values.flatMap(\.values)
        }
        for watcher in told { watcher.yield() }
    }

    /// The events of a sheet: what `read` makes of it, now and whenever it changes.
    func events(of sheet: SheetChange, _ read: @escaping @Sendable () async throws -> SheetState) -> Response
    {
        let (changes, number) = watch(sheet)
        guard let changes else {
            return Response(status: .serviceUnavailable, headers: [.retryAfter: "30"])
        }
        let longest = longest
        var headers: HTTPFields = [
            .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
        ]
        // nginx gathers an answer before it passes it on, unless it is told not to.
        if let name = HTTPField.Name("X-Accel-Buffering") { headers[name] = "no" }
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { writer in
                defer { self.leave(sheet, number) }
                let end = ContinuousClock.now + longest
                var last = ""
                // Nobody has to wait for who only looks on when the service is asked to stop.
                for await _ in changes.cancelOnGracefulShutdown() {
                    let state = try await read().json
                    let event = state == last ? ": alive\n\n" : "event: sheet\ndata: \(state)\n\n"
                    last = state
                    try await writer.write(ByteBuffer(string: event))
                    if ContinuousClock.now > end { break }
                }
                try await writer.finish(nil)
            }
        )
    }

    private func watch(_ sheet: SheetChange) -> (AsyncStream<Void>?, Int) {
        // However often a sheet changes while it is read, it is read once more.
        let (changes, teller) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = watchers.withLockedValue { watchers -> Int? in
            guard watchers.of.values.reduce(0, { $0 + $1.count }) < Self.most else { return nil }
            watchers.last += 1
            watchers.of[sheet, default: [:]][watchers.last] = teller
            return watchers.last
        }
        guard let number else { return (nil, 0) }
        teller.yield()
        return (changes, number)
    }

    private func leave(_ sheet: SheetChange, _ number: Int) {
        watchers.withLockedValue { watchers in
            watchers.of[sheet]?[number] = nil
            if watchers.of[sheet]?.isEmpty == true { watchers.of[sheet] = nil }
        }
    }
}
