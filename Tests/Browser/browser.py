#!/usr/bin/env python3
"""Walks through the pages of the running service in a browser, as people do, and holds every page to what all can use.

browser.py PROGRAM [--only WORDS] [--screenshots FOLDER]

It starts PROGRAM on a free port, with a private PostgreSQL and the demo chapter, and ends with it. Every journey in
`journeys` is walked, or those whose name or first line has the WORDS in it; with a FOLDER, pictures of pages go there.
"""

import argparse
import importlib
import os
import pathlib
import shutil
import sys
import tempfile
import time

from playwright.sync_api import sync_playwright

from service import Service
from walk import JourneyEnded, Outcome, Walk

HERE = pathlib.Path(__file__).resolve().parent


def journeys(words, has_folder):
    """Name, first line and way of each journey that is asked for, in order of their files."""
    for file in sorted((HERE / "journeys").glob("[a-z]*.py")):
        module = importlib.import_module(f"journeys.{file.stem}")
        name, title = file.stem.replace("_", " "), module.__doc__.strip().splitlines()[0].rstrip(".")
        if name == "pictures" and not has_folder:
            continue
        if words.lower() in f"{name} {title}".lower():
            yield name, title, module.walk


def chromium():
    found = shutil.which("chromium")
    if not found:
        raise SystemExit("There is no chromium; install Debian's package of that name.")
    return found


def wander(browser, service, outcome, chosen, pictures):
    for name, title, way in chosen:
        began = time.monotonic()
        print(f"{title}:", flush=True)
        walk = Walk(browser, service, outcome, pictures)
        try:
            way(walk)
            walk.conclude()
        except JourneyEnded:
            pass
        except Exception as error:
            outcome.fail(f"{name} goes on to its end", error)
        finally:
            walk.end()
        print(f"  ({time.monotonic() - began:.0f} s)", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--only", metavar="WORDS", default="")
    parser.add_argument("--screenshots", metavar="FOLDER", type=pathlib.Path)
    asked = parser.parse_args()
    chosen = list(journeys(asked.only, asked.screenshots is not None))
    if not chosen:
        raise SystemExit(f"No journey has {asked.only!r} in its name.")
    if asked.screenshots:
        asked.screenshots.mkdir(parents=True, exist_ok=True)
    outcome = Outcome()
    # The server's own user has to pass the folder.
    home = tempfile.mkdtemp()
    os.chmod(home, 0o711)
    try:
        service = Service(os.path.abspath(asked.program), f"{home}/chapterhouse")
        try:
            service.prepare()
            with sync_playwright() as playwright:
                # Chromium refuses its sandbox to root.
                arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
                browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
                wander(browser, service, outcome, chosen, asked.screenshots)
                browser.close()
        finally:
            service.end()
        for error in service.errors:
            outcome.fail("the service logs no error", error)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print(f"{outcome.passed} passed, {outcome.failed} failed")
    return bool(outcome.failed)


if __name__ == "__main__":
    sys.exit(main())
