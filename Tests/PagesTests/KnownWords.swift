import Pages
import ReferralGroup

/// The words of ours that come as data: from `Schema`, or from the types of the network.
enum KnownWords {
    static let all: [String] =
        entities + withheld + ledger + reports + scorecards + places + offices + statuses + outcomes
        + EndCode.allCases.map(\.words)
        + refusals + shapes + verdicts
        + problems
        + AuditedWords.all
        + WebhookTrouble.allCases.map(\.rawValue) + WebhookTrouble.ofTheDatabase
        + Phrase.finished + Phrase.finishedOfRows

    /// Records that count in a closed month, and what became of them.
    static let entities = [
        "referral", "thanks", "one-to-one", "activity", "education", "meeting", "membership", "leave",
        "valuation",
        "policy",
    ]

    /// What may be withheld of a monthly return, as its page says it.
    static let withheld = [
        "received", "profit", "net", "roi", "rot", "received outside", "median roi", "quartiles roi",
    ]

    private static let ledger = [
        "referral given", "referral received", "introduction made", "introduction received", "visitor",
        "testimonial",
        "one-to-one", "month in office", "need answered", "need posted",
    ]

    private static let reports = [
        "over the limit", "at the limit", "within it", "to come", "ends within 90 days", "in office",
        "vacant",
        "under way", "not followed up", "stands still", "not contacted", "not answered", "not sealed",
        "not opened",
        "passed", "contacted", "meeting", "proposal", "won", "meetings", "one-to-ones", "events", "meals",
        "calls and notes", "education", "leadership", "other", "taken-back", "made", "changed", "no weekday",
        "not known", "since joining", "none", "not noted", "not said", "nobody", "Former members", "Visitors",
        "Other chapters", "The chapter", "Total",
    ]

    private static let scorecards = [
        "Absences", "Attendance", "Education", "Never late", "One-to-ones", "Referrals",
        "Sponsored new members",
        "Testimonials", "Thanked for", "Trainings", "Visitors", "green", "yellow", "red", "grey",
        "there are no bands of money for the chapter’s currency",
    ]

    private static let places = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "size", "weekday",
        "age",
        "usual",
    ]

    private static let offices =
        OfficeRole.allCases.map(\.rawValue) + [
            "director", "President", "Vice-President", "Secretary/Treasurer", "Membership Committee",
            "Visitor Host",
            "Education", "Mentor", "Events",
        ]

    private static let statuses = [
        "regular", "training", "social", "leadership", "scheduled", "open", "sealed", "cancelled", "holiday",
        "present", "absent", "late", "medical", "substitute", "first", "second", "guest", "accepted",
        "declined",
        "withdrawn",
    ]

    /// What may be other in a month that was closed.
    private static let outcomes = [
        "members", "referrals given", "referrals received", "one-to-ones", "meetings", "dues", "fees",
        "spent",
        "hours", "time", "cost", "received", "profit", "given", "net", "ROI", "ROT",
        "given by former members",
    ]

    /// The titles of pages on which something went wrong.
    private static let problems = [
        "Not Found", "Bad Request", "Unauthorized", "Forbidden", "Method Not Allowed", "Not Acceptable",
        "Conflict",
        "Precondition Failed", "Content Too Large", "Unsupported Media Type", "Unprocessable Content",
        "Precondition Required", "Too Many Requests", "Internal Server Error", "Bad Gateway",
        "Service Unavailable",
    ]

    /// What becomes of rows of an imported file, where it names nobody.
    static let verdicts = [
        "visitors", "other chapters and the organisation", "former members: the total less all rows",
        "no side of it is of this chapter", "nobody is thanked: the cell To is empty",
        "education is of a member of this chapter", "the visitor has no name: the cell To is empty",
        "the organisation can neither pass nor receive it",
    ]

    private static let refusals = Refusal.allCases.map(\.sentence) + Permission.allCases.map(\.purpose)

    private static let shapes = (ReportShape.all + ReportShape.ofRegions + [.monthlyROI, .attendance]).flatMap
    {
        shape -> [String] in
        let tables = shape.tables + (shape.entries.map { [$0] } ?? [])
        return [shape.title, shape.purpose] + shape.options.map(\.name)
            + tables.flatMap { table in
                [table.title, table.withheldBecause] + table.columns.flatMap { [$0.heading, $0.meaning] }
            }
    }
}
