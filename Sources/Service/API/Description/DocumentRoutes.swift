import HTTPTypes
import Hummingbird

/// The API's own description.
struct DocumentRoutes: Sendable {
    static let description = Resource(
        "Description",
        "This document.",
        at: "openapi.json",
        [
            .get(
                "",
                "readDescription",
                "The API in OpenAPI 3.1",
                [.ifNoneMatch],
                answers: .json(Schema(["type": "object"]), "This document.").tagged
            )
        ]
    )

    private let text: DocumentText

    init(describing routes: Routes) {
        text = DocumentText(Document(of: routes.all))
    }

    func add(to routes: inout Routes) {
        routes.open(.get, "openapi.json") { [text] request, _ in
            _ = try QueryParameters(request, known: [])
            let (bytes, tag) = await text.written
            let headers: HTTPFields = [.eTag: tag.text, .cacheControl: "public, no-cache"]
            if tag.isKnown(to: request) { return Response(status: .notModified, headers: headers) }
            var response = Response(json: bytes)
            response.headers.append(contentsOf: headers)
            return response
        }
    }
}

/// The document as it is sent; written when somebody first asks for it.
private actor DocumentText {
    private let document: Document
    private(set) lazy var written: (bytes: [UInt8], tag: EntityTag) = {
        let bytes = document.bytes
        return (bytes, EntityTag(of: bytes))
    }()

    init(_ document: Document) {
        self.document = document
    }
}
