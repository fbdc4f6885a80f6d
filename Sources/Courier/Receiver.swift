internal import CCurl
import Fetching
import Glibc
import ReferralGroup

/// Posts to an address that somebody of a chapter chose, and to nobody whom its reach does not permit.
///
/// What is connected to is what is looked at: the address of the socket, after names are resolved. Nothing is followed
/// elsewhere, and of an answer only the status is kept.
package struct Receiver: Sendable {
    private let reach: Reach
    private let authorities: String?
    private let milliseconds: Int

    /// With the file of those who may vouch for receivers, else those the system trusts.
    package init(reach: Reach = Reach(), authorities: String? = nil, milliseconds: Int = 10_000) {
        self.reach = reach
        self.authorities = authorities
        self.milliseconds = milliseconds
    }

    /// What came of a try.
    package enum Answer: Sendable, Hashable {
        case status(Int)
        case trouble(WebhookTrouble)
    }

    /// Posts JSON, on a thread of its own: libcurl blocks.
    package func post(_ body: String, to address: String, headers: [String]) async -> Answer {
        await withCheckedContinuation { continuation in
            let isStarted = BlockingThread.start("webhook") {
                continuation.resume(returning: talk(body, address, headers))
            }
            if !isStarted { continuation.resume(returning: .trouble(.ourOwn)) }
        }
    }

    private func talk(_ body: String, _ address: String, _ headers: [String]) -> Answer {
        let visit = Visit(reach: reach)
        // libcurl still talks while its handle goes.
        return withExtendedLifetime(visit) { talk(body, address, headers, visit) }
    }

    private func talk(_ body: String, _ address: String, _ headers: [String], _ visit: Visit) -> Answer {
        guard var curl = CurlHandle() else { return .trouble(.ourOwn) }
        let context = Unmanaged.passUnretained(visit).toOpaque()
        curl.set(CURLOPT_PROTOCOLS_STR, "https")
        curl.set(CURLOPT_URL, address)
        curl.set(CURLOPT_FOLLOWLOCATION, 0)
        curl.set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1)
        curl.set(CURLOPT_USERAGENT, "Chapterhouse")
        curl.set(CURLOPT_TIMEOUT_MS, milliseconds)
        if let authorities { curl.set(CURLOPT_CAINFO, authorities) }
        curl.set(CURLOPT_HTTPHEADER, listOf: ["Content-Type: application/json", "Expect:"] + headers)
        curl.set(CURLOPT_COPYPOSTFIELDS, body)
        curl.set(opening: open)
        curl.set(CURLOPT_OPENSOCKETDATA, pointer: context)
        curl.set(CURLOPT_WRITEFUNCTION, stream: hear)
        curl.set(CURLOPT_WRITEDATA, pointer: context)
        curl.set(CURLOPT_HEADERFUNCTION, stream: hear)
        curl.set(CURLOPT_HEADERDATA, pointer: context)
        let outcome = curl.perform()
        var status = 0
        chapterhouse_curl_last_code(curl.handle, &status)
        // Who says how it went has been told, however the answer ends.
        if status >= 200 { return .status(status) }
        return .trouble(visit.wasForbidden ? .notPublic : WebhookTrouble(outcome))
    }
}

extension WebhookTrouble {
    fileprivate init(_ outcome: CURLcode) {
        self =
            switch outcome {
            case CURLE_COULDNT_RESOLVE_HOST: .nameUnknown
            case CURLE_COULDNT_CONNECT: .noConnection
            case CURLE_OPERATION_TIMEDOUT: .late
            case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER: .untrusted
            case CURLE_SSL_CACERT_BADFILE, CURLE_FAILED_INIT, CURLE_OUT_OF_MEMORY: .ourOwn
            default: .broken
            }
    }
}

/// One try: whom it may reach, and how much was heard; used by one thread only.
private final class Visit {
    private let reach: Reach
    private(set) var wasForbidden = false
    private var heard = 0

    init(reach: Reach) {
        self.reach = reach
    }

    /// A socket to an address and port that may be connected to.
    func open(_ wanted: UnsafePointer<curl_sockaddr>) -> curl_socket_t {
        guard let place = MemoryLayout<curl_sockaddr>.offset(of: \.addr),
            let (address, port) = Self.peer(UnsafeRawPointer(wanted) + place, family: wanted.pointee.family),
            Reach.ports.contains(port), reach.permits(address)
        else {
            wasForbidden = true
            return CURL_SOCKET_BAD
        }
        return socket(
            wanted.pointee.family,
            wanted.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue),
            wanted.pointee.protocol
        )
    }

    private static func peer(_ bytes: UnsafeRawPointer, family: Int32) -> (IPAddress, UInt16)? {
        switch family {
        case AF_INET:
            let named = bytes.loadUnaligned(as: sockaddr_in.self)
            return withUnsafeBytes(of: named.sin_addr) { IPAddress(bytes: Array($0)) }
                .map { ($0, UInt16(bigEndian: named.sin_port)) }
        case AF_INET6:
            let named = bytes.loadUnaligned(as: sockaddr_in6.self)
            return withUnsafeBytes(of: named.sin6_addr) { IPAddress(bytes: Array($0)) }
                .map { ($0, UInt16(bigEndian: named.sin6_port)) }
        default: return nil
        }
    }

    /// False once more came than anybody needs to hear.
    func hear(_ count: Int) -> Bool {
        heard += count
        return heard <= 64 << 10
    }
}

private func open(
    _ context: UnsafeMutableRawPointer?,
    _: curlsocktype,
    _ wanted: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let context, let wanted else { return CURL_SOCKET_BAD }
    return Unmanaged<Visit>.fromOpaque(context).takeUnretainedValue().open(wanted)
}

private func hear(
    _: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let isTaken = Unmanaged<Visit>.fromOpaque(context).takeUnretainedValue().hear(size &* count)
    return isTaken ? size &* count : Int(CURL_WRITEFUNC_ERROR)
}
