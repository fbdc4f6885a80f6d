import Postgres
import ReferralGroup
import Storage
import TestSupport

extension SampleChapter {
    /// Puts at least one row into every table that a chapter's data fill.
    func fillEveryTable() async throws {
        try await shell.run(
            .leave(
                of: bob.id,
                from: .day("2026-05-01"),
                to: .day("2026-05-02"),
                isMedical: true,
                in: alder.id
            )
        )
        try await shell.set([("margin", "40%")], of: bob, in: alder, from: .day("2026-04-01"))
        _ = try await shell.schedule(from: .day("2026-10-07"), to: .day("2026-10-07"), in: alder)
        _ = try await shell.mark(
            [],
            everybodyElse: .present,
            on: try await shell.meeting(on: .day("2026-10-07"))
        )
        let (alice, bob, alder) = (alice, bob, alder)
        let euro = alder.currency
        try await shell.transaction { ledger in
            _ = try await ledger.pass(
                ReferralDraft(
                    giver: .member(alice.id),
                    receiver: .member(bob.id),
                    tier: 1,
                    need: "Bread",
                    warmth: 3,
                    prospect: Prospect(name: "Paul Prospect", phone: "+49 30 1"),
                    passedOn: .day("2026-10-08")
                )
            )
            _ = try await ledger.record(
                ThanksDraft(
                    earner: .member(bob.id),
                    thanked: .outsider(name: "Olga Outside", home: "Far"),
                    amount: Money(minorUnits: 1000, currency: euro),
                    closedOn: .day("2026-10-08")
                )
            )
            _ = try await ledger.record(
                OneToOneDraft(
                    first: .member(alice.id),
                    second: .member(bob.id),
                    metOn: .day("2026-10-08"),
                    minutes: 60,
                    costOfFirst: Money(minorUnits: 0, currency: euro),
                    costOfSecond: Money(minorUnits: 0, currency: euro)
                )
            )
            _ = try await ledger.record(
                EducationDraft(member: bob.id, units: Figure(1), doneOn: .day("2026-10-08"))
            )
            _ = try await ledger.record(
                TestimonialDraft(
                    giver: .member(alice.id),
                    receiver: .member(bob.id),
                    givenOn: .day("2026-10-08")
                )
            )
            _ = try await ledger.register(
                VisitorDraft(
                    name: "Vera Visitor",
                    inviter: .member(bob.id),
                    kind: .first,
                    visitOn: .day("2026-10-07"),
                    came: true
                )
            )
            try await ledger.run(.tell(Profile(goals: "Rolls"), of: bob.id, bob.person, in: alder.id))
            // A contact brings a follow-up.
            _ = try await ledger.run(
                .keep(
                    ContactDraft(card: ContactCard(name: "Karla Klug")),
                    of: bob.id,
                    bob.person,
                    in: alder.id
                )
            )
            _ = try await ledger.log(
                ActivityDraft(
                    member: bob.id,
                    kind: .event,
                    doneOn: .day("2026-10-08"),
                    minutes: 30,
                    money: Money(minorUnits: 0, currency: euro),
                    met: "Karla Klug"
                )
            )
        }
        try await write(
            """
            INSERT INTO visitor_link (chapter_id, secret_hash, visitor_id, made_at)
            SELECT chapter_id, sha256('a secret'), id, now() FROM visitor WHERE name = 'Vera Visitor'
            """
        )
        let application = try await shell.run(
            .open(MembershipApplicationDraft(name: "Karl Kurz", seat: "Florist"), in: alder.id)
        )
        let amount = Money(minorUnits: 90_000, currency: euro)
        _ = try await shell.run(
            .note(
                MembershipApplication.Reference(
                    name: "Rita Rees",
                    contact: nil,
                    checkedOn: nil,
                    outcome: nil
                ),
                of: application,
                in: alder.id
            ),
            .vote(.yes, by: alice, on: application, in: alder.id),
            .write(InvoiceDraft(member: bob.id, kind: .membership, amount: amount), to: bob, in: alder.id),
            .pay(amount, by: bob, on: nil, note: nil, in: alder.id)
        )
        try await write(
            """
            INSERT INTO introduction (chapter_id, id, connector_id, first_id, second_name, made_on)
            VALUES (\(alder.id), '0191f2a4-6c1e-4b6b-9a55-3f0f4a1c2d3e', \(alice.id), \(bob.id), 'Olaf Oak', '2026-10-08');
            INSERT INTO appointment (chapter_id, inviter_id, inviter_person_id, invited_id, invited_person_id, starts_at, minutes, place, topic)
            VALUES (\(alder.id), \(alice.id), \(alice.person), \(bob.id), \(bob.person), '2026-12-03T08:00:00Z', 60, 'Café', 'Roofs');
            INSERT INTO introduction_answer
            VALUES (\(alder.id), '0191f2a4-6c1e-4b6b-9a55-3f0f4a1c2d3e', \(bob.id), \(bob.person), true, '2026-10-08')
            """
        )
        try await write(
            """
            INSERT INTO absence_letter (chapter_id, membership_id, person_id, counted_on, used, allowed, language, subject, body, drafted_on)
            VALUES (\(alder.id), \(bob.id), \(bob.person), '2026-10-31', 1, 3, 'en', 'Absences', 'One of three', '2026-10-31')
            """
        )
        _ = try await shell.run(
            .monthlyROI(of: alder, month: LocalDate.day("2026-10-08").month, asOf: Self.now)
        )
        let file = Bytes([UInt8](repeating: 7, count: 32))
        try await shell.transaction { imports in
            let batch = try await imports.run(
                Query<Int64>(
                    value: """
                        INSERT INTO import_batch (chapter_id, kind, file_name, sha256, from_on, to_on, rows)
                        VALUES (\(alder.id), 'palms', 'summary.xls', \(file), '2026-04-01', '2026-04-30', 1)
                        RETURNING id
                        """
                )
            )
            try await imports.run(
                Query<Void>(
                    """
                    INSERT INTO imported_summary (chapter_id, import_batch_id, from_on, to_on)
                    VALUES (\(alder.id), \(batch), '2026-04-01', '2026-04-30')
                    """
                ),
                Query<Void>(
                    """
                    INSERT INTO imported_summary_line
                    VALUES (\(alder.id), \(batch), 1, 'member', \(bob.id), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
                    """
                ),
                Query<Void>(
                    """
                    INSERT INTO name_link (chapter_id, folded_name, membership_id, import_batch_id)
                    VALUES (\(alder.id), 'bobby', \(bob.id), \(batch))
                    """
                )
            )
        }
        _ = try await shell.run(
            Query<Void>(
                """
                INSERT INTO introduction (chapter_id, connector_id, first_id, second_name, made_on)
                VALUES (\(alder.id), \(alice.id), \(bob.id), 'Vera Visitor', '2026-10-15')
                """
            ),
            Query<Void>(
                """
                INSERT INTO posting (chapter_id, kind, membership_id, text, posted_on)
                VALUES (\(alder.id), 'need', \(bob.id), 'An oven', '2026-10-16')
                """
            )
        )
        let meeting = try await shell.meeting(on: .day("2026-10-07"))
        _ = try await shell.run(
            .announce(
                AnnouncedAbsence(member: bob.id, standIn: "Vera Visitor", reason: "A fair"),
                from: meeting,
                in: alder.id
            ),
            .set(
                MeetingPart(part: .talk, member: bob.id, name: nil, topic: "Bread"),
                of: meeting,
                in: alder.id
            ),
            .openCheckIn(of: meeting, secret: "a sign", grace: 5, in: alder.id)
        )
        for owner in [CalendarOwner.person(bob.person), .chapter(alder.id)] {
            _ = try await shell.run(.renewCalendar(of: owner, hash: [UInt8](repeating: 7, count: 32)))
        }
        let webhook = try await shell.run(
            .makeWebhook(
                at: "https://example.org/hook",
                host: "example.org",
                events: Webhook.Event.allCases,
                secret: [UInt8](repeating: 7, count: 32)
            )
        )
        _ = try await shell.run(.pingWebhook(webhook))
        try await shell.keepScorecard(
            "own",
            definition:
                #"{"title": "Own", "colours": {"green": 3, "yellow": 2, "red": 1}, "parts": [{"name": "Visitors", "metric": "visitors", "per": "window", "steps": [{"from": "1", "points": 3}]}]}"#,
            of: alder.id,
            from: nil
        )
        try await shell.transaction { transaction in
            _ = try await transaction.close(LocalDate.day("2026-10-01").month)
            let slip = try await transaction.record(
                EducationDraft(member: bob.id, units: Figure(1), doneOn: .day("2026-10-09"))
            )
            _ = try await transaction.correct(.education, slip, with: nil, because: "It was another day")
        }
        _ = try await database.acting(as: .system(door: .cli), in: nil).run(.planJobs)
        try await shell.transaction { transaction in
            guard let address = bob.email else { return }
            _ = try await transaction.run(
                .postMail(to: address, person: bob.person, subject: "Hello", body: "Hello, Bob")
            )
        }
    }
}
