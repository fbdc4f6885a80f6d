import Glibc
import SystemPackage

/// Says that one process works with a home; the system gives it back when that process ends, however it ends.
struct HomeLock: ~Copyable {
    private let file: FileDescriptor

    private init(file: FileDescriptor) {
        self.file = file
    }

    /// Takes the lock, or says who has it.
    static func take(_ home: Home) throws -> HomeLock {
        do {
            let file = try FileDescriptor.open(
                home.lock,
                .readWrite,
                options: [.create, .noFollow, .closeOnExec],
                permissions: FilePermissions(rawValue: 0o600)
            )
            let lock = HomeLock(file: file)
            try FileStatus.giveToOwnerOfFolder(file, home.lock)
            guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
                throw HomeIsTaken(home: home, process: holder(in: file))
            }
            try file.resize(to: 0)
            _ = try file.writeAll(toAbsoluteOffset: 0, "\(getpid())\n".utf8)
            return lock
        } catch let errno as Errno {
            throw ClusterError(errno, attempting: "write", home.lock)
        }
    }

    deinit {
        close(file.rawValue)
    }

    private static func holder(in file: FileDescriptor) -> Int? {
        withUnsafeTemporaryAllocation(byteCount: 32, alignment: 1) { buffer in
            let count = pread(file.rawValue, buffer.baseAddress, buffer.count, 0)
            let digits = buffer.prefix(max(count, 0)).prefix { $0 != UInt8(ascii: "\n") }
            return Int(String(decoding: digits, as: UTF8.self))
        }
    }
}

/// Another process holds the lock of this home.
struct HomeIsTaken: Error {
    let home: Home
    let process: Int?

    var refusal: ClusterError {
        let who = process.map { "process \($0)" } ?? "another process"
        return ClusterError(
            "Chapterhouse already runs in \(home.path) (\(who)). "
                + "Stop that one first, or choose another folder with --home.",
            .tryAgain
        )
    }
}
