internal import CCurl
import Fetching
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
            let isStarted = BlockingThread.start("mail") { continuation.resume(returning: talk(message)) }
            if !isStarted { continuation.resume(returning: .unreachable("the system has no thread left")) }
        }
    }

    private func talk(_ message: MailMessage) -> SMTPAnswer {
        let conversation = Conversation(sending: message.bytes)
        // libcurl still talks while its handle goes.
        return withExtendedLifetime(conversation) { talk(message, $0) }
    }

    private func talk(_ message: MailMessage, _ conversation: Conversation) -> SMTPAnswer {
        guard var curl = CurlHandle() else { return .unreachable("libcurl does not start") }
        let context = Unmanaged.passUnretained(conversation).toOpaque()
        prepare(&curl, for: message)
        curl.set(CURLOPT_MAIL_RCPT, listOf: ["<\(message.recipient)>"])
        curl.set(CURLOPT_READFUNCTION, stream: sendPiece)
        curl.set(CURLOPT_READDATA, pointer: context)
        curl.set(CURLOPT_HEADERFUNCTION, stream: hearLine)
        curl.set(CURLOPT_HEADERDATA, pointer: context)
        let outcome = curl.perform()
        return outcome == CURLE_OK
            ? .accepted : conversation.judge(outcome, curl.complaint(about: outcome))
    }

    private func prepare(_ curl: inout CurlHandle, for message: MailMessage) {
        let scheme = encryption == .fromTheStart ? "smtps" : "smtp"
        let host = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        curl.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        curl.set(CURLOPT_URL, "\(scheme)://\(host):\(port)/\(Self.ownName)")
        curl.set(CURLOPT_USE_SSL, encryption == .required ? Int(CURLUSESSL_ALL.rawValue) : 0)
        if let authorities { curl.set(CURLOPT_CAINFO, authorities) }
        if let user, let password {
            curl.set(CURLOPT_USERNAME, user)
            curl.set(CURLOPT_PASSWORD, password)
        }
        curl.set(CURLOPT_CONNECTTIMEOUT_MS, connectLimit)
        curl.set(CURLOPT_TIMEOUT_MS, totalLimit)
        curl.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, replyLimit)
        curl.set(CURLOPT_UPLOAD, 1)
        curl.set(CURLOPT_MAIL_FROM, "<\(message.sender.address)>")
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
