import FoundationEssentials
import Postgres
import ReferralGroup

extension Query<NoticeWishes> {
    /// How the acting person wants to be told.
    package static var ownNoticeWishes: Self {
        Query("SELECT kind, way, quiet_from, quiet_to FROM own_mail_wishes()") { result in
            var wishes = NoticeWishes(ways: [:], quiet: nil)
            for row in result.rows {
                let from: LocalTime? = try row["quiet_from"]
                let to: LocalTime? = try row["quiet_to"]
                if let from, let to { wishes.quiet = .init(from: from, to: to) }
                guard let kind = Notice.Kind(rawValue: try row["kind"]) else { continue }
                wishes.ways[kind] = Notice.Way(rawValue: try row["way"])
            }
            return wishes
        }
    }
}

extension Query<Void> {
    /// Keeps the acting person's wishes of the kinds that are named, and their quiet hours.
    package static func wish(_ wishes: NoticeWishes) -> Self {
        let kinds = Notice.Kind.allCases.filter { wishes.ways[$0] != nil }
        let ways = kinds.compactMap { wishes.ways[$0]?.rawValue }
        return Query(
            "SELECT wish_mail(\(kinds.map(\.rawValue)), \(ways), \(wishes.quiet?.from), \(wishes.quiet?.to))"
        )
    }
}

/// What a mail's secret stops.
package enum StoppedMail: Sendable, Equatable {
    case kind(Notice.Kind)
    /// Everything that the digest gathers.
    case digest
}

extension Query<StoppedMail?> {
    /// What a secret would stop; nil where nobody was given it.
    package static func mailStopped(by hash: [UInt8]) -> Self {
        Query("SELECT kind FROM mail_stopped_by(\(Bytes(hash)))") { result in
            guard let row = result.rows.first else { return nil }
            return Notice.Kind(rawValue: try row["kind"]).map { .kind($0) } ?? .digest
        }
    }
}

extension Query<Bool> {
    /// Stops what a mail's secret stops; false where nobody was given it.
    package static func stopMail(by hash: [UInt8]) -> Self {
        Query(value: "SELECT stop_mail(\(Bytes(hash)))")
    }
}

extension MailText {
    /// Reads what the outbox keeps of a mail that is written out when it is sent.
    init(kind: String, language: String?, facts: String) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let told = try decoder.decode(Facts.self, from: Data(facts.utf8))
        if let letter = VisitorLetter(kind: kind, language: language, told) {
            self = .toVisitor(letter)
        } else if let mail = WrittenMail(kind: kind, language: language, told) {
            self = .toWrite(mail)
        } else {
            self = .unknown(kind)
        }
    }
}

extension VisitorLetter {
    fileprivate init?(kind: String, language: String?, _ told: Facts) {
        guard ["visitor-invitation", "visitor-reminder"].contains(kind), let visitor = told.visitor,
            let day = told.day.flatMap({ LocalDate($0) }), let begins = told.time.flatMap({ LocalTime($0) }),
            let secret = told.secret
        else { return nil }
        self.init(
            isReminder: kind == "visitor-reminder",
            visitor: visitor,
            chapterName: told.chapterName,
            inviter: told.inviter,
            greeting: told.greeting,
            day: day,
            begins: begins,
            place: told.place,
            language: language ?? "en",
            secret: secret
        )
    }
}

extension WrittenMail {
    /// Nil for what this program does not know how to write.
    fileprivate init?(kind: String, language: String?, _ told: Facts) {
        let notices: [Notice]
        if let entries = told.entries {
            notices = entries.compactMap { Notice(kind: $0.kind, $0.facts) }
        } else {
            notices = [Notice(kind: kind, told)].compactMap(\.self)
        }
        guard !notices.isEmpty else { return nil }
        self.init(
            notices: notices,
            others: told.others ?? 0,
            isDigest: told.entries != nil,
            language: language ?? "en",
            stop: told.stop ?? ""
        )
    }
}

/// What a notice tells of, as the functions of notices.sql write it.
private final class Facts: Decodable, Sendable {
    struct Entry: Decodable {
        let kind: String
        let facts: Facts
    }

    struct Line: Decodable {
        let what: String
        let number: Int
        let about: String?
        let due: String?
    }

    let chapter: String
    let chapterName: String
    let stop: String?
    let entries: [Entry]?
    let others: Int?
    let slip: String?
    let giver: String?
    let due: String?
    let amount: Int64?
    let currency: String?
    let lines: [Line]?
    let month: String?
    let cost: String?
    let received: String?
    let given: String?
    let net: String?
    let hours: String?
    let used: String?
    let allowed: Int?
    let day: String?
    let nextDrop: String?
    let role: String?
    let ahead: Bool?
    let takes: Bool?
    let other: String?
    let news: String?
    let invites: Bool?
    let offByInviter: Bool?
    let accepted: Bool?
    let startsAt: String?
    let time: String?
    let minutes: Int?
    let place: String?
    let topic: String?
    let visitor: String?
    let inviter: String?
    let greeting: String?
    let secret: String?
}

extension Notice {
    fileprivate init?(kind: String, _ told: Facts) {
        guard let kind = Kind(rawValue: kind), let content = Content(kind, told) else { return nil }
        self.init(chapter: told.chapter, chapterName: told.chapterName, content: content)
    }
}

extension Notice.Content {
    fileprivate init?(_ kind: Notice.Kind, _ told: Facts) {
        let day = told.day.flatMap { LocalDate($0) }
        let currency = told.currency.flatMap { Currency($0) }
        switch kind {
        case .referral:
            guard let id = told.slip, let due = told.due.flatMap({ LocalDate($0) }) else { return nil }
            self = .referral(.init(id: id, giver: told.giver ?? "", due: due))
        case .thanks:
            guard let amount = told.amount, let currency else { return nil }
            self = .thanks(Money(minorUnits: amount, currency: currency))
        case .introduction:
            self = .introduction(.init(connector: told.giver, isAccepted: told.news == "accepted"))
        case .oneToOne:
            guard let agreed = Notice.Agreed(told) else { return nil }
            self = .appointment(agreed)
        case .weeklyReminder:
            self = .waiting((told.lines ?? []).compactMap { Notice.Waiting($0) })
        case .monthlyReturn:
            guard let month = told.month.flatMap({ Month($0) }), let currency else { return nil }
            self = .monthlyReturn(
                .init(
                    month: month,
                    currency: currency,
                    cost: told.cost.flatMap { Figure($0) },
                    received: told.received.flatMap { Figure($0) },
                    given: told.given.flatMap { Figure($0) },
                    net: told.net.flatMap { Figure($0) },
                    hours: told.hours.flatMap { Figure($0) }
                )
            )
        case .absenceWarning:
            guard let used = told.used.flatMap({ Figure($0) }), let allowed = told.allowed, let day else {
                return nil
            }
            let nextDrop = told.nextDrop.flatMap { LocalDate($0) }
            self = .absences(.init(used: used, allowed: allowed, day: day, nextDrop: nextDrop))
        case .officeHandover:
            guard let office = told.role, let day, let ahead = told.ahead, let takes = told.takes else {
                return nil
            }
            self = .handover(
                .init(office: office, day: day, isAhead: ahead, takes: takes, other: told.other)
            )
        }
    }
}

extension Notice.Agreed {
    fileprivate init?(_ told: Facts) {
        guard let id = told.slip, let news = told.news.flatMap({ News(rawValue: $0) }),
            let other = told.other,
            let startsAt = told.startsAt.flatMap({ Instant($0) }),
            let day = told.day.flatMap({ LocalDate($0) }),
            let time = told.time.flatMap({ LocalTime($0) }), let minutes = told.minutes
        else { return nil }
        self.init(
            id: id,
            news: news,
            other: other,
            invites: told.invites ?? false,
            isOffByInviter: told.offByInviter,
            isAccepted: told.accepted ?? false,
            startsAt: startsAt,
            day: day,
            time: time,
            minutes: minutes,
            place: told.place,
            topic: told.topic
        )
    }
}

extension Notice.Waiting {
    /// Nil for what a newer database knows and this program does not.
    fileprivate init?(_ line: Facts.Line) {
        guard let what = What(rawValue: line.what) else { return nil }
        self.init(
            what: what,
            number: line.number,
            about: line.about,
            due: line.due.flatMap { LocalDate($0) }
        )
    }
}
