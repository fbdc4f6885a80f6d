#!/usr/bin/env python3
"""Two services behind nginx, a primary and its standby: one of anything dies, and within five seconds all goes on.

    Tests/Faults/nodes.py .build/debug/chapterhouse [--rounds 1] [--seed 20261123]

A crowd comes through the nginx of deploy/nginx, and knows of nothing behind it. A service is killed: what it was just
answering may end with 502, one request for each who asks at most, and nothing else. Then the primary loses its power,
and the synchronous standby is promoted by hand. Then both at once. Each time nginx has to pass on acknowledged writes
again within five seconds, and in the end the database is held to the ledger.
"""

import argparse
import os
import pathlib
import random
import signal
import sys
import time

import writers
from cluster import Cluster, wait_until
from crowd import Crowd
from stage import Node, Stage

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "Drills"))
from house import Front  # noqa: E402

# nginx says 502 where a service died in the midst of an answer: whoever has a key asks again.
writers.AGAIN = (502, 503, 504)


class Scene:
    def __init__(self, primary, standby, front, crowd, program):
        self.primary, self.standby, self.front, self.crowd, self.program = primary, standby, front, crowd, program
        self.dead = None

    def cut_off(self):
        return self.crowd.ledger.answers[502]

    def kill_service(self, node):
        """The other one goes on alone; how long until a write was acknowledged, and what was cut off."""
        before = self.cut_off()
        node.kill()
        self.crowd.recover(time.monotonic(), "a service is killed", asks_probe=False)
        time.sleep(2)
        lost = self.cut_off() - before
        if lost > len(self.crowd.clients):
            self.crowd.ledger.blame(f"{lost} requests were cut off by the death of one service")
        node.start()
        node.wait_until_ready()
        # nginx leaves out for a second who was not there: with both away at once there is nobody to ask.
        time.sleep(1.5)

    def kill_primary(self):
        self.primary.kill()
        self.dead, self.primary = self.primary, self.standby
        self.primary.promote()

    def replace_standby(self, number):
        self.dead.end()
        self.standby = Cluster(follows=self.primary, name=f"standby{number}", port=self.dead.port)
        self.standby.start()
        self.primary.wait_for_standby(self.standby.name)

    def end(self):
        for cluster in {self.primary, self.standby, self.dead} - {None}:
            cluster.end()


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("program")
    options.add_argument("--rounds", type=int, default=1)
    options.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3)))
    asked = options.parse_args()
    program, chance = os.path.abspath(asked.program), random.Random(asked.seed)

    ends = []
    try:
        primary = Cluster(name="first")
        standby = None
        scene = Scene(primary, None, None, None, program)
        ends.append(scene.end)
        primary.start()
        primary.make_database(program)
        scene.standby = standby = Cluster(follows=primary, name="second")
        standby.start()
        primary.wait_for_standby("second")
        address = primary.address().replace("host=127.0.0.1", "host=127.0.0.1,127.0.0.1").replace(
            f"port={primary.port}", f"port={primary.port},{standby.port}") + " target_session_attrs=read-write"
        nodes = [Node(program, f"service {number}", address, ["--trusted-proxy", "127.0.0.1"]) for number in (1, 2)]
        scene.front = front = Front(nodes)
        ends.append(front.end)
        stage = Stage(primary, [front], starts=[front])
        scene.crowd = crowd = Crowd(stage, asked.seed)
        crowd.open()
        for number in range(asked.rounds):
            time.sleep(chance.uniform(1, 3))
            for node in nodes:
                scene.kill_service(node)
            scene.kill_primary()
            crowd.recover(time.monotonic(), "the primary is killed")
            scene.replace_standby(2 * number)
            time.sleep(chance.uniform(1, 3))
            chance.choice(nodes).kill()
            scene.kill_primary()
            crowd.recover(time.monotonic(), "a service and the primary are killed", asks_probe=False)
            for node in nodes:
                if not node.is_alive():
                    node.start()
                    node.wait_until_ready()
            time.sleep(1.5)
            scene.replace_standby(2 * number + 1)
        time.sleep(1)
        crowd.close()
        wait_until(lambda: scene.primary.psql("SELECT pg_current_wal_lsn()") == scene.standby.psql("SELECT pg_last_wal_replay_lsn()"),
                   30, "the standby has everything")
        violations = crowd.judge(scene.primary)
        crowd.report()
        for violation in violations[:50]:
            print(f"VIOLATED: {violation}")
        print(f"{asked.rounds} rounds, seed {asked.seed}: {len(violations)} violations.")
        sys.exit(1 if violations else 0)
    finally:
        for end in reversed(ends):
            end()


if __name__ == "__main__":
    main()
