#!/usr/bin/env python3
"""Walks through the pages of the running service in a browser, as people do, and holds every page to what all can use.

browser.py PROGRAM [--only WORDS] [--every-manner] [--screenshots FOLDER] [--behind nginx]

It starts PROGRAM on a free port, with a private PostgreSQL and the demo chapter, and ends with it. Every journey in
`journeys` is walked, or those whose name or first line has the WORDS in it: in two manners that have nothing in common,
or in all sixteen. With a FOLDER, pictures of pages go there.
"""

import argparse
import concurrent.futures
import contextlib
import importlib
import io
import os
import pathlib
import shutil
import sys
import tempfile
import time

from playwright.sync_api import sync_playwright

from service import Service
from walk import EVERY_MANNER, MANNERS, JourneyEnded, Outcome, Walk

HERE = pathlib.Path(__file__).resolve().parent


def journeys(asked):
    """Name, first line and module of each journey that is asked for, in order of their files."""
    for file in sorted((HERE / "journeys").glob("[a-z]*.py")):
        module = importlib.import_module(f"journeys.{file.stem}")
        name, title = file.stem.replace("_", " "), module.__doc__.strip().splitlines()[0].rstrip(".")
        if name == "pictures" and not asked.screenshots:
            continue
        if asked.only.lower() in f"{name} {title}".lower():
            yield name, title, module


def chromium():
    found = shutil.which("chromium")
    if not found:
        raise SystemExit("There is no chromium; install Debian's package of that name.")
    return found


def wander(browser, service, outcome, chosen, manners, asked):
    for name, title, journey in chosen:
        # What looks at pages and goes nowhere says itself on which devices.
        ways = list(enumerate(manners)) if getattr(journey, "IN_EVERY_MANNER", False) else [(0, MANNERS[0])]
        for number, manner in ways:
            said = f"{title} ({manner})" if len(ways) > 1 else title
            walk_once(name, said, journey, Walk(browser, service, outcome, asked.screenshots, manner, number))


def walk_once(name, title, journey, walk):
    began = time.monotonic()
    print(f"{title}:", flush=True)
    try:
        journey.walk(walk)
        walk.conclude()
    except JourneyEnded:
        pass
    except Exception as error:
        walk.outcome.fail(f"{name} goes on to its end", error)
    finally:
        walk.end()
    print(f"  ({time.monotonic() - began:.0f} s)", flush=True)


def lanes(chosen, every_manner):
    """What is walked beside each other, each with a service of its own: a leader's pages take as long as all the rest.

    Each further pair of manners, which have nothing in common either, begins with another service: what may be there once
    is there again."""
    looking = [name for name, _, _ in chosen if name == "every page"]
    others = [name for name, _, _ in chosen if name not in looking]
    varied = [name for name, _, journey in chosen if getattr(journey, "IN_EVERY_MANNER", False)]
    pairs = list(zip(EVERY_MANNER, reversed(EVERY_MANNER)))[1:len(EVERY_MANNER) // 2] if every_manner else []
    found = [(looking, MANNERS), (others, MANNERS)] + [(varied, list(pair)) for pair in pairs]
    return [(names, manners) for names, manners in found if names]


def walk_lane(names, manners, asked):
    outcome = Outcome()
    chosen = [one for one in journeys(asked) if one[0] in names]
    # The server's own user has to pass the folder.
    home = tempfile.mkdtemp()
    os.chmod(home, 0o711)
    try:
        service = Service(os.path.abspath(asked.program), f"{home}/chapterhouse", asked.behind)
        try:
            service.prepare()
            with sync_playwright() as playwright:
                # Chromium refuses its sandbox to root.
                arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
                browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
                wander(browser, service, outcome, chosen, manners, asked)
                browser.close()
        finally:
            service.end()
        for error in service.errors:
            outcome.fail("the service logs no error", error)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return outcome.passed, outcome.failed


def walk_lane_quietly(names, manners, asked):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        counts = walk_lane(names, manners, asked)
    return said.getvalue(), counts


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--only", metavar="WORDS", default="")
    parser.add_argument("--every-manner", action="store_true")
    parser.add_argument("--screenshots", metavar="FOLDER", type=pathlib.Path)
    parser.add_argument("--behind", choices=["nginx", "caddy"])
    asked = parser.parse_args()
    chosen = list(journeys(asked))
    if not chosen:
        raise SystemExit(f"No journey has {asked.only!r} in its name.")
    if asked.screenshots:
        asked.screenshots.mkdir(parents=True, exist_ok=True)
    first, *others = lanes(chosen, asked.every_manner)
    with concurrent.futures.ProcessPoolExecutor(1) as pool:
        beside = [pool.submit(walk_lane_quietly, names, manners, asked) for names, manners in others]
        counts = [walk_lane(*first, asked)]
        for lane in beside:
            said, count = lane.result()
            print(said, end="", flush=True)
            counts.append(count)
    passed, failed = (sum(of) for of in zip(*counts))
    print(f"{passed} passed, {failed} failed")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
