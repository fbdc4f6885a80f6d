import Glibc
import SystemPackage

/// Where the private server listens: a socket in a folder that only its owner enters.
struct ServerAddress: Sendable {
    static let port = 5432
    /// The database of a private cluster; who migrates makes it.
    static let database = "chapterhouse"

    let folder: FilePath

    /// Who connects, with what rights.
    enum Role: String {
        case superuser = "postgres"
        case migrator = "chapterhouse_migrator"
        case app = "chapterhouse_app"
    }

    /// A libpq connection string.
    func connectionString(role: Role, database: String = ServerAddress.database) -> String {
        "host=\(quoted(folder.string)) port=\(Self.port) user=\(role.rawValue) dbname=\(quoted(database))"
    }

    private func quoted(_ value: String) -> String {
        var text = "'"
        for scalar in value.unicodeScalars {
            if scalar == "'" || scalar == "\\" { text += "\\" }
            text.unicodeScalars.append(scalar)
        }
        return text + "'"
    }
}

extension ServerAddress {
    /// The longest name a socket may have, without the NUL behind it.
    static let longestSocketName = 107

    /// Whether the server can listen in `folder`: lists of folders split at commas, in its settings and in libpq.
    static func canListen(in folder: FilePath) -> Bool {
        let name = folder.appending(".s.PGSQL.\(port)").string
        let special: Set<UInt8> = Set(",'\"\\@".utf8)
        return name.utf8.count <= longestSocketName
            && name.utf8.allSatisfy { $0 > UInt8(ascii: " ") && !special.contains($0) }
    }

    /// Makes the folder of the socket: in the home, or in a short folder when the home's name does not do.
    static func prepare(for home: Home, account: Account) throws -> ServerAddress {
        guard !canListen(in: home.socket) else {
            return try ServerAddress(folder: own(home.socket, account))
        }
        let name = "chapterhouse-\(fingerprint(home.path.string))"
        let personal = FilePath("/run/user/\(account.user)")
        if account.isCurrent, let status = try FileStatus(personal), status.owner == account.user {
            return try ServerAddress(folder: own(personal.appending(name), account))
        }
        return try ServerAddress(folder: own(FilePath("/tmp/\(name)"), account))
    }

    /// Makes `folder`, or makes sure that nobody else made it: in /tmp anyone could have.
    private static func own(_ folder: FilePath, _ account: Account) throws -> FilePath {
        guard let status = try FileStatus(folder) else {
            try FileStatus.makeFolder(folder, permissions: FilePermissions(rawValue: 0o700))
            try FileStatus.give(folder, to: account)
            return folder
        }
        guard status.isFolder, status.owner == account.user, status.permissions == 0o700 else {
            throw ClusterError(
                "The folder \(folder), where PostgreSQL would listen, must belong to \(account.name) alone "
                    + "(mode 0700). Remove it and try again.",
                .notAllowed
            )
        }
        return folder
    }

    /// FNV-1a: the same home finds the same folder again.
    private static func fingerprint(_ text: String) -> String {
        let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 36)
    }
}
