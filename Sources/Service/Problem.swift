import Exchange
import HTTPTypes
import Hummingbird
import Identity
import NIOCore
import Pages
import Printing
import ReferralGroup
import Storage

/// What went wrong with a request, as RFC 9457 has it.
struct Problem: Error, HTTPResponseError {
    let status: HTTPResponse.Status
    /// The stable last part of its type: `unknown-parameter`.
    let kind: String
    let detail: Phrase
    var pointer: String?
    /// What is wrong at the place it points to, where `detail` says the place as well.
    var reason: Phrase?
    /// Each of several places that are wrong.
    var faults: [Fault] = []
    var retryAfter: Int?

    /// One place that is wrong, and why.
    struct Fault {
        let pointer: String
        let kind: String
        let detail: Phrase
    }

    /// Several places that are wrong at once.
    static func several(_ faults: [Fault], _ detail: Phrase) -> Problem {
        Problem(status: .unprocessableContent, kind: "several", detail: detail, faults: faults)
    }

    static let unauthorized = Problem(
        status: .unauthorized,
        kind: "unauthorized",
        detail: "Sign in, or send a token that is valid: Authorization: Bearer chapterhouse_…"
    )
    static let codeWanted = Problem(
        status: .unauthorized,
        kind: "second-factor",
        detail: "The code of your second factor is still to come; give it at /sign-in/code"
    )
    static let notFound = Problem(status: .notFound, kind: "not-found", detail: "There is nothing here.")

    static func forbidden(_ permission: Permission) -> Problem {
        Problem(
            status: .forbidden,
            kind: "forbidden",
            detail: "Your offices do not give you the right to \(Phrase(of: permission.purpose))."
        )
    }

    /// A right of their offices that waits for a second factor.
    static func secondFactorWanted(_ permission: Permission) -> Problem {
        Problem(
            status: .forbidden,
            kind: "second-factor-wanted",
            detail:
                "Your office lets you \(Phrase(of: permission.purpose)) once you have a second factor: set it up at /account. A token from before has none behind it; make a new one then."
        )
    }

    static func parameter(_ name: String, _ reason: Phrase) -> Problem {
        at(name.echo, reason, "parameter", .badRequest)
    }

    /// A field of a form or a body that cannot be taken.
    static func field(_ name: String, _ reason: Phrase) -> Problem {
        at(name, reason, "field")
    }

    /// A field or a parameter that is written as it should be, and does not fit the others or what is kept.
    static func unfit(_ name: String, _ reason: Phrase) -> Problem {
        at(name, reason, "unfit")
    }

    private static func at(
        _ place: String,
        _ reason: Phrase,
        _ kind: String,
        _ status: HTTPResponse.Status = .unprocessableContent
    ) -> Problem {
        Problem(status: status, kind: kind, detail: "\(place): \(reason)", pointer: place, reason: reason)
    }

    static func busy(_ detail: Phrase) -> Problem {
        Problem(status: .serviceUnavailable, kind: "busy", detail: detail, retryAfter: 5)
    }

    /// `advice` is what else one can do meanwhile.
    static func tooMany(after seconds: Int, meanwhile advice: Phrase? = nil) -> Problem {
        tooMany(
            after: seconds,
            advice.map { "That was tried too often; wait \(seconds) seconds. \($0)" }
                ?? "That was tried too often; wait \(seconds) seconds."
        )
    }

    static func tooMany(after seconds: Int, _ detail: Phrase) -> Problem {
        Problem(status: .tooManyRequests, kind: "too-many-tries", detail: detail, retryAfter: seconds)
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("type", "https://chapterhouse.invalid/problems/\(kind)")
            writer.member("title", status.reasonPhrase)
            writer.member("status", status.code)
            writer.member("detail", detail.plain(in: .english))
            writer.member("request_id", context.id)
            writer.key("errors")
            writer.array { writer in
                for fault in faults + (pointer.map { [Fault(pointer: $0, kind: kind, detail: detail)] } ?? [])
                {
                    writer.object { writer in
                        writer.member("pointer", fault.pointer)
                        writer.member("code", fault.kind)
                        writer.member("message", fault.detail.plain(in: .english))
                    }
                }
            }
        }
        var headers: HTTPFields = [.contentType: "application/problem+json; charset=utf-8"]
        if status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
        if let retryAfter { headers[.retryAfter] = "\(retryAfter)" }
        return Response(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: writer.bytes))
        )
    }
}

extension Problem {
    /// The one table from what went wrong to a status.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let busy as HashingPool.Busy: self = .busy(Phrase(of: busy.sentence))
        case Printer.Trouble.lineIsFull: self = .busy(Phrase(of: Printer.Trouble.lineIsFull.sentence))
        case let trouble as Printer.Trouble:
            self.init(
                status: .serviceUnavailable,
                kind: "no-pdf",
                detail: Phrase(of: trouble.sentence),
                retryAfter: 60
            )
        case let refused as Refused:
            self.init(status: refused.rule.status, kind: refused.rule.rawValue, detail: refused.said)
            pointer = refused.rule.field
        case let unknown as Unknown:
            self.init(
                status: unknown.isOfTheAddress ? .notFound : .unprocessableContent,
                kind: "unknown",
                detail: Phrase(reading: unknown.message)
            )
        case let notTheirs as NotTheirs where notTheirs.awaitsSecondFactor:
            self = .secondFactorWanted(.manageMembers)
        case let notTheirs as NotTheirs:
            self.init(status: .forbidden, kind: "forbidden", detail: Phrase(of: notTheirs.message))
        case IdempotencyTrouble.stillRunning:
            self.init(
                status: .conflict,
                kind: "still-running",
                detail:
                    "The first request with this Idempotency-Key is still at work; ask again in a moment.",
                retryAfter: 1
            )
        case IdempotencyTrouble.usedForAnother:
            self.init(
                status: .unprocessableContent,
                kind: "idempotency-key",
                detail: "This Idempotency-Key was used for another request; take a new one."
            )
        case let error as any HTTPResponseError:
            let isMissing = error.status == .notFound
            self.init(
                status: error.status,
                kind: isMissing ? "not-found" : "request",
                detail: isMissing ? Problem.notFound.detail : Phrase(of: error.status.reasonPhrase)
            )
        default: self.init(DatabaseTrouble(error))
        }
    }

    private init(_ trouble: DatabaseTrouble?) {
        switch trouble?.kind {
        case .unreachable?, .busy?:
            self.init(
                status: .serviceUnavailable,
                kind: "unavailable",
                detail: "The database cannot be reached now; try again.",
                retryAfter: 2
            )
        case .badData?:
            self.init(status: .unprocessableContent, kind: "bad-data", detail: "A value cannot be kept.")
        case .notAllowed?, .bug?, nil:
            self.init(
                status: .internalServerError,
                kind: "internal",
                detail: "Something went wrong on our side; it is in the log under this request's id."
            )
        }
    }
}

extension Refusal {
    /// What is already taken conflicts; everything else is a value that cannot be.
    fileprivate var status: HTTPResponse.Status {
        switch self {
        case .regionSlugTaken, .chapterSlugTaken, .emailTaken, .fileImportedTwice, .summariesOverlap,
            .seatTaken, .memberAlready, .appointmentAlready, .leavesOverlap, .officeHeldAlready,
            .directorAlready,
            .meetingThatDay, .meetingOutOfCourse, .sheetSealed, .marksMissing, .voteTooLate,
            .monthClosedAlready, .monthWithoutMembers, .referralCited, .monthNotOver, .webhookKnownAlready,
            .webhooksEnough, .webhookIsOff:
            .conflict
        default: .unprocessableContent
        }
    }
}

extension Refusal {
    /// Where it is to be mended, as far as that has one name everywhere.
    fileprivate var field: String? {
        switch self {
        case .emailKeptOut: "/email"
        case .phoneKeptOut: "/phone"
        default: nil
        }
    }
}

extension Refused {
    fileprivate var said: Phrase {
        let rule = Phrase(of: rule.sentence)
        return detail.map { "\(rule) (\(Phrase(reading: $0)))" } ?? rule
    }
}

extension Unknown {
    fileprivate var isOfTheAddress: Bool {
        switch self {
        case .chapter, .region, .meeting, .referral, .visitor, .posting, .contact, .followUp, .application,
            .letter, .invoice, .payment, .appointment, .closedMonth, .webhook,
            .delivery:
            true
        case .member, .ambiguousMember, .setting, .value, .slip, .seat: false
        }
    }
}
