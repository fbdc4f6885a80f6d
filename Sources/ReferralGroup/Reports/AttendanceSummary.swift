/// Attendance and slips of a chapter in a period, by the meeting to which each slip belongs (domain page §6).
package struct AttendanceSummary: Sendable {
    package let chapter: Chapter.Slug
    package let chapterName: String
    package let from: LocalDate
    package let to: LocalDate
    package let currency: Currency
    package let asOf: Instant
    /// Members in order of name, then what former members, visitors, other chapters and the chapter itself did.
    package let rows: [Row]
    package let total: Row
    package let summaries: [ImportedSummary]

    package init(
        chapter: Chapter.Slug,
        chapterName: String,
        from: LocalDate,
        to: LocalDate,
        currency: Currency,
        asOf: Instant,
        rows: [Row],
        total: Row,
        summaries: [ImportedSummary]
    ) {
        self.chapter = chapter
        self.chapterName = chapterName
        self.from = from
        self.to = to
        self.currency = currency
        self.asOf = asOf
        self.rows = rows
        self.total = total
        self.summaries = summaries
    }

    /// Whose figures a row holds.
    package enum Kind: String, Sendable, CaseIterable {
        case member
        /// What an imported summary's total holds beyond its rows: people who had left.
        case formerMembers = "former-members"
        case visitors
        case otherChapters = "other-chapters"
        case chapter
        case total
    }

    package struct Row: Sendable {
        package let kind: Kind
        package let member: Membership.ID?
        package let name: String
        package let present: Int
        package let absent: Int
        package let late: Int
        package let medical: Int
        package let substitute: Int
        package let referralsGivenInside: Int
        package let referralsGivenOutside: Int
        package let referralsReceivedInside: Int
        package let referralsReceivedOutside: Int
        package let visitors: Int
        package let oneToOnes: Int
        package let thankedFor: Figure
        package let education: Figure
        package let testimonials: Int
        package let held: Int
        /// (P + L + S) / held, nil where nothing was held.
        package let rate: Figure?

        package init(
            kind: Kind,
            member: Membership.ID?,
            name: String,
            present: Int,
            absent: Int,
            late: Int,
            medical: Int,
            substitute: Int,
            referralsGivenInside: Int,
            referralsGivenOutside: Int,
            referralsReceivedInside: Int,
            referralsReceivedOutside: Int,
            visitors: Int,
            oneToOnes: Int,
            thankedFor: Figure,
            education: Figure,
            testimonials: Int,
            held: Int,
            rate: Figure?
        ) {
            self.kind = kind
            self.member = member
            self.name = name
            self.present = present
            self.absent = absent
            self.late = late
            self.medical = medical
            self.substitute = substitute
            self.referralsGivenInside = referralsGivenInside
            self.referralsGivenOutside = referralsGivenOutside
            self.referralsReceivedInside = referralsReceivedInside
            self.referralsReceivedOutside = referralsReceivedOutside
            self.visitors = visitors
            self.oneToOnes = oneToOnes
            self.thankedFor = thankedFor
            self.education = education
            self.testimonials = testimonials
            self.held = held
            self.rate = rate
        }
    }

    /// An imported summary that touches the period.
    package struct ImportedSummary: Sendable {
        package let batch: Int64
        package let from: LocalDate
        package let to: LocalDate
        /// Whether the period holds its days whole, so that it stands for them.
        package let isUsed: Bool

        package init(batch: Int64, from: LocalDate, to: LocalDate, isUsed: Bool) {
            self.batch = batch
            self.from = from
            self.to = to
            self.isUsed = isUsed
        }
    }
}
