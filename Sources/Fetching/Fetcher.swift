internal import CCurl
import Glibc
import Synchronization

/// Gets small documents from web servers that the operator has chosen, and posts forms to them.
///
/// Nothing is followed elsewhere, no proxy of the environment asked, and every certificate checked. Each request has
/// a thread of its own, because libcurl blocks; who is cancelled waits no longer.
package final class Fetcher: Sendable {
    /// What a server answered, whatever its status.
    package struct Answer: Sendable {
        package let status: Int
        package let body: [UInt8]
    }

    /// The server gave no answer, or more of one than we take.
    package struct Failure: Error, Sendable {
        package let message: String
    }

    /// Who asks, by HTTP's basic authentication; without colons in the name.
    package struct Login: Sendable {
        package let name: String
        package let password: String

        package init(name: String, password: String) {
            self.name = name
            self.password = password
        }
    }

    private let authorities: String?
    private let milliseconds: Int
    private let largestBody: Int
    private let places: Int
    private let busy = Mutex(0)

    /// With the file of those who may vouch for the server, else those the system trusts.
    ///
    /// The rest is what a request may take at most; more than `places` at once are refused.
    package init(
        authorities: String? = nil,
        milliseconds: Int = 10_000,
        largestBody: Int = 1 << 20,
        places: Int = 32
    ) {
        self.authorities = authorities
        self.milliseconds = milliseconds
        self.largestBody = largestBody
        self.places = places
    }

    package func get(_ address: WebAddress) async throws -> Answer {
        try await fetch(address, posting: nil, as: nil)
    }

    /// Posts fields that are percent-encoded already.
    package func post(form: String, to address: WebAddress, as login: Login? = nil) async throws -> Answer {
        try await fetch(address, posting: form, as: login)
    }

    private func fetch(_ address: WebAddress, posting form: String?, as login: Login?) async throws -> Answer
    {
        let hasPlace = busy.withLock { busy in
            guard busy < places else { return false }
            busy += 1
            return true
        }
        guard hasPlace else { throw Failure(message: "too many requests are under way") }
        let exchange = Exchange(largestBody: largestBody)
        let isStarted = BlockingThread.start("fetch") { [self] in
            exchange.finish(perform(exchange, address, form, login))
            busy.withLock { $0 -= 1 }
        }
        guard isStarted else {
            busy.withLock { $0 -= 1 }
            throw Failure(message: "the system has no thread left")
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { exchange.wait($0) }
        } onCancel: {
            exchange.finish(.failure(CancellationError()))
        }
    }

    private func perform(
        _ exchange: Exchange,
        _ address: WebAddress,
        _ form: String?,
        _ login: Login?
    ) -> Result<Answer, any Error> {
        guard var curl = CurlHandle() else { return .failure(Failure(message: "libcurl does not start")) }
        let context = Unmanaged.passUnretained(exchange).toOpaque()
        curl.set(CURLOPT_PROTOCOLS_STR, address.isEncrypted ? "https" : "http")
        curl.set(CURLOPT_URL, address.description)
        curl.set(CURLOPT_FOLLOWLOCATION, 0)
        curl.set(CURLOPT_USERAGENT, "Chapterhouse")
        curl.set(CURLOPT_TIMEOUT_MS, milliseconds)
        if let authorities { curl.set(CURLOPT_CAINFO, authorities) }
        if let login {
            curl.set(CURLOPT_HTTPAUTH, 1)
            curl.set(CURLOPT_USERNAME, login.name)
            curl.set(CURLOPT_PASSWORD, login.password)
        }
        if let form { curl.set(CURLOPT_COPYPOSTFIELDS, form) }
        curl.set(CURLOPT_WRITEFUNCTION, stream: hear)
        curl.set(CURLOPT_WRITEDATA, pointer: context)
        curl.set(CURLOPT_XFERINFODATA, pointer: context)
        curl.set(progress: askWhetherToGoOn)
        let outcome = curl.perform()
        guard outcome == CURLE_OK else {
            let message =
                exchange.isTooLarge ? "the answer is too large" : curl.complaint(about: outcome)
            return .failure(Failure(message: message))
        }
        var status = 0
        chapterhouse_curl_last_code(curl.handle, &status)
        return .success(Answer(status: status, body: exchange.body))
    }
}

/// One request: what has come of the answer, and who waits for it.
private final class Exchange: Sendable {
    private struct State {
        var body: [UInt8] = []
        var isTooLarge = false
        var outcome: Result<Fetcher.Answer, any Error>?
        var waiting: CheckedContinuation<Fetcher.Answer, any Error>?
    }

    private let state = Mutex(State())
    private let largestBody: Int

    init(largestBody: Int) {
        self.largestBody = largestBody
    }

    var body: [UInt8] {
        state.withLock { $0.body }
    }

    var isTooLarge: Bool {
        state.withLock { $0.isTooLarge }
    }

    var isOver: Bool {
        state.withLock { $0.outcome != nil }
    }

    /// Takes a piece of the answer; false where there is no more room, or nobody waits any more.
    func hear(_ piece: UnsafeRawBufferPointer) -> Bool {
        state.withLock { state in
            guard state.outcome == nil else { return false }
            state.isTooLarge = piece.count > largestBody - state.body.count
            guard !state.isTooLarge else { return false }
            state.body += piece
            return true
        }
    }

    /// Ends the waiting; the first outcome counts.
    func finish(_ outcome: Result<Fetcher.Answer, any Error>) {
        let waiting = state.withLock { state -> CheckedContinuation<Fetcher.Answer, any Error>? in
            guard state.outcome == nil else { return nil }
            state.outcome = outcome
            return state.waiting.take()
        }
        waiting?.resume(with: outcome)
    }

    func wait(_ continuation: CheckedContinuation<Fetcher.Answer, any Error>) {
        let outcome = state.withLock { state in
            if state.outcome == nil { state.waiting = continuation }
            return state.outcome
        }
        if let outcome { continuation.resume(with: outcome) }
    }
}

private func hear(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
    let isTaken = exchange.hear(UnsafeRawBufferPointer(start: bytes, count: size &* count))
    return isTaken ? size &* count : Int(CURL_WRITEFUNC_ERROR)
}

private func askWhetherToGoOn(
    _ context: UnsafeMutableRawPointer?,
    _: curl_off_t,
    _: curl_off_t,
    _: curl_off_t,
    _: curl_off_t
) -> Int32 {
    guard let context else { return 1 }
    return Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue().isOver ? 1 : 0
}
