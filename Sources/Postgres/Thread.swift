internal import CLibPQ
import Glibc

/// Threads for what would block: waiting for sockets, connecting, cancelling.
enum Thread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Runs `body` on a new thread of that name (15 bytes at most); false when the system has none left.
    @discardableResult
    static func start(_ name: StaticString, _ body: @escaping @Sendable () -> Void) -> Bool {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(
            Body {
                chapterhouse_name_thread(UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self))
                body()
            }
        )
        let failed = pthread_create(
            &thread,
            nil,
            { box in
                if let box { Unmanaged<Body>.fromOpaque(box).takeRetainedValue().run() }
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
