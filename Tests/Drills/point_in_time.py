#!/usr/bin/env python3
"""Loses a database and brings it back to a moment, with pgBackRest, as docs/backup.md tells the operator to.

point_in_time.py PROGRAM [--writes 20]

It makes a cluster in a fresh folder, archives its WAL, takes a full backup, lets PROGRAM write, notes the moment and what the
reports say, lets it write on, kills the server and removes its data, restores to the moment, and looks: all that was
acknowledged before the moment has to be there, nothing of what came after, the reports the same to the byte, and the database
right in every check of `database verify`. As root it runs PostgreSQL as the user postgres.
"""

import argparse
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "Schema"
REPORTS = [
    ["report", "roi", "drill", "--month", "2026-10", "--as-of", "2026-11-20T08:00:00Z", "--format", "json"],
    ["report", "giving", "drill", "--from", "2026-01-01", "--to", "2026-10-31", "--format", "csv"],
    ["member", "list", "drill", "--format", "json"],
    ["audit", "list", "drill", "--limit", "100000", "--format", "csv"],
]
AS_POSTGRES = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


def programs():
    """The folder of the newest PostgreSQL that is installed."""
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found or not shutil.which("pgbackrest"):
        raise SystemExit("It needs PostgreSQL and pgBackRest (Debian: apt-get install postgresql pgbackrest).")
    return found[-1].parent


class Cluster:
    """A server whose WAL goes into a repository of pgBackRest."""

    def __init__(self, folder):
        self.folder, self.programs = folder, programs()
        self.data, self.socket, self.settings = folder / "data", folder / "socket", folder / "pgbackrest.conf"
        for name in ["data", "socket", "repository", "log", "lock", "spool"]:
            (folder / name).mkdir(mode=0o700 if name == "data" else 0o755)
            if AS_POSTGRES:
                shutil.chown(folder / name, "postgres", "postgres")
        self.settings.write_text(f"""[global]
repo1-path={folder}/repository
repo1-retention-full=2
log-path={folder}/log
lock-path={folder}/lock
spool-path={folder}/spool
log-level-console=warn
log-level-file=detail
start-fast=y

[chapterhouse]
pg1-path={self.data}
pg1-socket-path={self.socket}
""")
        self.run(self.programs / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-k")
        archive = f"pgbackrest --config={self.settings} --stanza=chapterhouse archive-push %p"
        with open(self.data / "postgresql.conf", "a") as settings:
            settings.write(f"""
listen_addresses = ''
unix_socket_directories = '{self.socket}'
archive_mode = on
archive_command = '{archive}'
wal_level = replica
""")
        self.start()

    def run(self, *words):
        done = subprocess.run([str(word) for word in words], cwd="/", capture_output=True, text=True, **AS_POSTGRES)
        if done.returncode:
            raise SystemExit(f"{words[0]} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def start(self):
        self.run(self.programs / "pg_ctl", "-D", self.data, "-l", self.folder / "log/postgresql.log", "-w", "-t", "300", "start")

    def ask(self, query, database="chapterhouse"):
        return self.run("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", self.socket, "-U", "postgres", "-d", database, "-c", query).strip()

    def back_up(self, *words):
        return self.run("pgbackrest", f"--config={self.settings}", "--stanza=chapterhouse", *words)

    def lose(self):
        """Kills the server as a power failure does, and removes all that it had."""
        leader = int((self.data / "postmaster.pid").read_text().split()[0])
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(leader)], capture_output=True, text=True).stdout.split()
        for process in [leader, *map(int, children)]:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass
        while any(pathlib.Path(f"/proc/{process}").exists() and "Z" not in state(process) for process in [leader, *children]):
            time.sleep(0.05)
        shutil.rmtree(self.data)
        self.data.mkdir(mode=0o700)
        if AS_POSTGRES:
            shutil.chown(self.data, "postgres", "postgres")

    def end(self):
        if (self.data / "postmaster.pid").exists():
            subprocess.run([self.programs / "pg_ctl", "-D", self.data, "-m", "immediate", "stop"], cwd="/", capture_output=True, **AS_POSTGRES)


def state(process):
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


class Shell:
    """PROGRAM, as the operator enters its commands."""

    def __init__(self, program, cluster):
        self.program, self.address = program, f"host={cluster.socket} user=chapterhouse_app dbname=chapterhouse"

    def enter(self, *words, statuses=(0,)):
        done = subprocess.run([self.program, *words, "--database", self.address], capture_output=True, text=True)
        if done.returncode not in statuses:
            raise SystemExit(f"chapterhouse {' '.join(words)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def thank(self, number):
        """Records an amount that no other record has."""
        self.enter("thanks", "record", "drill", "--earner", "Ben Berg", "--thanked", "Anna Alt", "--amount", str(number), "--date", "2026-10-14")


class Verdict:
    def __init__(self):
        self.lines, self.failed = [], 0

    def check(self, what, holds, figure=""):
        self.failed += not holds
        self.lines.append(f"{'ok    ' if holds else 'FAILED'} {what}{f': {figure}' if figure != '' else ''}")


def timed(work, *words):
    began = time.monotonic()
    work(*words)
    return time.monotonic() - began


def drill(program, folder, writes, verdict):
    cluster = Cluster(folder)
    try:
        cluster.ask((SCHEMA / "Roles.sql").read_text(), "postgres")
        cluster.ask("CREATE DATABASE chapterhouse OWNER chapterhouse_owner", "postgres")
        shell = Shell(program, cluster)
        shell.enter("database", "migrate")
        shell.enter("chapter", "create", "drill", "--name", "Drill", "--time-zone", "Europe/Berlin", "--currency", "EUR",
                    "--weekday", "wednesday", "--at", "07:00", "--minutes", "90", "--place", "Town Hall")
        for name in ["Anna Alt", "Ben Berg"]:
            shell.enter("member", "add", "drill", name, "--email", f"{name.split()[0].lower()}@example.org", "--joined", "2026-10-01")
        cluster.back_up("stanza-create")
        cluster.back_up("check")
        seconds = timed(cluster.back_up, "--type=full", "backup")
        verdict.check("full backup, seconds", True, f"{seconds:.1f}")

        wanted = [1000 + number for number in range(writes)]
        for amount in wanted:
            shell.thank(amount)
        shell.enter("audit", "seal")
        before = [shell.enter(*report) for report in REPORTS]
        moment = cluster.ask("SELECT clock_timestamp()")
        for number in range(writes):
            shell.thank(5000 + number)
        # What lies behind the moment has to be archived too: recovery stops at the first commit after it.
        last = cluster.ask("SELECT pg_walfile_name(pg_current_wal_lsn())")
        cluster.ask("SELECT pg_switch_wal()")
        deadline = time.monotonic() + 60
        while cluster.ask("SELECT coalesce(max(last_archived_wal), '') FROM pg_stat_archiver") < last:
            if time.monotonic() > deadline:
                raise SystemExit(f"{last} was not archived within a minute")
            time.sleep(0.1)

        cluster.lose()
        began = time.monotonic()
        cluster.back_up("--type=time", f"--target={moment}", "--target-action=promote", "restore")
        copied = time.monotonic() - began
        cluster.start()
        while cluster.ask("SELECT pg_is_in_recovery()") != "f":
            time.sleep(0.05)
        verdict.check("copied back, seconds", True, f"{copied:.1f}")
        verdict.check("serving again, seconds after the restore began", True, f"{time.monotonic() - began:.1f}")

        amounts = [int(amount) // 100 for amount in cluster.ask("SELECT amount FROM app.closed_business ORDER BY amount").split()]
        verdict.check("acknowledged before the moment and missing", not set(wanted) - set(amounts), len(set(wanted) - set(amounts)))
        verdict.check("of after the moment, or twice", amounts == sorted(set(amounts) & set(wanted)), len(amounts) - len(set(amounts) & set(wanted)))
        after = [shell.enter(*report) for report in REPORTS]
        verdict.check("reports that are another", after == before, sum(one != other for one, other in zip(before, after)))
        found = shell.enter("database", "verify", "--format", "csv", statuses=(0, 65))
        verdict.check("findings of database verify", "wrong" not in found, len(re.findall(r",wrong", found)))
        shell.thank(9999)
        verdict.check("takes writes again", "9999" in cluster.ask("SELECT amount / 100 FROM app.closed_business"))
    finally:
        cluster.end()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("program")
    arguments.add_argument("--writes", type=int, default=20)
    given = arguments.parse_args()
    verdict = Verdict()
    with tempfile.TemporaryDirectory(prefix="chapterhouse-drill-") as name:
        os.chmod(name, 0o755)
        drill(str(pathlib.Path(given.program).resolve()), pathlib.Path(name), given.writes, verdict)
    print("\n".join(verdict.lines))
    print(f"{len(verdict.lines) - verdict.failed} passed, {verdict.failed} failed")
    sys.exit(1 if verdict.failed else 0)


if __name__ == "__main__":
    main()
