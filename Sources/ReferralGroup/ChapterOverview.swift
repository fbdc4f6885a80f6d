/// What there is of everything in a chapter today, as far as whoever asks may see it.
package struct ChapterOverview: Sendable {
    package let members: Int
    /// Whose renewal is over.
    package let overdue: Int
    /// Who joins on a day to come.
    package let upcoming: Int
    package let openSeats: Int
    package let needs: Int
    package let offers: Int
    /// Of meetings that were held and are not sealed.
    package let openSheets: Int
    /// Whom nobody contacted yet.
    package let newVisitors: Int
    /// Who came, and neither applied nor went.
    package let warmVisitors: Int
    package let openApplications: Int
    /// Who owes what is due.
    package let debtors: Int
    /// Whether the month before this one had members, and is not closed.
    package let isLastMonthOpen: Bool

    package init(
        members: Int,
        overdue: Int,
        upcoming: Int,
        openSeats: Int,
        needs: Int,
        offers: Int,
        openSheets: Int,
        newVisitors: Int,
        warmVisitors: Int,
        openApplications: Int,
        debtors: Int,
        isLastMonthOpen: Bool
    ) {
        self.members = members
        self.overdue = overdue
        self.upcoming = upcoming
        self.openSeats = openSeats
        self.needs = needs
        self.offers = offers
        self.openSheets = openSheets
        self.newVisitors = newVisitors
        self.warmVisitors = warmVisitors
        self.openApplications = openApplications
        self.debtors = debtors
        self.isLastMonthOpen = isLastMonthOpen
    }
}
