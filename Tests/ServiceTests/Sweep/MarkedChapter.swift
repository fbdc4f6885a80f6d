import Hummingbird
import Identity
import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

/// A chapter of which every record holds its name, so that none is mistaken for another chapter's.
struct MarkedChapter: Sendable {
    /// `zinnia`; in every name, text and address of the chapter, and in nothing of another one.
    let mark: String
    let currency: String
    let chapter: Chapter
    /// President; the other two are members.
    let leader: Membership
    let members: [Membership]
    let askers: [SweepAsker]
    /// What to write into an address in place of `{id}`, by the word before.
    let ids: [String: String]

    /// Makes the chapter, at least one record of everything that can be read of it, and three who ask.
    init(_ mark: String, currency: String, timeZone: String, in scratch: ScratchDatabase) async throws {
        (self.mark, self.currency) = (mark, currency)
        let word = mark.prefix(1).uppercased() + mark.dropFirst()
        let installation = scratch.database.acting(as: .system(door: .cli), in: nil)
        let draft = try ChapterDraft.sample(mark, timeZone: timeZone, currency: currency)
        let chapter = try await installation.create(draft)
        let shell = scratch.database.acting(as: .system(door: .cli), in: chapter.id)
        var people: [Membership] = []
        for name in ["Ann Reed", "Ben Rowe", "Cleo Rush"] {
            people.append(try await shell.add(.sample("\(word)-\(name)", seat: "\(word) \(name) grower")))
        }
        let term = try await shell.run(
            .appoint(people[0], as: .president, from: .day("2026-04-01"), to: nil, in: chapter.id)
        )
        _ = try await shell.schedule(from: .day("2026-10-21"), to: .day("2026-10-28"), in: chapter)
        let meeting = try await shell.meeting(on: .day("2026-10-28"))
        _ = try await shell.mark([], everybodyElse: .present, on: meeting)
        _ = try await shell.mark(
            [MarkDraft(member: people[1].id, mark: .absent)],
            on: try await shell.meeting(on: .day("2026-10-21"))
        )
        let letter = try await shell.run(
            .draftLetter(to: people[1].id, countedOn: .day("2026-10-28"), in: chapter.id)
        )
        let application = try await shell.run(
            .open(
                MembershipApplicationDraft(name: "\(word) Applicant", seat: "\(word) smith"),
                in: chapter.id
            )
        )
        let secret = Secret()
        let session = try await installation.run(
            .openSession(
                of: people[0].person,
                hash: secret.hash,
                isProved: true,
                agent: "\(word) browser",
                address: "192.0.2.7"
            )
        )
        var tokens: [Token] = []
        for person in people.prefix(2) {
            tokens.append(try await shell.createToken(for: person.person, named: "\(word) program", days: 1))
        }
        let caller = Caller(database: scratch.database, token: tokens[0].text)
        let place = "/api/v1/chapters/\(mark)"
        let (ann, ben, cleo) = (people[0].id, people[1].id, people[2].id)
        let slips = try await caller.json(
            .post,
            "\(place)/slips",
            """
            {"slips": [
              {"slip": "referral", "date": "2026-10-20", "giver": \(ann), "receiver": \(ben), "need": "\(word) roof",
               "prospect": {"name": "\(word) Prospect", "phone": "\(word) 1"}},
              {"slip": "thanks", "date": "2026-10-20", "earner": \(ann), "thanked": "\(word) Guest @ \(word) Far",
               "amount": {"amount": "12.50", "currency": "\(currency)"}},
              {"slip": "one-to-one", "date": "2026-10-20", "first": \(ann), "second": \(ben), "place": "\(word) café"},
              {"slip": "testimonial", "date": "2026-10-20", "giver": \(ann), "receiver": \(cleo), "text": "\(word) did well"},
              {"slip": "introduction", "date": "2026-10-20", "connector": \(ann), "first": \(ben), "second": \(cleo), "why": "\(word) barns"},
              {"slip": "education", "date": "2026-10-20", "member": \(ann), "hours": "1.5", "title": "\(word) course"},
              {"slip": "visitor", "date": "2026-10-28", "invited_by": \(ben), "name": "\(word) Visitor", "came": true},
              {"slip": "activity", "date": "2026-10-20", "member": \(ann), "kind": "meal", "met": "\(word) Someone"}
            ]}
            """
        )
        let made = try slips.json["slips"]?.elements.compactMap { $0["id"]?.string } ?? []
        let folders = [
            "referrals", "thanks", "one-to-ones", "testimonials", "introductions", "education", "visitors",
            "activities",
        ]
        try #require(made.count == folders.count, "\(slips.text)")
        let amount = Money(minorUnits: 1_250, currency: chapter.currency)
        var kept = Dictionary(uniqueKeysWithValues: zip(folders, made))
        for (folder, kind) in [("needs", Posting.Kind.need), ("offers", .offer)] {
            let draft = PostingDraft(kind: kind, member: ann, text: "\(word) oven")
            kept[folder] = try await shell.run(.post(draft, in: chapter.id)).description
        }
        kept["contacts"] = try await shell.run(
            .keep(
                ContactDraft(
                    card: ContactCard(name: "\(word) Contact"),
                    back: BackOfCard(notes: "\(word) sails", isShared: true)
                ),
                of: ann,
                people[0].person,
                in: chapter.id
            )
        ).description
        let promise = FollowUpDraft(
            contact: nil,
            text: "\(word) article",
            channel: .email,
            dueOn: .day("2026-11-02")
        )
        kept["follow-ups"] = try await shell.run(.write(promise, of: ann, people[0].person, in: chapter.id))?
            .description
        try await shell.run(
            .tell(Profile(goals: "\(word) goals"), of: ben, people[1].person, in: chapter.id)
        )
        kept["planner"] = "\(ben)"
        let talk = AppointmentDraft(
            date: .day("2026-12-03"),
            time: try #require(LocalTime("08:30")),
            minutes: 60,
            place: "\(word) café",
            topic: "\(word) barns"
        )
        kept["appointments"] = try await shell.run(.invite(ben, by: ann, to: talk, in: chapter.id))
            .description
        let invoice = InvoiceDraft(member: ben, kind: .membership, amount: amount, note: "\(word) dues")
        kept["invoices"] = try await shell.run(.write(invoice, to: people[1], in: chapter.id)).description
        kept["payments"] = try await shell.run(
            .pay(amount, by: people[1], on: nil, note: "\(word) cash", in: chapter.id)
        ).description
        let webhook = Query<SlipID>.makeWebhook(
            at: "https://example.org/\(mark)",
            host: "example.org",
            events: [.memberJoined],
            secret: [UInt8](repeating: 7, count: 32)
        )
        kept["webhooks"] = try await shell.run(webhook).description
        let file = """
            From,To,Slip Type,Inside/Outside,TYFCB Amount,CEU Credits,Detail\r
            \(word)-Ann Reed,\(word)-Ben Rowe,Referral,Inside,,,\(word) slip\r

            """
        let batch = try await caller.send(
            .post,
            "\(place)/imports?kind=slips&meeting=2026-10-28&name=\(mark).csv",
            headers: [.contentType: "text/csv"],
            body: ByteBuffer(string: file)
        )
        #expect(batch.status == 201, "\(batch.text)")
        self.chapter = chapter
        leader = people[0]
        members = Array(people.dropFirst())
        askers = [
            SweepAsker(mark, .leaderByToken, ["Authorization: Bearer \(tokens[0].text)"]),
            SweepAsker(mark, .memberByToken, ["Authorization: Bearer \(tokens[1].text)"]),
            SweepAsker(
                mark,
                .leaderAtBrowser,
                ["Cookie: \(Browser.sessionCookie)=\(secret.text)", "Accept: text/html"]
            ),
        ]
        ids = [
            "members": "\(people[1].id)", "offices": "\(term.id)",
            "imports": batch["Location"]?.split(separator: "/").last.map(String.init) ?? "",
            "applications": "\(application)", "absence-letters": letter.map { "\($0)" } ?? "",
            "postings": kept["needs"] ?? "", "sessions": "\(session)", "tokens": "\(tokens[0].id)",
        ].merging(kept) { one, _ in one }
    }
}

/// Somebody of a chapter who asks, and what they show.
struct SweepAsker: Hashable, Sendable {
    enum Way: Hashable, Sendable {
        case leaderByToken, memberByToken, leaderAtBrowser
    }

    let mark: String
    let way: Way
    let headers: [String]

    init(_ mark: String, _ way: Way, _ headers: [String]) {
        (self.mark, self.way, self.headers) = (mark, way, headers)
    }

    var isLeader: Bool { way != .memberByToken }

    /// How many answers at least say something of their own chapter.
    var learnsAtLeast: Int { way == .leaderAtBrowser ? 3 : 10 }

    /// Whoever sits at a browser looks at pages.
    func asks(_ path: String) -> Bool {
        way != .leaderAtBrowser || !path.hasPrefix("/api/")
    }
}
