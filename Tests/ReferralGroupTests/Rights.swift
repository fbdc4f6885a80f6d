import ReferralGroup
import Testing

/// The table of the domain page, section 4.
@Suite struct `What an office may` {
    static let ofMembers: Set<Permission> = [.seeRoster, .seeChapterTotals, .recordOwnSlips]
    static let ofLeaders: Set<Permission> = ofMembers.union([
        .seeChapterReports, .seeVisitors, .markAttendance, .manageMembers, .importFiles, .closeMonths,
        .correctSlips,
        .seeAuditTrail,
        .recordSlipsForMembers, .recordEducationForMembers, .seeDues,
    ])
    static let table: [(OfficeRole?, Set<Permission>)] = [
        (nil, ofMembers),
        (.mentor, ofMembers),
        (.events, ofMembers),
        (.visitorHost, ofMembers.union([.seeChapterReports, .seeVisitors])),
        (.education, ofMembers.union([.seeChapterReports, .recordEducationForMembers])),
        (
            .membershipCommittee,
            ofMembers.union([.seeChapterReports, .seeVisitors, .seeApplications, .decideApplications])
        ),
        (.secretaryTreasurer, ofLeaders.union([.keepDues])),
        (.president, ofLeaders.union([.seeApplications])),
        (.vicePresident, ofLeaders.union([.seeApplications])),
    ]

    @Test(arguments: table)
    func `is what the table says`(office: OfficeRole?, permissions: Set<Permission>) {
        let standing = Standing(membership: Membership.ID(1), offices: office.map { [$0] } ?? [])
        #expect(standing.permissions == permissions)
    }

    @Test func `is said of every office`() {
        #expect(Set(Self.table.compactMap(\.0)) == Set(OfficeRole.allCases))
    }

    @Test func `is added up for who holds several`() {
        let both = Standing(membership: Membership.ID(1), offices: [.visitorHost, .education])
        #expect(
            both.permissions
                == Self.ofMembers.union([.seeChapterReports, .seeVisitors, .recordEducationForMembers])
        )
    }

    @Test func `is nothing to who is neither member nor in office`() {
        let nobody = Standing(membership: nil, offices: [])
        #expect(nobody.permissions.isEmpty)
        #expect(!nobody.belongs)
    }

    @Test func `is totals to a director, and adds nothing to a member`() {
        let director = Standing(membership: nil, offices: [], isDirector: true)
        #expect(director.permissions == [.seeChapterTotals])
        #expect(director.belongs)
        let member = Standing(membership: Membership.ID(1), offices: [], isDirector: true)
        #expect(member.permissions == Self.ofMembers)
    }

    @Test func `is with money what leaders alone may, and neither attendance nor one's own slips`() {
        let withMoney = Set(Permission.allCases.filter(\.recordsMoney))
        #expect(
            withMoney == [.recordSlipsForMembers, .importFiles, .manageMembers, .correctSlips, .keepDues]
        )
        #expect(
            Set(OfficeRole.allCases.filter(\.recordsMoney))
                == [.president, .vicePresident, .secretaryTreasurer]
        )
    }

    @Test func `never is what only the operator may`() {
        let all = Standing(membership: Membership.ID(1), offices: Set(OfficeRole.allCases))
        #expect(all.permissions.isDisjoint(with: [.everything, .createChapters]))
        #expect(all.belongs)
    }

    @Test func `does not record slips of one's own without a membership`() {
        let standing = Standing(membership: nil, offices: [.president])
        #expect(!standing.permissions.contains(.recordOwnSlips))
        #expect(standing.belongs)
    }
}

@Suite struct `A mark` {
    @Test(arguments: zip(Mark.allCases, ["P", "A", "L", "M", "S"]))
    func `has a letter and a word, in either case`(mark: Mark, letter: String) {
        #expect(mark.letter == letter)
        for text in [letter, letter.lowercased(), mark.rawValue, mark.rawValue.uppercased()] {
            #expect(Mark(text) == mark)
        }
        #expect(Mark(mark.description) == mark)
    }

    @Test(arguments: ["", "X", "PP", "P ", "presents", "\u{17f}", "P\u{301}"])
    func `is refused where it is none`(_ text: String) {
        #expect(Mark(text) == nil)
    }
}
