import SystemPackage

/// Why the private PostgreSQL cannot serve, in words for the person at the shell.
struct ClusterError: Error, CustomStringConvertible {
    /// What the process ends with, as sysexits.h counts.
    enum ExitStatus: Int32 {
        case unavailable = 69
        case cannotCreate = 73
        case tryAgain = 75
        case notAllowed = 77
    }

    let message: String
    let exitStatus: ExitStatus

    var description: String { message }

    init(_ message: String, _ exitStatus: ExitStatus) {
        self.message = message
        self.exitStatus = exitStatus
    }
}

extension ClusterError {
    /// The system refused `action` (a verb) on `path`.
    init(_ errno: Errno, attempting action: String, _ path: FilePath) {
        switch errno {
        case .noSpace, .diskQuotaExceeded:
            self.init("Cannot \(action) \(path): the disk is full.", .cannotCreate)
        case .permissionDenied, .notPermitted:
            self.init(
                "Cannot \(action) \(path): no right to do so. Choose another folder with --home.",
                .cannotCreate
            )
        case .readOnlyFileSystem:
            self.init(
                "Cannot \(action) \(path): the disk is read-only. Choose another folder with --home.",
                .cannotCreate
            )
        default:
            self.init("Cannot \(action) \(path): \(errno).", .cannotCreate)
        }
    }
}
