import FoundationEssentials
import Glibc
import Storage
import Subprocess
import SystemPackage

/// pg_dump and pg_restore, of the server's version or a later one.
struct ArchivePrograms {
    private let folder: FilePath

    static func find(for serverMajor: Int) async throws -> ArchivePrograms {
        let environment = ProcessInfo.processInfo.environment
        guard
            let folder = await ServerPrograms.folder(
                of: "pg_dump",
                atLeast: serverMajor,
                environment: environment
            )
        else {
            throw Failure(
                .unavailable,
                "pg_dump \(serverMajor) or later is needed. Install it (Debian: apt-get install postgresql-client-\(serverMajor))."
            )
        }
        return ArchivePrograms(folder: folder)
    }

    /// Writes what a snapshot shows into the file, which is there.
    func dump(_ database: String, snapshot: String, into file: String) async throws {
        try await perform(
            "pg_dump",
            [
                "--format=custom", "--role=chapterhouse_owner", "--no-password", "--lock-wait-timeout=30s",
                "--snapshot=\(snapshot)", "--file=\(file)",
            ],
            on: database
        ) { words in
            let isFull = ["No space left", "File too large", "Disk quota exceeded"].contains {
                words.contains($0)
            }
            return isFull
                ? Failure(.cannotCreate, "The backup cannot be written, the disk is full: \(words)")
                : Failure(.unavailable, "The backup failed: \(words)")
        }
    }

    /// Puts an archive into an empty database, in one transaction.
    func restore(_ file: String, into database: String) async throws {
        try await perform(
            "pg_restore",
            [
                "--format=custom", "--role=chapterhouse_owner", "--no-password", "--exit-on-error",
                "--single-transaction",
            ],
            file: file,
            on: database
        ) { words in
            Failure(.unavailable, "The restore failed, and nothing was restored: \(words)")
        }
    }

    private func perform(
        _ program: String,
        _ arguments: [String],
        file: String? = nil,
        on database: String,
        failing: (String) -> Failure
    ) async throws {
        guard let (environment, rest) = Installation.parameters(of: database) else {
            throw Failure(.usage, "the connection string of the database cannot be read")
        }
        var configuration = Account.current.launching(
            folder.appending(program),
            arguments + ["--dbname=\(rest.isEmpty ? "application_name=chapterhouse" : rest)"]
                + (file.map { ["--", $0] } ?? []),
            lastSignal: "TERM"
        )
        var variables: [Subprocess.Environment.Key: String] = [
            "LC_ALL": "C", "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
        ]
        // What our own connection took from the environment theirs takes, too: PGHOST, PGPASSFILE.
        for (name, value) in ProcessInfo.processInfo.environment where name == "HOME" || name.hasPrefix("PG")
        {
            if let key = Subprocess.Environment.Key(rawValue: name) { variables[key] = value }
        }
        for (name, value) in environment {
            if let key = Subprocess.Environment.Key(rawValue: name) { variables[key] = value }
        }
        configuration.environment = .custom(variables)
        configuration.workingDirectory = nil
        let result = try await run(configuration, output: .discarded, error: .string(limit: 1 << 20))
        guard !result.terminationStatus.isSuccess else { return }
        try Task.checkCancellation()
        let lines = result.standardError.split(separator: "\n").filter {
            $0.contains("error:") || $0.contains("ERROR")
        }
        guard lines.isEmpty else { throw failing(lines.prefix(3).joined(separator: " ")) }
        let isTooLarge = if case .signaled(SIGXFSZ) = result.terminationStatus { true } else { false }
        throw failing(isTooLarge ? "File too large" : "\(program) ended: \(result.terminationStatus)")
    }
}
