import ReferralGroup

extension `Who may take which route` {
    /// Pages of the chapter, and what their forms do.
    static let ofPages: [String: String] = [
        "GET ": "PVSCHEMfpFw", "GET /log": "PVSCHEMfpFw", "GET /referrals/{id}": "PVSCHEMfpFw",
        "POST /referrals/{id}/steps": "PVSCHEMfpFw",
        "GET /meetings": "PVSCHEMfpFw", "POST /meetings": "PVSFw", "GET /meetings/next": "PVSCHEMfpFw",
        "GET /meetings/{date}": "PVSCHEMfpFw", "GET /meetings/{date}/paper": "PVSFw",
        "GET /meetings/{date}/events": "PVSFw", "POST /meetings/{date}/marks": "PVSFw",
        "POST /meetings/{date}/everybody": "PVSFw", "POST /meetings/{date}/visitors": "PVSFw",
        "POST /meetings/{date}/programme": "PVSFw", "POST /meetings/{date}/seal": "PVSFw",
        "POST /meetings/{date}/reopen": "PVSFw", "POST /meetings/{date}/cancel": "PVSFw",
        "POST /meetings/{date}/absence": "PVSCHEMfpFw",
        "POST /meetings/{date}/absence/withdraw": "PVSCHEMfpFw",
        "GET /meetings/{date}/door": "PVSFw", "POST /meetings/{date}/door": "PVSFw",
        "POST /meetings/{date}/door/close": "PVSFw", "GET /meetings/{date}/check-in": "PVSCHEMfpFw",
        "POST /meetings/{date}/check-in": "PVSCHEMfpFw",
    ].merging(
        EntryKind.allCases.flatMap { kind in
            ["GET", "POST"].map { ("\($0) /log/\(kind.rawValue)", "PVSCHEMfpFw") }
        }
    ) { one, _ in one }.reduce(into: [:]) { routes, page in
        let parts = page.key.split(separator: " ")
        routes["\(parts[0]) /chapters/{chapter}\(parts.count > 1 ? parts[1] : "")"] = page.value
    }

    static let ofOneself: Set<String> = [
        "GET /", "GET /account", "GET /account/privacy", "GET /account/prove", "POST /account/prove",
        "POST /account/password",
        "POST /account/e-mail", "POST /account/second-factor", "POST /account/second-factor/confirm",
        "POST /account/second-factor/remove", "POST /account/provider", "POST /account/provider/unlink",
        "POST /account/sessions/end-others", "POST /account/language",
        "POST /account/sessions/{id}/end", "POST /account/tokens", "POST /account/tokens/{id}/end",
        "GET /api/v1/me", "GET /api/v1/me/sessions", "GET /api/v1/me/sessions/{id}",
        "DELETE /api/v1/me/sessions/{id}", "GET /api/v1/me/tokens", "POST /api/v1/me/tokens",
        "GET /account/calendar", "POST /account/calendar", "POST /account/calendar/end",
        "GET /api/v1/me/calendar", "PUT /api/v1/me/calendar", "DELETE /api/v1/me/calendar",
        "GET /api/v1/me/tokens/{id}", "DELETE /api/v1/me/tokens/{id}", "GET /api/v1/me/access-log",
        "GET /api/v1/me/data", "POST /account/privacy/data",
        "GET /api/v1/me/notifications", "PUT /api/v1/me/notifications",
        "GET /account/notifications", "POST /account/notifications",
    ]

    static let ofAnyone: Set<String> = [
        "GET /api/v1/openapi.json", "GET /calendar/{secret}.ics",
        "GET /assets/chapterhouse.css", "GET /assets/chapterhouse.js", "GET /assets/chapterhouse.svg",
        "GET /invitation/{secret}", "POST /invitation/{secret}", "POST /invitation/{secret}/decline",
        "GET /mail/stop/{secret}", "POST /mail/stop/{secret}",
        "GET /sign-in", "POST /sign-in", "POST /language",
        "POST /sign-in/link", "GET /sign-in/link/{secret}", "POST /sign-in/link/{secret}",
        "GET /sign-in/code",
        "POST /sign-in/code", "GET /sign-in/provider", "GET /sign-in/provider/callback", "POST /sign-out",
    ]
}
