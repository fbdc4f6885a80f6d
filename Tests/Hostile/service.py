"""The real service with a private PostgreSQL and the demo chapter, for programs that treat it badly."""

import contextlib
import http.client
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
import time

CHAPTER = "demo"
CHECKS = []
PAGE = os.sysconf("SC_PAGE_SIZE")


class Service:
    """Starts with its database, and ends with its `with`; `errors` is what its log calls errors."""

    def __init__(self, program, *options, environment=None):
        self.program = os.path.abspath(program)
        self.options = options
        self.environment = os.environ | (environment or {})
        self.lines = []

    def __enter__(self):
        # The server's own user has to pass the folder.
        self.folder = tempfile.mkdtemp(prefix="chapterhouse-hostile-")
        os.chmod(self.folder, 0o711)
        self.home = f"{self.folder}/home"
        self.process = subprocess.Popen(
            [self.program, "up", "--demo", "--home", self.home, "--listen", "127.0.0.1:0", *self.options],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace",
            env=self.environment,
        )
        self.president = self.port = None
        for line in self.process.stderr:
            self.lines.append(line)
            if found := re.search(r"sign-in-link (\S+@[^\s)]+)", line):
                self.president = found[1]
            if found := re.match(r"Ready at http://127.0.0.1:(\d+)/", line):
                self.port = int(found[1])
            if self.port and self.president:
                break
        if not (self.port and self.president):
            self.__exit__()
            raise SystemExit("The service did not start:\n" + "".join(self.lines))
        threading.Thread(target=self.listen, daemon=True).start()
        self.token = self.token_of(self.president)
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def listen(self):
        for line in self.process.stderr:
            self.lines.append(line)

    @property
    def errors(self):
        return [line.strip() for line in self.lines if re.search(r'"level":"(error|critical)"|Sanitizer|Fatal error', line)]

    def shell(self, *words, **options):
        return subprocess.run(
            [self.program, *words, "--home", self.home], capture_output=True, text=True, errors="replace",
            env=self.environment, **options,
        )

    def token_of(self, email):
        told = self.shell("person", "token", "create", email, "--name", "hostile")
        found = re.search(r"chapterhouse_\d+_\w+", told.stdout)
        if not found:
            raise SystemExit(f"No token: {told.stdout}{told.stderr}")
        return found[0]

    def sql(self, statement):
        bin_folder = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
        psql = shutil.which("psql") or str(bin_folder[-1] / "psql")
        command = [psql, "-X", "-A", "-t", "-h", f"{self.home}/socket", "-U", "postgres", "chapterhouse", "-c", statement]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def ask(self, method, path, body=None, headers=None, token=True, port=None, timeout=30):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=timeout)
        fields = {"Authorization": f"Bearer {self.token}"} if token else {}
        if isinstance(body, (dict, list)):
            body, fields["Content-Type"] = json.dumps(body).encode(), "application/json"
        try:
            # Who is told no in the midst of a body reads why.
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.request(method, path, body, fields | (headers or {}))
            answer = connection.getresponse()
            # Cookies come one by one under the same name.
            said = {}
            for name, value in answer.getheaders():
                said[name.lower()] = f"{said[name.lower()]}, {value}" if name.lower() in said else value
            return answer.status, said, answer.read()
        finally:
            connection.close()

    @property
    def memory(self):
        """What it holds of memory, in MB."""
        return int(pathlib.Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * PAGE / 1e6

    @property
    def work(self):
        """Seconds of the processor so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def files(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def is_alive(self):
        return self.process.poll() is None and self.ask("GET", "/sign-in", token=False)[0] == 200


class Shared:
    """The service that most checks treat badly one after the other."""

    service = None

    def __getattr__(self, name):
        return getattr(self.service, name)


shared = Shared()


def check(quick=False):
    """Declares a check; quick ones take seconds."""
    def declare(function):
        function.is_quick = quick
        CHECKS.append(function)
        return function
    return declare


def quantile(times, part):
    times = sorted(times)
    return times[min(len(times) - 1, int(len(times) * part))] if times else float("nan")


class Asking:
    """Asks like somebody who means well, again and again beside all else, and remembers how long it took."""

    def __init__(self, service, path="/sign-in", workers=4, token=False, host="127.0.0.1"):
        self.service, self.path, self.workers, self.token = service, path, workers, token
        self.times, self.wrong, self.host = [], [], host

    def __enter__(self):
        self.ends = threading.Event()
        self.threads = [threading.Thread(target=self.go_on, daemon=True) for _ in range(self.workers)]
        for thread in self.threads:
            thread.start()
        return self

    def go_on(self):
        fields = {"Authorization": f"Bearer {self.service.token}"} if self.token else {}
        connection = None
        while not self.ends.is_set():
            begun = time.monotonic()
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=30)
                connection.request("GET", self.path, headers=fields)
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    self.wrong.append(answer.status)
                    time.sleep(0.05)
            except (OSError, http.client.HTTPException) as error:
                self.wrong.append(repr(error))
                connection = None
                time.sleep(0.05)
                continue
            self.times.append(time.monotonic() - begun)

    def __exit__(self, *_):
        self.ends.set()
        for thread in self.threads:
            thread.join(40)

    @property
    def said(self):
        return (f"{len(self.times)} answers, p50 {quantile(self.times, .5) * 1e3:.0f} ms, "
                f"p99 {quantile(self.times, .99) * 1e3:.0f} ms, {len(self.wrong)} wrong")


def raise_files():
    """As many connections as the system lets this process have."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


def run(checks, program, names, quick):
    """Runs each check with a service of its own or a shared one; returns how many failed."""
    failed = 0
    for check in checks:
        if names and check.__name__ not in names:
            continue
        if quick and not getattr(check, "is_quick", False):
            continue
        begun = time.monotonic()
        try:
            said = check(program)
            verdict = "holds"
        except AssertionError as error:
            said, verdict = f"{error}", "FAILS"
            failed += 1
        print(f"{verdict} {check.__name__} ({time.monotonic() - begun:.0f} s): {said}", flush=True)
    return failed
