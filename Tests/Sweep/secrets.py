#!/usr/bin/env python3
"""Looks for secrets where they must not be: in arguments and environments of programs, in logs, and in what is kept.

    secrets.py PROGRAM

It starts the service with secrets of which each is known by its text, signs in, makes a token, has a report printed by a
program that waits, and looks meanwhile into /proc of the service and of everything it started.
"""

import os
import pathlib
import re
import stat
import sys
import tempfile
import threading
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Hostile"))

from service import CHAPTER, Service

SMTP = "secret-of-the-mail-server-4711"
KEPT_OUT = "key-of-those-who-asked-not-to-be-kept-4711"
PRINTER = "#!/bin/sh\ncat >/dev/null\nsleep 3\nexit 1\n"


def descendants(pid):
    children = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry.name))
    found, rest = [], [pid]
    while rest:
        found += (started := children.get(rest.pop(), []))
        rest += started
    return found


def read(pid, name):
    try:
        return pathlib.Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""


def main(program):
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        printer = pathlib.Path(folder) / "printer"
        printer.write_text(PRINTER)
        printer.chmod(printer.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
        environment = {
            "CHAPTERHOUSE_SMTP_URL": "smtp://somebody@127.0.0.1:1", "CHAPTERHOUSE_SMTP_PASSWORD": SMTP,
            "CHAPTERHOUSE_SUPPRESSION_KEY": KEPT_OUT,
            "CHAPTERHOUSE_MAIL_FROM": "Chapterhouse <chapter@example.org>", "CHAPTERHOUSE_WEASYPRINT": str(printer),
        }
        with Service(program, environment=environment) as service:
            link = next(line.strip() for line in service.lines if re.search(r"http://\S+/[\w-]{43}", line))
            path = urllib.parse.urlparse(re.search(r"http://\S+", link)[0]).path
            secrets = {"the mail server's password": SMTP, "the key of the list": KEPT_OUT,
                       "the token": service.token, "the link": path.rsplit("/", 1)[1]}
            status, fields, page = service.ask("GET", path, token=False)
            token = re.search(rb'name="form_token" value="([^"]+)"', page)[1].decode()
            cookie = fields.get("set-cookie", "").split(";")[0]
            status, fields, _ = service.ask(
                "POST", path, urllib.parse.urlencode({"form_token": token}).encode(),
                {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie, "Sec-Fetch-Site": "same-origin"},
                token=False,
            )
            session = re.search(r"__Host-chapterhouse=([\w-]{43})", str(fields))
            if status != 303 or not session:
                failures.append(f"the link does not sign in: {status} {fields}")
            else:
                secrets["the session"] = session[1]
            secrets["a password that is wrong"] = "wrong-horse-battery-4711"
            service.ask("POST", "/sign-in", urllib.parse.urlencode(
                {"email": service.president, "password": secrets["a password that is wrong"]}).encode(),
                {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}, token=False)
            begun = len(service.lines)
            asking = threading.Thread(target=service.ask, args=("GET", f"/api/v1/chapters/{CHAPTER}/reports/roi.pdf"))
            asking.start()
            time.sleep(1.5)
            looked, printers = 0, 0
            for pid in [service.process.pid, *descendants(service.process.pid)]:
                arguments, inherited = read(pid, "cmdline"), read(pid, "environ")
                printers += str(printer).encode() in arguments
                looked += 1
                for name, secret in secrets.items():
                    if secret.encode() in arguments:
                        failures.append(f"{name} is in the arguments of {arguments[:60]!r}")
                    # What the operator gave stays in the service's own.
                    if secret.encode() in inherited and pid != service.process.pid:
                        failures.append(f"{name} is in the environment of {arguments[:60]!r}")
                if pid != service.process.pid and b"CHAPTERHOUSE_SMTP" in inherited:
                    failures.append(f"settings are in the environment of {arguments[:60]!r}")
            asking.join()
            if not printers:
                failures.append("no program was printing: nothing was looked at")
            # The one line that offers the link is meant for whoever starts the demo.
            log = "".join(line for line in service.lines if '"level"' in line)
            private = dict(secrets) | {"an e-mail": service.president}
            for name, secret in private.items():
                if secret in log:
                    failures.append(f"{name} is in the log")
            if '"level"' not in log:
                failures.append("nothing was logged: nothing was looked at")
            kept = service.sql("SELECT string_agg(t::text, ' ') FROM (SELECT row_to_json(s)::text AS t FROM app.session s"
                               " UNION ALL SELECT row_to_json(k)::text FROM app.api_token k) AS x")
            for name, secret in secrets.items():
                if secret in kept:
                    failures.append(f"{name} is kept as it is")
            said = service.shell("config", "check")
            for name, secret in secrets.items():
                if secret in said.stdout + said.stderr:
                    failures.append(f"{name} is printed by config check")
            lines = log.count("\n")
    for failure in failures:
        print(failure)
    print(f"{len(secrets)} secrets looked for in {looked} programs, {lines} lines of the log, sessions, tokens and config check:"
          f" {'none found' if not failures else f'{len(failures)} found'}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
