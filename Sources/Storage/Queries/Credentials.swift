import Postgres
import ReferralGroup

/// What is needed to check a password.
package struct SignInRecord: Sendable, RowDecodable {
    package let person: Person.ID
    /// In PHC form; nil for who has none.
    package let passwordHash: String?
    package let hasSecondFactor: Bool

    package init(row: Row) throws {
        person = try row["person_id"]
        passwordHash = try row["password_hash"]
        hasSecondFactor = try row["has_second_factor"]
    }
}

extension Query<SignInRecord?> {
    /// Nil where nobody has the address, or may come in with it.
    package static func signIn(of email: EmailAddress) -> Self {
        Query("SELECT * FROM sign_in_of(\(email))")
    }
}

extension Query<Void> {
    /// Gives the acting person a password; every other session ends, and every token.
    package static func setPassword(hash: String, keeping session: Session.ID?) -> Self {
        Query("SELECT set_password(\(hash), \(session))")
    }

    /// Keeps the acting person's password under other parameters.
    package static func rehashPassword(from old: String, to new: String) -> Self {
        Query("SELECT rehash_password(\(old), \(new))")
    }
}

/// What a one-time link is for.
package enum LinkPurpose: String, Sendable {
    case invitation
    case signIn = "sign-in"
    case reset
    case email = "e-mail"
}

/// A link that somebody followed.
package struct OneTimeLink: Sendable, RowDecodable {
    package let person: Person.ID
    package let name: String
    package let purpose: LinkPurpose
    /// Where it was sent; its holder reads that address.
    package let email: EmailAddress
    package let hasSecondFactor: Bool

    package init(row: Row) throws {
        person = try row["person_id"]
        name = try row["person_name"]
        purpose = try row.word("purpose")
        email = try row["email"]
        hasSecondFactor = try row["has_second_factor"]
    }
}

extension Query<Bool> {
    /// Makes a link for whoever has the address and ends older ones; false, not to be shown, where nobody has it.
    package static func makeLink(
        _ purpose: LinkPurpose,
        for email: EmailAddress,
        hash: [UInt8],
        minutes: Int
    ) -> Self {
        Query(
            value: """
                SELECT make_link(\(purpose.rawValue), \(email), \(Bytes(hash)), make_interval(mins => \(Int32(clamping: minutes))))
                """
        )
    }
}

extension Query<Void> {
    /// Makes a link that gives the acting person the address it is sent to.
    package static func makeEmailLink(to email: EmailAddress, hash: [UInt8], minutes: Int) -> Self {
        Query(
            "SELECT make_email_link(\(email), \(Bytes(hash)), make_interval(mins => \(Int32(clamping: minutes))))"
        )
    }
}

extension Query<OneTimeLink?> {
    /// What a link is for, without using it; nil where it is unknown, used or expired.
    package static func link(hash: [UInt8]) -> Self {
        Query("SELECT * FROM link(\(Bytes(hash)))")
    }

    /// Uses a link up; of two at once, one gets it.
    package static func useLink(hash: [UInt8]) -> Self {
        Query("SELECT * FROM use_link(\(Bytes(hash)))")
    }
}

/// The second factor of the acting person.
package struct SecondFactor: Sendable, RowDecodable {
    package let secret: [UInt8]
    /// The last step of the clock that was used.
    package let lastStep: Int64
    package let isConfirmed: Bool
    /// How many recovery codes are left.
    package let recoveryCodes: Int

    package init(row: Row) throws {
        let secret: Bytes = try row["secret"]
        self.secret = secret.bytes
        lastStep = try row["last_step"]
        isConfirmed = try row["is_confirmed"]
        recoveryCodes = try row["recovery_codes"]
    }
}

extension Query<SecondFactor?> {
    package static var ownSecondFactor: Self {
        Query("SELECT * FROM own_second_factor()")
    }
}

extension Query<Bool> {
    /// Begins a second factor, which counts once a code of it was shown; false where there is a confirmed one.
    package static func beginSecondFactor(secret: [UInt8]) -> Self {
        Query(value: "SELECT begin_second_factor(\(Bytes(secret)))")
    }

    /// Takes a step of the clock for used; false where it was before.
    package static func useStep(_ step: Int64) -> Self {
        Query(value: "SELECT use_step(\(step))")
    }

    /// Confirms the second factor, with the SHA-256 of its recovery codes; other sessions end.
    package static func confirmSecondFactor(recoveryCodes: [[UInt8]], keeping session: Session.ID?) -> Self {
        Query(value: "SELECT confirm_second_factor(\(recoveryCodes.map(Bytes.init)), \(session))")
    }

    package static func useRecoveryCode(hash: [UInt8]) -> Self {
        Query(value: "SELECT use_recovery_code(\(Bytes(hash)))")
    }

    package static var removeSecondFactor: Self {
        Query(value: "SELECT remove_second_factor()")
    }
}
