import Glibc
import Synchronization

/// Many who sign in with wrong passwords at the same time, each from an address and with an account of their own.
///
/// Who is told to come back later does so when told; who is refused tries again at once.
final class Crowd: Sendable {
    private struct State {
        var isOver = false
        var statuses: [Int: Int] = [:]
    }

    private let port: Int
    private let state = Mutex(State())
    private let threads = Mutex<[pthread_t]>([])

    /// Lets `size` people begin; `number` keeps their addresses apart from those of other crowds.
    init(of size: Int, number: Int, at port: Int) throws {
        self.port = port
        for person in 0..<size {
            let thread = try Self.thread { [self] in signIn(person, of: number) }
            threads.withLock { $0.append(thread) }
        }
    }

    /// How many were answered with a status so far.
    func count(_ status: Int) -> Int {
        state.withLock { $0.statuses[status] ?? 0 }
    }

    /// Waits for those who are still at it.
    func disperse() {
        state.withLock { $0.isOver = true }
        for thread in threads.withLock({ $0 }) { pthread_join(thread, nil) }
    }

    private func signIn(_ person: Int, of number: Int) {
        let form = "email=member-\(number)-\(person)%40example.org&password=wrong+\(person)"
        let request = Request(
            path: "/sign-in",
            header: Request.Header(
                name: "X-Forwarded-For",
                value: "10.\(number % 200).\(person % 250).1\r\nSec-Fetch-Site: same-origin"
            ),
            form: form
        )
        while !state.withLock({ $0.isOver }) {
            var status = 0
            do {
                status = try request.answer(from: port)?.status ?? 0
            } catch {}
            state.withLock { $0.statuses[status, default: 0] += 1 }
            // `Retry-After` is five seconds. Who waits takes nothing: looking up often would be what is measured.
            guard status != 422 else { continue }
            for _ in 0..<5 where !state.withLock({ $0.isOver }) { sleep(1) }
        }
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    private static func thread(_ run: @escaping @Sendable () -> Void) throws -> pthread_t {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(Body(run))
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
            throw Trouble("no thread is left")
        }
        return thread
    }
}
