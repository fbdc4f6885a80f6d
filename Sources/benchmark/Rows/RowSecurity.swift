import Postgres
import ReferralGroup
import Storage

/// What row-level security and its settings cost: the same queries with and without them, on our client.
enum RowSecurity: Measurement {
    static let rows = ["G18"]

    static func findings(on ground: Ground, at pace: Pace) async throws -> [Finding] {
        let actor = try await ground.president()
        let settings = Settings(actor)
        let guarded = ground.client { $0.sharedConnections = 4 }
        let open = ground.client(role: Ground.superuser) { $0.sharedConnections = 4 }
        // Without settings the reports say nothing: here the session keeps those of one chapter.
        let settled = ground.client(role: Ground.superuser) {
            $0.address += " options='\(settings.options(in: 1))'"
        }
        let reports = try await Reports(ground, chapters: 1, as: actor)

        let findings = [
            Finding(
                "G18 lookup",
                "Lookup with row-level security and settings / without",
                .comparison(
                    try await pace.compare(
                        Lookup.side("with", guarded, settings, ground.size),
                        Lookup.side("without", open, nil, ground.size)
                    )
                ),
                bounds: Finding.Bounds(floor: 0.8, goal: 0.85)
            ),
            Finding(
                "G18 return",
                "Monthly return, as the service asks for it / as superuser in a session that keeps the settings",
                .comparison(
                    try await pace.compare(
                        .asking("with", callers: 8) { try await reports.returnOfMonth(&$0, on: guarded) },
                        .asking("without", callers: 8) {
                            try await reports.returnOfMonth(&$0, on: settled, withSettings: false)
                        }
                    )
                ),
                bounds: Finding.Bounds(floor: 0.85, goal: 0.95),
                note:
                    "The report's function passes the walls by itself, so this is what settings and role cost"
            ),
            Finding(
                "G18 attendance",
                "Attendance summary of a month, likewise",
                .comparison(
                    try await pace.compare(
                        .asking("with", callers: 8) { try await reports.attendance(&$0, on: guarded) },
                        .asking("without", callers: 8) {
                            try await reports.attendance(&$0, on: settled, withSettings: false)
                        }
                    )
                ),
                bounds: Finding.Bounds(floor: 0.85, goal: 0.95)
            ),
        ]
        for client in [guarded, open, settled] { await client.shutdown() }
        return findings
    }
}
