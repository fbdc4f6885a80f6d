import Exchange
import HTTPTypes
import Hummingbird
import NIOCore
import Pages
import ReferralGroup
import Storage

/// Which part of a list somebody asks for.
struct Portion {
    static let most = 200
    let from: LocalDate?
    let to: LocalDate?
    let limit: Int
    /// The last one of the part before.
    let after: SlipID?

    init(_ request: Request) throws {
        let parameters = try QueryParameters(request, known: ["from", "to", "limit", "after"])
        from = try parameters.value("from", LocalDate.self, "a date such as 2026-10-01")
        to = try parameters.value("to", LocalDate.self, "a date such as 2026-10-31")
        if let from, let to, from > to { throw Problem.unfit("to", "\(to) is before \(from)") }
        after = try parameters.value("after", SlipID.self, "the id of an entry, as the Link header has it")
        limit = try parameters.limit()
    }

    /// One more than is shown is asked for: so it is known whether there is more.
    var slice: LedgerSlice {
        LedgerSlice(from: from ?? .earliest, to: to ?? .latest, after: after, limit: limit + 1)
    }
}

extension QueryParameters {
    /// How many entries are asked for: 50, where it is not said.
    func limit() throws -> Int {
        let limit = try value("limit", Int.self, "a number from 1 to \(Portion.most)") ?? 50
        guard (1...Portion.most).contains(limit) else {
            throw Problem.parameter("limit", "give a number from 1 to \(Portion.most)")
        }
        return limit
    }
}

extension Response {
    /// A part of a list, with a link to the next one where there is more (RFC 8288).
    init<Entry>(
        _ entries: [Entry],
        of portion: Portion,
        _ request: Request,
        id: (Entry) -> SlipID,
        _ write: (Entry, inout JSONWriter) -> Void
    ) {
        let shown = entries.prefix(portion.limit)
        var writer = JSONWriter()
        writer.array { writer in
            for entry in shown { writer.object { write(entry, &$0) } }
        }
        self.init(json: writer.bytes)
        guard entries.count > portion.limit, let last = shown.last else { return }
        var query = "limit=\(portion.limit)&after=\(id(last))"
        if let from = portion.from { query += "&from=\(from)" }
        if let to = portion.to { query += "&to=\(to)" }
        linkNext(query, at: request)
    }

    mutating func linkNext(_ query: String, at request: Request) {
        headers[Self.link] = "<\(request.uri.path)?\(query)>; rel=\"next\""
    }

    /// One thing.
    init(object write: (inout JSONWriter) -> Void) {
        var writer = JSONWriter()
        writer.object { write(&$0) }
        self.init(json: writer.bytes)
    }

    private static let link = HTTPField.Name("Link") ?? .accept

    /// A whole list of what a chapter has few of.
    init<Entry>(json entries: [Entry], _ write: (Entry, inout JSONWriter) -> Void) {
        var writer = JSONWriter()
        writer.array { writer in
            for entry in entries { writer.object { write(entry, &$0) } }
        }
        self.init(json: writer.bytes)
    }
}

extension JSONWriter {
    mutating func member(_ name: String, _ value: Bool) {
        key(name)
        bool(value)
    }

    mutating func member(_ name: String, number: Int?) {
        key(name)
        if let number { self.number(number) } else { null() }
    }

    mutating func member(_ name: String, _ money: Money) {
        key(name)
        value(money)
    }

    mutating func value(_ money: Money) {
        object { writer in
            writer.member("amount", money.amount)
            writer.member("currency", money.currency.code)
        }
    }
}
