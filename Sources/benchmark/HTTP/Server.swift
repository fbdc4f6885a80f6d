import Glibc
import TestCluster

/// A program that answers over HTTP on this machine, with all the processes it needs.
final class Server: Sendable {
    let name: String
    let port: Int
    private let process: ChildProcess
    private let log: ScratchFile

    /// Starts a program, and returns once it has answered `first` with what the database holds.
    init(_ name: String, answering first: Request, arguments: (_ port: Int) -> [String]) throws {
        self.name = name
        port = try freePort()
        log = try ScratchFile()
        process = try ChildProcess(arguments(port), output: log.path)
        do {
            try wait(for: first)
        } catch {
            stop()
            throw error
        }
    }

    /// `chapterhouse serve` from beside this program.
    static func chapterhouse(
        _ ground: Ground,
        answering first: Request,
        options: [String] = []
    ) throws -> Server {
        let program = try chapterhouse()
        return try Server("ours", answering: first) { port in
            [program, "serve", "--database", ground.address(), "--listen", "127.0.0.1:\(port)"] + options
        }
    }

    /// Where the service lies: it is built with this program.
    static func chapterhouse() throws -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &buffer, buffer.count)
        let own = String(
            decoding: buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
        let path =
            own.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/") + "/chapterhouse"
        guard access(path, X_OK) == 0 else {
            throw Trouble("the service is not built; run: swift build -c release --product chapterhouse")
        }
        return path
    }

    func answer(to request: Request) throws -> Answer {
        guard let answer = try request.answer(from: port) else {
            throw Trouble("\(name) does not answer \(request.path)\n\(ChildProcess.contents(of: log.path))")
        }
        try accept(answer, to: request)
        return answer
    }

    /// Refuses whatever is no good answer: a benchmark that measures refusals is a defect.
    private func accept(_ answer: Answer, to request: Request) throws {
        guard answer.status == 200 else {
            throw Trouble("\(name) answers \(request.path) with \(answer.status): \(answer.body)")
        }
    }

    /// The processor time that the program and its workers have taken so far.
    var processorSeconds: Double {
        ProcessTree(of: process.id).processorSeconds
    }

    /// The memory of the program and its workers, in megabytes.
    var memory: Double {
        ProcessTree(of: process.id).proportionalMemory
    }

    /// The most memory that the program ever held, in megabytes.
    var peakMemory: Double {
        ProcessTree(of: process.id).peakMemory
    }

    /// Ends it politely, and after ten seconds at once.
    func stop() {
        let tree = ProcessTree(of: process.id)
        process.signal(SIGTERM)
        for _ in 0..<1000 where ProcessTree.isRunning(process.id) { usleep(10_000) }
        for id in tree.ids where ProcessTree.isRunning(id) { kill(id, SIGKILL) }
        process.wait()
    }

    private func wait(for first: Request) throws {
        for _ in 0..<60_000 {
            if let answer = try first.answer(from: port) { return try accept(answer, to: first) }
            guard ProcessTree.isRunning(process.id) else { break }
            usleep(1000)
        }
        throw Trouble("\(name) did not start:\n\(ChildProcess.contents(of: log.path))")
    }
}
