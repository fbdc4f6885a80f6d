import Postgres
import ReferralGroup

/// A mail in the hands of a sender, for ten minutes.
package struct DueMail: Sendable, RowDecodable {
    package let id: Int64
    package let to: String
    package let text: MailText
    /// The same at every try, written as a UUID.
    package let messageID: String
    package let createdAt: Instant
    /// 1 at first.
    package let attempt: Int16

    package init(row: Row) throws {
        id = try row["id"]
        to = try row["to_address"]
        let (kind, facts): (String?, String?) = (try row["kind"], try row["facts"])
        if let kind, let facts {
            text = try MailText(kind: kind, language: row["language"], facts: facts)
        } else {
            text = .asItStands(subject: try row["subject"], body: try row["body"])
        }
        messageID = (try row["message_id"] as UUID).description
        createdAt = try row["created_at"]
        attempt = try row["tries"]
    }
}

/// What a mail says.
package enum MailText: Sendable {
    case asItStands(subject: String, body: String)
    /// What it tells of; whoever sends it writes it out.
    case toWrite(WrittenMail)
    /// The same to somebody who visits.
    case toVisitor(VisitorLetter)
    /// A kind that a newer program knows.
    case unknown(String)
}

extension Query<Int64> {
    /// Posts a mail in plain text that is of no use after some minutes.
    package static func postMail(
        to address: EmailAddress,
        subject: String,
        body: String,
        minutes: Int
    ) -> Self {
        Query(
            value: """
                SELECT post_mail(NULL, \(address), \(subject), \(body), now() + make_interval(mins => \(Int32(clamping: minutes))))
                """
        )
    }

    /// Posts a mail in plain text; it is sent after the transaction, unless `until` passes before.
    package static func postMail(
        to address: EmailAddress,
        person: Person.ID? = nil,
        subject: String,
        body: String,
        until: Instant? = nil
    ) -> Self {
        Query(value: "SELECT post_mail(\(person), \(address), \(subject), \(body), \(until))")
    }

    /// Makes every mail that waits due now; how many there were.
    package static func hurryMail() -> Self {
        Query(value: "SELECT hurry_mail()")
    }
}

extension Query<DueMail?> {
    /// Takes a mail that is due away from all other senders.
    package static func takeMail() -> Self {
        Query(
            """
            SELECT id, to_address, subject, body, message_id, created_at, tries, kind, language, facts FROM take_mail()
            """
        )
    }
}

extension Query<Void> {
    package static func mailIsSent(_ mail: DueMail) -> Self {
        Query("SELECT mail_is_sent(\(mail.id))")
    }
}

extension Query<Instant?> {
    /// When the next try is, or nil where the mail is given up.
    package static func mailIsNotSent(_ mail: DueMail, trouble: String, forGood: Bool) -> Self {
        Query(value: "SELECT mail_is_not_sent(\(mail.id), \(mail.attempt), \(trouble), \(forGood))")
    }
}

extension Query<[MailRecord]> {
    /// For operators: what waits, or was given up, newest first.
    package static func mailQueue(limit: Int) -> Self {
        Query("SELECT * FROM mail_queue(\(Int32(clamping: limit)))")
    }

    /// For the operator's shell: what waits, oldest first; or everything there ever was.
    package static func mails(withDone: Bool) -> Self {
        Query(
            """
            SELECT id, to_address, subject, created_at, tries, next_try_at, last_trouble, sent_at, given_up_at
              FROM mail
             WHERE \(withDone) OR sent_at IS NULL AND given_up_at IS NULL
             ORDER BY id
            """
        )
    }
}

extension ActingDatabase {
    /// Says that mail was posted, or may have been: at the start, and after the connection was lost.
    package var mailPostings: some AsyncSequence<Void, Never> & Sendable {
        client.notifications(on: ["mail"]).map { _ in () }
    }
}

extension MailRecord: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            id: row["id"],
            to: row["to_address"],
            subject: row["subject"],
            createdAt: row["created_at"],
            tries: row["tries"],
            nextTryAt: row["next_try_at"],
            lastTrouble: row["last_trouble"],
            sentAt: row["sent_at"],
            givenUpAt: row["given_up_at"]
        )
    }
}
