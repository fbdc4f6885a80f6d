internal import CLibPQ
import Glibc

/// Opens connections, on a thread of its own: looking up a host and proving a password may take their time, and libpq
/// tries the next of several hosts only when it is let to wait.
struct Connector: Sendable {
    let configuration: Configuration

    func connect() -> Result<Link, PostgresError> {
        let wait = max(2, configuration.connectTimeout.components.seconds)
        let settings = [
            ("keepalives_idle", "30"),
            ("keepalives_interval", "10"),
            ("dbname", configuration.address),
            ("connect_timeout", "\(wait)"),
            ("client_encoding", "UTF8"),
            ("fallback_application_name", configuration.applicationName),
        ]
        guard let pointer = Self.open(settings) else {
            return .failure(.lost("out of memory"))
        }
        let link = Link(pointer, configuration)
        guard PQstatus(pointer) == CONNECTION_OK else {
            return .failure(Self.failure(link))
        }
        return prepare(link, by: ContinuousClock.now + .seconds(wait))
    }

    private static func open(_ settings: [(name: String, value: String)]) -> OpaquePointer? {
        let names = settings.map { strdup($0.name) } + [nil]
        let values = settings.map { strdup($0.value) } + [nil]
        defer { (names + values).forEach { free($0) } }
        return PQconnectdbParams(names.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 1)
    }

    /// What keeps the same text and the same numbers the same for every caller, whatever the server is set to.
    ///
    /// Nothing is compiled: that takes a second and more wherever the planner expects too much of a statement that
    /// takes milliseconds.
    static func settings(_ configuration: Configuration) -> String {
        let timeout = Int32(clamping: configuration.statementTimeout.milliseconds)
        return """
            SELECT set_config('TimeZone', 'UTC', false), set_config('DateStyle', 'ISO', false), \
            set_config('standard_conforming_strings', 'on', false), \
            set_config('client_encoding', 'UTF8', false), set_config('jit', 'off', false), \
            set_config('statement_timeout', '\(timeout)', false)
            """
    }

    private func prepare(_ link: Link, by deadline: ContinuousClock.Instant) -> Result<Link, PostgresError> {
        guard PQsetnonblocking(link.connection, 1) == 0,
            PQsendQuery(link.connection, Self.settings(configuration)) == 1
        else { return .failure(.lost(EventLoop.message(of: link.connection))) }
        var failure: PostgresError?
        while true {
            guard wait(for: link, until: deadline) else {
                return .failure(failure ?? .lost("the server accepted the connection and then fell silent"))
            }
            guard let result = PQgetResult(link.connection) else { break }
            if PQresultStatus(result) != PGRES_TUPLES_OK {
                failure = PostgresError(result: result, statement: nil)
            }
            PQclear(result)
        }
        if let failure { return .failure(failure) }
        return PQenterPipelineMode(link.connection) == 1
            ? .success(link) : .failure(.lost(EventLoop.message(of: link.connection)))
    }

    /// Waits until a result can be had without waiting.
    private func wait(for link: Link, until deadline: ContinuousClock.Instant) -> Bool {
        while true {
            let left = PQflush(link.connection)
            guard left >= 0 else { return false }
            guard left > 0 || PQisBusy(link.connection) != 0 else { return true }
            let remaining = (deadline - .now) / .milliseconds(1)
            guard remaining > 0 else { return false }
            let events = Int16(POLLIN) | (left > 0 ? Int16(POLLOUT) : 0)
            var poller = pollfd(fd: link.socket, events: events, revents: 0)
            poll(&poller, 1, Int32(max(1, min(remaining, 60_000))))
            guard poller.revents & ~Int16(POLLOUT) == 0 || PQconsumeInput(link.connection) == 1 else {
                return false
            }
        }
    }

    /// libpq says why it could not connect in words only.
    private static func failure(_ link: Link) -> PostgresError {
        let message = EventLoop.message(of: link.connection)
        let known: [(String, SQLState)] = [
            ("password authentication failed", .invalidPassword),
            ("no password supplied", .invalidPassword),
            ("the database system is", .cannotConnectNow),
            ("too many clients", .tooManyConnections),
            ("remaining connection slots", .tooManyConnections),
            ("too many connections", .tooManyConnections),
            ("pg_hba.conf", .invalidAuthorization),
            ("permission denied", .insufficientPrivilege),
            ("role \"", .invalidAuthorization),
            ("database \"", .invalidDatabase),
        ]
        let state = known.first { message.contains($0.0) && message.contains("FATAL") }?.1
        return PostgresError(.connection, state ?? .cannotConnect, message)
    }
}

extension Thread {
    /// Asks the server to stop what the connection runs, without waiting for it, and closes the connection.
    static func cancel(_ link: Link) {
        guard let canceller = PQgetCancel(link.connection) else { return }
        let address = UInt(bitPattern: canceller)
        start("postgres-cancel") {
            guard let canceller = OpaquePointer(bitPattern: address) else { return }
            var reason = [CChar](repeating: 0, count: 256)
            PQcancel(canceller, &reason, 256)
            PQfreeCancel(canceller)
        }
    }
}
