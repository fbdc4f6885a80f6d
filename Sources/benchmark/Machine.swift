import Glibc
import Postgres
import TestCluster

/// What a measurement ran on.
struct Machine: Sendable {
    let description: String
    let versions: String
    /// The day, `2026-10-28`.
    let day: String

    init(_ ground: Ground) async throws {
        let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        let model = Self.line("/proc/cpuinfo", starting: "model name") ?? "unknown processor"
        let memory = Self.line("/proc/meminfo", starting: "MemTotal").flatMap {
            Int($0.split(separator: " ").first ?? "")
        }
        var system = utsname()
        uname(&system)
        let release = withUnsafeBytes(of: system.release) {
            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        description =
            "\(cores) cores of \(model), \((memory ?? 0) / 1_048_576) GB of memory, Linux \(release)"

        let client = ground.client()
        let server = try await client.run(Query<String>(value: "SHOW server_version"))
        await client.shutdown()
        let swift = Self.answer(of: ["swift", "--version"]).split(separator: "\n").first.map(String.init)
        let revision = Self.answer(of: ["git", "describe", "--always", "--dirty"])
            .split(separator: "\n").first.map(String.init)
        versions =
            "PostgreSQL \(server), \(swift ?? "Swift unknown"), Chapterhouse \(revision ?? "of no repository")"

        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        let (month, dayOfMonth) = (parts.tm_mon + 1, parts.tm_mday)
        day =
            "\(parts.tm_year + 1900)-\(month < 10 ? "0" : "")\(month)-\(dayOfMonth < 10 ? "0" : "")\(dayOfMonth)"
    }

    private static func line(_ path: String, starting word: String) -> String? {
        ChildProcess.contents(of: path).split(separator: "\n")
            .first { $0.hasPrefix(word) }?
            .split(separator: ":", maxSplits: 1).last
            .map { String($0.drop { $0 == " " || $0 == "\t" }) }
    }

    /// What a program prints, or nothing where it fails.
    private static func answer(of arguments: [String]) -> String {
        guard let scratch = try? ScratchFile(), let child = try? ChildProcess(arguments, output: scratch.path)
        else { return "" }
        return child.wait() == 0 ? ChildProcess.contents(of: scratch.path) : ""
    }
}
