internal import CQREncode

/// A text as a code that phones read.
package struct QRCode: Sendable {
    /// Its rows, true where it is dark.
    package let modules: [[Bool]]

    /// Nil for a text that is empty, holds NUL or is longer than a code takes.
    package init?(_ text: String) {
        guard !text.isEmpty, !text.utf8.contains(0),
            // A fifth of it may be unreadable: a sign hangs where people pass.
            let code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1)
        else { return nil }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        guard let data = code.pointee.data else { return nil }
        modules = (0..<width).map { row in (0..<width).map { data[row * width + $0] & 1 == 1 } }
    }
}
