"""Holds the running service to its own description, with Schemathesis: as a leader, as a member, and as nobody.

contract.py PROGRAM [EXAMPLES [SEED]] [--behind nginx]

It starts PROGRAM on a free port, with a private PostgreSQL and the demo chapter, and ends with it. They ask beside each
other, for each is one process that computes more than it waits; what each was told is printed whole. The status is that
of the worst run.
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
import threading

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "Proxy"))

import pages  # noqa: E402
from front import asked, front  # noqa: E402
CHAPTER = "demo"
# A report has a route for each format, and one function behind them all: of two reports all are asked for.
OTHER_FORMATS = r"/reports/(?!roi|giving)[a-z-]+(/entries)?\.[a-z]+$"


class Service:
    """The service with its database, in a folder that goes with it."""

    def __init__(self, program, home, proxy=None):
        self.program, self.home, self.front = program, home, front(proxy)
        self.process = subprocess.Popen(
            [program, "up", "--demo", "--home", home, *self.front.options, "--files-of-one", "1000000", "--searches-of-one", "1000000"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            # What a PDF says is not what is held here, and making thousands takes long.
            env=os.environ | {"CHAPTERHOUSE_WEASYPRINT": str(HERE / "printer.sh")} | self.front.environment,
        )
        self.president, self.address, self.errors = None, None, []
        for line in self.process.stdout:
            if found := re.search(r"sign-in-link (\S+@[^\s)]+)", line):
                self.president = found[1]
            if found := re.match(r"Ready at (\S+?)/?$", line):
                self.address = self.front.address or found[1]
            if self.address and self.president:
                break
        if not (self.address and self.president):
            raise SystemExit("The service did not start.")
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            if '"level":"error"' in line or '"level":"critical"' in line:
                self.errors.append(line.strip())

    def tell(self, *words):
        command = [self.program, *words, "--home", self.home]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def token(self, email):
        said = self.tell("person", "token", "create", email, "--name", "contract")
        return re.search(r"chapterhouse_\d+_\w+", said)[0]

    def somebody_without_an_office(self):
        offices = {term["member"] for term in json.loads(self.tell("office", "list", CHAPTER, "--format", "json"))}
        members = json.loads(self.tell("member", "list", CHAPTER, "--format", "json"))
        return next(member["email"] for member in members if member["name"] not in offices and member["email"])

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        self.front.end()


def hold(service, token, phases, tokens, examples, seed):
    """Asks as whoever shows the token; returns the status, and what was said."""
    environment = os.environ | {
        "PYTHONPATH": str(HERE), "SCHEMATHESIS_HOOKS": "contract_checks",
        "CHAPTERHOUSE_ADDRESS": service.address, "CHAPTERHOUSE_CHAPTER": CHAPTER,
    }
    # Nobody takes the rights of whoever asks beside them.
    environment["CHAPTERHOUSE_SPARED"] = " ".join(tokens)
    shown = []
    if token:
        environment["CHAPTERHOUSE_TOKEN"] = token
        shown = ["--header", f"Authorization: Bearer {token}"]
    command = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml"), "run",
        f"{service.address}/api/v1/openapi.json", "--checks", "all", "--phases", phases,
        # A slow machine answers late; what hangs is found all the same.
        "--request-timeout", "30",
        "--exclude-path-regex", OTHER_FORMATS, "--max-examples", str(examples), "--seed", str(seed),
        "--continue-on-failure", "--no-color", *shown,
    ]
    with tempfile.TemporaryDirectory() as scratch:
        done = subprocess.run(
            command, env=environment, cwd=scratch, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8", errors="replace",
        )
    return done.returncode, done.stdout


def main(*words):
    (program, *numbers), proxy = asked(words)
    examples, seed = (*numbers, *("10", "20261028")[len(numbers):])
    # The server's own user has to pass the folder.
    home = tempfile.mkdtemp()
    os.chmod(home, 0o711)
    try:
        service = Service(os.path.abspath(program), f"{home}/chapterhouse", proxy)
        try:
            stale = pages.differences(pages.described(service.address))
            if stale:
                print(f"docs/api is not what the service describes: {', '.join(stale)}; `pages.py ADDRESS` writes it.", flush=True)
            member = service.somebody_without_an_office()
            # They may end these, and not the one that asks, which is the newest.
            for _ in range(10):
                service.token(service.president)
            # Whether what is sent has the shape that is described does not depend on who sends it: the one who may do
            # most sends all the wrong shapes there are, and nobody is told 401 before anything is read.
            askers = [
                ("the president", service.token(service.president), "examples,coverage,fuzzing,stateful"),
                ("a member", service.token(member), "examples,fuzzing,stateful"),
                ("nobody", None, "examples,stateful"),
            ]
            tokens = [token for _, token, _ in askers if token]
            worst = int(bool(stale))
            with concurrent.futures.ThreadPoolExecutor(len(askers)) as pool:
                held = {pool.submit(hold, service, token, phases, tokens, examples, seed): who for who, token, phases in askers}
                for ending in concurrent.futures.as_completed(held):
                    status, said = ending.result()
                    print(f"As {held[ending]}:\n{said}", flush=True)
                    worst = max(worst, status)
        finally:
            service.end()
    finally:
        shutil.rmtree(home, ignore_errors=True)
    for error in service.errors:
        print(error)
    return worst or bool(service.errors)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
