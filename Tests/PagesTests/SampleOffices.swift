import Pages
import ReferralGroup
import Testing

/// The pages of offices, policy, closed months and the audit trail, in every state that has words of its own.
enum SampleOffices {
    private typealias Named = SampleChapters.Named

    static func all() throws -> [`Pages as they are`.Page] {
        let (leader, member) = (try SampleChapters.leader(), try SampleChapters.member())
        return SampleChapters.pages(
            try offices(leader, member) + policies(leader, member) + months(leader, member) + audits(leader)
        )
    }

    private static func offices(_ leader: Reader, _ member: Reader) throws -> [Named] {
        let today = try SampleNights.day("2026-10-28")
        let spans = [
            ("2026-04-01", "2026-09-30"), ("2026-10-01", "2027-03-31"), ("2026-10-01", nil),
            ("2027-04-01", nil),
        ]
        let terms = try OfficeRole.allCases.flatMap { role in
            try spans.enumerated().map { number, span in
                Term(
                    id: .init(Int64(number + 1)),
                    role: role,
                    member: .init(1),
                    name: "Bob Baker",
                    from: try SampleNights.day(span.0),
                    to: try span.1.map(SampleNights.day)
                )
            }
        }
        let members = [try SampleChapters.membership(), try SampleChapters.membership(isFull: false)]
        let refused = SampleChapters.refused("from")
        return [
            ("offices", officesPage(terms, on: today, for: leader)),
            ("offices for a member", officesPage(terms, on: today, for: member)),
            ("offices that are vacant", officesPage([], on: today, for: leader)),
            ("offices that are vacant, for a member", officesPage([], on: today, for: member)),
            ("appoint", appointPage(members: members, for: leader)),
            ("appoint one", appointPage(members: members, role: .mentor, member: .init(1), for: leader)),
            ("appoint again", appointPage(members: members, refused, for: leader)),
            ("end a term", endTermPage(terms[0], for: leader)),
            ("end a term again", endTermPage(terms[2], SampleChapters.refused("on"), for: leader)),
        ]
    }

    private static func policy(
        from day: String,
        _ words: (due: String, window: String, seenBy: String) = ("every", "half-years", "member"),
        substitutes: Int? = nil
    ) throws -> Policy {
        Policy(
            validFrom: try SampleNights.day(day),
            membershipFee: try SampleChapters.euros(90000),
            monthsCovered: 12,
            meetingFee: try SampleChapters.euros(1200),
            meetingFeeDueFor: words.due,
            valueOfHour: try SampleChapters.euros(8000),
            absenceLimit: 3,
            absenceWindow: words.window,
            lateWeight: try #require(Figure("0.5")),
            substitutesAllowed: substitutes,
            contactWithinHours: 24,
            visitsBeforeApplying: 2,
            earnedIsSeenBy: words.seenBy,
            needsAreSeenIn: words.seenBy == "chapter" ? "region" : "chapter",
            termStarts: ["04-01", "10-01"],
            weights: Dictionary(uniqueKeysWithValues: CapitalWeight.allCases.map { ($0, Figure(1)) })
        )
    }

    private static func policies(_ leader: Reader, _ member: Reader) throws -> [Named] {
        let versions = try [
            policy(from: "2027-01-01", ("attended", "12-months", "chapter"), substitutes: 6),
            policy(from: "2026-07-01", ("every", "rolling-26-weeks", "leaders")),
            policy(from: "2026-01-01"), policy(from: "2025-01-01"),
        ]
        let euro = try #require(Currency("EUR"))
        let refused = SampleChapters.refused("meeting_fee")
        return versions.map { ("policy from \($0.validFrom)", policyPage(versions, now: $0, for: leader)) }
            + [
                ("policy for a member", policyPage([versions[0]], now: versions[0], for: member)),
                ("decide anew", changePolicyPage(versions[0], in: euro, for: leader)),
                ("decide anew again", changePolicyPage(versions[2], refused, in: euro, for: leader)),
            ]
    }

    private static func months(_ leader: Reader, _ member: Reader) throws -> [Named] {
        let (october, september) = (try #require(Month("2026-10")), try #require(Month("2026-09")))
        let at = try #require(Instant("2026-11-02T10:00:00Z"))
        func closed(
            _ changes: Int,
            by name: String?,
            _ reopening: ClosedMonth.Reopening? = nil
        ) -> ClosedMonth {
            ClosedMonth(
                number: 4,
                month: september,
                closedAt: at,
                closedBy: name,
                sha256: "",
                changes: changes,
                reopening: reopening
            )
        }
        let list = [
            closed(0, by: "Alice"), closed(1, by: nil), closed(2, by: "Alice"),
            closed(0, by: nil, .init(at: at, by: nil, reason: "Example")),
            closed(0, by: "Alice", .init(at: at, by: "Bob", reason: "Example")),
        ]
        return [
            ("closed months", monthsPage(closed: list, open: [october], for: leader)),
            ("closed months for a member", monthsPage(closed: list, open: [october], for: member)),
            ("no closed month", monthsPage(closed: [], open: [], for: leader)),
            ("open a month again", reopenPage(october, for: leader)),
            (
                "open a month again, refused",
                reopenPage(october, SampleChapters.refused("reason"), for: leader)
            ),
        ]
    }

    private static func audits(_ leader: Reader) throws -> [Named] {
        let at = try #require(Instant("2026-11-02T10:00:00Z"))
        func event(
            _ entity: String,
            _ action: String = "update",
            by door: Door = .web,
            person: Int64? = nil,
            named name: String? = nil
        ) -> AuditEvent {
            AuditEvent(
                id: 7,
                at: at,
                door: door.rawValue,
                person: person.map { .init($0) },
                name: name,
                action: action,
                entity: entity,
                entityID: "7",
                changed: ["joined_on", "name"]
            )
        }
        let events =
            AuditFilter.entities.map { event($0) } + ["insert", "update", "delete"].map { event("seat", $0) }
            + [Door.web, .api, .cli, .import].map { event("seat", by: $0) }
            + [event("seat", person: 1, named: "Alice"), event("seat", person: 2)]
        let many = [AuditEvent](repeating: events[0], count: AuditQuestion.pageLength + 1)
        let (any, one) = (AuditFilter(), AuditFilter(entity: "seat", door: .api, by: .init(1)))
        let members = [try SampleChapters.membership(), try SampleChapters.membership(isFull: false)]
        func page(_ events: [AuditEvent], _ filter: AuditFilter, isFirst: Bool) -> HTML {
            auditPage(events, AuditQuestion(filter, isFirstPage: isFirst), members: members, for: leader)
        }
        return [
            ("audit trail", page(events, any, isFirst: true)),
            ("audit trail, further", page(many, any, isFirst: false)),
            ("audit trail, of one", page([], one, isFirst: true)),
        ]
    }
}
