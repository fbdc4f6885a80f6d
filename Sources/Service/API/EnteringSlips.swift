import Exchange
import Hummingbird
import Pages
import ReferralGroup
import Storage

extension ChapterContext {
    /// Records the slip that a request's body describes.
    func enter(_ kind: EntryKind, _ request: Request, in database: Database) async throws -> Response {
        let body = try await Body(request)
        let slip = try await Slip(kind, in: body, of: self, acting(in: database))
        return try await write(request, body.bytes, in: database) { transaction in
            .made(try await slip.enter(in: transaction), at: request.place)
        }
    }

    /// Records a list of slips, each with its kind under `slip`: all of them, or none and what is wrong with each.
    func enterMany(_ request: Request, in database: Database) async throws -> Response {
        var body = try await Body(request)
        let objects = try body.required(body.objects("slips", atMost: Slip.most), "slips")
        try body.end()
        guard !objects.isEmpty else { throw body.wrong("slips", "give at least one") }
        let acting = acting(in: database)
        var (slips, refusals): ([Slip], Refusals) = ([], Refusals())
        for (place, object) in objects.enumerated() {
            await refusals.collect(at: place) {
                var object = object
                let kind = try object.required(object.word("slip", EntryKind.self), "slip")
                slips.append(try await Slip(kind, in: object, of: self, acting))
            }
        }
        try refusals.end()
        let read = slips
        return try await write(request, body.bytes, in: database) { transaction in
            var refusals = Refusals()
            var entered: [(EntryKind, SlipID)] = []
            for (place, slip) in read.enumerated() {
                await refusals.collect(at: place) {
                    let id = try await transaction.attempt { try await slip.enter(in: transaction) }
                    entered.append((slip.kind, id))
                }
            }
            try refusals.end()
            return .entered(entered)
        }
    }
}

/// What is wrong with some of many slips.
private struct Refusals {
    private var faults: [Problem.Fault] = []
    private var mayAll = true
    /// What is not for the one who asks to put right.
    private var trouble: (any Error)?

    mutating func collect(at place: Int, _ work: () async throws -> Void) async {
        guard trouble == nil else { return }
        do {
            try await work()
        } catch {
            let problem = Problem(error)
            guard problem.status.code < 500 else {
                trouble = error
                return
            }
            if problem.status == .forbidden { mayAll = false }
            let pointer = problem.pointer ?? "/slips/\(place)"
            faults.append(Problem.Fault(pointer: pointer, kind: problem.kind, detail: problem.detail))
        }
    }

    func end() throws {
        if let trouble { throw trouble }
        guard !faults.isEmpty else { return }
        throw Problem(
            status: mayAll ? .unprocessableContent : .forbidden,
            kind: "slips",
            detail: "None of the slips was recorded, for \(faults.count) of them cannot be.",
            faults: faults
        )
    }
}

extension Slip {
    /// How many may come at once.
    static let most = 100
}

extension KeptAnswer {
    fileprivate static func entered(_ slips: [(kind: EntryKind, id: SlipID)]) -> KeptAnswer {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("slips")
            writer.array { writer in
                for slip in slips {
                    writer.object { writer in
                        writer.member("slip", slip.kind.rawValue)
                        writer.member("id", slip.id.description)
                    }
                }
            }
        }
        return KeptAnswer(status: 201, body: writer.text)
    }
}
