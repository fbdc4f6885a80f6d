import ReferralGroup

/// A referral: whom it is about, how far it has come, and for its receiver how to move it.
package func referralPage(
    _ referral: Referral,
    prospect: Prospect?,
    steps: [ReferralStep],
    mayMove: Bool,
    filled: Filled = .blank,
    for reader: Reader
) -> HTML {
    let place: HTML = "\(reader.folder)/referrals/\(referral.id)"
    let passed = steps.map { step -> HTML in
        let by: HTML = step.by.map { " · \($0)" } ?? .none
        let reason: HTML = step.reason.map { "<span class=\"hint\">\($0)</span>" } ?? .none
        return """
            <li><span class="who"><b>\(say: Phrase(of: step.step.rawValue))</b>\(reason)</span> <span class="hint"><time datetime="\(step.at)">\(step.at.day, .long)</time>\(by)</span></li>

            """
    }
    let next = Referral.Step.allCases.filter { $0 != .passed && $0 != referral.status }
        .map { Choice($0.rawValue, "\(say: Phrase(of: $0.rawValue))") }
    let move: HTML =
        mayMove
        ? """
        <section class="card"><h2>\(say: "How far has it come?")</h2>
        \(form(
            to: "\(place)/steps",
            [.few("step", "Next step", of: next), .line("reason", "Why, where it is declined or lost")],
            filled,
            button: "Keep",
            formToken: reader.formToken
        ))
        \(referral.status == .won ? "<p><a class=\"button\" href=\"\(reader.folder)/log/thanks?referral=\(referral.id)\">\(say: "Say thanks")</a></p>" : .none)</section>
        """ : .none
    let warmth: HTML = referral.warmth.map { warmthChip($0) } ?? .none
    return page(
        title: "\(say: "Referral")",
        for: reader,
        in: .home,
        """
        <p class="crumb"><a href="\(reader.folder)">\(say: "Home")</a></p>
        <h1>\(referral.need ?? prospect?.name ?? "–")</h1>
        <p><span class="chip">\(say: Phrase(of: referral.status.rawValue))</span> \(warmth)</p>
        <p>\(say: "From \(referral.giver) to \(referral.receiver ?? referral.unplacedProfession ?? "–"), \("\(referral.passedOn, .long)" as HTML)")</p>
        \(prospect.map(contact) ?? .none)
        \(move)
        <section><h2>\(say: "Its way")</h2><ul class="plain">\(passed)</ul></section>
        """
    )
}

/// How to reach the third party; telephones dial it.
private func contact(_ prospect: Prospect) -> HTML {
    let dialled = prospect.phone.map { phone in phone.filter { $0.isASCII && ($0.isNumber || $0 == "+") } }
    let phone: HTML =
        prospect.phone.map { "<a class=\"button\" href=\"tel:\(dialled ?? "")\">\(say: "Call \($0)")</a> " }
        ?? .none
    let mail: HTML =
        prospect.email.map { "<a class=\"button quiet\" href=\"mailto:\($0)\">\($0)</a>" } ?? .none
    return """
        <section class="card"><h2>\(prospect.name)</h2>
        <p class="hint">\(prospect.company ?? "")</p><p>\(phone)\(mail)</p>
        <p class="hint">\(say: "Only giver and receiver read this.")</p></section>
        """
}

extension Instant {
    /// The day of it, in UTC.
    var day: LocalDate {
        let (days, rest) = microsecondsSinceEpoch.quotientAndRemainder(dividingBy: 86_400_000_000)
        return LocalDate(daysSinceEpoch: Int(days) - (rest < 0 ? 1 : 0))
    }
}
