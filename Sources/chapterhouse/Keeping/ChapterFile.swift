import Crypto
import FoundationEssentials
import Glibc
import Storage

/// A chapter as a file: a line of JSON says what it is, one each row follows, and a last one says how many, and the SHA-256 of all before.
struct ChapterFile {
    let path: String
    let manifest: Installation.ChapterManifest
    /// How many rows there are of each table.
    let counts: [String: Int]

    /// The last line.
    struct End: Codable {
        let end: [String: Int]
        let sha256: String
    }

    /// What the first line of every version says.
    private struct Format: Codable {
        let format: String
        let version: Int
        let chapterhouse: String
    }

    private static let longestLine = 64 << 20

    /// Reads the whole file, and refuses one of which a byte is missing or is another.
    init(reading path: String) throws {
        self.path = path
        var (first, last): ([UInt8]?, [UInt8]?) = (nil, nil)
        var hash = SHA256()
        try Self.eachLine(of: path) { line in
            if let last { hash.update(data: last + [UInt8(ascii: "\n")]) }
            if first == nil { first = line }
            last = line
        }
        guard let first, let format = try? JSONDecoder().decode(Format.self, from: Data(first)),
            format.format == Installation.ChapterManifest.format, format.version > 0
        else {
            throw Failure(.badData, "\(path) is no file of chapterhouse export chapter")
        }
        guard format.version <= Installation.ChapterManifest.version else { throw newer(format.chapterhouse) }
        guard
            let manifest = try? JSONDecoder().decode(Installation.ChapterManifest.self, from: Data(first)),
            let last, let end = try? JSONDecoder().decode(End.self, from: Data(last))
        else {
            throw Failure(.badData, "\(path) is cut off or damaged at its end; nothing was restored")
        }
        guard end.sha256 == Self.digits(of: hash) else {
            throw Failure(.badData, "\(path) is damaged: its checksum is another; nothing was restored")
        }
        guard try Installation.knownMigrations().contains(manifest.migration) else {
            throw newer(manifest.chapterhouse)
        }
        self.manifest = manifest
        counts = end.end

        func newer(_ release: String) -> Failure {
            Failure(
                .badData,
                "\(path) was made by a newer chapterhouse (\(release.legible)); bring this one up to date, then restore it"
            )
        }
    }

    /// Hands over the lines of rows, some at a time.
    func rows(_ take: ([String]) async throws -> Void) async throws {
        let reader = try LineReader(path, longest: Self.longestLine)
        _ = try reader.next()
        var (waiting, size): ([String], Int) = ([], 0)
        var current = try reader.next()
        // The last line is none of a row.
        while let line = current, let following = try reader.next() {
            guard let text = String(validating: line, as: UTF8.self) else {
                throw Failure(.badData, "\(path) is no text; nothing was restored")
            }
            waiting.append(text)
            size += line.count
            if waiting.count == 500 || size > 1 << 20 {
                try await take(waiting)
                (waiting, size) = ([], 0)
            }
            current = following
        }
        if !waiting.isEmpty { try await take(waiting) }
    }

    private static func eachLine(of path: String, _ take: ([UInt8]) throws -> Void) throws {
        let reader = try LineReader(path, longest: longestLine)
        while let line = try reader.next() { try take(line) }
    }

    static func digits(of hash: SHA256) -> String {
        hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

/// Counts and digests the lines of a chapter's file while they are written.
struct ChapterFileWriter {
    private var hash = SHA256()
    private(set) var counts: [String: Int] = [:]
    private(set) var size = 0

    /// The bytes of the first line.
    mutating func begin(_ manifest: Installation.ChapterManifest) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return noted([UInt8](try encoder.encode(manifest)) + [UInt8(ascii: "\n")])
    }

    /// The bytes of rows.
    mutating func rows(of table: String, _ lines: [String]) -> [UInt8] {
        counts[table, default: 0] += lines.count
        return noted(lines.flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] })
    }

    /// The bytes of the last line.
    func end() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let end = ChapterFile.End(end: counts, sha256: ChapterFile.digits(of: hash))
        return [UInt8](try encoder.encode(end)) + [UInt8(ascii: "\n")]
    }

    private mutating func noted(_ bytes: [UInt8]) -> [UInt8] {
        hash.update(data: bytes)
        size += bytes.count
        return bytes
    }
}

/// The lines of a file, one in memory at a time.
private final class LineReader {
    private let path: String
    private let longest: Int
    private let file: Int32
    private var buffer: [UInt8] = []
    private var start = 0

    init(_ path: String, longest: Int) throws {
        (self.path, self.longest) = (path, longest)
        file = open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard file >= 0, fstat(file, &status) == 0 else {
            throw Failure(.noInput, "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Failure(.noInput, "\(path) cannot be read: it is no file")
        }
    }

    deinit {
        if file >= 0 { close(file) }
    }

    /// The next one without its end; nil behind the last.
    func next() throws -> [UInt8]? {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return Array(buffer[start..<end])
            }
            buffer.removeFirst(start)
            start = 0
            searched = buffer.count
            guard buffer.count <= longest else {
                throw Failure(.badData, "\(path) is no file of chapterhouse export chapter")
            }
            var piece = [UInt8](repeating: 0, count: 1 << 18)
            let count = read(file, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw Failure(.inputOutput, "\(path) cannot be read: \(String(cString: strerror(errno)))")
            }
            guard count > 0 else {
                guard buffer.isEmpty else {
                    throw Failure(
                        .badData,
                        "\(path) is cut off, or no file of chapterhouse export chapter; nothing was restored"
                    )
                }
                return nil
            }
            buffer += piece.prefix(count)
        }
    }
}

extension String {
    /// Words of a file for a terminal: none that steers it, and not too many.
    var legible: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.prefix(300).map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
                    default: scalar
                    }
                }
            )
        )
    }
}
