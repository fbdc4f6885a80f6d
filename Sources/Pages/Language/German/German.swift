extension Language {
    package static let german = Language(
        code: "de",
        name: "Deutsch",
        decimalSign: ",",
        calendar: Calendar(
            months: [
                "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
                "November", "Dezember",
            ],
            shortMonths: [
                "Jan", "Feb", "März", "Apr", "Mai", "Juni", "Juli", "Aug", "Sep", "Okt", "Nov", "Dez",
            ],
            weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
            shortWeekdays: ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"],
            afterDay: "."
        ),
        catalogue: German.catalogue
    )
}

/// The German of every phrase, by where it is said.
enum German {
    static let catalogue = [
        account, figures, reports, columns, meanings, words, rules, problems, meetings, desk, parts, chapter,
        chapterWork, records, fields, imports, followUps, planner, calendar, jobs, mails, workbooks,
        appointments, dues, invitations, firstSteps, webhooks, privacy,
    ].joined(
        separator: "\n"
    )
}
