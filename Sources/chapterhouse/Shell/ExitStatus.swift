/// How a command ended, in the numbers of sysexits.
enum ExitStatus: Int32 {
    case done = 0
    case usage = 64
    case badData = 65
    case noInput = 66
    case unavailable = 69
    case ourBug = 70
    case cannotCreate = 73
    case inputOutput = 74
    case tryAgain = 75
    case notAllowed = 77
    case configuration = 78
}

/// Ends a command with a message for whoever typed it.
struct Failure: Error {
    let status: ExitStatus
    let message: String

    init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }
}
