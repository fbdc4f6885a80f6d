import Glibc
import Subprocess
import SystemPackage

/// The Python that has what the tests need: deploy/test installs it.
package enum TestPython {
    static var path: String {
        if let path = getenv("CHAPTERHOUSE_TEST_PYTHON").map({ String(cString: $0) }), !path.isEmpty {
            return path
        }
        return Dialogue.program("../.build/python/bin/python3")
    }

    /// A program that is installed beside it.
    package static func besides(_ program: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            + "/\(program)"
    }

    /// How a program ended, and what it said.
    package struct Ending: Sendable {
        package let hasSucceeded: Bool
        package let words: String
    }

    /// Runs a program of the folder Tests.
    package static func run(_ program: String, _ arguments: [String]) async throws -> Ending {
        try await end(FilePath(path), [Dialogue.program(program)] + arguments)
    }

    /// Runs a script of the folder Tests for the system's shell.
    package static func runShell(_ script: String, _ arguments: [String]) async throws -> Ending {
        try await end("/bin/sh", [Dialogue.program(script)] + arguments)
    }

    private static func end(_ program: FilePath, _ arguments: [String]) async throws -> Ending {
        let result = try await Subprocess.run(
            .path(program),
            arguments: Arguments(arguments),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        let hasSucceeded = if case .exited(0) = result.terminationStatus { true } else { false }
        return Ending(hasSucceeded: hasSucceeded, words: result.standardOutput + result.standardError)
    }
}
