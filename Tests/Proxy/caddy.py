#!/usr/bin/env python3
"""A real Caddy with the sample of deploy/caddy, before a service on this machine.

    caddy.py    holds it to what docs/proxies.md says of it, before an upstream that says what it was asked
"""

import contextlib
import http.server
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

from nginx import Failure, certify

SAMPLE = pathlib.Path(__file__).resolve().parents[2] / "deploy/caddy/Caddyfile"


def free_ports(count):
    bound = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in bound]
    for one in bound:
        one.close()
    return ports


class Caddy:
    """Caddy in a folder that goes with it."""

    def __init__(self, name, service_port):
        self.name = name
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.certificate = self.folder / "certificate.pem"
        self.port, self.plain_port = free_ports(2)
        try:
            certify(name, self.folder)
            self.configure(service_port)
            self.start()
        except BaseException:
            shutil.rmtree(self.folder)
            raise

    def configure(self, service_port):
        sample = SAMPLE.read_text()
        # Nothing else is changed, and a line that is not in the sample any more is an error.
        for theirs, ours in {
            "/var/lib/caddy/": f"{self.folder}/",
            "/var/log/caddy/": f"{self.folder}/",
            "reverse_proxy 127.0.0.1:8080 {": f"reverse_proxy 127.0.0.1:{service_port} {{",
            "\ttls {": f"\ttls {self.certificate} {self.folder}/key.pem {{",
            "\nhttp:// {": f"\nhttp://:{self.plain_port} {{\n\tbind 127.0.0.1",
            "\nhttps://chapterhouse.example.org {": f"\nhttps://{self.name}:{self.port} {{\n\tbind 127.0.0.1",
            "\nhttps:// {": f"\nhttps://:{self.port} {{\n\tbind 127.0.0.1",
            "redir https://chapterhouse.example.org": f"redir https://{self.name}",
            # Caddy opens these by itself, for what comes to no port that is named.
            "\n\tservers {": f"\n\thttp_port {self.plain_port}\n\thttps_port {self.port}\n\tservers {{",
        }.items():
            if theirs not in sample:
                raise Failure(f"{theirs} is not in {SAMPLE}")
            sample = sample.replace(theirs, ours)
        (self.folder / "Caddyfile").write_text(sample)

    def start(self):
        program = shutil.which("caddy")
        if not program:
            raise Failure("There is no Caddy; install Debian's package of that name.")
        self.said = open(self.folder / "main.log", "wb")
        self.process = subprocess.Popen(
            [program, "run", "--adapter", "caddyfile", "--config", self.folder / "Caddyfile"],
            env=os.environ | {"HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder), "XDG_CONFIG_HOME": str(self.folder)},
            stdin=subprocess.DEVNULL, stdout=self.said, stderr=self.said,
        )
        for port in (self.port, self.plain_port):
            self.await_port(port)

    def await_port(self, port):
        for _ in range(500):
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise Failure("Caddy did not start:\n" + (self.folder / "main.log").read_text())

    def logs(self):
        """What it wrote since it serves: to the log of requests, and all else."""
        requests = self.folder / "chapterhouse.log"
        return {
            "access": requests.read_text() if requests.exists() else "", "elsewhere": (self.folder / "main.log").read_text(),
        }

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        self.said.close()
        shutil.rmtree(self.folder)


class Upstream(http.server.BaseHTTPRequestHandler):
    """Answers with the fields of what it was asked, or breaks off, and remembers bodies that were there to their end."""

    protocol_version, whole = "HTTP/1.1", []

    def answer(self):
        with contextlib.suppress(OSError, ValueError):
            self.whole.append(self.body())
            # Long enough, and of a kind, to be compressed.
            said = json.dumps(dict(self.headers)).encode().ljust(4096)
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            if "broken-off" in self.path:
                self.close_connection = True
                return
            self.wfile.write(said)

    do_GET = do_POST = do_TRACE = answer

    def body(self):
        if "Transfer-Encoding" not in self.headers:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length)
            if len(body) < length:
                raise ValueError("cut off")
            return body
        body = b""
        while length := int(self.rfile.readline(), 16):
            body += self.rfile.read(length)
            self.rfile.readline()
        return body

    def log_message(self, *_):
        pass


class Asking:
    """What clients say to a proxy, byte by byte, and what comes back until it closes."""

    def __init__(self, proxy):
        self.proxy = proxy
        self.close = f"Host: {proxy.name}:{proxy.port}\r\nConnection: close\r\n"
        self.context = ssl.create_default_context(cafile=proxy.certificate)

    @contextlib.contextmanager
    def line(self):
        with socket.create_connection(("127.0.0.1", self.proxy.port), timeout=30) as plain:
            with self.context.wrap_socket(plain, server_hostname=self.proxy.name) as line:
                yield line

    def __call__(self, request, body=b""):
        with self.line() as line:
            # Who is told no in the midst of a body reads why.
            with contextlib.suppress(OSError):
                line.sendall(request.encode() + body)
            return self.read(line)

    def in_clear(self, request):
        with socket.create_connection(("127.0.0.1", self.proxy.plain_port), timeout=30) as line:
            line.sendall(request.encode())
            return self.read(line)

    def read(self, line):
        said = b""
        with contextlib.suppress(OSError):
            while piece := line.recv(65536):
                said += piece
        return said.decode(errors="replace")


def refuses(said, status):
    head, _, body = said.partition("\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} "), said[:300]
    for field in ("Content-Type: application/problem+json", "Strict-Transport-Security: max-age=31536000",
                  "Content-Security-Policy: default-src 'none'", "Cache-Control: no-store"):
        assert field in head, f"{field} is missing: {head}"
    told = json.loads(body)
    assert (told["status"], told["type"]) == (status, "https://chapterhouse.invalid/problems/proxy"), told


def says_anew_where_one_comes_from(ask, _):
    lies = "".join(f"{name}: 198.51.100.1\r\n" for name in (
        "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded"))
    said = ask(f"GET /sesame HTTP/1.1\r\n{lies}{ask.close}\r\n")
    heard = json.loads(said.partition("\r\n\r\n")[2])
    assert heard["X-Forwarded-For"] == "127.0.0.1" and heard["X-Forwarded-Proto"] == "https", heard
    assert "198.51.100.1" not in said, heard


def compresses_nothing(ask, _):
    assert "Content-Encoding" not in ask(f"GET / HTTP/1.1\r\nAccept-Encoding: gzip, br\r\n{ask.close}\r\n")


def breaks_off_what_the_service_breaks_off(ask, _):
    said = ask(f"GET /sesame/broken-off HTTP/1.1\r\n{ask.close}\r\n")
    assert len(said.partition("\r\n\r\n")[2]) < 4096, said


def refuses_as_the_service_does(ask, _):
    large = b"x" * 1_048_577
    unwanted = ask(f"TRACE /sesame HTTP/1.1\r\n{ask.close}\r\n")
    refuses(unwanted, 405)
    assert "\r\nAllow: GET, HEAD, POST, PUT, PATCH, DELETE\r\n" in unwanted, unwanted
    refuses(ask("GET / HTTP/1.1\r\nHost: b\r\nConnection: close\r\n\r\n"), 421)
    refuses(ask(f"POST / HTTP/1.1\r\nContent-Length: {len(large)}\r\n{ask.close}\r\n", large), 413)
    chunks = f"{len(large):x}\r\n".encode() + large + b"\r\n0\r\n\r\n"
    refuses(ask(f"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n{ask.close}\r\n", chunks), 413)
    # These Caddy answers before it reads its settings.
    assert ask("rubbish\r\n\r\n").startswith("HTTP/1.1 400 ")
    assert ask(f"GET /{'x' * 30_000} HTTP/1.1\r\n{ask.close}\r\n").startswith("HTTP/1.1 431 ")
    assert not [body for body in Upstream.whole if len(body) > 1 << 20]


def takes_a_body_of_a_megabyte(ask, _):
    most = b"y" * (1 << 20)
    assert ask(f"POST / HTTP/1.1\r\nContent-Length: {len(most)}\r\n{ask.close}\r\n", most).startswith("HTTP/1.1 200 ")
    assert most in Upstream.whole


def never_ends_a_body_that_was_cut(ask, _):
    with ask.line() as line:
        line.sendall(f"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n{ask.close}\r\n5\r\nhello\r\n".encode())
        time.sleep(0.2)
    time.sleep(0.5)
    assert b"hello" not in Upstream.whole


def has_a_way_to_https(ask, caddy):
    other = "Host: evil.example\r\nConnection: close\r\n\r\n"
    said = ask.in_clear(f"GET /chapters/alder?month=2026-10 HTTP/1.1\r\n{other}")
    assert said.startswith("HTTP/1.1 301 "), said
    assert f"Location: https://{caddy.name}/chapters/alder?month=2026-10\r\n" in said, said
    refuses(ask.in_clear(f"GET /api/v1/me HTTP/1.1\r\n{other}"), 403)


def says_that_the_service_is_not_there(ask, caddy):
    caddy.upstream.shutdown()
    caddy.upstream.server_close()
    said = ask(f"GET /sesame HTTP/1.1\r\n{ask.close}\r\n")
    refuses(said, 502)
    assert "Retry-After: 5\r\n" in said, said


def is_reconfigured_without_a_port(_, caddy):
    subprocess.run(
        ["caddy", "reload", "--force", "--adapter", "caddyfile", "--config", caddy.folder / "Caddyfile"],
        check=True, capture_output=True,
    )
    listening = pathlib.Path("/proc/net/tcp").read_text()
    assert f":{2019:04X} 00000000:0000 0A" not in listening, "somebody listens at Caddy's usual port 2019"


def keeps_who_and_what_out_of_its_logs(_, caddy):
    logs = caddy.logs()
    requests = [json.loads(line) for line in logs["access"].splitlines()]
    assert {405, 413, 200, 502} <= {one["status"] for one in requests}, requests
    written = logs["access"] + "".join(line for line in logs["elsewhere"].splitlines(True) if '"admin' not in line)
    for secret in ("sesame", "127.0.0.1", "chapters/alder"):
        assert secret not in written, f"{secret} is in a log:\n{written}"


CHECKS = [
    says_anew_where_one_comes_from, compresses_nothing, breaks_off_what_the_service_breaks_off,
    refuses_as_the_service_does, takes_a_body_of_a_megabyte, never_ends_a_body_that_was_cut, has_a_way_to_https,
    says_that_the_service_is_not_there, is_reconfigured_without_a_port, keeps_who_and_what_out_of_its_logs,
]


def main():
    upstream = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Upstream)
    threading.Thread(target=upstream.serve_forever, daemon=True).start()
    caddy = Caddy("caddy.example.org", upstream.server_port)
    caddy.upstream, ask, failed = upstream, Asking(caddy), 0
    try:
        for check in CHECKS:
            what = f"Caddy {check.__name__.replace('_', ' ')}"
            try:
                check(ask, caddy)
                print(f"  ✓ {what}")
            except (AssertionError, subprocess.CalledProcessError) as error:
                failed += 1
                print(f"  ✗ {what}: {error}")
    finally:
        caddy.end()
    print(f"{len(CHECKS) - failed} passed, {failed} failed")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
