/// A format in which a report is sent or kept; its name is the suffix of addresses and files.
package enum ReportFormat: String, Sendable, CaseIterable {
    case json, csv, html, xlsx, pdf

    package var mediaType: String {
        switch self {
        case .json: "application/json"
        case .csv: "text/csv"
        case .html: "text/html"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .pdf: "application/pdf"
        }
    }

    /// The media type with what a reader of the bytes has to know besides.
    package var contentType: String {
        switch self {
        case .json, .html: "\(mediaType); charset=utf-8"
        case .csv: "\(mediaType); charset=utf-8; header=present"
        case .xlsx, .pdf: mediaType
        }
    }

    /// Whether a terminal can show it.
    package var isText: Bool {
        switch self {
        case .json, .csv, .html: true
        case .xlsx, .pdf: false
        }
    }
}
