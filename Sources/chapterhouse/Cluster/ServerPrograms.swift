import FoundationEssentials
import Subprocess
import SystemPackage

/// The programs of one installed PostgreSQL server.
struct ServerPrograms: Sendable {
    let folder: FilePath
    let major: Int

    var initdb: FilePath { folder.appending("initdb") }
    var postgres: FilePath { folder.appending("postgres") }
}

extension ServerPrograms {
    static let oldest = 15

    /// The server for a cluster of version `major`, or the newest one for a cluster to be made.
    static func find(for major: Int?, environment: [String: String]) async throws -> ServerPrograms {
        var others: Set<Int> = []
        for folder in await candidates(environment: environment) {
            guard let programs = await ServerPrograms(in: folder) else { continue }
            if programs.major >= oldest, major == nil || major == programs.major {
                return programs
            }
            others.insert(programs.major)
        }
        let installed = others.sorted().map { "\($0)" }.joined(separator: ", ")
        if let major {
            let found = others.isEmpty ? "it is not installed" : "installed is \(installed)"
            throw ClusterError(
                "The database was made by PostgreSQL \(major), and \(found). "
                    + "Install it (Debian: apt-get install postgresql-\(major)), "
                    + "or carry the data over with pg_upgrade.",
                .unavailable
            )
        }
        let found =
            others.isEmpty ? "was not found" : "\(oldest) or later is needed, installed is \(installed)"
        throw ClusterError(
            "The PostgreSQL server \(found). Install it (Debian: apt-get install postgresql).",
            .unavailable
        )
    }

    /// Where a program of PostgreSQL's is, of this version or a later one; clients may be installed without a server.
    static func folder(
        of program: String,
        atLeast major: Int,
        environment: [String: String]
    ) async -> FilePath? {
        for folder in await candidates(environment: environment) {
            let path = folder.appending(program)
            guard FileManager.default.isExecutableFile(atPath: path.string),
                // "pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
                let version = await output(of: .path(path), "--version"),
                let number = version.split(separator: " ").dropFirst(2).first,
                let found = Int(number.prefix { $0.isNumber }), found >= major
            else { continue }
            return folder
        }
        return nil
    }

    /// Where distributions put servers, the newest first, then what pg_config and the search path say.
    private static func candidates(environment: [String: String]) async -> [FilePath] {
        var folders = versions(in: "/usr/lib/postgresql").map { $0.appending("bin") }
        folders += versions(in: "/usr", prefix: "pgsql-").map { $0.appending("bin") }
        if let text = await output(of: .name("pg_config"), "--bindir") {
            folders.append(FilePath(text))
        }
        let searchPath = environment["PATH"] ?? ""
        folders += searchPath.split(separator: ":").map { FilePath(String($0)) }
        return folders
    }

    private static func versions(in folder: FilePath, prefix: String = "") -> [FilePath] {
        var names: [String] = []
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.string)
        } catch {
            // A folder that is not there holds no version.
        }
        return
            names
            .filter { $0.hasPrefix(prefix) }
            .compactMap { Int($0.dropFirst(prefix.count)) }
            .sorted(by: >)
            .map { folder.appending("\(prefix)\($0)") }
    }

    private init?(in folder: FilePath) async {
        let postgres = folder.appending("postgres")
        let initdb = folder.appending("initdb")
        guard
            FileManager.default.isExecutableFile(atPath: postgres.string),
            FileManager.default.isExecutableFile(atPath: initdb.string),
            let version = await Self.output(of: .path(postgres), "--version"),
            // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "… 18beta1"
            let number = version.split(separator: " ").dropFirst(2).first,
            let major = Int(number.prefix { $0.isNumber })
        else { return nil }
        self.folder = folder
        self.major = major
    }

    private static func output(of program: Executable, _ argument: String) async -> String? {
        do {
            let result = try await run(program, arguments: [argument], output: .string(limit: 4_096))
            guard result.terminationStatus.isSuccess else { return nil }
            return result.standardOutput.split(separator: "\n").first.map(String.init)
        } catch {
            // A program that cannot be run is as good as none.
            return nil
        }
    }
}
