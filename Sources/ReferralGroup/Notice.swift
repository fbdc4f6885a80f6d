/// Something that a member is told of by mail.
package struct Notice: Sendable {
    /// Why; what a person may wish otherwise, and what the database calls it.
    package enum Kind: String, Sendable, CaseIterable, Codable {
        case referral, thanks, introduction
        case oneToOne = "one-to-one"
        case weeklyReminder = "weekly-reminder"
        case monthlyReturn = "monthly-return"
        case absenceWarning = "absence-warning"
        case officeHandover = "office-handover"
    }

    /// How a person wants a kind of notice.
    package enum Way: String, Sendable, CaseIterable {
        case atOnce = "at-once"
        case digest, off
    }

    /// The chapter it is from, by its short name.
    package let chapter: String
    package let chapterName: String
    package let content: Content

    package init(chapter: String, chapterName: String, content: Content) {
        self.chapter = chapter
        self.chapterName = chapterName
        self.content = content
    }

    package enum Content: Sendable {
        case referral(Referral)
        case thanks(Money)
        case introduction(Introduced)
        case appointment(Agreed)
        case waiting([Waiting])
        case monthlyReturn(Return)
        case absences(Absences)
        case handover(Handover)
    }

    /// A referral that somebody passed: never whom it is about.
    package struct Referral: Sendable {
        package let id: String
        package let giver: String
        /// The last day for the first contact.
        package let due: LocalDate

        package init(id: String, giver: String, due: LocalDate) {
            self.id = id
            self.giver = giver
            self.due = due
        }
    }

    /// Somebody whom another would like to bring together with the reader: never who it is.
    package struct Introduced: Sendable {
        package let connector: String?
        /// Whether both have said yes; else the reader is asked.
        package let isAccepted: Bool

        package init(connector: String?, isAccepted: Bool) {
            self.connector = connector
            self.isAccepted = isAccepted
        }
    }

    /// A one-to-one to come, or one that was called off.
    package struct Agreed: Sendable {
        package enum News: String, Sendable, CaseIterable {
            case invited, accepted
            case calledOff = "called-off"
        }

        package let id: String
        package let news: News
        /// The other of the two.
        package let other: String
        /// Whether the reader invited.
        package let invites: Bool
        /// Who called it off; nil as long as it stands.
        package let isOffByInviter: Bool?
        package let isAccepted: Bool
        package let startsAt: Instant
        /// On the wall of the chapter.
        package let day: LocalDate
        package let time: LocalTime
        package let minutes: Int
        package let place: String?
        package let topic: String?

        package init(
            id: String,
            news: News,
            other: String,
            invites: Bool,
            isOffByInviter: Bool?,
            isAccepted: Bool,
            startsAt: Instant,
            day: LocalDate,
            time: LocalTime,
            minutes: Int,
            place: String?,
            topic: String?
        ) {
            self.id = id
            self.news = news
            self.other = other
            self.invites = invites
            self.isOffByInviter = isOffByInviter
            self.isAccepted = isAccepted
            self.startsAt = startsAt
            self.day = day
            self.time = time
            self.minutes = minutes
            self.place = place
            self.topic = topic
        }
    }

    /// Something to do.
    package struct Waiting: Sendable {
        package enum What: String, Sendable, CaseIterable {
            case referralToContact = "referral-to-contact"
            case followUp = "follow-up"
            case standInToFind = "stand-in-to-find"
            case partToPrepare = "part-to-prepare"
            case absencesAnnounced = "absences-announced"
            case sheetsToSeal = "sheets-to-seal"
        }

        package let what: What
        package let number: Int
        package let about: String?
        package let due: LocalDate?

        package init(what: What, number: Int, about: String?, due: LocalDate?) {
            self.what = what
            self.number = number
            self.about = about
            self.due = due
        }
    }

    /// A member's own return of a month, as the report prints it; nil is what it leaves out.
    package struct Return: Sendable {
        package let month: Month
        package let currency: Currency
        package let cost: Figure?
        package let received: Figure?
        package let given: Figure?
        package let net: Figure?
        package let hours: Figure?

        package init(
            month: Month,
            currency: Currency,
            cost: Figure?,
            received: Figure?,
            given: Figure?,
            net: Figure?,
            hours: Figure?
        ) {
            self.month = month
            self.currency = currency
            self.cost = cost
            self.received = received
            self.given = given
            self.net = net
            self.hours = hours
        }
    }

    /// How many absences are used, of those allowed.
    package struct Absences: Sendable {
        package let used: Figure
        package let allowed: Int
        package let day: LocalDate
        /// When the next one drops out.
        package let nextDrop: LocalDate?

        package init(used: Figure, allowed: Int, day: LocalDate, nextDrop: LocalDate?) {
            self.used = used
            self.allowed = allowed
            self.day = day
            self.nextDrop = nextDrop
        }
    }

    /// An office that another holds from a day on.
    package struct Handover: Sendable {
        /// As the chapter calls it: `President`.
        package let office: String
        package let day: LocalDate
        /// Whether the day is still to come.
        package let isAhead: Bool
        /// Whether the reader takes it over; else they hand it over.
        package let takes: Bool
        /// Who is on the other side.
        package let other: String?

        package init(office: String, day: LocalDate, isAhead: Bool, takes: Bool, other: String?) {
            self.office = office
            self.day = day
            self.isAhead = isAhead
            self.takes = takes
            self.other = other
        }
    }
}

/// How a person wants to be told: each kind, and when never.
package struct NoticeWishes: Sendable, Equatable {
    package var ways: [Notice.Kind: Notice.Way]
    /// By the clock of the chapter that a notice is from; past midnight where they end before they begin.
    package var quiet: QuietHours?

    package struct QuietHours: Sendable, Equatable {
        package let from: LocalTime
        package let to: LocalTime

        package init(from: LocalTime, to: LocalTime) {
            self.from = from
            self.to = to
        }
    }

    package init(ways: [Notice.Kind: Notice.Way], quiet: QuietHours?) {
        self.ways = ways
        self.quiet = quiet
    }
}

/// A mail that is written out when it is sent.
package struct WrittenMail: Sendable {
    /// One notice, or several in a digest.
    package let notices: [Notice]
    /// How many more there would have been.
    package let others: Int
    package let isDigest: Bool
    /// BCP 47, as the person or the chapter has it.
    package let language: String
    /// What stops its kind, as it stands in a link.
    package let stop: String

    package init(notices: [Notice], others: Int, isDigest: Bool, language: String, stop: String) {
        self.notices = notices
        self.others = others
        self.isDigest = isDigest
        self.language = language
        self.stop = stop
    }
}
