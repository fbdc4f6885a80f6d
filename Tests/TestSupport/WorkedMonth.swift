import Postgres
import ReferralGroup
import Storage

/// October 2026 of the chapter *Worked Example*, of which the domain page computes every figure by hand.
package struct WorkedMonth: Sendable {
    package static let asOf = SampleChapter.now

    package let scratch: ScratchDatabase
    package let chapter: Chapter
    package let anna: Membership
    package let ben: Membership

    /// The operator's shell in the chapter.
    package var shell: ActingDatabase {
        scratch.database.acting(as: .system(door: .cli), in: chapter.id)
    }

    package init() async throws {
        scratch = try ScratchDatabase.current
        try await scratch.stopClock(at: Self.asOf)
        let installation = scratch.database.acting(as: .system(door: .cli), in: nil)
        chapter = try await installation.create(.sample("worked-example", timeZone: "Europe/Berlin"))
        let shell = scratch.database.acting(as: .system(door: .cli), in: chapter.id)
        try await shell.setPolicy(
            [
                ("membership-fee", "900.00"), ("months-covered", "12"), ("meeting-fee", "15.00"),
                ("meeting-fee-due-for", "attended"), ("value-of-hour", "40.00"),
            ],
            of: chapter,
            from: nil
        )
        anna = try await shell.add(.sample("Anna Alt", joinedOn: "2026-10-16"))
        ben = try await shell.add(.sample("Ben Berg", joinedOn: "2026-10-01"))
        _ = try await shell.run(
            .appoint(ben, as: .president, from: .day("2026-10-01"), to: nil, in: chapter.id)
        )
        try await shell.set([("margin", "40%")], of: ben, in: chapter, from: .day("2026-10-01"))
        try await holdMeetings()
        try await recordSlips()
    }

    private func holdMeetings() async throws {
        _ = try await shell.schedule(from: .day("2026-10-01"), to: .day("2026-10-31"), in: chapter)
        try await shell.callOff(try await shell.meeting(on: .day("2026-10-21")), isHoliday: false)
        let marks: [(String, [MarkDraft])] = [
            ("2026-10-07", [MarkDraft(member: ben.id, mark: .present)]),
            ("2026-10-14", [MarkDraft(member: ben.id, mark: .substitute, standIn: "Stan Inman")]),
            (
                "2026-10-28",
                [MarkDraft(member: anna.id, mark: .present), MarkDraft(member: ben.id, mark: .late)]
            ),
        ]
        for (day, lines) in marks {
            _ = try await shell.mark(lines, on: try await shell.meeting(on: .day(day)))
        }
    }

    private func recordSlips() async throws {
        let (ben, currency) = (ben.id, chapter.currency)
        func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: currency) }
        func thanks(_ earner: Party, _ thanked: Party, _ units: Int64) -> ThanksDraft {
            ThanksDraft(earner: earner, thanked: thanked, amount: money(units), closedOn: .day("2026-10-20"))
        }
        func talk(_ minutes: Int, _ cost: Int64) -> OneToOneDraft {
            OneToOneDraft(
                first: .member(ben),
                second: stranger,
                metOn: .day("2026-10-09"),
                minutes: minutes,
                costOfFirst: money(cost),
                costOfSecond: money(0)
            )
        }
        try await shell.transaction { ledger in
            _ = try await ledger.record(talk(60, 450))
            _ = try await ledger.record(talk(45, 0))
            _ = try await ledger.log(
                ActivityDraft(
                    member: ben,
                    kind: .event,
                    doneOn: .day("2026-10-12"),
                    minutes: 120,
                    money: money(2500)
                )
            )
            _ = try await ledger.record(
                EducationDraft(member: ben, units: Figure(1), doneOn: .day("2026-10-13"))
            )
            _ = try await ledger.record(thanks(.member(ben), stranger, 240_000))
            _ = try await ledger.record(thanks(.member(ben), .visitor(name: "Vera Visitor"), 35_050))
            _ = try await ledger.record(thanks(stranger, .member(ben), 100_000))
        }
    }

    /// A member of a chapter that is not in the installation.
    private var stranger: Party {
        .outsider(name: "Greta Gill", home: "Far Chapter")
    }
}
