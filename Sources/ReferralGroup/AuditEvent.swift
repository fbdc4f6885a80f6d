/// One line of the audit trail.
package struct AuditEvent: Sendable {
    package let id: Int64
    package let at: Instant
    package let door: String
    package let person: Person.ID?
    /// Under which the chapter knows them; nil for the system, and for who was never a member here.
    package let name: String?
    /// `insert`, `update` or `delete`.
    package let action: String
    /// The kind of the record: `membership`.
    package let entity: String
    package let entityID: String
    /// The fields that changed; of personal data that is all that is kept.
    package let changed: [String]

    package init(
        id: Int64,
        at: Instant,
        door: String,
        person: Person.ID?,
        name: String?,
        action: String,
        entity: String,
        entityID: String,
        changed: [String]
    ) {
        self.id = id
        self.at = at
        self.door = door
        self.person = person
        self.name = name
        self.action = action
        self.entity = entity
        self.entityID = entityID
        self.changed = changed
    }
}

/// Which lines of the audit trail somebody asks for; nil is any.
package struct AuditFilter: Sendable {
    package let entity: String?
    package let door: Door?
    package let by: Membership.ID?

    package init(entity: String? = nil, door: Door? = nil, by: Membership.ID? = nil) {
        self.entity = entity
        self.door = door
        self.by = by
    }

    /// What a chapter keeps and people change.
    package static let entities = [
        "membership", "membership_leave", "membership_valuation", "seat", "office", "policy", "meeting",
        "mark", "announced_absence", "meeting_part", "check_in", "chapter_calendar", "absence_letter",
        "referral",
        "referral_step", "prospect", "closed_business", "closed_business_earner", "one_to_one",
        "testimonial", "introduction", "appointment", "introduction_answer", "education_unit", "visitor",
        "visitor_link",
        "activity",
        "outsider",
        "slip_correction", "posting", "contact", "activity_contact", "follow_up", "profile", "application",
        "application_reference", "application_vote",
        "invoice", "payment", "closed_month", "chapter_scorecard", "import_batch", "imported_summary",
        "imported_summary_line", "name_link", "webhook", "webhook_delivery",
    ]
}
