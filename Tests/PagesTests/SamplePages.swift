import Pages
import ReferralGroup
import Testing

/// Pages in states that they are seldom in.
enum SamplePages {
    static func all() throws -> [`Pages as they are`.Page] {
        let token = FormToken("0123")
        return try [
            ("onward", onwardPage(provider: "Example", address: "/x")),
            ("not linked", notLinkedPage(provider: "Example")),
            (
                "sign in through a provider",
                signInPage(email: "", problem: nil, provider: "Example", formToken: token)
            ),
            ("every role", homes(days: 0)),
            ("from tomorrow on", homes(days: 1)),
            ("account with a provider", account(token)),
            ("privacy", privacy(token)),
            (
                "privacy of nobody's member",
                privacyPage(.init(sharing: [], looks: [], isFirst: true, hasMore: false), formToken: token)
            ),
            ("of former members", formerMembers()),
            ("several months", severalMonths()),
            ("one of two quartiles", withheldSpread()),
            ("closed", closed(restated: nil, token)),
            ("restated", closed(restated: restated(), token)),
            (
                "to be closed",
                monthlyROIPage(SampleReturn().report(), closing: ClosingForm(formToken: token, isOver: true))
            ),
        ]
        .map { `Pages as they are`.Page(testDescription: $0, html: $1) }
    }

    private static func homes(days: Int) -> HTML {
        let roles = OfficeRole.allCases.map(\.rawValue)
        return homePage(
            name: "Alice",
            chapters: [
                ChapterLink(slug: "alder", name: "Alder", roles: roles, secondFactorIn: days),
                ChapterLink(slug: "birch", name: "Birch", roles: ["director"]),
            ],
            regions: [RegionLink(slug: "south", name: "South")]
        )
    }

    private static func account(_ token: FormToken) throws -> HTML {
        let moment = try #require(Instant("2026-11-01T08:00:00Z"))
        let account = AccountView(
            name: "Alice",
            email: nil,
            secondFactor: .on(recoveryCodes: 1),
            isSecondFactorWanted: false,
            secondFactorIn: 5,
            provider: "Example",
            linked: [.init(issuer: "https://example.org", subject: "alice", name: "Example", since: moment)],
            devices: [],
            tokens: []
        )
        return accountPage(account, formToken: token)
    }

    private static func privacy(_ token: FormToken) throws -> HTML {
        let (slug, moment) = (
            try #require(Chapter.Slug("alder")), try #require(Instant("2026-11-01T08:00:00Z"))
        )
        let sharing = [true, false].map {
            PrivacyView.Sharing(chapter: slug, chapterName: "Alder", member: .init(3), isShared: $0)
        }
        let seen: [PrivacyView.Seen?] = PrivacyView.Seen.allCases + [nil]
        let doors: [Door?] = [.web, .api, .cli, .import, nil] + seen.map { _ in .web }
        let looks = zip(seen, doors).enumerated().map { place, look in
            PrivacyView.Look(
                id: "\(place)",
                at: moment,
                reader: place == 2 ? nil : "Alice",
                chapter: "Alder",
                door: look.1,
                seen: look.0,
                month: place == 1 ? nil : Month("2026-10")
            )
        }
        return privacyPage(
            .init(sharing: sharing, looks: looks, isFirst: false, hasMore: true),
            formToken: token
        )
    }

    private static func formerMembers() throws -> HTML {
        var sample = SampleReturn()
        sample.givenFormer = "12.00"
        sample.names.append("Dora Dyer")
        return try sample.html()
    }

    private static func severalMonths() throws -> HTML {
        var sample = SampleReturn()
        sample.since = "2026-08"
        sample.names = ["Bob Baker", "Bob Baker"]
        return try sample.html()
    }

    private static func withheldSpread() throws -> HTML {
        var sample = SampleReturn()
        sample.withheld = KnownWords.withheld
        sample.isEmpty = true
        sample.names = ["Bob Baker"]
        return try sample.html()
    }

    static func restated() throws -> MonthlyROI.Restated {
        let totals = try SampleReturn().report().inMonth.totals
        let difference = MonthlyROI.Difference(
            totals: totals,
            referralsGiven: 1,
            referralsReceived: -1,
            oneToOnes: 2,
            meetingsHeld: 1
        )
        let at = try #require(Instant("2026-11-03T09:30:00Z"))
        let day = try #require(LocalDate("2026-10-07"))
        let changes = KnownWords.entities.flatMap { entity in
            ["made", "changed", "taken-back"].map {
                MonthlyROI.Change(entity: entity, id: "7", day: day, change: $0, at: at)
            }
        }
        return MonthlyROI.Restated(
            inMonth: difference,
            trailing: difference,
            sinceJoining: difference,
            changes: changes
        )
    }

    private static func closed(restated: MonthlyROI.Restated?, _ token: FormToken) throws -> HTML {
        monthlyROIPage(
            try closedReturn(restated: restated),
            closing: ClosingForm(formToken: token, isOver: true)
        )
    }

    static func closedReturn(restated: MonthlyROI.Restated?) throws -> MonthlyROI {
        var sample = SampleReturn()
        sample.closing = MonthlyROI.Closing(
            ClosedMonth(
                number: 4,
                month: try #require(Month("2026-10")),
                closedAt: try #require(Instant("2026-11-02T10:00:00Z")),
                closedBy: restated == nil ? nil : "Alice Archer",
                sha256: "",
                changes: 0
            ),
            restated: restated
        )
        return try sample.report()
    }
}
