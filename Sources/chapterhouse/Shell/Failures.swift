import ArgumentParser
import Exchange
import Printing
import ReferralGroup
import Storage

extension Failure {
    /// The one table from what went wrong to a status and a sentence; nil for what the argument parser says itself.
    init?(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure
        case let refused as Refused: self.init(.badData, refused.message)
        case let file as ChapterNotRestored:
            self.init(.badData, "nothing was restored: \(file.message.legible)")
        case let unknown as Unknown: self.init(.badData, unknown.message)
        case let notTheirs as NotTheirs: self.init(.notAllowed, notTheirs.message)
        case let undistributed as NotDistributable: self.init(.unavailable, undistributed.message)
        case let mismatch as SchemaMismatch: self.init(.unavailable, mismatch.message)
        case let known as FileKnownByOtherDates: self.init(.badData, known.message)
        case let leaned as ImportLeanedOn: self.init(.badData, leaned.message)
        case let unreadable as ExchangeError:
            self.init(unreadable.reason == .unreadable ? .noInput : .badData, unreadable.description)
        case let cluster as ClusterError:
            self.init(ExitStatus(rawValue: cluster.exitStatus.rawValue) ?? .unavailable, cluster.message)
        case let trouble as Printer.Trouble:
            self.init(trouble == .tookTooLong ? .tryAgain : .unavailable, trouble.reason)
        case let workbook as WorkbookError:
            self.init(.cannotCreate, "the workbook cannot be written: \(workbook.reason)")
        case is CleanExit, is ValidationError, is ExitCode: return nil
        case is CancellationError: self.init(.tryAgain, "stopped before it was done; nothing was changed")
        default:
            guard let trouble = DatabaseTrouble(error) else { return nil }
            self.init(trouble.status, trouble.message)
        }
    }
}

extension DatabaseTrouble {
    fileprivate var status: ExitStatus {
        switch kind {
        case .unreachable: .unavailable
        case .busy: .tryAgain
        case .notAllowed: .notAllowed
        case .badData: .badData
        case .bug: .ourBug
        }
    }
}
