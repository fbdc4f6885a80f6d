import ReferralGroup

/// One-to-ones to come with what each of the two may say to them, and those that are over and not logged.
func agreed(_ appointments: [Appointment], for reader: Reader) -> HTML {
    guard !appointments.isEmpty else { return .none }
    let rows = appointments.map { appointment -> HTML in
        let place: HTML = appointment.place.map { place -> HTML in " · \(place)" } ?? .none
        let topic: HTML =
            appointment.topic.map { topic -> HTML in "<span class=\"hint\">\(topic)</span>" } ?? .none
        return """
            <li class="card"><h3><a href="\(reader.folder)/planner/\(appointment.other)">\(appointment.otherName)</a> \(standing(appointment))</h3>
            <p>\(appointment.date, .full), \(appointment.time) · \(say: "\(count: appointment.minutes) minutes")\(place)</p>
            \(topic)\(answers(appointment, for: reader))</li>

            """
    }
    return """
        <section><h2>\(say: "Agreed")</h2>
        <ul class="cards">
        \(rows)</ul></section>

        """
}

private func standing(_ appointment: Appointment) -> HTML {
    if appointment.isOver { return chip("over", .quiet) }
    if appointment.isAccepted { return chip("agreed", .good) }
    return appointment.isInviter ? chip("has not answered", .quiet) : chip("waits for your answer", .warn)
}

private func answers(_ appointment: Appointment, for reader: Reader) -> HTML {
    let place: HTML = "\(reader.folder)/appointments/\(appointment.id)"
    if appointment.isOver {
        return
            "<p>\(button("\(reader.folder)/log/one-to-one?second=\(queryText(appointment.otherName))&amp;date=\(appointment.date)", "We have met"))</p>\n"
    }
    if appointment.isInviter || appointment.isAccepted {
        return "<p class=\"acts\">\(action("\(place)/call-off", "Call it off", reader.formToken))</p>\n"
    }
    return """
        <p class="acts">\(action("\(place)/accept", "Yes, gladly", reader.formToken, style: .none))\
        \(action("\(place)/call-off", "No, thank you", reader.formToken))</p>

        """
}

/// Where a member invites another.
func invitation(to other: Membership, today: LocalDate, _ filled: Filled, for reader: Reader) -> HTML {
    let fields: [Field] = [
        .day("on", "Day", isRequired: true),
        .line("time", "At", type: "time", isRequired: true),
        .number("minutes", "Minutes", 5...1440, preset: 60),
        .line("place", "Where", extra: " maxlength=\"200\""),
        .line("topic", "What about", extra: " maxlength=\"200\""),
    ]
    return """
        <details class="more"\(filled.isRefused ? " open" : .none)><summary>\(say: "Invite \(other.name) to a one-to-one")</summary>
        <p class="hint">\(say: "Both of you get a mail with an entry for the calendar.")</p>
        \(form(to: "\(reader.folder)/planner/\(other.id)/invite", fields, filled, button: "Invite", formToken: reader.formToken))</details>

        """
}
