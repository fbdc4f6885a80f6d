import ReferralGroup

/// A text taken apart as somebody who guesses would put it together: into words, runs and years.
///
/// Each such piece counts once, and so does each letter or sign that belongs to none; what only divides words does not
/// count. A text of few pieces is guessed early, however long it is; four words that have nothing to do with its owner are
/// enough for a long one.
struct GuessableText {
    /// Why the text is guessed early, or nil where it is not.
    let reason: Password.Refused?

    private enum Piece {
        case letter, divider, run, common, personal
    }

    private static let fewestPieces = 6
    private static let fewestWords = 4
    private static let lengthOfFewWords = 20
    private static let longestUnit = 64
    private static let dividers: Set<UnicodeScalar> = [" ", "-", "_", ".", ","]

    init(_ text: String, context: [String]) {
        let letters = Self.period(of: Array(FoldedName(text).text.unicodeScalars))
        let personal = Self.words(of: context)
        var pieces: [Piece] = []
        var place = 0
        while place < letters.count, pieces.count(where: { $0 != .divider }) < Self.fewestPieces {
            let (piece, length) = Self.piece(letters[place...], personal: personal)
            pieces.append(piece)
            place += length
        }
        let isLong = letters.count >= Self.lengthOfFewWords
        let words = pieces.count { $0 == .letter || $0 == .common }
        guard pieces.count(where: { $0 != .divider }) < Self.fewestPieces,
            !(isLong && words >= Self.fewestWords)
        else {
            reason = nil
            return
        }
        if pieces.contains(.personal) {
            reason = .personal
        } else if pieces.contains(.common) {
            reason = .common
        } else {
            reason = .repetitive
        }
    }

    /// The shortest beginning of which the whole text is a repetition.
    private static func period(of letters: [UnicodeScalar]) -> ArraySlice<UnicodeScalar> {
        guard letters.count > 1 else { return letters[...] }
        for length in 1...min(letters.count / 2, longestUnit)
        where letters.dropFirst(length).elementsEqual(letters.dropLast(length)) {
            return letters.prefix(length)
        }
        return letters[...]
    }

    /// The longest piece at the beginning of `rest`.
    private static func piece(
        _ rest: ArraySlice<UnicodeScalar>,
        personal: [[UnicodeScalar]]
    ) -> (piece: Piece, length: Int) {
        var best: (piece: Piece, length: Int) = (
            rest.first.map(dividers.contains) ?? true ? .divider : .letter, 1
        )
        func offer(_ piece: Piece, _ length: Int) {
            if length > best.length { best = (piece, length) }
        }
        for word in personal where begins(rest, with: word) { offer(.personal, word.count) }
        for word in commonWords where begins(rest, with: word) { offer(.common, word.count) }
        let run = max(repetition(rest), sequence(rest), keyboardWalk(rest))
        if run >= 3 { offer(.run, run) }
        if isYear(rest) { offer(.run, 4) }
        return best
    }

    private static func isLetterOrDigit(_ letter: UnicodeScalar) -> Bool {
        letter.properties.isAlphabetic || letter.properties.numericType != nil
    }

    /// Whether the word stands there, as it is or with digits and signs in place of letters that look like them.
    private static func begins(_ rest: ArraySlice<UnicodeScalar>, with word: [UnicodeScalar]) -> Bool {
        guard rest.count >= word.count else { return false }
        return zip(rest, word).allSatisfy { $0 == $1 || (lookalikes[$0]?.contains($1) ?? false) }
    }

    private static func repetition(_ rest: ArraySlice<UnicodeScalar>) -> Int {
        rest.prefix { $0 == rest.first }.count
    }

    /// How far the letters or digits follow each other, up or down, each once or several times.
    private static func sequence(_ rest: ArraySlice<UnicodeScalar>) -> Int {
        func length(_ step: Int64) -> Int {
            let isNext = { (one: UnicodeScalar, next: UnicodeScalar) in
                one == next || Int64(next.value) - Int64(one.value) == step
            }
            return 1 + zip(rest, rest.dropFirst()).prefix(while: isNext).count
        }
        return max(length(1), length(-1))
    }

    private static func keyboardWalk(_ rest: ArraySlice<UnicodeScalar>) -> Int {
        guard let first = rest.first else { return 0 }
        return keyboardLines.reduce(0) { longest, line in
            guard let start = line.firstIndex(of: first) else { return longest }
            return max(longest, zip(rest, line[start...]).prefix { $0 == $1 }.count)
        }
    }

    private static func isYear(_ rest: ArraySlice<UnicodeScalar>) -> Bool {
        let year = rest.prefix(4)
        guard year.count == 4, year.allSatisfy({ ("0"..."9").contains($0) }) else { return false }
        return year.starts(with: "19".unicodeScalars) || year.starts(with: "20".unicodeScalars)
    }

    /// The words of names and addresses, and each of these written as one word.
    private static func words(of context: [String]) -> [[UnicodeScalar]] {
        context.flatMap { text in
            let words = FoldedName(text).text.unicodeScalars.split { !isLetterOrDigit($0) }.map(Array.init)
            return words + [words.flatMap(\.self)]
        }
        .filter { $0.count >= 3 }
    }

    private static let lookalikes: [UnicodeScalar: Set<UnicodeScalar>] = [
        "0": ["o"], "1": ["i", "l"], "!": ["i", "l"], "3": ["e"], "4": ["a"], "@": ["a"], "5": ["s"],
        "$": ["s"],
        "7": ["t"], "+": ["t"], "8": ["b"], "9": ["g"],
    ]

    /// Rows and columns of keyboards, in both directions, from each of their keys on.
    private static let keyboardLines: [[UnicodeScalar]] = {
        let lines = [
            "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop",
            "qsdfghjklm",
            "wxcvbn", "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "1qay", "!@#$%^&*()",
            "qazwsxedcrfv",
            "147258369", "789456123", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "1a2b3c4d5e6f",
            "a1b2c3d4e5f6", "0102030405060708090",
        ]
        return lines.flatMap { [Array($0.unicodeScalars), Array($0.unicodeScalars.reversed())] }
    }()

    private static let commonWords: [[UnicodeScalar]] = {
        let everybodys = """
            password passwort passwd pass login logon signin welcome willkommen bienvenue hello hallo bonjour
            letmein admin administrator root user guest test testing demo default changeme change secret
            geheim private access enter open sesame master super superman batman hero ninja dragon monkey
            tiger lion eagle shadow sunshine princess prince angel love iloveyou loveme lover mylove baby
            honey sweet flower summer sommer winter spring autumn herbst january february march april june
            july august september october november december monday tuesday wednesday thursday friday saturday
            sunday montag freitag football fussball soccer baseball basketball hockey computer internet apple
            windows freedom liberty trust trustno1 whatever nothing something money cash business company
            office server system network service house home family mother father sister brother michael
            daniel thomas andrew jessica jennifer michelle charlie jordan hunter killer cookie chocolate
            coffee pepper ginger orange banana cheese purple yellow silver golden happy lucky magic mustang
            america germany deutschland england france london berlin paris the and you your is my me we are
            for new one two united star wars counter strike monster jesus christ heaven god bless forever
            friend friends christopher alexander sebastian jackson elizabeth victoria international
            professional supernatural leave alone hate game games final fantasy peanut butter speed james
            twilight hannah
            """
        let ours = """
            chapterhouse chapter chapters member members membership referral referrals referred onetoone visitor
            visitors seat seats meeting meetings attendance palms thanks closed slip slips education president
            secretary treasurer director region breakfast givers gain givers network networking
            """
        return (everybodys + " " + ours).unicodeScalars.split { $0 == " " || $0 == "\n" }.map(Array.init)
    }()
}
