#!/usr/bin/env python3
"""Runs every suite that speaks HTTP to a real service with a proxy before it, as deploy/ has it.

    behind.py PROGRAM [nginx | caddy] [SUITE…]

Each suite starts a service and a proxy of its own. The last lines say which held; the status is 0 where all did.
"""

import pathlib
import subprocess
import sys
import time

TESTS = pathlib.Path(__file__).resolve().parents[1]

SUITES = {
    "calendars": ["Calendar/feeds.py"],
    "contract": ["API/contract.py"],
    "browser": ["Browser/browser.py"],
    "figures": ["Figures/figures.py", "--examples", "30"],
    "writings": ["Figures/writings.py", "--examples", "20"],
}


def main(program, *words):
    kind = next((word for word in words if word in ("nginx", "caddy")), "nginx")
    names = [word for word in words if word not in ("nginx", "caddy")] or list(SUITES)
    verdicts, failed = [], 0
    for name in names:
        file, *options = SUITES[name]
        print(f"Behind {kind}: {name}", flush=True)
        begun = time.monotonic()
        status = subprocess.run([sys.executable, TESTS / file, program, *options, "--behind", kind]).returncode
        failed += status != 0
        verdicts.append(f"{'holds' if status == 0 else 'FAILS'} {name} ({time.monotonic() - begun:.0f} s)")
    print(f"Behind {kind}:", *verdicts, sep="\n  ")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
