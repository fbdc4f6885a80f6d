/// One row of what is kept about a person.
package struct KeptRecord: Sendable, Equatable {
    /// The table it stands in.
    package let place: String
    /// What the person is in it: `giver` of a referral, `membership` of a mark.
    package let role: String
    /// Nil for what belongs to no chapter.
    package let chapter: Chapter.Slug?
    /// The row, an object of JSON.
    package let json: String

    package init(place: String, role: String, chapter: Chapter.Slug?, json: String) {
        self.place = place
        self.role = role
        self.chapter = chapter
        self.json = json
    }
}
