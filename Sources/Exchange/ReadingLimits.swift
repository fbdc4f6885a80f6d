/// How much of a file is believed before it is refused, so that no file costs more memory than is foreseen.
package struct ReadingLimits: Hashable, Sendable {
    package var bytes = 20 * 1_048_576
    package var sheets = 64
    /// The last row and column the old spreadsheet format has room for.
    package var rows = 65_536
    package var columns = 256
    package var cells = 500_000
    package var bytesInCell = 65_536
    /// Elements inside elements.
    package var depth = 32

    package init() {}

    package init(bytes: Int) {
        self.bytes = bytes
    }
}
