import ReferralGroup
import Storage

/// What the service writes to people.
package struct Letter: Sendable {
    package let subject: String
    package let body: String

    /// How long a link of a purpose works, in minutes.
    package static func minutes(_ purpose: LinkPurpose) -> Int {
        switch purpose {
        case .signIn: 15
        case .reset, .email: 30
        case .invitation: 7 * 24 * 60
        }
    }

    /// The letter that carries a link.
    package static func link(_ address: String, for purpose: LinkPurpose) -> Letter {
        switch purpose {
        case .signIn:
            Letter(
                subject: "Your link to sign in",
                body: """
                    Somebody, we hope you, wants to sign in to Chapterhouse with this address.

                    \(address)

                    The link works once, for 15 minutes. If it was not you, there is nothing to do.
                    """
            )
        case .reset:
            Letter(
                subject: "A new password",
                body: """
                    Somebody, we hope you, has forgotten the password for this address. Choose a new one here:

                    \(address)

                    The link works once, for 30 minutes. If it was not you, there is nothing to do: the old password
                    still holds.
                    """
            )
        case .invitation:
            Letter(
                subject: "Welcome to Chapterhouse",
                body: """
                    Your chapter keeps its meetings and referrals in Chapterhouse, and you are invited to it. Choose a
                    password, and you are in:

                    \(address)

                    The link works once, for a week.
                    """
            )
        case .email:
            Letter(
                subject: "Is this your new address?",
                body: """
                    Somebody, we hope you, wants to sign in to Chapterhouse with this address from now on. Say yes here:

                    \(address)

                    The link works once, for 30 minutes. If it was not you, there is nothing to do.
                    """
            )
        }
    }

    /// To the old address, when it was replaced.
    package static func addressChanged(to new: EmailAddress) -> Letter {
        Letter(
            subject: "Your address was changed",
            body: """
                You now sign in to Chapterhouse with \(new), no longer with this address.

                If it was not you who changed it, tell a leader of your chapter or the operator at once.
                """
        )
    }

    /// To whoever's password was changed.
    package static let passwordChanged = Letter(
        subject: "Your password was changed",
        body: """
            Your password for Chapterhouse was changed, and every other device was signed out.

            If it was not you, ask for a new one at once, at the page where you sign in.
            """
    )
}
