"""Connections and requests of strangers."""

import concurrent.futures
import contextlib
import pathlib
import re
import resource
import socket
import subprocess
import sys
import time

from service import CHAPTER, Asking, Service, check, quantile, raise_files, shared

HERE = pathlib.Path(__file__).resolve().parent


def connect(port, source="127.0.0.2", timeout=30, small=False):
    client = socket.socket()
    if small:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.settimeout(timeout)
    client.bind((source, 0))
    client.connect(("127.0.0.1", port))
    return client


def hear(client, seconds=5):
    """All that comes until the other side ends it, or nothing comes for so long."""
    said = b""
    client.settimeout(seconds)
    with contextlib.suppress(OSError):
        while piece := client.recv(65536):
            said += piece
    return said


def status_of(said):
    found = re.match(rb"HTTP/1\.1 (\d{3})", said)
    return int(found[1]) if found else None


# Requests that are none, and others at the edge: what each may be answered.
def corpus():
    head = b"GET /sign-in HTTP/1.1\r\nHost: a\r\n"
    post = b"POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    bad = {
        "a chunk that is none": post + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
        "a chunk beyond 64 bits": post + b"Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nabc",
        "a negative chunk": post + b"Transfer-Encoding: chunked\r\n\r\n-1\r\nabc\r\n",
        "a length and chunks": post + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "two lengths": post + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "a negative length": post + b"Content-Length: -1\r\n\r\n",
        "a length beyond 64 bits": post + b"Content-Length: 99999999999999999999\r\n\r\n",
        "a folded header": head + b"X-A: b\r\n c\r\n\r\n",
        "NUL in a header": head + b"X-A: b\0c\r\n\r\n",
        "CR in a header": head + b"X-A: b\rc\r\n\r\n",
        "a blank before the colon": head + b"X-A : b\r\n\r\n",
        "100 KiB of header": head + b"X-A: " + b"x" * 102400 + b"\r\n\r\n",
        "10000 headers": head + b"".join(b"X-%d: y\r\n" % n for n in range(10000)) + b"\r\n",
        "an address with a host": b"GET http://b/sign-in HTTP/1.1\r\nHost: a\r\n\r\n",
        "two slashes": b"GET //sign-in HTTP/1.1\r\nHost: a\r\n\r\n",
        "NUL in the path": b"GET /sign-in%00 HTTP/1.1\r\nHost: a\r\n\r\n",
        "half an escape": b"GET /sign-in%4 HTTP/1.1\r\nHost: a\r\n\r\n",
        "overlong UTF-8": b"GET /%c0%af HTTP/1.1\r\nHost: a\r\n\r\n",
        "a lone surrogate": b"GET /%ed%a0%80 HTTP/1.1\r\nHost: a\r\n\r\n",
        "bytes that are no UTF-8": b"GET /\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n",
        "no host": b"GET /sign-in HTTP/1.1\r\n\r\n",
        "two hosts": b"GET /sign-in HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "HTTP/9.9": b"GET /sign-in HTTP/9.9\r\nHost: a\r\n\r\n",
        "CONNECT": b"CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n",
        "TLS to a port in clear": bytes.fromhex("16030100c8010000c403036a") + b"\0" * 190,
        "the preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0",
        "nothing but NUL": b"\0" * 1024 + b"\r\n\r\n",
        "a long method": b"X" * 70000 + b" / HTTP/1.1\r\n\r\n",
    }
    missing = {
        "dots": b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "dots in clear": b"GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "a backslash": b"GET /%5c..%5cwindows HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    }
    return [(name, text, {400, 408, 411, 413, 414, 431, 501, 505, 421}) for name, text in bad.items()] + [
        (name, text, {400, 404, 401, 303}) for name, text in missing.items()
    ]


def hold_request(port, host, name, text, allowed):
    """What is wrong with the answer to one of them; None where nothing is."""
    with connect(port) as client:
        with contextlib.suppress(OSError):
            client.sendall(text.replace(b"Host: a\r\n", b"Host: " + host + b"\r\n", 1))
        said = hear(client)
    status = status_of(said)
    # Who is cut off in the midst of sending may not read why.
    if status is None and not (len(text) > 16384 or b"TLS" in name.encode() or port != shared.port):
        return f"{name}: no answer ({said[:40]!r})"
    if status is not None and status not in allowed:
        return f"{name}: {status}"
    if b"Sanitizer" in said or b"/Sources/" in said or b"root:" in said:
        return f"{name}: tells {said[:200]!r}"
    return None


def hold_corpus(port, host=b"a"):
    with concurrent.futures.ThreadPoolExecutor(40) as pool:
        held = [pool.submit(hold_request, port, host, *entry) for entry in corpus()]
        return [wrong for wrong in (asked.result() for asked in held) if wrong]


@check(quick=True)
def malformed_requests(_):
    """Fault 32."""
    wrong = hold_corpus(shared.port)
    assert not wrong, "; ".join(wrong)
    assert shared.is_alive(), "the service is gone"
    return f"{len(corpus())} requests refused, none with 500"


@check()
def malformed_requests_behind_nginx(_):
    """Fault 32, behind the sample of nginx's settings."""
    nginx = subprocess.Popen(
        [sys.executable, str(HERE.parent / "Proxy/nginx.py"), "chapterhouse.example.org", str(shared.port)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )
    try:
        nginx.stdout.readline()
        nginx.stdin.write("door 127.0.0.9\n")
        nginx.stdin.flush()
        port = int(re.search(r"\d+", nginx.stdout.readline())[0])
        wrong = hold_corpus(port, b"chapterhouse.example.org")
        assert not wrong, "; ".join(wrong)
        assert shared.is_alive(), "the service is gone"
    finally:
        nginx.stdin.close()
        nginx.wait(20)
    return f"{len(corpus())} requests refused"


@check(quick=True)
def endless_bodies(_):
    """Fault 31: a body that nobody wants is read to 64 KiB, and not to its end."""
    most = 0
    for path, length in [("/api/v1/chapters/demo/referrals", None), ("/api/v1/chapters/demo/imports?kind=slips", 10**7)]:
        client = connect(shared.port, small=True)
        coding = f"Content-Length: {length}" if length else "Transfer-Encoding: chunked"
        client.sendall(f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n{coding}\r\n\r\n".encode())
        piece = b"x" * 4096 if length else b"1000\r\n" + b"x" * 4096 + b"\r\n"
        sent, begun = 0, time.monotonic()
        client.settimeout(5)
        with contextlib.suppress(OSError):
            while sent < 50_000_000 and time.monotonic() - begun < 20:
                sent += client.send(piece)
        client.close()
        most = max(most, sent)
        # What both kernels keep is beside the 64 KiB.
        assert sent < 8_000_000, f"{sent} bytes of a body that nobody wants are taken"
    assert shared.is_alive(), "the service is gone"
    return f"closed after at most {most // 1024} KiB, those in the kernels' buffers among them"


@check()
def slow_clients(_):
    """Fault 29: heads, bodies and reading, a byte now and then; who means well does not notice."""
    clients = []
    with Asking(shared) as quiet:
        time.sleep(5)
    with Asking(shared) as asking:
        begun = time.monotonic()
        for number in range(200):
            client = connect(shared.port, source="127.0.0.3")
            client.sendall(b"GET /sign-in HTTP/1.1\r\nHost: a\r\nX-")
            clients.append(("head", client))
        for number in range(200):
            client = connect(shared.port, source="127.0.0.4")
            client.sendall(
                b"POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                b"Sec-Fetch-Site: same-origin\r\nContent-Length: 10000\r\n\r\n"
            )
            clients.append(("body", client))
        readers = [connect(shared.port, source="127.0.0.5", small=True) for _ in range(50)]
        for client in readers:
            client.sendall(b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n" * 20)
        ended = {}
        while clients and time.monotonic() - begun < 60:
            left = []
            for kind, client in clients:
                try:
                    client.setblocking(False)
                    client.send(b"x")
                    with contextlib.suppress(BlockingIOError):
                        if not (said := client.recv(4096)) or b"408" in said:
                            raise OSError
                    left.append((kind, client))
                except OSError:
                    ended.setdefault(kind, []).append(time.monotonic() - begun)
                    client.close()
            clients = left
            time.sleep(1)
        time.sleep(max(0, 30 - (time.monotonic() - begun)))
    assert not clients, f"{len(clients)} are still there"
    # What waited in the kernel is all that they get: the service gave them up.
    whole = 20 * len(shared.ask("GET", "/api/v1/openapi.json")[2])
    most = max(len(hear(client)) for client in readers)
    for client in readers:
        client.close()
    assert most < whole, f"{most} of {whole} bytes were kept for who did not read"
    assert max(ended["head"]) < 20 and max(ended["body"]) < 40, ended
    assert shared.is_alive(), "the service is gone"
    assert not asking.wrong, asking.wrong[:5]
    return (f"heads ended after {max(ended['head']):.0f} s, bodies after {max(ended['body']):.0f} s, readers given up with "
            f"{most / whole:.0%} of what they asked for; meanwhile {asking.said}, quiet {quiet.said}")


@check()
def idle_connections(program):
    """Fault 30: 10 000 connections at rest with 200 that ask, at a service that was told to hold as many."""
    files = raise_files()
    assert files >= 11_000, f"only {files} files may be open here; try ulimit -n 20000"
    with Service(program, "--connections", "12000", "--connections-of-one", "3000") as service:
        with Asking(service, workers=1) as warm:
            time.sleep(1)
        with Asking(service, workers=200) as quiet:
            time.sleep(10)
        before, files_before = service.memory, service.files
        idle = []
        for number in range(10_000):
            client = connect(service.port, source=f"127.0.0.{10 + number % 4}")
            client.sendall(b"GET /livez-of-nobody HTTP/1.1\r\nHost: a\r\n\r\n")
            idle.append(client)
        answered = sum(1 for client in idle if client.recv(4096).startswith(b"HTTP/1.1 "))
        assert answered == len(idle), f"{answered} of {len(idle)} were answered"
        held = service.files - files_before
        growth = service.memory - before
        with Asking(service, workers=200) as busy:
            time.sleep(10)
        for client in idle:
            client.close()
        assert service.is_alive() and not service.errors, service.errors[:3]
        slow, fast = quantile(busy.times, .99), quantile(quiet.times, .99)
        assert not busy.wrong, busy.wrong[:5]
        assert held >= 9_900, f"only {held} are held"
        # Python asks, on the same processors; the service's own part is smaller still.
        said = (f"{held} held at rest, {growth * 1e3 / len(idle):.1f} KB each; 200 that ask: {busy.said}; "
                f"without them: {quiet.said}")
        assert slow < 2 * fast + 0.1, said
        return said


@check()
def more_connections_than_it_holds(_):
    """Fault 30 at what is set if nothing is said: 256 of one address, the next is told so and leaves room for others."""
    raise_files()
    # Several loops take them in, so that any of them may come to be the 257th.
    clients = [connect(shared.port, source="127.0.0.20") for _ in range(276)]
    time.sleep(1)
    told = 0
    for client in clients:
        client.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            told += status_of(client.recv(4096)) == 429
    assert told == 20, f"{told} of 276 were told 429"
    with Asking(shared) as asking:
        time.sleep(2)
    assert not asking.wrong, asking.wrong[:3]
    for client in clients:
        client.close()
    return f"20 of 276 of one address are told 429; others: {asking.said}"


@check()
def too_few_files(program):
    """Fault 26: nothing more can be opened; it waits without burning, and goes on afterwards."""
    with Service(program) as service:
        resource.prlimit(service.process.pid, resource.RLIMIT_NOFILE, (64, 64))
        clients = []
        for number in range(200):
            with contextlib.suppress(OSError):
                clients.append(connect(service.port, source="127.0.0.30", timeout=2))
        time.sleep(2)
        work = service.work
        time.sleep(5)
        burned = (service.work - work) / 5
        for client in clients:
            client.close()
        assert service.process.poll() is None, f"the service ended with {service.process.returncode}: {service.lines[-5:]}"
        deadline = time.monotonic() + 15
        while True:
            try:
                assert service.is_alive()
                break
            except OSError:
                assert time.monotonic() < deadline, "it did not come back"
        begun = time.monotonic()
        assert burned < 0.5, f"{burned:.0%} of a processor while nothing can be opened"
        status = service.ask("GET", f"/api/v1/chapters/{CHAPTER}/members")[0]
        assert status == 200, f"the database is not reached afterwards: {status}"
        return f"{len(clients)} connections at 64 files: {burned:.0%} of a processor, and answered again at once"
