internal import CLibXML2

/// libxml2's reader: one node at a time, no network, no document types, the first error ends it.
final class XMLCursor {
    /// What the reader stands on.
    enum Node {
        case element
        case endOfElement
        case text
        case other
    }

    private let reader: xmlTextReaderPtr
    private let failure = Failure()

    /// What libxml2 reported first.
    private final class Failure {
        var line: Int?
        var message: String?
    }

    private static let libraryIsReady: Void = xmlInitParser()

    /// `bytes` must outlive the cursor.
    init(_ bytes: UnsafeRawBufferPointer) throws {
        Self.libraryIsReady
        guard let size = Int32(exactly: bytes.count),
            let reader = xmlReaderForMemory(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                size,
                nil,
                nil,
                Int32(XML_PARSE_NONET.rawValue)
            )
        else { throw ExchangeError(.unreadable, "the file cannot be opened as XML") }
        self.reader = reader
        xmlTextReaderSetStructuredErrorHandler(
            reader,
            { context, error in
                guard let context, let error, error.pointee.level.rawValue >= XML_ERR_ERROR.rawValue else {
                    return
                }
                let failure = Unmanaged<Failure>.fromOpaque(context).takeUnretainedValue()
                guard failure.message == nil else { return }
                failure.line = Int(error.pointee.line)
                failure.message = error.pointee.message.map { String(cString: $0).trimmed } ?? "unknown error"
            },
            Unmanaged.passUnretained(failure).toOpaque()
        )
    }

    deinit {
        xmlFreeTextReader(reader)
    }

    /// Steps to the next node; false at the end of a document that is whole.
    func advance() throws -> Bool {
        let result = xmlTextReaderRead(reader)
        guard result >= 0, failure.message == nil else {
            let reason = failure.message.map { " (\($0))" } ?? ""
            throw ExchangeError(
                .damaged,
                line: failure.line ?? line,
                "the file is damaged or cut off here; export it again\(reason)"
            )
        }
        return result == 1
    }

    var node: Node {
        get throws {
            switch UInt32(bitPattern: xmlTextReaderNodeType(reader)) {
            case XML_READER_TYPE_ELEMENT.rawValue: return .element
            case XML_READER_TYPE_END_ELEMENT.rawValue: return .endOfElement
            case XML_READER_TYPE_TEXT.rawValue, XML_READER_TYPE_CDATA.rawValue,
                XML_READER_TYPE_WHITESPACE.rawValue, XML_READER_TYPE_SIGNIFICANT_WHITESPACE.rawValue:
                return .text
            case XML_READER_TYPE_DOCUMENT_TYPE.rawValue, XML_READER_TYPE_ENTITY_REFERENCE.rawValue:
                throw ExchangeError(
                    .unsupported,
                    line: line,
                    "the file declares or uses entities of its own, which are not read"
                )
            default: return .other
            }
        }
    }

    /// The line of the node; the parser itself is some lines ahead, but a node counts no farther than 65 534.
    var line: Int {
        let line = xmlGetLineNo(xmlTextReaderCurrentNode(reader))
        return (1..<65_535).contains(line) ? line : Int(xmlTextReaderGetParserLineNumber(reader))
    }

    var depth: Int { Int(xmlTextReaderDepth(reader)) }
    var isEmptyElement: Bool { xmlTextReaderIsEmptyElement(reader) == 1 }
    var localName: String { Self.string(xmlTextReaderConstLocalName(reader)) }
    var namespace: String { Self.string(xmlTextReaderConstNamespaceUri(reader)) }
    var text: String { Self.string(xmlTextReaderConstValue(reader)) }

    /// The attribute's value; nil where the element has none of that name.
    func attribute(_ name: String, in namespace: String) -> String? {
        guard xmlTextReaderMoveToAttributeNs(reader, name, namespace) == 1 else { return nil }
        defer { xmlTextReaderMoveToElement(reader) }
        return text
    }

    private static func string(_ bytes: UnsafePointer<xmlChar>?) -> String {
        bytes.map { String(cString: $0) } ?? ""
    }
}
