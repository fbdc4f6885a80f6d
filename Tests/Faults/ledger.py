#!/usr/bin/env python3
"""Nothing acknowledged is lost, nothing is done twice or half, and no wall falls, whatever happens.

    Tests/Faults/ledger.py .build/debug/chapterhouse [--rounds 3] [--seed 20261122] [--only WORDS]

Two services, one PostgreSQL and two chapters; members write over HTTP, operators at the shell, presidents read. They
keep a ledger of what they were told, while every fault of strikes.py happens, in an order, at moments and in ways that
hypothesis draws; the seed draws the same again. Each time both services have to acknowledge writes again, by
themselves, within five seconds. In the end the database is held to the ledger.

A round is every fault once, and takes forty seconds. The status is 0 where every promise was kept. With --rounds 180
it is a soak of two hours; what it says of memory and open files should stay what it was.
"""

import argparse
import os
import signal
import sys
import time

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from crowd import Crowd
from stage import make_stage
from strikes import STRIKES, Violation, strike


class Run:
    def __init__(self, stage, crowd):
        self.stage, self.crowd = stage, crowd
        self.strikes = 0

    def strike(self, fault, draw):
        name = fault.__name__.replace("_", " ")
        try:
            healed = strike(self.stage, fault, draw)
        except (Violation, TimeoutError, RuntimeError) as error:
            self.crowd.ledger.blame(f"{name}: {error}")
            healed = time.monotonic()
        if healed is None:
            return
        self.strikes += 1
        self.crowd.recover(healed, name)
        self.crowd.look_after_services(name)


def main():
    # Who is told to end leaves no server behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("program")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3)))
    options.add_argument("--only", help="faults whose name has these words")
    options.add_argument("--verbose", action="store_true")
    asked = options.parse_args()

    chosen = [fault for fault in STRIKES if not asked.only or asked.only in fault.__name__.replace("_", " ")]
    stage = make_stage(os.path.abspath(asked.program))
    try:
        if not stage.cluster.has_small_disk:
            print("Nobody may mount a file system here: no disk is filled.")
        crowd = Crowd(stage, asked.seed)
        run = Run(stage, crowd)
        crowd.open()

        # What failed cannot be made to happen the same way a second time: there is nothing to shrink.
        @seed(asked.seed)
        @settings(max_examples=asked.rounds, database=None, deadline=None, phases=[Phase.generate],
                  suppress_health_check=list(HealthCheck))
        @given(st.permutations(chosen), st.data())
        def everything_goes_wrong(order, data):
            for fault in order:
                if asked.verbose:
                    print(f"{time.strftime('%H:%M:%S')} {fault.__name__}", flush=True)
                run.strike(fault, data.draw)
                time.sleep(data.draw(st.floats(0, 0.5)))

        everything_goes_wrong()
        crowd.close()
        # The power goes once more.
        try:
            stage.cluster.kill()
            stage.cluster.start()
            violations = crowd.judge(stage.cluster)
        except (TimeoutError, RuntimeError) as error:
            violations = crowd.ledger.violations + [f"the end: {error}"]
        print(f"{run.strikes} faults, seed {asked.seed}.")
        crowd.report()
        for violation in violations[:50]:
            print(f"VIOLATED: {violation}")
        sys.exit(1 if violations else 0)
    finally:
        stage.end()


if __name__ == "__main__":
    main()
