internal import CCurl
import Glibc

/// Threads for what would block, so that none of Swift's does.
package enum BlockingThread {
    private final class Body: Sendable {
        let name: StaticString
        let run: @Sendable () -> Void

        init(_ name: StaticString, _ run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    /// Runs `body` on a new thread, named in at most 15 bytes; false when the system has none left.
    package static func start(_ name: StaticString, _ body: @escaping @Sendable () -> Void) -> Bool {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(Body(name, body))
        let failed = pthread_create(
            &thread,
            nil,
            { box in
                guard let box else { return nil }
                let body = Unmanaged<Body>.fromOpaque(box).takeRetainedValue()
                body.name.withUTF8Buffer { chapterhouse_name_thread($0.baseAddress) }
                body.run()
                return nil
            },
            box.toOpaque()
        )
        guard failed == 0 else {
            box.release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}
