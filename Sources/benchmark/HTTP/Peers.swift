import Glibc
import TestCluster

/// The programs in `Sources/benchmark/peers`, in a virtual environment of their own.
struct Peers: Sendable {
    private let ground: Ground
    private let environment: String

    private static let sources =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
        + "/peers"

    /// Makes the virtual environment when there is none of these versions; a quick run does not.
    init(_ ground: Ground, installing: Bool) throws {
        self.ground = ground
        environment = try Self.cache() + "/peers"
        let wanted = ChildProcess.contents(of: "\(Self.sources)/requirements.txt")
        guard !wanted.isEmpty else { throw Trouble("\(Self.sources) is not there") }
        let copy = "\(environment)/requirements.txt"
        if ChildProcess.contents(of: copy) == wanted { return }
        guard installing else {
            throw Trouble("the peers' packages are not installed; a run without --quick installs them")
        }
        let log = try ScratchFile()
        for step in [
            ["rm", "-rf", environment], ["mkdir", "-p", environment],
            ["python3", "-m", "venv", environment],
            ["\(environment)/bin/pip", "install", "-q", "-r", "\(Self.sources)/requirements.txt"],
            // Last: what was cut short is begun again.
            ["cp", "\(Self.sources)/requirements.txt", copy],
        ] {
            try ChildProcess.run(step, output: log.path)
        }
    }

    /// FastAPI on asyncpg, behind uvicorn.
    func fastAPI(workers: Int, answering first: Request) throws -> Server {
        try Server("FastAPI", answering: first) { port in
            variables + [
                "\(environment)/bin/uvicorn", "fastapi_peer:app", "--app-dir", Self.sources,
                "--host", "127.0.0.1", "--port", "\(port)", "--workers", "\(workers)",
                "--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning",
            ]
        }
    }

    /// Django behind gunicorn, with 2 workers of 4 threads.
    func django(answering first: Request) throws -> Server {
        try Server("Django", answering: first) { port in
            variables + [
                "\(environment)/bin/gunicorn", "django_peer.wsgi", "--chdir", Self.sources,
                "--bind", "127.0.0.1:\(port)", "--workers", "2", "--worker-class", "gthread",
                "--threads", "4", "--keep-alive", "30", "--log-level", "warning",
            ]
        }
    }

    /// Python keeps what it compiles, as it does where it is installed, whatever the shell says.
    private var variables: [String] {
        [
            "env", "-u", "PYTHONDONTWRITEBYTECODE", "PGHOST=\(ground.cluster.folder)",
            "PGDATABASE=\(ground.database)",
            "PGUSER=\(Ground.app)", "PYTHONPYCACHEPREFIX=\(environment)/compiled",
        ]
    }

    private static func cache() throws -> String {
        let variable = { (name: String) in
            getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        guard let folder = variable("XDG_CACHE_HOME") ?? variable("HOME").map({ "\($0)/.cache" }) else {
            throw Trouble("neither HOME nor XDG_CACHE_HOME says where to keep the peers' packages")
        }
        return "\(folder)/chapterhouse-benchmark"
    }
}
