import ReferralGroup

/// The invented people of the demo chapters.
enum Cast {
    static let leaders = 3

    /// Name and profession; the first of them lead.
    static let harbour: [(name: String, seat: String)] = [
        ("Alma Aldernook", "architect"), ("Bruno Birkwell", "tax adviser"), ("Carla Corvin", "photographer"),
        ("Dario Dunmere", "roofer"), ("Elke Eschenhall", "physiotherapist"),
        ("Farid Fennwick", "web designer"),
        ("Gesa Grauvogel", "lawyer"), ("Hanno Hollerbrand", "electrician"), ("Imke Ibsenau", "florist"),
        ("Joris Jadewater", "insurance broker"), ("Katrin Kestrelby", "caterer"),
        ("Levin Lohmarsh", "plumber"),
        ("Mara Mistelow", "business coach"), ("Nils Nordquell", "carpenter"), ("Oda Oxenbury", "translator"),
        ("Pavel Pinefeld", "estate agent"), ("Quirin Quellmoor", "printer"), ("Rieke Rushford", "dentist"),
        ("Selma Sandgrove", "event planner"), ("Tarik Tannacre", "car dealer"), ("Ute Ulmenried", "optician"),
        ("Veit Vossmark", "bicycle maker"), ("Wiebke Wolkenhoe", "copywriter"),
        ("Xaver Xylander", "piano teacher"),
    ]

    /// Who joined later, and after how many weeks.
    static let newcomers: [(name: String, seat: String, week: Int)] = [
        ("Yara Yarrowby", "goldsmith", 9), ("Zeno Zirbelfeld", "locksmith", 17),
        ("Anouk Ambertal", "gardener", 24),
        ("Bela Buchfink", "bank adviser", 33), ("Cosima Clovermead", "pharmacist", 41),
        ("Dorian Dachsberg", "painter", 52),
        ("Edda Elsterhain", "tailor", 64),
    ]

    /// Whose membership ended, by their place among the first, and after how many weeks.
    static let leavers: [(index: Int, week: Int)] = [(9, 15), (16, 30), (19, 47), (23, 60)]

    static let hillside: [(name: String, seat: String)] = [
        ("Fenja Falkenstieg", "accountant"), ("Gideon Glimmerow", "builder"), ("Hedda Haferkamp", "lawyer"),
        ("Ilja Immengrund", "roofer"), ("Jolanda Jungmoor", "caterer"), ("Kolja Kiefersee", "web designer"),
    ]

    static let visitors = [
        "Lotte Lindenquist", "Mattis Moosbach", "Nora Nebelwald", "Ole Ottergrund", "Paula Pappelau",
        "Rasmus Rehkopf",
        "Sina Silberdorn", "Timo Torfhaus", "Undine Uferweg", "Vinzenz Veilchenau", "Wanda Wacholder",
        "Yorick Ysental",
    ]

    static let needs = [
        "a new roof", "help with a tax return", "a website", "photographs of a wedding", "a company event",
        "a will",
        "a kitchen", "new glasses", "a translation", "an insurance for a shop", "a house to buy",
        "a garden plan",
        "flyers for a fair", "a coach for a new team", "a charging station",
    ]

    /// Professions whose clients are the same people.
    static let spheres = [
        "Building": [
            "architect", "carpenter", "electrician", "estate agent", "gardener", "painter", "roofer",
        ],
        "Celebrating": ["caterer", "event planner", "florist", "goldsmith", "photographer"],
        "Money": ["bank adviser", "insurance broker", "lawyer", "tax adviser"],
    ]

    static let postings: [(kind: Posting.Kind, text: String, profession: String?, isAnswered: Bool)] = [
        (.need, "A room for twelve on two Tuesday evenings in January", nil, false),
        (.need, "Somebody who repairs a tiled stove", "stove fitter", false),
        (.need, "Translation of a lease into Danish", "translator", true),
        (.need, "A second-hand van, up to 3.5 t", "car dealer", false),
        (.offer, "Scaffolding, unused in winter", "roofer", false),
        (.offer, "A desk with a view of the harbour, for a season", nil, false),
        (.offer, "First look at a contract, for members", "lawyer", false),
    ]

    static let profiles = [
        Profile(
            goals: "Two houses a year that are lived in by those who planned them.",
            accomplishments: "The old net factory is a kindergarten now.",
            interests: "Rowing, timber",
            networks: "Chamber, heritage trust",
            skills: "Conversions under a preservation order",
            idealReferral: "Families who have just bought an old house.",
            purposes: [.leads, .collaboration]
        ),
        Profile(
            goals: "Half of my clients to come by recommendation.",
            interests: "Choir, sailing",
            networks: "Founders' evening on first Mondays",
            skills: "Makes a balance sheet readable",
            idealReferral: "Craftspeople in their third year.",
            purposes: [.introductions, .trustedContacts, .camaraderie]
        ),
        Profile(
            accomplishments: "Portraits of the whole chapter in one morning.",
            skills: "People who do not like to be photographed",
            idealReferral: "Firms with a new website and old pictures.",
            purposes: [.leads, .marketIntelligence]
        ),
    ]

    /// Whom the leaders know beside the chapter; with some it is time to be in touch again.
    static func network(on today: LocalDate) -> [ContactDraft] {
        func known(
            _ name: String,
            _ profession: String,
            days: Int,
            cadence: Int?,
            at place: String,
            _ notes: String,
            shared: Bool = false
        ) -> ContactDraft {
            ContactDraft(
                card: ContactCard(
                    name: name,
                    profession: profession,
                    phone: "+49 40 555 01\(days % 90 + 10)",
                    email: email(of: name)?.description
                ),
                back: BackOfCard(
                    metOn: today.advanced(by: -days),
                    metWhere: place,
                    notes: notes,
                    cadenceDays: cadence,
                    isShared: shared
                )
            )
        }
        return [
            known(
                "Greta Gansberg",
                "surveyor",
                days: 120,
                cadence: 90,
                at: "Chamber evening",
                "Knows every building site along the river. Sails.",
                shared: true
            ),
            known(
                "Ruben Reihersteg",
                "moving company",
                days: 40,
                cadence: 30,
                at: "Trade fair",
                "Two vans idle on Mondays. Daughter starts school."
            ),
            known(
                "Tilda Tannenhag",
                "kindergarten",
                days: 200,
                cadence: nil,
                at: "Neighbourhood festival",
                "Wants to renovate next summer."
            ),
            known(
                "Ansgar Ahornhof",
                "hotel",
                days: 1,
                cadence: 60,
                at: "Breakfast at the harbour",
                "Looks for a florist and a photographer.",
                shared: true
            ),
        ]
    }

    static func email(of name: String) -> EmailAddress? {
        EmailAddress(name.lowercased().split(separator: " ").joined(separator: ".") + "@demo.invalid")
    }
}
