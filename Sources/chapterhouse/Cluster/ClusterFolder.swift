import FoundationEssentials
import Glibc
import Subprocess
import SystemPackage

/// The folder with the data of the private server.
struct ClusterFolder {
    let path: FilePath
    let account: Account

    /// The PostgreSQL version that made the data; `nil` where there is none yet.
    func madeBy() throws -> Int? {
        guard let status = try FileStatus(path, followingLinks: true) else { return nil }
        guard status.isFolder else {
            throw ClusterError("\(path) is a file, and the database belongs there.", .cannotCreate)
        }
        guard status.owner == account.user else {
            let owner = Account(number: status.owner)?.name ?? "user \(status.owner)"
            throw ClusterError(
                "The database in \(path) belongs to \(owner), and the server would run as \(account.name).",
                .notAllowed
            )
        }
        if let text = FileManager.default.contents(atPath: path.appending("PG_VERSION").string) {
            let digits = text.prefix { $0 != UInt8(ascii: "\n") }
            guard let major = Int(String(decoding: digits, as: UTF8.self)) else {
                throw ClusterError("\(path)/PG_VERSION is damaged.", .unavailable)
            }
            return major
        }
        // An empty folder is a place to fill; anything else is not ours to touch.
        guard rmdir(path.string) == 0 else {
            throw ClusterError(
                "\(path) is not empty and holds no database. Move it away or choose another --home.",
                .cannotCreate
            )
        }
        return nil
    }

    /// Makes the cluster beside its place and moves it there complete: a half-made one is never in the way.
    func create(with programs: ServerPrograms) async throws {
        try removeHalfMade()
        let draft = FilePath("\(path).new-\(getpid())")
        try FileStatus.makeFolder(draft, permissions: FilePermissions(rawValue: 0o700))
        do {
            try FileStatus.give(draft, to: account)
            try await initialize(draft, with: programs)
            try FileStatus.move(draft, to: path)
        } catch {
            try removeHalfMade()
            guard let error = error as? SubprocessError else { throw error }
            throw ClusterError("Cannot create the database in \(path): \(error)", .unavailable)
        }
    }

    /// Writes the settings for the next start; the cluster's own file includes them.
    func configure(_ settings: ServerSettings) throws {
        try FileStatus.write(settings.text, to: path.appending("chapterhouse.conf"), for: account)
    }

    private func initialize(_ draft: FilePath, with programs: ServerPrograms) async throws {
        // The C library's C.UTF-8 sorts by code point and upgrades without a reindex; not every system has it.
        let hasUnicode = newlocale(1 << LC_CTYPE, "C.UTF-8", nil).map { freelocale($0) } != nil
        try await perform(
            programs.initdb,
            [
                "--pgdata=\(draft)",
                "--username=\(ServerAddress.Role.superuser.rawValue)",
                "--encoding=UTF8",
                "--locale=\(hasUnicode ? "C.UTF-8" : "C")",
                "--data-checksums",
                // Whoever gets through the folder (0700) to the socket is its owner; nobody comes by TCP.
                "--auth-local=trust",
                "--auth-host=reject",
                "--no-instructions",
            ]
        )
        do {
            let file = try FileDescriptor.open(
                draft.appending("postgresql.conf"),
                .writeOnly,
                options: [.append, .closeOnExec]
            )
            try file.closeAfter { _ = try file.writeAll("\ninclude_if_exists 'chapterhouse.conf'\n".utf8) }
        } catch let errno as Errno {
            throw ClusterError(errno, attempting: "write", draft)
        }
    }

    private func perform(_ program: FilePath, _ arguments: [String]) async throws {
        let result = try await run(
            account.launching(program, arguments),
            output: .string(limit: 1 << 20),
            error: .combinedWithOutput
        )
        guard !result.terminationStatus.isSuccess else { return }
        let lines = result.standardOutput.split(separator: "\n")
        let failures = lines.filter { ["FATAL", "PANIC", "ERROR", "error:"].contains(where: $0.contains) }
        let words = failures.isEmpty ? lines.suffix(3) : failures.suffix(3)
        if lines.contains(where: ServerLog.tellsOfFullDisk) {
            throw ClusterError("Cannot create the database in \(path): the disk is full.", .cannotCreate)
        }
        throw ClusterError(
            "Cannot create the database in \(path): \(words.joined(separator: " "))",
            .cannotCreate
        )
    }

    private func removeHalfMade() throws {
        let home = path.removingLastComponent().string
        guard let name = path.lastComponent?.string else { return }
        do {
            for entry in try FileManager.default.contentsOfDirectory(atPath: home)
            where entry.hasPrefix("\(name).new-") {
                try FileManager.default.removeItem(atPath: "\(home)/\(entry)")
            }
        } catch {
            throw ClusterError("Cannot clear away a half-made database in \(home): \(error)", .cannotCreate)
        }
    }
}
