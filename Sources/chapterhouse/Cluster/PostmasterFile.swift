import FoundationEssentials
import Glibc
import SystemPackage

/// What a server writes about itself into its cluster: postmaster.pid.
struct PostmasterFile {
    let process: pid_t
    let socketFolder: FilePath?
    /// Accepts connections.
    let isReady: Bool

    /// No server wrote one, or not yet all of it: `nil`.
    init?(cluster: FilePath) {
        let path = Self.path(in: cluster)
        guard let data = FileManager.default.contents(atPath: path.string) else { return nil }
        let lines = String(decoding: data, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.trimmingPrefix { $0 == " " } }
        // A server in single-user mode writes its process id negated.
        guard let first = lines.first.flatMap({ pid_t($0) }), first != .min else { return nil }
        process = abs(first)
        socketFolder = lines.count > 4 && !lines[4].isEmpty ? FilePath(String(lines[4])) : nil
        isReady = lines.count > 7 && lines[7].hasPrefix("ready")
    }

    static func path(in cluster: FilePath) -> FilePath {
        cluster.appending("postmaster.pid")
    }

    /// Whether `process` is a server on `cluster` now, and not another program that got its number.
    func isServer(of cluster: FilePath) -> Bool {
        // Readable by everyone, unlike the process's working folder; empty for the dead that nobody buried.
        let path = "/proc/\(process)/cmdline"
        guard let data = FileManager.default.contents(atPath: path) else { return false }
        let arguments = data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return arguments.contains(cluster.string)
    }
}

extension PostmasterFile {
    /// Ends the server that a killed `chapterhouse up` left behind, and its traces.
    static func clearOrphan(of cluster: FilePath, report: (String) -> Void) async throws {
        guard let file = PostmasterFile(cluster: cluster) else { return }
        guard file.isServer(of: cluster) else {
            // PostgreSQL would take any living process of this number for its own.
            if unlink(path(in: cluster).string) != 0, errno != ENOENT {
                throw ClusterError(Errno(rawValue: errno), attempting: "remove", path(in: cluster))
            }
            return
        }
        report("Stopping the PostgreSQL that an earlier run left behind (process \(file.process)).")
        for (signal, seconds) in [(SIGINT, 30), (SIGQUIT, 10)] {
            guard kill(file.process, signal) == 0 || errno == ESRCH else {
                throw ClusterError(
                    "A PostgreSQL of an earlier run still works in \(cluster) (process \(file.process)), "
                        + "and it is not ours to stop.",
                    .notAllowed
                )
            }
            for _ in 0..<(seconds * 20) {
                guard file.isServer(of: cluster) else { return }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        throw ClusterError(
            "A PostgreSQL of an earlier run still works in \(cluster) (process \(file.process)) "
                + "and does not stop.",
            .tryAgain
        )
    }
}
