import Postgres
import ReferralGroup
import Storage

/// What is asked over HTTP.
enum Topic: String, CaseIterable {
    case lookup
    case attendance
    case roi

    static let reports = [attendance, roi]

    /// For a table.
    var words: String {
        switch self {
        case .lookup: "Lookup"
        case .attendance: "Attendance summary"
        case .roi: "Monthly ROI report"
        }
    }
}

/// Presidents of some chapters, spread over all, who ask about their own.
struct Readers: Sendable {
    /// How many chapters lie between one and the next.
    let step: Int
    let count: Int
    private let size: LedgerSize
    private let tokens: [String]

    init(_ ground: Ground, atMost limit: Int = 32) async throws {
        size = ground.size
        count = min(limit, size.chapters)
        step = max(1, size.chapters / count)
        let client = ground.client()
        let shell = Database(client).acting(as: .system(door: .cli), in: nil)
        var tokens: [String] = []
        for place in 0..<count {
            let president = Person.ID(Int64(size.membership(1, in: 1 + place * step)))
            tokens.append(try await shell.createToken(for: president, named: "benchmark", days: 1).text)
        }
        self.tokens = tokens
        await client.shutdown()
    }

    /// A valid token of the president of the first chapter.
    var firstToken: String {
        tokens.first ?? ""
    }

    /// Every question of a topic, in the same order for every side.
    func requests(_ topic: Topic, to side: Dialect) -> [Request] {
        tokens.enumerated().flatMap { place, token in
            let chapter = 1 + place * step
            let slug = size.slug(of: chapter)
            let header = side.header(person: size.membership(1, in: chapter), token: token)
            guard topic == .lookup else {
                return [
                    Request(path: side.report(topic, of: slug) + "?" + Self.period(size), header: header)
                ]
            }
            return (1...size.members).map { member in
                Request(path: side.lookup(size.membership(member, in: chapter), in: slug), header: header)
            }
        }
    }

    /// One question of a topic.
    func first(_ topic: Topic, to side: Dialect) throws -> Request {
        guard let request = requests(topic, to: side).first else { throw Trouble("nobody asks") }
        return request
    }

    static func asOf(_ size: LedgerSize) -> String {
        "\(LedgerSize.lastYear + 1)-01-01T12:00:00Z"
    }

    private static func period(_ size: LedgerSize) -> String {
        "month=\(size.lastMonth)&as_of=\(asOf(size))"
    }
}

/// Where a side expects a question, and how it learns who asks.
enum Dialect: Sendable {
    case ours
    /// A peer that passes on the JSON that PostgreSQL makes, or encodes the rows itself.
    case peer(encodesItself: Bool)

    fileprivate func header(person: Int, token: String) -> Request.Header {
        switch self {
        case .ours: Request.Header(name: "Authorization", value: "Bearer \(token)")
        case .peer: Request.Header(name: "X-Person", value: "\(person)")
        }
    }

    fileprivate func lookup(_ member: Int, in slug: String) -> String {
        switch self {
        case .ours: "/api/v1/chapters/\(slug)/members/\(member)"
        case .peer: "/lookup/\(slug)/\(member)"
        }
    }

    fileprivate func report(_ topic: Topic, of slug: String) -> String {
        switch self {
        case .ours: "/api/v1/chapters/\(slug)/reports/\(topic.rawValue)"
        case .peer(encodesItself: false): "/report/\(topic.rawValue)/\(slug)"
        case .peer(encodesItself: true): "/report-app/\(topic.rawValue)/\(slug)"
        }
    }
}
