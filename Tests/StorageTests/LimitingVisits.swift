import Postgres
import ReferralGroup
import Storage
import TestSupport
import Testing

/// The policy of Alder allows two visits before somebody applies.
@Suite(.sampleDatabase)
struct `Visiting before one applies` {
    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `is refused a third time, whether by e-mail or by phone they are known again`() async throws {
        try await visit("2026-10-07", email: "Karl@Example.org", phone: "030 / 12-3")
        try await visit("2026-10-14", .second, email: "karl@example.org")
        await expectRefusal(.noVisitsLeft) { try await visit("2026-10-21", email: "KARL@example.org") }
        try await visit("2026-10-21", .second, phone: "+4930 1")
        try await visit("2026-10-21", email: "other@example.org")
        try await visit("2026-10-21")
        let visits = try await visitors().map { "\($0.visitOn) \($0.visits) \($0.mayApply)" }
        #expect(visits.contains("2026-10-14 2 true") && visits.contains("2026-10-07 1 false"), "\(visits)")
    }

    @Test func `counts what took place, before the day, of first and second visits`() async throws {
        try await visit("2026-10-07", phone: "0301")
        try await visit("2026-10-14", .guest, phone: "0301")
        try await visit("2026-10-14", .substitute, phone: "0301")
        try await visit("2026-10-14", phone: "0301", came: false)
        try await visit("2026-10-21", .second, phone: "0301")
        try await visit("2026-10-20", .second, phone: "0301")
        await expectRefusal(.noVisitsLeft) { try await visit("2026-10-28", .second, phone: "030 1") }
        try await visit("2026-10-28", .guest, phone: "0301")
        try await visit("2026-10-28", .substitute, phone: "0301")
        // Somebody else's number, or another chapter's visitor, is none of it.
        try await visit("2026-10-28", phone: "0302")
    }

    @Test func `goes on with a reason, and as often as the policy of the day says`() async throws {
        for day in ["2026-10-07", "2026-10-14"] { try await visit(day, email: "k@example.org") }
        try await visit("2026-10-21", email: "k@example.org", because: "Moves here in spring")
        await expectRefusal(.noVisitsLeft) { try await visit("2026-10-28", email: "k@example.org") }
        try await sample.scratch.superuser.run(
            Query<Void>(
                """
                INSERT INTO app.policy (chapter_id, valid_from, visits_before_applying)
                VALUES (\(sample.alder.id), '2026-10-25', 5)
                """
            )
        )
        try await visit("2026-10-28", email: "k@example.org")
    }

    @Test func `never holds up a meeting night`() async throws {
        for day in ["2026-10-07", "2026-10-14"] { try await visit(day, email: "k@example.org") }
        let id = try await visit("2026-10-21", .guest, email: "k@example.org", came: false)
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.visitor SET kind = 'first', further_visit_because = 'x' WHERE id = \(id)")
        )
        try await sample.scratch.superuser.run(
            Query<Void>("UPDATE app.visitor SET further_visit_because = NULL WHERE id = \(id)")
        )
        try await sample.shell.run(.tickVisitors([id], on: .day("2026-10-21"), in: sample.alder.id))
        #expect(try await visitors().contains { $0.id == id && $0.came })
    }

    @Test func `is told of a seat that is held on the day`() async throws {
        for (profession, isHeld) in [(" ROOFER", true), ("Florist", false)] {
            let id = try await visit("2026-10-28", profession: profession)
            #expect(try await visitors().first { $0.id == id }?.isSeatHeld == isHeld)
        }
    }

    @Test(arguments: [
        ("2026-11-02", "2026-10-29"), ("2026-11-03", "2026-10-30"), ("2026-11-04", "2026-11-02"),
        ("2026-11-05", "2026-11-03"), ("2026-11-06", "2026-11-04"), ("2026-11-07", "2026-11-05"),
        ("2026-11-08", "2026-11-05"), ("2027-03-01", "2027-02-25"),
    ])
    func `is reminded of two working days before`(_ day: String, _ reminder: String) async throws {
        let (day, expected) = (LocalDate.day(day), LocalDate.day(reminder))
        let found = try await sample.scratch.superuser.run(
            Query<LocalDate>(value: "SELECT app.working_days_before(\(day), 2)")
        )
        #expect(found == expected)
    }

    @discardableResult
    private func visit(
        _ day: String,
        _ kind: VisitKind = .first,
        email: String? = nil,
        phone: String? = nil,
        profession: String? = nil,
        came: Bool = true,
        because reason: String? = nil
    ) async throws -> SlipID {
        let bob = sample.bob.id
        return try await sample.shell.transaction { ledger in
            try await ledger.register(
                VisitorDraft(
                    name: "Karl Kurz",
                    inviter: .member(bob),
                    kind: kind,
                    visitOn: .day(day),
                    came: came,
                    email: email,
                    phone: phone,
                    profession: profession,
                    furtherVisitBecause: reason
                )
            )
        }
    }

    private func visitors() async throws -> [Visitor] {
        try await sample.shell.run(.visitors(of: sample.alder.id, .whole))
    }
}
