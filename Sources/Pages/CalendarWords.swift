import ReferralGroup

// What a meeting is called in the calendar of somebody who subscribed to it, and what is told of it there.
extension CalendarMeeting {
    /// That it does not take place stands in front: not every program shows it otherwise.
    package var title: Phrase {
        switch meeting.status {
        case .cancelled: "Cancelled: \(name)"
        case .holiday: "Holiday, no meeting: \(name)"
        case .scheduled, .open, .sealed: name
        }
    }

    private var name: Phrase {
        switch meeting.kind {
        case .regular: "\(chapterName)"
        case .training, .social, .leadership: "\(chapterName) (\(Phrase(of: meeting.kind.rawValue)))"
        }
    }

    /// The programme, and before it what somebody announced of themselves.
    package var notes: [Phrase] {
        var notes: [Phrase] = []
        if let absence {
            let away: Phrase = "You will be away"
            notes.append(
                absence.standIn.map { "\(away): \("\($0) comes in your place." as Phrase)" } ?? away
            )
        }
        return notes
            + programme.compactMap { slot in
                let said = [slot.speaker, slot.topic].compactMap(\.self).joined(separator: ", ")
                return said.isEmpty ? nil : "\(slot.part.name): \(said)"
            }
    }
}

extension CalendarFeed {
    /// How it is called where somebody sees all their calendars.
    package var title: String {
        name ?? "Chapterhouse"
    }
}

extension CalendarAppointment {
    package var title: Phrase {
        let talk: Phrase = "One-to-one with \(other)"
        // Some programs show what is cancelled like any other.
        if isOff { return "Cancelled: \(talk)" }
        return isAccepted ? talk : "One-to-one with \(other), not answered yet"
    }
}
