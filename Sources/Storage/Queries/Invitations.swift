import Postgres
import ReferralGroup

extension ActingTransaction {
    /// The visitor of an invitation: whom the same member invited before and who has not come yet, else a new one.
    package func visitor(of draft: InvitationDraft) async throws -> SlipID {
        guard let known = try await known(draft.visitor) else {
            let id = try await register(draft.visitor)
            try await run(.greet(id, with: draft.greeting, in: ledger()))
            return id
        }
        let visitor = draft.visitor
        try await run(
            Query<Void>(
                """
                UPDATE visitor
                   SET visit_on = coalesce(\(visitor.visitOn), today(\(try ledger()))), kind = \(visitor.kind.rawValue),
                       email = coalesce(\(watched: visitor.email), email), phone = coalesce(\(watched: visitor.phone), phone),
                       company = coalesce(\(visitor.company), company), profession = coalesce(\(visitor.profession), profession),
                       folded_profession = coalesce(\(visitor.profession.map { FoldedName($0) }), folded_profession),
                       further_visit_because = \(visitor.furtherVisitBecause), declined_at = NULL, declined_because = NULL
                 WHERE chapter_id = \(try ledger()) AND id = \(known)
                """
            ),
            .greet(known, with: draft.greeting, in: try ledger())
        )
        return known
    }

    private func known(_ draft: VisitorDraft) async throws -> SlipID? {
        let inviter: Membership.ID? = if case .member(let member) = draft.inviter { member } else { nil }
        if case .outsider = draft.inviter { return nil }
        return try await run(
            Query<[SlipID]>(
                values: """
                    SELECT id FROM visitor
                     WHERE chapter_id = \(try ledger()) AND folded_name = \(FoldedName(draft.name))
                       AND inviter_id IS NOT DISTINCT FROM \(inviter) AND inviter_outsider_id IS NULL
                       AND NOT came AND status IN ('new', 'contacted') AND erased_at IS NULL AND import_batch_id IS NULL
                       AND (email IS NULL OR \(draft.email)::text IS NULL OR lower(email) = lower(\(draft.email)))
                       AND (phone IS NULL OR \(draft.phone)::text IS NULL
                            OR regexp_replace(phone, '[^0-9]', '', 'g') = regexp_replace(\(draft.phone), '[^0-9]', '', 'g'))
                     ORDER BY visit_on DESC, id LIMIT 1
                       FOR UPDATE
                    """
            )
        ).first
    }
}

extension Query<Void> {
    /// Keeps what whoever invites wrote to a visitor.
    package static func greet(_ visitor: SlipID, with greeting: String?, in chapter: Chapter.ID) -> Self {
        Query("UPDATE visitor SET greeting = \(greeting) WHERE chapter_id = \(chapter) AND id = \(visitor)")
    }

    /// Gives a visitor a link of their own, and posts the mail that carries it; the links before end, unless they are
    /// kept.
    package static func invite(
        _ visitor: SlipID,
        hash: [UInt8],
        secret: String,
        keepingEarlier: Bool,
        byMail: Bool,
        in chapter: Chapter.ID
    ) -> Self {
        Query(
            """
            SELECT invite_visitor(\(chapter), \(visitor), \(Bytes(hash)), \(byMail ? secret : nil as String?), \(keepingEarlier), \(byMail))
            """
        )
    }
}

extension Query<Invitation?> {
    /// What a visitor's link leads to; nil where that is nothing.
    package static func invitation(hash: [UInt8]) -> Self {
        Query("SELECT * FROM invitation(\(Bytes(hash)))")
    }
}

extension Query<Bool> {
    /// Keeps what a visitor says of themselves, with their consent; false where the link leads nowhere.
    package static func register(_ visitor: VisitorRegistration, at hash: [UInt8]) -> Self {
        Query(
            value: """
                SELECT register_at_link(\(Bytes(hash)), \(visitor.name), \(FoldedName(visitor.name)), \(visitor.company), \(visitor.profession),
                                        \(visitor.profession.map { FoldedName($0) }), \(visitor.email), \(visitor.phone))
                """
        )
    }

    /// Keeps that a visitor cannot come; false where the link leads nowhere.
    package static func decline(at hash: [UInt8], because reason: String?) -> Self {
        Query(value: "SELECT decline_at_link(\(Bytes(hash)), \(reason))")
    }
}

extension Invitation: RowDecodable {
    package init(row: Row) throws {
        let begins: String? = try row["begins"]
        let minutes: Int16? = try row["minutes"]
        try self.init(
            chapterName: row["chapter_name"],
            inviter: row["inviter"],
            greeting: row["greeting"],
            day: row["visit_on"],
            begins: begins.flatMap { LocalTime($0) },
            minutes: minutes.map { Int($0) },
            place: row["place"],
            isCalledOff: row["is_called_off"],
            registration: VisitorRegistration(
                name: row["name"],
                company: row["company"],
                profession: row["profession"],
                email: row["email"],
                phone: row["phone"]
            ),
            answer: Visitor.Answer(row: row, hasDeclined: row["has_declined"]),
            came: row["came"],
            isSeatHeld: row["is_seat_held"]
        )
    }
}
