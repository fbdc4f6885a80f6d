/// What somebody may do in a chapter; a name says who gains what (domain page §4).
package enum Permission: String, Sendable, CaseIterable {
    case seeRoster = "see-roster"
    case seeChapterTotals = "see-chapter-totals"
    case seeChapterReports = "see-chapter-reports"
    case recordOwnSlips = "record-own-slips"
    case recordSlipsForMembers = "record-slips-for-members"
    case recordEducationForMembers = "record-education-for-members"
    case seeVisitors = "see-visitors"
    case markAttendance = "mark-attendance"
    case manageMembers = "manage-members"
    case importFiles = "import-files"
    case closeMonths = "close-months"
    case correctSlips = "correct-slips"
    case seeAuditTrail = "see-audit-trail"
    case seeApplications = "see-applications"
    case decideApplications = "decide-applications"
    case seeDues = "see-dues"
    case keepDues = "keep-dues"
    case createChapters = "create-chapters"
    /// The shell without `--as`: it holds the database.
    case everything

    /// What every member may do.
    package static let ofMembers: Set<Permission> = [.seeRoster, .seeChapterTotals, .recordOwnSlips]

    /// What it lets somebody do, after “may”.
    package var purpose: String {
        switch self {
        case .seeRoster: "see the members, the meetings and the offices"
        case .seeChapterTotals: "see the chapter's totals"
        case .seeChapterReports: "see the chapter's reports"
        case .recordOwnSlips: "record your own slips"
        case .recordSlipsForMembers: "record slips for other members"
        case .recordEducationForMembers: "record education for other members"
        case .seeVisitors: "see the visitors"
        case .markAttendance: "mark attendance"
        case .manageMembers: "change members, seats, offices and policy"
        case .importFiles: "import files"
        case .closeMonths: "close months"
        case .correctSlips: "correct what was recorded"
        case .seeAuditTrail: "see the audit trail"
        case .seeApplications: "see applications, with their votes and notes"
        case .decideApplications: "open applications, vote on them and decide them"
        case .seeDues: "see what members owe and paid"
        case .keepDues: "write invoices and record payments"
        case .createChapters: "create chapters"
        case .everything: "do everything"
        }
    }

    /// Whether it records money for others, decides what they owe, or gives somebody the right to.
    ///
    /// Such a right of an office wants a second factor.
    package var recordsMoney: Bool {
        switch self {
        case .recordSlipsForMembers, .importFiles, .manageMembers, .correctSlips, .keepDues: true
        case .seeRoster, .seeChapterTotals, .seeChapterReports, .recordOwnSlips, .recordEducationForMembers,
            .seeVisitors, .markAttendance, .closeMonths, .seeAuditTrail, .seeApplications,
            .decideApplications, .seeDues,
            .createChapters, .everything:
            false
        }
    }
}

/// An office of a chapter; the raw value is the word of the command line and the database.
package enum OfficeRole: String, Sendable, CaseIterable {
    case president
    case vicePresident = "vice-president"
    case secretaryTreasurer = "secretary-treasurer"
    case membershipCommittee = "membership-committee"
    case visitorHost = "visitor-host"
    case education
    case mentor
    case events
}

/// Where a person stands in a chapter on a day: what their rights follow from, and nothing else.
package struct Standing: Hashable, Sendable {
    /// The membership that is active that day.
    package let membership: Membership.ID?
    /// The offices held that day.
    package let offices: Set<OfficeRole>
    /// Whether they direct the chapter's region that day.
    package let isDirector: Bool

    package init(membership: Membership.ID?, offices: Set<OfficeRole>, isDirector: Bool = false) {
        self.membership = membership
        self.offices = offices
        self.isDirector = isDirector
    }

    /// Whether the chapter knows the person at all that day; to others it does not exist.
    package var belongs: Bool {
        membership != nil || !offices.isEmpty || isDirector
    }

    package var permissions: Set<Permission> {
        var permissions: Set<Permission> = []
        if membership != nil {
            permissions.formUnion(Permission.ofMembers)
        }
        for office in offices {
            permissions.formUnion(office.permissions)
        }
        // A director compares chapters, and sees nothing personal.
        if isDirector { permissions.insert(.seeChapterTotals) }
        return permissions
    }
}

extension OfficeRole {
    /// Whether it records other people's money; the database knows the same of its offices.
    package var recordsMoney: Bool {
        permissions.contains(where: \.recordsMoney)
    }

    /// What the office adds to the rights of a member.
    var permissions: Set<Permission> {
        switch self {
        case .president, .vicePresident: Self.ofLeaders.union([.seeApplications])
        case .secretaryTreasurer: Self.ofLeaders.union([.keepDues])
        case .membershipCommittee:
            [
                .seeRoster, .seeChapterTotals, .seeChapterReports, .seeVisitors, .seeApplications,
                .decideApplications,
            ]
        case .visitorHost: [.seeRoster, .seeChapterTotals, .seeChapterReports, .seeVisitors]
        case .education: [.seeRoster, .seeChapterTotals, .seeChapterReports, .recordEducationForMembers]
        case .mentor, .events: [.seeRoster, .seeChapterTotals]
        }
    }

    private static let ofLeaders: Set<Permission> = [
        .seeRoster, .seeChapterTotals, .seeChapterReports, .recordSlipsForMembers, .recordEducationForMembers,
        .seeVisitors, .markAttendance, .manageMembers, .importFiles, .closeMonths, .correctSlips,
        .seeAuditTrail,
        .seeDues,
    ]
}

/// The way by which somebody came to the database; the audit trail keeps it.
package enum Door: String, Sendable {
    case web, api, cli, `import`
}
