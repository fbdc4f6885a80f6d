import Glibc

/// The file beside its place in which a backup grows; it takes that place when it is whole, or is gone.
struct BackupDraft: ~Copyable {
    let path: String
    private let target: String
    private let file: Int32

    /// Refuses a place that is taken, and one at which another backup is being made.
    init(for target: String) throws {
        let path = target + ".part"
        self.init(path: path, target: target, file: try Self.open(path, for: target))
    }

    private init(path: String, target: String, file: Int32) {
        self.path = path
        self.target = target
        self.file = file
    }

    private static func open(_ path: String, for target: String) throws -> Int32 {
        var status = stat()
        guard lstat(target, &status) != 0 else {
            throw Failure(.cannotCreate, "\(target) is there already; a backup takes no file's place")
        }
        let file = Glibc.open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw BackupFile.unwritable(target) }
        // The lock ends with the process, however that ends; what a killed one left behind is written over.
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            throw Failure(.tryAgain, "another backup to \(target) is under way")
        }
        guard fchmod(file, 0o600) == 0, ftruncate(file, 0) == 0 else {
            let failure = BackupFile.unwritable(target)
            close(file)
            throw failure
        }
        return file
    }

    /// Takes its place, unless somebody else did meanwhile.
    consuming func publish() throws {
        guard link(path, target) == 0 else {
            throw BackupFile.unwritable(target)
        }
        let folder = Glibc.open(Self.folder(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }

    deinit {
        unlink(path)
        close(file)
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
