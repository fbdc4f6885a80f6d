/// What a new member does first, and how far they came.
package struct FirstSteps: Sendable {
    package enum Step: String, Sendable, CaseIterable {
        case profile, mentor, posting, visitor, referral
        case fourMembers = "four-members"
        case education, part
    }

    /// A step with the day by which it is due, and since when it is done.
    package struct Progress: Sendable {
        package let step: Step
        package let dueOn: LocalDate
        package let doneOn: LocalDate?

        package init(step: Step, dueOn: LocalDate, doneOn: LocalDate?) {
            self.step = step
            self.dueOn = dueOn
            self.doneOn = doneOn
        }
    }

    /// Where somebody stands, in a line on a home.
    package struct UnderWay: Sendable {
        package let member: Membership.ID
        package let name: String
        package let isOwn: Bool
        package let done: Int
        package let steps: Int
        package let next: Step
        package let nextDue: LocalDate

        package init(
            member: Membership.ID,
            name: String,
            isOwn: Bool,
            done: Int,
            steps: Int,
            next: Step,
            nextDue: LocalDate
        ) {
            self.member = member
            self.name = name
            self.isOwn = isOwn
            self.done = done
            self.steps = steps
            self.next = next
            self.nextDue = nextDue
        }
    }
}
