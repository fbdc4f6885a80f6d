import Exchange
import HTTPTypes
import ReferralGroup

/// The API described in OpenAPI 3.1: the operations that stand beside the routes, with the rights of the routes.
struct Document {
    static let folder = "/api/v1"

    /// A resource for each kind of route; a test holds them against the router.
    static let resources: [Resource] =
        [
            ReportRoutes.description, RegionRoutes.description, MemberRoutes.description,
            MeetingRoutes.description,
            ReferralRoutes.description, ThanksRoutes.description, OfficeRoutes.description,
            PolicyRoutes.description, MonthRoutes.description, CorrectionRoutes.description,
            ImportRoutes.description,
            ApplicationRoutes.description,
            DuesRoutes.description, LetterRoutes.description, FollowUpRoutes.description,
            OwnRoutes.description,
            OwnCalendarRoutes.description, ChapterCalendarRoutes.description, WebhookRoutes.description,
            InvitationRoutes.description, DocumentRoutes.description,
        ] + SlipRoutes.descriptions + PostingRoutes.descriptions + ContactRoutes.descriptions
        + PlannerRoutes.descriptions + [AppointmentRoutes.description, SeatRoutes.description]
        + IntroductionRoutes.descriptions

    private let rights: [String: Right]

    init(of routes: some Sequence<Route>) {
        var rights: [String: Right] = [:]
        for route in routes { rights["\(route.method) \(route.path)"] = route.right }
        self.rights = rights
    }

    var bytes: [UInt8] {
        var writer = JSONWriter()
        value.write(to: &writer)
        return writer.bytes
    }

    private var value: DocumentValue {
        [
            "openapi": "3.1.0",
            "info": Self.info,
            "servers": [["url": "/", "description": "Where this document comes from."]],
            "tags": .array(
                Self.resources.map { ["name": .string($0.name), "description": .string($0.description)] }
            ),
            "paths": paths,
            "components": Self.components,
        ]
    }

    private static let info: DocumentValue = [
        "title": "Chapterhouse",
        "version": "1",
        "summary": "Members, meetings, referrals and thanks of a referral group, and what it all returns.",
        "description": .string(
            """
            Somebody is named by the number of their membership or in words, as at the shell. Who is left out where it \
            can only be oneself is oneself. A member of an object that nobody knows is refused, and so is a parameter. \
            An answer may come to have more members: leave aside those that you do not know. A wrong method is 405 \
            with Allow; a head that is too slow or too large is 408 or 431.
            """
        ),
        "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
    ]

    private var paths: DocumentValue {
        var paths: [(address: String, operations: [(String, DocumentValue)])] = []
        for resource in Self.resources {
            for operation in resource.operations {
                let address = resource.address(of: operation)
                let right = rights["\(operation.method) \(address)"] ?? .anyone
                let member = (operation.method.rawValue.lowercased(), resource.describe(operation, right))
                if let place = paths.firstIndex(where: { $0.address == address }) {
                    paths[place].operations.append(member)
                } else {
                    paths.append((address, [member]))
                }
            }
        }
        return .object(paths.map { ($0.address, .object($0.operations)) })
    }

    private static let components: DocumentValue = [
        "securitySchemes": [
            "token": [
                "type": "http", "scheme": "bearer", "bearerFormat": "chapterhouse_<id>_<secret>",
                "description":
                    "Made at /account or by `chapterhouse person token create`. Scope `read` reads, `everything` writes as well; neither may more than the person.",
            ],
            "session": [
                "type": "apiKey", "in": "cookie", "name": .string(SignIn.cookie),
                "description":
                    "Who signed in at a browser. What a session changes has to come from a page of ours: by Sec-Fetch-Site, Origin or X-Form-Token.",
            ],
        ],
        "schemas": .object(
            (Schema.ofEverything + resources.flatMap(\.schemas)).map { ($0.name, $0.schema.value) }
        ),
        "headers": .object(Operation.Header.allCases.map { ($0.rawValue, $0.value) }),
        "responses": .object(HTTPResponse.Status.problems.map { ($0.name, $0.problem) }),
    ]
}

extension Resource {
    fileprivate func address(of operation: Operation) -> String {
        let below = operation.path.isEmpty ? "" : "/\(operation.path)"
        return "\(Document.folder)/\(path)\(below)"
    }

    fileprivate func describe(_ operation: Operation, _ right: Right) -> DocumentValue {
        let parameters = pathParameters(of: operation) + operation.parameters
        var members: [(String, DocumentValue)] = [
            ("operationId", .string(operation.name)), ("tags", [.string(name)]),
            ("summary", .string(operation.summary)),
            ("description", .string("\(operation.details) \(right.sentence)".trimmed)),
            ("security", right.security(isReading: operation.method == .get)),
        ]
        if !parameters.isEmpty { members.append(("parameters", .array(parameters.map(\.value)))) }
        if let body = operation.body {
            let content: DocumentValue = [
                "schema": body.schema.value,
                "examples": [operation.name: ["value": body.example]],
            ]
            let requestBody: DocumentValue = ["required": true, "content": ["application/json": content]]
            members.append(("requestBody", requestBody))
        }
        if !operation.fileTypes.isEmpty {
            let file: DocumentValue = ["type": "string", "format": "binary"]
            var contents: [(String, DocumentValue)] = operation.fileTypes.map { ($0, ["schema": file]) }
            if let form = operation.form { contents.append((ImportRoutes.formType, ["schema": form.value])) }
            let content = DocumentValue.object(contents)
            members.append(("requestBody", ["required": true, "content": content]))
        }
        members.append(("responses", operation.responses(right)))
        return .object(members)
    }

    private func pathParameters(of operation: Operation) -> [Parameter] {
        address(of: operation).split(separator: "/").filter { $0.first == "{" }.map {
            .path(String($0.dropFirst().dropLast()), id: id)
        }
    }
}

extension Operation {
    fileprivate func responses(_ right: Right) -> DocumentValue {
        var responses = [("\(answer.status.code)", answer.value)]
        responses += others.map { ("\($0.status.code)", $0.value) }
        if answer.isTagged { responses.append(("304", ["description": "It is as you have it."])) }
        let always: [HTTPResponse.Status] = [
            .badRequest, .contentTooLarge, .requestHeaderFieldsTooLarge, .serviceUnavailable,
        ]
        let ofBodies: [HTTPResponse.Status] =
            body == nil && fileTypes.isEmpty ? [] : [.unsupportedMediaType, .unprocessableContent]
        for status in Set(always + ofBodies + right.problems + problems).sorted(by: { $0.code < $1.code }) {
            responses.append(("\(status.code)", .reference("responses", status.name)))
        }
        return .object(responses)
    }
}

extension Operation.Answer {
    fileprivate var value: DocumentValue {
        var members: [(String, DocumentValue)] = [("description", .string(description))]
        if !headers.isEmpty {
            members.append(
                ("headers", .object(headers.map { ($0.rawValue, .reference("headers", $0.rawValue)) }))
            )
        }
        if !contents.isEmpty {
            members.append(("content", .object(contents.map { ($0.type, ["schema": $0.schema.value]) })))
        }
        if !links.isEmpty {
            members.append(("links", .object(links.map { ($0.name, $0.value) })))
        }
        return .object(members)
    }
}

extension Operation.Link {
    fileprivate var value: DocumentValue {
        let chapter: [(String, DocumentValue)] =
            isInChapter ? [("chapter", "$request.path.chapter")] : []
        return [
            "operationId": .string(name),
            "parameters": .object(chapter + [("id", "$response.body#/id")]),
        ]
    }
}

extension Operation.Header {
    fileprivate var value: DocumentValue {
        let (schema, description): (Schema, String) =
            switch self {
            case .link: (.text, "Where there is more: the address of the next part, rel=\"next\" (RFC 8288).")
            case .location: (.text, "Where it is found.")
            case .eTag: (.matching(#"^(W/)?"[!#-~]*"$"#), "Another one for every other state.")
            case .retryAfter: (.count, "In how many seconds to ask again.")
            case .challenge: (.text, "How to show who asks.")
            }
        return ["description": .string(description), "schema": schema.value]
    }
}

extension Right {
    fileprivate var sentence: String {
        switch self {
        case .anyone: "For anyone."
        case .oneself: "For whoever is signed in."
        case .inChapter(let permission): "For whoever may \(permission.purpose)."
        case .inRegion: "For whoever directs the region."
        case .operators: "For whoever operates the installation."
        }
    }

    fileprivate func security(isReading: Bool) -> DocumentValue {
        if case .anyone = self { return [] }
        return [["token": [isReading ? "read" : "everything"]], ["session": []]]
    }

    fileprivate var problems: [HTTPResponse.Status] {
        switch self {
        case .anyone: []
        case .oneself: [.unauthorized, .forbidden]
        case .inChapter: [.unauthorized, .forbidden, .notFound]
        case .inRegion, .operators: [.unauthorized, .notFound]
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        first == " " ? String(dropFirst()) : self
    }
}
