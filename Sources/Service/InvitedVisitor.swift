import Identity
import Pages
import ReferralGroup
import Storage

/// A visitor who was invited, and where their own link leads to.
package struct InvitedVisitor: Sendable {
    package let id: SlipID
    package let secret: Secret

    package func address(at baseURL: String) -> String {
        "\(baseURL)/invitation/\(secret.text)"
    }
}

extension ActingTransaction {
    /// Invites somebody, under the record of whom the same member invited before and who has not come yet.
    package func invite(_ draft: InvitationDraft, _ secret: Secret) async throws -> InvitedVisitor {
        let id = try await visitor(of: draft)
        return try await invite(id, secret, byMail: draft.byMail)
    }

    /// Gives a visitor a link of their own; the ones before lead nowhere then, unless they are kept.
    package func invite(
        _ visitor: SlipID,
        _ secret: Secret,
        byMail: Bool,
        keepingEarlier: Bool = false
    ) async throws -> InvitedVisitor {
        guard let chapter else { throw Unknown.visitor(visitor) }
        try await run(
            .invite(
                visitor,
                hash: secret.hash,
                secret: secret.text,
                keepingEarlier: keepingEarlier,
                byMail: byMail,
                in: chapter
            )
        )
        return InvitedVisitor(id: visitor, secret: secret)
    }
}

extension ChapterContext {
    /// Throws where they have sent so many invitations that no more mails go out for a while.
    func admitInvitation(in database: Database) async throws {
        let seconds = try await acting(in: database).run(
            .takeTry([
                Bucket("invitation-by", "\(actor.person.map { "\($0)" } ?? "")", limit: 40, within: 3600)
            ])
        )
        if seconds > 0 { throw Problem.tooMany(after: seconds) }
    }
}

extension Body {
    /// Somebody to invite, by whoever asks or, of those who look after visitors, by others.
    mutating func invitation(
        of context: ChapterContext,
        _ acting: ActingDatabase
    ) async throws -> InvitationDraft {
        let date = try required(date("date"), "date")
        let greeting = try line("greeting")
        let byMail = try bool("by_mail") ?? false
        let visitor = try await visitor(of: context, acting, on: date)
        try end()
        try context.mayRegister(visitor)
        if byMail, visitor.email == nil { throw wrong("email", "give it, or send the link yourself") }
        return InvitationDraft(visitor: visitor, greeting: greeting, byMail: byMail)
    }
}

extension ChapterContext {
    /// Throws where somebody else's guest, or a visit beyond the policy, is not for them to register.
    func mayRegister(_ draft: VisitorDraft) throws {
        try mayRecord(for: [draft.inviter], needs: .seeVisitors)
        if draft.furtherVisitBecause != nil { try actor.demand(.seeVisitors) }
    }
}
