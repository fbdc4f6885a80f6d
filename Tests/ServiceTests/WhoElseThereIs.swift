import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

extension SampleChapter {
    /// Lets Charlie direct a region, which Alder belongs to and Birch does not.
    func letCharlieDirect(from: LocalDate, to: LocalDate?) async throws {
        let installation = database.acting(as: .system(door: .cli), in: nil)
        let region = try await makeRegion()
        let email = try #require(charlie.email)
        #expect(
            try await installation.run(.appointDirector(email, of: region.id, from: from, to: to)) == from
        )
    }

    /// South, with Alder in it.
    @discardableResult
    func makeRegion() async throws -> Region {
        let installation = database.acting(as: .system(door: .cli), in: nil)
        let south = try #require(Chapter.Slug("south"))
        try await installation.run(.createRegion(south, name: "South"))
        let found: Region? = try await installation.run(.region(south))
        let region = try #require(found)
        try await installation.run(.put(alder.id, into: region.id))
        return region
    }

    /// An application that a member sponsors, and an invoice and a payment of theirs.
    func papers(
        of member: Membership,
        in shell: ActingDatabase
    ) async throws -> (application: SlipID, invoice: SlipID, payment: SlipID) {
        let chapter = try #require(shell.chapter)
        let currency = chapter == alder.id ? alder.currency : birch.currency
        let amount = Money(minorUnits: 90_000, currency: currency)
        return (
            try await shell.run(
                .open(
                    MembershipApplicationDraft(name: "Karl Kurz", seat: "Florist", sponsor: member.id),
                    in: chapter
                )
            ),
            try await shell.run(
                .write(
                    InvoiceDraft(member: member.id, kind: .membership, amount: amount),
                    to: member,
                    in: chapter
                )
            ),
            try await shell.run(.pay(amount, by: member, on: nil, note: nil, in: chapter))
        )
    }

    /// The ids of an application, an invoice, a payment and a letter, by the words before them in addresses.
    func papersByPlace(of member: Membership) async throws -> [String: String] {
        let papers = try await papers(of: member, in: shell)
        return [
            "applications": "\(papers.application)", "invoices": "\(papers.invoice)",
            "payments": "\(papers.payment)", "absence-letters": "\(try await absenceLetter())",
        ]
    }

    /// The id of a webhook that is new, by the word before it in addresses.
    func webhookByPlace() async throws -> [String: String] {
        let kept = try await shell.run(.webhooks(of: alder.id))
        for webhook in kept { _ = try await shell.run(.removeWebhook(webhook.id)) }
        let webhook = try await shell.run(
            .makeWebhook(
                at: "https://example.org/hook",
                host: "example.org",
                events: [.memberJoined],
                secret: [UInt8](repeating: 7, count: 32)
            )
        )
        return ["webhooks": "\(webhook)"]
    }

    /// The ids of what is a member's own, by the words before them in addresses.
    func ownByPlace(of member: Membership) async throws -> [String: String] {
        let contact = try await shell.run(
            .keep(
                ContactDraft(card: ContactCard(name: "Karla Klug")),
                of: member.id,
                member.person,
                in: alder.id
            )
        )
        let followUp = try await shell.run(
            .write(
                FollowUpDraft(contact: contact, text: "Sails", channel: .call, dueOn: .day("2026-11-03")),
                of: member.id,
                member.person,
                in: alder.id
            )
        )
        let inviter = try await shell.add(
            MemberDraft(name: "Ivo Inviter", email: nil, seat: nil, joinedOn: .day("2026-04-01"))
        )
        let time = try #require(LocalTime("08:30"))
        let appointment = try await shell.run(
            .invite(
                member.id,
                by: inviter.id,
                to: AppointmentDraft(
                    date: .day("2026-12-03"),
                    time: time,
                    minutes: 60,
                    place: nil,
                    topic: nil
                ),
                in: alder.id
            )
        )
        return [
            "contacts": "\(contact)", "follow-ups": "\(try #require(followUp))",
            "appointments": "\(appointment)",
        ]
    }

    /// The ids of a slip of each kind in which a member has a part, by the words before them in addresses.
    func slipsByPlace(of member: Membership, in shell: ActingDatabase) async throws -> [String: String] {
        let chapter = try #require(shell.chapter)
        let currency = chapter == alder.id ? alder.currency : birch.currency
        let (one, other) = (Party.member(member.id), Party.outsider(name: "Zoe Zander", home: "Elsewhere"))
        let (day, nothing) = (LocalDate.day("2026-10-20"), Money(minorUnits: 0, currency: currency))
        return try await shell.transaction { transaction in
            var ids: [String: SlipID] = [:]
            ids["thanks"] = try await transaction.record(
                ThanksDraft(
                    earner: one,
                    thanked: other,
                    amount: Money(minorUnits: 90_000, currency: currency),
                    closedOn: day
                )
            )
            ids["one-to-ones"] = try await transaction.record(
                OneToOneDraft(
                    first: one,
                    second: other,
                    metOn: day,
                    minutes: 45,
                    costOfFirst: nothing,
                    costOfSecond: nothing
                )
            )
            ids["testimonials"] = try await transaction.record(
                TestimonialDraft(giver: one, receiver: other, givenOn: day)
            )
            ids["introductions"] = try await transaction.record(
                IntroductionDraft(
                    connector: other,
                    first: .visitor(name: "Karl Kurz"),
                    second: one,
                    madeOn: day
                )
            )
            ids["education"] = try await transaction.record(
                EducationDraft(member: member.id, units: try #require(Figure("1.5")), doneOn: day)
            )
            ids["visitors"] = try await transaction.register(
                VisitorDraft(name: "Lena Lang", inviter: one, kind: .first, visitOn: day, came: true)
            )
            ids["activities"] = try await transaction.log(
                ActivityDraft(member: member.id, kind: .event, doneOn: day, minutes: 30, money: nothing)
            )
            for (place, kind) in [("needs", Posting.Kind.need), ("offers", .offer)] {
                ids[place] = try await transaction.run(
                    .post(
                        PostingDraft(kind: kind, member: member.id, text: "An oven", postedOn: day),
                        in: chapter
                    )
                )
            }
            return ids.mapValues(\.description)
        }
    }

    /// A letter to Bob, who was away on 14 October.
    func absenceLetter() async throws -> SlipID {
        try await write(
            """
            INSERT INTO meeting (chapter_id, starts_at, local_date, minutes, status, opened_at)
            VALUES (\(alder.id), '2026-10-14 05:00Z', '2026-10-14', 90, 'open', '2026-10-14 05:00Z');
            INSERT INTO mark (chapter_id, meeting_id, membership_id, mark)
            SELECT chapter_id, id, \(bob.id), 'absent' FROM meeting WHERE chapter_id = \(alder.id) AND local_date = '2026-10-14'
            """
        )
        let drafted = try await shell.run(
            .draftLetter(to: bob.id, countedOn: .day("2026-10-31"), in: alder.id)
        )
        return try #require(drafted)
    }

    /// An import of nothing.
    func importBatch(in chapter: Chapter) async throws -> Int64 {
        let file = Bytes([UInt8](repeating: 7, count: 32))
        return try await scratch.superuser.run(
            Query<Int64>(
                value: """
                    INSERT INTO app.import_batch (chapter_id, kind, file_name, sha256, from_on, to_on, rows)
                    VALUES (\(chapter.id), 'slips', 'slips.csv', \(file), '2026-04-01', '2026-04-01', 0)
                    RETURNING id
                    """
            )
        )
    }
}
