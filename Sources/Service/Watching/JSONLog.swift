import Exchange
import Glibc
import Logging
import ReferralGroup

/// Writes each entry as one line of JSON, its values escaped so that none can look like another line.
package struct JSONLog: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var logLevel = Logger.Level.info
    /// What each line says of itself.
    private static let own = ["time", "level", "message"]
    private let write: @Sendable ([UInt8]) -> Void

    package init(write: @escaping @Sendable ([UInt8]) -> Void = JSONLog.toStandardError) {
        self.write = write
    }

    package static func logger(_ write: @escaping @Sendable ([UInt8]) -> Void = toStandardError) -> Logger {
        Logger(label: "chapterhouse") { _ in JSONLog(write: write) }
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var all = metadata
        if let own = event.metadata { all.merge(own) { $1 } }
        // Hummingbird's name for it; everyone else says request_id.
        if let id = all.removeValue(forKey: "hb.request.id"), all["request_id"] == nil {
            all["request_id"] = id
        }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("time", Instant.now().description)
            writer.member("level", event.level.rawValue)
            writer.member("message", event.message.description)
            for name in all.keys.sorted() where !Self.own.contains(name) {
                guard let value = all[name] else { continue }
                if case .stringConvertible(let number) = value, let number = number as? Int {
                    writer.key(name)
                    writer.number(number)
                } else {
                    writer.member(name, value.description)
                }
            }
        }
        write(writer.bytes + [0x0a])
    }

    /// One write for each line; a full disk or a reader that went away is nobody's failure here.
    package static let toStandardError: @Sendable ([UInt8]) -> Void = { line in
        var rest = line[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
