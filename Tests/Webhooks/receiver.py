#!/usr/bin/env python3
"""A receiver of webhooks over https for tests, told by lines on standard input what to do; every line is answered by one.

    receiver.py ADDRESS CERTIFICATE KEY

It listens at port 8443 of an address of its own within 127.0.0.0/8. It ends when its input does.

    answer STATUS [TIMES]  answer with this status, so often; 3xx lead to /elsewhere
    huge                   answer 200, and never end
    hang                   take the request and answer 204 once it is healed
    close                  take the request and close the line
    heal                   answer 204 again
    received               what came, as JSON
    verify SECRET          how many of the signatures of each request are those of a secret, as JSON
"""

import base64
import hashlib
import hmac
import http.server
import json
import ssl
import sys
import threading


class Receiver:
    def __init__(self):
        self.lock = threading.Lock()
        self.received = []
        self.behaviour = ("answer", 204)
        self.left = None

    def next(self):
        with self.lock:
            behaviour = self.behaviour
            if self.left is not None:
                self.left -= 1
                if self.left <= 0:
                    self.behaviour, self.left = ("answer", 204), None
            return behaviour

    def signed(self, request, secret):
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        headers = request["headers"]
        said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + request["body"].encode()
        wanted = "v1," + base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
        return sum(hmac.compare_digest(wanted, one) for one in headers["webhook-signature"].split(" "))


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        with receiver.lock:
            receiver.received.append(
                {"path": self.path, "headers": {name.lower(): value for name, value in self.headers.items()},
                 "body": body.decode()})
        kind, status = receiver.next()
        if kind == "hang":
            released.wait()
            status = 204
        if kind == "close":
            self.close_connection = True
        elif kind == "huge":
            self.send_response(200)
            self.end_headers()
            while not released.is_set():
                self.wfile.write(b"x" * 65536)
        else:
            self.send_response(status)
            if 300 <= status <= 399:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

    do_GET = do_POST

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass


def obey(words):
    if words[0] == "answer":
        with receiver.lock:
            receiver.behaviour = ("answer", int(words[1]))
            receiver.left = int(words[2]) if len(words) > 2 else None
    elif words[0] in ("huge", "hang", "close"):
        released.clear()
        with receiver.lock:
            receiver.behaviour, receiver.left = (words[0], 0), None
    elif words[0] == "heal":
        released.set()
        with receiver.lock:
            receiver.behaviour, receiver.left = ("answer", 204), None
    elif words[0] == "received":
        with receiver.lock:
            return json.dumps(receiver.received)
    elif words[0] == "verify":
        with receiver.lock:
            return json.dumps([receiver.signed(request, words[1]) for request in receiver.received])
    else:
        return f"error unknown {words[0]}"
    return "ok"


receiver = Receiver()
released = threading.Event()
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[2], sys.argv[3])
server = Server((sys.argv[1], 8443), Handler)
server.socket = context.wrap_socket(server.socket, server_side=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
print("ready", flush=True)
for line in sys.stdin:
    try:
        print(obey(line.split()), flush=True)
    except Exception as error:  # a mistake of the test's is to fail the test, and not to hang it
        print(f"error {error!r}", flush=True)
