import TestSupport
import Testing

@Suite(.freshDatabase, .timeLimit(.minutes(20)))
struct `Ending the service` {
    /// Begins a request, asks the service to end in its midst, and goes on once nobody else gets in.
    private static let scene = """
        import os, re, signal, socket, subprocess, sys, time
        service = subprocess.Popen([os.environ["chapterhouse"], "serve", "--listen", "127.0.0.1:0"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            for line in service.stderr:
                ready = re.match("Ready at http://127.0.0.1:([0-9]+)/", line)
                if ready: break
            place = ("127.0.0.1", int(ready[1]))
            def talk():
                client = socket.create_connection(place, timeout=60)
                return client
            def answer(client):
                text = b""
                while piece := client.recv(65536): text += piece
                return text.decode()
            resting = talk()
            first = b"GET /sign-in HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n"
            resting.sendall(first)
            while b"</html>" not in resting.recv(65536): pass
            begun = talk()
            form = b"email=nobody%40example.org&password=wrong"
            head = ("POST /sign-in HTTP/1.1\\r\\nHost: a\\r\\nSec-Fetch-Site: same-origin\\r\\nContent-Length: %d\\r\\n"
                    "Content-Type: application/x-www-form-urlencoded\\r\\n\\r\\n" % len(form)).encode()
            # Both in one piece: when the first is answered, what there is of the second has been read.
            begun.sendall(first + head + form[:10])
            while b"</html>" not in begun.recv(65536): pass
            service.send_signal(getattr(signal, sys.argv[1]))
            deadline = time.time() + 60
            while time.time() < deadline:
                try: talk().close()
                except ConnectionRefusedError:
                    print("refused")
                    break
                time.sleep(0.02)
            print("resting:", repr(answer(resting)))
            print("running:", service.poll() is None)
            begun.sendall(form[10:])
            said = answer(begun)
            print("answered:", said[:12], "closing" if "connection: close" in said.lower() else "open",
                  "whole" if said.rstrip().endswith("</html>") else "in part")
            print("ended:", service.wait(60))
        finally:
            service.kill()
        """

    let shell: Shell

    init() throws {
        shell = Shell(database: try ScratchDatabase.current.address(role: "chapterhouse_app"))
    }

    @Test(arguments: ["SIGTERM", "SIGINT", "SIGHUP"])
    func `finishes what was begun, lets nobody else in, and ends with 0`(_ signal: String) async throws {
        var shell = shell
        shell.environment["scene"] = Self.scene
        let ending = try await shell.pipe("python3 -c \"$scene\" \(signal)")
        #expect(
            ending.output == """
                refused
                resting: ''
                running: True
                answered: HTTP/1.1 422 closing whole
                ended: 0

                """,
            "\(ending.errors)"
        )
    }
}
