import Glibc

/// A program that a test started.
package struct ChildProcess: Sendable {
    package let id: pid_t

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Starts a program found in PATH, its standard streams redirected.
    ///
    /// With `answers`, standard output goes there and only what it complains of to `path`.
    package init(
        _ arguments: [String],
        input: Int32? = nil,
        answers: Int32? = nil,
        output path: String = "/dev/null"
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        } else {
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        let flags = O_WRONLY | O_CREAT | O_APPEND
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, path, flags, 0o600)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        if let answers { posix_spawn_file_actions_adddup2(&actions, answers, STDOUT_FILENO) }
        // A connection that a test's service ends would stay open as long as this program had it, too.
        for other in STDERR_FILENO + 1..<1024 { posix_spawn_file_actions_addclose(&actions, other) }

        let words = arguments.map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var id = pid_t()
        let error = posix_spawnp(&id, arguments[0], &actions, nil, words, environ)
        guard error == 0 else {
            throw Failure(description: "\(arguments[0]): \(String(cString: strerror(error)))")
        }
        self.id = id
    }

    /// Waits for the end of the program and returns its exit code.
    @discardableResult
    package func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
    }

    package func signal(_ number: Int32) {
        kill(id, number)
    }

    /// Runs a program to its end; what it printed goes into the error when it fails.
    package static func run(_ arguments: [String], output path: String) throws {
        let code = try ChildProcess(arguments, output: path).wait()
        guard code == 0 else {
            throw Failure(
                description: "\(arguments.joined(separator: " ")) ended with \(code):\n\(contents(of: path))"
            )
        }
    }

    package static func contents(of path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = getc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
