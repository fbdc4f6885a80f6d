import Identity
import Pages
import ReferralGroup
import Storage

extension AccountView.SecondFactor {
    /// How far somebody is with it, as their account shows it.
    init(_ factor: SecondFactor, of person: OwnPerson) {
        guard !factor.isConfirmed else {
            self = .on(recoveryCodes: factor.recoveryCodes)
            return
        }
        let password = OneTimePassword(key: factor.secret)
        self =
            password.map {
                .begun(
                    key: $0.base32,
                    uri: $0.uri(label: person.email?.description ?? person.name, issuer: "Chapterhouse")
                )
            } ?? .none
    }
}
