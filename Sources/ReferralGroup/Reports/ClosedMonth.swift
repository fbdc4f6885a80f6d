/// A month that a chapter closed: its return is stored as it was then, under a number (domain page §6).
package struct ClosedMonth: Sendable {
    package let number: Int
    package let month: Month
    /// The moment as of which the stored return is.
    package let closedAt: Instant
    /// Nil is the operator's shell.
    package let closedBy: String?
    /// Of what is stored, and of the one closed before: a chain.
    package let sha256: String
    /// How many records that count in it were made, changed or taken back since.
    package let changes: Int
    package let reopening: Reopening?

    package init(
        number: Int,
        month: Month,
        closedAt: Instant,
        closedBy: String?,
        sha256: String,
        changes: Int,
        reopening: Reopening? = nil
    ) {
        self.number = number
        self.month = month
        self.closedAt = closedAt
        self.closedBy = closedBy
        self.sha256 = sha256
        self.changes = changes
        self.reopening = reopening
    }

    /// That it was opened again: what was stored stays, and is no longer shown.
    package struct Reopening: Sendable {
        package let at: Instant
        package let by: String?
        package let reason: String

        package init(at: Instant, by: String?, reason: String) {
            self.at = at
            self.by = by
            self.reason = reason
        }
    }
}

extension MonthlyROI {
    /// That a report is the stored one of a closed month, and what would be other in it now.
    package struct Closing: Sendable {
        package let closed: ClosedMonth
        /// Nil where nothing that counts in it has changed.
        package let restated: Restated?

        package init(_ closed: ClosedMonth, restated: Restated?) {
            self.closed = closed
            self.restated = restated
        }

        package var sentence: String {
            let by = closed.closedBy.map { " by \($0)" } ?? ""
            return
                "Closed as number \(closed.number) on \(closed.closedAt)\(by): these are the figures of then."
        }
    }

    /// Restated since: the difference of each total between now and the stored report, with what made it.
    package struct Restated: Sendable {
        package let inMonth: Difference
        package let trailing: Difference
        package let sinceJoining: Difference
        /// The newest 200 of them.
        package let changes: [Change]

        package init(
            inMonth: Difference,
            trailing: Difference,
            sinceJoining: Difference,
            changes: [Change]
        ) {
            self.inMonth = inMonth
            self.trailing = trailing
            self.sinceJoining = sinceJoining
            self.changes = changes
        }

        /// Each block with its name in the API.
        package var blocks: [(name: String, difference: Difference)] {
            [("month", inMonth), ("trailing", trailing), ("since_joining", sinceJoining)]
        }

        /// What is other now, a sentence for each block in which something is.
        package var sentences: [String] {
            let named = zip(["", ", in the twelve months", ", since joining"], blocks)
            let restated = named.compactMap { place, block -> String? in
                let moved = block.difference.moved
                return moved.isEmpty ? nil : "Restated since\(place): \(moved.joined(separator: ", "))."
            }
            guard restated.isEmpty else { return restated }
            return ["Records that count in it have changed since; no total has that you may see."]
        }
    }

    /// How much more, or less, the totals of a block are now.
    package struct Difference: Sendable {
        package let totals: Totals
        package let referralsGiven: Int
        package let referralsReceived: Int
        package let oneToOnes: Int
        package let meetingsHeld: Int

        package init(
            totals: Totals,
            referralsGiven: Int,
            referralsReceived: Int,
            oneToOnes: Int,
            meetingsHeld: Int
        ) {
            self.totals = totals
            self.referralsGiven = referralsGiven
            self.referralsReceived = referralsReceived
            self.oneToOnes = oneToOnes
            self.meetingsHeld = meetingsHeld
        }

        /// The totals that are other now, each with its difference: `given +1200.00`.
        var moved: [String] {
            let figures = totals.figures
            let named: [(String, Figure?)] = [
                ("members", Figure(totals.members)), ("referrals given", Figure(referralsGiven)),
                ("referrals received", Figure(referralsReceived)), ("one-to-ones", Figure(oneToOnes)),
                ("meetings", Figure(meetingsHeld)), ("dues", figures.dues), ("fees", figures.fees),
                ("spent", figures.spent), ("hours", figures.hours), ("time", figures.time),
                ("cost", figures.cost), ("received", figures.received), ("profit", figures.profit),
                ("given", figures.given), ("net", figures.net), ("ROI", figures.roi), ("ROT", figures.rot),
                ("given by former members", totals.givenFormer),
            ]
            return named.compactMap { name, figure in
                guard let figure, !figure.isZero else { return nil }
                return "\(name) \(figure.isNegative ? "" : "+")\(figure)"
            }
        }
    }

    /// A record that counts in a closed month, and was made, changed or taken back after it was closed.
    package struct Change: Sendable {
        /// A word such as `referral`, `thanks` or `meeting`.
        package let entity: String
        package let id: String
        /// The day from which on it counts.
        package let day: LocalDate
        /// `made`, `changed` or `taken-back`.
        package let change: String
        package let at: Instant

        package init(entity: String, id: String, day: LocalDate, change: String, at: Instant) {
            self.entity = entity
            self.id = id
            self.day = day
            self.change = change
            self.at = at
        }

        package var sentence: String {
            "\(entity) of \(day), \(change == "taken-back" ? "taken back" : change) \(at)"
        }
    }
}
