import Identity
import Logging
import Postman
import Pages
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
        let (email, nobody) = (EmailAddress(text), nobody(visitor))
        try await admit(
            visitor,
            [
                // One in twelve minutes, and each is good for fifteen: whoever else asks for them, and however
                // often, there is always a new one to be had or one in the mail.
                Bucket("link-to", email?.description ?? text, limit: 5, within: 3600),
                Bucket("link-at", visitor.address, limit: 20, within: 3600),
                Bucket("link-near", "\(visitor.network)", limit: 60, within: 3600),
            ],
            withStrangers: [Bucket("link", "", limit: 2000, within: 3600)],
            meanwhile: "A link that was sent before may still be good: look in your mail."
        ) { if let email { try await nobody.run(.signIn(of: email))?.person } else { nil } }
        let end = ContinuousClock.now + Self.pace
        if let email {
            _ = try await nobody.makeLink(purpose, for: email, baseURL: house.baseURL)
        }
        // A transaction that has written waits for the disk, and one that found nobody does not.
        try await Task.sleep(until: end, clock: .continuous)
    }

    /// Sends the link that makes `email` the address of whoever is signed in.
    func sendEmailLink(to email: EmailAddress, for bearer: Bearer, _ visitor: Visitor) async throws {
        try await admit(
            visitor,
            [
                Bucket("change-to", email.description, limit: 5, within: 3600),
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

    /// What came of following a link.
    enum Following: Sendable {
        case cameIn(Entry)
        /// It gave its owner a new address.
        case changedAddress
        case wasQuicker
    }

    /// Uses a link up and does what it is for, all of it or nothing; an address that it replaces is told.
    func follow(
        _ link: OneTimeLink,
        _ secret: Secret,
        password: PasswordHash?,
        _ visitor: Visitor
    ) async throws -> Following {
        let themselves = Actor.themselves(link.person, door: visitor.door, requestID: visitor.requestID)
        let session = Secret()
        let used = try await database.acting(as: themselves, in: nil).transaction { transaction in
            let old = try await transaction.run(.oneself).email
            let used = try await transaction.run(.useLink(hash: secret.hash))
            guard let used else { return OneTimeLink?.none }
            if used.purpose == .email {
                if let old, old != used.email {
                    try await transaction.post(
                        .addressChanged(to: used.email),
                        to: old,
                        minutes: 7 * 24 * 60
                    )
                }
                return used
            }
            if let password { try await transaction.run(.setPassword(hash: password.text, keeping: nil)) }
            try await transaction.run(
                .openSession(
                    of: used.person,
                    hash: session.hash,
                    isProved: !used.hasSecondFactor,
                    agent: visitor.agent,
                    address: visitor.address
                )
            )
            return used
        }
        guard let used else { return .wasQuicker }
        visitor.logger.notice(
            "a link was used",
            metadata: ["person": "\(used.person)", "purpose": "\(used.purpose.rawValue)"]
        )
        guard used.purpose != .email else { return .changedAddress }
        return .cameIn(opened(session, for: used.person, isProved: !used.hasSecondFactor, visitor))
    }
}
