import Fetching
import Glibc
import Hummingbird
import Identity
import Logging
import NIOCore
import Printing
import ServiceLifecycle
import Storage
import UnixSignals

/// The service over HTTP; its router is the table of contents.
package struct ChapterhouseService: Sendable {
    private let settings: Settings
    private let database: Database
    private let logger: Logger
    private let metrics = RequestMetrics()
    private let connections = OpenConnections()
    private let watch: SheetWatch
    private let stopping = AsyncStream<Void>.makeStream()
    private let listening: Listening

    /// Where to listen, and to whom.
    package struct Settings: Sendable {
        package let host: String
        package let port: Int
        /// What listens already, in the place of `host` and `port`.
        package var inherited: InheritedSocket?
        /// How people reach it, without a slash at the end.
        package let baseURL: String
        /// Where operators' machines ask how the service fares; nowhere without it.
        package var admin: (host: String, port: Int)?
        /// Through whom people sign in as well.
        package let provider: Provider?
        package var limits = Limits()
        package var proxies = TrustedProxies()
        /// Whether what an office may do with money takes a second factor, two weeks after it began.
        package var officersNeedSecondFactor = true
        /// Who makes PDF of reports.
        package var printer = Printer()
        /// Where webhooks may be.
        package var reach = Reach()

        /// Whether the address that people type begins with https.
        package var isSecure: Bool {
            baseURL.utf8.starts(with: "https://".utf8)
        }

        package init(host: String, port: Int, baseURL: String, provider: Provider? = nil) {
            self.host = host
            self.port = port
            self.baseURL = baseURL
            self.provider = provider
        }
    }

    package init(settings: Settings, database: Database, logger: Logger) {
        self.settings = settings
        self.database = database.answering(within: settings.limits.answer)
        self.logger = logger
        watch = SheetWatch(database: database, beat: settings.limits.beat)
        listening = Listening(host: settings.host, port: settings.port, inherited: settings.inherited)
    }

    package static func router(
        database: Database,
        hashing: HashingPool = HashingPool(),
        settings: Settings = Settings(host: "", port: 0, baseURL: "http://127.0.0.1:8080"),
        metrics: RequestMetrics = RequestMetrics(),
        watch: SheetWatch? = nil
    ) -> Router<AnyoneContext> {
        let routes = routes(
            database: database,
            hashing: hashing,
            baseURL: settings.baseURL,
            provider: settings.provider,
            officersNeedSecondFactor: settings.officersNeedSecondFactor,
            printer: settings.printer,
            reach: settings.reach,
            limits: settings.limits,
            watch: watch
        )
        let router = Router(context: AnyoneContext.self, options: .autoGenerateHeadEndpoints)
        router.addMiddleware {
            ClientAddress(proxies: settings.proxies)
            RequestLog(metrics: metrics)
            SecurityHeaders(isSecure: settings.isSecure)
            Methods(of: routes)
            Problems()
            OtherSites()
            Workload(metrics: metrics, limit: settings.limits.requestsAtWork)
        }
        router.open(routes)
        return router
    }

    /// The table of contents, with who may take what.
    package static func routes(
        database: Database,
        hashing: HashingPool,
        baseURL: String,
        provider: Provider? = nil,
        officersNeedSecondFactor: Bool = true,
        printer: Printer = Printer(),
        reach: Reach = Reach(),
        limits: Limits = Limits(),
        watch: SheetWatch? = nil
    ) -> Routes {
        let doorkeeper = Doorkeeper(
            database: database,
            hashing: hashing,
            house: .init(baseURL: baseURL, officersNeedSecondFactor: officersNeedSecondFactor),
            provider: provider
        )
        var routes = Routes(
            database: database,
            officersNeedSecondFactor: officersNeedSecondFactor,
            limits: limits
        )
        Website().add(to: &routes)
        SignIn(doorkeeper: doorkeeper).add(to: &routes)
        ProviderSignIn(doorkeeper: doorkeeper).add(to: &routes)
        Languages(doorkeeper: doorkeeper).add(to: &routes)
        Home(doorkeeper: doorkeeper).add(to: &routes)
        CalendarFeeds(doorkeeper: doorkeeper).add(to: &routes)
        routes.group("account") {
            Account(doorkeeper: doorkeeper).add(to: &$0)
            OwnCalendarPages(doorkeeper: doorkeeper).add(to: &$0)
            PrivacyPages(database: database).add(to: &$0)
            Notifications(database: database).add(to: &$0)
        }
        routes.group("invitation") { Invitations(doorkeeper: doorkeeper).add(to: &$0) }
        routes.group("mail/stop") { Notifications(database: database).addStopping(to: &$0) }
        routes.group("chapters/{chapter}") { pages in
            ReportPages(database: database).add(to: &pages)
            MonthForms(database: database).add(to: &pages)
            DeskPages(database: database).add(to: &pages)
            MeetingPages(
                database: database,
                baseURL: baseURL,
                watch: watch ?? SheetWatch(database: database)
            ).add(to: &pages)
            ChapterCalendarPages(database: database, baseURL: baseURL).add(to: &pages)
            WebhookPages(database: database, reach: reach).add(to: &pages)
            AboutPages(database: database).add(to: &pages)
            MemberPages(database: database).add(to: &pages)
            PostingPages(database: database).add(to: &pages)
            SeatPages(database: database).add(to: &pages)
            ContactPages(database: database).add(to: &pages)
            FollowUpPages(database: database).add(to: &pages)
            PlannerPages(database: database).add(to: &pages)
            AppointmentPages(database: database).add(to: &pages)
            IntroductionPages(database: database).add(to: &pages)
            VisitorPages(database: database).add(to: &pages)
            InvitePages(database: database, baseURL: baseURL).add(to: &pages)
            ApplicationPages(database: database).add(to: &pages)
            OfficePages(database: database).add(to: &pages)
            DuesPages(database: database).add(to: &pages)
            BillPages(database: database).add(to: &pages)
            ReportHub().add(to: &pages)
            ImportPages(database: database).add(to: &pages)
            PolicyPages(database: database).add(to: &pages)
        }
        routes.group("regions/{region}") { RegionPages(database: database).add(to: &$0) }
        routes.group("operator") { OperatorPages(doorkeeper: doorkeeper).add(to: &$0) }
        routes.group("api/v1/me") { OwnRoutes(doorkeeper: doorkeeper).add(to: &$0) }
        routes.group("api/v1/me/calendar") { OwnCalendarRoutes(doorkeeper: doorkeeper).add(to: &$0) }
        routes.group("api/v1/chapters/{chapter}") { api in
            api.group("reports") { ReportRoutes(database: database, printer: printer).add(to: &$0) }
            api.group("members") { MemberRoutes(database: database).add(to: &$0) }
            api.group("seats") { SeatRoutes(database: database).add(to: &$0) }
            api.group("meetings") { MeetingRoutes(database: database).add(to: &$0) }
            api.group("referrals") { ReferralRoutes(database: database).add(to: &$0) }
            api.group("thanks") { ThanksRoutes(database: database).add(to: &$0) }
            api.group("months") { MonthRoutes(database: database).add(to: &$0) }
            api.group("corrections") { CorrectionRoutes(database: database).add(to: &$0) }
            api.group("calendar") {
                ChapterCalendarRoutes(database: database, baseURL: baseURL).add(to: &$0)
            }
            api.group("webhooks") { WebhookRoutes(database: database, reach: reach).add(to: &$0) }
            api.group("policy") { PolicyRoutes(database: database).add(to: &$0) }
            api.group("imports") { ImportRoutes(database: database).add(to: &$0) }
            api.group("applications") { ApplicationRoutes(database: database).add(to: &$0) }
            api.group("absence-letters") { LetterRoutes(database: database).add(to: &$0) }
            api.group("dues") { DuesRoutes(database: database).add(to: &$0) }
            api.group("offices") { OfficeRoutes(database: database).add(to: &$0) }
            SlipRoutes(database: database).add(to: &api)
            InvitationRoutes(database: database, baseURL: baseURL).add(to: &api)
            PostingRoutes(database: database).add(to: &api)
            ContactRoutes(database: database).add(to: &api)
            PlannerRoutes(database: database).add(to: &api)
            AppointmentRoutes(database: database).add(to: &api)
            IntroductionRoutes(database: database).add(to: &api)
            api.group("follow-ups") { FollowUpRoutes(database: database).add(to: &$0) }
        }
        routes.group("api/v1/regions/{region}/reports") {
            RegionRoutes(database: database, printer: printer).add(to: &$0)
        }
        let description = DocumentRoutes(describing: routes)
        routes.group("api/v1") { description.add(to: &$0) }
        return routes
    }

    /// Serves until SIGTERM, SIGHUP or ^C, and then ends what it has begun; `whenReady` learns the port.
    ///
    /// A second signal, or the end of `limits.stopping`, ends everything at once.
    package func run(
        beside others: [any Service] = [],
        whenAdminReady: @escaping @Sendable (Int) async -> Void = { _ in },
        whenReady: @escaping @Sendable (Int) async -> Void
    ) async throws {
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = others.map { .init(service: $0) }
        if let admin = settings.admin {
            services.append(.init(service: adminApplication(at: admin, whenAdminReady)))
        }
        services.append(.init(service: watch))
        services.append(.init(service: application(whenReady)))
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: services, logger: logger))
        do {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { await end(group) }
                defer { tasks.cancelAll() }
                try await group.run()
            }
        } catch let error as IOError {
            throw ListenFailure(reason: String(cString: strerror(error.errnoCode)))
        }
    }

    private func application(
        _ whenReady: @escaping @Sendable (Int) async -> Void
    ) -> Application<RouterResponder<AnyoneContext>> {
        Application(
            router: Self.router(database: database, settings: settings, metrics: metrics, watch: watch),
            server: GuardedChannel.server(
                settings.limits,
                connections,
                proxies: settings.proxies,
                isSecure: settings.isSecure
            ),
            configuration: ApplicationConfiguration(
                address: listening.address,
                serverName: "Chapterhouse",
                availableConnectionsDelegate: .maximum(settings.limits.connections, logger: logger)
            ),
            onServerRunning: { [logger, listening] channel in
                await AcceptPause.add(to: channel, logger)
                do {
                    await whenReady(try await listening.begin(for: channel))
                } catch {
                    logger.critical("nobody can be taken in", metadata: ["error": "\(error)"])
                    stop()
                }
            },
            logger: logger
        )
    }

    private func adminApplication(
        at address: (host: String, port: Int),
        _ whenReady: @escaping @Sendable (Int) async -> Void
    ) -> Application<RouterResponder<BasicRequestContext>> {
        var limits = settings.limits
        limits.connections = 64
        let admin = AdminRoutes(database: database, metrics: metrics, connections: connections)
        return Application(
            router: admin.router,
            server: GuardedChannel.server(limits, OpenConnections()),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port),
                serverName: "Chapterhouse",
                availableConnectionsDelegate: .maximum(limits.connections, logger: logger)
            ),
            onServerRunning: { [logger] channel in
                await AcceptPause.add(to: channel, logger)
                await whenReady(channel.localAddress?.port ?? 0)
            },
            logger: logger
        )
    }

    /// Asks what runs to end, as a signal does.
    package func stop() {
        stopping.continuation.yield()
    }

    private static var isHangupIgnored: Bool {
        var action = sigaction()
        sigaction(SIGHUP, nil, &action)
        // SIG_IGN is no function, but the number 1 in its place.
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
    }

    /// The first signal lets go whoever is here and what was begun finish; a second one, or too much time, does not.
    private func end(_ group: ServiceGroup) async {
        await withTaskGroup(of: Void.self) { tasks in
            // Whoever closes a terminal ends what runs in it, unless they said otherwise, as nohup does.
            let signals: [UnixSignal] =
                Self.isHangupIgnored ? [.sigterm, .sigint] : [.sigterm, .sigint, .sighup]
            tasks.addTask {
                for await _ in await UnixSignalsSequence(trapping: signals) { stop() }
            }
            var isStopping = false
            for await _ in stopping.stream {
                if isStopping {
                    connections.hurry()
                    continue
                }
                isStopping = true
                tasks.addTask {
                    await connections.drain(for: settings.limits.drain)
                    let isLast = await listening.end()
                    if isLast, connections.isDraining {
                        await connections.empty(for: settings.limits.farewell)
                    }
                    await group.triggerGracefulShutdown()
                    if connections.isHurried { connections.closeAll() }
                    do {
                        try await Task.sleep(for: settings.limits.stopping)
                        connections.closeAll()
                    } catch {}
                }
            }
            tasks.cancelAll()
        }
    }
}

/// The address is in use, or not ours to listen on.
package struct ListenFailure: Error {
    package let reason: String
}
