// swift-tools-version: 6.2
import PackageDescription

// Warnings are errors in continuous integration, so that none is ever landed; a developer's
// half-finished file still compiles.
let strict: [SwiftSetting] =
    [
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("ExistentialAny"),
    ] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// A room: a folder of `Sources` and what it imports, exactly; `RoomsTests` holds the two together. DECISIONS.md (D1)
/// says why they are laid out so.
func room(_ name: String, _ imports: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: imports, swiftSettings: strict)
}

/// A folder of `Tests`. Fixtures are read from the checkout, so none is a bundled resource.
func tests(_ name: String, of rooms: [Target.Dependency], besides files: [String] = []) -> Target {
    .testTarget(name: name + "Tests", dependencies: rooms, path: "Tests/" + name, exclude: files, swiftSettings: strict)
}

let bigInt: Target.Dependency = .product(name: "BigInt", package: "BigInt")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")

// Only with this set is there a fuzzer to build: it needs sanitizers on everything.
let fuzzer: [Target] =
    Context.environment["OUTTURN_FUZZ"] == nil
    ? []
    : [
        .executableTarget(
            name: "fuzz", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/Driver",
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])])
    ]

let package = Package(
    name: "outturn",
    products: [.executable(name: "outturn", targets: ["outturn"])],
    dependencies: [
        .package(url: "https://github.com/attaswift/BigInt.git", from: "6.0.1"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.1"),
    ],
    targets: [
        room("Sterling", [bigInt]),
        room("Findings"),
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
        .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        room("Sheets", ["Findings", "CLibXML2", "CZip", "CISAL"]),
        room("Ledger", ["Sterling", "Findings"]),
        room("Importing", ["Sterling", "Findings", "Sheets", "Ledger", yams]),
        room("Agreements", ["Sterling", "Findings", "Ledger"]),
        room("Sharing", ["Sterling", "Ledger", "Agreements"]),
        room("Books", ["Sterling", "Findings", "Sheets", "Ledger", "Agreements", "Importing", crypto]),
        room("Statements", ["Sterling", "Findings", "Ledger", "Agreements", "Sharing"]),
        room("Checks", ["Sterling", "Findings", "Ledger", "Agreements", "Sharing", "Importing", "Statements"]),
        room("Casting", ["Sterling", "Findings", "Sheets"]),
        .target(
            name: "Templates",
            path: "Templates",
            resources: [
                .embedInCode("statement.html"),
                .embedInCode("check-table.html"),
                .embedInCode("style.css"),
                .embedInCode("table.html"),
                .embedInCode("report.html"),
                .embedInCode("agreement.html"),
                .embedInCode("schemas/statement.schema.json"),
                .embedInCode("schemas/check-table.schema.json"),
                .embedInCode("new-agreement.txt"),
                .embedInCode("new-map.yaml"),
                .embedInCode("new-north.csv"),
                .embedInCode("new-south.csv"),
                .embedInCode("new-opening.csv"),
                .embedInCode("new-budget.csv"),
                .embedInCode("new-explanations.csv"),
                .embedInCode("maps/civica.yaml"),
                .embedInCode("maps/integra.yaml"),
                .embedInCode("maps/oracle-gl.yaml"),
                .embedInCode("maps/period-columns.yaml"),
                .embedInCode("maps/plain-list.yaml"),
                .embedInCode("maps/sap-alv.yaml"),
                .embedInCode("maps/unit4.yaml"),
            ],
            swiftSettings: strict),
        room(
            "Rendering",
            [
                "Sterling", "Findings", "CLibXML2", "CZip", "CXlsxWriter", "Sheets", "Ledger", "Agreements", "Sharing",
                "Importing", "Books", "Statements", "Checks", "Casting", "Templates", mustache,
            ]),
        room(
            "Workflow",
            [
                "Sterling", "Findings", "Sheets", "Ledger", "Agreements", "Sharing", "Importing", "Books", "Statements",
                "Checks", "Casting", "Templates",
            ]),
        room(
            "Publishing",
            [
                "Sterling", "Findings", "Sheets", "Ledger", "Agreements", "Importing", "Books", "Statements",
                "Templates",
                "Rendering", "Workflow",
            ]),
        .executableTarget(
            name: "outturn",
            dependencies: [
                "Sterling", "Findings", "Sheets", "Ledger", "Agreements", "Importing", "Books", "Statements", "Casting",
                "Rendering", "Workflow", "Publishing", argumentParser,
            ],
            swiftSettings: strict),
        // Answers the independent calculators of Tests/Oracle, case by case.
        .executableTarget(
            name: "oracle-runner",
            dependencies: ["Sterling", "Findings", "Ledger", "Agreements", "Sharing", "Statements"],
            path: "Tests/Oracle/Runner", swiftSettings: strict),
        // Stretches of rows for the scanners' proof, and a program that runs many of them.
        .target(
            name: "Proof", dependencies: ["Sheets"], path: "Tests/Proof", exclude: ["Runner"], swiftSettings: strict),
        .executableTarget(
            name: "scanner-proof", dependencies: ["Proof"], path: "Tests/Proof/Runner", swiftSettings: strict),
        // What the fuzzer feeds; the fuzzer itself is built only when asked for (Tests/Fuzz/README.md).
        .target(
            name: "FuzzTargets",
            dependencies: [
                "Sterling", "Findings", "Sheets", "Ledger", "Agreements", "Sharing", "Importing", "Casting", "Proof",
            ], path: "Tests/Fuzz/Targets",
            swiftSettings: strict),
        tests("Sterling", of: ["Sterling"], besides: ["amount-notations.txt"]),
        tests("Findings", of: ["Findings"]),
        tests("Ledger", of: ["Sterling", "Findings", "Ledger"]),
        tests("Sheets", of: ["Findings", "Sheets", "Proof"]),
        tests("Agreements", of: ["Findings", "Agreements"]),
        tests("Sharing", of: ["Sterling", "Findings", "Ledger", "Agreements", "Sharing"]),
        tests(
            "Importing",
            of: ["Sterling", "Findings", "Sheets", "Ledger", "Agreements", "Sharing", "Importing", "Templates"]),
        tests("Statements", of: ["Sterling", "Findings", "Ledger", "Agreements", "Sharing", "Statements"]),
        tests(
            "Checks",
            of: [
                "Sterling", "Findings", "Ledger", "Agreements", "Sharing", "Statements", "Checks", "Books", "Workflow",
            ]),
        tests("Casting", of: ["Findings", "Casting"], besides: ["tables"]),
        tests(
            "Rendering",
            of: ["Sterling", "Findings", "Ledger", "Statements", "Templates", "Rendering", "Workflow", "Publishing"]),
        tests("Books", of: ["Findings", "Sheets", "Ledger", "Books"]),
        tests(
            "Workflow",
            of: [
                "Sterling", "Findings", "Ledger", "Agreements", "Sharing", "Importing", "Statements", "Rendering",
                "Workflow", "Publishing", "outturn", crypto,
            ]),
    ] + fuzzer,
    swiftLanguageModes: [.v6])
