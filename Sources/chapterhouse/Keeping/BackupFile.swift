import Crypto
import FoundationEssentials
import Glibc
import Service
import Storage

/// A backup: an archive of pg_dump, behind it what it holds, and a last line with the SHA-256 of all before.
///
/// pg_restore reads such a file as it is, and stops before what is ours.
struct BackupFile {
    let path: String
    let manifest: Manifest

    /// What a backup holds, in the words of its JSON.
    struct Manifest: Codable {
        /// 1; a file of a later one is not read.
        let format: Int
        /// The version of the program that made it.
        let chapterhouse: String
        let takenAt: String
        /// The major version of PostgreSQL that it comes from.
        let postgresql: Int
        let holdings: Installation.Holdings

        init(_ snapshot: Installation.Snapshot) {
            format = BackupFile.format
            chapterhouse = Release.version
            takenAt = snapshot.takenAt
            postgresql = snapshot.serverMajor
            holdings = snapshot.holdings
        }
    }

    static let format = 1
    private static let signature = "chapterhouse-backup"
    /// `chapterhouse-backup 000000001234 <64 digits>` and a line's end: the length of the manifest, the SHA-256.
    private static let lastLineLength = signature.utf8.count + 1 + 12 + 1 + 64 + 1
    private static let mostManifestBytes = 16 << 20

    /// Reads the whole file, and refuses one of which a byte is missing or is another.
    init(reading path: String) throws {
        self.path = path
        let file = try Self.open(path)
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Failure(.noInput, "\(path) cannot be read: it is no file")
        }
        let size = Int(status.st_size)
        let beginning = try Self.bytes(of: file, path, from: 0, count: min(size, 5))
        guard beginning.elementsEqual("PGDMP".utf8) else {
            throw Failure(.badData, "\(path) is no backup of chapterhouse database backup")
        }
        let line = try Self.bytes(
            of: file,
            path,
            from: max(0, size - Self.lastLineLength),
            count: min(size, Self.lastLineLength)
        )
        let words = String(decoding: line, as: UTF8.self).split(separator: " ")
        guard words.count == 3, words[0] == Self.signature, let length = Int(words[1]),
            words[2].utf8.count == 65,
            (2...Self.mostManifestBytes).contains(length), size > Self.lastLineLength + length
        else {
            throw Failure(
                .badData,
                "\(path) is cut off or damaged at its end, or it was made by pg_dump alone; nothing was restored"
            )
        }
        let end = size - Self.lastLineLength
        guard try Self.digest(of: file, path, upTo: end) == words[2].dropLast() else {
            throw Failure(.badData, "\(path) is damaged: its checksum is another; nothing was restored")
        }
        let text = try Self.bytes(of: file, path, from: end - length, count: length)
        guard let format = try? JSONDecoder().decode(Format.self, from: Data(text)) else {
            throw Failure(.badData, "\(path) does not say what it holds; nothing was restored")
        }
        guard format.format <= Self.format,
            let manifest = try? JSONDecoder().decode(Manifest.self, from: Data(text))
        else {
            throw Failure(
                .badData,
                "\(path) was made by a newer chapterhouse (\(format.chapterhouse)); restore it with that"
            )
        }
        self.manifest = manifest
    }

    /// What every format says.
    private struct Format: Codable {
        let format: Int
        let chapterhouse: String
    }

    /// Completes an archive with what it holds and its checksum.
    static func complete(_ draft: String, _ manifest: Manifest) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let text = [UInt8](try encoder.encode(manifest)) + [UInt8(ascii: "\n")]
        let file = Glibc.open(draft, O_RDWR | O_APPEND | O_CLOEXEC)
        guard file >= 0 else { throw unwritable(draft) }
        defer { close(file) }
        try append(text, to: file, draft)
        let size = Int(lseek(file, 0, SEEK_END))
        let digest = try digest(of: file, draft, upTo: size)
        let digits = "\(text.count)"
        let length = String(repeating: "0", count: 12 - digits.utf8.count) + digits
        try append(Array("\(signature) \(length) \(digest)\n".utf8), to: file, draft)
        guard fsync(file) == 0 else { throw unwritable(draft) }
    }

    private static func append(_ bytes: [UInt8], to file: Int32, _ path: String) throws {
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw unwritable(path) }
            bytes = bytes.dropFirst(written)
        }
    }

    private static func digest(of file: Int32, _ path: String, upTo end: Int) throws -> String {
        var hash = SHA256()
        var offset = 0
        while offset < end {
            let piece = try bytes(of: file, path, from: offset, count: min(1 << 20, end - offset))
            hash.update(data: piece)
            offset += piece.count
        }
        return hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }.joined()
    }

    private static func bytes(of file: Int32, _ path: String, from offset: Int, count: Int) throws -> [UInt8]
    {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let read = bytes.withUnsafeMutableBytes { buffer in
                pread(file, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
            }
            if read < 0, errno == EINTR { continue }
            guard read > 0 else {
                throw Failure(
                    .inputOutput,
                    "\(path) cannot be read to its end: \(String(cString: strerror(errno)))"
                )
            }
            filled += read
        }
        return bytes
    }

    private static func open(_ path: String) throws -> Int32 {
        let file = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            throw Failure(.noInput, "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        return file
    }

    static func unwritable(_ path: String, _ code: Int32 = errno) -> Failure {
        Failure(.cannotCreate, "\(path) cannot be written: \(String(cString: strerror(code)))")
    }
}
