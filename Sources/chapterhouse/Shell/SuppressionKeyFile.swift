import Glibc
import Identity
import Storage
import SystemPackage

extension DatabaseOptions {
    /// The key of the list of those who asked not to be kept: as it is set, else of the home of the private PostgreSQL.
    ///
    /// Nil where there is none; a home gets one where it is `made`.
    func suppressionKey(made: Bool = false) throws -> SuppressionKey? {
        if let key = try Settings.suppressionKey() { return key }
        guard given == nil else { return nil }
        return try Self.key(in: Home(option: home).suppressionKey, made: made)
    }

    private static func key(in path: FilePath, made: Bool) throws -> SuppressionKey? {
        if access(path.string, F_OK) != 0 {
            guard made else { return nil }
            try write(Secret().text, to: path)
        }
        let line: String?
        do {
            let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            line = try file.closeAfter {
                try withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 1) { buffer in
                    let count = try file.read(into: buffer)
                    return String(validating: buffer.prefix(count).prefix { $0 != 0x0a }, as: UTF8.self)
                }
            }
        } catch let errno as Errno {
            throw Failure(.noInput, "the key \(path) cannot be read: \(errno)")
        }
        guard let key = line.flatMap(SuppressionKey.init) else {
            throw Failure(.badData, "\(path) is no key any more; bring it back from where keys are kept")
        }
        return key
    }

    /// Writes it whole or not at all: half a key would never be known again.
    private static func write(_ text: String, to path: FilePath) throws {
        let draft = FilePath(path.string + ".part.\(getpid())")
        do {
            let file = try FileDescriptor.open(
                draft,
                .writeOnly,
                options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: FilePermissions(rawValue: 0o600)
            )
            try file.closeAfter {
                try FileStatus.giveToOwnerOfFolder(file, draft)
                _ = try file.writeAll("\(text)\n".utf8)
                guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
            }
            // Where another process was first, its key holds.
            let isLinked = link(draft.string, path.string) == 0 || errno == EEXIST
            let trouble = errno
            unlink(draft.string)
            guard isLinked else { throw Errno(rawValue: trouble) }
        } catch let errno as Errno {
            throw Failure(.cannotCreate, "the key \(path) cannot be written: \(errno)")
        }
    }
}
