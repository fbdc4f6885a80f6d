import ReferralGroup

/// A mail as it is read: its subject, and what it says as plain text and as HTML.
package struct LetterText: Sendable {
    package let subject: String
    package let text: String
    package let html: String
    /// What goes into its reader's calendar, or out of it; nil where nothing does.
    package var entry: CalendarWords?

    /// An entry of a calendar in words.
    package struct CalendarWords: Sendable {
        package let title: String
        package let notes: [String]
    }
}

extension WrittenMail {
    /// Writes the mail in its language; links begin with where people reach the service.
    package func written(at baseURL: String) -> LetterText {
        let language = Language(code: language) ?? .english
        let all = parts(at: baseURL) + [.rule] + foot(at: baseURL)
        return LetterText(
            subject: subject.plain(in: language),
            text: all.map { $0.plain(in: language) }.joined(separator: "\n\n"),
            html: page(at: baseURL).text(in: language),
            entry: appointment.map { agreed in
                LetterText.CalendarWords(
                    title: agreed.title.plain(in: language),
                    notes: agreed.notes.map { $0.plain(in: language) }
                )
            }
        )
    }

    /// The mail in HTML: nothing in it is fetched from anywhere.
    func page(at baseURL: String) -> HTML {
        letterPage(subject, parts(at: baseURL), foot(at: baseURL))
    }

    private var subject: Phrase {
        isDigest ? "Your digest" : notices.first?.subject ?? "Your digest"
    }

    private func parts(at baseURL: String) -> [LetterPart] {
        var parts: [LetterPart] = isDigest ? [.said("What happened, gathered for you")] : []
        for notice in notices {
            if isDigest { parts.append(.heading(notice.subject)) }
            parts += notice.parts(at: baseURL)
        }
        if others > 0 { parts.append(.said("And \(count: others) more, which are on your pages.")) }
        return parts
    }

    private func foot(at baseURL: String) -> [LetterPart] {
        [
            .link("Choose what you are told, and when", "\(baseURL)/account/notifications"),
            .link(
                isDigest ? "Stop this digest with one click" : "Stop mails of this kind with one click",
                stopAddress(at: baseURL)
            ),
        ]
    }

    /// What stops this kind of mail, without signing in.
    package func stopAddress(at baseURL: String) -> String {
        "\(baseURL)/mail/stop/\(stop)"
    }
}

/// A piece of a mail, written twice: as text and as HTML.
enum LetterPart {
    case heading(Phrase)
    case said(Phrase)
    case list([Phrase])
    case figures([(Phrase, Phrase)])
    case link(Phrase, String)
    case rule

    func plain(in language: Language) -> String {
        switch self {
        case .heading(let phrase): phrase.plain(in: language)
        case .said(let phrase): phrase.plain(in: language)
        case .list(let phrases): phrases.map { "- \($0.plain(in: language))" }.joined(separator: "\n")
        case .figures(let lines):
            lines.map { "\($0.plain(in: language)): \($1.plain(in: language))" }.joined(separator: "\n")
        case .link(let phrase, let address): "\(phrase.plain(in: language)):\n\(address)"
        case .rule: "-- "
        }
    }

    var html: HTML {
        switch self {
        case .heading(let phrase): "<h2 style=\"font-size:17px;margin:24px 0 4px\">\(say: phrase)</h2>\n"
        case .said(let phrase): "<p style=\"margin:8px 0\">\(say: phrase)</p>\n"
        case .list(let phrases):
            "<ul style=\"margin:8px 0;padding-left:20px\">\(phrases.map { phrase -> HTML in "<li>\(say: phrase)</li>\n" })</ul>\n"
        case .figures(let lines):
            "<table style=\"border-collapse:collapse\">\(lines.map { name, figure -> HTML in "<tr><th style=\"text-align:left;font-weight:normal;padding:2px 16px 2px 0\">\(say: name)</th><td style=\"text-align:right\">\(say: figure)</td></tr>\n" })</table>\n"
        case .link(let phrase, let address):
            "<p style=\"margin:8px 0\"><a href=\"\(address)\" style=\"color:#0b5c4a\">\(say: phrase)</a></p>\n"
        case .rule: "<hr>\n"
        }
    }
}

func letterPage(_ title: Phrase, _ parts: [LetterPart], _ foot: [LetterPart]) -> HTML {
    """
    <!doctype html>
    <html lang="\(HTML.languageCode)">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(say: title)</title>
    </head>
    <body style="margin:0;padding:24px;font:16px/1.5 sans-serif;color:#1b1b1b;background:#ffffff">
    <div style="max-width:560px">
    \(parts.map(\.html))
    <div style="margin-top:32px;font-size:13px">
    \(foot.map(\.html))</div>
    </div>
    </body>
    </html>

    """
}

extension Notice {
    fileprivate var subject: Phrase {
        switch content {
        case .referral: "A referral for you"
        case .thanks: "A member thanked you"
        case .introduction(let made): made.subject
        case .appointment(let agreed): agreed.subject
        case .waiting: "What waits for you in \(chapterName)"
        case .monthlyReturn(let own): "Your return of \(own.month, .long)"
        case .absences: "Your absences in \(chapterName)"
        case .handover(let handover): handover.subject
        }
    }

    fileprivate func parts(at baseURL: String) -> [LetterPart] {
        let home = "\(baseURL)/chapters/\(chapter)"
        switch content {
        case .referral(let referral):
            return [
                .said("\(referral.giver) passed you a referral in \(chapterName)."),
                .said(
                    "Please get in touch by \(referral.due, .full). Who it is, and what they need, is only on your page."
                ),
                .link("Open the referral", "\(home)/referrals/\(referral.id)"),
            ]
        case .thanks(let money):
            return [
                .said(
                    "In \(chapterName) you were thanked for \(money.phrase) of business that came through you."
                ),
                .link("Open your page", home),
            ]
        case .introduction(let made):
            return [
                .said(made.sentence(in: chapterName)),
                .link("Open the introduction", "\(home)/introductions"),
            ]
        case .appointment(let agreed):
            return agreed.parts(at: home)
        case .waiting(let lines):
            return [
                .said("This waits for you in \(chapterName):"), .list(lines.map(\.sentence)),
                .link("Open your page", home),
            ]
        case .monthlyReturn(let own):
            return [
                .said(
                    "What \(chapterName) was worth to you in \(own.month, .long), in \(own.currency). Nobody else gets this mail."
                ),
                .figures(own.lines), .link("Open the report", "\(home)/reports/roi?month=\(own.month)"),
            ]
        case .absences(let absences):
            let drop: [LetterPart] =
                absences.nextDrop.map { [.said("The next one drops out on \($0, .long).")] } ?? []
            return [
                .said(
                    "After the meeting of \(absences.day, .long) you have used \(Numbers.short(absences.used)) of \(absences.allowed) absences in \(chapterName). One more would pass the limit."
                )
            ] + drop + [
                .said(
                    "Somebody who stands in for you counts as present: say beforehand when you will be away."
                ),
                .link("Open your page", home),
            ]
        case .handover(let handover):
            return [
                .said(handover.sentence(in: chapterName)),
                .link(
                    handover.takes ? "See what the last team left you" : "Leave notes for the next team",
                    "\(home)/reports/handover"
                ),
            ]
        }
    }
}

extension Money {
    fileprivate var phrase: Phrase {
        "\(Numbers.text(Figure(unscaled: Int128(minorUnits), scale: currency.decimals))) \(currency)"
    }
}

extension Notice.Waiting {
    /// What part of the meeting it is about.
    private var part: Phrase {
        about.flatMap { MeetingPart.Part(rawValue: $0) }?.name ?? Phrase(of: about ?? "")
    }

    fileprivate var sentence: Phrase {
        switch (what, due) {
        case (.referralToContact, let due?):
            "\(count: number) referrals wait for a first contact, the first by \(due, .short)"
        case (.referralToContact, nil): "\(count: number) referrals wait for a first contact"
        case (.followUp, let due?):
            "\(count: number) follow-ups are for this week, the first by \(due, .short)"
        case (.followUp, nil): "\(count: number) follow-ups are for this week"
        case (.standInToFind, let due?):
            "You will be away on \(due, .short), and nobody stands in for you yet"
        case (.standInToFind, nil): "You will be away, and nobody stands in for you yet"
        case (.partToPrepare, let due?):
            "On \(due, .short) you have a part in the meeting: \(part)"
        case (.partToPrepare, nil): "You have a part in the next meeting: \(part)"
        case (.absencesAnnounced, let due?):
            "\(count: number) members said that they will be away on \(due, .short)"
        case (.absencesAnnounced, nil): "\(count: number) members said that they will be away"
        case (.sheetsToSeal, _): "\(count: number) meetings are not sealed"
        }
    }
}

extension Notice.Return {
    fileprivate var lines: [(Phrase, Phrase)] {
        let figures: [(Phrase, Figure?)] = [
            ("Cost", cost), ("Received", received), ("Given", given), ("Net", net), ("Hours", hours),
        ]
        return figures.map { ($0, "\(Numbers.text($1))") }
    }
}

extension Notice.Handover {
    fileprivate var subject: Phrase {
        takes ? "You take over an office" : "You hand over an office"
    }

    fileprivate func sentence(in chapter: String) -> Phrase {
        let office = Phrase(of: office)
        return switch (takes, isAhead, other) {
        case (true, true, let other?):
            "From tomorrow on, \(day, .long), you hold the office “\(office)” of \(chapter). \(other) hands it over to you."
        case (true, true, nil):
            "From tomorrow on, \(day, .long), you hold the office “\(office)” of \(chapter)."
        case (true, false, let other?):
            "Since \(day, .long) you hold the office “\(office)” of \(chapter). \(other) handed it over to you."
        case (true, false, nil): "Since \(day, .long) you hold the office “\(office)” of \(chapter)."
        case (false, true, let other?):
            "Today is your last day in the office “\(office)” of \(chapter). \(other) takes it over."
        case (false, true, nil): "Today is your last day in the office “\(office)” of \(chapter)."
        case (false, false, let other?):
            "Since \(day, .long) \(other) holds the office “\(office)” of \(chapter). Thank you for your service."
        case (false, false, nil):
            "Since \(day, .long) the office “\(office)” of \(chapter) is no longer yours. Thank you for your service."
        }
    }
}
