import ArgumentParser
import ReferralGroup
import Storage

extension PersonCommands {
    struct Merge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make one person of two records that are one person.",
            discussion: """
                Memberships, offices, tokens, accounts at a provider and everything else of OTHER are KEEP's afterwards. \
                Of two e-mails, passwords or second factors KEEP's stay. Both are signed out. It cannot be undone.

                Example: chapterhouse person merge ines@example.org 31
                """
        )

        @OptionGroup var database: DatabaseOptions
        @Argument(help: "Who stays: an e-mail, a number of `person list`, or a full name.") var keep: Line
        @Argument(help: "Whose records become theirs.") var other: Line

        func run() async throws {
            let (keep, other) = (keep.text, other.text)
            let (kept, gone, merged) = try await database.withDatabase { opened in
                let shell = opened.acting(as: .system(door: .cli), in: nil)
                let (kept, gone) = (
                    try await shell.person(called: keep), try await shell.person(called: other)
                )
                guard kept.id != gone.id else {
                    throw Failure(.badData, "\(keep) and \(other) are one person already: \(kept.label)")
                }
                guard kept.isDisabled == gone.isDisabled else {
                    let disabled = kept.isDisabled ? kept : gone
                    throw Failure(
                        .badData,
                        "\(disabled.label) is kept out, and the other is not; first make up your mind with person enable or disable"
                    )
                }
                return (kept, gone, try await shell.run(.merge(gone.id, into: kept.id)))
            }
            try Output.line("\(gone.label) is \(kept.label) now.")
            try Output.line(
                "Moved: memberships \(merged.memberships), tokens \(merged.tokens), accounts at a provider \(merged.providerAccounts)."
            )
            if let email = merged.lostEmail { try Output.line("Nobody signs in as \(email) any more.") }
            if merged.lostPassword { try Output.line("The password of \(gone.label) is gone.") }
            if merged.lostSecondFactor { try Output.line("The second factor of \(gone.label) is gone.") }
        }
    }
}

extension FoundPerson {
    fileprivate var label: String {
        "\(name) (\([email?.description, "number \(id)"].compactMap(\.self).joined(separator: ", ")))"
    }
}

extension ActingDatabase {
    /// The one person of a number, an e-mail or a name.
    func person(called text: String) async throws -> FoundPerson {
        let found = try await run(.people(called: text))
        // A number or an e-mail is meant exactly; it never competes with a name.
        let exact = found.filter { "\($0.id)" == text || $0.email?.description == FoldedName(text).text }
        let people = exact.isEmpty ? found : exact
        guard let person = people.first else {
            throw Failure(.badData, "nobody is called \(text); see: chapterhouse person list")
        }
        guard people.count == 1 else {
            let candidates = people.map(\.label).joined(separator: "; ")
            throw Failure(.badData, "\(text) may be one of these; say which by the number: \(candidates)")
        }
        return person
    }
}
