import ReferralGroup

/// The first steps of a new member, with the day by which each is due: for them, their mentor and the chapter's officers.
package func firstStepsPage(
    _ steps: [FirstSteps.Progress],
    of member: Membership,
    mentor: String?,
    isOneself: Bool,
    on today: LocalDate,
    for reader: Reader
) -> HTML {
    let done = steps.count { $0.doneOn != nil }
    let rows = steps.map { progress -> HTML in
        let state: HTML =
            switch progress.doneOn {
            case let day?: "\(chip("done", .good)) <span class=\"hint\">\(day, .long)</span>"
            case nil where progress.dueOn < today: chip("overdue", .bad)
            case nil: chip("to do", .quiet)
            }
        return """
            <li>\(who("\(say: progress.step.name)", "\(say: progress.step.advice) · \(say: "by \(progress.dueOn, .long)")"))<span>\(state)</span></li>

            """
    }
    let guide: HTML =
        mentor.map {
            "<p>\(say: isOneself ? "Your mentor is \($0): ask whatever you like." : "Their mentor is \($0).")</p>\n"
        }
        ?? "<p class=\"note\">\(say: "Nobody is named as mentor yet.") \(reader.may(.manageMembers) ? button("\(reader.folder)/members/\(member.id)/change", "Name a mentor", style: "button quiet") : .none)</p>\n"
    return chapterPage(
        "First steps of \(member.name)",
        in: .members,
        for: reader,
        above: "<a href=\"\(reader.folder)/members/\(member.id)\">\(member.name)</a>",
        """
        \(guide)<p class="progress"><progress value="\(done)" max="\(steps.count)" aria-label="\(say: "Steps done")"></progress>
        \(say: "\(done) of \(steps.count) steps are done. What is recorded counts by itself; nothing is ticked here.")</p>
        <ul class="plain">
        \(rows)</ul>
        """
    )
}

/// A line on a home for each whose first steps are under way.
func firstSteps(_ underWay: [FirstSteps.UnderWay], for reader: Reader) -> HTML {
    guard !underWay.isEmpty else { return .none }
    let lines = underWay.map { steps -> HTML in
        let whose: Phrase =
            steps.isOwn
            ? "Your first steps: \(steps.done) of \(steps.steps)"
            : "First steps of \(steps.name): \(steps.done) of \(steps.steps)"
        return """
            <p class="note"><a href="\(reader.folder)/members/\(steps.member)/first-steps">\(say: whose)</a> · \
            \(say: "next: \(steps.next.name), by \(steps.nextDue, .long)")</p>

            """
    }
    return "\(lines)"
}

extension FirstSteps.Step {
    fileprivate var name: Phrase {
        switch self {
        case .profile: "Fill in the profile"
        case .mentor: "Meet the mentor"
        case .posting: "Say what you need or offer"
        case .visitor: "Invite a first visitor"
        case .referral: "Pass a first referral"
        case .fourMembers: "Meet four members"
        case .education: "Learn something"
        case .part: "Take a part in a meeting"
        }
    }

    fileprivate var advice: Phrase {
        switch self {
        case .profile: "goals, and whom you would like to be referred to"
        case .mentor: "a one-to-one with whoever looks after you"
        case .posting: "members look for each other there"
        case .visitor: "whoever brings guests gets to know the chapter"
        case .referral: "giving comes first"
        case .fourMembers: "a one-to-one with each"
        case .education: "a talk, a course, a book"
        case .part: "a talk, a topic or a slot of the programme"
        }
    }
}

extension EndCode {
    package var name: Phrase {
        Phrase(of: words)
    }
}
