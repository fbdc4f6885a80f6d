import Logging
import Postgres
import TestSupport

/// Runs `body` with a client of a fresh, empty database.
func withDatabase(
    _ configure: (inout Configuration) -> Void = { _ in },
    _ body: (PostgresClient) async throws -> Void
) async throws {
    let server = try TestServer.shared
    let name = try await server.createDatabase()
    var configuration = Configuration(address: server.conninfo(database: name), logger: .silent)
    configure(&configuration)
    let client = PostgresClient(configuration)
    let outcome: Result<Void, any Error>
    do {
        try await body(client)
        outcome = .success(())
    } catch {
        outcome = .failure(error)
    }
    await client.shutdown()
    try await server.dropDatabase(name)
    try outcome.get()
}

extension Logger {
    /// Tests make errors on purpose; nobody wants to read of them.
    static var silent: Logger {
        Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() }
    }
}

/// The error of the database that `body` ends with.
func failure<Value>(of body: () async throws -> Value) async throws -> PostgresError {
    do {
        _ = try await body()
    } catch let error as PostgresError {
        return error
    }
    throw NothingFailed()
}

struct NothingFailed: Error {}
