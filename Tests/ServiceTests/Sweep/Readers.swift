import Hummingbird
import ReferralGroup
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
    /// Whether a president may ask it in their chapter.
    let isOfPresidents: Bool

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
        ).all.filter { $0.method == .get && !Self.repeats($0.path) }
        var questions: [SweepAsker: [SweepQuestion]] = [:]
        for (own, other) in [(one, other), (other, one)] {
            for asker in own.askers {
                let all = routes.filter { asker.asks($0.path) }.flatMap { route in
                    (asker.isLeader ? [(own, own), (other, other), (own, other)] : [(own, own)])
                        .map { place, ids in
                            SweepQuestion(
                                asker: asker,
                                address: Self.address(route.path, in: place, with: ids.ids),
                                isSteady: route.right.isInChapter && !Self.hasForms(route.path),
                                isOfPresidents: route.right.isOfPresidents
                            )
                        }
                }
                questions[asker] = Set(all).sorted { $0.address < $1.address }
            }
        }
        askers = one.askers + other.askers
        self.questions = questions
    }

    /// Whether it is a report that another route tells by the same code, in another format; but for the return.
    private static func repeats(_ path: String) -> Bool {
        [".json", ".csv", ".html"].contains { path.hasSuffix($0) } && !path.contains("/reports/roi.")
            // What goes on telling as long as somebody listens.
            || path.hasSuffix("/events")
            // A word of another chapter would not be seen in what is compressed.
            || [".xlsx", ".pdf"].contains { path.hasSuffix($0) }
    }

    /// Whether it is a page whose forms are told from each other.
    private static func hasForms(_ path: String) -> Bool {
        path.hasPrefix("/chapters/") && !path.contains("/reports/")
    }

    /// Asks for everything, or for as much as there is time for until the storm is over.
    func ask(
        as asker: SweepAsker,
        inWhole isWhole: Bool,
        _ port: Int,
        _ seed: inout SeededNumbers,
        noting heard: Heard
    ) async throws {
        for question in (questions[asker] ?? []).shuffled(using: &seed) {
            if heard.isStormOver, !isWhole { return }
            let answer = try await question.wire.ask(port)
            try expectNothingForeign(answer, to: question)
            try heard.note(answer, to: question)
        }
    }

    /// Asks everything once more: all is answered, it makes sense, and it was the same whenever it was answered.
    func expectTheSameInQuiet(as heard: Heard, _ port: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (asker, questions) in questions {
                group.addTask { try await expectTheSame(as: heard, asker, questions, port) }
            }
            try await group.waitForAll()
        }
    }

    private func expectTheSame(
        as heard: Heard,
        _ asker: SweepAsker,
        _ questions: [SweepQuestion],
        _ port: Int
    ) async throws {
        var told = 0
        for question in questions {
            let answer = try await question.wire.insist(port)
            try expectNothingForeign(answer, to: question)
            let meaning = question.isSteady ? try answer.meaning : "\(answer.status)"
            #expect(heard[question].subtracting([meaning]) == [], "\(question.address): \(meaning)")
            if isTold(asker.mark, in: answer, question) { told += 1 }
            // A leader sees all of the chapter, so that an answer of the other would be seen to be one.
            guard asker.isLeader, question.isSteady else { continue }
            let isOwn =
                question.isOfPresidents && question.address.contains("/\(asker.mark)/")
                && !isForeign(question)
            #expect((answer.status == 200) == isOwn, "\(question.address): \(answer)")
        }
        #expect(told >= asker.learnsAtLeast, "\(asker.way) of \(asker.mark) learns nothing")
    }

    /// Asks, and leaves at once or a little later, in the midst of what comes.
    func hangUp(_ number: Int, _ port: Int) async throws {
        let all = questions[askers[number % askers.count]] ?? []
        let client = try await all[number % all.count].wire.send(to: port)
        try await Task.sleep(for: .milliseconds(number % 4 * 5))
        withExtendedLifetime(client) {}
    }

    /// In no case a word of another chapter; and where the service cannot serve, it says so as it should.
    private func expectNothingForeign(_ answer: WireAnswer, to question: SweepQuestion) throws {
        for chapter in chapters where chapter.mark != question.asker.mark {
            #expect(
                !isTold(chapter.mark, in: answer, question),
                "\(question.asker.way) of \(question.asker.mark) learned of \(chapter.mark) at \(question.address): \(answer)"
            )
        }
        if answer.status >= 500 { #expect(try answer.isUnavailable, "\(question.address): \(answer)") }
    }

    private func isTold(_ mark: String, in answer: WireAnswer, _ question: SweepQuestion) -> Bool {
        // Three letters may stand by chance in the token of a form.
        let currency = question.isSteady ? chapters.first { $0.mark == mark }?.currency : nil
        let body = answer.bodyWithoutTokens
        return body.lowercased().contains(mark) || currency.map { body.contains($0) } == true
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
            .replacing("{region}", with: chapter.mark)
            .replacing("{date}", with: "2026-10-28").replacing("{month}", with: "2026-10")
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

    fileprivate var isOfPresidents: Bool {
        guard case .inChapter(let permission) = self else { return false }
        return Standing(membership: Membership.ID(1), offices: [.president]).permissions.contains(permission)
    }
}
