#!/usr/bin/env python3
"""Recomputes the figures of random chapters from their rows, and holds every cell of the reports to them, to the cent.

figures.py PROGRAM [--examples N] [--seed N] [--only REPORT …] [--mutants [NAME …]] [--behind nginx]

It starts PROGRAM with a private PostgreSQL, writes chapters as rows, asks over HTTP as an officer does, and ends with
them. With --mutants it plants the errors of mutants.json one at a time, and each has to be found.
"""

import argparse
import os
import pathlib
import shutil
import sys
import tempfile
import time

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings

from chapters import READER, chapters, last_of, months_before
from domain import Figures
from formats import Formats
from mutants import Mutants
from scorecards import scorecard
from service import Service

REPORTS = ["roi", "own roi", "attendance", "giving", "scorecard", "retention", "concentration", "absences", "consistency", "matrix", "corrections"]
# Hypothesis makes most of a run's later examples out of the earlier ones; a new seed begins with new ones.
EXAMPLES_OF_A_SEED = 10


def expected(report, chapter, question):
    figures = Figures(chapter, question.day)
    match report:
        case "roi":
            return figures.roi(question.month, question.since)
        case "own roi":
            return figures.roi(question.month, question.since, READER)
        case "attendance":
            return figures.attendance(*question.days)
        case "giving":
            return figures.giving(*question.year)
        case "scorecard":
            return scorecard(figures, *question.half_year, question.scheme)
        case "concentration":
            return figures.concentration(*question.year)
        case "retention":
            return figures.retention(*question.year)
        case "absences":
            return figures.absences(question.days[1])
        case "consistency":
            return figures.consistency(*question.year)
        case "matrix":
            return figures.relations(*question.year)
        case "corrections":
            return {"corrections": figures.corrected(*question.year)}


def told(service, report, chapter, question):
    days = {"attendance": question.days, "absences": question.days, "scorecard": question.half_year}
    if report in ("roi", "own roi"):
        months = [f"{month:%Y-%m}" for month in (question.since, question.month)]
        asked = {"month": months[1]} if months[0] == months[1] else {"from": months[0], "to": months[1]}
        ask = service.ask if report == "roi" else service.ask_as_member
        return ask(chapter, "roi", **asked, as_of=question.instant)
    first, last = days.get(report, question.year)
    if report == "corrections":
        told = service.ask(chapter, "giving/entries", **{"from": first, "to": last, "as_of": question.instant})
        return {"corrections": sorted(told["corrections"], key=lambda row: row["slip_id"])}
    scheme = question.scheme if report == "scorecard" else None
    return service.ask(chapter, report, **{"from": first, "to": last, "as_of": question.instant, "scheme": scheme})


def differences(wanted, found, path=""):
    """Every cell in which an answer differs from what was recomputed; what else the answer says is not asked about."""
    if isinstance(wanted, dict) and isinstance(found, dict):
        for key, value in wanted.items():
            yield from differences(value, found.get(key, "nothing"), f"{path}.{key}")
    elif isinstance(wanted, list) and isinstance(found, list):
        if len(wanted) != len(found):
            yield f"{path}: {len(found)} rows, and not {len(wanted)}"
        for index, (one, other) in enumerate(zip(wanted, found)):
            name = one["member"]["name"] if isinstance(one, dict) and "member" in one else index
            yield from differences(one, other, f"{path}[{name}]")
    elif wanted != found or isinstance(wanted, bool) != isinstance(found, bool):
        yield f"{path}: {found}, and not {wanted}"


class Examination:
    """How many chapters were looked at, and how many cells."""

    def __init__(self, service, reports):
        self.service, self.reports, self.chapters, self.cells = service, reports, 0, 0
        self.fullest = None

    def examine(self, drawn):
        chapter, question = drawn
        if not self.fullest or len(chapter.slips) > len(self.fullest[0].slips):
            self.fullest = drawn
        self.service.write(chapter)
        if chapter.corrections:
            # What was added up before has to be added up again.
            told(self.service, "roi", chapter, question)
            self.service.correct(chapter)
        self.chapters += 1
        wrong = []
        for report in self.reports:
            wanted = expected(report, chapter, question)
            self.cells += count(wanted)
            wrong += [f"{report}{line}" for line in differences(wanted, told(self.service, report, chapter, question))]
        assert not wrong, f"as of {question.instant} {question}:\n" + "\n".join(wrong[:20])

    def run(self, examples, number, explains=True):
        phases = (Phase.generate, Phase.shrink) if explains else (Phase.generate,)
        for start in range(0, examples, EXAMPLES_OF_A_SEED):
            limits = settings(
                max_examples=min(EXAMPLES_OF_A_SEED, examples - start), deadline=None, database=None, phases=phases, report_multiple_bugs=False,
                print_blob=False, suppress_health_check=list(HealthCheck), verbosity=Verbosity.normal if explains else Verbosity.quiet,
            )
            seed(number + start)(limits(given(chapters())(self.examine)))()


def read_back(service, drawn, folder):
    """Every report of a chapter in every format; what differs."""
    chapter, question = drawn
    formats = Formats(service, folder)
    asked = {"from": months_before(question.month, 11), "to": last_of(question.month), "as_of": f"{last_of(question.month)}T22:00:00Z"}
    names = ["attendance", "absences", "giving", "scorecard", "consistency", "quality", "matrix", "time", "leadership", "retention", "visitors",
             "seats", "concentration"]
    books = [formats.compare(chapter, name, **asked) for name in names]
    books.append(formats.compare(chapter, "handover", **asked | {"from": asked["to"]}))
    books.append(formats.compare(chapter, "roi", month=f"{question.month:%Y-%m}", as_of=asked["as_of"]))
    by = "openpyxl and LibreOffice" if formats.convert(books) else "openpyxl"
    print(f"{len(books)} reports as JSON, CSV, HTML, XLSX and PDF agree in {formats.cells} cells, as {by} and pdftotext read them."
          if not formats.wrong else "\n".join(formats.wrong))
    return bool(formats.wrong)


def count(value):
    if isinstance(value, dict):
        return sum(map(count, value.values()))
    return sum(map(count, value)) if isinstance(value, list) else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--examples", type=int, default=120)
    parser.add_argument("--seed", type=int, default=20261028)
    parser.add_argument("--only", nargs="+", choices=REPORTS, default=REPORTS)
    parser.add_argument("--mutants", nargs="*", metavar="NAME")
    parser.add_argument("--behind", choices=["nginx", "caddy"])
    asked = parser.parse_args()
    # The server's own user has to pass the folder.
    home = tempfile.mkdtemp()
    os.chmod(home, 0o711)
    started = time.monotonic()
    status = 0
    try:
        service = Service(os.path.abspath(asked.program), f"{home}/chapterhouse", asked.behind)
        try:
            if asked.mutants is None:
                examination = Examination(service, asked.only)
                examination.run(asked.examples, asked.seed)
                print(f"{examination.chapters} chapters, {examination.cells} cells agree, in {time.monotonic() - started:.0f} s.", flush=True)
                status = read_back(service, examination.fullest, home)
            else:
                status = Mutants(service).hunt(asked.mutants, asked.examples, asked.seed, Examination)
        finally:
            service.end()
            for error in service.errors:
                print(error, file=sys.stderr)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return status or bool(service.errors)


if __name__ == "__main__":
    sys.exit(main())
