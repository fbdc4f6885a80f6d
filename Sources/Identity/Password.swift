import ReferralGroup

/// A password that somebody chose and that we accept: its exact bytes, neither trimmed nor composed.
///
/// Any character may stand in it and none must. What is refused can be guessed: see `Refused`.
package struct Password: Sendable {
    package static let minimumCharacters = 12
    package static let recommendedCharacters = 15
    package static let maximumBytes = 1024

    let bytes: [UInt8]

    /// Why a password is not accepted.
    package enum Refused: String, Error, Hashable, Sendable, CaseIterable {
        case tooShort
        case tooLong
        case repetitive
        case common
        case personal

        /// What is wrong, and the way out.
        package var sentence: String {
            switch self {
            case .tooShort:
                "a password has at least \(minimumCharacters) characters, better \(recommendedCharacters); "
                    + "a few words that do not belong together are long and easy to remember"
            case .tooLong: "a password has at most \(maximumBytes) bytes; shorten it"
            case .repetitive:
                "this repeats itself or runs along the keyboard, which is guessed first; "
                    + "take words or letters by chance"
            case .common:
                "this is made of words and years that everybody takes, which are guessed first; "
                    + "add words that only you would"
            case .personal:
                "this is made of your name, your address or your chapter; "
                    + "take words that nobody connects with you"
            }
        }
    }

    /// `context` is what an acquaintance would try first: the person's name and e-mail, the chapter's name.
    ///
    /// Throws `Refused`.
    package init(choosing text: String, context: [String]) throws {
        let bytes = Array(text.utf8)
        guard text.unicodeScalars.count >= Self.minimumCharacters else { throw Refused.tooShort }
        guard bytes.count <= Self.maximumBytes else { throw Refused.tooLong }
        if let reason = GuessableText(text, context: context).reason { throw reason }
        self.bytes = bytes
    }

    /// Takes any bytes: a password that was accepted once, or a test's.
    init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }
}
