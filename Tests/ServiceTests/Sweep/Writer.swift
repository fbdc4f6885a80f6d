import Postgres
import ReferralGroup
import Storage
import Synchronization
import TestSupport
import Testing

/// A leader who passes referrals under keys while the storm blows, and asks for what has to be refused in between.
final class Writer: Sendable {
    private static let count = 40

    private let chapter: MarkedChapter
    private let others: [MarkedChapter]
    /// The answers that said that it was done.
    private let done = Mutex<[Int: String]>([:])

    init(in chapter: MarkedChapter, beside chapters: [MarkedChapter]) throws {
        self.chapter = chapter
        others = chapters.filter { $0.mark != chapter.mark }
    }

    func write(_ port: Int) async throws {
        for number in 0..<Self.count {
            let answer = try await referral(number).ask(port)
            try expect(answer, [201], "referral \(number)")
            if answer.status == 201 { done.withLock { $0[number] = answer.body } }
            let (question, statuses) = refused(number)
            try expect(try await question.ask(port), statuses, question.address)
        }
    }

    /// Asks again for everything under the same keys: what was done is there once, with its first answer.
    func settle(_ port: Int, in scratch: ScratchDatabase) async throws {
        for number in 0..<Self.count {
            let answer = try await referral(number).insist(port)
            #expect(answer.status == 201, "\(answer)")
            if let first = done.withLock({ $0[number] }) { #expect(answer.body == first) }
        }
        let id = chapter.chapter.id
        let (mine, strayed) = try await scratch.superuser.run(
            Query<[String]>(
                values: "SELECT need FROM app.referral WHERE chapter_id = \(id) AND need LIKE '%number%'"
            ),
            Query<Int>(
                value: """
                    SELECT count(*) FROM app.referral
                     WHERE (need ILIKE \("%\(chapter.mark)%")) <> (chapter_id = \(id))
                    """
            )
        )
        #expect(mine.sorted() == (0..<Self.count).map { "\(chapter.mark) number \($0)" }.sorted())
        #expect(strayed == 0, "a referral stands in a chapter that is not its own")
    }

    private func referral(_ number: Int) -> WireQuestion {
        let receiver = chapter.members[number % chapter.members.count].id
        return question(
            #"{"receiver": \#(receiver), "need": "\#(chapter.mark) number \#(number)"}"#,
            key: "sweep-\(number)"
        )
    }

    /// What must not be done, and what may be said of it.
    private func refused(_ number: Int) -> (WireQuestion, Set<Int>) {
        let other = others[number % others.count]
        let need = "\(chapter.mark) gone astray"
        switch number % 4 {
        case 0: return (question(#"{"receiver": \#(chapter.leader.id), "need": "\#(need)"}"#), [422])
        case 1: return (question(#"{"receiver": \#(other.leader.id), "need": "\#(need)"}"#), [422])
        case 2: return (question(#"{"need": "#), [400])
        default:
            return (question(#"{"receiver": \#(other.leader.id), "need": "\#(need)"}"#, in: other), [404])
        }
    }

    private func question(_ body: String, in place: MarkedChapter? = nil, key: String? = nil) -> WireQuestion
    {
        WireQuestion(
            method: "POST",
            address: "/api/v1/chapters/\((place ?? chapter).mark)/referrals",
            headers: chapter.askers[0].headers + (key.map { ["Idempotency-Key: \($0)"] } ?? []),
            body: body
        )
    }

    private func expect(_ answer: WireAnswer, _ statuses: Set<Int>, _ what: String) throws {
        #expect(try statuses.contains(answer.status) || answer.isUnavailable, "\(what): \(answer)")
        for other in others { #expect(!answer.body.lowercased().contains(other.mark), "\(what): \(answer)") }
    }
}
