"""What the faults strike: two services, a line from each to one PostgreSQL, and two chapters whose words tell them apart."""

import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import threading
import time

from cluster import Cluster, Line, free_port, wait_until

# The names of a chapter, its members and all that they write begin with its word: where another chapter's is read, a wall fell.
CHAPTERS = {"alder": "Europe/Berlin", "birch": "America/New_York"}
MEMBERS = 4


class Node:
    """A service of its own, which is killed and started again at the same address."""

    def __init__(self, program, name, database, options=(), **environment):
        self.program, self.name, self.database, self.options = program, name, database, options
        self.environment = os.environ | environment
        self.port, self.admin = free_port(), free_port()
        self.process = None
        self.errors = []

    def start(self):
        self.process = self.launch([
            self.program, "serve", "--database", self.database, "--listen", f"127.0.0.1:{self.port}",
            "--admin-listen", f"127.0.0.1:{self.admin}", *self.options])
        self.is_ready = threading.Event()
        threading.Thread(target=self.listen, args=(self.process,), daemon=True).start()

    def launch(self, words, **handed):
        return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                env=self.environment, **handed)

    def connect(self, seconds):
        """A connection of a client who waits no longer than that."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)

    def listen(self, process):
        for line in process.stderr:
            self.said = line.strip()
            if line.startswith("Ready at"):
                self.is_ready.set()
            elif '"level":"critical"' in line or "Fatal error" in line:
                self.errors.append(line.strip())

    def wait_until_ready(self, seconds=30):
        wait_until(lambda: self.is_ready.is_set() or not self.is_alive(), seconds, f"the service {self.name}")

    def is_alive(self):
        return self.process.poll() is None

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def terminate(self):
        """Asks it to end; returns its status and how long it took, in seconds."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60), time.monotonic() - began

    def probe(self, path):
        """The status of one of the operator's addresses; none where nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.admin, timeout=10)
        try:
            connection.request("GET", f"/{path}")
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def memory(self):
        """What it holds of memory, in MB, and its open files."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        files = len(list(pathlib.Path(f"/proc/{self.process.pid}/fd").iterdir()))
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) // 1024, files

    def tell(self, *words, seconds=60):
        """Runs a command at the shell, on the database as this service sees it."""
        return subprocess.run(
            [self.program, *words, "--database", self.database], capture_output=True, text=True, timeout=seconds,
            stdin=subprocess.DEVNULL, env=self.environment,
        )

    def end(self):
        if self.process and self.is_alive():
            self.terminate()


class ActivatedNode(Node):
    """A service at a socket that stays when it goes, as systemd holds it for a service with a .socket unit."""

    def __init__(self, program, name, database, options=(), **environment):
        super().__init__(program, name, database, options, **environment)
        self.socket = socket.create_server(("127.0.0.1", self.port), backlog=511)

    def launch(self, words, **handed):
        place = self.socket.fileno()
        # The process has to be named by its id, and the socket by the number 3.
        script = 'place=$1; shift; eval "exec 3<&$place"; [ "$place" = 3 ] || eval "exec $place<&-"; ' \
                 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"'
        return super().launch(["sh", "-c", script, "sh", str(place), *words], pass_fds=[place])

    def end(self):
        super().end()
        self.socket.close()


class Member:
    def __init__(self, chapter, number, email, token):
        self.chapter, self.number, self.email, self.token = chapter, number, email, token


class Stage:
    def __init__(self, cluster, nodes, lines=(), starts=None):
        self.cluster, self.nodes, self.lines = cluster, nodes, lines
        self.members = {chapter: self.found(chapter, zone) for chapter, zone in CHAPTERS.items()}
        for node in self.nodes if starts is None else starts:
            node.start()
        for node in self.nodes if starts is None else starts:
            node.wait_until_ready()

    def tell(self, *words):
        done = self.nodes[0].tell(*words)
        if done.returncode:
            raise SystemExit(f"{' '.join(words)}: {done.stderr.strip()}")
        return done.stdout

    def found(self, chapter, zone):
        """A chapter with its members, the first of whom presides, and a sheet for each of its last weeks."""
        self.tell("chapter", "create", chapter, "--name", chapter.title(), "--time-zone", zone, "--currency", "EUR",
                  "--weekday", "wednesday", "--at", "07:00")
        names = [f"{chapter.title()} {word}" for word in ("Ada", "Bea", "Cyd", "Dot")[:MEMBERS]]
        for name in names:
            self.tell("member", "add", chapter, name, "--email", address(name), "--joined", "2025-01-01",
                      "--seat", f"{name} trade")
        self.tell("office", "appoint", chapter, names[0], "president", "--from", "2025-01-01")
        self.tell("meeting", "schedule", chapter, "--from", "2025-01-06", "--to", "2025-04-06")
        numbers = {one["name"]: one["id"] for one in json.loads(self.tell("member", "list", chapter, "--format", "json"))}
        # Officers show a second factor before they record money or correct; nobody here has one.
        return [
            Member(chapter, numbers[name], address(name), self.token(address(name))) for name in names
        ]

    def token(self, email):
        return re.search(r"chapterhouse_\d+_\w+", self.tell("person", "token", "create", email, "--name", "ledger"))[0]

    def end(self):
        for node in self.nodes:
            node.end()
        for line in self.lines:
            line.end()
        self.cluster.end()


def address(name):
    return f"{name.lower().replace(' ', '.')}@example.org"


def make_stage(program):
    """Two services, each with a line of its own to one PostgreSQL."""
    cluster = Cluster(small_disk=True)
    try:
        cluster.start()
        cluster.make_database(program)
        lines = [Line(f"127.0.0.1:{cluster.port}") for _ in range(2)]
        return Stage(cluster, [
            Node(program, f"service {number}", cluster.address(port=line.port)) for number, line in enumerate(lines, 1)
        ], lines)
    except BaseException:
        cluster.end()
        raise
