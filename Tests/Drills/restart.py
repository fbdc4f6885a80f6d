#!/usr/bin/env python3
"""Restarts a service again and again under load, and nobody notices.

    restart.py PROGRAM [--times 6] [--drain 5] [--without-socket] [--seed 20261123]

One service at a socket that stays, as systemd keeps it for deploy/systemd, behind the nginx of deploy/nginx. A crowd
reads and writes, half of it through nginx and half of it directly, while the service is asked to end and started again.
No request may fail, be refused or cut off, and in the end the database has to hold every acknowledged write once.
With --drain 0, or --without-socket, it shows what both are for: it fails.
"""

import argparse
import os
import random
import signal
import sys
import time

from house import DRAIN, ActivatedNode, Cluster, Crowd, Front, Node, Stage


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("program")
    options.add_argument("--times", type=int, default=6)
    options.add_argument("--drain", type=int, default=DRAIN)
    options.add_argument("--without-socket", action="store_true")
    options.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3)))
    asked = options.parse_args()
    program, chance = os.path.abspath(asked.program), random.Random(asked.seed)

    ends = []
    try:
        cluster = Cluster(name="database")
        ends.append(cluster.end)
        cluster.start()
        cluster.make_database(program)
        kind = Node if asked.without_socket else ActivatedNode
        node = kind(program, "directly", cluster.address(),
                    ["--drain", str(asked.drain), "--trusted-proxy", "127.0.0.1"])
        front = Front([node])
        ends.append(front.end)
        stage = Stage(cluster, [front, node], starts=[front])
        crowd = Crowd(stage, asked.seed, has_shell=False)
        crowd.open()
        print(f"{'restart':>8}  {'ended after':>12}  {'ready after':>12}  {'longest wait':>12}")
        for number in range(asked.times):
            time.sleep(chance.uniform(0.5, 2))
            crowd.ledger.slowest = 0.0
            began = time.monotonic()
            status, seconds = node.terminate()
            if status:
                crowd.ledger.blame(f"the service ended with {status}")
            node.start()
            node.wait_until_ready()
            crowd.recover(time.monotonic(), "restart")
            print(f"{number + 1:>8}  {seconds:>10.2f} s  {time.monotonic() - began:>10.2f} s  {crowd.ledger.slowest:>10.2f} s")
        time.sleep(1)
        crowd.close()
        crowd.expect_no_failure()
        violations = crowd.judge(cluster)
        crowd.report()
        for violation in violations[:50]:
            print(f"VIOLATED: {violation}")
        print(f"{asked.times} restarts, {sum(crowd.ledger.answers.values())} requests, seed {asked.seed}: "
              f"{'nobody noticed' if not violations else f'{len(violations)} violations'}.")
        sys.exit(1 if violations else 0)
    finally:
        for end in reversed(ends):
            end()


if __name__ == "__main__":
    main()
