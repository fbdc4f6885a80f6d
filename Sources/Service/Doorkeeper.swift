import Identity
import Logging
import Pages
import ReferralGroup
import Storage

/// Lets people in: by password, by a link in their mail, by a second factor.
///
/// Whoever tries too often waits, by account and address, by address, and all together. What strangers try elsewhere
/// keeps nobody out for good: where somebody has signed in before only the tries from there count, and a link by mail
/// has bounds of its own.
struct Doorkeeper: Sendable {
    let database: Database
    let hashing: HashingPool
    let house: House
    /// By whom people may be let in as well.
    var provider: Provider?

    /// How the service is known outside, and what it asks of its officers.
    struct House: Sendable {
        /// `https://chapterhouse.example.org`, without a slash at the end; links in mails begin with it.
        let baseURL: String
        let officersNeedSecondFactor: Bool
    }

    /// Where a request comes from.
    struct Visitor: Sendable {
        let door: Door
        let requestID: String
        let address: String
        let agent: String?
        let logger: Logger
    }

    /// What came of somebody's wish to come in.
    enum Entry: Sendable {
        /// The session's secret, for the cookie.
        case entered(Secret, Person.ID)
        /// Likewise, but the second factor is still to come.
        case awaitsCode(Secret)
        case refused
    }

    /// Checks a password; at the price of one hash, whether there is such a person or not.
    ///
    /// Whoever finds no place where it could be checked is told so at once, and it counts as no try.
    func enter(email: String, password: String, _ visitor: Visitor) async throws -> Entry {
        try await hashing.withPlace { try await check(email: email, password: password, visitor) }
    }

    private func check(email text: String, password: String, _ visitor: Visitor) async throws -> Entry {
        let email = EmailAddress(text)
        let account = email?.description ?? text
        let nobody = nobody(visitor)
        try await admit(
            visitor,
            [
                Bucket("password-of-at", "\(account) \(visitor.network)", limit: 10, within: 900),
                Bucket("password-at", visitor.address, limit: 60, within: 900),
                Bucket("password-near", "\(visitor.network)", limit: 200, within: 900),
            ],
            withStrangers: [
                Bucket("password-of", account, limit: 100, within: 3600),
                Bucket("password", "", limit: 3000, within: 600),
            ],
            meanwhile: "A link by mail lets you in meanwhile."
        ) { if let email { try await nobody.run(.signIn(of: email))?.person } else { nil } }
        let record: SignInRecord? =
            if let email { try await nobody.run(.signIn(of: email)) } else { nil }
        let hash = record?.passwordHash.flatMap { PasswordHash($0) }
        guard try await hashing.verify(password, against: hash), let record, let hash else {
            visitor.logger.notice(
                "a password was refused",
                metadata: ["person": "\(record?.person.description ?? "")"]
            )
            return .refused
        }
        if hashing.wantsRehash(of: hash) { await rehash(password, hash, of: record.person, visitor) }
        return try await open(for: record.person, isProved: !record.hasSecondFactor, visitor)
    }

    /// Opens a session, and ends nothing else.
    func open(for person: Person.ID, isProved: Bool, _ visitor: Visitor) async throws -> Entry {
        let secret = Secret()
        _ = try await nobody(visitor).run(
            .openSession(
                of: person,
                hash: secret.hash,
                isProved: isProved,
                agent: visitor.agent,
                address: visitor.address
            )
        )
        return opened(secret, for: person, isProved: isProved, visitor)
    }

    /// Tells the log of a session that was opened.
    func opened(_ secret: Secret, for person: Person.ID, isProved: Bool, _ visitor: Visitor) -> Entry {
        visitor.logger.notice(
            isProved ? "signed in" : "signed in but for the second factor",
            metadata: ["person": "\(person)"]
        )
        return isProved ? .entered(secret, person) : .awaitsCode(secret)
    }

    /// Checks a code of the app, or a recovery code; a session that was proved takes the place of the half one.
    func enter(code: String, of bearer: Bearer, _ visitor: Visitor, now: Instant) async throws -> Entry {
        guard try await isRight(code, of: bearer, visitor, now: now) else { return .refused }
        let entry = try await open(for: bearer.person, isProved: true, visitor)
        if let half = bearer.session { _ = try await acting(bearer, visitor).run(.endSession(half)) }
        return entry
    }

    /// Whether a code is right; it is used up by that.
    func isRight(_ code: String, of bearer: Bearer, _ visitor: Visitor, now: Instant) async throws -> Bool {
        try await admit(
            visitor,
            [
                Bucket("code-of-at", "\(bearer.person) \(visitor.network)", limit: 10, within: 900),
                Bucket("code-at", visitor.address, limit: 60, within: 900),
            ],
            withStrangers: [Bucket("code-of", "\(bearer.person)", limit: 10, within: 900)]
        ) { bearer.person }
        let acting = acting(bearer, visitor)
        guard let factor = try await acting.run(.ownSecondFactor) else { return false }
        let password = OneTimePassword(key: factor.secret)
        if let step = password?.matchingStep(for: code, at: now, after: factor.lastStep) {
            return try await acting.run(.useStep(step))
        }
        guard factor.isConfirmed, let recovery = RecoveryCode(code) else { return false }
        let isRight = try await acting.run(.useRecoveryCode(hash: recovery.hash))
        if isRight {
            visitor.logger.notice("a recovery code was used", metadata: ["person": "\(bearer.person)"])
        }
        return isRight
    }

    /// Whether it is the password of somebody who is signed in; asked for again before anything delicate.
    func isRight(password: String, of email: EmailAddress, _ visitor: Visitor) async throws -> Bool {
        try await admit(
            visitor,
            [
                Bucket("password-of-at", "\(email) \(visitor.network)", limit: 10, within: 900),
                Bucket("password-again-of", "\(email)", limit: 30, within: 3600),
            ]
        )
        let record = try await nobody(visitor).run(.signIn(of: email))
        return try await hashing.verify(password, against: record?.passwordHash.flatMap { PasswordHash($0) })
    }

    /// A password that may be kept, as it is kept; throws a problem of the field where it may not.
    func hashed(_ password: String, context: [String]) async throws -> PasswordHash {
        do {
            return try await hashing.hash(Password(choosing: password, context: context))
        } catch let refused as Password.Refused {
            throw Problem.field("password", Phrase(reading: refused.sentence))
        }
    }

    /// Makes a token that stands for somebody who has just shown that it is them; nil for an operator without a
    /// second factor, which a token would pass by.
    func makeToken(
        named name: String,
        days: Int,
        isReadOnly: Bool,
        for context: PersonContext
    ) async throws -> Token? {
        let acting = database.acting(as: context.actor, in: nil)
        let (person, factor) = try await acting.run(.oneself, .ownSecondFactor)
        guard !person.isOperator || factor?.isConfirmed == true else { return nil }
        let token = try await acting.createToken(
            for: context.bearer.person,
            named: name,
            days: days,
            isReadOnly: isReadOnly
        )
        context.logger.notice("a token was made", metadata: ["person": "\(context.bearer.person)"])
        return token
    }

    /// Counts a try; throws where it has to wait.
    ///
    /// What somebody shares `withStrangers`, the tries against one account from everywhere and those of everybody,
    /// does not hold up `account` where they have signed in before.
    func admit(
        _ visitor: Visitor,
        _ own: [Bucket],
        withStrangers shared: [Bucket] = [],
        meanwhile advice: Phrase? = nil,
        of account: () async throws -> Person.ID? = { nil }
    ) async throws {
        let nobody = nobody(visitor)
        var seconds = try await nobody.run(.takeTry(own + shared))
        if seconds > 0, !shared.isEmpty, let person = try await account(),
            try await nobody.run(.addresses(of: person)).contains(where: {
                Network(of: $0) == visitor.network
            })
        {
            seconds = try await nobody.run(.takeTry(own))
        }
        guard seconds > 0 else { return }
        visitor.logger.notice("too many tries", metadata: ["scope": "\(own.first?.scope ?? "")"])
        throw Problem.tooMany(after: seconds, meanwhile: advice)
    }

    /// Their chapters, with when the offices there want the second factor that is missing, if ever.
    func chapters(of acting: ActingDatabase) async throws -> [OwnChapter] {
        var chapters = try await acting.run(.ownChapters)
        guard !house.officersNeedSecondFactor else { return chapters }
        for place in chapters.indices { chapters[place].secondFactorIn = nil }
        return chapters
    }

    func nobody(_ visitor: Visitor) -> ActingDatabase {
        database.acting(as: .nobody(door: visitor.door, requestID: visitor.requestID), in: nil)
    }

    func acting(_ bearer: Bearer, _ visitor: Visitor) -> ActingDatabase {
        database.acting(as: Actor(bearer, door: visitor.door, requestID: visitor.requestID), in: nil)
    }

    /// Keeps the password under today's parameters; a failure only puts that off.
    private func rehash(
        _ password: String,
        _ hash: PasswordHash,
        of person: Person.ID,
        _ visitor: Visitor
    ) async {
        do {
            let new = try await hashing.hash(known: password)
            let themselves = Actor.themselves(person, door: visitor.door, requestID: visitor.requestID)
            try await database.acting(as: themselves, in: nil)
                .run(.rehashPassword(from: hash.text, to: new.text))
        } catch {
            visitor.logger.notice("a password keeps its old hash for now")
        }
    }
}

extension Doorkeeper.Visitor {
    var network: Network {
        Network(of: address)
    }
}
