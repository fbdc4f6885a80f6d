"""An OpenID provider that does what it is told: oidc-provider-mock, with faults in between.

Prints its port; then answers every line of its input with one line. It ends with its input.

    enter SUBJECT URL      signs in at the page URL, and answers where the browser is sent
    deny URL               says no there
    fault PATH KIND        from now on PATH answers with: garbage, huge, hang, status NUMBER, redirect
    say NAME JSON          from now on the discovery document says that
    nonce TEXT             from now on every ID token has this nonce
    secret TEXT            from now on the client has to show this secret, in the header or the form
    rotate                 signs with another key
    heal                   is a good provider again
    count PATH             how often PATH was asked for

    provider.py [SECONDS THAT A TOKEN IS GOOD FOR]
"""

import base64
import datetime
import hashlib
import http.client
import io
import json
import logging
import os
import sys
import threading
import urllib.parse
import warnings

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
# What its libraries think of each other's age is not for who reads the tests.
with warnings.catch_warnings(record=True):
    import flask
    import oidc_provider_mock
    from authlib.jose import RSAKey
    from werkzeug.serving import WSGIRequestHandler, make_server

DISCOVERY = "/.well-known/openid-configuration"
AUTHORIZE = "/oauth2/authorize"
TOKEN = "/oauth2/token"


class Provider:
    def __init__(self, seconds):
        app = oidc_provider_mock.app(access_token_max_age=datetime.timedelta(seconds=seconds))
        self.storage = None

        @app.before_request
        def keep_storage():
            self.storage = flask.g.oidc_provider_mock_storage

        self.mock = app.wsgi_app
        self.counts = {}
        self.challenges = {}
        self.healing = threading.Event()
        self.heal()

    def heal(self):
        self.healing.set()
        self.healing = threading.Event()
        self.faults = {}
        self.said = {}
        self.nonce = None
        self.secret = None

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"]
        self.counts[path] = self.counts.get(path, 0) + 1
        match self.faults.get(path, "").split():
            case ["garbage"]:
                return self.answer(start_response, b"<html>{\"issuer\": \xff")
            case ["huge"]:
                return self.answer(start_response, b"{\"issuer\": \"" + b"x" * 10_000_000 + b"\"}")
            case ["hang"]:
                self.healing.wait(60)
                return self.answer(start_response, b"{}")
            case ["status", number]:
                return self.answer(start_response, b"{}", f"{number} So")
            case ["redirect"]:
                start_response("302 Found", [("Location", f"http://{environ['HTTP_HOST']}/elsewhere")])
                return [b""]
        if path == DISCOVERY and self.said:
            return self.answer(start_response, json.dumps(json.loads(self.asked(environ)) | self.said).encode())
        if path == AUTHORIZE:
            return self.authorize(environ, start_response)
        if path == TOKEN and not self.is_proved(environ):
            return self.answer(start_response, b'{"error": "invalid_grant"}', "400 Bad Request")
        return self.mock(environ, start_response)

    def answer(self, start_response, body, status="200 OK"):
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    def asked(self, environ):
        return b"".join(self.mock(environ, lambda status, headers, problem=None: None))

    def authorize(self, environ, start_response):
        """Keeps the challenge for which a code is given: the mock knows nothing of PKCE."""
        query = dict(urllib.parse.parse_qsl(environ["QUERY_STRING"]))
        if self.nonce:
            environ["QUERY_STRING"] = urllib.parse.urlencode(query | {"nonce": self.nonce})

        def keep(status, headers, problem=None):
            target = urllib.parse.urlsplit(dict(headers).get("Location", ""))
            code = urllib.parse.parse_qs(target.query).get("code")
            if code:
                assert query["code_challenge_method"] == "S256"
                self.challenges[code[0]] = query["code_challenge"]
            return start_response(status, headers)

        return self.mock(environ, keep)

    def is_proved(self, environ):
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        form = dict(urllib.parse.parse_qsl(body.decode()))
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if self.challenges.pop(form.get("code"), None) != challenge:
            return False
        if self.secret is None:
            return True
        shown = form.get("client_secret")
        word, _, rest = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        if word == "Basic":
            shown = urllib.parse.unquote_plus(base64.b64decode(rest).decode().split(":")[1])
        return shown == self.secret


def posted(url, form):
    """Where the answer to a form leads."""
    parts = urllib.parse.urlsplit(url)
    line = http.client.HTTPConnection(parts.netloc, timeout=10)
    line.request(
        "POST",
        f"{parts.path}?{parts.query}",
        urllib.parse.urlencode(form),
        {"Content-Type": "application/x-www-form-urlencoded"},
    )
    answer = line.getresponse()
    answer.read()
    return answer.getheader("Location") or f"error: status {answer.status}"


def obey(provider, line):
    match line.split(" "):
        case ["enter", subject, url]:
            return posted(url, {"sub": subject})
        case ["deny", url]:
            return posted(url, {"action": "deny"})
        case ["fault", path, *kind]:
            provider.faults[path] = " ".join(kind)
        case ["say", name, *rest]:
            provider.said[name] = json.loads(" ".join(rest))
        case ["nonce", text]:
            provider.nonce = text
        case ["secret", text]:
            provider.secret = text
        case ["rotate"]:
            provider.storage.jwk = RSAKey.generate_key(is_private=True)
        case ["heal"]:
            provider.heal()
        case ["count", path]:
            return str(provider.counts.get(path, 0))
        case _:
            return "error: unknown command"
    return "ok"


class Quiet(WSGIRequestHandler):
    def log(self, *arguments):
        pass


def main():
    logging.disable(logging.CRITICAL)
    provider = Provider(int(sys.argv[1]) if len(sys.argv) > 1 else 3600)
    server = make_server("127.0.0.1", 0, provider, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    for line in sys.stdin:
        try:
            print(obey(provider, line.rstrip("\n")), flush=True)
        except Exception as failure:
            print(f"error: {failure!r}", flush=True)
    os._exit(0)


main()
