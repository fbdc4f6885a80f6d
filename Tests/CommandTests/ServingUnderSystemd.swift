import TestSupport
import Testing

/// The program beside a socket that hears what systemd would.
@Suite(.freshDatabase, .timeLimit(.minutes(20)))
struct `Serving under systemd` {
    /// Starts the service with a socket of one kind, and prints what it says in the course of its life.
    private static let scene = """
        import os, signal, socket, subprocess, sys, tempfile, time
        kind = sys.argv[1]
        folder = tempfile.mkdtemp()
        path = "\\0chapterhouse-%d" % os.getpid() if kind == "abstract" else folder + "/notify"
        ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        ear.bind(path)
        def heard(seconds):
            ear.settimeout(seconds)
            try: return ear.recv(4096).decode()
            except TimeoutError: return "nothing"
        environment = os.environ | {"NOTIFY_SOCKET": path.replace("\\0", "@"), "WATCHDOG_USEC": "300000"}
        service = subprocess.Popen([os.environ["chapterhouse"], "serve", "--listen", "127.0.0.1:0"],
                                   env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            early = heard(60)
            while not early.startswith("READY=1"): early = heard(60)
            print("first:", early.replace(chr(10), " "))
            print("then:", heard(60))
            service.send_signal(signal.SIGSTOP)
            time.sleep(0.1)
            while heard(0.1) != "nothing": pass
            print("stopped:", heard(1))
            service.send_signal(signal.SIGCONT)
            print("continued:", heard(60))
            service.terminate()
            last = heard(60)
            while last == "WATCHDOG=1": last = heard(60)
            print("last:", last.replace(chr(10), " "))
            print("ended:", service.wait(60))
        finally:
            service.kill()
        """

    @Test(arguments: ["path", "abstract"])
    func `says that it is ready, that it lives, and that it ends`(kind: String) async throws {
        var shell = Shell(database: try ScratchDatabase.current.address(role: "chapterhouse_app"))
        shell.environment = ["scene": Self.scene]
        let said = try await shell.pipe("python3 -c \"$scene\" \(kind)")
        #expect(said.output.contains("first: READY=1 STATUS=Serving at 127.0.0.1:"), "\(said.errors)")
        #expect(said.output.contains("then: WATCHDOG=1"))
        #expect(said.output.contains("stopped: nothing"))
        #expect(said.output.contains("continued: WATCHDOG=1"))
        #expect(said.output.contains("last: STOPPING=1 STATUS=Finishing what was begun"))
        #expect(said.output.contains("ended: 0"))
    }
}
