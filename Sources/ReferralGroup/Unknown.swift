/// Something was named that is not there, or not there only once.
package enum Unknown: Error, Hashable, Sendable {
    case chapter(String)
    case region(String)
    case member(String, candidates: [String])
    case ambiguousMember(String, candidates: [String])
    case meeting(LocalDate)
    case referral(SlipID)
    case visitor(SlipID)
    case posting(SlipID)
    case contact(SlipID)
    case followUp(SlipID)
    case closedMonth(Month)
    case slip(EntryKind, SlipID)
    case application(SlipID)
    case letter(SlipID)
    case invoice(SlipID)
    case payment(SlipID)
    case appointment(SlipID)
    case seat(String)
    case webhook(SlipID)
    case delivery(Int64)
    case setting(String, known: [String])
    case value(String, of: String, wanted: String)

    /// What is missing, and what there is instead.
    package var message: String {
        switch self {
        case .chapter(let slug): "there is no chapter “\(slug)”; see: chapterhouse chapter list"
        case .region(let slug): "there is no region “\(slug)”; see: chapterhouse region list"
        case .member(let name, let candidates):
            "nobody here is called “\(name)”"
                + (candidates.isEmpty
                    ? "; see the roster: chapterhouse member list"
                    : "; did you mean \(candidates.joined(separator: ", "))?")
        case .ambiguousMember(let name, let candidates):
            "“\(name)” may be any of \(candidates.joined(separator: ", ")); give the id or the e-mail"
        case .meeting(let date): "there is no meeting on \(date); schedule it first"
        case .referral(let id): "there is no referral \(id)"
        case .visitor(let id): "there is no visitor \(id)"
        case .posting(let id): "there is no need \(id)"
        case .contact(let id): "there is no contact \(id)"
        case .followUp(let id): "there is no follow-up \(id) that is still open"
        case .closedMonth(let month): "\(month) is not closed"
        case .slip(let kind, let id): "there is no \(kind.rawValue) \(id)"
        case .application(let id): "there is no application \(id)"
        case .letter(let id): "there is no letter \(id) that was not given yet"
        case .invoice(let id): "there is no invoice \(id) that stands"
        case .payment(let id): "there is no payment \(id) that stands"
        case .seat(let name): "no seat is called “\(name)”; seat list says which there are"
        case .appointment(let id): "there is no appointment \(id) to come"
        case .webhook(let id): "there is no webhook \(id)"
        case .delivery(let id): "there is no delivery \(id) that was not made"
        case .setting(let key, let known):
            "there is no setting “\(key)”; there are \(known.joined(separator: ", "))"
        case .value(let value, let key, let wanted): "\(key): “\(value)” is not right; give \(wanted)"
        }
    }
}
