import Identity
import Logging
import Postman
import ReferralGroup
import Storage

// Links that work once, and the mails that carry them.
extension Doorkeeper {
    /// How long an answer takes that must not tell whether an address is somebody's.
    ///
    /// It is many times what making and posting a link takes.
    static let pace = Duration.milliseconds(250)

    /// Sends a link to an address, if it is somebody's; what the caller sees and waits is the same if it is not.
    func sendLink(_ purpose: LinkPurpose, to text: String, _ visitor: Visitor) async throws {
        try await admit(
            visitor,
            [
                Bucket("link-to", EmailAddress(text)?.description ?? text, limit: 5, within: 3600),
                Bucket("link-at", visitor.address, limit: 20, within: 3600),
                Bucket("link-near", visitor.network, limit: 60, within: 3600),
                Bucket("link", "", limit: 2000, within: 3600),
            ]
        )
        let end = ContinuousClock.now + Self.pace
        if let email = EmailAddress(text) {
            _ = try await nobody(visitor).makeLink(purpose, for: email, baseURL: house.baseURL)
        }
        // A transaction that has written waits for the disk, and one that found nobody does not.
        try await Task.sleep(until: end, clock: .continuous)
    }

    /// Sends the link that makes `email` the address of whoever is signed in.
    func sendEmailLink(to email: EmailAddress, for bearer: Bearer, _ visitor: Visitor) async throws {
        try await admit(
            visitor,
            [
                Bucket("link-to", email.description, limit: 5, within: 3600),
                Bucket("link-of", "\(bearer.person)", limit: 10, within: 3600),
            ]
        )
        try await acting(bearer, visitor).makeEmailLink(to: email, baseURL: house.baseURL)
    }

    /// What a link is for; nil where it is none that works.
    func link(_ secret: Secret, _ visitor: Visitor) async throws -> OneTimeLink? {
        try await admit(visitor, [Bucket("link-shown-at", visitor.address, limit: 100, within: 900)])
        return try await nobody(visitor).run(.link(hash: secret.hash))
    }

    /// Uses a link up, and tells an address that it replaces; nil where somebody was quicker.
    func useLink(_ secret: Secret, of person: Person.ID, _ visitor: Visitor) async throws -> OneTimeLink? {
        let themselves = Actor.themselves(person, door: visitor.door, requestID: visitor.requestID)
        let link = try await database.acting(as: themselves, in: nil).transaction { transaction in
            let old = try await transaction.run(.oneself).email
            let link = try await transaction.run(.useLink(hash: secret.hash))
            if let link, link.purpose == .email, let old, old != link.email {
                try await transaction.post(.addressChanged(to: link.email), to: old, minutes: 7 * 24 * 60)
            }
            return link
        }
        if let link {
            visitor.logger.notice(
                "a link was used",
                metadata: ["person": "\(link.person)", "purpose": "\(link.purpose.rawValue)"]
            )
        }
        return link
    }
}
