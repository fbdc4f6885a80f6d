import HTTPTypes
import Hummingbird
import NIOCore
import Pages
import Printing
import ReferralGroup

extension Response {
    /// A report as it was asked for; what is not for reading in the browser has the name of a file.
    init(
        _ asked: ReportRoutes.Asked,
        as format: ReportFormat,
        to request: Request,
        by printer: Printer
    ) async throws {
        let report = asked.report
        // What is compressed or printed is told apart by the page it is made of: that costs less, and says as much.
        let language = request.language
        let page = format.isText ? nil : report.document(in: language)
        let written =
            try await format.isText
            ? report.written(as: format, table: asked.table, in: language, by: printer) : []
        let tag = EntityTag(
            of: Array(format.contentType.utf8) + (page ?? written).without(asOf: report.asOf, in: language)
        )
        if tag.isKnown(to: request) {
            self.init(status: .notModified, headers: [.eTag: tag.text])
        } else {
            let bytes =
                page == nil ? written : try await report.written(as: format, in: language, by: printer)
            self.init(
                status: .ok,
                headers: [.contentType: format.contentType, .eTag: tag.text],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
            )
            if let kind = format.disposition {
                headers[.contentDisposition] = "\(kind); filename=\"\(report.fileName(as: format))\""
            }
        }
        headers[.vary] = format.isSaid ? "Accept, Cookie, Accept-Language" : "Accept"
        if format.isSaid { headers[.contentLanguage] = language.code }
    }

    /// The page of a report, in the language of whoever asks; 304 to whoever says that they have the same already.
    ///
    /// The tag is weak: without `as_of` a report is as of this second, and is the same as long as its figures are.
    init(report page: HTML, to request: Request, asOf: Instant) {
        let language = request.language
        let bytes = Array(page.text(in: language).utf8)
        let tag = EntityTag(of: bytes.without(asOf: asOf, in: language))
        if tag.isKnown(to: request) {
            self.init(status: .notModified, headers: [.eTag: tag.text])
        } else {
            self.init(
                status: .ok,
                headers: [
                    .contentType: "text/html; charset=utf-8", .contentLanguage: language.code,
                    .eTag: tag.text,
                ],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
            )
        }
        headers[.vary] = "Cookie, Accept-Language"
    }
}

extension ReportFormat {
    /// Whether it is in the language of whoever asks: the others are for programs.
    fileprivate var isSaid: Bool {
        self == .html || self == .xlsx || self == .pdf
    }

    /// A browser shows PDF, and keeps the rest; JSON is for programs.
    fileprivate var disposition: String? {
        switch self {
        case .json: nil
        case .csv, .html, .xlsx: "attachment"
        case .pdf: "inline"
        }
    }

    /// What the reader likes best of what there is, JSON where it is all the same.
    init(acceptedBy request: Request) throws {
        let accepted = Acceptance(request.headers[values: .accept])
        // The first of those that are liked best.
        var best: (format: Self, liking: Int)?
        for format in Self.allCases {
            let liking = accepted.liking(for: format.mediaType)
            if liking > best?.liking ?? 0 { best = (format, liking) }
        }
        guard let best else {
            let known = Self.allCases.map { "\($0.mediaType) (.\($0.rawValue))" }.joined(separator: ", ")
            throw Problem(
                status: .notAcceptable,
                kind: "not-acceptable",
                detail: "A report comes as \(known)."
            )
        }
        self = best.format
    }
}

extension [UInt8] {
    /// The bytes without the moment, in both ways a report writes it.
    fileprivate func without(asOf: Instant, in language: Language) -> [UInt8] {
        without(Array(asOf.description.utf8)).without(Array(moment(asOf).text(in: language).utf8))
    }

    /// The bytes without those of a word, wherever they stand.
    fileprivate func without(_ word: [UInt8]) -> [UInt8] {
        var left: [UInt8] = []
        left.reserveCapacity(count)
        var start = 0
        while let place = place(of: word, in: start..<count) {
            left += self[start..<place]
            start = place + word.count
        }
        return left + self[start...]
    }
}
