import FoundationEssentials
import Glibc

/// The settings of the private server, as a file that its postgresql.conf includes.
struct ServerSettings {
    /// In bytes, of the machine or of the container we run in.
    let memory: Int
    let address: ServerAddress

    var text: String {
        let megabyte = 1 << 20
        func share(_ part: Int, between least: Int, and most: Int) -> String {
            "\(min(max(memory / part / megabyte, least), most))MB"
        }
        return """
            # Written by "chapterhouse up" at each start. Settings of your own belong after
            # the line in postgresql.conf that includes this file: the last one holds.

            listen_addresses = ''
            port = \(ServerAddress.port)
            unix_socket_directories = '\(address.folder)'
            unix_socket_permissions = 0700

            # Shares of \(memory / megabyte) MB, most of which is left to others.
            shared_buffers = \(share(8, between: 32, and: 1_024))
            effective_cache_size = \(share(2, between: 64, and: 1 << 20))
            maintenance_work_mem = \(share(32, between: 16, and: 256))
            work_mem = \(share(512, between: 4, and: 32))
            max_connections = 60
            max_wal_size = 512MB
            wal_compression = on
            # Short queries gain nothing, and a service may be forbidden to run what it wrote itself.
            jit = off

            timezone = 'UTC'
            log_timezone = 'UTC'
            log_line_prefix = '%m [%p] '
            # A detail of an error may quote the personal data of a row.
            log_error_verbosity = terse
            """ + "\n"
    }

    /// What this machine has, less where a control group allows less.
    static var availableMemory: Int {
        let pages = sysconf(CInt(_SC_PHYS_PAGES))
        let machine = pages.multipliedReportingOverflow(by: sysconf(CInt(_SC_PAGESIZE)))
        let whole = machine.overflow || machine.partialValue <= 0 ? 1 << 30 : machine.partialValue
        let limits = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
        return limits.compactMap(number(in:)).reduce(whole, min)
    }

    private static func number(in path: String) -> Int? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        let digits = data.prefix { $0 != UInt8(ascii: "\n") }
        return Int(String(decoding: digits, as: UTF8.self)).flatMap { $0 > 0 ? $0 : nil }
    }
}
