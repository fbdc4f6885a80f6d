import FoundationEssentials
import SystemPackage

/// The folder in which `chapterhouse up` keeps its database, lock and log.
struct Home: Sendable {
    /// Absolute.
    let path: FilePath

    var cluster: FilePath { path.appending("cluster") }
    var socket: FilePath { path.appending("socket") }
    var lock: FilePath { path.appending("lock") }
    var log: FilePath { path.appending("postgresql.log") }
    var erasures: FilePath { path.appending("erasures.jsonl") }
    var suppressionKey: FilePath { path.appending("suppression.key") }

    /// The folder `option` names, else the environment, else the place the XDG rules give to data.
    ///
    /// Root has no data of its own to mix with: its home is the system's.
    static func resolve(
        option: String?,
        environment: [String: String],
        account: Account = .current
    ) throws -> Home {
        func named(_ variable: String) -> String? {
            environment[variable].flatMap { $0.isEmpty ? nil : $0 }
        }
        if let chosen = option ?? named("CHAPTERHOUSE_HOME") {
            guard !chosen.isEmpty else {
                throw ClusterError("--home needs the name of a folder.", .cannotCreate)
            }
            return try Home(path: absolute(chosen))
        }
        if account.isRoot {
            return Home(path: "/var/lib/chapterhouse")
        }
        // XDG: a relative path is to be ignored.
        if let data = named("XDG_DATA_HOME").map({ FilePath($0) }), data.isAbsolute {
            return Home(path: data.appending("chapterhouse"))
        }
        let user = named("HOME") ?? account.home
        return try Home(path: absolute(user).appending(".local/share/chapterhouse"))
    }

    /// Makes the folder where it is missing, private to us or, for root, passable by `account`.
    ///
    /// Returns the home under the name that leads to it without links.
    func created(for account: Account) throws -> Home {
        let privately =
            account.isCurrent ? FilePermissions(rawValue: 0o700) : FilePermissions(rawValue: 0o711)
        try FileStatus.makeFolders(path, permissions: privately)
        return try Home(path: FileStatus.canonical(path))
    }

    private static func absolute(_ text: String) throws -> FilePath {
        let path = FilePath(text)
        guard !path.isAbsolute else { return path.lexicallyNormalized() }
        return try FileStatus.canonical(".").pushing(path).lexicallyNormalized()
    }
}

extension Home {
    init(option: String?) throws {
        self = try Self.resolve(option: option, environment: GivenSettings.current.environment)
    }

    /// How to reach the server that `chapterhouse up` runs in this home now.
    func connectionString(role: ServerAddress.Role) throws -> String {
        guard
            try FileStatus(path, followingLinks: true) != nil,
            case let home = try Home(path: FileStatus.canonical(path)),
            let file = PostmasterFile(cluster: home.cluster),
            file.isReady,
            file.isServer(of: home.cluster),
            let folder = file.socketFolder
        else {
            throw ClusterError(
                "No database runs in \(path). Start it with \"chapterhouse up\", or name one with --database.",
                .unavailable
            )
        }
        return ServerAddress(folder: folder).connectionString(role: role)
    }
}
