import Glibc
import SystemPackage

/// What stands at a path, links not followed unless asked.
struct FileStatus {
    let owner: uid_t
    let group: gid_t
    let mode: mode_t

    var isFolder: Bool { mode & S_IFMT == S_IFDIR }
    var permissions: mode_t { mode & 0o7777 }

    /// Nothing stands there: `nil`.
    init?(_ path: FilePath, followingLinks: Bool = false) throws {
        var status = stat()
        let result = followingLinks ? stat(path.string, &status) : lstat(path.string, &status)
        if result != 0 {
            let errno = Errno(rawValue: Glibc.errno)
            guard errno == .noSuchFileOrDirectory else {
                throw ClusterError(errno, attempting: "look at", path)
            }
            return nil
        }
        owner = status.st_uid
        group = status.st_gid
        mode = status.st_mode
    }

    /// Whether `account` may go through this folder, as far as the permission bits say.
    func isPassable(by account: Account) -> Bool {
        if owner == account.user { return mode & S_IXUSR != 0 }
        if group == account.group { return mode & S_IXGRP != 0 }
        return mode & S_IXOTH != 0
    }
}

extension FileStatus {
    /// Makes a folder and those above it; what already stands stays as it is.
    static func makeFolders(_ path: FilePath, permissions: FilePermissions) throws {
        if let status = try FileStatus(path, followingLinks: true) {
            guard status.isFolder else {
                throw ClusterError("\(path) is a file, and a folder is needed there.", .cannotCreate)
            }
            return
        }
        try makeFolders(path.removingLastComponent(), permissions: FilePermissions(rawValue: 0o755))
        try makeFolder(path, permissions: permissions)
    }

    /// Makes one folder with exactly these permissions, whatever the umask.
    static func makeFolder(_ path: FilePath, permissions: FilePermissions) throws {
        try check(mkdir(path.string, permissions.rawValue), "create", path)
        try check(chmod(path.string, permissions.rawValue), "set the permissions of", path)
    }

    static func give(_ path: FilePath, to account: Account) throws {
        guard !account.isCurrent else { return }
        try check(lchown(path.string, account.user, account.group), "give away", path)
    }

    /// Gives a file that root made in a folder of somebody else's to whom the folder belongs, who would be shut out of it.
    ///
    /// Whoever owns the folder decides what its names lead to: the file was opened without following links.
    static func giveToOwnerOfFolder(_ file: FileDescriptor, _ path: FilePath) throws(Errno) {
        guard geteuid() == 0 else { return }
        var folder = stat()
        guard stat(path.removingLastComponent().string, &folder) == 0 else { throw Errno(rawValue: errno) }
        guard folder.st_uid != 0 else { return }
        guard fchown(file.rawValue, folder.st_uid, folder.st_gid) == 0 else { throw Errno(rawValue: errno) }
    }

    static func move(_ path: FilePath, to target: FilePath) throws {
        try check(rename(path.string, target.string), "create", target)
    }

    /// The path without links and dots.
    static func canonical(_ path: FilePath) throws -> FilePath {
        guard let resolved = realpath(path.string, nil) else {
            throw ClusterError(Errno(rawValue: errno), attempting: "enter", path)
        }
        defer { free(resolved) }
        return FilePath(platformString: resolved)
    }

    /// Replaces a file as a whole: a reader sees the old text or the new one.
    static func write(_ text: String, to path: FilePath, for account: Account) throws {
        let draft = FilePath(path.string + ".new")
        do {
            let file = try FileDescriptor.open(
                draft,
                .writeOnly,
                options: [.create, .truncate, .noFollow, .closeOnExec],
                permissions: FilePermissions(rawValue: 0o600)
            )
            try file.closeAfter { _ = try file.writeAll(text.utf8) }
        } catch let errno as Errno {
            throw ClusterError(errno, attempting: "write", path)
        }
        try give(draft, to: account)
        try move(draft, to: path)
    }

    private static func check(_ result: CInt, _ action: String, _ path: FilePath) throws {
        guard result == 0 else {
            throw ClusterError(Errno(rawValue: errno), attempting: action, path)
        }
    }
}
