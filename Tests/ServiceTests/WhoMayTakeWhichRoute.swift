import HTTPTypes
import Hummingbird
import Identity
import Postgres
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

/// Who × route: the table of the domain page, section 4, over HTTP.
@Suite(.sampleDatabase)
struct `Who may take which route` {
    /// Everybody who belongs to Alder, by a letter; in capitals the offices that may most.
    enum Asker: String, CaseIterable {
        case president = "P"
        case vicePresident = "V"
        case secretary = "S"
        case committee = "C"
        case host = "H"
        case educator = "E"
        case member = "M"
        /// A member who will be president, and one who was.
        case futureOfficer = "f"
        case pastOfficer = "p"
        /// Who directs the region, and is a member elsewhere.
        case director = "D"
        /// A president whose two weeks to set up a second factor are over, and one who has.
        case withoutSecondFactor = "w"
        case withSecondFactor = "F"
        // Those below do not belong to Alder.
        case ofAnotherChapter = "o"
        case ended = "x"
        case operatorOfAll = "a"
        case nobody = "n"

        var belongs: Bool {
            ![.ofAnotherChapter, .ended, .operatorOfAll, .nobody].contains(self)
        }
    }

    /// Below a chapter: who may.
    ///
    /// All of the others who belong get 403, strangers 404, nobody 401.
    static let ofAChapter: [String: String] = [
        "PUT needs/{id}/answer": "PVSF",
        "GET members": "PVSCHEMfpFw", "GET members/{id}": "PVSCHEMfpFw",
        "POST members": "PVSF", "PATCH members/{id}": "PVSCHEMfpFw", "POST members/{id}/leaves": "PVSF",
        "GET members/{id}/first-steps": "PVSCHEFw", "POST members/{id}/end": "PVSF",
        "POST members/{id}/rejoin": "PVSF",
        "GET policy": "PVSCHEMfpFw", "PUT policy": "PVSF",
        "GET calendar": "PVSF", "PUT calendar": "PVSF", "DELETE calendar": "PVSF",
        "GET webhooks": "PVSF", "POST webhooks": "PVSF", "GET webhooks/{id}": "PVSF",
        "DELETE webhooks/{id}": "PVSF", "PUT webhooks/{id}/secret": "PVSF",
        "PUT webhooks/{id}/switch": "PVSF",
        "POST webhooks/{id}/ping": "PVSF", "POST webhooks/{id}/retry": "PVSF",
        "GET webhooks/{id}/deliveries": "PVSF",
        "GET meetings": "PVSCHEMfpFw", "GET meetings/{date}/attendance": "PVSCHEMfpFw",
        "PUT meetings/{date}/attendance": "PVSFw", "PATCH meetings/{date}/attendance": "PVSFw",
        "PUT meetings/{date}/seal": "PVSFw", "DELETE meetings/{date}/seal": "PVSFw",
        "GET corrections": "PVSCHEMfpFw", "POST corrections": "PVSF",
        "GET months": "PVSCHEMfpFw", "PUT months/{month}/close": "PVSFw",
        "DELETE months/{month}/close": "PVSFw",
        "POST /chapters/{chapter}/months/{month}/close": "PVSFw",
        "POST /chapters/{chapter}/months/{month}/reopen": "PVSFw",
        "GET referrals": "PVSCHEMfpFw", "POST referrals": "PVSCHEMfpFw", "GET referrals/{id}": "PVSCHEMfpFw",
        "GET referrals/{id}/steps": "PVSCHEMfpFw", "POST referrals/{id}/steps": "PVSCHEMfpFw",
        "GET offices": "PVSCHEMfpFw", "POST offices": "PVSF", "POST slips": "PVSCHEMfpFw",
        "GET imports": "PVSF", "POST imports": "PVSF", "GET imports/{id}": "PVSF",
        "DELETE imports/{id}": "PVSF",
        "GET offices/{id}": "PVSCHEMfpFw", "DELETE offices/{id}": "PVSF",
    ].merging(ofReports) { one, _ in one }.merging(ofRelationships) { one, _ in one }.merging(ofPapers) {
        one,
        _ in one
    }.merging(ofSlips) { one, _ in
        one
    }.merging(ofPages) { one, _ in one }.merging(ofChapterPages) { one, _ in one }

    /// The reports: each in what the reader accepts and in every format, and on a page but for attendance and entries.
    private static let ofReports: [String: String] = [
        "roi": "PVSCHEMfpDFw", "attendance": "PVSCHEMfpDFw",
        "giving": "PVSCHEMfpDFw", "giving/entries": "PVSCHEMfpDFw",
        "scorecard": "PVSCHEMfpDFw",
        "consistency": "PVSCHEMfpDFw", "consistency/entries": "PVSCHEMfpDFw",
        "absences": "PVSCHEMfpDFw", "absences/entries": "PVSCHEMfpDFw",
        "quality": "PVSCHEMfpDFw", "quality/entries": "PVSCHEMfpDFw",
        "matrix": "PVSCHEMfpDFw", "matrix/entries": "PVSCHEMfpDFw",
        "time": "PVSCHEMfpDFw", "time/entries": "PVSCHEMfpDFw",
        "leadership": "PVSCHEMfpDFw",
        "retention": "PVSCHEMfpDFw", "retention/entries": "PVSCHEMfpDFw",
        "visitors": "PVSCHEMfpDFw", "visitors/entries": "PVSCHEMfpDFw",
        "seats": "PVSCHEMfpDFw", "seats/entries": "PVSCHEMfpDFw",
        "concentration": "PVSCHEMfpDFw", "concentration/entries": "PVSCHEMfpDFw",
        "handover": "PVSCHEFw", "handover/entries": "PVSCHEFw",
    ].reduce(into: [:]) { routes, report in
        for suffix in ["", ".json", ".csv", ".html", ".xlsx", ".pdf"] {
            routes["GET reports/\(report.key)\(suffix)"] = report.value
        }
        guard !report.key.hasSuffix("/entries"), report.key != "attendance" else { return }
        routes["GET /chapters/{chapter}/reports/\(report.key)"] = report.value
    }

    let sample: SampleChapter

    init() async throws {
        sample = try await SampleChapter()
    }

    @Test func `is said of every route, and of none that there is not`() {
        let declared = routes.map(Self.name)
        let said = Self.ofOneself.union(Self.ofAnyone).union(Self.ofARegion).union(Self.ofAChapter.keys)
            .union(Self.ofOperators)
        #expect(Set(declared) == said)
        #expect(Set(declared).count == declared.count)
        for route in routes {
            switch route.right {
            case .anyone: #expect(Self.ofAnyone.contains(Self.name(route)))
            case .oneself: #expect(Self.ofOneself.contains(Self.name(route)))
            case .inChapter: #expect(Self.ofAChapter[Self.name(route)] != nil)
            case .inRegion: #expect(Self.ofARegion.contains(Self.name(route)))
            case .operators: #expect(Self.ofOperators.contains(Self.name(route)))
            }
        }
        // What the router answers is what was declared.
        let caller = Caller(database: sample.database)
        #expect(caller.router.routes.count == routes.count)
    }

    @Test(arguments: Asker.allCases)
    func `is what the table says`(asker: Asker) async throws {
        let caller = try await caller(asker)
        let referral = try await referral()
        let dora = try await sample.shell.add(.sample("Dora Dyer"))
        let office = try await sample.shell.run(
            .appoint(dora, as: .mentor, from: .day("2026-10-01"), to: nil, in: sample.alder.id)
        )
        let batch = try await sample.importBatch(in: sample.alder)
        let need = try await sample.shell.run(
            .post(PostingDraft(kind: .need, member: dora.id, text: "An oven"), in: sample.alder.id)
        )
        let papers = try await sample.papersByPlace(of: sample.bob)
            .merging(sample.slipsByPlace(of: sample.bob, in: sample.shell)) { one, _ in one }
            .merging(["needs": "\(need)", "postings": "\(need)"]) { _, other in other }
        let seat = try #require(try await sample.shell.run(.seats(of: sample.alder.id)).first?.id)
        for route in routes {
            guard case .inChapter = route.right, let may = Self.ofAChapter[Self.name(route)] else { continue }
            // What is theirs alone, anew for each route: some of them end it.
            let own =
                asker.belongs
                    && ["contacts", "follow-ups", "appointments"].contains {
                        route.path.contains("\($0)/{id}")
                    }
                ? try await sample.ownByPlace(of: asker == .president ? sample.alice : sample.bob)
                : asker.belongs && route.path.contains("webhooks/{id}")
                    ? try await sample.webhookByPlace() : [:]
            let path = papers.merging(own) { one, _ in one }.reduce(route.path) {
                $0.replacing("\($1.key)/{id}", with: "\($1.key)/\($1.value)")
            }
            .replacing("{chapter}", with: "alder")
            .replacing("{date}", with: "2026-10-28").replacing("{month}", with: "2026-10")
            .replacing("members/{id}", with: "members/\(dora.id)")
            .replacing("seats/{id}", with: "seats/\(seat)")
            .replacing("planner/{id}", with: "planner/\(dora.id)")
            .replacing("referrals/{id}", with: "referrals/\(referral)")
            .replacing("offices/{id}", with: "offices/\(office.id)")
            .replacing("imports/{id}", with: "imports/\(batch)")
            let answer = try await caller.send(
                route.method,
                path,
                headers: [.contentType: "application/json"],
                body: route.method == .get ? nil : .init(string: "{}")
            )
            let words = "\(asker) \(route.method) \(path): \(answer.status) \(answer.text)"
            switch asker {
            case .nobody: #expect(answer.status == 401, "\(words)")
            case _ where !asker.belongs: #expect(answer.status == 404, "\(words)")
            case _ where may.contains(asker.rawValue):
                #expect(![401, 403, 404].contains(answer.status), "\(words)")
            case .withoutSecondFactor where may.contains("F"):
                #expect(try answer.isProblem(403) == "second-factor-wanted", "\(words)")
            default: #expect(try answer.isProblem(403) == "forbidden", "\(words)")
            }
        }
    }

    @Test func `is nothing of a person's own to nobody`() async throws {
        for route in routes where route.right == .oneself {
            let answer = try await Caller(database: sample.database).send(
                route.method,
                route.path.replacing("{id}", with: "1"),
                headers: [.contentType: "application/x-www-form-urlencoded", .origin: "http://localhost"]
            )
            #expect(answer.status == 401, "\(route.method) \(route.path): \(answer.text)")
        }
    }

    /// Another chapter's ids in place of one's own look like ids that there are not.
    @Test func `does not tell another chapter's records from none`() async throws {
        let alice = try await sample.caller(sample.alice)
        let foreign = try await sample.birchShell.transaction { transaction in
            try await transaction.pass(
                ReferralDraft(
                    giver: .member(sample.charlie.id),
                    receiver: .outsider(name: "Zoe Zander", home: "Elsewhere"),
                    tier: 2,
                    need: "a table",
                    warmth: 3,
                    passedOn: nil
                )
            )
        }
        let office = try await sample.birchShell.run(
            .appoint(sample.charlie, as: .mentor, from: .day("2026-10-01"), to: nil, in: sample.birch.id)
        )
        let batch = try await sample.importBatch(in: sample.birch)
        let none = try #require(SlipID("00000000-0000-4000-8000-000000000000"))
        let base = "/api/v1/chapters/alder"
        for (real, missing) in [
            ("\(base)/members/\(sample.charlie.id)", "\(base)/members/999999"),
            ("\(base)/referrals/\(foreign)", "\(base)/referrals/\(none)"),
            ("\(base)/referrals/\(foreign)/steps", "\(base)/referrals/\(none)/steps"),
            ("\(base)/offices/\(office.id)", "\(base)/offices/999999"),
            ("\(base)/imports/\(batch)", "\(base)/imports/999999"),
            ("/api/v1/chapters/birch/members", "/api/v1/chapters/nowhere/members"),
            ("/api/v1/chapters/birch/referrals/\(foreign)", "/api/v1/chapters/nowhere/referrals/\(foreign)"),
        ] {
            let (one, other) = (try await alice.get(real), try await alice.get(missing))
            #expect(one.status == 404 && other.status == 404)
            #expect(try one.json["detail"] == other.json["detail"])
        }
        let step: HTTPFields = [.contentType: "application/json"]
        let body = "{\"step\": \"contacted\"}"
        for id in [foreign, none] {
            let answer = try await alice.send(
                .post,
                "\(base)/referrals/\(id)/steps",
                headers: step,
                body: .init(string: body)
            )
            #expect(try answer.isProblem(404) == "not-found")
        }
        for id in ["\(sample.charlie.id)", "999999"] {
            for (method, place) in [
                (HTTPRequest.Method.patch, id), (.post, "\(id)/leaves"), (.post, "\(id)/end"),
                (.post, "\(id)/rejoin"),
            ] {
                var headers = step
                headers[.ifMatch] = "*"
                let body =
                    method == .patch
                    ? #"{"company": "X"}"# : place.hasSuffix("leaves") ? #"{"from": "2026-11-01"}"# : "{}"
                let answer = try await alice.send(
                    method,
                    "\(base)/members/\(place)",
                    headers: headers,
                    body: .init(string: body)
                )
                #expect(try answer.isProblem(404) == "not-found")
            }
        }
        let foreignNeed = try await sample.birchShell.run(
            .post(PostingDraft(kind: .need, member: sample.charlie.id, text: "An oven"), in: sample.birch.id)
        )
        for id in [foreignNeed, none] {
            let answer = try await alice.send(
                .put,
                "\(base)/needs/\(id)/answer",
                headers: step,
                body: .init(string: "{}")
            )
            #expect(try answer.isProblem(404) == "not-found")
        }
        for id in ["\(batch)", "999999"] {
            #expect(try await alice.send(.delete, "\(base)/imports/\(id)").isProblem(404) == "not-found")
        }
        for id in ["\(office.id)", "999999"] {
            #expect(try await alice.send(.delete, "\(base)/offices/\(id)").isProblem(404) == "not-found")
        }
        for id in [foreign, none] {
            let answer = try await alice.send(
                .post,
                "\(base)/thanks",
                headers: step,
                body: .init(
                    string:
                        #"{"thanked": \#(sample.bob.id), "amount": {"amount": "1.00", "currency": "EUR"}, "referral": "\#(id)"}"#
                )
            )
            #expect(try answer.isProblem(422) == "unfit")
            #expect(answer.text.contains("there is no such referral"))
        }
        for (field, id) in [("receiver", "\(sample.charlie.id)"), ("receiver", "999999")] {
            let answer = try await alice.send(
                .post,
                "\(base)/referrals",
                headers: step,
                body: .init(string: "{\"\(field)\": \(id), \"need\": \"a roof\"}")
            )
            #expect(try answer.isProblem(422) == "unfit")
            #expect(answer.text.contains("there is no member of that number"))
        }
    }

    var routes: [Route] {
        ChapterhouseService.routes(
            database: sample.database,
            hashing: .cheap,
            baseURL: "https://chapterhouse.example.org"
        ).all
    }

    static func name(_ route: Route) -> String {
        let folder = "/api/v1/chapters/{chapter}/"
        let path = route.path.hasPrefix(folder) ? String(route.path.dropFirst(folder.count)) : route.path
        return "\(route.method) \(path)"
    }

    func caller(_ asker: Asker) async throws -> Caller {
        let shell = sample.shell
        _ = try await shell.schedule(
            from: .day("2026-10-28"),
            to: .day("2026-10-28"),
            in: sample.alder
        )
        switch asker {
        case .nobody: return Caller(database: sample.database)
        case .president: return try await sample.caller(sample.alice)
        case .member: return try await sample.caller(sample.bob)
        case .ofAnotherChapter: return try await sample.caller(sample.charlie)
        case .ended:
            let token = try await shell.token(of: sample.bob)
            _ = try await shell.run(
                .end(sample.bob.id, on: .day("2026-10-31"), reason: nil, in: sample.alder.id)
            )
            return Caller(database: sample.database, token: token)
        case .operatorOfAll:
            try await sample.scratch.superuser.run(
                Query<Void>("UPDATE app.person SET is_operator = true WHERE id = \(sample.charlie.person)")
            )
            return try await sample.caller(sample.charlie)
        case .director:
            try await sample.letCharlieDirect(from: .day("2026-11-01"), to: .day("2026-11-01"))
            return try await sample.caller(sample.charlie)
        case .futureOfficer: return try await officer(.president, from: "2026-11-02", to: nil)
        case .pastOfficer: return try await officer(.president, from: "2026-04-01", to: "2026-10-31")
        case .withoutSecondFactor:
            try await sample.letTimePass(days: 30)
            return try await officer(.president)
        case .withSecondFactor:
            try await sample.letTimePass(days: 30)
            _ = try await sample.scratch.setSecondFactor(of: sample.bob)
            return try await officer(.president)
        case .vicePresident: return try await officer(.vicePresident)
        case .secretary: return try await officer(.secretaryTreasurer)
        case .committee: return try await officer(.membershipCommittee)
        case .host: return try await officer(.visitorHost)
        case .educator: return try await officer(.education)
        }
    }

    private func officer(
        _ role: OfficeRole,
        from: String = "2026-10-01",
        to: String? = nil
    ) async throws -> Caller {
        let chapter = sample.alder.id
        if role == .president {
            // There is one president at a time: Alice makes room.
            _ = try await sample.shell.run(
                .endOffice(
                    of: sample.alice.id,
                    role: .president,
                    on: .day(to == nil ? "2026-11-01" : "2026-04-01"),
                    in: chapter
                )
            )
        }
        _ = try await sample.shell.run(
            .appoint(
                sample.bob,
                as: role,
                from: .day(to == nil ? from : "2026-04-02"),
                to: to.map { .day($0) },
                in: chapter
            )
        )
        return try await sample.caller(sample.bob)
    }
}
