import ReferralGroup

/// Which professions are missing, the most missed first, and who holds the others.
package func seatsPage(open: [OpenSeat], held: [HeldSeat], in currency: Currency, for reader: Reader) -> HTML
{
    let missing = open.map { seat -> HTML in
        let since = seat.since.map { day -> HTML in "\(say: "open since \("\(day, .long)" as HTML)")" }
        let referrals: HTML =
            seat.unplaced == 0
            ? .none : " \(chip("\(count: seat.unplaced) referrals nobody could take", .warn))"
        let value: HTML =
            seat.value.map { $0.isZero ? .none : " <b>\(Numbers.text($0))\u{A0}\(currency)</b>" } ?? .none
        return
            "<li>\(who("\(seat.title)", since ?? "\(say: "nobody ever held it")"))<span>\(referrals)\(value)</span></li>\n"
    }
    let taken = held.map { seat -> HTML in
        """
        <li>\(who("\(seat.title)", "<a href=\"\(reader.folder)/members/\(seat.member)\">\(seat.name)</a>")) \
        <span class="hint">\(say: "since \("\(seat.since, .long)" as HTML)")</span></li>

        """
    }
    return chapterPage(
        "Seats",
        in: .seats,
        for: reader,
        """
        <section aria-labelledby="open"><h2 id="open">\(say: "Open seats")</h2>
        \(missing.isEmpty
            ? nothing("No seat is open, and no referral lacked one in the last 12 months.")
            : "<p class=\"hint\">\(say: "The most missed first: referrals of the last 12 months that nobody could take, and what such referrals brought on average.")</p>\n<ul class=\"plain\">\n\(missing)</ul>\n")
        <p><a href="\(reader.folder)/reports/seats">\(say: "The report, with each referral behind it")</a></p></section>
        \(reader.may(.manageMembers) ? "<p>\(button("\(reader.folder)/seats/spheres", "Spheres", style: "button quiet"))</p>\n" : .none)<section aria-labelledby="held"><h2 id="held">\(say: "\(count: held.count) seats are taken")</h2>
        \(taken.isEmpty ? nothing("Nobody holds a seat yet. A member gets one on their page.") : "<ul class=\"plain\">\n\(taken)</ul>\n")</section>
        """
    )
}

/// Where leaders say which professions have their clients in common.
package func spheresPage(_ seats: [Seat], _ refused: Filled?, for reader: Reader) -> HTML {
    let known = Set(seats.compactMap(\.sphere)).sorted()
    let fields = seats.map { seat in
        Field.line(
            "sphere-\(seat.id)",
            "\(seat.title)",
            preset: seat.sphere ?? "",
            extra: " maxlength=\"200\" list=\"spheres\" autocomplete=\"off\""
        )
    }
    let options = known.map { sphere -> HTML in "<option value=\"\(sphere)\"></option>\n" }
    return chapterPage(
        "Spheres",
        in: .seats,
        for: reader,
        above: back(to: .seats, for: reader),
        """
        <p>\(say: "Professions whose clients are the same people share a sphere: building, say, or weddings. The planner brings them together.")</p>
        \(seats.isEmpty
            ? nothing("There is no seat yet. A member gets one on their page.")
            : "<datalist id=\"spheres\">\n\(options)</datalist>\n\(form(to: "\(reader.folder)/seats/spheres", fields, refused ?? .blank, button: "Keep", formToken: reader.formToken))")
        """
    )
}
