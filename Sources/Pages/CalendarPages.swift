import ReferralGroup

/// The address of a calendar, on the one page that shows it.
package struct CalendarAddress: Sendable {
    private let text: String
    private let modules: [[Bool]]

    /// `modules` are the rows of the code that phones read `subscription` from, true where it is dark.
    package init(_ text: String, modules: [[Bool]]) {
        self.text = text
        self.modules = modules
    }

    /// The same with `webcal`, at which phones and computers ask whether to subscribe.
    package static func subscription(to address: String) -> String {
        "webcal\(address.drop { $0 != ":" })"
    }

    /// What is done with it, and that it is a secret.
    fileprivate func shown(_ warning: Phrase, back: HTML) -> HTML {
        """
        <p class="note">\(say: warning)</p>
        <div class="cards">
        <section class="card"><h2>\(say: "On this device")</h2>
        <p><a class="button" href="\(Self.subscription(to: text))">\(say: "Subscribe")</a></p>
        <p class="hint">\(say: "Where nothing opens, copy this address to where your calendar adds one by its address:")</p>
        <ul class="secrets"><li><code>\(text)</code></li></ul></section>
        <section class="card sign"><h2>\(say: "On your phone")</h2>
        \(code(modules, label: "Code of the address"))
        <p>\(say: "Read this with your phone, and say yes when it asks whether to subscribe.")</p></section>
        </div>
        <p><a class="button quiet" href="\(back)">\(say: "I have kept it")</a></p>
        """
    }
}

/// The calendar of a person: since when it has an address, and how to get a new one.
package func ownCalendarPage(since: Instant?, formToken: FormToken) -> HTML {
    page(
        title: "\(say: "Your calendar")",
        """
        <p class="crumb"><a href="/account">\(say: "Account")</a></p>
        <h1>\(say: "Your calendar")</h1>
        <p>\(say: "The meetings of your chapters in the calendar of your phone or computer, which looks for changes by itself: where and when, the programme, and what is cancelled.")</p>
        \(state(since, "/account/calendar", formToken))
        """
    )
}

package func ownCalendarAddressPage(_ address: CalendarAddress) -> HTML {
    page(
        title: "\(say: "Your calendar")",
        """
        <h1>\(say: "Your calendar")</h1>
        \(address.shown(
            "It is shown only now. Whoever has it reads what you read there: give it to nobody. It holds nobody’s e-mail or telephone.",
            back: "/account/calendar"
        ))
        """
    )
}

/// The calendar of a chapter, for those who look after its policy.
package func chapterCalendarPage(since: Instant?, for reader: Reader) -> HTML {
    chapterCalendar(
        reader,
        """
        <p>\(say: "The meetings of the chapter for everybody who subscribes to them, from its website say: where and when, the topics, and what is cancelled. Nobody is named.")</p>
        \(state(since, "\(reader.folder)/calendar", reader.formToken))
        """
    )
}

package func chapterCalendarAddressPage(_ address: CalendarAddress, for reader: Reader) -> HTML {
    chapterCalendar(
        reader,
        address.shown(
            "It is shown only now. Whoever has it may read when and where you meet.",
            back: "\(reader.folder)/calendar"
        )
    )
}

private func chapterCalendar(_ reader: Reader, _ content: HTML) -> HTML {
    page(
        title: "\(say: "Calendar of the chapter")",
        for: reader,
        in: .meetings,
        """
        <p class="crumb"><a href="\(reader.folder)/meetings">\(say: "All meetings")</a></p>
        <h1>\(say: "Calendar of the chapter")</h1>
        \(content)
        """
    )
}

/// Whether there is an address, and the buttons that make a new one and end it.
private func state(_ since: Instant?, _ place: HTML, _ formToken: FormToken) -> HTML {
    guard let since else {
        return """
            <section class="card"><h2>\(say: "It has no address yet")</h2>
            \(action(place, "Make an address", formToken, style: .none))</section>
            """
    }
    return """
        <section class="card"><h2>\(say: "It has an address")</h2>
        <p>\(say: "Made on \(moment(since)). It was shown then; where it is lost, make a new one.")</p>
        <p class="hint">\(say: "With a new one the old one leads nowhere: devices that subscribed to it have to subscribe again.")</p>
        \(action(place, "Make a new one", formToken))
        \(action("\(place)/end", "End it", formToken, style: " class=\"danger\""))</section>
        """
}
