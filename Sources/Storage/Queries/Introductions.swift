import Postgres
import ReferralGroup

extension Query<[Introduction]> {
    /// Those in which the acting person has a part, the newest first.
    package static func ownIntroductions(in chapter: Chapter.ID) -> Self {
        Query("SELECT * FROM own_introductions(\(chapter))")
    }
}

extension Query<Bool> {
    /// Keeps whether the acting person would like to be introduced; false where nobody introduced them.
    package static func answer(_ introduction: SlipID, accepts: Bool, in chapter: Chapter.ID) -> Self {
        Query(value: "SELECT answer_introduction(\(chapter), \(introduction), \(accepts))")
    }

    /// Keeps what came of an introduction; false where the acting person has no part in it.
    package static func conclude(_ introduction: SlipID, _ outcome: String, in chapter: Chapter.ID) -> Self {
        Query(value: "SELECT conclude_introduction(\(chapter), \(introduction), \(outcome))")
    }
}

extension Introduction: RowDecodable {
    package init(row: Row) throws {
        let phones: [String]? = try row["phones"]
        try self.init(
            id: row["id"],
            madeOn: row["made_on"],
            why: row["why"],
            outcome: row["outcome"],
            connector: row["connector"],
            first: Side(name: row["first_name"], accepts: row["first_accepts"]),
            second: Side(name: row["second_name"], accepts: row["second_accepts"]),
            part: row.word("part"),
            email: row["email"],
            phones: phones ?? []
        )
    }
}
