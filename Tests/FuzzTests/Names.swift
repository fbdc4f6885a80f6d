import Fetching
import Glibc
import Postman
import ReferralGroup

@testable import Pages

extension Fuzzed {
    static let names = [
        Fuzzed("names") { bytes in
            let text = bytes.asText
            if let line = PlainText.line(text) {
                let again = PlainText.line(line).map { Array($0.utf8) }
                try hold(again == Array(line.utf8), "a line is another when it is made plain again")
                try hold(PlainText.line(utf8: Array(text.utf8).span) == line, "text and bytes differ")
            }
            if let paragraphs = PlainText.paragraphs(text) {
                let again = PlainText.paragraphs(paragraphs).map { Array($0.utf8) }
                try hold(
                    again == Array(paragraphs.utf8),
                    "paragraphs are others when they are made plain again"
                )
            }
            let folded = FoldedName(text)
            try hold(FoldedName(folded.text).text.utf8.elementsEqual(folded.text.utf8), "a folded name folds")
            _ = PartyName(text)
        },
        Fuzzed("identifiers") { bytes in
            let text = bytes.asText
            try goesRound(SlipID.self, text)
            try goesRound(Person.ID.self, text)
            try goesRound(Membership.ID.self, text)
            try goesRound(Chapter.Slug.self, text)
            try goesRound(Currency.self, text)
        },
        Fuzzed("addresses") { bytes in
            let text = bytes.asText
            try goesRound(EmailAddress.self, text)
            try goesRound(Mailbox.self, text)
            try goesRound(WebAddress.self, text)
            try goesRound(IPAddress.self, text)
            try goesRound(IPNetwork.self, text)
            if let address = IPAddress(text), address.bytes.count == 4 {
                try hold(address.description.utf8.elementsEqual(text.utf8), "\(text) is read as \(address)")
            }
            if let receiver = whatComes(of: { try ReceiverAddress("https://" + text, within: Reach()) }) {
                try hold(receiver.host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "a host is no host")
                // What C takes for a number, in whatever way it is written, is no machine of ours.
                var number = in_addr()
                let name = receiver.host.prefix { $0 != ":" }
                if inet_aton(String(name), &number) != 0 {
                    let first = UInt32(bigEndian: number.s_addr) >> 24
                    try hold(![0, 10, 127].contains(first), "\(name) is no address of the public internet")
                }
            }
        },
        Fuzzed("languages") { bytes in
            _ = Language(accepting: bytes.asText)
            _ = Language(code: bytes.asText)
        },
    ]
}
