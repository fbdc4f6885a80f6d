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
        Write {1} invoices
          one: Write {1} invoice
        {1} invoices
          one: {1} invoice
        {1} meetings
          one: {1} meeting
        Bands for {1} members.
          one: Bands for {1} member.
        Bars for {1} members, the largest figure first: {2} with {3} to {4} with {5}.
          one: Bars for {1} member, the largest figure first: {2} with {3} to {4} with {5}.
        It is on. You have {1} recovery codes left.
          one: It is on. You have {1} recovery code left.
        Signed out in {1} other places.
          one: Signed out in {1} other place.
        What made it other: {1} entries
          one: What made it other: {1} entry
        after {1} days
          one: after {1} day
        A one-to-one a week, and after {1} weeks everybody has met everybody.
          one: A one-to-one a week, and after {1} week everybody has met everybody.
        {1} open referrals
          one: {1} open referral
        {1} members
          one: {1} member
        {1} rows
          one: {1} row
        {1} meetings are not sealed.
          one: {1} meeting is not sealed.
        {1} visitors wait to be contacted.
          one: {1} visitor waits to be contacted.
        {1} visitors came and have not applied.
          one: {1} visitor came and has not applied.
        {1} applications are not decided.
          one: {1} application is not decided.
        {1} renewals are overdue.
          one: {1} renewal is overdue.
        {1} members owe what is due.
          one: {1} member owes what is due.
        {1} needs
          one: {1} need
        {1} referrals nobody could take
          one: {1} referral nobody could take
        {1} seats are taken
          one: {1} seat is taken
        {1} references, {2} yes, {3} no. A decision is not changed later.
          one: {1} reference, {2} yes, {3} no. A decision is not changed later.
        {1} members with invoices or payments
          one: {1} member with invoices or payments
        {1}: {2} rows. The table below holds the figures.
          one: {1}: {2} row. The table below holds the figures.
        tried {1} times
          one: tried {1} time
        {1} entries changed since
          one: {1} entry changed since
        {1} mails that wait or were given up, the newest first
          one: {1} mail that waits or was given up
        {1} members have no mark yet:
          one: {1} member has no mark yet:
        {1} minutes
          one: {1} minute
        {1} more
          one: {1} more
        {1} new
          one: {1} new
        {1} open
          one: {1} open
        {1} points
          one: {1} point
        {1} rows and all they made leave the ledger. The file can be brought in again.
          one: {1} row and all it made leave the ledger. The file can be brought in again.
        {1} rows cannot go in, so nothing would. What to do stands beside each.
          one: {1} row cannot go in, so nothing would. What to do stands beside it.
        {1}, {2} ({3}), for {4} minutes
          one: {1}, {2} ({3}), for {4} minute
        And {1} more, which are on your pages.
          one: And {1} more, which is on your pages.
        {1} follow-ups are for this week
          one: {1} follow-up is for this week
        {1} follow-ups are for this week, the first by {2}
          one: {1} follow-up is for this week, by {2}
        {1} meetings are not sealed
          one: {1} meeting is not sealed
        {1} members said that they will be away
          one: {1} member said that they will be away
        {1} members said that they will be away on {2}
          one: {1} member said that they will be away on {2}
        {1} referrals wait for a first contact
          one: {1} referral waits for a first contact
        {1} referrals wait for a first contact, the first by {2}
          one: {1} referral waits for a first contact, by {2}
        """
}
