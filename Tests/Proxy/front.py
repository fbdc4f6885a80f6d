"""What stands before the service of a test: nothing, or a proxy with the settings that deploy/ has for it.

A program of the tests takes `--behind nginx` or `--behind caddy` out of its words by `asked`, starts the service with
the `options` and the `environment` of what it gets, and speaks to `address`, if there is one.
"""

import os
import socket

from caddy import Caddy
from nginx import Nginx

# It has to resolve everywhere, and to be in a certificate.
NAME = "localhost"
# A suite is a crowd at one address. That the bound of the sample holds is a test of its own.
AT_ONCE = 1000


class Nothing:
    """People come to the service itself."""

    options = ["--listen", "127.0.0.1:0"]
    environment = {}
    address = None

    def end(self):
        pass


class Behind:
    """People come by https to a proxy; urllib and requests, in this process and those it starts, trust it."""

    def __init__(self, kind):
        # The service has to know the address of the proxy, and the proxy its port: one is chosen before.
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.proxy = Nginx(NAME, port, at_once=AT_ONCE) if kind == "nginx" else Caddy(NAME, port)
        self.address = f"https://{NAME}:{self.proxy.port}"
        self.options = ["--listen", f"127.0.0.1:{port}", "--trusted-proxy", "127.0.0.1"]
        self.environment = {"CHAPTERHOUSE_BASE_URL": self.address}
        for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"):
            os.environ[name] = str(self.proxy.certificate)

    def end(self):
        self.proxy.end()


def front(kind=None):
    return Behind(kind) if kind else Nothing()


def asked(words):
    """The words without `--behind PROXY`, and what that asks for."""
    words = list(words)
    if "--behind" not in words:
        return words, None
    place = words.index("--behind")
    kind = words[place + 1] if len(words) > place + 1 else ""
    if kind not in ("nginx", "caddy"):
        raise SystemExit("--behind nginx, or --behind caddy")
    del words[place:place + 2]
    return words, kind
