import ArgumentParser
import Glibc

/// Runs the program and ends it with the right number.
enum Shell {
    static func main<Root: AsyncParsableCommand>(of root: Root.Type, arguments: [String]) async {
        // A reader that goes away shows as EPIPE where we write.
        signal(SIGPIPE, SIG_IGN)
        do {
            try refuseBrokenText()
            var command = try root.parseAsRoot(arguments)
            // Help is given whatever is set.
            guard let work = command as? any AsyncParsableCommand else { return try command.run() }
            let given = await GivenSettings.read()
            // That command says by itself what is wrong with them.
            if let problem = given.problems.first, !(work is ConfigCommands.Check) {
                throw Failure(.configuration, problem)
            }
            try await GivenSettings.$current.withValue(given) { try await run(work) }
        } catch {
            leave(root, with: error)
        }
    }

    private static func run(_ command: any AsyncParsableCommand) async throws {
        var command = command
        try await command.run()
    }

    private static func leave<Root: ParsableCommand>(_ root: Root.Type, with error: any Error) {
        if let failure = Failure(error) {
            if !failure.message.isEmpty { Output.note("chapterhouse: \(failure.message)") }
            exit(failure.status.rawValue)
        }
        root.exit(withError: error)
    }

    /// Swift would mend a broken argument silently, and a name would be kept that nobody typed.
    private static func refuseBrokenText() throws {
        for index in 1..<max(1, Int(CommandLine.argc)) {
            guard let bytes = CommandLine.unsafeArgv[index], String(validatingCString: bytes) == nil else {
                continue
            }
            throw Failure(.badData, "argument \(index) is not valid UTF-8; give text as UTF-8")
        }
    }
}
