import Hummingbird
import Service
import Storage
import TestSupport
import Testing

/// A question of the sweep: who asks, and for what.
struct SweepQuestion: Hashable, Sendable {
    let asker: SweepAsker
    let address: String
    /// Whether two answers in a row are the same: what is of a chapter stays, a session's last use does not.
    let isSteady: Bool

    var wire: WireQuestion {
        WireQuestion(method: "GET", address: address, headers: asker.headers)
    }
}

/// Three of each of two chapters, who ask every reading route there is; the leaders of the other chapter's as well, and
/// of their own with the other's ids.
struct Readers: Sendable {
    let askers: [SweepAsker]
    private let chapters: [MarkedChapter]
    private let questions: [SweepAsker: [SweepQuestion]]

    init(
        of one: MarkedChapter,
        and other: MarkedChapter,
        not chapters: [MarkedChapter],
        in database: Database
    ) {
        self.chapters = chapters
        let routes = ChapterhouseService.routes(
            database: database,
            hashing: .cheap,
            baseURL: "https://chapterhouse.example.org"
        ).all.filter { $0.method == .get }
        var questions: [SweepAsker: [SweepQuestion]] = [:]
        for (own, other) in [(one, other), (other, one)] {
            for asker in own.askers {
                let all = routes.filter { asker.asks($0.path) }.flatMap { route in
                    (asker.isLeader ? [(own, own), (other, other), (own, other)] : [(own, own)])
                        .map { place, ids in
                            SweepQuestion(
                                asker: asker,
                                address: Self.address(route.path, in: place, with: ids.ids),
                                isSteady: route.right.isInChapter
                            )
                        }
                }
                questions[asker] = Set(all).sorted { $0.address < $1.address }
            }
        }
        askers = one.askers + other.askers
        self.questions = questions
    }

    /// What is answered while nothing goes wrong; it has to make sense.
    func askInQuiet(_ port: Int) async throws -> [SweepQuestion: WireAnswer] {
        try await withThrowingTaskGroup(of: [SweepQuestion: WireAnswer].self) { group in
            for (asker, questions) in questions {
                group.addTask { try await askInQuiet(asker, questions, port) }
            }
            return try await group.reduce(into: [:]) { $0.merge($1) { $1 } }
        }
    }

    private func askInQuiet(
        _ asker: SweepAsker,
        _ questions: [SweepQuestion],
        _ port: Int
    ) async throws -> [SweepQuestion: WireAnswer] {
        var answers: [SweepQuestion: WireAnswer] = [:]
        for question in questions {
            let answer = try await question.wire.insist(port)
            try expect(answer, to: question, answer)
            answers[question] = answer
            // A leader sees all of the chapter, so that an answer of the other would be seen to be one.
            guard asker.isLeader, question.isSteady else { continue }
            let isOwn = question.address.contains("/\(asker.mark)/") && !isForeign(question)
            #expect((answer.status == 200) == isOwn, "\(question.address): \(answer)")
        }
        let told = answers.filter { isTold(asker.mark, in: $0.value, $0.key) }
        #expect(told.count >= asker.learnsAtLeast, "\(asker.way) of \(asker.mark) learns nothing")
        return answers
    }

    func askAll(
        as asker: SweepAsker,
        _ port: Int,
        _ quiet: [SweepQuestion: WireAnswer],
        _ seed: inout SeededNumbers,
        noting statuses: Statuses
    ) async throws {
        for question in (questions[asker] ?? []).shuffled(using: &seed) {
            let answer = try await question.wire.ask(port)
            statuses.note(answer.status)
            try expect(answer, to: question, quiet[question])
        }
    }

    /// Asks, and leaves at once or a little later, in the midst of what comes.
    func hangUp(_ number: Int, _ port: Int) async throws {
        let all = questions[askers[number % askers.count]] ?? []
        let client = try await all[number % all.count].wire.send(to: port)
        try await Task.sleep(for: .milliseconds(number % 4 * 5))
        withExtendedLifetime(client) {}
    }

    /// The whole right answer, or that the service cannot serve now; in no case a word of another chapter.
    func expect(_ answer: WireAnswer, to question: SweepQuestion, _ quiet: WireAnswer?) throws {
        for chapter in chapters where chapter.mark != question.asker.mark {
            #expect(
                !isTold(chapter.mark, in: answer, question),
                "\(question.asker.way) of \(question.asker.mark) learned of \(chapter.mark) at \(question.address): \(answer)"
            )
        }
        guard answer.status != 503 else {
            #expect(try answer.isUnavailable, "\(question.address): \(answer)")
            return
        }
        let quiet = try #require(quiet)
        if question.isSteady {
            #expect(try answer.meaning == quiet.meaning, "\(question.address)")
        } else {
            #expect(answer.status == quiet.status, "\(question.address): \(answer)")
        }
    }

    private func isTold(_ mark: String, in answer: WireAnswer, _ question: SweepQuestion) -> Bool {
        // Three letters may stand by chance in the token of a form.
        let currency = question.isSteady ? chapters.first { $0.mark == mark }?.currency : nil
        return answer.body.lowercased().contains(mark) || currency.map { answer.body.contains($0) } == true
    }

    private func isForeign(_ question: SweepQuestion) -> Bool {
        chapters.contains { chapter in
            chapter.mark != question.asker.mark
                && chapter.ids.contains { question.address.contains("\($0.key)/\($0.value)") }
        }
    }

    private static func address(
        _ path: String,
        in chapter: MarkedChapter,
        with ids: [String: String]
    ) -> String {
        var address = path.replacing("{chapter}", with: chapter.mark)
            .replacing("{date}", with: "2026-10-28")
            .replacing("{secret}", with: String(repeating: "0", count: 64))
        for (kind, id) in ids { address = address.replacing("\(kind)/{id}", with: "\(kind)/\(id)") }
        guard address.contains("/reports/") else { return address }
        return address + "?month=2026-10&as_of=2031-01-01T00:00:00Z"
    }
}

extension Right {
    fileprivate var isInChapter: Bool {
        if case .inChapter = self { true } else { false }
    }
}
