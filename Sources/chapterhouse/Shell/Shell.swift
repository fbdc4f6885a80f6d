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
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            leave(root, with: error)
        }
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
