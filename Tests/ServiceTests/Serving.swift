import Logging
import Service
import Storage
import TestSupport
import Testing

/// A service that really listens, for as long as `work` takes.
func whileServing(
    _ database: Database,
    limits: Limits = Limits(),
    baseURL: String = "http://127.0.0.1",
    proxies: TrustedProxies = TrustedProxies(),
    logger: Logger = .nearlySilent,
    _ work: @escaping @Sendable (_ port: Int, _ adminPort: Int) async throws -> Void
) async throws {
    var settings = ChapterhouseService.Settings(host: "127.0.0.1", port: 0, baseURL: baseURL)
    settings.admin = ("127.0.0.1", 0)
    settings.limits = limits
    settings.proxies = proxies
    let service = ChapterhouseService(settings: settings, database: database, logger: logger)
    let (ports, admin) = (AsyncStream<Int>.makeStream(), AsyncStream<Int>.makeStream())
    try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask {
            defer {
                ports.continuation.finish()
                admin.continuation.finish()
            }
            try await service.run(
                whenAdminReady: { admin.continuation.yield($0) },
                whenReady: { ports.continuation.yield($0) }
            )
        }
        var (first, second) = (ports.stream.makeAsyncIterator(), admin.stream.makeAsyncIterator())
        let port = try #require(await first.next())
        let adminPort = try #require(await second.next())
        do {
            try await work(port, adminPort)
        } catch {
            service.stop()
            throw error
        }
        service.stop()
        try await tasks.waitForAll()
    }
}
