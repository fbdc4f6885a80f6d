import ArgumentParser
import Exchange
import Glibc

/// How a listing is printed.
enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv
}

/// The standard streams, written by bytes: a reader that goes away ends the command without a word.
enum Output {
    static func write(_ text: String) throws {
        try write(text, into: STDOUT_FILENO)
    }

    /// Writes to a file in one go, by way of a file beside it, so that a reader never sees half of it.
    static func write(_ text: String, to path: String?) throws {
        try write(Array(text.utf8), to: path)
    }

    static func write(_ bytes: [UInt8], to path: String?) throws {
        guard let path else { return try write(bytes[...], into: STDOUT_FILENO) }
        let draft = draft(of: path)
        guard let file = fopen(draft, "wb") else { throw failure(path) }
        let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
        let isClosed = fclose(file) == 0
        guard isWritten, isClosed, rename(draft, path) == 0 else {
            let error = failure(path)
            unlink(draft)
            throw error
        }
    }

    /// Writes piece by piece what need not be in memory at once; a file appears when all of it is there.
    ///
    /// A file that is `private` is its owner's alone to read.
    static func write(
        to path: String?,
        private isPrivate: Bool = false,
        _ pieces: (_ write: ([UInt8]) throws -> Void) async throws -> Void
    ) async throws {
        guard let path else { return try await pieces { try write($0[...], into: STDOUT_FILENO) } }
        let draft = draft(of: path)
        // Whoever left one behind had it for themselves, or for everybody.
        if isPrivate { unlink(draft) }
        let file = open(
            draft,
            O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | (isPrivate ? O_EXCL : 0),
            isPrivate ? 0o600 : 0o666
        )
        guard file >= 0 else { throw failure(path) }
        do {
            try await pieces { try write($0[...], into: file) }
        } catch {
            close(file)
            unlink(draft)
            throw error
        }
        guard close(file) == 0, rename(draft, path) == 0 else {
            let error = failure(path)
            unlink(draft)
            throw error
        }
    }

    /// Fails where nothing can be written to a file, before anything is done that is to be written there.
    static func checkRoom(for path: String?) throws {
        guard let path else { return }
        guard let file = fopen(draft(of: path), "wb") else { throw failure(path) }
        fclose(file)
        unlink(draft(of: path))
    }

    private static func draft(of path: String) -> String {
        path + ".part"
    }

    private static func failure(_ path: String) -> Failure {
        Failure(.cannotCreate, "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }

    static func line(_ text: String) throws {
        try write(text + "\n", into: STDOUT_FILENO)
    }

    /// What is said about the work, not its result.
    static func note(_ text: String) {
        // A closed standard error is nobody's loss.
        _ = Array((text + "\n").utf8).withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// Whether somebody sits at the terminal and can be asked.
    static var isInteractive: Bool {
        isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1
    }

    static var isTerminal: Bool {
        isatty(STDOUT_FILENO) == 1
    }

    private static func write(_ text: String, into descriptor: Int32) throws {
        try write(Array(text.utf8)[...], into: descriptor)
    }

    private static func write(_ bytes: ArraySlice<UInt8>, into descriptor: Int32) throws {
        var bytes = bytes
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else {
                if errno == EPIPE { throw Failure(.done, "") }
                throw Failure(
                    .inputOutput,
                    "the output cannot be written: \(String(cString: strerror(errno)))"
                )
            }
            bytes = bytes.dropFirst(written)
        }
    }
}
