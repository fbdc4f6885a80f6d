/// What a member tells the others of themselves.
package struct Profile: Sendable, Hashable {
    package var goals: String?
    package var accomplishments: String?
    package var interests: String?
    package var networks: String?
    package var skills: String?
    package var idealReferral: String?
    package var purposes: [Purpose]

    package init(
        goals: String? = nil,
        accomplishments: String? = nil,
        interests: String? = nil,
        networks: String? = nil,
        skills: String? = nil,
        idealReferral: String? = nil,
        purposes: [Purpose] = []
    ) {
        self.goals = goals
        self.accomplishments = accomplishments
        self.interests = interests
        self.networks = networks
        self.skills = skills
        self.idealReferral = idealReferral
        self.purposes = purposes
    }

    /// Why somebody networks (domain page §1, 3).
    package enum Purpose: String, Sendable, CaseIterable {
        case leads
        /// To people who refer.
        case introductions
        /// Whom one can refer.
        case trustedContacts = "trusted-contacts"
        case marketIntelligence = "market-intelligence"
        case camaraderie
        /// With competitors.
        case collaboration
    }

    /// The texts, by the word of the field.
    package var texts: [(field: String, text: String?)] {
        [
            ("goals", goals), ("accomplishments", accomplishments), ("interests", interests),
            ("networks", networks), ("skills", skills), ("ideal_referral", idealReferral),
        ]
    }

    package var isEmpty: Bool {
        purposes.isEmpty && texts.allSatisfy { $0.text == nil }
    }
}
