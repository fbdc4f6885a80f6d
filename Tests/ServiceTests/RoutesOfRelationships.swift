extension `Who may take which route` {
    /// What lies between the meetings, over HTTP: of members, each their own.
    static let ofRelationships: [String: String] = [
        "GET contacts": everyMember, "POST contacts": everyMember, "GET contacts/{id}": everyMember,
        "GET contacts/{id}/card.vcf": everyMember,
        "PUT contacts/{id}": everyMember, "DELETE contacts/{id}": everyMember,
        "POST contacts/{id}/touches": everyMember, "GET shared-contacts": everyMember,
        "GET own-introductions": everyMember, "PUT introductions/{id}/answer": everyMember,
        "PUT introductions/{id}/outcome": everyMember,
        "GET appointments": everyMember, "POST appointments": everyMember,
        "GET appointments/{id}": everyMember, "PUT appointments/{id}/acceptance": everyMember,
        "DELETE appointments/{id}": everyMember,
        "GET needs/{id}/matches": everyMember,
        "GET seats": "PVSCHEMfpFw", "PUT seats/{id}/sphere": "PVSF",
        "PUT visitors/{id}/invitation": everyMember,
        "GET planner": everyMember, "GET dance-card": everyMember,
        // Dora's, who is nobody of those who ask.
        "GET members/{id}/profile": everyMember, "PUT members/{id}/profile": "",
        "GET follow-ups": everyMember, "POST follow-ups": everyMember, "GET follow-ups/{id}": everyMember,
        "PUT follow-ups/{id}/due": everyMember, "PUT follow-ups/{id}/end": everyMember,
    ]
}
