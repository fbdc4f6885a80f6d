import HTTPTypes

/// What a route is for, what it takes and what it answers, in the words of OpenAPI.
struct Operation: Sendable {
    let method: HTTPRequest.Method
    /// Below the address of its resource; empty for that itself.
    let path: String
    /// As a generated client calls it: `passReferral`.
    let name: String
    let summary: String
    var details = ""
    var parameters: [Parameter] = []
    var body: (schema: Schema, example: DocumentValue)?
    /// The types of a file that is the body itself.
    var fileTypes: [String] = []
    /// The form that may be the body instead.
    var form: Schema?
    var answer = Answer.nothing
    /// What else it may answer when all went well.
    var others: [Answer] = []
    /// What may go wrong besides what may with every route.
    var problems: [HTTPResponse.Status] = []

    /// Something that can be read.
    static func get(
        _ path: String = "",
        _ name: String,
        _ summary: String,
        _ parameters: [Parameter] = [],
        answers answer: Answer
    ) -> Operation {
        Operation(
            method: .get,
            path: path,
            name: name,
            summary: summary,
            parameters: parameters,
            answer: answer
        )
    }

    /// Something that is made or done, once under each Idempotency-Key.
    static func write(
        _ method: HTTPRequest.Method,
        _ path: String = "",
        _ name: String,
        _ summary: String,
        _ schema: Schema,
        example: DocumentValue,
        answers answer: Answer
    ) -> Operation {
        Operation(
            method: method,
            path: path,
            name: name,
            summary: summary,
            parameters: [.idempotencyKey],
            body: (schema, example),
            answer: answer,
            problems: [.conflict]
        )
    }

    /// Something that is done without a body.
    static func act(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ name: String,
        _ summary: String,
        _ parameters: [Parameter] = [],
        answers answer: Answer = .nothing
    ) -> Operation {
        Operation(
            method: method,
            path: path,
            name: name,
            summary: summary,
            parameters: parameters,
            answer: answer,
            problems: [.conflict]
        )
    }

    func saying(_ details: String) -> Operation {
        var changed = self
        changed.details = details
        return changed
    }

    func with(_ parameters: Parameter...) -> Operation {
        var changed = self
        changed.parameters += parameters
        return changed
    }

    func mayFail(_ problems: HTTPResponse.Status...) -> Operation {
        var changed = self
        changed.problems += problems
        return changed
    }

    /// An answer when all went well.
    struct Answer: Sendable {
        var status: HTTPResponse.Status
        var description: String
        var headers: [Header] = []
        /// By media type.
        var contents: [(type: String, schema: Schema)] = []
        var links: [Link] = []
        /// Whether who has it already is told so: 304.
        var isTagged = false

        static let nothing = Answer(status: .noContent, description: "It is done.")

        static func json(_ schema: Schema, _ description: String = "As it is now.") -> Answer {
            Answer(status: .ok, description: description, contents: [("application/json", schema)])
        }

        /// A part of a list, newest first.
        static func page(of schema: Schema) -> Answer {
            Answer(
                status: .ok,
                description: "A part of the list, newest first.",
                headers: [.link],
                contents: [("application/json", .list(of: schema))]
            )
        }

        /// Something was made, and here it is found.
        static func made(_ schema: Schema = .named("Made"), links: [Link] = []) -> Answer {
            Answer(
                status: .created,
                description: "It was made.",
                headers: [.location],
                contents: [("application/json", schema)],
                links: links
            )
        }

        func or(_ type: String, _ schema: Schema) -> Answer {
            var changed = self
            changed.contents.append((type, schema))
            return changed
        }

        func with(_ headers: Header...) -> Answer {
            var changed = self
            changed.headers += headers
            return changed
        }

        /// With an ETag, so that nothing is sent twice.
        var tagged: Answer {
            var changed = with(.eTag)
            changed.isTagged = true
            return changed
        }
    }

    /// What can be done next with what was made; its id goes into the address.
    struct Link: Sendable {
        let name: String
        var isInChapter = true
    }

    /// A header of an answer that the document describes once.
    enum Header: String, Sendable, CaseIterable {
        case link = "Link"
        case location = "Location"
        case eTag = "ETag"
        case retryAfter = "Retry-After"
        case challenge = "WWW-Authenticate"
    }
}

/// The operations of one resource and the schemas that only they need.
struct Resource: Sendable {
    let name: String
    let description: String
    /// Below `/api/v1/`.
    let path: String
    /// What an id in the address is.
    let id: Schema
    let schemas: [(name: String, schema: Schema)]
    let operations: [Operation]

    init(
        _ name: String,
        _ description: String,
        at path: String,
        id: Schema = .slipID,
        schemas: KeyValuePairs<String, Schema> = [:],
        more moreSchemas: [(name: String, schema: Schema)] = [],
        _ operations: [Operation]
    ) {
        (self.name, self.description, self.path, self.id) = (name, description, path, id)
        self.schemas = schemas.map { ($0.key, $0.value) } + moreSchemas
        self.operations = operations
    }
}
