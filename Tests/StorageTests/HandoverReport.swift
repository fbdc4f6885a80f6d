import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// At the end of 31 October 2026, by hand.
///
///     Open        Bob 2 referrals, the oldest of 20 October, 11 days ago; Dora 1, of 20 May: 11 + 30 + 31 + 31 + 30 + 31 days
///     Late        passed on the 20th, due within 72 hours: late since the 23rd; one of the 29th is due on 1 November;
///                 one contacted on 1 June stands still since 30 August
///     Bob owes    900.00 due 30 September − 300.00 paid = 600.00; 15.00 are due on the day itself, and not late
///     Dora        1 of 1 absence, of 7 October: drops out 182 days later; to be renewed 30 days ago
@Suite(.sampleDatabase)
struct `The handover report` {
    let sample: SampleChapter
    let dora: Membership

    init() async throws {
        sample = try await SampleChapter()
        let (shell, alder, alice, bob) = (sample.shell, sample.alder.id, sample.alice, sample.bob)
        dora = try await shell.add(.sample("Dora Dyer"))
        let terms: [(Membership, OfficeRole, String, String?)] = [
            (dora, .visitorHost, "2026-04-01", "2026-12-31"), (bob, .vicePresident, "2026-11-05", nil),
        ]
        for (member, role, from, to) in terms {
            _ = try await shell.run(
                .appoint(member, as: role, from: .day(from), to: to.map { .day($0) }, in: alder)
            )
        }
        try await shell.setPolicy([("absence-limit", "1")], of: sample.alder, from: .day("2026-01-01"))
        _ = try await shell.schedule(from: .day("2026-10-07"), to: .day("2026-10-14"), in: sample.alder)
        _ = try await shell.mark(
            [MarkDraft(member: dora.id, mark: .absent)],
            on: try await shell.meeting(on: .day("2026-10-07"))
        )
        try await sample.write(
            """
            UPDATE membership SET renews_on = '2026-12-01' WHERE id = \(bob.id);
            UPDATE membership SET renews_on = '2027-03-01' WHERE id = \(alice.id);
            UPDATE membership SET renews_on = '2026-10-01' WHERE id = \(dora.id);
            INSERT INTO referral (chapter_id, id, giver_id, receiver_id, tier, need, status, passed_on)
            VALUES (\(alder), '00000000-0000-4000-8000-000000000001', \(alice.id), \(bob.id), 1, 'Cake', 'passed', '2026-10-20'),
                   (\(alder), '00000000-0000-4000-8000-000000000002', \(alice.id), \(bob.id), 1, 'Cake', 'passed', '2026-10-29'),
                   (\(alder), '00000000-0000-4000-8000-000000000003', \(alice.id), \(dora.id), 1, 'A coat', 'contacted', '2026-05-20'),
                   (\(alder), '00000000-0000-4000-8000-000000000004', \(alice.id), \(dora.id), 1, 'A coat', 'won', '2026-05-20');
            INSERT INTO referral_step (chapter_id, referral_id, number, step, at)
            VALUES (\(alder), '00000000-0000-4000-8000-000000000003', 1, 'contacted', '2026-06-01 12:00Z'),
                   (\(alder), '00000000-0000-4000-8000-000000000004', 1, 'won', '2026-06-01 12:00Z');
            INSERT INTO visitor (chapter_id, id, name, folded_name, inviter_id, visit_on, came)
            VALUES (\(alder), '00000000-0000-4000-8000-000000000005', 'Vera Visitor', 'vera visitor', \(bob.id), '2026-10-14', true),
                   (\(alder), '00000000-0000-4000-8000-000000000007', 'Walk In', 'walk in', NULL, '2026-10-13', true);
            INSERT INTO posting (chapter_id, id, kind, membership_id, text, posted_on)
            VALUES (\(alder), '00000000-0000-4000-8000-000000000006', 'need', \(bob.id), 'An oven', '2026-10-15')
            """
        )
        try await sample.oweAndApply(dora: dora)
    }

    @Test func `names who serves, and who will`() async throws {
        #expect(
            try await report().rows("terms") == [
                ["Secretary/Treasurer", "–", "–", "–", "vacant"],
                ["Vice-President", "–", "–", "–", "vacant"],
                ["President", "Alice Archer", "2026-04-01", "–", "in office"],
                ["Vice-President", "Bob Baker", "2026-11-05", "–", "to come"],
                ["Visitor Host", "Dora Dyer", "2026-04-01", "2026-12-31", "ends within 90 days"],
            ]
        )
    }

    @Test func `counts what waits for each member`() async throws {
        let report = try await report()
        #expect(
            try report.rows("tasks") == [
                ["Bob Baker", "2", "1", "0", "11", "1", "1"], ["Dora Dyer", "1", "0", "1", "164", "0", "0"],
                ["nobody", "0", "0", "0", "–", "1", "0"],
            ]
        )
        #expect(
            try report.table("tasks").total?.cells.map(\.word) == ["–", "3", "1", "1", "164", "2", "1"]
        )
    }

    @Test func `names each record that waits, and who wants something of it`() async throws {
        let waiting = try await sample.entries(of: .handover).map { row in
            (row.dropLast() + [String(row[7].suffix(1))]).joined(separator: " ")
        }
        #expect(
            waiting == [
                "Dora Dyer open_referrals 2026-05-20 stands still 2026-08-30 164 Alice Archer 3",
                "nobody visitors 2026-10-13 not contacted – 18 – 7",
                "Bob Baker visitors 2026-10-14 not contacted – 17 – 5",
                "Bob Baker needs 2026-10-15 not answered – 16 – 6",
                "Bob Baker open_referrals 2026-10-20 not followed up 2026-10-23 11 Alice Archer 1",
                "Bob Baker open_referrals 2026-10-29 under way 2026-11-01 2 Alice Archer 2",
            ]
        )
    }

    @Test func `names sheets, applications, arrears, absences and renewals`() async throws {
        let report = try await report()
        #expect(
            try report.rows("meetings") == [
                ["2026-10-07", "regular", "not sealed", "2"], ["2026-10-14", "regular", "not opened", "3"],
            ]
        )
        // Bob brought the applicant: his word is a conflict of interest, and counts for nothing.
        #expect(
            try report.rows("applications") == [
                ["Karl Kurz", "Florist", "2026-10-10", "Bob Baker", "1", "1", "1"]
            ]
        )
        #expect(try report.rows("arrears") == [["Bob Baker", "600.00", "2026-09-30"]])
        #expect(try report.table("arrears").total?.cells[1].word == "600.00")
        #expect(
            try report.rows("absences") == [["Dora Dyer", "1.00", "1", "2027-04-07", "at the limit"]]
        )
        #expect(
            try report.rows("renewals") == [
                ["Dora Dyer", "2026-10-01", "-30"], ["Bob Baker", "2026-12-01", "31"],
            ]
        )
    }

    @Test func `knows what was known on another day`() async throws {
        let report = try await sample.report(.handover, from: "2026-10-05", to: "2026-10-05")
        #expect(try report.rows("applications").isEmpty && report.rows("meetings").isEmpty)
        #expect(try report.rows("absences").isEmpty)
        #expect(try report.rows("tasks") == [["Dora Dyer", "1", "0", "1", "138", "0", "0"]])
        // 100.00 more of Dora, who paid on the 6th.
        #expect(try report.table("arrears").total?.cells[1].word == "700.00")
    }

    @Test func `shows applications and dues to those alone who may see them`() async throws {
        let host = try await sample.report(
            .handover,
            as: try await sample.acting(as: dora),
            from: "2026-10-31"
        )
        #expect(try host.rows("tasks").count == 3 && host.rows("terms").count == 5)
        #expect(try host.rows("applications").isEmpty)
        #expect(try host.rows("arrears").isEmpty && host.table("arrears").total == nil)
        let president = try await sample.report(
            .handover,
            as: try await sample.acting(as: sample.alice),
            from: "2026-10-31"
        )
        #expect(try president.rows("applications").count == 1 && president.rows("arrears").count == 1)
        let charlie = try await sample.acting(as: sample.charlie, in: sample.birch)
        for acting in [try await sample.acting(as: sample.bob), charlie] {
            #expect(try await sample.report(.handover, as: acting, from: "2026-10-31").isEmpty)
        }
    }

    private func report() async throws -> ReferralGroup.Report {
        try await sample.report(.handover, from: "2026-10-31")
    }
}

extension SampleChapter {
    /// Invoices and payments of Bob and Dora, and an application of somebody whom Bob brought.
    fileprivate func oweAndApply(dora: Membership) async throws {
        let currency = alder.currency
        func bill(_ member: Membership, _ cents: Int64, due: String) async throws -> SlipID {
            try await shell.run(
                .write(
                    InvoiceDraft(
                        member: member.id,
                        kind: .membership,
                        amount: Money(minorUnits: cents, currency: currency),
                        issuedOn: .day("2026-09-01"),
                        dueOn: .day(due)
                    ),
                    to: member,
                    in: alder.id
                )
            )
        }
        _ = try await bill(bob, 90_000, due: "2026-09-30")
        _ = try await bill(bob, 1_500, due: "2026-10-31")
        _ = try await bill(dora, 10_000, due: "2026-10-01")
        let wrong = try await bill(alice, 5_000, due: "2026-09-15")
        #expect(try await shell.run(.cancel(wrong, because: "written twice", in: alder.id)))
        for (member, cents, day) in [(bob, 30_000, "2026-10-02"), (dora, 10_000, "2026-10-06")] {
            _ = try await shell.run(
                .pay(
                    Money(minorUnits: Int64(cents), currency: currency),
                    by: member,
                    on: .day(day),
                    note: nil,
                    in: alder.id
                )
            )
        }
        // Cancelled in November: until then it was owed.
        try await write("UPDATE invoice SET cancelled_on = '2026-09-02' WHERE cancelled_on IS NOT NULL")
        var drafts: [SlipID] = []
        for (name, seat) in [("Karl Kurz", "Florist"), ("Lena Lind", "Tailor")] {
            drafts.append(
                try await shell.run(
                    .open(
                        MembershipApplicationDraft(
                            name: name,
                            seat: seat,
                            sponsor: bob.id,
                            appliedOn: .day("2026-10-10")
                        ),
                        in: alder.id
                    )
                )
            )
        }
        _ = try await shell.run(
            .note(
                MembershipApplication.Reference(
                    name: "Rita Rees",
                    contact: nil,
                    checkedOn: .day("2026-10-12"),
                    outcome: "Would hire again"
                ),
                of: drafts[0],
                in: alder.id
            ),
            .vote(.yes, by: alice, on: drafts[0], in: alder.id),
            .vote(.conflict, by: bob, on: drafts[0], in: alder.id),
            .vote(.no, by: dora, on: drafts[0], in: alder.id)
        )
        #expect(
            try await shell.run(
                .decide(drafts[1], .withdrawn, because: nil, on: .day("2026-10-20"), in: alder.id)
            )
        )
    }
}
