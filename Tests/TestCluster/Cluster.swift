import Glibc
import Synchronization

/// A PostgreSQL cluster in a fresh folder, reached by a unix socket only.
package final class Cluster: Sendable {
    package let folder: String
    /// The folder of the server's programs: `psql`, `pgbench` and the others.
    package let binaries: String
    private let owner: [String]
    private let server = Mutex<ChildProcess?>(nil)
    private let lifeline: Int32

    /// One in memory, where there is enough of it, begins and ends databases several times as fast: file systems on disks
    /// are slow to give out again what thousands of removed files had.
    package convenience init(isInMemory: Bool = false) throws {
        try self.init(isInMemory: isInMemory) { folder in
            [
                "initdb", "-D", "\(folder)/data", "-A", "trust", "-U", "postgres", "-E", "UTF8",
                "--locale=C.UTF-8", "--data-checksums", "--no-sync",
            ]
        }
    }

    /// A copy of a running cluster that follows it.
    package convenience init(following primary: Cluster) throws {
        try self.init { folder in
            [
                "pg_basebackup", "-D", "\(folder)/data", "-h", primary.folder, "-U", "postgres", "-R",
                "-c", "fast", "-X", "stream", "--no-sync",
            ]
        }
    }

    private init(isInMemory: Bool = false, filledBy program: (_ folder: String) -> [String]) throws {
        binaries = try Self.findBinaries()
        owner = geteuid() == 0 ? Self.becomingUnprivileged : []
        folder = try Self.makeFolder(isInMemory: isInMemory)
        lifeline = try Self.watch(folder)
        if geteuid() == 0, let user = getpwnam("postgres") ?? getpwnam("nobody") {
            chown(folder, user.pointee.pw_uid, user.pointee.pw_gid)
        }
        var arguments = program(folder)
        arguments[0] = "\(binaries)/\(arguments[0])"
        try run(arguments)
    }

    /// Runs a program to its end, as the owner of the cluster.
    package func run(_ arguments: [String]) throws {
        try ChildProcess.run(owner + arguments, output: "\(folder)/programs.log")
    }

    package var conninfo: String {
        "host=\(folder) user=postgres dbname=postgres"
    }

    /// The process everything else of the server descends from.
    package var process: pid_t? {
        server.withLock { $0?.id }
    }

    /// What the server wrote down.
    package var log: String {
        ChildProcess.contents(of: "\(folder)/server.log")
    }

    /// Gives a file of the server's folder other contents; its owner stays the same.
    package func fill(_ name: String, with text: String) throws {
        guard let file = fopen("\(folder)/data/\(name)", "w") else {
            throw ChildProcess.Failure(description: "\(name) cannot be written")
        }
        defer { fclose(file) }
        fputs(text, file)
    }

    /// Starts the server and waits until it takes connections; of two settings of one name the last holds.
    package func start(_ settings: [String] = []) throws {
        try launch(settings)
        for _ in 0..<600 {
            let status = ChildProcess.contents(of: "\(folder)/data/postmaster.pid")
            if status.contains("ready") { return }
            usleep(50_000)
        }
        throw ChildProcess.Failure(description: "the test server did not start:\n\(log)")
    }

    /// Starts the server without waiting for it.
    package func launch(_ settings: [String] = []) throws {
        let fixed = [
            "listen_addresses=", "unix_socket_directories=\(folder)", "fsync=off", "synchronous_commit=off",
            "full_page_writes=off", "max_connections=200", "shared_buffers=64MB", "log_statement=none",
            "max_wal_size=4GB",
        ]
        let options = (fixed + settings).flatMap { ["-c", $0] }
        let started = try ChildProcess(
            owner + ["\(binaries)/postgres", "-D", "\(folder)/data"] + options,
            output: "\(folder)/server.log"
        )
        server.withLock { $0 = started }
        tell(lifeline, "\(started.id)\n")
    }

    /// Starts another program as the owner of the cluster, which ends at the latest when this process does.
    func startBeside(_ arguments: [String]) throws -> ChildProcess {
        let started = try ChildProcess(owner + arguments, output: "\(folder)/pooler.log")
        tell(lifeline, "\(process ?? 0) \(started.id)\n")
        return started
    }

    /// Stops the server: SIGINT politely, SIGQUIT at once.
    package func stop(_ signal: Int32 = SIGINT) {
        let running = server.withLock { server in
            defer { server = nil }
            return server
        }
        running?.signal(signal)
        running?.wait()
    }

    deinit {
        stop(SIGQUIT)
        close(lifeline)
    }

    private func tell(_ file: Int32, _ text: String) {
        _ = text.withCString { write(file, $0, strlen($0)) }
    }

    /// Starts a process that outlives this one just long enough to end the server and to remove its folder.
    ///
    /// It reads the number of each server started, and of what runs beside it, from a pipe that closes when this process ends, even by SIGKILL.
    private static func watch(_ folder: String) throws -> Int32 {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw ChildProcess.Failure(description: "no pipe left") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        let script = """
            trap '' INT TERM HUP
            while read -r process other; do last=$process; beside=${other:-$beside}; done
            [ -n "$beside" ] && kill -KILL "$beside" 2>/dev/null
            [ -n "$last" ] && kill -QUIT "$last" 2>/dev/null
            tries=0
            while [ -e "$0/data/postmaster.pid" ] && [ $tries -lt 50 ]; do tries=$((tries + 1)); sleep 0.1; done
            rm -rf "$0"
            """
        _ = try ChildProcess(["setsid", "sh", "-c", script, folder], input: ends[0])
        return ends[1]
    }

    private static func makeFolder(isInMemory: Bool) throws -> String {
        let named = getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir
        // The path of a unix socket has room for 107 bytes.
        let usual = named.utf8.count < 70 ? named : P_tmpdir
        let parent = isInMemory && hasRoomInMemory ? memory : usual
        var template = Array("\(parent)/pgXXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw ChildProcess.Failure(description: "no folder can be made in \(parent)")
        }
        chmod(template, 0o755)
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static let memory = "/dev/shm"

    /// Whether 4 GiB are free there; a run of all tests takes less than 2 GiB at a time.
    private static var hasRoomInMemory: Bool {
        var room = statvfs()
        return statvfs(memory, &room) == 0 && access(memory, W_OK) == 0
            && UInt64(room.f_bavail) * UInt64(room.f_frsize) >= 4 << 30
    }

    private static var becomingUnprivileged: [String] {
        let user = getpwnam("postgres") == nil ? "nobody" : "postgres"
        return [
            "setpriv", "--reuid=\(user)", "--regid=\(getpwnam(user)?.pointee.pw_gid ?? 65534)",
            "--clear-groups",
        ]
    }

    /// The newest server installed the way Debian does, or else the one `pg_config` tells of.
    package static func findBinaries() throws -> String {
        for version in (15...30).reversed() {
            let folder = "/usr/lib/postgresql/\(version)/bin"
            if access("\(folder)/postgres", X_OK) == 0 { return folder }
        }
        guard let answer = popen("pg_config --bindir", "r") else {
            throw ChildProcess.Failure(description: "PostgreSQL is not installed")
        }
        defer { pclose(answer) }
        var bytes: [UInt8] = []
        while case let byte = getc(answer), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
        let folder = String(decoding: bytes.prefix { $0 != 0x0a }, as: UTF8.self)
        guard access("\(folder)/postgres", X_OK) == 0 else {
            throw ChildProcess.Failure(description: "PostgreSQL is not installed")
        }
        return folder
    }
}
