import HTTPTypes
import NIOCore
import Service
import Testing

extension `Who may take which route` {
    static let everyMember = "PVSCHEMfpFw"
    /// Who manages members, and has shown a second factor where that is wanted.
    private static let managers = "PVSF"

    /// The pages of the section `Chapter`, below a chapter: who may see and send them.
    static let ofChapterPages: [String: String] = [
        "GET about": everyMember, "GET seats": everyMember, "GET seats/spheres": managers,
        "POST seats/spheres": managers,
        "GET members": everyMember, "GET members/new": managers, "POST members": managers,
        "GET members/{id}": everyMember,
        // Dora's, who is nobody of those who ask; whose the form may change is judged once it is read.
        "GET members/{id}/change": managers, "POST members/{id}/change": everyMember,
        "GET members/{id}/leave": managers, "POST members/{id}/leave": managers,
        "GET members/{id}/first-steps": "PVSCHEFw",
        "GET members/{id}/end": managers, "POST members/{id}/end": managers,
        "GET members/{id}/rejoin": managers, "POST members/{id}/rejoin": managers,
        "GET postings": everyMember, "GET postings/new": everyMember, "POST postings/new": everyMember,
        "GET postings/{id}/answer": managers, "POST postings/{id}/answer": everyMember,
        "GET contacts": everyMember, "GET contacts/new": everyMember, "POST contacts/new": everyMember,
        "GET contacts/{id}": everyMember, "GET contacts/{id}/card.vcf": everyMember,
        "POST contacts/{id}/touches": everyMember,
        "GET contacts/{id}/change": everyMember, "POST contacts/{id}/change": everyMember,
        "POST contacts/{id}/forget": everyMember,
        "GET introductions": everyMember, "POST introductions/{id}/answer": everyMember,
        "POST introductions/{id}/outcome": everyMember,
        "GET postings/{id}": everyMember,
        "GET planner": everyMember, "GET planner/{id}": everyMember,
        "POST planner/{id}/invite": everyMember, "POST appointments/{id}/accept": everyMember,
        "POST appointments/{id}/call-off": everyMember, "GET dance-card": everyMember,
        "GET profile": everyMember, "POST profile": everyMember,
        "GET follow-ups": everyMember, "GET follow-ups/new": everyMember, "POST follow-ups/new": everyMember,
        "POST follow-ups/pace": everyMember, "GET follow-ups/{id}": everyMember,
        "POST follow-ups/{id}/end": everyMember, "POST follow-ups/{id}/due": everyMember,
        "GET visitors/invite": everyMember, "POST visitors/invite": everyMember,
        "GET visitors": everyMember, "GET visitors/{id}": everyMember, "POST visitors/{id}": "PVSCHFw",
        "GET applications": "PVCFw", "GET applications/{id}": "PVCFw", "GET applications/new": "C",
        "POST applications/new": "C", "GET applications/{id}/references": "C",
        "POST applications/{id}/references": "C", "POST applications/{id}/vote": "C",
        "GET applications/{id}/decision": "C", "POST applications/{id}/decision": "C",
        "GET applications/{id}/induction": "C", "POST applications/{id}/induction": "C",
        "GET offices": everyMember, "GET offices/appoint": managers, "POST offices": managers,
        "GET offices/{id}/end": managers, "POST offices/{id}/end": managers,
        "GET dues": everyMember, "GET dues/members/{id}": "PVSFw", "GET dues/bill": "S",
        "POST dues/bill": "S", "GET dues/invoices": everyMember,
        "GET dues/invoices/new": "S", "POST dues/invoices": "S", "GET dues/invoices/{id}/cancel": "S",
        "POST dues/invoices/{id}/cancel": "S", "GET dues/payments": everyMember,
        "GET dues/payments/new": "S", "POST dues/payments": "S", "GET dues/payments/{id}/void": "S",
        "POST dues/payments/{id}/void": "S",
        "GET reports": "PVSCHEMfpDFw", "GET months": everyMember, "GET months/{month}/reopen": "PVSFw",
        "GET policy": everyMember, "GET policy/change": managers, "POST policy/change": managers,
        "GET calendar": managers, "POST calendar": managers, "POST calendar/end": managers,
        "GET webhooks": managers, "GET webhooks/new": managers, "POST webhooks/new": managers,
        "GET webhooks/{id}": managers, "POST webhooks/{id}/ping": managers,
        "POST webhooks/{id}/retry": managers, "POST webhooks/{id}/secret": managers,
        "POST webhooks/{id}/off": managers, "POST webhooks/{id}/on": managers,
        "GET webhooks/{id}/remove": managers, "POST webhooks/{id}/remove": managers,
        "GET imports": managers, "GET imports/new": managers, "POST imports": managers,
        "POST imports/preview": managers, "GET imports/{id}/undo": managers,
        "POST imports/{id}/undo": managers, "GET audit": "PVSFw",
    ].reduce(into: [:]) { pages, page in
        let parts = page.key.split(separator: " ")
        pages["\(parts[0]) /chapters/{chapter}/\(parts[1])"] = page.value
    }

    /// What an operator looks after: to everybody else who is signed in it is not there.
    static let ofOperators: Set<String> = [
        "GET /operator", "GET /operator/chapters", "GET /operator/chapters/new", "POST /operator/chapters",
        "GET /operator/people", "GET /operator/people/invite", "POST /operator/people/invite",
        "GET /operator/mail", "GET /operator/jobs", "POST /operator/jobs/{id}/retry",
        "GET /operator/versions",
    ]

    @Test(arguments: [Asker.nobody, .president, .member, .ofAnotherChapter, .director, .operatorOfAll])
    func `is an operator's alone of the installation`(asker: Asker) async throws {
        let caller = try await caller(asker)
        for route in routes where route.right == .operators {
            let answer = try await caller.send(
                route.method,
                route.path,
                headers: [.contentType: "application/json"],
                body: route.method == .get ? nil : .init(string: "{}")
            )
            switch asker {
            case .nobody: #expect(answer.status == 401)
            case .operatorOfAll:
                #expect([200, 303, 415].contains(answer.status), "\(route.path): \(answer.text)")
            default: #expect(try answer.isProblem(404) == "not-found", "\(asker) \(route.path)")
            }
        }
    }
}
