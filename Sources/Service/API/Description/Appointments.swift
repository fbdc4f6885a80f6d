import HTTPTypes
import ReferralGroup

extension AppointmentRoutes {
    static let description = Resource(
        "Appointments",
        "One's one-to-ones to come, and those of two weeks that nobody logged. Both are told by mail, with an entry for their calendar.",
        at: "chapters/{chapter}/appointments",
        schemas: [
            "Appointment": .answer([
                "id": .slipID, "member": .id, "name": .text, "part": .word(["inviter", "invited"]),
                "starts_at": .instant, "date": .date, "time": .text, "minutes": .count,
                "place": .text.orNull, "topic": .text.orNull, "is_accepted": .truth, "is_over": .truth,
            ])
        ],
        [
            .get(
                "",
                "listAppointments",
                "One's appointments, the next first",
                answers: .json(.list(of: .named("Appointment")))
            ),
            .write(
                .post,
                "",
                "inviteToOneToOne",
                "Invite a member to a one-to-one",
                .draft(
                    needs: [
                        "with": .named("Party"), "on": .date,
                        "time": .matching("^([01][0-9]|2[0-3]):[0-5][0-9]$").like("08:30"),
                    ],
                    takes: ["minutes": .whole(5...1440).otherwise(60), "place": .line, "topic": .line]
                ),
                example: ["with": 12, "on": "2026-12-03", "time": "08:30", "place": "Café at the bridge"],
                answers: .made(links: [.init(name: "readAppointment"), .init(name: "callOffAppointment")])
            ).mayFail(.conflict),
            .get("{id}", "readAppointment", "One of them", answers: .json(.named("Appointment"))),
            .act(.put, "{id}/acceptance", "acceptAppointment", "Say yes, as the one who is invited"),
            .act(.delete, "{id}", "callOffAppointment", "Say no, or that one cannot come after all"),
        ]
    )
}
