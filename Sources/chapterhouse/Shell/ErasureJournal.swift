import FoundationEssentials
import Glibc
import Storage
import SystemPackage

/// The journal of erasures outside of the database, a line of JSON each: a backup that is restored knows nothing of them.
///
/// It holds ids and keyed hashes, nothing of those who were erased.
struct ErasureJournal: Sendable {
    let path: FilePath

    /// The file that `CHAPTERHOUSE_ERASURES` names, else the one in the home of the private PostgreSQL.
    init(_ options: DatabaseOptions) throws {
        if let named = GivenSettings.current[.erasures] {
            path = FilePath(named)
        } else if options.given == nil {
            path = try Home(option: options.home).erasures
        } else {
            throw Failure(
                .configuration,
                "CHAPTERHOUSE_ERASURES: say in which file erasures are noted; it has to outlive the database's backups, or who was erased comes back with a restore"
            )
        }
    }

    /// Sees that it can be written, before anything is erased.
    func open() throws {
        do {
            try file().close()
        } catch let errno as Errno {
            throw unwritable(errno)
        }
    }

    /// Adds what the database noted and the file does not say yet.
    func bringUpToDate(from database: ActingDatabase) async throws {
        let known = Set(try lines())
        let new = try await database.run(.privacyJournal).filter { !known.contains($0) }
        guard !new.isEmpty else { return }
        do {
            let file = try file()
            try file.closeAfter {
                _ = try file.writeAll(new.map { $0 + "\n" }.joined().utf8)
                guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
            }
        } catch let errno as Errno {
            throw unwritable(errno)
        }
    }

    private func file() throws -> FileDescriptor {
        let file = try FileDescriptor.open(
            path,
            .writeOnly,
            options: [.append, .create, .noFollow, .closeOnExec],
            permissions: FilePermissions(rawValue: 0o600)
        )
        try FileStatus.giveToOwnerOfFolder(file, path)
        return file
    }

    /// What it says; nothing where there is no file yet.
    func lines() throws -> [String] {
        try Self.lines(of: path)
    }

    static func lines(of path: FilePath) throws -> [String] {
        guard access(path.string, F_OK) == 0 else { return [] }
        guard let data = FileManager.default.contents(atPath: path.string) else {
            throw Failure(.noInput, "\(path) cannot be read")
        }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func unwritable(_ errno: Errno) -> Failure {
        Failure(.cannotCreate, "the journal of erasures \(path) cannot be written: \(errno)")
    }
}
