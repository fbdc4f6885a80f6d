import Postgres
import ReferralGroup
import TestSupport
import Testing

/// Constraints that say how a row is made, not what members may do: no input that a door lets through meets them.
private let shapes: Set<String> = [
    "absence_limit_is_plausible", "absence_window_is_known", "access_concerns_somebody",
    "access_is_to_something_known", "activity_kind_is_known", "application_decision_is_known",
    "appointment_is_called_off_by_one",
    "application_is_decided_on_a_day", "consent_is_one", "end_code_is_known", "who_declines_says_when",
    "visitor_link_has_a_sha256", "cadence_is_days_to_years", "calendar_has_a_sha256",
    "channel_is_known",
    "follow_up_cause_is_known",
    "follow_up_comes_of_a_slip", "follow_up_ending_is_known", "follow_up_ends_on_a_day",
    "follow_ups_a_week_are_plausible", "notes_of_a_contact_are_not_too_long",
    "outcome_of_a_follow_up_is_not_too_long", "cancelling_needs_a_day_and_a_reason", "invoice_kind_is_known",
    "notes_are_not_too_long", "outcome_is_not_too_long", "vote_is_known", "voiding_needs_a_day_and_a_reason",
    "change_is_made_changed_or_taken_back", "closed_month_begins_on_its_first_day",
    "closed_month_has_a_sha256",
    "chapter_is_active_or_closed", "chapter_meets_on_a_weekday", "chapter_slug_is_plain",
    "contact_is_due_within_a_year", "corrected_slip_is_known", "currency_is_three_capitals",
    "currency_prints_up_to_four_decimals",
    "earned_is_seen_by_somebody", "email_is_folded", "erasure_is_noted_once", "fee_covers_some_months",
    "file_has_a_sha256",
    "idempotency_key_is_short",
    "import_kind_is_known", "introduction_is_made_by_one", "introduction_is_of_two",
    "job_has_an_occasion", "job_has_been_tried", "job_is_done_or_given_up", "job_is_entered_once",
    "audit_link_is_of_256_bits", "audit_link_is_salted_or_erased", "audit_seal_is_behind_its_entries",
    "job_is_skipped_when_done",
    "kept_answer_has_a_sha256", "late_weight_is_a_part_of_an_absence",
    "language_is_two_letters", "leave_is_medical_or_other", "letter_is_given_after_it_is_drafted",
    "letter_is_given_by_hand_or_mail", "letter_is_given_on_a_day", "letter_kind_is_known",
    "link_expires_after_it_is_made", "link_has_a_sha256", "link_is_for_something",
    "mail_goes_to_an_address", "mail_has_a_subject", "mail_has_been_tried", "mail_is_not_too_long",
    "mail_is_not_too_large", "mail_is_sent_or_given_up", "mail_keeps_its_body_until_then",
    "mail_stop_has_a_sha256", "notice_kind_is_known", "notice_way_is_known", "quiet_hours_are_not_all_day",
    "digest_entry_is_not_too_large", "mark_is_known",
    "check_in_closes_after_it_is_late", "meeting_part_is_known", "meeting_part_says_something",
    "meeting_fee_is_due_for_every_or_attended", "meeting_kind_is_known", "meeting_status_is_known",
    "membership_is_of_one_person",
    "merged_person_is_nobody", "need_is_answered_on_a_day", "needs_are_seen_somewhere",
    "one_to_one_is_of_two", "open_meeting_was_opened",
    "own_scheme_is_plain", "outsider_is_known_once", "outsider_is_of_another_chapter",
    "overlap_has_reason_and_date",
    "password_is_hashed_by_scrypt", "posting_is_need_or_offer", "profession_is_listed_once",
    "profile_is_not_too_long", "provider_account_is_not_too_long", "purposes_are_known",
    "rate_is_between_two_currencies", "rate_is_positive", "recovery_code_has_a_sha256",
    "referral_has_one_giver", "referral_status_is_known", "region_slug_is_plain",
    "scheme_is_plain", "sealed_meeting_was_sealed", "second_factor_is_160_bits_or_more",
    "session_expires_after_it_is_made",
    "session_has_a_sha256", "slip_is_corrected_once", "session_may_rest_a_while", "step_is_known",
    "substitutes_allowed_is_plausible",
    "suppression_is_of_an_address_or_a_number", "suppression_is_a_hash", "summary_is_of_days_in_order",
    "summary_line_is_of_somebody", "testimonial_is_from_one_to_one",
    "token_has_a_sha256", "token_scope_is_known", "visit_has_a_sha256", "visit_kind_is_known",
    "visitor_has_one_inviter", "visitor_status_is_known", "visits_before_applying_is_plausible",
    "weights_are_plausible",
    "webhook_address_is_https", "webhook_delivery_has_been_tried", "webhook_delivery_is_done_or_given_up",
    "webhook_delivery_is_not_too_large", "webhook_former_secret_ends", "webhook_is_off_for_a_reason",
    "webhook_is_told_something", "webhook_reason_is_known", "webhook_secret_has_256_bits",
]

@Suite(.freshDatabase)
struct `Rules of the schema and refusals of the program` {
    let scratch: ScratchDatabase

    init() throws {
        scratch = try .current
    }

    @Test func `are the same`() async throws {
        let stated = Set(try await constraints() + raised())
        let refusals = Set(Refusal.allCases.map(\.rawValue))
        #expect(refusals.subtracting(stated) == [], "refusals that no constraint states")
        #expect(stated.subtracting(refusals).subtracting(shapes) == [], "rules without a refusal")
    }

    @Test func `and a shape is no refusal and is there`() async throws {
        let stated = Set(try await constraints())
        #expect(shapes.subtracting(stated) == [])
        #expect(shapes.intersection(Refusal.allCases.map(\.rawValue)) == [])
    }

    @Test(arguments: [
        ("activity_kind_is_known", ActivityKind.allCases.map(\.rawValue)),
        ("mark_is_known", Mark.allCases.map(\.rawValue)),
        ("meeting_part_is_known", MeetingPart.Part.allCases.map(\.rawValue)),
        ("meeting_kind_is_known", Meeting.Kind.allCases.map(\.rawValue)),
        ("meeting_status_is_known", Meeting.Status.allCases.map(\.rawValue)),
        ("referral_status_is_known", Referral.Step.allCases.map(\.rawValue)),
        ("step_is_known", Referral.Step.allCases.map(\.rawValue)),
        ("end_code_is_known", EndCode.allCases.map(\.rawValue)),
        ("visit_kind_is_known", VisitKind.allCases.map(\.rawValue)),
        ("visitor_status_is_known", VisitorStatus.allCases.map(\.rawValue)),
        ("application_decision_is_known", MembershipApplication.Decision.allCases.map(\.rawValue)),
        ("letter_is_given_by_hand_or_mail", AbsenceLetter.Way.allCases.map(\.rawValue)),
        ("channel_is_known", FollowUp.Channel.allCases.map(\.rawValue)),
        ("follow_up_ending_is_known", FollowUp.Ending.allCases.map(\.rawValue)),
        ("purposes_are_known", Profile.Purpose.allCases.map(\.rawValue)),
        ("vote_is_known", MembershipApplication.Vote.allCases.map(\.rawValue)),
        ("invoice_kind_is_known", Invoice.Kind.allCases.map(\.rawValue)),
        ("notice_kind_is_known", Notice.Kind.allCases.map(\.rawValue)),
        ("notice_way_is_known", Notice.Way.allCases.map(\.rawValue)),
        ("webhook_is_told_something", Webhook.Event.allCases.map(\.rawValue)),
        ("webhook_reason_is_known", Webhook.Ending.allCases.map(\.rawValue)),
        ("import_kind_is_known", ImportBatch.Kind.allCases.map(\.rawValue)),
    ])
    func `words of a column are those of the program`(_ constraint: String, _ words: [String]) async throws {
        let definition = try await scratch.superuser.run(
            Query<String>(
                value:
                    "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = \(constraint)::name"
            )
        )
        // The words stand in quotation marks: every second piece is one.
        let pieces = definition.split(separator: "'", omittingEmptySubsequences: false)
        let known = stride(from: 1, to: pieces.count, by: 2).map { String(pieces[$0]) }
        #expect(Set(known) == Set(words))
    }

    @Test func `offices are the same in both`() async throws {
        let roles = try await scratch.superuser.run(
            Query<[String]>(values: "SELECT role FROM app.office_kind")
        )
        #expect(Set(roles) == Set(OfficeRole.allCases.map(\.rawValue)))
    }

    @Test func `currencies print the same decimals in both`() async throws {
        let rows = try await scratch.superuser.run(
            Query<[String]>(values: "SELECT code || ' ' || decimals FROM app.currency")
        )
        #expect(rows.count > 150)
        for row in rows {
            let currency = try #require(Currency(String(row.prefix(3))))
            #expect(row == "\(currency) \(currency.decimals)")
        }
    }

    private func constraints() async throws -> [String] {
        try await scratch.superuser.run(
            Query<[String]>(
                values: """
                    SELECT DISTINCT conname::text
                      FROM pg_constraint
                     WHERE connamespace = 'app'::regnamespace AND contype NOT IN ('p', 'f')
                    """
            )
        )
    }

    /// Rules that a function raises by name, and no constraint bears.
    private func raised() async throws -> [String] {
        try await scratch.superuser.run(
            Query<[String]>(
                values: """
                    SELECT DISTINCT found[1]
                      FROM pg_proc, regexp_matches(prosrc, $$CONSTRAINT = '([a-z_]+)'$$, 'g') AS found
                     WHERE pronamespace = 'app'::regnamespace
                    """
            )
        )
    }
}

@Suite
struct `Every refusal` {
    @Test(arguments: Refusal.allCases)
    func `a refusal says what is wrong in a sentence of its own`(_ refusal: Refusal) {
        #expect(refusal.sentence.utf8.count > 15)
        #expect(!refusal.sentence.contains("_"))
    }
}
