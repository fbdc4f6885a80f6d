import Identity
import ReferralGroup
import Storage

/// Where a one-time link leads.
package func address(of link: Secret, at baseURL: String) -> String {
    "\(baseURL)/sign-in/link/\(link.text)"
}

extension ActingDatabase {
    /// Makes a link for whoever has the address, and posts the letter that carries it, unless it is `told` otherwise.
    ///
    /// Nil where nobody has the address: nobody but the operator may see the difference.
    package func makeLink(
        _ purpose: LinkPurpose,
        for email: EmailAddress,
        baseURL: String,
        byMail: Bool = true
    ) async throws -> Secret? {
        try await transaction {
            try await $0.makeLink(purpose, for: email, baseURL: baseURL, byMail: byMail)
        }
    }

    /// Makes the link that gives the acting person a new address, and posts it there.
    package func makeEmailLink(to email: EmailAddress, baseURL: String) async throws {
        let secret = Secret()
        let minutes = Letter.minutes(.email)
        try await transaction { transaction in
            try await transaction.run(.makeEmailLink(to: email, hash: secret.hash, minutes: minutes))
            let letter = Letter.link(address(of: secret, at: baseURL), for: .email)
            try await transaction.post(letter, to: email, minutes: minutes)
        }
    }
}

extension ActingTransaction {
    package func makeLink(
        _ purpose: LinkPurpose,
        for email: EmailAddress,
        baseURL: String,
        byMail: Bool = true
    ) async throws -> Secret? {
        let secret = Secret()
        let minutes = Letter.minutes(purpose)
        guard try await run(.makeLink(purpose, for: email, hash: secret.hash, minutes: minutes)) else {
            return nil
        }
        if byMail {
            let letter = Letter.link(address(of: secret, at: baseURL), for: purpose)
            try await post(letter, to: email, minutes: minutes)
        }
        return secret
    }

    /// Posts a letter that is of no use after some minutes.
    package func post(_ letter: Letter, to email: EmailAddress, minutes: Int) async throws {
        try await run(
            .postMail(to: email, subject: letter.subject, body: letter.body, minutes: minutes)
        )
    }
}
