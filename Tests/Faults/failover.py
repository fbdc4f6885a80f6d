#!/usr/bin/env python3
"""The primary dies, its synchronous standby takes over, and nobody who was told "done" is disappointed.

    Tests/Faults/failover.py .build/debug/chapterhouse [--rounds 3] [--pooler] [--seed 20261122]

Two services under load, which know the addresses of both servers and write to the one that takes writes. Each round
the primary goes in another way, the standby is promoted, and both services have to acknowledge writes again within
five seconds, without a restart; then a new standby takes the place of the dead. With --pooler the services reach the
database through PgBouncer, which lends connections by transaction, and is told the new address.

The status is 0 where no acknowledged write is missing and no promise was broken.
"""

import argparse
import contextlib
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import time

from cluster import DATABASE, Cluster, free_port, unprivileged, wait_until
from crowd import Crowd
from stage import Node, Stage


class Pooler:
    """A PgBouncer of our own."""

    def __init__(self, cluster):
        self.program = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
        if not os.access(self.program, os.X_OK):
            raise SystemExit("There is no PgBouncer here: apt-get install pgbouncer")
        self.port = free_port()
        self.folder = pathlib.Path(f"{cluster.folder}-pooler")
        self.folder.mkdir(mode=0o755)
        (self.folder / "users").write_text('"chapterhouse_app" ""\n')
        self.lead_to(cluster)
        with open(self.folder / "log", "wb") as log:
            self.process = subprocess.Popen(
                [*unprivileged(), self.program, self.folder / "pgbouncer.ini"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/",
            )

    def is_ready(self):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True
        return False

    def lead_to(self, cluster):
        (self.folder / "pgbouncer.ini").write_text(f"""
            [databases]
            {DATABASE} = host=127.0.0.1 port={cluster.port} dbname={DATABASE}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {self.port}
            unix_socket_dir =
            auth_type = trust
            auth_file = {self.folder}/users
            pool_mode = transaction
            max_client_conn = 200
            default_pool_size = 20
            server_login_retry = 1
            """.replace("\n            ", "\n"))

    def reload(self, cluster):
        self.lead_to(cluster)
        self.process.send_signal(signal.SIGHUP)

    def end(self):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder)


def lose_power(primary):
    primary.kill()


def be_stopped(primary):
    primary.stop()


def hang_and_be_fenced(primary):
    """It stands still for a while, and is shot before another takes its place: two primaries would be worse than none."""
    primary.signal_all(signal.SIGSTOP)
    time.sleep(2)
    primary.kill()


ENDS = [lose_power, be_stopped, hang_and_be_fenced]


def main():
    # Who is told to end leaves no server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("program")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--pooler", action="store_true")
    options.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3)))
    asked = options.parse_args()
    program, chance = os.path.abspath(asked.program), random.Random(asked.seed)

    ends = []
    try:
        primary = Cluster(name="first")
        ends.append(primary.end)
        primary.start()
        primary.make_database(program)
        standby = Cluster(follows=primary, name="second")
        ends.append(standby.end)
        standby.start()
        primary.wait_for_standby("second")
        environment, pooler = {}, None
        if asked.pooler:
            pooler = Pooler(primary)
            ends.append(pooler.end)
            address = primary.address(port=pooler.port)
            environment["CHAPTERHOUSE_PREPARED_STATEMENTS"] = "off"
            wait_until(pooler.is_ready, 30, "the pooler")
        else:
            address = primary.address().replace("host=127.0.0.1", "host=127.0.0.1,127.0.0.1").replace(
                f"port={primary.port}", f"port={primary.port},{standby.port}") + " target_session_attrs=read-write"
        stage = Stage(primary, [Node(program, f"service {number}", address, **environment) for number in (1, 2)])
        ends += [node.end for node in stage.nodes]
        crowd = Crowd(stage, asked.seed)
        crowd.open()
        for number in range(asked.rounds):
            time.sleep(chance.uniform(2, 4))
            end = ENDS[number % len(ENDS)]
            end(primary)
            time.sleep(chance.uniform(0, 1))
            dead, primary = primary, standby
            primary.promote()
            if pooler:
                pooler.reload(primary)
            crowd.recover(time.monotonic(), end.__name__.replace("_", " "))
            crowd.look_after_services(end.__name__)
            # The next standby stands where the dead one stood.
            dead.end()
            ends.remove(dead.end)
            standby = Cluster(follows=primary, name=f"standby{number}", port=dead.port)
            ends.append(standby.end)
            standby.start()
            primary.wait_for_standby(standby.name)
            stage.cluster = primary
        time.sleep(2)
        crowd.close()
        wait_until(lambda: primary.psql("SELECT pg_current_wal_lsn()") == standby.psql("SELECT pg_last_wal_replay_lsn()"), 30,
                   "the standby has everything")
        violations = crowd.judge(primary)
        print(f"{asked.rounds} failovers{' behind PgBouncer' if pooler else ''}, seed {asked.seed}.")
        crowd.report()
        for violation in violations[:50]:
            print(f"VIOLATED: {violation}")
        sys.exit(1 if violations else 0)
    finally:
        for end in reversed(ends):
            end()


if __name__ == "__main__":
    main()
