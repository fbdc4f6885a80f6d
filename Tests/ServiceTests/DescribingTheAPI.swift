import HTTPTypes
import Hummingbird
import Service
import TestSupport
import Testing

@Suite(.freshDatabase)
struct `Describing the API` {
    static let address = "/api/v1/openapi.json"
    let nobody: Caller

    init() throws {
        nobody = Caller(database: try ScratchDatabase.current.database)
    }

    @Test func `names every route below api, and none that there is not`() async throws {
        let paths = try #require(try await nobody.get(Self.address).json["paths"])
        let described = paths.members.flatMap { path, operations in
            operations.members.keys.map { "\($0.uppercased()) \(path)" }
        }
        let routes = nobody.router.routes.filter { "\($0.path)".hasPrefix("/api/v1") }
        #expect(described.sorted() == routes.map { "\($0.method) \($0.path)" }.sorted())
    }

    @Test func `says who may, as the routes do`() async throws {
        let paths = try #require(try await nobody.get(Self.address).json["paths"])
        let routes = ChapterhouseService.routes(
            database: nobody.database,
            hashing: .cheap,
            baseURL: "https://chapterhouse.example.org"
        )
        for route in routes.all where route.path.hasPrefix("/api/v1") {
            let operation = paths[route.path]?[route.method.rawValue.lowercased()]
            let security = try #require(operation?["security"]?.elements, "\(route.method) \(route.path)")
            let scope: JSON = .string(route.method == .get ? "read" : "everything")
            #expect(
                security
                    == (route.right == .anyone
                        ? [] : [.object(["token": .array([scope])]), .object(["session": .array([])])])
            )
            let problems = operation?["responses"]?.members.keys.filter { $0.hasPrefix("4") } ?? []
            #expect(problems.contains("401") == (route.right != .anyone))
        }
    }

    @Test func `says where each thing that was made is read`() async throws {
        let paths = try #require(try await nobody.get(Self.address).json["paths"])
        var made = 0
        for (path, operations) in paths.members {
            let answer = operations["post"]?["responses"]?["201"]
            guard answer?["headers"]?["Location"] != nil else { continue }
            made += 1
            // A membership that begins again is found where all of them are.
            let place = path.replacing("/{id}/rejoin", with: "")
            #expect(
                paths["\(place)/{id}"]?["get"] != nil,
                "\(path) says Location, and there is nothing to get"
            )
        }
        #expect(made > 10)
    }

    @Test func `is valid OpenAPI`() async throws {
        try await whileServing(nobody.database) { port, _ in
            let ending = try await TestPython.run("API/valid.py", ["http://127.0.0.1:\(port)"])
            #expect(ending.hasSucceeded, "\(ending.words)")
        }
    }

    @Test func `is sent once to whoever keeps it`() async throws {
        let first = try await nobody.get(Self.address)
        let tag = try #require(first["ETag"])
        let again = try await nobody.send(.get, Self.address, headers: [.ifNoneMatch: tag])
        #expect(again.status == 304 && again.text.isEmpty && again["ETag"] == tag)
        let other = try await nobody.send(.get, Self.address, headers: [.ifNoneMatch: "\"5a1f\""])
        #expect(other.status == 200)
        #expect(first["Cache-Control"] == "public, no-cache")
        try await nobody.get("\(Self.address)?x=1").isProblem(400)
    }
}
