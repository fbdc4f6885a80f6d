import Exchange
import Pages
import ReferralGroup
import Storage

/// The marks that somebody wants on a sheet, each beside the one that they saw.
struct SheetWishes {
    private struct Wish {
        let member: Membership.ID
        /// The letter that stood there when the page was made; empty for none.
        let seen: String
        let mark: Mark
        let standIn: String?
    }

    private let wishes: [Wish]

    /// Reads `mark.12`, `seen.12` and `stand_in.12`; throws a problem that names the field.
    init(_ form: FormFields) throws {
        wishes = try form.values.compactMap { name, value -> Wish? in
            guard name.utf8.starts(with: "mark.".utf8) else { return nil }
            let number = String(name.dropFirst(5))
            guard let member = Membership.ID(number) else {
                throw Problem.field(name.echo, "there is no such member")
            }
            guard let mark = Mark(value) else { throw Problem.field(name, "give P, A, L, M or S") }
            let standIn = form["stand_in.\(number)"]
            guard standIn.isEmpty || Body.line(standIn, atMost: Body.longestLine) != nil else {
                throw Problem.field(
                    "stand_in.\(number)",
                    "give one line of text, of at most \(Body.longestLine) characters"
                )
            }
            return Wish(
                member: member,
                seen: form["seen.\(number)"],
                mark: mark,
                standIn: mark == .substitute ? Body.line(standIn, atMost: Body.longestLine) : nil
            )
        }
    }

    /// What is to be set of them, and whose newer mark of somebody else stands in the way.
    func judged(by sheet: [SheetLine]) -> (drafts: [MarkDraft], others: Set<Membership.ID>) {
        let lines = Dictionary(sheet.map { ($0.member, $0) }) { first, _ in first }
        var drafts: [MarkDraft] = []
        var others: Set<Membership.ID> = []
        for wish in wishes {
            guard let line = lines[wish.member] else { continue }
            let isAsWished = line.mark == wish.mark && line.standIn == wish.standIn
            let isUntouched = wish.mark.letter == wish.seen && wish.standIn == line.standIn
            if isAsWished || isUntouched { continue }
            if line.mark?.letter ?? "" == wish.seen {
                drafts.append(MarkDraft(member: wish.member, mark: wish.mark, standIn: wish.standIn))
            } else if wish.mark.letter != wish.seen {
                others.insert(wish.member)
            }
        }
        return (drafts, others)
    }

    /// What is asked, as the same each time it is.
    func bytes(of meeting: Meeting) -> [UInt8] {
        let lines = wishes.sorted { $0.member < $1.member }.map {
            "\($0.member) \($0.seen) \($0.mark) \($0.standIn ?? "")"
        }
        return Array("\(meeting.id)\n\(lines.joined(separator: "\n"))".utf8)
    }
}

/// A sheet for the script of its page.
struct SheetState: Sendable {
    let json: String

    init(_ sheet: SheetAtAMoment, status: Meeting.Status, others: Set<Membership.ID> = []) {
        let (sheet, moment) = (sheet.lines, sheet.moment)
        var writer = JSONWriter()
        writer.object { writer in
            if let moment {
                writer.key("moment")
                writer.array { writer in
                    writer.number(moment.0)
                    writer.number(moment.1)
                }
            }
            writer.member("status", status.rawValue)
            writer.member("expected", sheet.count { !$0.isOnLeave })
            writer.key("marks")
            writer.array { writer in
                for line in sheet {
                    writer.object { writer in
                        writer.key("member")
                        writer.number(line.member.number)
                        writer.member("mark", line.mark?.letter)
                        writer.member("stand_in", line.standIn)
                        writer.member("on_leave", line.isOnLeave)
                        if others.contains(line.member) { writer.member("was_marked_by_another", true) }
                    }
                }
            }
        }
        json = writer.text
    }
}
