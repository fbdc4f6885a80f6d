internal import CCurl
import Glibc

/// What became of handing a mail to a server.
package enum SMTPAnswer: Sendable, Hashable {
    case accepted
    /// The server cannot be talked to, whatever the mail: a later one would fare no better now.
    case unreachable(String)
    /// Not now, or nobody knows.
    case later(String)
    /// The server will never take this mail.
    case never(String)
}

extension SMTPServer {
    /// Hands the message over, on a thread of its own: libcurl blocks.
    package func send(_ message: MailMessage) async -> SMTPAnswer {
        await withCheckedContinuation { continuation in
            let isStarted = MailThread.start { continuation.resume(returning: talk(message)) }
            if !isStarted { continuation.resume(returning: .unreachable("the system has no thread left")) }
        }
    }

    private func talk(_ message: MailMessage) -> SMTPAnswer {
        guard Curl.isStarted, let handle = curl_easy_init() else {
            return .unreachable("libcurl does not start")
        }
        defer { curl_easy_cleanup(handle) }
        let recipients = curl_slist_append(nil, "<\(message.recipient)>")
        defer { curl_slist_free_all(recipients) }
        let conversation = Conversation(sending: message.bytes)
        let context = Unmanaged.passUnretained(conversation)
        var complaint = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))

        return complaint.withUnsafeMutableBufferPointer { complaint in
            var settings = CurlSettings(handle)
            prepare(&settings, for: message)
            settings.set(CURLOPT_MAIL_RCPT, list: recipients)
            settings.set(CURLOPT_ERRORBUFFER, pointer: complaint.baseAddress)
            settings.set(CURLOPT_READFUNCTION, stream: sendPiece)
            settings.set(CURLOPT_READDATA, pointer: context.toOpaque())
            settings.set(CURLOPT_HEADERFUNCTION, stream: hearLine)
            settings.set(CURLOPT_HEADERDATA, pointer: context.toOpaque())
            let outcome = settings.failure ?? curl_easy_perform(handle)
            guard outcome != CURLE_OK else { return .accepted }
            var said = String(
                decoding: complaint.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
                as: UTF8.self
            )
            if said.isEmpty { said = String(cString: curl_easy_strerror(outcome)) }
            return withExtendedLifetime(conversation) { conversation.judge(outcome, said) }
        }
    }

    private func prepare(_ settings: inout CurlSettings, for message: MailMessage) {
        let scheme = encryption == .fromTheStart ? "smtps" : "smtp"
        let host = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        settings.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        settings.set(CURLOPT_URL, "\(scheme)://\(host):\(port)/\(Self.ownName)")
        // A proxy of the environment is none of the mail's.
        settings.set(CURLOPT_PROXY, "")
        settings.set(CURLOPT_USE_SSL, encryption == .required ? Int(CURLUSESSL_ALL.rawValue) : 0)
        settings.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let authorities { settings.set(CURLOPT_CAINFO, authorities) }
        if let user, let password {
            settings.set(CURLOPT_USERNAME, user)
            settings.set(CURLOPT_PASSWORD, password)
        }
        settings.set(CURLOPT_CONNECTTIMEOUT_MS, connectLimit)
        settings.set(CURLOPT_TIMEOUT_MS, totalLimit)
        settings.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, replyLimit)
        // Signals belong to the process, not to a library's time limit.
        settings.set(CURLOPT_NOSIGNAL, 1)
        settings.set(CURLOPT_UPLOAD, 1)
        settings.set(CURLOPT_MAIL_FROM, "<\(message.sender.address)>")
    }

    /// What this machine calls itself towards the server.
    private static var ownName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "localhost" }
        let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        let isPlain = bytes.allSatisfy { byte in
            byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || (0x30...0x39).contains(byte)
                || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
        }
        return isPlain && !bytes.isEmpty ? String(decoding: bytes, as: UTF8.self) : "localhost"
    }
}

/// One mail and the server's side of the talk; used by one thread only.
private final class Conversation {
    private var unsent: ArraySlice<UInt8>
    private var lastLine = ""
    private var lastCode = 0
    /// Whether the server asked for the mail itself: from then on it may have it.
    private var wasAskedForMail = false

    init(sending bytes: [UInt8]) {
        unsent = bytes[...]
    }

    func piece(into space: UnsafeMutableRawBufferPointer) -> Int {
        let piece = unsent.prefix(space.count)
        space.copyBytes(from: piece)
        unsent = unsent.dropFirst(piece.count)
        return piece.count
    }

    func hear(_ line: UnsafeRawBufferPointer) {
        // What others send is shown to an operator: one line of text, not too long, and nothing a terminal obeys.
        let text = String(decoding: line.prefix(300).filter { $0 >= 0x20 && $0 != 0x7f }, as: UTF8.self)
        let code = Int(text.prefix(3)) ?? 0
        // Having failed, libcurl takes its leave before it says so.
        guard code != 221 else { return }
        (lastLine, lastCode) = (text, code)
        if lastCode == 354 { wasAskedForMail = true }
    }

    func judge(_ outcome: CURLcode, _ complaint: String) -> SMTPAnswer {
        let wasRefused = (400...599).contains(lastCode)
        let said = wasRefused ? lastLine : complaint
        // That it wants a password, or another one, says nothing about the mail.
        let isAboutUs = outcome == CURLE_LOGIN_DENIED || [530, 534, 535, 538].contains(lastCode)
        let isAboutMail = wasRefused && !isAboutUs && (wasAskedForMail || outcome == CURLE_SEND_ERROR)
        if isAboutMail { return lastCode >= 500 ? .never(said) : .later(said) }
        return wasAskedForMail ? .later(said) : .unreachable(said)
    }
}

private func sendPiece(
    _ space: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let conversation = Unmanaged<Conversation>.fromOpaque(context).takeUnretainedValue()
    return conversation.piece(into: UnsafeMutableRawBufferPointer(start: space, count: size &* count))
}

private func hearLine(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    if let context {
        let conversation = Unmanaged<Conversation>.fromOpaque(context).takeUnretainedValue()
        conversation.hear(UnsafeRawBufferPointer(start: bytes, count: size &* count))
    }
    return size &* count
}

/// Options of one libcurl handle; the first that is not taken is remembered.
private struct CurlSettings {
    private let handle: UnsafeMutableRawPointer
    private(set) var failure: CURLcode?

    init(_ handle: UnsafeMutableRawPointer) {
        self.handle = handle
    }

    mutating func set(_ option: CURLoption, _ text: String) {
        note(chapterhouse_curl_set_text(handle, option, text))
    }

    mutating func set(_ option: CURLoption, _ number: Int) {
        note(chapterhouse_curl_set_number(handle, option, number))
    }

    mutating func set(_ option: CURLoption, list: UnsafeMutablePointer<curl_slist>?) {
        note(chapterhouse_curl_set_list(handle, option, list))
    }

    mutating func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) {
        note(chapterhouse_curl_set_pointer(handle, option, pointer))
    }

    mutating func set(_ option: CURLoption, stream: @escaping chapterhouse_curl_stream) {
        note(chapterhouse_curl_set_stream(handle, option, stream))
    }

    private mutating func note(_ outcome: CURLcode) {
        if outcome != CURLE_OK, failure == nil { failure = outcome }
    }
}

private enum Curl {
    /// libcurl wants to be started once, before any other thread uses it.
    static let isStarted = chapterhouse_curl_start() == CURLE_OK
}

/// Threads for what would block.
private enum MailThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Runs `body` on a new thread; false when the system has none left.
    static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(Body(body))
        let failed = pthread_create(
            &thread,
            nil,
            { box in
                chapterhouse_name_mail_thread()
                if let box { Unmanaged<Body>.fromOpaque(box).takeRetainedValue().run() }
                return nil
            },
            box.toOpaque()
        )
        guard failed == 0 else {
            box.release()
            return false
        }
        pthread_detach(thread)
        return true
    }
}
