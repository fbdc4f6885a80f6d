import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

@Suite(.sampleDatabase)
struct `Seating a member` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `puts them on the roster of that day and not of the day before`() async throws {
        let dora = try await sample.shell.add(.sample("Dora Dyer", seat: "Dyer", joinedOn: "2026-10-08"))
        #expect(dora.joinedOn == .day("2026-10-08"))
        #expect(dora.seat == "Dyer")
        #expect(try await roster("2026-10-07") == ["Alice Archer", "Bob Baker"])
        #expect(try await roster("2026-10-08") == ["Alice Archer", "Bob Baker", "Dora Dyer"])
    }

    @Test func `is since today where no day is named`() async throws {
        let draft = MemberDraft(name: "Dora Dyer", joinedOn: nil)
        #expect(try await sample.shell.add(draft).joinedOn == .day("2026-11-01"))
    }

    @Test func `in a seat that is taken is refused, however it is written`() async throws {
        await expectRefusal(.seatTaken) {
            _ = try await sample.shell.add(.sample("Dora Dyer", seat: " rooFER "))
        }
        #expect(try await roster("2026-10-08") == ["Alice Archer", "Bob Baker"])
        #expect(
            try await sample.scratch.superuser.run(
                Query<Int>(value: "SELECT count(*) FROM app.person WHERE name = 'Dora Dyer'")
            ) == 0
        )
    }

    @Test func `in a seat is possible from the day after it became free`() async throws {
        _ = try await sample.shell.run(
            .end(sample.alice.id, on: .day("2026-10-15"), reason: nil, in: sample.alder.id)
        )
        await expectRefusal(.seatTaken) {
            _ = try await sample.shell.add(.sample("Dora Dyer", seat: "Roofer", joinedOn: "2026-10-15"))
        }
        _ = try await sample.shell.add(.sample("Dora Dyer", seat: "Roofer", joinedOn: "2026-10-16"))
    }

    @Test func `at the same moment in the same seat succeeds once`() async throws {
        let shell = sample.shell
        let outcomes = await withTaskGroup(of: String.self) { group in
            for number in 1...6 {
                group.addTask {
                    do {
                        _ = try await shell.add(
                            MemberDraft(name: "Dyer \(number)", seat: "Dyer", joinedOn: nil)
                        )
                        return "seated"
                    } catch let refused as Refused {
                        return refused.rule.rawValue
                    } catch {
                        return "\(error)"
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.sorted() == Array(repeating: Refusal.seatTaken.rawValue, count: 5) + ["seated"])
    }

    @Test(arguments: ["Dora\nDyer", "Dora\tDyer", "Dora\u{85}Dyer", "Dora\u{7f}"])
    func `under a name of several lines is refused by the database, too`(_ name: String) async throws {
        await expectRefusal(.textOfSeveralLines) {
            _ = try await sample.shell.add(MemberDraft(name: name, joinedOn: nil))
        }
    }

    @Test func `under a name that no index holds is refused`() async throws {
        let name = String(repeating: "\u{130}", count: 400)
        _ = try await sample.shell.add(MemberDraft(name: name, joinedOn: nil))
        await expectRefusal(.textTooLong) {
            _ = try await sample.shell.add(MemberDraft(name: name + "!", joinedOn: nil))
        }
    }

    @Test func `finds the person by their e-mail, in any chapter`() async throws {
        let again = try await sample.birchShell.add(.sample("Bob Baker", seat: "Baker"))
        #expect(again.person == sample.bob.person)
        #expect(again.id != sample.bob.id)
    }

    @Test func `twice at a time is refused`() async throws {
        await expectRefusal(.memberAlready) {
            _ = try await sample.shell.add(.sample("Bob Baker", seat: "Butcher"))
        }
    }

    @Test func `without a name is refused`() async throws {
        await expectRefusal(.memberWithoutName) {
            _ = try await sample.shell.transaction { transaction in
                try await transaction.run(
                    Query<Void>(
                        """
                        UPDATE membership SET name = ' ' WHERE chapter_id = \(sample.alder.id) AND id = \(sample.bob.id)
                        """
                    )
                )
            }
        }
    }

    @Test func `of two people without an e-mail makes two people`() async throws {
        let one = try await sample.shell.add(MemberDraft(name: "Kim Keller", joinedOn: nil))
        let other = try await sample.shell.add(MemberDraft(name: "Kim Keller", joinedOn: nil))
        #expect(one.person != other.person)
    }

    private func roster(_ day: String) async throws -> [String] {
        try await sample.shell.run(.roster(of: sample.alder.id, on: .day(day))).map(\.name)
    }
}

@Suite(.sampleDatabase)
struct `A membership` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `is what its dates make it on a day`() async throws {
        try await sample.shell.set([("renews", "2026-10-01")], of: sample.bob, in: sample.alder, from: nil)
        try await sample.shell.run(
            .leave(
                of: sample.bob.id,
                from: .day("2026-06-01"),
                to: .day("2026-06-02"),
                isMedical: true,
                in: sample.alder.id
            )
        )
        _ = try await sample.shell.run(
            .end(sample.bob.id, on: .day("2026-10-31"), reason: "moved", in: sample.alder.id)
        )
        let days: [(String, Membership.Status)] = [
            ("2026-03-31", .upcoming), ("2026-04-01", .active), ("2026-06-01", .onLeave),
            ("2026-06-02", .onLeave),
            ("2026-06-03", .active), ("2026-09-30", .active), ("2026-10-01", .overdue),
            ("2026-10-31", .overdue),
            ("2026-11-01", .ended),
        ]
        for (day, status) in days {
            let found = try await sample.shell.run(.roster(of: sample.alder.id, on: .day(day), former: true))
            #expect(found.first { $0.id == sample.bob.id }?.status == status, "on \(day)")
        }
    }

    @Test func `cannot end before it begins`() async throws {
        await expectRefusal(.endsBeforeItBegins) {
            _ = try await sample.shell.run(
                .end(sample.bob.id, on: .day("2026-03-31"), reason: nil, in: sample.alder.id)
            )
        }
    }

    @Test func `ends with its offices`() async throws {
        _ = try await sample.shell.run(
            .end(sample.alice.id, on: .day("2026-10-31"), reason: nil, in: sample.alder.id)
        )
        let terms = try await sample.shell.run(.offices(of: sample.alder.id))
        #expect(terms.map(\.to) == [.day("2026-10-31")])
    }

    @Test func `begins anew when somebody rejoins, and the history stays`() async throws {
        _ = try await sample.shell.run(
            .end(sample.bob.id, on: .day("2026-06-30"), reason: nil, in: sample.alder.id)
        )
        let again = try await sample.shell.rejoin(sample.bob, seat: nil, joinedOn: .day("2026-10-01"))
        #expect(again.person == sample.bob.person)
        #expect(again.seat == "Baker")
        #expect(again.email == sample.bob.email)
        #expect(try await sample.shell.member("bob@example.org", on: .day("2026-05-01")).id == sample.bob.id)
        #expect(try await sample.shell.member("bob@example.org").id == again.id)
    }

    @Test func `moves to another chapter on the day after it ended`() async throws {
        let there = try await sample.shell.transfer(
            sample.bob,
            to: sample.birch,
            on: .day("2026-10-31"),
            seat: nil
        )
        #expect(there.joinedOn == .day("2026-11-01"))
        #expect(there.person == sample.bob.person)
        #expect(
            try await sample.shell.run(.roster(of: sample.alder.id, on: .day("2026-11-01"))).map(\.name) == [
                "Alice Archer"
            ]
        )
        #expect(
            try await sample.birchShell.run(.roster(of: sample.birch.id, on: nil)).map(\.name) == [
                "Bob Baker", "Charlie Carver",
            ]
        )
        let link = try await sample.birchShell.run(
            Query<Int64?>(
                value:
                    "SELECT transferred_from FROM membership WHERE chapter_id = \(sample.birch.id) AND id = \(there.id)"
            )
        )
        #expect(link == sample.bob.id.number)
    }

    @Test func `that cannot begin there does not end here`() async throws {
        await expectRefusal(.seatTaken) {
            _ = try await sample.shell.transfer(
                sample.bob,
                to: sample.birch,
                on: .day("2026-10-31"),
                seat: "Carpenter"
            )
        }
        #expect(try await sample.shell.member("Bob Baker").endedOn == nil)
    }

    @Test func `has one leave at a time`() async throws {
        func leave(_ from: String, _ to: String?) async throws {
            try await sample.shell.run(
                .leave(
                    of: sample.bob.id,
                    from: .day(from),
                    to: to.map(LocalDate.day),
                    isMedical: false,
                    in: sample.alder.id
                )
            )
        }
        try await leave("2026-06-01", "2026-06-10")
        await expectRefusal(.leavesOverlap) { try await leave("2026-06-10", nil) }
        await expectRefusal(.leaveEndsBeforeItBegins) { try await leave("2026-07-10", "2026-07-09") }
        try await leave("2026-06-11", nil)
    }

    @Test func `takes the settings it knows and names them for one it does not`() async throws {
        try await sample.shell.set(
            [
                ("email", "Bob@Bakery.example"), ("seat", "Pastry chef"), ("company", "Bakery"),
                ("shares-figures", "yes"),
            ],
            of: sample.bob,
            in: sample.alder,
            from: nil
        )
        let bob = try await sample.shell.member("bob@bakery.example")
        #expect(bob.seat == "Pastry chef")
        #expect(bob.company == "Bakery")
        let error = await #expect(throws: Unknown.self) {
            try await sample.shell.set([("colour", "red")], of: bob, in: sample.alder, from: nil)
        }
        #expect(error?.message.contains("value-of-hour") == true)
        await expectRefusal(.emailTaken) {
            try await sample.shell.set([("email", "alice@example.org")], of: bob, in: sample.alder, from: nil)
        }
        for (key, value) in [
            ("margin", "140%"), ("value-of-hour", "-1"), ("renews", "soon"), ("shares-figures", "perhaps"),
            ("email", "bob"),
        ] {
            await #expect(throws: (any Error).self, "\(key)=\(value)") {
                try await sample.shell.set([(key, value)], of: bob, in: sample.alder, from: nil)
            }
        }
    }
}

@Suite(.sampleDatabase)
struct `Finding a member` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test(arguments: ["Bob Baker", " bob   BAKER ", "Baker Bob", "BOB@example.org"])
    func `goes by name in any case and order, and by e-mail`(_ text: String) async throws {
        #expect(try await sample.shell.member(text).id == sample.bob.id)
    }

    @Test func `goes by id`() async throws {
        #expect(try await sample.shell.member("\(sample.bob.id)").id == sample.bob.id)
    }

    @Test func `names who is near where nobody is meant`() async throws {
        let error = await #expect(throws: Unknown.self) { try await sample.shell.member("Bob Butcher") }
        #expect(error?.message.contains("Bob Baker (id \(sample.bob.id))") == true)
    }

    @Test func `names both of two of one name`() async throws {
        let one = try await sample.shell.add(MemberDraft(name: "Kim Keller", joinedOn: nil))
        let other = try await sample.shell.add(MemberDraft(name: "Keller Kim", joinedOn: nil))
        let error = await #expect(throws: Unknown.self) { try await sample.shell.member("kim keller") }
        #expect(error?.message.contains("(id \(one.id))") == true)
        #expect(error?.message.contains("(id \(other.id))") == true)
    }

    @Test(arguments: ["Charlie Carver", "charlie@example.org", "%", "", "\u{0}"])
    func `finds nobody of another chapter, and nobody for nothing`(_ text: String) async throws {
        await #expect(throws: Unknown.self) { try await sample.shell.member(text) }
    }

    @Test func `knows composed and decomposed letters as the same`() async throws {
        let zoe = try await sample.shell.add(MemberDraft(name: "Zo\u{e9} Zander", joinedOn: nil))
        #expect(try await sample.shell.member("zoe\u{301} zander").id == zoe.id)
    }
}
