import Postgres
import ReferralGroup

extension Query<[OpenSeat]> {
    /// The professions that the chapter lacks today, the most missed of the last 12 months first.
    package static func openSeats(of chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT seat, open_since, unplaced, value
              FROM seats_open(\(chapter), (today(\(chapter)) - interval '12 months')::date + 1, today(\(chapter)), now())
            """
        )
    }
}

extension Query<[HeldSeat]> {
    /// Who holds which seat today, in order of profession.
    package static func heldSeats(of chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT seat.title, membership.id, membership.name, membership.joined_on
              FROM membership
              JOIN seat ON seat.chapter_id = membership.chapter_id AND seat.id = membership.seat_id
             WHERE membership.chapter_id = \(chapter)
               AND today(\(chapter)) BETWEEN membership.joined_on AND coalesce(membership.ended_on, 'infinity')
             ORDER BY seat.profession, membership.joined_on
            """
        )
    }
}

extension Query<[Seat]> {
    /// Every profession of the chapter's list, in order of sphere and profession.
    package static func seats(of chapter: Chapter.ID) -> Self {
        Query(
            """
            SELECT seat.id, seat.title, seat.sphere, string_agg(membership.name, ', ' ORDER BY membership.folded_name) AS holder
              FROM seat
              LEFT JOIN membership ON membership.chapter_id = seat.chapter_id AND membership.seat_id = seat.id
               AND today(\(chapter)) BETWEEN membership.joined_on AND coalesce(membership.ended_on, 'infinity')
             WHERE seat.chapter_id = \(chapter)
             GROUP BY seat.chapter_id, seat.id
             ORDER BY seat.sphere IS NULL, seat.sphere, seat.profession
            """
        )
    }
}

extension Query<Bool> {
    /// Says of which sphere a seat is, nil of none; false where there is no such seat.
    package static func put(_ seat: Seat.ID, into sphere: String?, in chapter: Chapter.ID) -> Self {
        Query("UPDATE seat SET sphere = \(sphere) WHERE chapter_id = \(chapter) AND id = \(seat)") {
            $0.affected > 0
        }
    }
}

extension Seat: RowDecodable {
    package init(row: Row) throws {
        try self.init(id: row["id"], title: row["title"], sphere: row["sphere"], holder: row["holder"])
    }
}

extension OpenSeat: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            title: row["seat"],
            since: row["open_since"],
            unplaced: row["unplaced"],
            value: row["value"]
        )
    }
}

extension HeldSeat: RowDecodable {
    package init(row: Row) throws {
        try self.init(
            title: row["title"],
            member: row["id"],
            name: row["name"],
            since: row["joined_on"]
        )
    }
}
