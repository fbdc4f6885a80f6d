import Glibc
import TestCluster

/// A process and all that descend from it, as the kernel counts them.
struct ProcessTree {
    let ids: [pid_t]

    init(of root: pid_t) {
        let parents = Self.parents()
        var found = [root]
        var next = 0
        while next < found.count {
            found += parents.filter { $0.parent == found[next] }.map(\.id)
            next += 1
        }
        ids = found
    }

    /// The processor time that all of them have taken, in user and kernel mode.
    var processorSeconds: Double {
        let ticks = ids.compactMap { Self.fields(of: $0) }.map { fields in
            fields.count > 12 ? (Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0) : 0
        }
        return ticks.reduce(0, +) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Their memory in megabytes; what several share counts for each in part.
    var proportionalMemory: Double {
        let kilobytes = ids.map { id in
            ChildProcess.contents(of: "/proc/\(id)/smaps_rollup").split(separator: "\n")
                .first { $0.hasPrefix("Pss:") }
                .flatMap { Double($0.split(separator: " ").dropFirst().first ?? "") } ?? 0
        }
        return kilobytes.reduce(0, +) / 1024
    }

    /// The most memory that the first of them ever held, in megabytes.
    var peakMemory: Double {
        let line = ids.first.flatMap { id in
            ChildProcess.contents(of: "/proc/\(id)/status").split(separator: "\n").first {
                $0.hasPrefix("VmHWM:")
            }
        }
        let kilobytes = line?.dropFirst("VmHWM:".count).split { $0 == " " || $0 == "\t" }.first
        return (kilobytes.flatMap { Double($0) } ?? .nan) / 1024
    }

    /// Whether the first of them is still at work.
    static func isRunning(_ id: pid_t) -> Bool {
        guard let state = fields(of: id)?.first else { return false }
        return state != "Z" && state != "X"
    }

    /// What the kernel says of a process behind its name, which may itself hold blanks: state, parent and so on.
    private static func fields(of id: pid_t) -> [Substring]? {
        let text = ChildProcess.contents(of: "/proc/\(id)/stat")
        guard let end = text.lastIndex(of: ")") else { return nil }
        return text[text.index(after: end)...].split(separator: " ")
    }

    private static func parents() -> [(id: pid_t, parent: pid_t)] {
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        var all: [(pid_t, pid_t)] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let id = pid_t(name), let fields = fields(of: id), fields.count > 1,
                let parent = pid_t(fields[1])
            else { continue }
            all.append((id, parent))
        }
        return all
    }
}
