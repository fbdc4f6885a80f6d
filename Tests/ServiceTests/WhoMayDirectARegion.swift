import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

extension `Who may take which route` {
    /// Applications, dues and letters.
    static let ofPapers: [String: String] = [
        "GET applications": "PVCFw", "POST applications": "C", "GET applications/{id}": "PVCFw",
        "POST applications/{id}/references": "C", "PUT applications/{id}/vote": "C",
        "PUT applications/{id}/decision": "C", "PUT applications/{id}/induction": "C",
        "GET dues": "PVSCHEMfpFw", "GET dues/invoices": "PVSCHEMfpFw", "GET dues/payments": "PVSCHEMfpFw",
        "GET dues/bill": "S", "POST dues/bill": "S", "GET dues/members/{id}": "PVSFw",
        "POST dues/invoices": "S", "DELETE dues/invoices/{id}": "S", "POST dues/payments": "S",
        "DELETE dues/payments/{id}": "S",
        "GET dues/invoices/{id}": "PVSCHEMfpFw", "GET dues/payments/{id}": "PVSCHEMfpFw",
        "GET absence-letters": "PVSCHEMfpFw", "POST absence-letters": "PVSFw",
        "GET absence-letters/{id}": "PVSFw", "PUT absence-letters/{id}/delivery": "PVSFw",
    ]

    /// Slips are everybody's to record and to see: all of them, or one's own.
    static let ofSlips: [String: String] = [
        "thanks", "one-to-ones", "testimonials", "introductions", "education", "visitors", "activities",
        "needs", "offers",
    ].reduce(into: [:]) { routes, slips in
        for route in ["GET \(slips)", "POST \(slips)", "GET \(slips)/{id}"] { routes[route] = "PVSCHEMfpFw" }
    }

    /// Of a region: whoever directs it; to everybody else who is signed in it is not there.
    static let ofARegion: Set<String> = Set(
        [
            "region", "region.json", "region.csv", "region.html", "region.xlsx", "region.pdf",
            "region/months.csv",
        ]
        .map { "GET /api/v1/regions/{region}/reports/\($0)" } + [
            "GET /regions/{region}/reports/region", "GET /regions/{region}",
        ]
    )

    @Test(arguments: Asker.allCases)
    func `is a director's alone in a region`(asker: Asker) async throws {
        let caller = try await caller(asker)
        if asker != .director { try await sample.makeRegion() }
        for route in routes where route.right == .inRegion {
            let answer = try await caller.get(route.path.replacing("{region}", with: "south"))
            switch asker {
            case .nobody: #expect(answer.status == 401)
            case .director:
                #expect(![401, 403, 404].contains(answer.status), "\(route.path): \(answer.text)")
            default: #expect(try answer.isProblem(404) == "not-found", "\(asker) \(route.path)")
            }
            let none = try await caller.get(route.path.replacing("{region}", with: "nowhere"))
            #expect(none.status == (asker == .nobody ? 401 : 404))
        }
    }

    /// One that Bob received: he may move it, and so may leaders.
    func referral() async throws -> SlipID {
        try await sample.shell.transaction { transaction in
            try await transaction.pass(
                ReferralDraft(
                    giver: .member(sample.alice.id),
                    receiver: .member(sample.bob.id),
                    tier: 1,
                    need: "a roof",
                    warmth: 3,
                    passedOn: .day("2026-10-28")
                )
            )
        }
    }
}
