import Postgres
import ReferralGroup
import Synchronization

/// What the database says of whoever shows something.
package struct Recognition: Sendable {
    package let bearer: Bearer
    let question: SQL
    let said: QueryResult
}

extension Query<Recognition?> {
    /// Who shows it, as `bearer` says; for presuming the same of the next request.
    package static func recognition(_ shown: Shown, slug: Chapter.Slug?) -> Self {
        let question = shown.question(slug: slug)
        return Query(question) { said in
            try Query<Bearer?>(question).decoded(said).map {
                Recognition(bearer: $0, question: question, said: said)
            }
        }
    }
}

/// The word of an earlier request for who asks now, until the database has been asked again.
///
/// What is read on it travels behind the question whether it still holds, in the same transaction and the same round
/// trip; where the answer is another one, nobody sees what was read.
package final class Presumption: Sendable {
    private enum State: UInt8, AtomicRepresentable {
        case open, held, refuted
    }

    /// Something has changed since the earlier request: a right, an office, the chapter, the end of a session.
    package struct Refuted: Error {}

    let question: SQL
    private let said: QueryResult
    private let state = Atomic(State.open)

    package init(_ recognition: Recognition) {
        (question, said) = (recognition.question, recognition.said)
    }

    var isOpen: Bool {
        state.load(ordering: .acquiring) == .open
    }

    var holds: Bool {
        state.load(ordering: .acquiring) == .held
    }

    func judge(_ answer: QueryResult) throws(Refuted) {
        guard answer.equals(said) else {
            state.store(.refuted, ordering: .releasing)
            throw Refuted()
        }
        // What was refuted once, by another read at the same time, does not hold again.
        _ = state.compareExchange(expected: .open, desired: .held, ordering: .releasing)
    }
}
