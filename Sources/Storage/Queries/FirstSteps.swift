import Postgres
import ReferralGroup

extension Query<[FirstSteps.Progress]> {
    /// The first steps of a member, the earliest first; none to whom they do not concern.
    package static func firstSteps(of member: Membership.ID, in chapter: Chapter.ID) -> Self {
        Query("SELECT step, due_on, done_on FROM first_steps(\(chapter), \(member))")
    }
}

extension Query<[FirstSteps.UnderWay]> {
    /// How far whoever acts, and those whose mentor they are, came with their first steps.
    package static func firstStepsUnderWay(in chapter: Chapter.ID) -> Self {
        Query("SELECT * FROM first_steps_under_way(\(chapter))")
    }
}

extension FirstSteps.Progress: RowDecodable {
    package init(row: Row) throws {
        try self.init(step: row.word("step"), dueOn: row["due_on"], doneOn: row["done_on"])
    }
}

extension FirstSteps.UnderWay: RowDecodable {
    package init(row: Row) throws {
        let (done, steps): (Int64, Int64) = (try row["done"], try row["steps"])
        try self.init(
            member: row["member_id"],
            name: row["member_name"],
            isOwn: row["is_own"],
            done: Int(done),
            steps: Int(steps),
            next: row.word("next_step"),
            nextDue: row["next_due"]
        )
    }
}
