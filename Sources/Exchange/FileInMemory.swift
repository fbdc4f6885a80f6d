internal import CFileInMemory
import Glibc

/// What another program is to read: a file that is nowhere but in memory, and no pipe.
///
/// Who writes into a pipe that its reader left is ended by the system, or by the library that writes for us.
package enum FileInMemory {
    /// A descriptor at the beginning of the bytes, for whoever closes it; nil where the system has no room for it.
    package static func descriptor(of bytes: [UInt8]) -> Int32? {
        let file = chapterhouse_file_in_memory()
        guard file >= 0 else { return nil }
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            guard written > 0 || written < 0 && errno == EINTR else {
                close(file)
                return nil
            }
            rest = rest.dropFirst(max(written, 0))
        }
        lseek(file, 0, SEEK_SET)
        return file
    }
}
