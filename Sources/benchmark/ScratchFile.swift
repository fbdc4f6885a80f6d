import Glibc

/// A file that is gone with this value.
final class ScratchFile: Sendable {
    let path: String

    init() throws {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? P_tmpdir
        var template = Array("\(folder)/benchmarkXXXXXX".utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else {
            throw Trouble("no file can be made in \(folder)")
        }
        close(file)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        unlink(path)
    }

    func write(_ text: String) throws {
        try overwrite(path, with: text)
    }
}

/// Gives a file other contents.
func overwrite(_ path: String, with text: String) throws {
    guard let file = fopen(path, "w") else { throw Trouble("\(path): \(String(cString: strerror(errno)))") }
    let isWritten = fputs(text, file) >= 0
    guard fclose(file) == 0, isWritten else { throw Trouble("\(path) could not be written") }
}
