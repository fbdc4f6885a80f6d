import Glibc
import Hummingbird
import Identity
import Logging
import NIOCore
import ServiceLifecycle
import Storage
import UnixSignals

/// The service over HTTP; its router is the table of contents.
package struct ChapterhouseService: Sendable {
    private let settings: Settings
    private let database: Database
    private let logger: Logger

    /// Where to listen.
    package struct Settings: Sendable {
        package let host: String
        package let port: Int
        /// How people reach it, without a slash at the end.
        package let baseURL: String

        package init(host: String, port: Int, baseURL: String) {
            self.host = host
            self.port = port
            self.baseURL = baseURL
        }
    }

    package init(settings: Settings, database: Database, logger: Logger) {
        self.settings = settings
        self.database = database
        self.logger = logger
    }

    package static func router(
        database: Database,
        hashing: HashingPool = HashingPool(),
        baseURL: String = "http://127.0.0.1:8080"
    ) -> Router<AnyoneContext> {
        let router = Router(context: AnyoneContext.self)
        router.addMiddleware {
            SecurityHeaders()
            Problems()
            OtherSites()
        }
        router.open(routes(database: database, hashing: hashing, baseURL: baseURL))
        return router
    }

    /// The table of contents, with who may take what.
    package static func routes(database: Database, hashing: HashingPool, baseURL: String) -> Routes {
        let doorkeeper = Doorkeeper(database: database, hashing: hashing, house: .init(baseURL: baseURL))
        var routes = Routes(database: database)
        Website().add(to: &routes)
        SignIn(doorkeeper: doorkeeper).add(to: &routes)
        Home(database: database).add(to: &routes)
        routes.group("account") { Account(doorkeeper: doorkeeper).add(to: &$0) }
        routes.group("chapters/{chapter}") { ReportPages(database: database).add(to: &$0) }
        routes.group("api/v1/chapters/{chapter}") { api in
            api.group("reports") { ReportRoutes(database: database).add(to: &$0) }
            api.group("members") { MemberRoutes(database: database).add(to: &$0) }
            api.group("meetings") { MeetingRoutes(database: database).add(to: &$0) }
            api.group("referrals") { ReferralRoutes(database: database).add(to: &$0) }
            api.group("thanks") { ThanksRoutes(database: database).add(to: &$0) }
            api.group("offices") { OfficeRoutes(database: database).add(to: &$0) }
            SlipRoutes(database: database).add(to: &api)
        }
        return routes
    }

    /// Serves until SIGTERM or ^C, and then ends what it has begun, others last; `whenReady` learns the port.
    package func run(
        beside others: [any Service] = [],
        whenReady: @escaping @Sendable (Int) async -> Void
    ) async throws {
        let application = Application(
            router: Self.router(database: database, baseURL: settings.baseURL),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port),
                serverName: "Chapterhouse"
            ),
            onServerRunning: { channel in await whenReady(channel.localAddress?.port ?? 0) },
            logger: logger
        )
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: (others + [application]).map { .init(service: $0) },
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        do {
            try await group.run()
        } catch let error as IOError {
            throw ListenFailure(reason: String(cString: strerror(error.errnoCode)))
        }
    }
}

/// The address is in use, or not ours to listen on.
package struct ListenFailure: Error {
    package let reason: String
}
