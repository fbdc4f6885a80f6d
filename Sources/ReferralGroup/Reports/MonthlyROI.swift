/// A chapter's return for a month or several, the twelve months that end with the last, and since each member joined.
///
/// Amounts are in the chapter's currency, rounded once (domain page §6, Exactly, 1). Nil is a ratio without a
/// denominator, or a figure withheld from the reader; `withheld` then names it.
package struct MonthlyROI: Sendable {
    package let chapter: Chapter.Slug
    package let chapterName: String
    /// The first of several months; that of `month` where the report is of one.
    package let since: Month
    package let month: Month
    package let currency: Currency
    package let asOf: Instant
    package let inMonth: Block
    package let trailing: Block
    package let sinceJoining: Block
    /// Set where these are the stored figures of a closed month.
    package let closing: Closing?

    package init(
        chapter: Chapter.Slug,
        chapterName: String,
        since: Month? = nil,
        month: Month,
        currency: Currency,
        asOf: Instant,
        inMonth: Block,
        trailing: Block,
        sinceJoining: Block,
        closing: Closing? = nil
    ) {
        self.chapter = chapter
        self.chapterName = chapterName
        self.since = since ?? month
        self.month = month
        self.currency = currency
        self.asOf = asOf
        self.inMonth = inMonth
        self.trailing = trailing
        self.sinceJoining = sinceJoining
        self.closing = closing
    }

    /// `2026-10`, or `2026-08 to 2026-10`.
    package var months: String {
        since == month ? "\(month)" : "\(since) to \(month)"
    }

    /// The same stored return, with what of it would be other now.
    package func restated(_ restated: Restated) -> MonthlyROI {
        MonthlyROI(
            chapter: chapter,
            chapterName: chapterName,
            month: month,
            currency: currency,
            asOf: asOf,
            inMonth: inMonth,
            trailing: trailing,
            sinceJoining: sinceJoining,
            closing: closing.map { Closing($0.closed, restated: restated) }
        )
    }

    /// The same with the row of one member alone in each block; the totals stay those of all.
    package func only(_ member: Membership.ID) -> MonthlyROI {
        func alone(_ block: Block) -> Block {
            Block(members: block.members.filter { $0.member == member }, totals: block.totals)
        }
        return MonthlyROI(
            chapter: chapter,
            chapterName: chapterName,
            since: since,
            month: month,
            currency: currency,
            asOf: asOf,
            inMonth: alone(inMonth),
            trailing: alone(trailing),
            sinceJoining: alone(sinceJoining),
            closing: closing
        )
    }

    /// A period's rows, in order of name, and what they add up to.
    package struct Block: Sendable {
        package let members: [Line]
        package let totals: Totals

        package init(members: [Line], totals: Totals) {
            self.members = members
            self.totals = totals
        }
    }

    /// What money, time and return came to, of one member or of all.
    package struct Figures: Sendable {
        package let dues: Figure
        package let fees: Figure
        package let spent: Figure
        package let hours: Figure
        package let time: Figure
        package let cost: Figure
        package let received: Figure?
        package let profit: Figure?
        package let given: Figure
        package let net: Figure?
        package let roi: Figure?
        /// Money per hour.
        package let rot: Figure?

        package init(
            dues: Figure,
            fees: Figure,
            spent: Figure,
            hours: Figure,
            time: Figure,
            cost: Figure,
            received: Figure?,
            profit: Figure?,
            given: Figure,
            net: Figure?,
            roi: Figure?,
            rot: Figure?
        ) {
            self.dues = dues
            self.fees = fees
            self.spent = spent
            self.hours = hours
            self.time = time
            self.cost = cost
            self.received = received
            self.profit = profit
            self.given = given
            self.net = net
            self.roi = roi
            self.rot = rot
        }
    }

    /// One membership's figures.
    package struct Line: Sendable {
        package let member: Membership.ID
        package let name: String
        package let figures: Figures
        package let payback: Month?
        package let referralsGiven: Int
        package let referralsReceived: Int
        package let oneToOnes: Int
        package let meetingsHeld: Int

        package init(
            member: Membership.ID,
            name: String,
            figures: Figures,
            payback: Month?,
            referralsGiven: Int,
            referralsReceived: Int,
            oneToOnes: Int,
            meetingsHeld: Int
        ) {
            self.member = member
            self.name = name
            self.figures = figures
            self.payback = payback
            self.referralsGiven = referralsGiven
            self.referralsReceived = referralsReceived
            self.oneToOnes = oneToOnes
            self.meetingsHeld = meetingsHeld
        }
    }

    /// The chapter's figures in a block.
    package struct Totals: Sendable {
        package let members: Int
        package let figures: Figures
        package let receivedOutside: Figure?
        package let givenOutside: Figure
        package let givenFormer: Figure
        package let medianROI: Figure?
        package let quartilesROI: [Figure?]
        /// The names, in the words of the API, of what the reader may not see.
        package let withheld: [String]
        /// Records left out for want of a rate.
        package let unconverted: [String]
        /// Only in the month's own block.
        package let seatValue: Figure?
        package let openSeatMonth: Figure?

        package init(
            members: Int,
            figures: Figures,
            receivedOutside: Figure?,
            givenOutside: Figure,
            givenFormer: Figure,
            medianROI: Figure?,
            quartilesROI: [Figure?],
            withheld: [String],
            unconverted: [String],
            seatValue: Figure?,
            openSeatMonth: Figure?
        ) {
            self.members = members
            self.figures = figures
            self.receivedOutside = receivedOutside
            self.givenOutside = givenOutside
            self.givenFormer = givenFormer
            self.medianROI = medianROI
            self.quartilesROI = quartilesROI
            self.withheld = withheld
            self.unconverted = unconverted
            self.seatValue = seatValue
            self.openSeatMonth = openSeatMonth
        }
    }
}
