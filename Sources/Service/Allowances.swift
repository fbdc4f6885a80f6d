import HTTPTypes
import Hummingbird
import Logging
import NIOConcurrencyHelpers
import Pages
import Printing
import ReferralGroup

/// What one person may ask for only so often, however many devices and tokens they have: files of reports, and searches.
enum Effort: String {
    case file, search

    /// Judged by the address alone, so that no route can forget it; nil for what nobody counts.
    init?(_ request: Request) {
        let path = request.uri.path
        if request.uri.queryParameters["q"]?.isEmpty == false {
            self = .search
        } else if path == "/api/v1/me/data" || path == "/account/privacy/data" {
            self = .file
        } else if let format = path.suffixOfName.flatMap({ ReportFormat(rawValue: String($0)) }) {
            guard format != .json else { return nil }
            self = .file
        } else if path.hasPrefix("/api/"), path.utf8.contains("/reports/".utf8), path.suffixOfName == nil,
            let format = try? ReportFormat(acceptedBy: request), format != .json
        {
            self = .file
        } else {
            return nil
        }
    }

    fileprivate func most(_ limits: Limits) -> Int {
        switch self {
        case .file: limits.filesOfOne
        case .search: limits.searchesOfOne
        }
    }

    fileprivate func problem(after seconds: Int) -> Problem {
        switch self {
        case .file:
            Problem.tooMany(
                after: seconds,
                "You have fetched many files within a short time; wait \(seconds) seconds."
            )
        case .search:
            Problem.tooMany(
                after: seconds,
                "You have searched many times within a short time; wait \(seconds) seconds."
            )
        }
    }
}

/// How much each person has asked for lately, counted in this process: it costs no round trip, and a restart forgives.
final class Allowances: Sendable {
    private struct Key: Hashable {
        let person: Person.ID
        let effort: Effort
    }

    /// What was asked for and has not yet run out.
    private struct Bucket {
        var level: Double
        var at: ContinuousClock.Instant

        func level(at moment: ContinuousClock.Instant, most: Int) -> Double {
            max(0, level - (moment - at) / Allowances.span * Double(most))
        }
    }

    /// In which a bucket that is full runs dry.
    static let span: Duration = .seconds(600)
    /// From so many buckets on those that are dry go.
    private static let many = 4096
    private let limits: Limits
    private let buckets = NIOLockedValueBox<[Key: Bucket]>([:])

    init(_ limits: Limits) {
        self.limits = limits
    }

    /// Counts what a request asks for; throws where it is too much.
    func admit(_ request: Request, _ context: AnyoneContext, _ person: Person.ID?) throws {
        guard let person, let effort = Effort(request),
            let seconds = take(effort, of: person, at: .now)
        else { return }
        context.logger.notice(
            "too many tries",
            metadata: ["scope": "\(effort.rawValue)", "person": "\(person)"]
        )
        throw effort.problem(after: seconds)
    }

    /// Takes one; where there is none left, says in how many seconds there is, and counts nothing.
    func take(_ effort: Effort, of person: Person.ID, at moment: ContinuousClock.Instant) -> Int? {
        let most = effort.most(limits)
        return buckets.withLockedValue { buckets in
            if buckets.count >= Self.many { buckets = buckets.filter { moment - $1.at < Self.span } }
            let key = Key(person: person, effort: effort)
            let level = buckets[key]?.level(at: moment, most: most) ?? 0
            guard level + 1 > Double(most) else {
                buckets[key] = Bucket(level: level + 1, at: moment)
                return nil
            }
            let seconds = (level + 1 - Double(most)) * (Self.span / .seconds(1)) / Double(most)
            // What is left by a rounding is no second more.
            return max(1, Int((seconds - 1e-6).rounded(.up)))
        }
    }
}

extension String {
    /// What follows the last dot of the last part of a path.
    fileprivate var suffixOfName: Substring? {
        guard let dot = lastIndex(of: "."), !self[dot...].contains("/") else { return nil }
        return self[index(after: dot)...]
    }
}
