import FoundationEssentials
import Glibc
import SystemPackage

/// The file of settings: lines of `NAME=value`, empty ones, and comments behind `#` on lines of their own.
struct SettingsFile {
    private(set) var values: [String: String] = [:]
    /// A sentence each, with the line.
    private(set) var problems: [String] = []

    private let path: FilePath

    init(_ path: FilePath, mayBeMissing: Bool) {
        self.path = path
        if mayBeMissing, access(path.string, F_OK) != 0, errno == ENOENT { return }
        guard let data = FileManager.default.contents(atPath: path.string) else {
            problems.append("\(path) cannot be read: \(Self.whyUnreadable(path))")
            return
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            problems.append("\(path) is not UTF-8")
            return
        }
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            read(line, number: index + 1)
        }
    }

    private static func whyUnreadable(_ path: FilePath) -> String {
        if access(path.string, R_OK) == 0 { return "it is no file" }
        let reason = errno
        let text = String(cString: strerror(reason))
        guard reason == EACCES else { return text }
        return "\(text). It is not for everybody, since it may hold passwords: run the command as root"
    }

    private mutating func read(_ line: Substring, number: Int) {
        let line = Self.trimmed(line)
        guard !line.isEmpty, !line.hasPrefix("#") else { return }
        let place = "\(path) line \(number)"
        guard let sign = line.firstIndex(of: "=") else {
            problems.append("\(place): it is not like NAME=value")
            return
        }
        let name = Self.trimmed(line[..<sign])
        let value = Self.trimmed(line[line.index(after: sign)...])
        guard let known = SettingName(rawValue: name) else {
            problems.append(
                "\(place): there is no setting \(name); `chapterhouse config example` shows all of them"
            )
            return
        }
        if known.isOfTheEnvironment {
            problems.append("\(place): \(name) is read from the environment alone")
        } else if value.hasPrefix("\"") || value.hasPrefix("'") {
            problems.append("\(place): write the value without quotes")
        } else if value.contains(" #") || value.contains("\t#") {
            problems.append("\(place): a comment stands on a line of its own")
        } else if values.updateValue(value, forKey: name) != nil {
            problems.append("\(place): \(name) was set above already")
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0d }
        let bytes = text.utf8.drop(while: isBlank)
        let count = bytes.reversed().drop(while: isBlank).count
        return String(Substring(bytes.prefix(count)))
    }
}
