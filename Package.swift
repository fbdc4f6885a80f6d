// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let deque: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let jwtKit: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioLocks: Target.Dependency = .product(name: "NIOConcurrencyHelpers", package: "swift-nio")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

/// The architecture: what there is, and who may import whom.
///
/// `deploy/test` holds every `import` to it.
let package = Package(
    name: "chapterhouse",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "chapterhouse", targets: ["chapterhouse"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: [
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(
            name: "CXLSXWriter",
            pkgConfig: "xlsxwriter",
            providers: [.apt(["libxlsxwriter-dev"])]
        ),
        .systemLibrary(name: "CFileInMemory"),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),

        .target(name: "Postgres", dependencies: ["CLibPQ", deque, logging], swiftSettings: strict),
        .target(name: "Migrations", dependencies: ["Postgres"], swiftSettings: strict),
        .target(name: "ReferralGroup", swiftSettings: strict),
        .target(
            name: "Identity",
            dependencies: ["ReferralGroup", crypto, cryptoExtras, jwtKit, nioLocks],
            swiftSettings: strict
        ),
        .target(
            name: "Storage",
            dependencies: ["Postgres", "Migrations", "ReferralGroup", crypto, logging],
            swiftSettings: strict
        ),
        .target(
            name: "Exchange",
            dependencies: ["CFileInMemory", "CLibXML2", "CQREncode", "CXLSXWriter", "ReferralGroup"],
            swiftSettings: strict
        ),
        .target(name: "Pages", dependencies: ["ReferralGroup"], swiftSettings: strict),
        .target(
            name: "Printing",
            dependencies: ["Exchange", "Pages", "ReferralGroup", subprocess, systemPackage],
            swiftSettings: strict
        ),
        .target(name: "Fetching", dependencies: ["CCurl"], swiftSettings: strict),
        .target(
            name: "Postman",
            dependencies: [
                "CCurl", "Exchange", "Fetching", "Identity", "Pages", "Storage", "ReferralGroup", lifecycle,
                logging,
                subprocess, systemPackage,
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Courier",
            dependencies: [
                "CCurl", "Fetching", "Identity", "Storage", "ReferralGroup", lifecycle, logging,
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Scheduling",
            dependencies: ["Storage", "ReferralGroup", lifecycle, logging],
            swiftSettings: strict
        ),
        .target(
            name: "Service",
            dependencies: [
                "Storage", "Exchange", "Fetching", "Identity", "Pages", "Postman", "Printing",
                "ReferralGroup",
                crypto, hummingbird, hummingbirdCore, httpTypes, lifecycle, logging, nioCore, nioHTTP1,
                nioLocks, nioPosix, unixSignals,
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "chapterhouse",
            dependencies: [
                "Service", "Storage", "Courier", "Exchange", "Fetching", "Identity", "Pages", "Postman",
                "Printing", "ReferralGroup", "Scheduling", argumentParser, configuration, crypto, lifecycle,
                logging, subprocess, systemPackage,
            ],
            swiftSettings: strict
        ),

        .executableTarget(
            name: "benchmark",
            dependencies: [
                "Postgres", "Storage", "ReferralGroup", "Exchange", "TestCluster", argumentParser, logging,
            ],
            exclude: ["peers"],
            swiftSettings: strict
        ),
        .target(name: "TestCluster", path: "Tests/TestCluster", swiftSettings: strict),
        .target(
            name: "TestSupport",
            dependencies: [
                "Postgres", "Storage", "ReferralGroup", "TestCluster", logging, subprocess, systemPackage,
            ],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        .testTarget(
            name: "PostgresTests",
            dependencies: ["Postgres", "Migrations", "TestCluster", "TestSupport", logging],
            swiftSettings: strict
        ),
        .testTarget(name: "ReferralGroupTests", dependencies: ["ReferralGroup"], swiftSettings: strict),
        .testTarget(
            name: "IdentityTests",
            dependencies: ["Identity", "ReferralGroup", crypto, cryptoExtras],
            swiftSettings: strict
        ),
        .testTarget(
            name: "StorageTests",
            dependencies: ["Storage", "Postgres", "Migrations", "ReferralGroup", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ExchangeTests",
            dependencies: ["Exchange", "ReferralGroup", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "FetchingTests",
            dependencies: ["Fetching", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PagesTests",
            dependencies: ["Pages", "ReferralGroup", "TestSupport"],
            exclude: ["monthly-return.html"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PrintingTests",
            dependencies: ["Printing", "Exchange", "Pages", "ReferralGroup", "TestSupport"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "PostmanTests",
            dependencies: [
                "Postman", "Storage", "Postgres", "ReferralGroup", "TestCluster", "TestSupport", lifecycle,
                logging,
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CourierTests",
            dependencies: [
                "Courier", "Fetching", "Storage", "Postgres", "ReferralGroup", "TestSupport", lifecycle,
                logging,
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SchedulingTests",
            dependencies: [
                "Scheduling", "Storage", "Postgres", "ReferralGroup", "TestSupport", lifecycle, logging,
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ServiceTests",
            dependencies: [
                "Service", "Storage", "Postgres", "Fetching", "Identity", "Printing", "ReferralGroup",
                "TestCluster", "TestSupport",
                hummingbird, httpTypes, logging, nioCore, nioEmbedded, nioLocks, nioPosix,
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "SchemaTests",
            dependencies: ["Postgres", "Storage", "ReferralGroup", "TestSupport", logging],
            swiftSettings: strict
        ),
        .testTarget(
            name: "FuzzTests",
            dependencies: [
                "Postgres", "Storage", "ReferralGroup", "Exchange", "Fetching", "Identity", "Pages",
                "Postman",
                "Service", hummingbird, httpTypes,
            ],
            exclude: ["corpus", "Program"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CommandTests",
            dependencies: ["Postgres", "Storage", "ReferralGroup", "TestSupport", subprocess, systemPackage],
            swiftSettings: strict
        ),
    ],
    swiftLanguageModes: [.v6]
)

// What fuzzes is a program in the place of its tests: only libFuzzer, which deploy/fuzz links, can run it.
if Context.environment["CHAPTERHOUSE_FUZZ"] != nil,
    let tests = package.targets.first(where: { $0.name == "FuzzTests" })
{
    package.targets.removeAll { $0 === tests }
    package.targets.append(
        .executableTarget(
            name: "fuzz",
            dependencies: tests.dependencies,
            path: "Tests/FuzzTests",
            exclude: ["corpus", "ReplayingTheCorpus.swift"],
            swiftSettings: strict
        )
    )
}

// Where everything is compiled anew, as for a sanitizer, only what one test target needs.
if let tests = Context.environment["CHAPTERHOUSE_TESTS"] {
    var needed: Set = [tests]
    var left = [tests]
    while let name = left.popLast() {
        for case .byNameItem(let name, _) in package.targets.first(where: { $0.name == name })?.dependencies
            ?? []
        where needed.insert(name).inserted { left.append(name) }
    }
    package.targets.removeAll { !needed.contains($0.name) }
    package.products = []
}
