import Glibc
import Hummingbird
import NIOConcurrencyHelpers
import NIOCore

/// Where the service takes in connections: at an address of its own, or from a socket that was handed over.
final class Listening: Sendable {
    private let inherited: InheritedSocket?
    private let own: BindAddress
    /// A folder that is open to nobody else, and gone as soon as the socket in it listens.
    private let folder: String?
    private let source = NIOLockedValueBox<(any Channel)?>(nil)

    init(host: String, port: Int, inherited: InheritedSocket?) {
        self.inherited = inherited
        guard inherited != nil, let folder = Self.makeFolder() else {
            (own, folder) = (.hostname(host, port: port), nil)
            return
        }
        self.folder = folder
        own = .unixDomainSocket(path: folder + "/socket")
    }

    /// What Hummingbird opens by itself.
    var address: BindAddress {
        own
    }

    /// Begins to take in; the port, 0 for a socket without one.
    func begin(for listening: any Channel) async throws -> Int {
        guard let inherited else { return listening.localAddress?.port ?? 0 }
        if let folder {
            unlink(folder + "/socket")
            rmdir(folder)
        }
        let channel = try await inherited.takeIn(for: listening)
        source.withLockedValue { $0 = channel }
        return channel.localAddress?.port ?? 0
    }

    /// Takes in nobody any more: whoever comes waits at the socket for the next who takes in from it.
    ///
    /// False at an address of its own, where people come until the server ends.
    func end() async -> Bool {
        guard let source = source.withLockedValue({ $0 }) else { return false }
        // What is closed already needs no closing.
        try? await source.close()
        return true
    }

    private static func makeFolder() -> String? {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/chapterhouse-XXXXXX".utf8CString)
        return mkdtemp(&template) == nil
            ? nil : String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
