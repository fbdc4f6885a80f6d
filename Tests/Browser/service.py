"""The running service with the demo chapter, and who is who in it."""

import datetime
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
from urllib.parse import urlsplit

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "Proxy"))

from front import front  # noqa: E402

CHAPTER = "demo"
REGION = "harbour-side"
# As deploy/test installs it, beside this Python.
PRINTER = pathlib.Path(sys.executable).parent / "weasyprint"


class Service:
    def __init__(self, program, home, proxy=None):
        self.program, self.home, self.front = program, home, front(proxy)
        self.process = subprocess.Popen(
            [program, "up", "--demo", "--home", home, *self.front.options],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env=os.environ | self.front.environment | ({"CHAPTERHOUSE_WEASYPRINT": str(PRINTER)} if PRINTER.exists() else {}),
        )
        self.address, self.errors, said = None, [], []
        for line in self.process.stdout:
            said.append(line)
            if found := re.match(r"Ready at (http://\S+?)/?$", line):
                self.address = self.front.address or found[1]
                break
        if not self.address:
            raise SystemExit("The service did not start:\n" + "".join(said))
        threading.Thread(target=self.listen, daemon=True).start()

    def prepare(self):
        """Finds out who is who, and gives somebody a region to direct."""
        self.members = {one["name"]: one["email"] for one in self.listed("member") if one["email"] and not one["ended_on"]}
        terms = self.listed("office")
        self.officers = {term["role"]: self.members[term["member"]] for term in terms if term["to"] is None}
        held = {term["member"] for term in terms}
        # Those who never had an office: a plain member sees what they see.
        self.plain_members = [email for name, email in sorted(self.members.items()) if name not in held]
        self.president, self.member = self.officers["president"], self.plain_members[0]
        self.director = self.officers["visitor-host"]
        self.tell("region", "create", REGION, "--name", "Harbour Side")
        self.tell("region", "add", REGION, CHAPTER)
        self.tell("region", "appoint", REGION, self.director)

    def listen(self):
        for line in self.process.stdout:
            if '"level":"error"' in line or '"level":"critical"' in line:
                self.errors.append(line.strip())

    def listed(self, noun):
        return json.loads(self.tell(noun, "list", CHAPTER, "--format", "json"))

    def tell(self, *words):
        """What a command says, in whose home the service is."""
        said = subprocess.run([self.program, *words, "--home", self.home], capture_output=True, text=True)
        if said.returncode:
            raise RuntimeError(f"{' '.join(words)}: {said.stderr.strip()}")
        return said.stdout

    def set_clock(self, moment):
        """Lets it be another day in the chapters: their rules ask for the day and hour by one function, which from now on
        goes ahead or behind."""
        ahead = (moment - datetime.datetime.now(datetime.UTC)).total_seconds()
        clock = f"""
            CREATE OR REPLACE FUNCTION app.this_instant() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
            RETURN now() + interval '{ahead:.0f} seconds'
            """
        subprocess.run(
            ["psql", "-h", f"{self.home}/socket", "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-c", clock, "chapterhouse"],
            check=True, capture_output=True, text=True,
        )

    def link(self, email):
        """The path of a new link that signs somebody in once."""
        said = self.tell("person", "sign-in-link", email)
        return urlsplit(re.search(r"http\S+/sign-in/link/\S+", said)[0]).path

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        self.front.end()
