import Glibc

/// How many files and connections this process may have open at once.
enum OpenFiles {
    /// Beside the connections of clients: the database's, logs, what is printed.
    private static let others = 256

    /// Asks the system for as many as that takes, as far as it lets us; most begin with 1024.
    static func makeRoom(for connections: Int) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        let wanted = min(rlim_t(connections + others), limit.rlim_max)
        guard limit.rlim_cur < wanted else { return }
        limit.rlim_cur = wanted
        guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            Output.note(
                "Only \(limit.rlim_cur) connections and files can be open at once: \(String(cString: strerror(errno)))"
            )
            return
        }
    }
}
