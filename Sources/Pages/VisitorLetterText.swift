import ReferralGroup

extension VisitorLetter {
    /// Writes the mail in the chapter's language; its one link begins with where people reach the service.
    package func written(at baseURL: String) -> LetterText {
        let language = Language(code: language) ?? .english
        let all = parts(at: baseURL) + [.rule] + foot
        return LetterText(
            subject: subject.plain(in: language),
            text: all.map { $0.plain(in: language) }.joined(separator: "\n\n"),
            html: page(at: baseURL).text(in: language)
        )
    }

    /// The mail in HTML: nothing in it is fetched from anywhere.
    func page(at baseURL: String) -> HTML {
        letterPage(subject, parts(at: baseURL), foot)
    }

    private var subject: Phrase {
        isReminder
            ? "Your visit to \(chapterName), \(day, .full)" : "An invitation to \(chapterName), \(day, .full)"
    }

    private func parts(at baseURL: String) -> [LetterPart] {
        var parts: [LetterPart] = [.said("Hello \(visitor),")]
        switch (isReminder, inviter) {
        case (true, _): parts.append(.said("\(chapterName) looks forward to your visit."))
        case (false, let inviter?):
            parts.append(.said("\(inviter) invites you to a meeting of \(chapterName)."))
        case (false, nil): parts.append(.said("You are invited to a meeting of \(chapterName)."))
        }
        if !isReminder, let greeting { parts.append(.said("“\(greeting)”")) }
        var facts: [(Phrase, Phrase)] = [("Day", "\(day, .full)"), ("Time", "\(begins)")]
        if let place { facts.append(("Place", "\(place)")) }
        return parts + [
            .figures(facts),
            .link(
                isReminder
                    ? "Change what you said, or say that you cannot come" : "Say whether you come",
                "\(baseURL)/invitation/\(secret)"
            ),
        ]
    }

    private var foot: [LetterPart] {
        [
            .said(
                isReminder
                    ? "You get this one mail because you are expected at the meeting. The link is yours alone, and good until the day is over."
                    : "You get this one mail because somebody you know gave us your address. Where you do not answer, you hear no more of us. The link is yours alone, and good until the day is over."
            )
        ]
    }
}
