#!/usr/bin/env python3
"""The primary loses its power, Patroni promotes the standby, and nobody who was told "done" is disappointed.

    patroni.py PROGRAM [--rounds 1] [--seed 20261123]

Two PostgreSQL servers under Patroni with deploy/patroni/patroni.yaml, one etcd, and two services under load that know
both addresses. The machine of the primary goes; the services have to acknowledge writes again within five seconds of the
promotion, which Patroni makes when the lease of the dead one has run out. The dead comes back as the standby. Then the
two change places as planned, for maintenance.

It needs Debian's packages patroni, etcd-server and python3-etcd. One etcd will do for a drill; a real installation has
three, on machines of their own, for with one that dies nobody may lead any more.
"""

import argparse
import contextlib
import http.client
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from house import PROJECT, Cluster, Crowd, Node, Stage, wait_until
from cluster import BINARIES, free_port, state, unprivileged

SAMPLE = PROJECT / "deploy/patroni/patroni.yaml"


def start(words, log):
    with open(log, "ab") as file:
        return subprocess.Popen([*unprivileged(), *map(str, words)], stdin=subprocess.DEVNULL, stdout=file, stderr=file, cwd="/",
                                start_new_session=True, env=os.environ | {"HOME": str(log.parent)})


class Etcd:
    """One etcd of our own."""

    def __init__(self, folder):
        self.port, peers = free_port(), free_port()
        self.process = start([
            "etcd", "--data-dir", folder / "etcd", "--listen-client-urls", f"http://127.0.0.1:{self.port}",
            "--advertise-client-urls", f"http://127.0.0.1:{self.port}", "--listen-peer-urls", f"http://127.0.0.1:{peers}",
            "--initial-advertise-peer-urls", f"http://127.0.0.1:{peers}", "--initial-cluster", f"default=http://127.0.0.1:{peers}",
        ], folder / "etcd.log")
        wait_until(self.is_ready, 30, "etcd")

    def is_ready(self):
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)
            connection.request("GET", "/health")
            return b"true" in connection.getresponse().read()
        return False

    def end(self):
        self.process.kill()
        self.process.wait()


class Member(Cluster):
    """A server that Patroni makes, starts and promotes."""

    def __init__(self, name, place, etcd):
        self.name, self.folder = name, place / name
        self.port, self.rest = free_port(), free_port()
        self.data, self.log, self.has_small_disk = self.folder / "data", self.folder / "log", False
        self.folder.mkdir(mode=0o755)
        sample = SAMPLE.read_text()
        for theirs, ours in {
            "name: db1": f"name: {name}", "10.0.0.11:8008": f"127.0.0.1:{self.rest}", "10.0.0.11:5432": f"127.0.0.1:{self.port}",
            "10.0.0.21:2379,10.0.0.22:2379,10.0.0.23:2379": f"127.0.0.1:{etcd.port}", "10.0.0.0/24": "127.0.0.1/32",
            "/var/lib/postgresql/15/chapterhouse": str(self.data), "/usr/lib/postgresql/15/bin": BINARIES,
            "/var/run/postgresql": str(self.folder), "scram-sha-256": "trust",
        }.items():
            if theirs not in sample:
                raise SystemExit(f"{theirs} is not in {SAMPLE}")
            sample = sample.replace(theirs, ours)
        (self.folder / "patroni.yaml").write_text(sample)
        subprocess.run(["chown", "-R", "postgres:postgres", self.folder], check=os.geteuid() == 0)

    def launch(self):
        self.process = start(["patroni", self.folder / "patroni.yaml"], self.log)

    def leads(self):
        with contextlib.suppress(RuntimeError):
            return self.psql("SELECT pg_is_in_recovery()", database="postgres") == "f"
        return False

    def kill(self):
        """The machine goes: Patroni and the server at once."""
        with contextlib.suppress(OSError, ValueError):
            server = int((self.data / "postmaster.pid").read_text().split()[0])
        everything = set(self.processes())
        patroni, self.process = self.process, argparse.Namespace(pid=server)
        everything |= set(self.processes())
        self.process = patroni
        for number in everything:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        patroni.wait()
        wait_until(lambda: all(state(one) in (None, "Z") for one in everything), 60, "the dead are gone")

    def end(self):
        if self.process.poll() is None:
            self.kill()


def ask_patroni(member, path, body):
    connection = http.client.HTTPConnection("127.0.0.1", member.rest, timeout=60)
    connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
    answer = connection.getresponse()
    said = answer.read().decode()
    if answer.status not in (200, 202):
        raise SystemExit(f"Patroni refuses {path}: {answer.status} {said}")


def wait_for_standby(primary):
    wait_until(lambda: primary.psql("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'", database="postgres") == "1",
               120, "the synchronous standby")


def change_over(crowd, name, act, heir):
    """Lets the primary go; prints how long until the next one led, and until both services acknowledged again."""
    began = time.monotonic()
    act()
    wait_until(heir.leads, 90, f"the promotion of {heir.name}")
    promoted = time.monotonic()
    crowd.recover(promoted, name)
    print(f"{name}: another leads after {promoted - began:.1f} s, writes are acknowledged {crowd.recoveries[name][-1]:.2f} s later.",
          flush=True)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("program")
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3)))
    asked = options.parse_args()
    if not shutil.which("patroni") or not shutil.which("etcd"):
        raise SystemExit("There is no Patroni here, or no etcd: apt-get install patroni etcd-server python3-etcd")
    program, chance = os.path.abspath(asked.program), random.Random(asked.seed)

    place = pathlib.Path(tempfile.mkdtemp(prefix="chapterhouse-patroni-"))
    place.chmod(0o777)
    ends = []
    try:
        etcd = Etcd(place)
        ends.append(etcd.end)
        members = []
        for name in ("db1", "db2"):
            member = Member(name, place, etcd)
            member.launch()
            ends.append(member.end)
            try:
                wait_until(member.leads if not members else member.is_ready, 60, f"{name} under Patroni")
            except TimeoutError as error:
                raise SystemExit(f"{error}; it says:\n{member.log.read_text()[-2000:]}") from None
            members.append(member)
        primary, standby = members
        wait_for_standby(primary)
        primary.make_database(program)
        address = primary.address().replace("host=127.0.0.1", "host=127.0.0.1,127.0.0.1").replace(
            f"port={primary.port}", f"port={primary.port},{standby.port}") + " target_session_attrs=read-write"
        stage = Stage(primary, [Node(program, f"service {number}", address) for number in (1, 2)])
        ends += [node.end for node in stage.nodes]
        crowd = Crowd(stage, asked.seed)
        crowd.open()
        for _ in range(asked.rounds):
            time.sleep(chance.uniform(2, 4))
            change_over(crowd, "the primary loses its power", primary.kill, standby)
            primary.launch()
            primary, standby = standby, primary
            wait_for_standby(primary)
            time.sleep(chance.uniform(2, 4))
            change_over(crowd, "the two change places", lambda: ask_patroni(
                primary, "/switchover", {"leader": primary.name, "candidate": standby.name}), standby)
            primary, standby = standby, primary
            wait_for_standby(primary)
        time.sleep(2)
        crowd.close()
        violations = crowd.judge(primary)
        crowd.report()
        for violation in violations[:50]:
            print(f"VIOLATED: {violation}")
        print(f"{asked.rounds} rounds, seed {asked.seed}: {len(violations)} violations.")
        sys.exit(1 if violations else 0)
    finally:
        for end in reversed(ends):
            end()
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
