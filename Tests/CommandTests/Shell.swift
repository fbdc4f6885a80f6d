import Glibc
import Subprocess
import SystemPackage
import Testing

/// The built program, run as somebody at a shell runs it.
struct Shell: Sendable {
    /// The connection string that `--database` would name; the program takes it from the environment.
    var database: String
    /// What else the environment holds.
    var environment: [String: String] = [:]

    /// How a command ended, and what it said.
    struct Ending: Sendable {
        /// The exit status; nil when a signal ended the command.
        let status: Int32?
        let output: String
        let errors: String
    }

    /// Enters commands, one a line; each has to succeed.
    func enter(_ script: String, at location: SourceLocation = #_sourceLocation) async throws {
        for line in script.split(separator: "\n") where !line.isEmpty {
            try await print(String(line), at: location)
        }
    }

    /// What a command prints; it has to succeed.
    @discardableResult
    func print(_ line: String, at location: SourceLocation = #_sourceLocation) async throws -> String {
        let ending = try await run(line)
        try #require(
            ending.status == 0,
            "\(line)\n\(ending.output)\(ending.errors)",
            sourceLocation: location
        )
        return ending.output
    }

    func run(_ line: String) async throws -> Ending {
        try await run(Self.words(of: line).map { Array($0.utf8) })
    }

    /// Runs a command whose arguments need not be text.
    func run(_ arguments: [[UInt8]]) async throws -> Ending {
        // Subprocess reads bytes up to the NUL that it does not add.
        try await Self.run(.path(Self.program), Arguments(arguments.map { $0 + [0] }), settings)
    }

    /// Runs a line of the system's shell, in which `$chapterhouse` is the program.
    func pipe(_ line: String) async throws -> Ending {
        try await Self.run(.path("/bin/sh"), ["-c", line], settings)
    }

    private var settings: Environment {
        let given = environment.merging(
            ["CHAPTERHOUSE_DATABASE_URL": database, "chapterhouse": Self.program.string]
        ) { given, _ in given }
        return .inherit.updating(
            Dictionary(
                uniqueKeysWithValues: given.compactMap { name, value in
                    Environment.Key(rawValue: name).map { ($0, value) }
                }
            )
        )
    }

    private static func run(
        _ program: Executable,
        _ arguments: Arguments,
        _ environment: Environment
    ) async throws -> Ending {
        let result = try await Subprocess.run(
            program,
            arguments: arguments,
            environment: environment,
            output: .string(limit: 1 << 22),
            error: .string(limit: 1 << 20)
        )
        let status: Int32? = if case .exited(let code) = result.terminationStatus { code } else { nil }
        return Ending(status: status, output: result.standardOutput, errors: result.standardError)
    }

    /// The program stands beside the tests.
    static let program: FilePath = {
        var buffer = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &buffer, buffer.count)
        let path = buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) }
        let tests = FilePath(String(decoding: path, as: UTF8.self))
        return tests.removingLastComponent().appending("chapterhouse")
    }()

    /// The words of a line: divided at blanks, but for those between double quotes.
    static func words(of line: String) -> [String] {
        var words: [String] = []
        var word: String?
        var isQuoted = false
        for character in line {
            switch character {
            case "\"":
                isQuoted.toggle()
                word = word ?? ""
            case " " where !isQuoted:
                if let word { words.append(word) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        if let word { words.append(word) }
        return words
    }
}
