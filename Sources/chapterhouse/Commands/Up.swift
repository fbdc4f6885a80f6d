import ArgumentParser
import Courier
import Exchange
import FoundationEssentials
import Postman
import ReferralGroup
import Scheduling
import Service
import ServiceLifecycle
import Storage

/// `127.0.0.1:8080`, where a service listens.
struct ListenAddress: ExpressibleByArgument, CustomStringConvertible {
    /// Where a service listens when nobody said anything.
    static let usual = ListenAddress(host: "127.0.0.1", port: 8080)

    let host: String
    let port: Int

    init?(argument: String) {
        guard let colon = argument.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
        let host = String(argument[..<colon])
        guard !host.isEmpty, let port = Int(argument[argument.utf8.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        self.host = host
        self.port = port
    }

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    var description: String {
        "\(host):\(port)"
    }
}

/// What `up` and `serve` have in common beside the address.
struct ServingOptions: ParsableArguments {
    @Option(help: "Where machines of the operator ask for /livez, /readyz and /metrics; loopback, please.")
    var adminListen: ListenAddress?

    @Option(
        help: ArgumentHelp(
            "A proxy whose X-Forwarded-For and X-Forwarded-Proto are believed; may be repeated.",
            valueName: "cidr"
        )
    )
    var trustedProxy: [TrustedProxies.Network] = []

    @Option(help: "How many connections are held at once; whoever else comes waits. (default: 4096)")
    var connections: Int?
    @Option(help: "How many of them one address may hold that is no trusted proxy. (default: 256)")
    var connectionsOfOne: Int?
    @Option(help: "How many files of reports one person may fetch within ten minutes. (default: 300)")
    var filesOfOne: Int?
    @Option(help: "How many searches one person may make within ten minutes. (default: 600)")
    var searchesOfOne: Int?

    /// What such a number may be.
    static let numbers = 1...1_000_000

    @Option(
        help: ArgumentHelp(
            "How long to go on answering after SIGTERM, telling everybody to come anew; longer than a proxy keeps a connection that rests. (default: 0)",
            valueName: "seconds"
        )
    )
    var drain: Int?

    /// How many seconds that may be.
    static let secondsOfDraining = 0...600

    func validate() throws {
        if let drain, !Self.secondsOfDraining.contains(drain) {
            throw ValidationError("--drain is a number of seconds from 0 to 600")
        }
        for (name, number) in [
            ("connections", connections), ("connections-of-one", connectionsOfOne),
            ("files-of-one", filesOfOne), ("searches-of-one", searchesOfOne),
        ] {
            if let number, !Self.numbers.contains(number) {
                throw ValidationError("--\(name) is a number from 1 to 1000000")
            }
        }
    }

    /// The options, then what is set, then what holds where nobody said anything.
    func settings(
        listeningAt listen: ListenAddress,
        _ installation: Settings
    ) -> ChapterhouseService.Settings {
        let set = installation.serving
        var settings = ChapterhouseService.Settings(
            host: listen.host,
            port: listen.port,
            baseURL: installation.baseURL ?? "http://\(listen)",
            provider: installation.provider
        )
        if let admin = adminListen ?? set.adminListen { settings.admin = (admin.host, admin.port) }
        settings.proxies = TrustedProxies(trustedProxy.isEmpty ? set.trustedProxies : trustedProxy)
        settings.officersNeedSecondFactor = installation.officersNeedSecondFactor
        settings.printer = .ofTheSettings
        settings.reach = installation.reach
        let usual = Limits()
        settings.limits.connections = connections ?? set.connections ?? usual.connections
        settings.limits.connectionsOfOne = connectionsOfOne ?? set.connectionsOfOne ?? usual.connectionsOfOne
        settings.limits.filesOfOne = filesOfOne ?? set.filesOfOne ?? usual.filesOfOne
        settings.limits.searchesOfOne = searchesOfOne ?? set.searchesOfOne ?? usual.searchesOfOne
        settings.limits.drain = (drain ?? set.drain).map { .seconds($0) } ?? usual.drain
        return settings
    }
}

extension TrustedProxies.Network: ExpressibleByArgument {}

struct Up: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "A private PostgreSQL, its schema and the service, in one go; ^C ends all of it.",
        discussion: "Example: chapterhouse up --demo --listen 127.0.0.1:8080"
    )

    @OptionGroup var database: DatabaseOptions
    @Option(help: "Where to listen. (default: 127.0.0.1:8080)") var listen: ListenAddress?
    @OptionGroup var serving: ServingOptions
    @Flag(help: "With a demo chapter to look at.") var demo = false
    @Flag(help: "With the demo, print last month's return and end.") var once = false

    func validate() throws {
        if once, !demo { throw ValidationError("--once goes with --demo") }
    }

    func run() async throws {
        let inherited = InheritedSocket.handedOver()
        if let given = database.given {
            return try await work(at: given, inherited)
        }
        let database = database
        let (listen, serving, demo, once) = (listen, serving, demo, once)
        try await database.privateCluster().withRunning { address in
            try await PrivateDatabase(address).bringUpToDate()
            try await Self.work(
                at: address.connectionString(role: .app),
                keepingOutBy: database.suppressionKey(made: true),
                listen: listen,
                serving: serving,
                inherited: inherited,
                demo: demo,
                once: once
            )
        }
    }

    private func work(at address: String, _ inherited: InheritedSocket?) async throws {
        try await Self.work(
            at: address,
            keepingOutBy: database.suppressionKey(),
            listen: listen,
            serving: serving,
            inherited: inherited,
            demo: demo,
            once: once
        )
    }

    private static func work(
        at address: String,
        keepingOutBy key: SuppressionKey?,
        listen: ListenAddress?,
        serving: ServingOptions,
        inherited: InheritedSocket?,
        demo: Bool,
        once: Bool
    ) async throws {
        try await DatabaseOptions.withDatabase(at: address, suppressionKey: key, logger: JSONLog.logger()) {
            opened in
            if demo { _ = try await DemoChapter(database: opened).make { Output.note($0) } }
            if once { return try await printLastMonth(opened) }
            let baseURL = try Settings.read().baseURL
            try await Serve.serve(opened, at: listen, serving, inherited: inherited) { address in
                if demo { try await tellWayIn(opened, at: baseURL ?? "http://\(address)") }
            }
        }
    }

    private static func printLastMonth(_ database: Database) async throws {
        let shell = database.acting(as: .system(door: .cli), in: nil)
        guard let slug = Chapter.Slug(DemoChapter.slug), let chapter = try await shell.run(.chapter(slug))
        else { return }
        let acting = database.acting(as: .system(door: .cli), in: chapter.id)
        let month = try await acting.run(.today(in: chapter.id)).month.advanced(by: -1)
        try Output.write(
            try await acting.run(.monthlyROI(of: chapter, month: month, asOf: Clock.now())).table
        )
    }

    /// A link for the demo's president, so that the first look needs no second command.
    private static func tellWayIn(_ database: Database, at baseURL: String) async throws {
        let shell = database.acting(as: .system(door: .cli), in: nil)
        guard let email = DemoChapter.president, let person = try await shell.run(.people(email)).first,
            let secret = try await shell.makeLink(.signIn, for: email, baseURL: baseURL, byMail: false)
        else { return }
        Output.note(
            """
            To sign in as \(person.name), president of the demo chapter, open this link; it works once, for 15 minutes
            (another: chapterhouse person sign-in-link \(email)):
              \(address(of: secret, at: baseURL))
            """
        )
    }
}

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The service alone, on a database that stands.",
        discussion:
            "Example: chapterhouse serve --database postgresql://chapterhouse_app@db/chapterhouse --listen 0.0.0.0:8080"
    )

    @OptionGroup var database: DatabaseOptions
    @Option(help: "Where to listen. (default: 127.0.0.1:8080)") var listen: ListenAddress?
    @OptionGroup var serving: ServingOptions

    func run() async throws {
        let (listen, serving, inherited) = (listen, serving, InheritedSocket.handedOver())
        try await database.withDatabase(logger: JSONLog.logger()) {
            try await Self.serve($0, at: listen, serving, inherited: inherited)
        }
    }

    /// Serves until it is told to end; `whenReady` learns the address, with the port that was found for 0.
    static func serve(
        _ database: Database,
        at listen: ListenAddress?,
        _ serving: ServingOptions,
        inherited: InheritedSocket?,
        whenReady: @escaping @Sendable (ListenAddress) async throws -> Void = { _ in }
    ) async throws {
        let installation = try Settings.read()
        let listen = listen ?? installation.serving.listen ?? .usual
        let postman = installation.mail.map { mail in
            Postman(
                database: database,
                server: mail.carrier,
                sender: mail.sender,
                baseURL: installation.baseURL ?? "http://\(listen)",
                logger: JSONLog.logger()
            )
        }
        let timekeeper = Timekeeper(database: database, logger: JSONLog.logger())
        let courier = Courier(
            database: database,
            receiver: Receiver(reach: installation.reach, authorities: installation.webhookAuthorities),
            logger: JSONLog.logger()
        )
        var settings = serving.settings(listeningAt: listen, installation)
        settings.inherited = inherited
        OpenFiles.makeRoom(for: settings.limits.connections)
        let service = ChapterhouseService(settings: settings, database: database, logger: JSONLog.logger())
        let manager = ServiceManager(environment: ProcessInfo.processInfo.environment)
        let others: [(any ServiceLifecycle.Service)?] = [timekeeper, courier, postman, manager]
        do {
            try await service.run(beside: others.compactMap(\.self)) { port in
                let address = ListenAddress(host: listen.host, port: port)
                Output.note("Ready at http://\(address)/")
                manager?.ready(at: "\(address)")
                do {
                    try await whenReady(address)
                } catch {
                    Output.note("chapterhouse: \(Failure(error)?.message ?? "\(error)")")
                }
            }
        } catch let error as ListenFailure {
            throw Failure(
                .unavailable,
                "\(listen)\(settings.admin.map { " or \($0.host):\($0.port)" } ?? "") cannot be listened on: \(error.reason). Choose another with --listen or --admin-listen."
            )
        }
    }
}
