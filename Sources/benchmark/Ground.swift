import Glibc
import Logging
import Postgres
import ReferralGroup
import Storage
import TestCluster

/// What is measured on: a PostgreSQL server of our own, and in it a database as the product makes it, with a ledger.
///
/// The server keeps what it has promised, as a server that serves does: fsync, full pages, synchronous commits.
struct Ground: Sendable {
    let cluster: Cluster
    let database: String
    let size: LedgerSize
    private let settings: [String]

    static let app = "chapterhouse_app"
    static let owner = "chapterhouse_owner"
    static let superuser = "postgres"

    /// Starts a server and fills a database; `TMPDIR` says where.
    static func prepare(_ size: LedgerSize, isQuick: Bool) async throws -> Ground {
        let cluster = try Cluster()
        let settings = [
            "fsync=on", "synchronous_commit=on", "full_page_writes=on", "autovacuum=off",
            "checkpoint_timeout=1h", "max_wal_size=16GB", "shared_buffers=\(isQuick ? 128 : 1024)MB",
            "max_parallel_workers_per_gather=0",
        ]
        let ground = Ground(cluster: cluster, database: "ledger", size: size, settings: settings)
        let loading = ["fsync=off", "full_page_writes=off", "max_wal_size=2GB", "maintenance_work_mem=256MB"]
        try cluster.start(settings + loading)
        try await ground.load(checkingRules: isQuick)
        cluster.stop()
        try cluster.start(settings)
        return ground
    }

    /// Another database of the same server, with a ledger of another size.
    func beside(_ size: LedgerSize, named database: String) async throws -> Ground {
        let other = Ground(cluster: cluster, database: database, size: size, settings: settings)
        try await other.load(checkingRules: false)
        return other
    }

    /// Stops the server, does something while nobody runs, and starts it again.
    func restart(_ meanwhile: () throws -> Void = {}) throws {
        cluster.stop()
        try meanwhile()
        try cluster.start(settings)
    }

    /// Removes a database that was made `beside` this one.
    func drop(_ other: Ground) async throws {
        let superuser = client(role: Self.superuser)
        try await superuser.withConnection {
            try await $0.run(script: "DROP DATABASE \(other.database) WITH (FORCE)")
        }
        await superuser.shutdown()
    }

    /// Lets the system forget what it has read of the server's files, and says how.
    ///
    /// The server must not run.
    func forgetFiles() -> String {
        sync()
        let caches = open("/proc/sys/vm/drop_caches", O_WRONLY)
        if caches >= 0 {
            defer { close(caches) }
            if write(caches, "3", 1) == 1 { return "server restarted, the system's caches dropped" }
        }
        guard let files = popen("find '\(cluster.folder)/data/base' -type f", "r") else {
            return "server restarted, nothing dropped"
        }
        defer { pclose(files) }
        var line = [CChar](repeating: 0, count: 4096)
        while fgets(&line, 4096, files) != nil {
            let path = line.prefix { $0 != 0 && $0 != 0x0A } + [0]
            let file = open(Array(path), O_RDONLY)
            guard file >= 0 else { continue }
            posix_fadvise(file, 0, 0, Int32(POSIX_FADV_DONTNEED))
            close(file)
        }
        return "server restarted, its files given back with `posix_fadvise`"
    }

    func stop() {
        cluster.stop()
    }

    /// A libpq connection string.
    func address(role: String = Ground.app) -> String {
        "host=\(cluster.folder) user=\(role) dbname=\(database)"
    }

    /// A client of our own, which nothing but shutting it down ends.
    func client(
        role: String = Ground.app,
        _ change: (inout Configuration) -> Void = { _ in }
    ) -> PostgresClient {
        var configuration = Configuration(address: address(role: role))
        configuration.statementTimeout = .seconds(600)
        configuration.waitTimeout = .seconds(120)
        change(&configuration)
        return PostgresClient(configuration)
    }

    /// The rights of a chapter's president, who is member 1 of it.
    func president(of chapter: Int = 1) async throws -> Storage.Actor {
        let database = Database(client())
        let operators = database.acting(as: .system(door: .cli), in: nil)
        guard let email = EmailAddress(size.email(ofMember: 1, in: chapter)),
            let slug = Chapter.Slug(size.slug(of: chapter)),
            let bearer = try await operators.run(.actingAs(email, slug: slug))
        else {
            throw Trouble("chapter \(chapter) has no president")
        }
        await database.shutdown()
        return Storage.Actor(bearer, door: .api, requestID: "00000000000000000000000000000000")
    }

    private func load(checkingRules: Bool) async throws {
        let silent = Logger(label: "benchmark", factory: { _ in SwiftLogNoOpLogHandler() })
        try await Installation.prepare(superuser: cluster.conninfo, database: database, logger: silent)
        _ = try await Installation.migrate(address(role: "chapterhouse_migrator"), logger: silent)
        let superuser = client(role: Self.superuser) { $0.statementTimeout = .seconds(24 * 3600) }
        try await superuser.withConnection { connection in
            try await Ledger(size).load(on: connection, checkingRules: checkingRules)
        }
        await superuser.shutdown()
    }
}
