import Glibc
import Subprocess
import SystemPackage

/// The user of this machine as whom a process runs.
struct Account: Sendable {
    let name: String
    let user: uid_t
    let group: gid_t
    let home: String

    /// PostgreSQL refuses to run as root.
    var isRoot: Bool { user == 0 }
    var isCurrent: Bool { user == geteuid() }
}

extension Account {
    static var current: Account {
        Account(number: geteuid())
            ?? Account(name: "\(geteuid())", user: geteuid(), group: getegid(), home: "/")
    }

    /// Nobody of this number: `nil`.
    init?(number: uid_t) {
        self.init(lookingUp: { getpwuid_r(number, $0, $1, $2, $3) })
    }

    /// Nobody of this name: `nil`.
    init?(named name: String) {
        self.init(lookingUp: { getpwnam_r(name, $0, $1, $2, $3) })
    }

    /// Who owns the cluster and runs its server: ourselves, unless we are root.
    static func server(environment: [String: String]) throws -> Account {
        let current = Account.current
        guard current.isRoot else { return current }
        let chosen = environment["CHAPTERHOUSE_SERVER_USER"].flatMap { $0.isEmpty ? nil : $0 }
        guard let account = Account(named: chosen ?? "postgres") else {
            throw ClusterError(
                "PostgreSQL does not run as root, and there is no user \(chosen ?? "postgres"). "
                    + "Name an unprivileged user in CHAPTERHOUSE_SERVER_USER.",
                .notAllowed
            )
        }
        guard !account.isRoot else {
            throw ClusterError(
                "PostgreSQL does not run as root. Name an unprivileged user in CHAPTERHOUSE_SERVER_USER.",
                .notAllowed
            )
        }
        return account
    }

    /// How to run `program` as this user, so that it does not outlive us.
    ///
    /// The kernel sends it `lastSignal` when the thread dies that launched it; Subprocess launches everything from
    /// one thread that lives as long as we do. Its own way to change the user is not taken: the child clones
    /// itself behind the C library's back, whose setgroups(2) then waits for threads that are not there.
    func launching(_ program: FilePath, _ arguments: [String], lastSignal: String = "KILL") -> Configuration {
        var options = PlatformOptions()
        // Out of reach of the terminal's ^C: who stops it is us.
        options.createSession = true
        options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(5))]
        var words = ["--pdeathsig", lastSignal]
        if !isCurrent {
            words += ["--reuid=\(user)", "--regid=\(group)", "--clear-groups"]
        }
        return Configuration(
            executable: .name("setpriv"),
            arguments: Arguments(words + ["--", program.string] + arguments),
            environment: .custom(["LC_ALL": "C", "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"]),
            workingDirectory: "/",
            platformOptions: options
        )
    }

    private typealias Lookup = (
        UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
        UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
    ) -> CInt

    private init?(lookingUp lookup: Lookup) {
        let found = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16_384) { buffer -> Account? in
            var entry = passwd()
            var result: UnsafeMutablePointer<passwd>?
            guard let text = buffer.baseAddress, lookup(&entry, text, buffer.count, &result) == 0,
                result != nil
            else { return nil }
            return Account(
                name: String(cString: entry.pw_name),
                user: entry.pw_uid,
                group: entry.pw_gid,
                home: String(cString: entry.pw_dir)
            )
        }
        guard let found else { return nil }
        self = found
    }
}

extension Account {
    /// Refuses a home this user cannot reach, naming the folder in the way.
    func mustReach(_ home: Home) async throws {
        guard !isCurrent else { return }
        // Access lists and mandatory rules are not in the permission bits, so the system is asked first.
        let probe = try await run(
            launching("/usr/bin/test", ["-x", home.path.string]),
            output: .discarded
        )
        guard !probe.terminationStatus.isSuccess else { return }
        let blocking = try home.path.andAbove.first { folder in
            guard let status = try FileStatus(folder, followingLinks: true) else { return false }
            return !status.isPassable(by: self)
        }
        let folder = blocking ?? home.path
        throw ClusterError(
            "PostgreSQL runs as \(name), who may not pass the folder \(folder). "
                + "Allow it (chmod a+x '\(folder)') or choose another folder with --home.",
            .notAllowed
        )
    }
}

extension FilePath {
    /// This path and every folder above it, the root first.
    fileprivate var andAbove: [FilePath] {
        var paths = [self]
        var path = self
        while path.removeLastComponent() {
            paths.append(path)
        }
        return paths.reversed()
    }
}
