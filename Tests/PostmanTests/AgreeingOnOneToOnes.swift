import Postgres
import Postman
import ReferralGroup
import Storage
import TestSupport
import Testing

/// What is told of introductions and of one-to-ones to come, and what becomes of it in calendars.
@Suite(.sampleDatabase)
struct `Agreeing on one-to-ones` {
    let sample: SampleChapter
    let mailServer: MailServer

    init() async throws {
        sample = try await SampleChapter()
        mailServer = try MailServer()
    }

    @Test func `puts an entry into both calendars, and takes it out of both`() async throws {
        let alice = try await sample.acting(as: sample.alice)
        let bob = try await sample.acting(as: sample.bob)
        let id = try await invite(by: alice)
        let invited = try await sent()
        #expect(invited.map(\.recipient).sorted() == ["alice@example.org", "bob@example.org"])
        let (his, hers) = (try entry(of: "bob", in: invited), try entry(of: "alice", in: invited))
        for (entry, other, standing) in [
            (his, "Alice Archer", "NEEDS-ACTION"), (hers, "Bob Baker", "ACCEPTED"),
        ] {
            #expect(entry["METHOD"] == "REQUEST" && entry["SEQUENCE"] == "0")
            #expect(entry["UID"] == "one-to-one-\(id)@chapter.example.org")
            // Half past eight in Berlin, in winter.
            #expect(entry["DTSTART"] == "20261203T073000Z" && entry["DTEND"] == "20261203T081500Z")
            #expect(entry["SUMMARY"] == "One-to-one with \(other)" && entry["PARTSTAT"] == standing)
            #expect(entry["LOCATION"] == "Café\\, upstairs")
            #expect(entry["DESCRIPTION"]?.hasPrefix("\"Roofs\"\\; ovens\\n") == true, "\(entry)")
            #expect(entry["ORGANIZER"] == "mailto:chapter@example.org")
        }
        #expect(his["ORGANIZER-CN"] == "Alice Archer")
        for mail in invited {
            let other = mail.recipient.hasPrefix("bob") ? "alice@" : "bob@"
            let whole = mail.body + (mail.html ?? "") + (mail.entry?.values.joined() ?? "")
            #expect(!whole.contains(other), "nobody's address but the reader's")
            #expect(
                mail.body.contains("08:30")
                    && mail.body.contains("https://chapter.example.org/chapters/alder/planner")
            )
        }

        #expect(try await alice.run(.accept(id, in: sample.alder.id)) == false, "who invites does not accept")
        #expect(try await bob.run(.accept(id, in: sample.alder.id)))
        #expect(try await bob.run(.accept(id, in: sample.alder.id)) == false)
        let accepted = try await sent()
        #expect(accepted.map(\.recipient) == ["alice@example.org"] && accepted[0].entry == nil)
        #expect(accepted[0].headers["Subject"] == "Bob Baker says yes to your one-to-one")

        #expect(try await bob.run(.callOff(id, in: sample.alder.id)))
        #expect(try await alice.run(.callOff(id, in: sample.alder.id)) == false, "it is off already")
        let off = try await sent()
        for name in ["alice", "bob"] {
            let entry = try entry(of: name, in: off)
            #expect(entry["METHOD"] == "CANCEL" && entry["SEQUENCE"] == "1" && entry["STATUS"] == "CANCELLED")
            #expect(entry["UID"] == his["UID"])
        }
        #expect(off.first { $0.recipient.hasPrefix("bob") }?.body.contains("You called it off.") == true)
        #expect(
            off.first { $0.recipient.hasPrefix("alice") }?.body.contains("Bob Baker called it off.") == true
        )
    }

    @Test
    func `is told in their language, in the digest in words alone, and not at all where that is wished`()
        async throws
    {
        let wishes = NoticeWishes(ways: [.oneToOne: .off], quiet: nil)
        try await sample.acting(as: sample.alice).run(.wish(wishes))
        try await change("UPDATE app.person SET language = 'de' WHERE email = 'bob@example.org'")
        try await invite(by: sample.acting(as: sample.alice))
        let mails = try await sent()
        #expect(mails.map(\.recipient) == ["bob@example.org"])
        #expect(mails[0].entry?["SUMMARY"] == "Vier-Augen-Gespräch mit Alice Archer")
    }

    @Test func `has rules`() async throws {
        let alice = try await sample.acting(as: sample.alice)
        await expectRefusal(.appointmentOfThePast) { try await invite(by: alice, on: "2026-10-31") }
        // The clock stands at nine in Berlin.
        await expectRefusal(.appointmentOfThePast) {
            try await invite(by: alice, on: "2026-11-01", at: "09:00")
        }
        await expectRefusal(.appointmentOfThePast) { try await invite(by: alice, on: "2027-11-03") }
        await expectRefusal(.appointmentWithOneself) { try await invite(by: alice, whom: sample.alice) }
        await expectRefusal(.appointmentMinutes) { try await invite(by: alice, minutes: 4) }
        await expectRefusal(.appointmentOfNoMember) { try await invite(by: alice, whom: sample.charlie) }
        _ = try await sample.shell.run(
            .end(sample.bob.id, on: .day("2026-12-02"), reason: nil, in: sample.alder.id)
        )
        await expectRefusal(.appointmentOfNoMember) { try await invite(by: alice) }
        #expect(
            try await texts("SELECT count(*)::text FROM app.mail") == ["0"],
            "what is refused tells nobody"
        )
        try await invite(by: alice, on: "2026-12-02")
        let bob = try await sample.acting(as: sample.bob)
        await expectRefusal(.appointmentAlready) {
            _ = try await bob.run(
                .invite(sample.alice.id, by: sample.bob.id, to: draft(on: "2026-12-02"), in: sample.alder.id)
            )
        }
        await #expect(throws: PostgresError.self, "in nobody else's name") {
            _ = try await bob.run(
                .invite(sample.bob.id, by: sample.alice.id, to: draft(on: "2026-12-02"), in: sample.alder.id)
            )
        }
    }

    @Test func `is of the two alone, and of two weeks after, unless it was logged`() async throws {
        let (alice, bob) = (
            try await sample.acting(as: sample.alice), try await sample.acting(as: sample.bob)
        )
        let dora = try await sample.acting(as: try await sample.shell.add(.sample("Dora Dyer")))
        let id = try await invite(by: alice)
        let chapter = sample.alder.id
        #expect(try await dora.run(.ownAppointments(in: chapter)).isEmpty)
        #expect(try await dora.run(.callOff(id, in: chapter)) == false)
        #expect(try await dora.run(.accept(id, in: chapter)) == false)
        let seen = try #require(try await bob.run(.ownAppointments(in: chapter)).first)
        #expect(!seen.isInviter && !seen.isAccepted && !seen.isOver && seen.otherName == "Alice Archer")
        #expect(seen.date == .day("2026-12-03") && seen.time.description == "08:30" && seen.minutes == 45)
        for (now, isThere, isOver) in [
            ("2026-12-03T07:29:59Z", true, false), ("2026-12-03T07:30:00Z", true, true),
            ("2026-12-17T07:29:59Z", true, true), ("2026-12-17T07:30:00Z", false, true),
        ] {
            try await sample.scratch.stopClock(at: try #require(Instant(now)))
            let list = try await alice.run(.ownAppointments(in: chapter))
            #expect(list.map(\.isOver) == (isThere ? [isOver] : []), "\(now)")
        }
        try await sample.scratch.stopClock(at: try #require(Instant("2026-12-04T07:00:00Z")))
        #expect(try await alice.run(.callOff(id, in: chapter)) == false, "what is over is not called off")
        let nothing = Money(minorUnits: 0, currency: sample.alder.currency)
        _ = try await sample.shell.transaction { ledger in
            try await ledger.record(
                OneToOneDraft(
                    first: .member(sample.bob.id),
                    second: .member(sample.alice.id),
                    metOn: .day("2026-12-03"),
                    minutes: 45,
                    topics: "Ovens under roofs",
                    costOfFirst: nothing,
                    costOfSecond: nothing
                )
            )
        }
        #expect(try await alice.run(.ownAppointments(in: chapter)).isEmpty)
        let passages = try await alice.run(
            .passages(between: sample.alice.id, and: sample.bob.id, in: chapter)
        )
        #expect(passages.first?.text == "Ovens under roofs")
    }

    @Test func `is in the feed of each, too, by the same name`() async throws {
        let alice = try await sample.acting(as: sample.alice)
        let person = try #require(sample.bob.person as Person.ID?)
        let bob = try await sample.acting(as: sample.bob)
        let hash = [UInt8](repeating: 7, count: 32)
        _ = try await bob.run(.renewCalendar(of: .person(person), hash: hash))
        let id = try await invite(by: alice)
        let nobody = sample.database.acting(as: .nobody(door: .web), in: nil)
        var entries = try await nobody.run(.calendarAppointments(hash: hash))
        #expect(entries.map(\.id) == [id] && entries[0].other == "Alice Archer" && !entries[0].isAccepted)
        _ = try await alice.run(.callOff(id, in: sample.alder.id))
        entries = try await nobody.run(.calendarAppointments(hash: hash))
        #expect(entries.map(\.isOff) == [true])
        #expect(try await nobody.run(.calendarAppointments(hash: [1])).isEmpty)
        _ = try await sample.shell.run(
            .end(sample.bob.id, on: .day("2026-10-31"), reason: nil, in: sample.alder.id)
        )
        #expect(try await nobody.run(.calendarAppointments(hash: hash)).isEmpty, "who left sees nothing more")
    }

    @Test func `begins with an introduction, to which both are asked and both say yes`() async throws {
        let dora = try await sample.shell.add(.sample("Dora Dyer"))
        let alice = try await sample.acting(as: sample.alice)
        let id = try await alice.transaction { ledger in
            try await ledger.record(
                IntroductionDraft(
                    connector: .member(sample.alice.id),
                    first: .member(sample.bob.id),
                    second: .member(dora.id),
                    why: "Both love rye",
                    madeOn: nil
                )
            )
        }
        let asked = try await sent()
        #expect(asked.map(\.recipient).sorted() == ["bob@example.org", "dora@example.org"])
        for mail in asked {
            #expect(mail.headers["Subject"] == "Somebody would like to introduce you")
            #expect(mail.body.contains("Alice Archer") && mail.body.contains("/chapters/alder/introductions"))
            for hidden in ["rye", mail.recipient.hasPrefix("bob") ? "Dora" : "Bob"] {
                #expect(!(mail.body + (mail.html ?? "")).contains(hidden), "\(hidden)")
            }
        }
        let chapter = sample.alder.id
        #expect(try await sample.acting(as: sample.bob).run(.answer(id, accepts: true, in: chapter)))
        #expect(try await sent().isEmpty)
        let hers = try await sample.acting(as: dora)
        #expect(try await hers.run(.answer(id, accepts: true, in: chapter)))
        #expect(try await hers.run(.answer(id, accepts: true, in: chapter)), "the same answer is no mistake")
        let agreed = try await sent()
        #expect(agreed.map(\.recipient).sorted() == ["alice@example.org", "bob@example.org"])
        #expect(agreed.allSatisfy { $0.headers["Subject"] == "Both say yes to an introduction" })
        #expect(try await hers.run(.answer(id, accepts: false, in: chapter)))
        #expect(try await sent().isEmpty)
    }

    @Test func `asks whoever is introduced in another chapter of the installation`() async throws {
        let alice = try await sample.acting(as: sample.alice)
        _ = try await alice.transaction { ledger in
            try await ledger.record(
                IntroductionDraft(
                    connector: .member(sample.alice.id),
                    first: .member(sample.bob.id),
                    second: .outsider(name: "Charlie Carver", home: "Birch"),
                    why: nil,
                    madeOn: nil
                )
            )
        }
        let asked = try await sent()
        #expect(asked.map(\.recipient).sorted() == ["bob@example.org", "charlie@example.org"])
        #expect(
            asked.first { $0.recipient.hasPrefix("charlie") }?.body.contains("/chapters/birch/introductions")
                == true
        )
    }

    private func draft(
        on day: String = "2026-12-03",
        at time: String = "08:30",
        minutes: Int = 45
    ) throws -> AppointmentDraft {
        AppointmentDraft(
            date: .day(day),
            time: try #require(LocalTime(time)),
            minutes: minutes,
            place: "Café, upstairs",
            topic: "\"Roofs\"; ovens"
        )
    }

    @discardableResult
    private func invite(
        by alice: ActingDatabase,
        whom: Membership? = nil,
        on day: String = "2026-12-03",
        at time: String = "08:30",
        minutes: Int = 45
    ) async throws -> SlipID {
        try await alice.run(
            .invite(
                (whom ?? sample.bob).id,
                by: sample.alice.id,
                to: try draft(on: day, at: time, minutes: minutes),
                in: sample.alder.id
            )
        )
    }

    /// What was sent since this was asked last.
    private func sent() async throws -> [MailServer.Delivered] {
        let before = try mailServer.delivered().count
        let postman = try Postman(
            database: sample.database,
            server: SMTPServer("smtp://127.0.0.1:\(mailServer.port)"),
            sender: #require(Mailbox("Chapter <chapter@example.org>")),
            baseURL: "https://chapter.example.org",
            logger: .silent
        )
        while let delivery = try await postman.deliverNext() {
            #expect(delivery.outcome == .sent)
        }
        return Array(try mailServer.delivered().dropFirst(before))
    }

    private func entry(of name: String, in mails: [MailServer.Delivered]) throws -> [String: String] {
        try #require(mails.first { $0.recipient == "\(name)@example.org" }?.entry)
    }

    private func texts(_ question: SQL) async throws -> [String] {
        try await sample.scratch.superuser.run(Query<[String]>(values: question))
    }

    private func change(_ statement: SQL) async throws {
        try await sample.scratch.superuser.run(Query<Void>(statement))
    }
}
