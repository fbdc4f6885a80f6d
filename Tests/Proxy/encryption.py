#!/usr/bin/env python3
"""Holds the encryption in front of the service to testssl.sh: the samples of deploy/nginx and deploy/caddy, and a real service behind
each.

encryption.py PROGRAM [nginx | caddy]

It starts PROGRAM with a private PostgreSQL, and the proxies before it, and ends with them. Whatever testssl.sh finds worth a
word fails, but for what is EXPLAINED here.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile

from caddy import Caddy
from nginx import Nginx

NAME = "chapterhouse.example.org"

EXPLAINED = {
    "cert_chain_of_trust": "the certificate of this test is signed by itself",
    "cert_revocation": "and whoever signs for themselves has no place to ask whether it still holds",
    "engine_problem": "the OpenSSL of this machine, which asks, has no GOST; nothing of the server",
    "sessionresumption_ticket": "tickets of TLS 1.3 come after the handshake, and whoever asks may have hung up by then",
}

# Of one of them alone.
EXPLAINED_OF = {
    "nginx": set(),
    "caddy": {
        # A ticket holds for a week, and the key that opens it for two days: Caddy makes a new one every twelve hours.
        "TLS_session_ticket",
        # Go knows no renegotiation, and ends the connection where somebody asks for it.
        "secure_renego",
    },
}

PROXIES = {"nginx": Nginx, "caddy": Caddy}

# That these are among what was found shows that testssl.sh got as far.
LOOKED_AT = {
    "SSLv2", "SSLv3", "TLS1", "TLS1_1", "TLS1_2", "TLS1_3", "cipherlist_AVERAGE", "PFS", "cipher_order",
    "cert_subjectAltName", "HSTS_time", "Content-Security-Policy", "cookie_count", "heartbleed", "BREACH", "LUCKY13",
    "RC4",
}

# Protocols, ciphers, forward secrecy, preferences, certificate, headers and all vulnerabilities.
CHECKS = ["-p", "-s", "-f", "-P", "-S", "-h", "-U"]


class Service:
    """The service with its database, as docs/proxies.md sets it up behind nginx."""

    def __init__(self, program, home):
        self.process = subprocess.Popen(
            [program, "up", "--home", home, "--listen", "127.0.0.1:0", "--trusted-proxy", "127.0.0.1"],
            env=os.environ | {"CHAPTERHOUSE_BASE_URL": f"https://{NAME}"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        said = []
        for line in self.process.stdout:
            said.append(line)
            if found := re.match(r"Ready at http://[^:]+:(\d+)/", line):
                self.port = int(found[1])
                return
        raise SystemExit("The service did not start:\n" + "".join(said))

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        # What it says meanwhile has to go somewhere.
        self.process.communicate(timeout=60)


def findings(port, folder):
    """What testssl.sh says of an address of ours."""
    # Debian calls it so; elsewhere it has its whole name.
    program = shutil.which("testssl") or shutil.which("testssl.sh")
    if not program:
        raise SystemExit("There is no testssl.sh; install Debian's package of that name.")
    report = folder / "findings.json"
    ended = subprocess.run(
        [program, "--quiet", "--color", "0", "--warnings", "off", "--nodns", "min", "--ip", "127.0.0.1",
         "--jsonfile", report, *CHECKS, f"https://{NAME}:{port}/sign-in"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )
    if not report.exists():
        raise SystemExit("testssl.sh found nothing:\n" + ended.stdout + ended.stderr)
    return json.loads(report.read_text())


def judge(kind, found):
    """Prints what is wrong, and returns whether anything is."""
    wrong = [one for one in found if one["severity"] not in ("OK", "INFO") and one["id"] not in EXPLAINED.keys() | EXPLAINED_OF[kind]]
    for one in wrong:
        print(f"{kind}: {one['severity']} {one['id']}: {one['finding']}")
    missing = LOOKED_AT - {one["id"] for one in found}
    if missing:
        print(f"{kind}: testssl.sh did not look at " + ", ".join(sorted(missing)))
    print(f"{kind}: {len(found)} findings of testssl.sh, {len(wrong)} of them wrong")
    return bool(wrong or missing)


def look(kind, service):
    proxy = PROXIES[kind](NAME, service.port)
    folder = pathlib.Path(tempfile.mkdtemp())
    try:
        return judge(kind, findings(proxy.port, folder))
    finally:
        proxy.end()
        shutil.rmtree(folder)


def main(program, *kinds):
    folder = pathlib.Path(tempfile.mkdtemp())
    # The server's own user has to pass the folder.
    folder.chmod(0o711)
    try:
        service = Service(os.path.abspath(program), folder / "chapterhouse")
        try:
            # They wait for testssl.sh more than for the machine.
            with concurrent.futures.ThreadPoolExecutor() as pool:
                return any(list(pool.map(lambda kind: look(kind, service), kinds or PROXIES)))
        finally:
            service.end()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
