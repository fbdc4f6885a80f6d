import ReferralGroup

/// Who acts, with which rights, and by which door.
package struct Actor: Sendable {
    package let person: Person.ID?
    package let personName: String?
    /// The membership that is active today in the chapter where they act.
    package let membership: Membership.ID?
    package let rights: Rights
    package let door: Door
    package let requestID: String?

    /// The operator's shell: it holds the database.
    package static func system(door: Door) -> Actor {
        Actor(
            person: nil,
            personName: nil,
            membership: nil,
            rights: Rights(permissions: [.everything]),
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
            rights: Rights(permissions: []),
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
            rights: Rights(permissions: []),
            door: door,
            requestID: requestID
        )
    }

    /// A person with the rights of their standing.
    package init(_ bearer: Bearer, door: Door, requestID: String? = nil) {
        self.init(
            person: bearer.person,
            personName: bearer.name,
            membership: bearer.standing.membership,
            rights: bearer.rights,
            door: door,
            requestID: requestID
        )
    }

    private init(
        person: Person.ID?,
        personName: String?,
        membership: Membership.ID?,
        rights: Rights,
        door: Door,
        requestID: String?
    ) {
        self.person = person
        self.personName = personName
        self.membership = membership
        self.rights = rights
        self.door = door
        self.requestID = requestID
    }

    /// The same with no more rights than every member has: for what concerns them alone.
    package var asMember: Actor {
        Actor(
            person: person,
            personName: personName,
            membership: membership,
            rights: Rights(permissions: rights.permissions.intersection(Permission.ofMembers)),
            door: door,
            requestID: requestID
        )
    }

    /// The same by another door.
    package func through(_ door: Door) -> Actor {
        Actor(
            person: person,
            personName: personName,
            membership: membership,
            rights: rights,
            door: door,
            requestID: requestID
        )
    }

    /// How they ask, for the trail: the door, and the request where there is one, divided by a blank.
    package var asked: String {
        requestID.map { "\(door.rawValue) \($0)" } ?? door.rawValue
    }

    package func may(_ permission: Permission) -> Bool {
        rights.permissions.contains(permission) || rights.permissions.contains(.everything)
    }

    /// Whether they may change this of a member: what is private, of themselves; the rest, who manages members.
    package func may(set setting: MemberSetting, of member: Membership) -> Bool {
        setting.isPrivate ? member.person == person || may(.everything) : may(.manageMembers)
    }
}

/// What somebody may do, and what besides if they had a second factor.
package struct Rights: Sendable {
    package let permissions: Set<Permission>
    package let awaited: Set<Permission>
    /// The permissions as the database wants them: words divided by blanks.
    package let words: String

    init(permissions: Set<Permission>, awaited: Set<Permission> = []) {
        self.permissions = permissions.subtracting(awaited)
        self.awaited = awaited
        words = self.permissions.map(\.rawValue).sorted().joined(separator: " ")
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
    package let awaitsSecondFactor: Bool
    package let rights: Rights

    package init(
        person: Person.ID,
        name: String,
        isOperator: Bool,
        chapter: Chapter.ID?,
        standing: Standing,
        session: Session.ID?,
        provedAt: Instant?,
        isReadOnly: Bool,
        awaitsSecondFactor: Bool
    ) {
        self.person = person
        self.name = name
        self.isOperator = isOperator
        self.chapter = chapter
        self.standing = standing
        self.session = session
        self.provedAt = provedAt
        self.isReadOnly = isReadOnly
        self.awaitsSecondFactor = awaitsSecondFactor
        let permissions = standing.permissions.union(isOperator ? [.createChapters] : [])
        rights = Rights(
            permissions: permissions,
            awaited: awaitsSecondFactor ? permissions.filter(\.recordsMoney) : []
        )
    }

    /// The same in a house that asks no second factor of its officers.
    package var withoutSecondFactor: Bearer {
        guard awaitsSecondFactor else { return self }
        return Bearer(
            person: person,
            name: name,
            isOperator: isOperator,
            chapter: chapter,
            standing: standing,
            session: session,
            provedAt: provedAt,
            isReadOnly: isReadOnly,
            awaitsSecondFactor: false
        )
    }

    /// Whether it is a session that waits for the second factor, and is good for nothing else.
    package var isHalfSignedIn: Bool {
        session != nil && provedAt == nil
    }
}
