#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension ExportFile {
    /// Reads the file at `path`; one that is too large is refused before its bytes are read.
    package init(path: String, limits: ReadingLimits = ReadingLimits()) throws {
        try self.init(bytes: Self.bytes(ofFile: path, limits: limits), limits: limits)
    }

    /// The bytes of the file at `path`, whatever they are.
    package static func bytes(ofFile path: String, limits: ReadingLimits) throws -> [UInt8] {
        guard !path.utf8.contains(0) else { throw ExchangeError(.unreadable, "the file's name holds a NUL") }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(path, errno) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw unreadable(path, EISDIR) }
        let size = Int(status.st_size)
        guard size <= limits.bytes else { throw tooLarge(size, limits: limits) }
        return try bytes(of: descriptor, path: path, limits: limits)
    }

    /// The size is not believed: a pipe has none, and a file may grow while it is read.
    private static func bytes(of descriptor: Int32, path: String, limits: ReadingLimits) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path, errno) }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= limits.bytes else { throw tooLarge(nil, limits: limits) }
        }
    }

    static func unreadable(_ path: String, _ code: Int32) -> ExchangeError {
        var text = [CChar](repeating: 0, count: 256)
        _ = strerror_r(code, &text, text.count)
        let reason = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return ExchangeError(.unreadable, "\(path) cannot be read: \(reason)")
    }
}
