import ReferralGroup

/// Who acts, with which rights, and by which door.
package struct Actor: Sendable {
    package let person: Person.ID?
    package let personName: String?
    /// The membership that is active today in the chapter where they act.
    package let membership: Membership.ID?
    package let permissions: Set<Permission>
    /// What their offices would let them do besides if they had a second factor.
    package let awaited: Set<Permission>
    /// The permissions as the database wants them: words divided by blanks.
    package let rights: String
    package let door: Door
    package let requestID: String?

    /// The operator's shell: it holds the database.
    package static func system(door: Door) -> Actor {
        Actor(
            person: nil,
            personName: nil,
            membership: nil,
            permissions: [.everything],
            door: door,
            requestID: nil
        )
    }

    /// Somebody who has shown nothing yet.
    package static func nobody(door: Door, requestID: String? = nil) -> Actor {
        Actor(
            person: nil,
            personName: nil,
            membership: nil,
            permissions: [],
            door: door,
            requestID: requestID
        )
    }

    /// A person in no chapter: their own account, and nothing else.
    package static func themselves(_ person: Person.ID, door: Door, requestID: String? = nil) -> Actor {
        Actor(
            person: person,
            personName: nil,
            membership: nil,
            permissions: [],
            door: door,
            requestID: requestID
        )
    }

    /// A person with the rights of their standing.
    package init(_ bearer: Bearer, door: Door, requestID: String? = nil) {
        let permissions = bearer.standing.permissions.union(bearer.isOperator ? [.createChapters] : [])
        let awaited: Set<Permission> = bearer.awaitsSecondFactor ? permissions.filter(\.recordsMoney) : []
        self.init(
            person: bearer.person,
            personName: bearer.name,
            membership: bearer.standing.membership,
            permissions: permissions.subtracting(awaited),
            awaited: awaited,
            door: door,
            requestID: requestID
        )
    }

    private init(
        person: Person.ID?,
        personName: String?,
        membership: Membership.ID?,
        permissions: Set<Permission>,
        awaited: Set<Permission> = [],
        door: Door,
        requestID: String?
    ) {
        self.person = person
        self.personName = personName
        self.membership = membership
        self.permissions = permissions
        self.awaited = awaited
        rights = permissions.map(\.rawValue).sorted().joined(separator: " ")
        self.door = door
        self.requestID = requestID
    }

    /// The same by another door.
    package func through(_ door: Door) -> Actor {
        Actor(
            person: person,
            personName: personName,
            membership: membership,
            permissions: permissions,
            awaited: awaited,
            door: door,
            requestID: requestID
        )
    }

    package func may(_ permission: Permission) -> Bool {
        permissions.contains(permission) || permissions.contains(.everything)
    }

    /// Whether they may change this of a member: what is private, of themselves; the rest, who manages members.
    package func may(set setting: MemberSetting, of member: Membership) -> Bool {
        setting.isPrivate ? member.person == person || may(.everything) : may(.manageMembers)
    }
}

/// A person who showed a token or a session, or in whose name the shell acts, and where they stand in a chapter today.
package struct Bearer: Sendable {
    package let person: Person.ID
    package let name: String
    package let isOperator: Bool
    /// Nil where there is no chapter of that name.
    package let chapter: Chapter.ID?
    package let standing: Standing
    /// Nil for a token and for the shell.
    package let session: Session.ID?
    /// When they last showed that it is them; nil for a session that still waits for its second factor.
    package let provedAt: Instant?
    /// Whether it is a token for reading only.
    package let isReadOnly: Bool
    /// Whether what their offices may do with money waits, because the time to set up a second factor is over.
    package var awaitsSecondFactor: Bool

    /// Whether it is a session that waits for the second factor, and is good for nothing else.
    package var isHalfSignedIn: Bool {
        session != nil && provedAt == nil
    }
}
