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
            # Not a password: to hash one takes as long as the machine has others to serve.
            form = b"language=none-of-ours"
            head = ("POST /language HTTP/1.1\\r\\nHost: a\\r\\nSec-Fetch-Site: same-origin\\r\\nContent-Length: %d\\r\\n"
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
                  "whole" if said.endswith("}") else "in part")
            print("ended:", service.wait(60))
        finally:
            service.kill()
        """

    /// Asks a service to end that drains, and then asks once more on one of two connections that rest, and on a new one.
    private static let draining = """
        import os, re, signal, socket, subprocess, time, urllib.error, urllib.request
        def free():
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                return probe.getsockname()[1]
        admin = free()
        service = subprocess.Popen([os.environ["chapterhouse"], "serve", "--listen", "127.0.0.1:0", "--drain", "2",
                                    "--admin-listen", f"127.0.0.1:{admin}"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            for line in service.stderr:
                ready = re.match("Ready at http://127.0.0.1:([0-9]+)/", line)
                if ready: break
            place = ("127.0.0.1", int(ready[1]))
            question = b"GET /sign-in HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n"
            def rest():
                client = socket.create_connection(place, timeout=60)
                client.sendall(question)
                said = b""
                while b"</html>" not in said: said += client.recv(65536)
                return client, said
            def readiness():
                try: return urllib.request.urlopen(f"http://127.0.0.1:{admin}/readyz").status
                except urllib.error.HTTPError as error: return error.code
            def answer(client):
                text = b""
                while piece := client.recv(65536): text += piece
                return text
            def shows(said):
                return said[:12].decode(), "closing" if b"connection: close" in said.lower() else "open"
            asking, first = rest()
            silent, _ = rest()
            print("before:", readiness(), *shows(first))
            service.send_signal(signal.SIGTERM)
            while readiness() == 200: time.sleep(0.02)
            print("draining:", readiness())
            asking.sendall(question)
            print("asked again:", *shows(answer(asking)))
            late = socket.create_connection(place, timeout=60)
            late.sendall(question)
            print("came late:", *shows(answer(late)))
            print("silent:", answer(silent))
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

    @Test func `goes on answering for as long as it was told to, and sends everybody away`() async throws {
        var shell = shell
        shell.environment["scene"] = Self.draining
        let ending = try await shell.pipe("python3 -c \"$scene\"")
        #expect(
            ending.output == """
                before: 200 HTTP/1.1 200 open
                draining: 503
                asked again: HTTP/1.1 200 closing
                came late: HTTP/1.1 200 closing
                silent: b''
                ended: 0

                """,
            "\(ending.errors)"
        )
    }
}
