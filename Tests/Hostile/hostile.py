#!/usr/bin/env python3
"""Treats the real service as badly as strangers do, and holds what docs/reliability.md promises of that.

    hostile.py PROGRAM [--quick] [CHECK…]

Each check prints a line with its figures; the status is that of the worst. --quick runs what takes seconds.
"""

import sys

import bodies
import devices
import ending
import wire
from service import CHECKS, Service, run, shared

# Read for what they declare.
KINDS = (wire, bodies, ending, devices)


def main(program, *words):
    names = [word for word in words if not word.startswith("--")]
    with Service(program) as service:
        shared.service = service
        failed = run(CHECKS, program, names, "--quick" in words)
        for error in service.errors:
            print(error)
        return 1 if failed or service.errors else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
