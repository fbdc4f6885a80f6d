import Fetching
import Glibc
import Identity
import Postman
import ReferralGroup
import Service
import Storage

/// What the environment says about the installation; wrong settings are an error, missing ones are not.
struct Settings: Sendable {
    /// A mail server or a program, and in whose name it gets mail.
    struct Mail: Sendable {
        let carrier: any MailCarrier
        let sender: Mailbox

        /// Nil where a program takes the mail.
        var server: SMTPServer? {
            carrier as? SMTPServer
        }
    }

    let mail: Mail?
    /// Where people reach the service, without a slash at the end: links in mails begin with it.
    let baseURL: String?
    /// Through whom people sign in as well.
    let provider: Provider?
    /// Whether what an office may do with money takes a second factor.
    let officersNeedSecondFactor: Bool
    /// Where webhooks may be: the public internet, and networks of the operator.
    let reach: Reach
    /// Who may vouch for webhooks, instead of those the system trusts.
    let webhookAuthorities: String?
    /// Whether the way to the database knows prepared statements; PgBouncer before 1.21, lending by transaction, does not.
    let preparesStatements: Bool

    /// The base URL, or where `up` and `serve` listen when nothing else is said.
    var publicURL: String {
        baseURL ?? "http://127.0.0.1:8080"
    }

    static func read(_ variable: (String) -> String? = { Environment[$0] }) throws -> Settings {
        Settings(
            mail: try mail(variable),
            baseURL: try baseURL(variable),
            provider: try provider(variable),
            officersNeedSecondFactor: try officersNeedSecondFactor(variable),
            reach: try reach(variable),
            webhookAuthorities: try readable(variable, "CHAPTERHOUSE_WEBHOOK_CA_FILE"),
            preparesStatements: try preparesStatements(variable)
        )
    }

    private static func mail(_ variable: (String) -> String?) throws -> Mail? {
        let (url, program) = (variable("CHAPTERHOUSE_SMTP_URL"), variable("CHAPTERHOUSE_SENDMAIL"))
        guard url != nil || program != nil else { return nil }
        guard url == nil || program == nil else {
            throw wrong("CHAPTERHOUSE_SENDMAIL", "CHAPTERHOUSE_SMTP_URL names a server; mail goes one way")
        }
        guard let from = variable("CHAPTERHOUSE_MAIL_FROM") else {
            throw wrong(
                "CHAPTERHOUSE_MAIL_FROM",
                "mail is sent and there is no sender; write it like Cedar <chapter@example.org>"
            )
        }
        guard let sender = Mailbox(from) else {
            throw wrong(
                "CHAPTERHOUSE_MAIL_FROM",
                "“\(from)” is no address; write it like Cedar <chapter@example.org>"
            )
        }
        if let program { return Mail(carrier: try sendmail(program), sender: sender) }
        return Mail(carrier: try server(url ?? "", variable), sender: sender)
    }

    /// A program is named alone: its arguments are ours.
    private static func sendmail(_ path: String) throws -> SendmailCommand {
        guard path.hasPrefix("/"), access(path, X_OK) == 0 else {
            throw wrong(
                "CHAPTERHOUSE_SENDMAIL",
                "“\(path)” is no program; write its path, as /usr/sbin/sendmail"
            )
        }
        return SendmailCommand(path: path)
    }

    private static func server(_ url: String, _ variable: (String) -> String?) throws -> SMTPServer {
        let words = ["starttls": SMTPServer.Encryption.required, "tls": .fromTheStart, "off": .off]
        let encryption = try variable("CHAPTERHOUSE_SMTP_TLS").map { word in
            guard let encryption = words[word] else {
                throw wrong("CHAPTERHOUSE_SMTP_TLS", "“\(word)” is none of starttls, tls and off")
            }
            return encryption
        }
        let authorities = try readable(variable, "CHAPTERHOUSE_SMTP_CA_FILE")
        do {
            return try SMTPServer(
                url,
                password: try secret(variable, "CHAPTERHOUSE_SMTP_PASSWORD"),
                encryption: encryption,
                authorities: authorities
            )
        } catch let error as SMTPServerError {
            throw wrong("CHAPTERHOUSE_SMTP_URL", error.message)
        }
    }

    private static func provider(_ variable: (String) -> String?) throws -> Provider? {
        guard let issuer = variable("CHAPTERHOUSE_OPENID_ISSUER") else { return nil }
        guard let id = variable("CHAPTERHOUSE_OPENID_CLIENT_ID"), id.utf8.count <= 1000 else {
            throw wrong(
                "CHAPTERHOUSE_OPENID_CLIENT_ID",
                "there is an issuer and no client id; the provider gave one"
            )
        }
        guard let secret = try secret(variable, "CHAPTERHOUSE_OPENID_CLIENT_SECRET") else {
            throw wrong(
                "CHAPTERHOUSE_OPENID_CLIENT_SECRET_FILE",
                "there is an issuer and no client secret; write the provider's into a file and name it"
            )
        }
        guard let name = PlainText.line(variable("CHAPTERHOUSE_OPENID_NAME") ?? "your provider"),
            !name.isEmpty, name.utf8.count <= 80
        else {
            throw wrong(
                "CHAPTERHOUSE_OPENID_NAME",
                "it stands on a button: write one line of at most 80 bytes"
            )
        }
        let authorities = try readable(variable, "CHAPTERHOUSE_OPENID_CA_FILE")
        let provider = Provider(
            name: name,
            issuer: issuer,
            client: ProviderClient(id: id, secret: secret),
            fetcher: Fetcher(authorities: authorities)
        )
        guard let provider else {
            throw wrong(
                "CHAPTERHOUSE_OPENID_ISSUER",
                "it is not like https://id.example.org; http:// is only for this machine"
            )
        }
        return provider
    }

    /// Networks divided by commas or blanks: `10.1.2.0/24 fd00:1::/64`.
    private static func reach(_ variable: (String) -> String?) throws -> Reach {
        let name = "CHAPTERHOUSE_WEBHOOK_NETWORKS"
        let networks = try (variable(name) ?? "").split { $0 == "," || $0 == " " }.map { text in
            guard let network = IPNetwork(String(text)) else {
                throw wrong(name, "“\(text)” is no network like 10.1.2.0/24")
            }
            return network
        }
        return Reach(own: networks)
    }

    /// A file that is named and can be read.
    private static func readable(_ variable: (String) -> String?, _ name: String) throws -> String? {
        guard let path = variable(name) else { return nil }
        guard access(path, R_OK) == 0 else { throw wrong(name, "\(path) cannot be read") }
        return path
    }

    private static func officersNeedSecondFactor(_ variable: (String) -> String?) throws -> Bool {
        let name = "CHAPTERHOUSE_OFFICERS_SECOND_FACTOR"
        switch variable(name) {
        case nil, "required": return true
        case "optional": return false
        case let word?: throw wrong(name, "“\(word)” is neither required nor optional")
        }
    }

    /// Read by itself by commands that need the database and nothing else of the installation.
    static func preparesStatements(_ variable: (String) -> String? = { Environment[$0] }) throws -> Bool {
        let name = "CHAPTERHOUSE_PREPARED_STATEMENTS"
        switch variable(name) {
        case nil, "on": return true
        case "off": return false
        case let word?: throw wrong(name, "“\(word)” is neither on nor off")
        }
    }

    /// Under which those who asked not to be kept are known; nil where the environment has none.
    static func suppressionKey(
        _ variable: (String) -> String? = { Environment[$0] }
    ) throws -> SuppressionKey? {
        let name = "CHAPTERHOUSE_SUPPRESSION_KEY"
        guard let text = try secret(variable, name) else { return nil }
        guard let key = SuppressionKey(text) else {
            throw wrong(name, "a key has 32 characters at least; make one with: openssl rand -base64 33")
        }
        return key
    }

    /// A secret, or the first line of its file; never an argument, which every process of the machine can read.
    private static func secret(_ variable: (String) -> String?, _ name: String) throws -> String? {
        guard let path = variable("\(name)_FILE") else { return variable(name) }
        guard let file = fopen(path, "re") else {
            throw wrong("\(name)_FILE", "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = fread(&bytes, 1, bytes.count, file)
        let line = bytes.prefix(count).prefix { $0 != 0x0a && $0 != 0x0d }
        guard !line.isEmpty, let secret = String(validating: line, as: UTF8.self) else {
            throw wrong("\(name)_FILE", "the first line of \(path) is no password")
        }
        return secret
    }

    private static func baseURL(_ variable: (String) -> String?) throws -> String? {
        guard var url = variable("CHAPTERHOUSE_BASE_URL") else { return nil }
        while url.utf8.last == UInt8(ascii: "/") { url.removeLast() }
        let rest =
            url.hasPrefix("https://")
            ? url.utf8.dropFirst(8) : url.hasPrefix("http://") ? url.utf8.dropFirst(7) : nil
        let forbidden = Array("?#@\"<>\\".utf8)
        guard let rest, !rest.isEmpty,
            rest.allSatisfy({ (0x21...0x7e).contains($0) && !forbidden.contains($0) })
        else {
            throw wrong("CHAPTERHOUSE_BASE_URL", "“\(url)” is not like https://chapter.example.org")
        }
        return url
    }

    private static func wrong(_ name: String, _ reason: String) -> Failure {
        Failure(.configuration, "\(name): \(reason)")
    }
}
