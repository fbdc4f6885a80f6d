import Postgres
import ReferralGroup
import Storage

/// The settings on which the policies are keyed, as `ActingDatabase` sends them before every query.
struct Settings: Sendable {
    private let person: String
    private let rights: String
    private let asked: String

    init(_ actor: Storage.Actor) {
        person = actor.person.map { "\($0)" } ?? ""
        rights = actor.rights.words
        asked = actor.asked
    }

    func sql(in chapter: Int) -> SQL {
        """
        SELECT WHERE set_config('app.chapter_id', \(String(chapter)), true) IS NOT NULL
                 AND set_config('app.person_id', \(person), true) IS NOT NULL
                 AND set_config('app.rights', \(rights), true) IS NOT NULL
                 AND set_config('app.asked', \(asked), true) IS NOT NULL
        """
    }

    /// The same for pgbench, in the words of what was `sent`.
    func script(_ sent: [Sent]) throws -> String {
        let statement = try sent.first(with: "app.asked")
        guard statement.text == sql(in: 1).text else {
            throw Trouble("the settings that Storage sends are others now:\n\(statement.text)")
        }
        return try statement.script(":chapter", "'\(person)'", "'\(rights)'", "'\(asked)'")
            + ";"
    }

    /// For a session that keeps them: what libpq takes as `options`.
    func options(in chapter: Int) -> String {
        // A blank within a value is escaped twice: once for the server, once for the connection string.
        let (rights, asked) = (rights.replacing(" ", with: "\\\\ "), asked.replacing(" ", with: "\\\\ "))
        return """
            -c app.chapter_id=\(chapter) -c app.person_id=\(person) -c app.rights=\(rights) -c app.asked=\(asked) \
            -c search_path=app,pg_temp -c jit=off
            """
    }
}
