import HTTPTypes
import Hummingbird
import Identity
import ReferralGroup
import Service
import Storage
import TestSupport
import Testing

/// A person's browser: it keeps cookies, and says where a request comes from.
final class TravellingBrowser {
    private let database: Database
    private let service: RouterResponder<AnyoneContext>
    private(set) var cookies: [String: String] = [:]
    static let house = "https://chapterhouse.example.org"

    init(database: Database, provider: Provider?) {
        self.database = database
        service = ChapterhouseService.router(
            database: database,
            settings: .init(host: "", port: 0, baseURL: Self.house, provider: provider)
        ).buildResponder()
    }

    func get(_ address: String, from site: String = "none") async throws -> Answer {
        try await send(.get, address, site: site, form: nil)
    }

    /// Sends a form of ours.
    func post(_ address: String, _ form: String = "") async throws -> Answer {
        try await send(.post, address, site: "same-origin", form: form)
    }

    func forget(_ cookie: String) {
        cookies[cookie] = nil
    }

    func remember(_ cookie: String, _ value: String) {
        cookies[cookie] = value
    }

    /// Is given a session of whoever has the address, as another way in would give it.
    func signIn(_ email: String) async throws {
        let nobody = database.acting(as: .nobody(door: .web, requestID: "test"), in: nil)
        let record = try await nobody.run(.signIn(of: try #require(EmailAddress(email))))
        let secret = Secret()
        _ = try await nobody.run(
            .openSession(
                of: try #require(record).person,
                hash: secret.hash,
                isProved: true,
                agent: nil,
                address: nil
            )
        )
        cookies["__Host-chapterhouse"] = secret.text
    }

    private func send(
        _ method: HTTPRequest.Method,
        _ address: String,
        site: String,
        form: String?
    ) async throws -> Answer {
        var headers: HTTPFields = [.accept: "text/html"]
        headers[try #require(HTTPField.Name("Sec-Fetch-Site"))] = site
        if !cookies.isEmpty {
            headers[.cookie] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        }
        if form != nil { headers[.contentType] = "application/x-www-form-urlencoded" }
        let answer = try await service.answer(
            method,
            address,
            headers: headers,
            body: form.map { ByteBuffer(string: $0) }
        )
        keepCookies(of: answer)
        return answer
    }

    private func keepCookies(of answer: Answer) {
        for line in answer.headers[values: .setCookie] {
            let parts = line.split(separator: ";").map { $0.trimmingPrefix(while: { $0 == " " }) }
            let pair = parts[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            #expect(line.contains("Secure") && line.contains("HttpOnly") && line.contains("SameSite=Lax"))
            cookies[String(pair[0])] = parts.contains("Max-Age=0") ? nil : String(pair[1])
        }
    }
}
