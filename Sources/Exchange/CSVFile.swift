#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A CSV file on disk, or a pipe, read record by record.
package struct CSVFile: ~Copyable {
    /// How much is read at a time.
    static let block = 256 << 10

    private let path: String
    private let descriptor: Int32
    private var isWhole = false
    /// Gives the cells of the present record.
    package private(set) var record: CSVReader

    package init(path: String, limits: ReadingLimits = ReadingLimits()) throws(ExchangeError) {
        guard !path.utf8.contains(0) else { throw ExchangeError(.unreadable, "the file's name holds a NUL") }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ExportFile.unreadable(path, errno) }
        self.path = path
        self.descriptor = descriptor
        record = CSVReader(limits: limits)
    }

    deinit {
        close(descriptor)
    }

    /// Steps on to the next record; false at the end of the file.
    package mutating func advance() throws(ExchangeError) -> Bool {
        while try !record.advance() {
            guard !isWhole else { return false }
            try readBlock()
        }
        return true
    }

    private mutating func readBlock() throws(ExchangeError) {
        let (path, descriptor) = (path, descriptor)
        var isWhole = false
        try record.append(atMost: Self.block) { room throws(ExchangeError) in
            while true {
                let count = read(descriptor, room.baseAddress, room.count)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw ExportFile.unreadable(path, errno) }
                isWhole = count == 0
                return count
            }
        }
        self.isWhole = isWhole
    }
}
