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
        catalogue: germanCatalogue
    )

    private static let germanCatalogue = """
        {1} members
          one: {1} Mitglied
          {1} Mitglieder
        {1} rows
          one: {1} Zeile
          {1} Zeilen
        """
}
