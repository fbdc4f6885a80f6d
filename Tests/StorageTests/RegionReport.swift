import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// Of October 2026, by hand.
///
/// Alder, Elm and Fir meet on Wednesdays and have 3 members, Birch on Thursdays and has 1.
///
///     Alder  7 and 14 October: 3 present; absent, late, substitute: 5 of 6 = 0.8333
///            3 referrals of 3 members; thanked for 100.00, 33.33 a member
///     Elm    since 2024; a visitor; thanked for 10.00 GBP at 1.2 = 12.00, and for 5.00 USD without a rate
///     Fir    since 2024; the third member joined on 15 October: 2 of 2 stayed
///     Birch  one member: withheld, and so is the sum, from which it could be told
@Suite(.sampleDatabase)
struct `The region report` {
    let sample: SampleChapter
    let south: Region
    let elm: Chapter
    let fir: Chapter

    init() async throws {
        sample = try await SampleChapter()
        let installation = sample.database.acting(as: .system(door: .cli), in: nil)
        elm = try await installation.create(.sample("elm", timeZone: "Europe/Berlin"))
        fir = try await installation.create(.sample("fir", timeZone: "Europe/Berlin"))
        south = try await sample.region("south", of: [sample.alder, sample.birch, elm, fir])
        let dora = try await sample.shell.add(.sample("Dora Dyer"))
        var members: [Membership] = []
        for (chapter, name, day) in [
            (elm, "Emil Ernst", "2024-01-01"), (elm, "Else Eder", "2024-01-01"),
            (elm, "Egon Ebert", "2024-01-01"), (fir, "Fritz Frey", "2024-01-01"),
            (fir, "Frida Fink", "2024-01-01"), (fir, "Falk Fuchs", "2026-10-15"),
        ] {
            let shell = sample.database.acting(as: .system(door: .cli), in: chapter.id)
            members.append(try await shell.add(.sample(name, joinedOn: day)))
        }
        for (from, to) in [("2026-09-09", "2026-09-09"), ("2026-10-07", "2026-10-14")] {
            _ = try await sample.shell.schedule(from: .day(from), to: .day(to), in: sample.alder)
        }
        let (alder, alice, bob) = (sample.alder.id, sample.alice.id, sample.bob.id)
        try await sample.write(
            """
            UPDATE meeting SET status = 'open', opened_at = starts_at;
            INSERT INTO mark (chapter_id, meeting_id, membership_id, mark)
            SELECT \(alder), meeting.id, membership.id,
                   CASE WHEN local_date = '2026-10-07' THEN 'present' WHEN membership.id = \(alice) THEN 'absent'
                        WHEN membership.id = \(bob) THEN 'late' ELSE 'substitute' END
              FROM meeting, membership WHERE meeting.chapter_id = \(alder) AND membership.chapter_id = \(alder);
            INSERT INTO referral (chapter_id, giver_id, receiver_id, tier, need, passed_on)
            VALUES (\(alder), \(alice), \(bob), 1, 'Cake', '2026-10-08'), (\(alder), \(alice), \(bob), 2, 'Cake', '2026-10-08'),
                   (\(alder), \(bob), \(dora.id), 1, 'A coat', '2026-10-09'), (\(alder), \(bob), \(dora.id), 1, 'A coat', '2026-09-09');
            INSERT INTO visitor (chapter_id, name, folded_name, visit_on, came)
            VALUES (\(elm.id), 'Vera Visitor', 'vera visitor', '2026-10-10', true);
            INSERT INTO exchange_rate VALUES ('GBP', 'EUR', '2026-01-01', 1.2);
            INSERT INTO closed_business (chapter_id, thanked_id, amount, currency, closed_on)
            VALUES (\(elm.id), \(members[0].id), 1000, 'GBP', '2026-10-08'), (\(elm.id), \(members[0].id), 500, 'USD', '2026-10-08')
            """
        )
        try await sample.thank(bob, by: sample.alice, 10_000, on: "2026-10-08")
    }

    @Test func `compares chapters, and hides the one that is one person`() async throws {
        let chapters = try await report(by: "weekday").table("chapters")
        #expect(
            chapters.rows.map { $0.cells.map(\.word) } == [
                [
                    "alder", "Alder", "Wednesday", "3", "2", "0.8333", "3", "1.00", "0", "0", "100.00",
                    "33.33",
                    "0", "0", "1.0000", "0",
                ],
                ["birch", "Birch"] + [String](repeating: "–", count: 14),
                [
                    "elm", "Elm", "Wednesday", "3", "0", "–", "0", "0.00", "0", "1", "12.00", "4.00",
                    "0", "0", "1.0000", "1",
                ],
                [
                    "fir", "Fir", "Wednesday", "3", "0", "–", "0", "0.00", "0", "0", "0.00", "0.00",
                    "1", "0", "1.0000", "0",
                ],
            ]
        )
        #expect(chapters.rows[1].withheld.contains("members") && chapters.rows[0].withheld == [])
        let total = try #require(chapters.total)
        #expect(total.cells.allSatisfy { $0 == .none } && total.withheld.contains("referrals"))
        #expect(chapters.withheldSentence?.hasPrefix("They would tell of fewer than 3 people") == true)
    }

    @Test func `says what Alder's own summary says`() async throws {
        let own = try await sample.shell.attendance(
            of: sample.alder,
            from: .day("2026-10-01"),
            to: .day("2026-10-31"),
            asOf: SampleChapter.now
        ).total
        #expect(
            own.rate == Figure(unscaled: 8333, scale: 4)
                && own.thankedFor == Figure(unscaled: 10_000, scale: 2)
        )
        #expect(own.referralsGivenInside + own.referralsGivenOutside == 3)
    }

    @Test func `sums all where nobody could be told from it`() async throws {
        for name in ["Bill Brown", "Bess Brown"] { _ = try await sample.birchShell.add(.sample(name)) }
        let total = try #require(try await report().table("chapters").total)
        #expect(
            total.cells.map(\.word) == [
                "–", "–", "–", "12", "2", "0.8333", "3", "0.25", "0", "1", "112.00", "9.33", "1", "0",
                "1.0000", "1",
            ]
        )
    }

    @Test func `withholds a year in which one month was of two people`() async throws {
        // Until 14 October Fir had two members; in September it was theirs.
        let year = try await report(from: "2026-09-01").rows("chapters")
        #expect(year.map { $0[3] } == ["3", "–", "3", "–"])
        let months = try await months(from: "2026-09-01")
        let shown = months.flatMap { $0 }.map {
            "\($0.cells[0].word) \($0.cells[2].word) \($0.cells[7].word)"
        }
        #expect(
            shown == [
                "alder 2026-09 1", "alder 2026-10 3", "birch 2026-09 –", "birch 2026-10 –", "elm 2026-09 0",
                "elm 2026-10 0", "fir 2026-09 –", "fir 2026-10 0",
            ]
        )
    }

    @Test func `puts chapters into groups, and hides those of fewer than 3`() async throws {
        #expect(
            try await report(by: "weekday").rows("groups") == [
                ["Wednesday", "3", "9", "3.00", "0.8333", "0.33", "0.00", "0.33", "12.44", "1.0000"],
                ["Thursday", "1"] + [String](repeating: "–", count: 8),
            ]
        )
        // All four are one group of which Birch is a part.
        #expect(
            try await report().rows("groups") == [
                ["fewer than 10 members", "4"] + [String](repeating: "–", count: 8)
            ]
        )
        let byAge = try await report(by: "age", bounds: "1,2,9").rows("groups")
        #expect(byAge.map { $0[0...1] } == [["fewer than 1 years", "2"], ["2 to 8 years", "2"]])
        let bySize = try await report(by: "size", bounds: "1,3").rows("groups")
        #expect(
            bySize.map { $0[0...2] } == [["1 to 2 members", "1", "–"], ["3 members and more", "3", "9"]]
        )
    }

    @Test(arguments: [("colour", "usual", Refusal.comparisonUnknown), ("size", "3,2", .boundsUnsound)])
    func `refuses other groups`(_ by: String, _ bounds: String, _ rule: Refusal) async throws {
        await expectRefusal(rule) { _ = try await report(by: by, bounds: bounds) }
    }

    @Test func `comes a chapter at a time, when the one before was taken`() async throws {
        let shell = sample.database.acting(as: .system(door: .cli), in: nil)
        let period = try #require(Period(from: .day("2026-10-01"), to: .day("2026-10-31")))
        let months = try await shell.months(of: south, in: period, asOf: SampleChapter.now)
        var iterator = months.makeAsyncIterator()
        #expect(try await iterator.next()?.map { $0.cells[1].word } == ["Alder"])
        // Whatever had been read ahead would still have the old name.
        try await sample.write("UPDATE chapter SET name = name || ' renamed'")
        #expect(try await iterator.next()?.map { $0.cells[1].word } == ["Birch renamed"])
        #expect(try await iterator.next()?.map { $0.cells[1].word } == ["Elm renamed"])
        #expect(try await iterator.next()?.map { $0.cells[1].word } == ["Fir renamed"])
        #expect(try await iterator.next() == nil)
    }

    @Test func `is for its directors, on the days of their term`() async throws {
        let shell = sample.database.acting(as: .system(door: .cli), in: nil)
        let charlie = sample.database.acting(as: .themselves(sample.charlie.person, door: .web), in: nil)
        let email = try #require(sample.charlie.email)
        #expect(try await report(as: charlie).isEmpty)
        #expect(try await charlie.run(.directedRegions).isEmpty)
        _ = try await shell.run(
            .appointDirector(email, of: south.id, from: .day("2026-11-01"), to: .day("2026-11-01"))
        )
        #expect(try await report(as: charlie).rows("chapters").count == 4)
        #expect(try await charlie.run(.directedRegions).map(\.name) == ["South"])
        // A president of one of its chapters is no director.
        let alice = try await sample.acting(as: sample.alice)
        #expect(try await report(as: alice).isEmpty)
        #expect(try await alice.run(.directedRegion(south.slug)) == nil)
    }

    @Test func `shows nothing of another region, by whatever id`() async throws {
        let shell = sample.database.acting(as: .system(door: .cli), in: nil)
        let charlie = sample.database.acting(as: .themselves(sample.charlie.person, door: .web), in: nil)
        let north = try await sample.region("north", of: [elm])
        let email = try #require(sample.charlie.email)
        _ = try await shell.run(.appointDirector(email, of: south.id, from: .day("2026-10-01"), to: nil))
        #expect(try await charlie.run(.directedRegion(north.slug)) == nil)
        for region in [north.id, south.id] {
            let foreign = try await charlie.run(
                Query<[String]>(
                    values: """
                        SELECT chapter FROM region_months(\(region), \(elm.id), '2026-10-01', '2026-10-31', \(SampleChapter.now))
                        """
                )
            )
            #expect(foreign.isEmpty)
        }
        #expect(try await report(as: charlie).rows("chapters").map { $0[0] } == ["alder", "birch", "fir"])
        #expect(try await report(north, as: charlie).isEmpty)
    }

    private func report(
        _ region: Region? = nil,
        as acting: ActingDatabase? = nil,
        from: String = "2026-10-01",
        by: String = "size",
        bounds: String = "usual"
    ) async throws -> ReferralGroup.Report {
        try await (acting ?? sample.database.acting(as: .system(door: .cli), in: nil)).report(
            .region,
            of: region ?? south,
            in: try #require(Period(from: .day(from), to: .day("2026-10-31"))),
            asOf: SampleChapter.now,
            choosing: [by, bounds]
        )
    }

    private func months(from: String) async throws -> [[ReferralGroup.Report.Row]] {
        let shell = sample.database.acting(as: .system(door: .cli), in: nil)
        let period = try #require(Period(from: .day(from), to: .day("2026-10-31")))
        var months: [[ReferralGroup.Report.Row]] = []
        for try await rows in try await shell.months(of: south, in: period, asOf: SampleChapter.now) {
            months.append(rows)
        }
        return months
    }
}

extension SampleChapter {
    /// A region of these chapters.
    fileprivate func region(_ word: String, of chapters: [Chapter]) async throws -> Region {
        let shell = database.acting(as: .system(door: .cli), in: nil)
        let slug = try #require(Chapter.Slug(word))
        try await shell.run(.createRegion(slug, name: word.prefix(1).uppercased() + word.dropFirst()))
        let found: Region? = try await shell.run(.region(slug))
        let region = try #require(found)
        for chapter in chapters { try await shell.run(.put(chapter.id, into: region.id)) }
        return region
    }
}
