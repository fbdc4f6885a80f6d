extension Language {
    /// The language in which phrases are written down; its catalogue has only what is said differently of one.
    package static let english = Language(
        code: "en",
        name: "English",
        decimalSign: ".",
        calendar: Calendar(
            months: [
                "January", "February", "March", "April", "May", "June", "July", "August", "September",
                "October",
                "November", "December",
            ],
            shortMonths: [
                "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
            ],
            weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
            shortWeekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
            afterDay: ""
        ),
        catalogue: englishCatalogue
    )

    static let englishCatalogue = """
        {1} members
          one: {1} member
        {1} rows
          one: {1} row
        """
}
