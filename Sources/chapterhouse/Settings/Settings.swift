import ArgumentParser
import Fetching
import Glibc
import Identity
import Postman
import ReferralGroup
import Service
import Storage

/// What is set for the installation, checked; wrong settings are an error, missing ones are not.
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
    /// Where the service listens, to whom, and how much it takes, where the command line does not say.
    let serving: Serving

    /// What `up` and `serve` have options for as well.
    struct Serving: Sendable {
        let listen: ListenAddress?
        let adminListen: ListenAddress?
        let trustedProxies: [TrustedProxies.Network]
        let connections: Int?
        let connectionsOfOne: Int?
        let filesOfOne: Int?
        let searchesOfOne: Int?
        /// In seconds.
        let drain: Int?
    }

    /// The base URL, or where `up` and `serve` listen when nothing else is said.
    var publicURL: String {
        baseURL ?? "http://127.0.0.1:8080"
    }

    static func read(_ given: GivenSettings = .current) throws -> Settings {
        Settings(
            mail: try mail(given),
            baseURL: try baseURL(given),
            provider: try provider(given),
            officersNeedSecondFactor: try officersNeedSecondFactor(given),
            reach: try reach(given),
            webhookAuthorities: try readable(given, .webhookCAFile),
            preparesStatements: try preparesStatements(given),
            serving: try serving(given)
        )
    }

    private static func mail(_ given: GivenSettings) throws -> Mail? {
        let (url, program) = (given[.smtpURL], given[.sendmail])
        guard url != nil || program != nil else { return nil }
        guard url == nil || program == nil else {
            throw wrong(.sendmail, "CHAPTERHOUSE_SMTP_URL names a server; mail goes one way")
        }
        guard let from = given[.mailFrom] else {
            throw wrong(
                .mailFrom,
                "mail is sent and there is no sender; write it like Cedar <chapter@example.org>"
            )
        }
        guard let sender = Mailbox(from) else {
            throw wrong(
                .mailFrom,
                "“\(from)” is no address; write it like Cedar <chapter@example.org>"
            )
        }
        if let program { return Mail(carrier: try sendmail(program), sender: sender) }
        return Mail(carrier: try server(url ?? "", given), sender: sender)
    }

    /// A program is named alone: its arguments are ours.
    private static func sendmail(_ path: String) throws -> SendmailCommand {
        guard path.hasPrefix("/"), access(path, X_OK) == 0 else {
            throw wrong(
                .sendmail,
                "“\(path)” is no program; write its path, as /usr/sbin/sendmail"
            )
        }
        return SendmailCommand(path: path)
    }

    private static func server(_ url: String, _ given: GivenSettings) throws -> SMTPServer {
        let words = ["starttls": SMTPServer.Encryption.required, "tls": .fromTheStart, "off": .off]
        let encryption = try given[.smtpTLS].map { word in
            guard let encryption = words[word] else {
                throw wrong(.smtpTLS, "“\(word)” is none of starttls, tls and off")
            }
            return encryption
        }
        let authorities = try readable(given, .smtpCAFile)
        do {
            return try SMTPServer(
                url,
                password: try secret(given, .smtpPassword),
                encryption: encryption,
                authorities: authorities
            )
        } catch let error as SMTPServerError {
            throw wrong(.smtpURL, error.message)
        }
    }

    private static func provider(_ given: GivenSettings) throws -> Provider? {
        guard let issuer = given[.openIDIssuer] else { return nil }
        guard let id = given[.openIDClientID], id.utf8.count <= 1000 else {
            throw wrong(
                .openIDClientID,
                "there is an issuer and no client id; the provider gave one"
            )
        }
        guard let secret = try secret(given, .openIDClientSecret) else {
            throw wrong(
                .openIDClientSecretFile,
                "there is an issuer and no client secret; write the provider's into a file and name it"
            )
        }
        guard let name = PlainText.line(given[.openIDName] ?? "your provider"),
            !name.isEmpty, name.utf8.count <= 80
        else {
            throw wrong(
                .openIDName,
                "it stands on a button: write one line of at most 80 bytes"
            )
        }
        let authorities = try readable(given, .openIDCAFile)
        let provider = Provider(
            name: name,
            issuer: issuer,
            client: ProviderClient(id: id, secret: secret),
            fetcher: Fetcher(authorities: authorities)
        )
        guard let provider else {
            throw wrong(
                .openIDIssuer,
                "it is not like https://id.example.org; http:// is only for this machine"
            )
        }
        return provider
    }

    private static func reach(_ given: GivenSettings) throws -> Reach {
        Reach(own: try networks(given, .webhookNetworks, IPNetwork.init))
    }

    /// Networks divided by commas or blanks: `10.1.2.0/24 fd00:1::/64`.
    private static func networks<Network>(
        _ given: GivenSettings,
        _ name: SettingName,
        _ network: (String) -> Network?
    ) throws -> [Network] {
        try (given[name] ?? "").split { $0 == "," || $0 == " " }.map { text in
            guard let network = network(String(text)) else {
                throw wrong(name, "“\(text)” is no network like 10.1.2.0/24")
            }
            return network
        }
    }

    private static func serving(_ given: GivenSettings) throws -> Serving {
        Serving(
            listen: try address(given, .listen),
            adminListen: try address(given, .adminListen),
            trustedProxies: try networks(given, .trustedProxies) { TrustedProxies.Network(argument: $0) },
            connections: try number(given, .connections),
            connectionsOfOne: try number(given, .connectionsOfOne),
            filesOfOne: try number(given, .filesOfOne),
            searchesOfOne: try number(given, .searchesOfOne),
            drain: try number(given, .drain, of: ServingOptions.secondsOfDraining)
        )
    }

    private static func address(_ given: GivenSettings, _ name: SettingName) throws -> ListenAddress? {
        try given[name].map { text in
            guard let address = ListenAddress(argument: text) else {
                throw wrong(name, "“\(text)” is not like 127.0.0.1:8080")
            }
            return address
        }
    }

    private static func number(
        _ given: GivenSettings,
        _ name: SettingName,
        of numbers: ClosedRange<Int> = ServingOptions.numbers
    ) throws -> Int? {
        try given[name].map { text in
            guard let number = Int(text), numbers.contains(number) else {
                throw wrong(
                    name,
                    "“\(text)” is no number from \(numbers.lowerBound) to \(numbers.upperBound)"
                )
            }
            return number
        }
    }

    /// A file that is named and can be read.
    private static func readable(_ given: GivenSettings, _ name: SettingName) throws -> String? {
        guard let path = given[name] else { return nil }
        guard access(path, R_OK) == 0 else { throw wrong(name, "\(path) cannot be read") }
        return path
    }

    private static func officersNeedSecondFactor(_ given: GivenSettings) throws -> Bool {
        let name = SettingName.officersSecondFactor
        switch given[name] {
        case nil, "required": return true
        case "optional": return false
        case let word?: throw wrong(name, "“\(word)” is neither required nor optional")
        }
    }

    /// Read by itself by commands that need the database and nothing else of the installation.
    static func preparesStatements(_ given: GivenSettings = .current) throws -> Bool {
        let name = SettingName.preparedStatements
        switch given[name] {
        case nil, "on": return true
        case "off": return false
        case let word?: throw wrong(name, "“\(word)” is neither on nor off")
        }
    }

    /// Under which those who asked not to be kept are known; nil where none is set.
    static func suppressionKey(
        _ given: GivenSettings = .current
    ) throws -> SuppressionKey? {
        let name = SettingName.suppressionKey
        guard let text = try secret(given, name) else { return nil }
        guard let key = SuppressionKey(text) else {
            throw wrong(name, "a key has 32 characters at least; make one with: openssl rand -base64 33")
        }
        return key
    }

    /// A secret, or the first line of its file; never an argument, which every process of the machine can read.
    private static func secret(_ given: GivenSettings, _ name: SettingName) throws -> String? {
        guard let file = SettingName(rawValue: "\(name.rawValue)_FILE"), let path = given[file] else {
            return given[name]
        }
        guard let stream = fopen(path, "re") else {
            throw wrong(file, "\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { fclose(stream) }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = fread(&bytes, 1, bytes.count, stream)
        let line = bytes.prefix(count).prefix { $0 != 0x0a && $0 != 0x0d }
        guard !line.isEmpty, let secret = String(validating: line, as: UTF8.self) else {
            throw wrong(file, "the first line of \(path) is no password")
        }
        return secret
    }

    private static func baseURL(_ given: GivenSettings) throws -> String? {
        guard var url = given[.baseURL] else { return nil }
        while url.utf8.last == UInt8(ascii: "/") { url.removeLast() }
        let rest =
            url.hasPrefix("https://")
            ? url.utf8.dropFirst(8) : url.hasPrefix("http://") ? url.utf8.dropFirst(7) : nil
        let forbidden = Array("?#@\"<>\\".utf8)
        guard let rest, !rest.isEmpty,
            rest.allSatisfy({ (0x21...0x7e).contains($0) && !forbidden.contains($0) })
        else {
            throw wrong(.baseURL, "“\(url)” is not like https://chapter.example.org")
        }
        return url
    }

    private static func wrong(_ name: SettingName, _ reason: String) -> Failure {
        Failure(.configuration, "\(name.rawValue): \(reason)")
    }
}
