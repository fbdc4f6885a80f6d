"""PostgreSQL servers of our own, that may be killed, frozen and filled up, and the lines that lead to them."""

import contextlib
import glob
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
PROJECT = HERE.parent.parent
DATABASE = "chapterhouse"
# What the server may have of a file system of its own, where it gets one: enough for the run, and soon full.
DISK = "400m"


def newest_binaries():
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))
    if not folders:
        raise SystemExit("There is no PostgreSQL below /usr/lib/postgresql.")
    return folders[-1]


BINARIES = newest_binaries()


def unprivileged():
    """What a command begins with that PostgreSQL does not take from root."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(holds, seconds, what):
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(0.02)


def state(process):
    """How a process is doing, by the letter that the kernel has for it; none where it is gone."""
    try:
        return pathlib.Path("/proc", str(process), "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return None


class Cluster:
    """A server in a folder of its own, on a unix socket and a port of 127.0.0.1; what it acknowledged is on its disk."""

    def __init__(self, small_disk=False, follows=None, name="alone", port=None):
        self.name = name
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="chapterhouse-faults-"))
        self.port = port or free_port()
        self.process = None
        self.has_small_disk = small_disk and self.mount()
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self.data = self.folder / "data"
        # Beside the disk that is to be full, where it can say so.
        self.log = pathlib.Path(f"{self.folder}.log")
        if follows:
            self.run("pg_basebackup", "-D", self.data, "-h", follows.folder, "-p", str(follows.port), "-U", "postgres",
                     "-R", "-c", "fast", "-X", "stream", "--no-sync")
            with open(self.data / "postgresql.auto.conf", "a") as settings:
                settings.write(
                    f"primary_conninfo = 'host={follows.folder} port={follows.port} user=postgres application_name={name}'\n"
                    # Not what it copied from the one that it follows: nobody follows it yet.
                    "synchronous_standby_names = ''\n")
        else:
            self.run("initdb", "-D", self.data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8",
                     "--data-checksums", "--no-sync", "--wal-segsize=4")

    def mount(self):
        """Whether the folder is a small file system in memory now; it takes a machine that lets us mount one."""
        options = f"size={DISK},mode=0755"
        return subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "tmpfs", self.folder], capture_output=True,
        ).returncode == 0

    def run(self, program, *arguments):
        done = subprocess.run(
            [*unprivileged(), f"{BINARIES}/{program}", *arguments], capture_output=True, text=True, cwd="/",
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.strip()[-2000:]}")
        return done.stdout

    def launch(self, **settings):
        """Starts the server without waiting for it."""
        settings = {
            "listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": self.folder,
            "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "restart_after_crash": "on",
            "max_connections": 80, "shared_buffers": "64MB", "max_wal_size": "128MB", "min_wal_size": "16MB",
            "log_line_prefix": "%m [%p] ", "wal_level": "replica", "max_wal_senders": 5, "hot_standby": "on",
        } | settings
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*unprivileged(), f"{BINARIES}/postgres", "-D", self.data,
                 *(word for name, value in settings.items() for word in ("-c", f"{name}={value}"))],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
            )

    def start(self, **settings):
        self.launch(**settings)
        self.wait_until_ready()

    def wait_until_ready(self, seconds=60):
        try:
            wait_until(self.is_ready, seconds, f"the server {self.name}")
        except TimeoutError as error:
            raise TimeoutError(f"{error}; it says:\n{self.log.read_text()[-2000:]}") from None

    def is_ready(self):
        return subprocess.run(
            [f"{BINARIES}/pg_isready", "-q", "-U", "postgres", "-h", self.folder, "-p", str(self.port)], capture_output=True,
        ).returncode == 0

    def is_alive(self):
        return self.process is not None and self.process.poll() is None

    def processes(self):
        """The ids of the server and of everything that descends from it, the server first."""
        children = {}
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                with contextlib.suppress(OSError, IndexError, ValueError):
                    stat = pathlib.Path("/proc", entry, "stat").read_text()
                    children.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry))
        found, line = [], [self.process.pid]
        while line:
            found.append(line[0])
            line = line[1:] + children.get(line[0], [])
        return found

    def signal_all(self, number):
        for process in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, number)

    def kill(self):
        """Kills the server and everything of it at once, as a machine does that loses its power but not its disk."""
        # Who stands still has no more children.
        self.process.send_signal(signal.SIGSTOP)
        wait_until(lambda: state(self.process.pid) == "T", 10, "the server stands still")
        orphans = self.processes()[1:]
        self.signal_all(signal.SIGKILL)
        self.bury(orphans)

    def kill_postmaster(self):
        """Kills the first process alone; the others end when they find out."""
        orphans = self.processes()[1:]
        self.process.send_signal(signal.SIGKILL)
        self.bury(orphans)

    def bury(self, orphans):
        """Waits until nothing of the server is left: none may start beside its memory."""
        self.process.wait()
        wait_until(lambda: all(state(one) in (None, "Z") for one in orphans), 60, "the orphans of the server are gone")

    def stop(self, number=signal.SIGINT):
        """SIGINT politely, SIGQUIT at once."""
        self.process.send_signal(number)
        self.process.wait(timeout=120)

    def wait_for_standby(self, name):
        """From now on nothing is acknowledged that the standby does not have on its disk."""
        self.psql(f"ALTER SYSTEM SET synchronous_standby_names = '{name}'", database="postgres")
        self.psql("SELECT pg_reload_conf()", database="postgres")
        wait_until(lambda: self.psql(
            f"SELECT sync_state FROM pg_stat_replication WHERE application_name = '{name}'", database="postgres") == "sync",
            60, f"the synchronous standby {name}")

    def promote(self):
        self.run("pg_ctl", "promote", "-D", self.data, "-w")

    def psql(self, question, database=DATABASE):
        """The rows of one question as text, asked by the superuser and past every proxy."""
        done = subprocess.run(
            [f"{BINARIES}/psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-p", str(self.port),
             "-U", "postgres", "-d", database, "-f", "-"],
            input=question, capture_output=True, text=True, env=os.environ | {"PGCONNECT_TIMEOUT": "10"},
        )
        if done.returncode:
            raise RuntimeError(done.stderr.strip())
        return done.stdout.strip()

    def make_database(self, program):
        """The roles, the database and its schema."""
        self.psql((PROJECT / "Schema" / "Roles.sql").read_text(), database="postgres")
        self.psql(f"CREATE DATABASE {DATABASE} OWNER chapterhouse_owner", database="postgres")
        done = subprocess.run(
            [program, "database", "migrate", "--migrator-database", self.address(role="chapterhouse_migrator")],
            capture_output=True, text=True,
        )
        if done.returncode:
            raise SystemExit(f"The schema could not be made: {done.stderr.strip()}")

    def address(self, role="chapterhouse_app", port=None):
        """A connection string; encryption would only add bytes to what proxies count."""
        return f"host=127.0.0.1 port={port or self.port} user={role} dbname={DATABASE} sslmode=disable gssencmode=disable"

    def end(self):
        if self.is_alive():
            self.signal_all(signal.SIGCONT)
            self.stop(signal.SIGQUIT)
        if self.has_small_disk:
            subprocess.run(["umount", "-l", self.folder], check=False, capture_output=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.log.unlink(missing_ok=True)


class Line:
    """A proxy between a service and its database, which obeys commands."""

    def __init__(self, server):
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "proxy.py"), server], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        self.port = int(self.process.stdout.readline())

    def tell(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        if answer.startswith("error"):
            raise ValueError(answer)
        return answer

    def end(self):
        self.process.stdin.close()
        self.process.wait(timeout=10)
