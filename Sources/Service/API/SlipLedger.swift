import Exchange
import ReferralGroup
import Storage

/// Slips of one kind: where they are found, who sees all of them, and what is said of each.
struct SlipLedger: Sendable {
    let kind: EntryKind
    let folder: String
    /// Whoever may not sees their own.
    var wholeTo = Permission.seeChapterReports
    let lines: @Sendable (Chapter.ID, LedgerSlice, Membership.ID?) -> LedgerQuery
    let members: @Sendable (LedgerLine, inout JSONWriter) -> Void

    func write(_ line: LedgerLine, to writer: inout JSONWriter) {
        writer.member("id", line.id.description)
        writer.member("date", line.day.description)
        members(line, &writer)
    }

    static let all = [oneToOnes, testimonials, introductions, education, visitors, activities]

    private static let oneToOnes = SlipLedger(
        kind: .oneToOne,
        folder: "one-to-ones",
        lines: { .oneToOnes(of: $0, $1, concerning: $2) },
        members: { line, writer in
            writer.member("first", line.who)
            writer.member("second", line.other)
            writer.member("minutes", number: line.measure.flatMap { Int($0) })
            writer.member("place", line.note)
        }
    )

    private static let testimonials = SlipLedger(
        kind: .testimonial,
        folder: "testimonials",
        lines: { .testimonials(of: $0, $1, concerning: $2) },
        members: { line, writer in
            writer.member("giver", line.who)
            writer.member("receiver", line.other)
            writer.member("text", line.note)
        }
    )

    private static let introductions = SlipLedger(
        kind: .introduction,
        folder: "introductions",
        lines: { .introductions(of: $0, $1, concerning: $2) },
        members: { line, writer in
            writer.member("connector", line.who)
            writer.member("first", line.other)
            writer.member("second", line.measure)
            writer.member("why", line.note)
        }
    )

    private static let education = SlipLedger(
        kind: .education,
        folder: "education",
        lines: { .education(of: $0, $1, concerning: $2) },
        members: { line, writer in
            writer.member("member", line.who)
            writer.member("hours", line.measure)
            writer.member("title", line.note)
        }
    )

    private static let visitors = SlipLedger(
        kind: .visitor,
        folder: "visitors",
        wholeTo: .seeVisitors,
        lines: { .visitors(of: $0, $1, concerning: $2) },
        members: { line, writer in
            writer.member("name", line.who)
            writer.member("invited_by", line.other)
            writer.member("kind", line.measure)
            writer.member("status", line.note)
        }
    )

    private static let activities = SlipLedger(
        kind: .activity,
        folder: "activities",
        lines: { .activities(of: $0, $1, concerning: $2) },
        members: { line, writer in
            writer.member("member", line.who)
            writer.member("kind", line.other)
            writer.member("minutes", number: line.measure.flatMap { Int($0) })
            writer.member("purpose", line.note)
        }
    )
}
