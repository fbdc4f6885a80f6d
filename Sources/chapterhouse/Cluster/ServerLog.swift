import FoundationEssentials
import Glibc
import SystemPackage

/// The file the private server logs to.
struct ServerLog {
    let path: FilePath
    /// Where the log of the present server begins.
    private(set) var start: Int64 = 0

    private static let most: Int64 = 10 << 20

    /// Opens the log for a new server to write to; a log that has grown large makes way.
    mutating func open() throws -> FileDescriptor {
        do {
            let file = try descriptor()
            start = try file.seek(offset: 0, from: .end)
            guard start > Self.most else { return file }
            try file.close()
            try FileStatus.move(path, to: FilePath(path.string + ".1"))
            start = 0
            return try descriptor()
        } catch let errno as Errno {
            throw ClusterError(errno, attempting: "write", path)
        }
    }

    private func descriptor() throws(Errno) -> FileDescriptor {
        do {
            let file = try FileDescriptor.open(
                path,
                .writeOnly,
                options: [.append, .create, .noFollow, .closeOnExec],
                permissions: FilePermissions(rawValue: 0o600)
            )
            try FileStatus.giveToOwnerOfFolder(file, path)
            return file
        } catch let errno as Errno {
            throw errno
        } catch {
            throw .ioError
        }
    }

    /// The end of what the present server wrote, without the times.
    func lastWords(lines most: Int = 5) -> [String] {
        let file = Glibc.open(path.string, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        let text = withUnsafeTemporaryAllocation(byteCount: 8_192, alignment: 1) { buffer in
            let offset = max(off_t(start), lseek(file, 0, SEEK_END) - off_t(buffer.count))
            let count = pread(file, buffer.baseAddress, buffer.count, offset)
            return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
        }
        return text.split(separator: "\n").suffix(most).map(Self.withoutTime)
    }

    static func tellsOfFullDisk(_ line: some StringProtocol) -> Bool {
        line.contains("No space left on device") || line.contains("wrote only")
    }

    /// `2026-11-01 08:00:00.123 UTC [4711] FATAL:  …` from the level on.
    private static func withoutTime(_ line: Substring) -> String {
        guard let end = line.firstRange(of: "] ")?.upperBound else { return String(line) }
        return String(line[end...])
    }
}
