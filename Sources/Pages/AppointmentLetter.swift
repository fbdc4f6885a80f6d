import ReferralGroup

extension WrittenMail {
    /// The one-to-one that the mail is about, for the reader's calendar; in a digest it is only told of.
    package var appointment: Notice.Agreed? {
        guard !isDigest, case .appointment(let agreed) = notices.first?.content, agreed.news != .accepted
        else { return nil }
        return agreed
    }

    /// Where the reader answers.
    package func plannerAddress(at baseURL: String) -> String {
        "\(baseURL)/chapters/\(notices.first?.chapter ?? "")/planner"
    }
}

extension Notice.Agreed {
    var subject: Phrase {
        switch news {
        case .invited where invites: "You invited \(other) to a one-to-one"
        case .invited: "\(other) invites you to a one-to-one"
        case .accepted: "\(other) says yes to your one-to-one"
        case .calledOff: "The one-to-one with \(other) is called off"
        }
    }

    /// What stands in the calendar of one of the two.
    var title: Phrase {
        "One-to-one with \(other)"
    }

    var notes: [Phrase] {
        topic.map { ["\($0)"] } ?? []
    }

    func parts(at home: String) -> [LetterPart] {
        [.said(sentence), .figures(lines), .link(link, "\(home)/planner")]
    }

    private var sentence: Phrase {
        switch (news, invites) {
        case (.invited, true): "You will be told what \(other) says. It is in your calendar until then."
        case (.invited, false): "\(other) would like to talk with you. Say yes or no on your page."
        case (.accepted, _): "\(other) will come."
        case (.calledOff, let invites):
            isOffByInviter == invites ? "You called it off." : "\(other) called it off. Find another day?"
        }
    }

    private var link: Phrase {
        news == .invited && !invites ? "Answer it" : "Open the planner"
    }

    private var lines: [(Phrase, Phrase)] {
        var lines: [(Phrase, Phrase)] = [
            ("When", "\(day, .full), \(time)"), ("How long", "\(count: minutes) minutes"),
        ]
        if let place { lines.append(("Where", "\(place)")) }
        if let topic { lines.append(("What about", "\(topic)")) }
        return lines
    }
}

extension Notice.Introduced {
    var subject: Phrase {
        isAccepted ? "Both say yes to an introduction" : "Somebody would like to introduce you"
    }

    func sentence(in chapter: String) -> Phrase {
        switch (isAccepted, connector) {
        case (true, _):
            "Both have said yes to being introduced. How to reach each other is on your page of \(chapter)."
        case (false, let connector?):
            "\(connector) would like to introduce you to somebody. Who it is and why is on your page of \(chapter); say there whether you would like to."
        case (false, nil):
            "You would be introduced to somebody. Who it is and why is on your page of \(chapter); say there whether you would like to."
        }
    }
}
