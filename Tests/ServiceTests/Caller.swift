import HTTPTypes
import Hummingbird
import Identity
import Logging
import NIOConcurrencyHelpers
import Printing
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

/// Somebody who asks the service over HTTP: a program with a token, or a browser with a cookie.
struct Caller: Sendable {
    let database: Database
    var token: String?
    var cookie: String?
    var accept: String?
    /// What their browser asks for, as in `de-AT, en;q=0.5`.
    var acceptLanguage: String?
    /// Where they come from.
    var address = "192.0.2.7"
    var hashing = HashingPool.cheap {
        didSet { service = RunningService() }
    }
    /// Without one there is no PDF, and no test waits for it.
    var printer = Printer(program: "/nowhere/weasyprint") {
        didSet { service = RunningService() }
    }
    /// How many files and how many searches one person may have; only the tests of that come near it.
    var mostOfOne = 1_000_000 {
        didSet { service = RunningService() }
    }
    var logger = Logger.nearlySilent
    /// One for all callers of a test: what it remembers of a request the next one meets.
    private var service: RunningService

    init(
        database: Database,
        token: String? = nil,
        cookie: String? = nil,
        accept: String? = nil,
        hashing: HashingPool = .cheap,
        logger: Logger = .nearlySilent,
        isAlone: Bool = false
    ) {
        self.database = database
        self.token = token
        self.cookie = cookie
        self.accept = accept
        self.hashing = hashing
        self.logger = logger
        let isUsual = hashing === HashingPool.cheap && !isAlone
        service = (isUsual ? RunningService.ofTest : nil) ?? RunningService()
    }

    func get(_ address: String) async throws -> Answer {
        try await send(.get, address)
    }

    func post(
        _ address: String,
        form: String = "",
        site: String? = "same-origin",
        origin: String? = nil
    ) async throws -> Answer {
        var headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        if let site { headers[try name("Sec-Fetch-Site")] = site }
        if let origin { headers[.origin] = origin }
        return try await send(.post, address, headers: headers, body: ByteBuffer(string: form))
    }

    func send(
        _ method: HTTPRequest.Method,
        _ address: String,
        headers: HTTPFields = [:],
        body: ByteBuffer? = nil
    ) async throws -> Answer {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        if let cookie { headers[.cookie] = cookie }
        if let accept { headers[.accept] = accept }
        if let acceptLanguage { headers[.acceptLanguage] = acceptLanguage }
        return try await service.responder { router.buildResponder() }
            .answer(method, address, headers: headers, body: body, from: self.address, logger: logger)
    }

    /// Every route there is.
    var router: Router<AnyoneContext> {
        var settings = ChapterhouseService.Settings(
            host: "",
            port: 0,
            baseURL: "https://chapterhouse.example.org"
        )
        settings.printer = printer
        settings.limits.filesOfOne = mostOfOne
        settings.limits.searchesOfOne = mostOfOne
        return ChapterhouseService.router(database: database, hashing: hashing, settings: settings)
    }

    private func name(_ text: String) throws -> HTTPField.Name {
        try #require(HTTPField.Name(text))
    }
}

/// What answers callers, made when the first of them asks: to put all routes together takes longer than to answer.
private final class RunningService: Sendable {
    /// As many tests run at once, and some.
    private static let most = 32
    private static let known = NIOLockedValueBox<[(database: String, service: RunningService)]>([])
    private let made = NIOLockedValueBox<RouterResponder<AnyoneContext>?>(nil)

    /// The one that all callers of a test with a fresh database ask.
    static var ofTest: RunningService? {
        guard let database = try? ScratchDatabase.current.name else { return nil }
        return known.withLockedValue { known in
            if let service = known.first(where: { $0.database == database })?.service { return service }
            let service = RunningService()
            known.append((database, service))
            if known.count > most { known.removeFirst() }
            return service
        }
    }

    func responder(_ make: () -> RouterResponder<AnyoneContext>) -> RouterResponder<AnyoneContext> {
        made.withLockedValue { made in
            let responder = made ?? make()
            made = responder
            return responder
        }
    }
}

extension Caller {
    /// Sends JSON.
    func json(
        _ method: HTTPRequest.Method,
        _ address: String,
        _ body: String,
        key: String? = nil,
        ifMatch: String? = nil
    ) async throws -> Answer {
        var headers: HTTPFields = [.contentType: "application/json"]
        if let key { headers[try #require(HTTPField.Name("Idempotency-Key"))] = key }
        if let ifMatch { headers[.ifMatch] = ifMatch }
        return try await send(
            method,
            address,
            headers: headers,
            body: body.isEmpty ? nil : ByteBuffer(string: body)
        )
    }
}

/// What the service answered.
struct Answer: Sendable {
    let address: String
    let status: Int
    let headers: HTTPFields
    let text: String

    var json: JSON {
        get throws { try JSON(text) }
    }

    /// The cookies it sets, each as it is written.
    var cookies: [String] {
        headers[values: .setCookie]
    }

    subscript(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }
    }

    /// Expects a problem of RFC 9457 with this status, and returns the last part of its type.
    @discardableResult
    func isProblem(_ status: Int, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        #expect(self.status == status, "\(address): \(text)", sourceLocation: sourceLocation)
        #expect(
            self["Content-Type"] == "application/problem+json; charset=utf-8",
            sourceLocation: sourceLocation
        )
        let problem = try json
        #expect(problem["status"] == .number(Double(status)), sourceLocation: sourceLocation)
        #expect(problem["detail"]?.string?.isEmpty == false, sourceLocation: sourceLocation)
        #expect(problem["request_id"]?.string?.isEmpty == false, sourceLocation: sourceLocation)
        let type = try #require(problem["type"]?.string, sourceLocation: sourceLocation)
        return type.split(separator: "/").last.map(String.init) ?? ""
    }
}

extension ActingDatabase {
    /// A token of this member, valid for a day.
    func token(of member: Membership) async throws -> String {
        try await createToken(for: member.person, named: "test", days: 1).text
    }
}

extension SampleChapter {
    /// A program that shows the token of this member.
    func caller(_ member: Membership) async throws -> Caller {
        Caller(database: database, token: try await shell.token(of: member))
    }
}

extension HashingPool {
    /// Hashes a hundred times as fast as the service does.
    static let cheap = HashingPool(cost: .cheap)
}

extension PasswordHash.Cost {
    static let cheap = PasswordHash.Cost(logarithm: 10, blockSize: 8, parallelism: 1) ?? .ofToday
}

extension Logger {
    /// A handler that keeps nothing would lose the request's id, which travels in it.
    static var nearlySilent: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }
}
