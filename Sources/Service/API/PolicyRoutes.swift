import Exchange
import HTTPTypes
import Hummingbird
import Pages
import ReferralGroup
import Storage

/// What a chapter decided about itself, from when on.
struct PolicyRoutes {
    let database: Database

    func add(to routes: inout Routes) {
        routes.inChapter(.get, "", needs: .seeRoster, use: show)
        routes.inChapter(.put, "", needs: .manageMembers, use: decide)
    }

    /// The policy in force on a day.
    func show(_ request: Request, context: ChapterContext) async throws -> Response {
        let parameters = try QueryParameters(request, known: ["on"])
        let day = try parameters.value("on", LocalDate.self, "a date such as 2026-10-28")
        let policy = try await context.acting(in: database).run(.policy(of: context.chapter, on: day))
        return Response(tagged: policy.json)
    }

    /// Decides from `valid_from` on what the body names; the rest stays as it was that day.
    func decide(_ request: Request, context: ChapterContext) async throws -> Response {
        var body = try await Body(request)
        let precondition = try Precondition(request)
        let day = try body.date("valid_from")
        let settings = try body.policySettings(in: context.chapter)
        try body.end()
        guard !settings.isEmpty else { throw body.unfit("", "name at least one setting") }
        return try await context.write(request, body.bytes, in: database) { transaction in
            try await transaction.run(.lockPolicy(of: context.chapter.id))
            let before = try await transaction.run(.policy(of: context.chapter, on: day))
            try precondition.check(before.json.tag)
            try await transaction.setPolicy(settings, of: context.chapter, from: day, asIn: body)
            return KeptAnswer(status: 204, body: "")
        }
    }
}

extension ActingTransaction {
    /// Sets what a body names of a chapter's policy.
    func setPolicy(
        _ settings: [(key: String, value: String)],
        of chapter: Chapter,
        from day: LocalDate?,
        asIn body: Body
    ) async throws {
        do {
            try await setPolicy(settings, of: chapter, from: day)
        } catch Unknown.value(_, let key, let wanted) {
            throw body.wrong(key.underscored, "give \(wanted)")
        }
    }
}

extension Body {
    /// The settings that the body names, in the words of the shell.
    mutating func policySettings(in chapter: Chapter) throws -> [(key: String, value: String)] {
        var settings: [(key: String, value: String)] = []
        for key in ["membership-fee", "meeting-fee", "value-of-hour"] {
            guard let money = try money(key.underscored, in: chapter) else { continue }
            settings.append((key, money.amount))
        }
        for key in ["months-covered", "absence-limit", "contact-within-hours", "visits-before-applying"] {
            guard let number = try whole(key.underscored, 0...10_000) else { continue }
            settings.append((key, "\(number)"))
        }
        if isNull("substitutes_allowed") {
            settings.append(("substitutes-allowed", "unlimited"))
        } else if let number = try whole("substitutes_allowed", 0...366) {
            settings.append(("substitutes-allowed", "\(number)"))
        }
        for key in ["absence-window", "meeting-fee-due-for", "earned-is-seen-by", "needs-are-seen-in"] {
            guard let word = try text(key.underscored) else { continue }
            settings.append((key, word))
        }
        for key in ["late-weight"] + CapitalWeight.allCases.map(\.rawValue) {
            guard let weight = try decimal(key.underscored) else { continue }
            settings.append((key, weight))
        }
        if let starts = try listed("term_starts", atMost: 12) {
            settings.append(("term-starts", starts.joined(separator: ",")))
        }
        return settings
    }
}

extension String {
    /// A word of the shell as the API writes it: `membership-fee` is `membership_fee`.
    var underscored: String {
        String(decoding: utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
    }
}

extension Policy {
    fileprivate var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("valid_from", validFrom.description)
            writer.member("membership_fee", membershipFee)
            writer.member("months_covered", monthsCovered)
            writer.member("meeting_fee", meetingFee)
            writer.member("meeting_fee_due_for", meetingFeeDueFor)
            writer.member("value_of_hour", valueOfHour)
            writer.member("absence_limit", absenceLimit)
            writer.member("absence_window", absenceWindow)
            writer.member("late_weight", lateWeight.description)
            writer.member("substitutes_allowed", number: substitutesAllowed)
            writer.member("contact_within_hours", contactWithinHours)
            writer.member("visits_before_applying", visitsBeforeApplying)
            writer.member("earned_is_seen_by", earnedIsSeenBy)
            writer.member("needs_are_seen_in", needsAreSeenIn)
            writer.key("term_starts")
            writer.array { writer in for start in termStarts { writer.string(start) } }
            for weight in CapitalWeight.allCases {
                writer.member(weight.rawValue.underscored, weights[weight]?.description)
            }
        }
        return writer.bytes
    }
}
