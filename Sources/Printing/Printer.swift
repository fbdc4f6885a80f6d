import Exchange
import Glibc
import Subprocess
import SystemPackage

/// Makes PDF of pages, with WeasyPrint where it is installed; a few at once, the others wait in line.
package actor Printer {
    /// What kept a page from being printed.
    package enum Trouble: Error, Hashable, Sendable {
        case notInstalled
        case lineIsFull
        case tookTooLong
        case tooLarge
        /// With the last words of the program.
        case failed(String)
    }

    private let program: Executable
    private let lineLength: Int
    private let deadline: Duration
    private var free: Int
    private var line: [CheckedContinuation<Void, Never>] = []

    /// `program` is a path, or a name to be found on the search path.
    package init(
        program: String = "weasyprint",
        atOnce: Int = 2,
        lineLength: Int = 8,
        deadline: Duration = .seconds(60)
    ) {
        self.program =
            program.utf8.contains(UInt8(ascii: "/")) ? .path(FilePath(program)) : .name(program)
        self.lineLength = lineLength
        self.deadline = deadline
        free = max(atOnce, 1)
    }

    /// The page as PDF; it has to bring everything with it, for nothing is fetched.
    package func pdf(of page: [UInt8]) async throws -> [UInt8] {
        try await takeTurn()
        defer { giveTurn() }
        return try await withThrowingTaskGroup(of: [UInt8].self) { [program, deadline] tasks in
            tasks.addTask { try await Self.print(page, with: program) }
            tasks.addTask {
                try await Task.sleep(for: deadline)
                throw Trouble.tookTooLong
            }
            defer { tasks.cancelAll() }
            guard let pdf = try await tasks.next() else { throw CancellationError() }
            return pdf
        }
    }

    private func takeTurn() async throws(Trouble) {
        guard free == 0 else {
            free -= 1
            return
        }
        guard line.count < lineLength else { throw .lineIsFull }
        await withCheckedContinuation { line.append($0) }
    }

    private func giveTurn() {
        if line.isEmpty { free += 1 } else { line.removeFirst().resume() }
    }

    private static let mostBytes = 64 * 1024 * 1024

    private static func print(_ page: [UInt8], with program: Executable) async throws -> [UInt8] {
        var options = PlatformOptions()
        options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(2))]
        guard let file = FileInMemory.descriptor(of: page) else {
            throw Trouble.failed("the system has no file left")
        }
        do {
            let result = try await run(
                program,
                arguments: ["--quiet", "--encoding", "utf-8", "--", "-", "-"],
                environment: .custom(environment),
                workingDirectory: "/",
                platformOptions: options,
                input: .fileDescriptor(FileDescriptor(rawValue: file), closeAfterSpawningProcess: true),
                output: .bytes(limit: mostBytes),
                error: .string(limit: 1 << 20)
            )
            guard result.terminationStatus.isSuccess, result.standardOutput.starts(with: "%PDF-".utf8) else {
                throw Trouble.failed(lastLine(of: result.standardError))
            }
            return result.standardOutput
        } catch let error as SubprocessError {
            switch error.code {
            case .executableNotFound: throw Trouble.notInstalled
            case .outputLimitExceeded: throw Trouble.tooLarge
            default: throw Trouble.failed(error.description)
            }
        }
    }

    /// Nothing of ours, whose environment may hold passwords, and a proxy that is not there: pages name nothing
    /// that would have to be fetched, and if one did, it would not be.
    private static var environment: [Environment.Key: String] {
        var values: [Environment.Key: String] = ["LC_ALL": "C.UTF-8"]
        for name in ["PATH", "HOME", "TMPDIR", "XDG_CACHE_HOME"] {
            guard let value = getenv(name), let key = Environment.Key(rawValue: name) else { continue }
            values[key] = String(cString: value)
        }
        for name: Environment.Key in ["http_proxy", "https_proxy", "ftp_proxy"] {
            values[name] = "http://127.0.0.1:9"
        }
        return values
    }

    private static func lastLine(of text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline)
        return lines.last.map { String($0.prefix(300)) } ?? "it said nothing"
    }
}

extension Printer.Trouble {
    /// For the log.
    package var reason: String {
        if case .failed(let words) = self { "WeasyPrint: \(words)" } else { sentence }
    }

    /// What to tell whoever asked, with a way out.
    package var sentence: String {
        let meanwhile = "The same report as .html can be printed from a browser, also into a PDF file."
        return switch self {
        case .notInstalled:
            "PDF is made by WeasyPrint, which is not installed here (Debian: apt-get install --no-install-recommends weasyprint). \(meanwhile)"
        case .lineIsFull: "Too many reports are being printed at the moment; try again in a few seconds."
        case .tookTooLong: "Printing took too long and was given up. \(meanwhile)"
        case .tooLarge: "The PDF became too large. \(meanwhile)"
        case .failed: "WeasyPrint could not print it; the log says why. \(meanwhile)"
        }
    }
}
