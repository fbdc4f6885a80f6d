#!/usr/bin/env python3
"""Holds what is written and read of tables and amounts to Python's csv and decimal modules.

writings.py PROGRAM [--examples N] [--seed N] [--behind nginx]

It starts PROGRAM with a private PostgreSQL. Names of any kind go out in a report as CSV and are read by Python; tables
that Python writes, with any separator, quotes and line ends, are imported and looked for in the database; amounts as
people type them are sent in a form.
"""

import argparse
import csv
import io
import itertools
import os
import re
import shutil
import sys
import tempfile
import time
import unicodedata
import urllib.parse
from decimal import Decimal

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from chapters import DECIMALS, READING_SINCE, numbers
from service import READER, Service, insert

# What tells a spreadsheet program that a formula begins, in full width too.
FORMULA = tuple("=+-@\t\r\n\0＝＋－＠")
HEADING = ["From", "To", "Slip Type", "Inside/Outside", "TYFCB Amount", "CEU Credits", "Detail", "From Chapter", "To Chapter"]
MEETING = "2025-08-20"
LARGEST = 10**15

# Letters of all kinds, and above all what means something to somebody who reads a table.
letters = st.one_of(
    st.sampled_from(list("\"\"'',,;;==+-@|\\ aZ0é\u0301＝＋") + ["\u00a0", "\u2003", "\ufeff", "\u2028", "sep=;", '""', '","', "=1+1", "👩\u200d🍳"]),
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]),
)


def is_blank(letter):
    """White space as Unicode has it."""
    return letter in " \u0085\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" or "\u2000" <= letter <= "\u200a"


def line(text):
    """As a line is kept: composed, without blanks at the edges, one between words."""
    words = "".join(" " if is_blank(letter) else letter for letter in unicodedata.normalize("NFC", text)).split(" ")
    return " ".join(word for word in words if word)


lines = st.lists(letters, min_size=1, max_size=12).map("".join).filter(lambda text: line(text) and len(line(text).encode()) <= 300)

# Of several lines, and of none.
details = st.lists(st.one_of(letters, st.sampled_from(["\n", "\r\n", "\r", "\t"])), max_size=12).map("".join)


class Written:
    """A chapter for each currency, in which the examiner may do all that is tried here."""

    def __init__(self, service):
        self.service, self.tries = service, {}
        self.chapters = {currency: next(numbers) for currency in ["EUR", "JPY", "KWD", "CLF"]}
        rows = "".join(self.chapter(number, currency) for currency, number in self.chapters.items())
        service.database.run(f"BEGIN;\n{rows}\nCOMMIT")
        self.uniques = itertools.count()

    def chapter(self, number, currency):
        member, other = next(numbers), next(numbers)
        columns = "chapter_id, id, person_id, name, folded_name, joined_on"
        text = insert("chapter", "id, slug, name, folded_name, time_zone, currency", [
            (number, f"chapter-{number}", "Chapter", f"chapter {number}", "Etc/UTC", currency),
        ], identity=True)
        text += insert("policy", "chapter_id, valid_from, earned_is_seen_by", [(number, "2022-01-01", "chapter")])
        text += insert("membership", columns, [
            (number, member, self.service.examiner, "Examiner", "examiner", "2023-01-01"),
            (number, other, READER, "Reader", "reader", "2023-01-01"),
        ], identity=True)
        text += insert("office", "chapter_id, membership_id, person_id, role, from_on", [
            (number, member, self.service.examiner, "secretary-treasurer", READING_SINCE),
        ])
        text += (
            "INSERT INTO app.meeting (chapter_id, starts_at, local_date, minutes, kind, status, opened_at) "
            f"VALUES ({number}, '{MEETING} 07:00Z', '{MEETING}', 90, 'regular', 'open', '{MEETING} 07:00Z');\n"
        )
        return text

    def send(self, method, path, body=None, **headers):
        """The service lets a connection rest for a while only: one that has ended is opened again."""
        connection = self.service.connect()
        try:
            connection.request(method, path, body, {"Authorization": f"Bearer {self.service.token}"} | headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def count(self, kind, cases=1):
        self.tries[kind] = self.tries.get(kind, 0) + cases

    # Tables that the program writes.

    def write_names(self, names):
        """Members of those names, as Python reads them in a report."""
        chapter, people = next(numbers), [(next(numbers), name) for name in names]
        rows = self.chapter(chapter, "EUR") + insert("person", "id, name, folded_name", [
            (person, name, name.lower()) for person, name in people
        ], identity=True) + insert("membership", "chapter_id, id, person_id, name, folded_name, joined_on", [
            (chapter, person, person, name, f"{person}", "2024-01-01") for person, name in people
        ], identity=True)
        self.service.database.run(f"BEGIN;\n{rows}\nCOMMIT")
        status, text = self.send("GET", f"/api/v1/chapters/chapter-{chapter}/reports/attendance.csv?from=2025-08-01&to=2025-08-31")
        assert status == 200, text
        found = {int(row["member_id"]): row["name"] for row in csv.DictReader(io.StringIO(text, newline=""), strict=True) if row["member_id"]}
        wanted = {person: f"'{name}" if name.startswith(FORMULA) else name for person, name in people}
        assert wanted == {number: name for number, name in found.items() if number in wanted}
        self.count("names read", len(names))

    # Tables that Python writes.

    def import_rows(self, people, form):
        delimiter, quoting, end, mark, declared = form
        unique = next(self.uniques)
        # What an import brings is known by its content, and a person of another chapter by both names.
        rows = [(f"{name} {unique}.{place}", detail) for place, (name, detail) in enumerate(people)]
        file = io.StringIO(newline="")
        writer = csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator=end)
        writer.writerow(HEADING)
        for name, detail in rows:
            writer.writerow([name, "Examiner", "Referral", "Inside", "", "", detail, "Far Away", ""])
        text = (f"sep={delimiter}{end}" if declared else "") + file.getvalue()
        chapter = self.chapters["EUR"]
        status, said = self.send(
            "POST", f"/api/v1/chapters/chapter-{chapter}/imports?kind=slips&meeting={MEETING}", (b"\xef\xbb\xbf" if mark else b"") + text.encode(),
            **{"Content-Type": "text/csv"},
        )
        assert status in (200, 201), f"{said}\n{text}"
        known = self.service.database.run(
            f"SELECT encode(convert_to(name, 'UTF8'), 'hex') FROM app.outsider WHERE chapter_id = {chapter} AND name LIKE '% {unique}.%'"
        ).split()
        wanted = sorted(line(name) for name, _ in rows)
        assert wanted == sorted(bytes.fromhex(row).decode() for row in known), text
        self.count("rows imported", len(rows))

    # Amounts as people type them.

    def type_amount(self, text, currency):
        """What became of an amount in a form; None where it was refused."""
        chapter = self.chapters[currency]
        status, said = self.send(
            "POST", f"/chapters/chapter-{chapter}/log/thanks", urllib.parse.urlencode({"thanked": "chapter", "amount": text}),
            **{"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin", "Accept": "text/html"},
        )
        assert status in (303, 422), f"{text!r}: {status} {said[-2000:]}"
        kept = self.service.database.run(
            f"WITH entered AS (SELECT id, amount FROM app.closed_business WHERE chapter_id = {chapter}), gone AS ("
            f"DELETE FROM app.closed_business_earner WHERE chapter_id = {chapter}) SELECT amount FROM entered;"
            f"SET session_replication_role = replica; DELETE FROM app.closed_business WHERE chapter_id = {chapter}; RESET session_replication_role"
        ).split()
        assert len(kept) == (status == 303), (text, status, kept)
        self.count("amounts typed")
        return int(kept[0]) if kept else None

    def type_well(self, amount, currency, way):
        thousands, point, is_short = way
        decimals = DECIMALS[currency]
        text = write(amount, decimals, thousands, point, is_short)
        # A single mark before three digits is that of decimals only where the currency has as many.
        if not (decimals >= 3 and thousands in (".", ",") and text.count(thousands) == 1 and point not in text):
            assert self.type_amount(text, currency) == amount, f"{text!r} {currency} is {amount}"

    def type_anything(self, text, currency):
        assert self.type_amount(text, currency) == read(text, DECIMALS[currency]), f"{text!r} {currency}"


def write(amount, decimals, thousands, point, is_short):
    whole, part = divmod(amount, 10**decimals)
    part = f"{part:0{decimals}}" if decimals else ""
    if is_short:
        part = part.rstrip("0")
    return f"{whole:,}".replace(",", thousands) + (point + part if part else "")


APART = " \u00a0\u202f\u2009'\u2019"


def read(text, decimals):
    """The minor units that an amount means, by what the page on forms says of it; None where it could be two, or is none."""
    text = text.strip(APART)
    text = re.sub(f"[{APART}]", "_", text)
    if not re.fullmatch(r"-?[0-9][0-9_.,]*", text):
        return None
    sign, text = (-1, text[1:]) if text[0] == "-" else (1, text)
    marks = re.findall("[.,]", text)
    whole, point, part = text, "", ""
    if marks:
        head, tail = re.fullmatch(r"(.*)[.,](.*)", text).groups()
        is_alone = len(set(marks)) == 1
        if not (is_alone and (len(marks) > 1 or len(tail) == 3 and decimals < 3)):
            whole, point, part = head, marks[-1], tail
            if point in head or not re.fullmatch(f"[0-9]{{1,{decimals}}}" if decimals else "(?!)", part):
                return None
    kinds = set(re.findall("[_.,]", whole))
    if len(kinds) > 1 or point in kinds:
        return None
    if kinds and not re.fullmatch(r"[0-9]{1,3}([_.,][0-9]{3})+", whole):
        return None
    value = sign * Decimal(re.sub("[_.,]", "", whole) + "." + (part or "0")).scaleb(decimals)
    return int(value) if 0 <= value <= LARGEST else None


currencies = st.sampled_from(["EUR", "EUR", "JPY", "KWD", "CLF"])
ways = st.sampled_from([(thousands, point, is_short) for thousands in ["", ".", ",", *APART] for point in ".," for is_short in (True, False)
                        if thousands != point])
forms = st.tuples(st.sampled_from(",;\t"), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
                  st.sampled_from(["\r\n", "\n", "\r"]), st.booleans(), st.booleans())
typed = st.one_of(
    st.text(st.sampled_from("0123456789.,' -_\u00a0\u202f"), max_size=12),
    st.lists(st.sampled_from([*".,' ", "1", "12", "200", "000", "50", "5"]), max_size=7).map("".join),
)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--examples", type=int, default=60)
    parser.add_argument("--seed", type=int, default=20261028)
    parser.add_argument("--behind", choices=["nginx", "caddy"])
    asked = parser.parse_args()
    # The server's own user has to pass the folder.
    home = tempfile.mkdtemp()
    os.chmod(home, 0o711)
    started = time.monotonic()
    try:
        service = Service(os.path.abspath(asked.program), f"{home}/chapterhouse", asked.behind)
        try:
            written = Written(service)
            for part, (check, drawn) in enumerate([
                (written.write_names, [st.lists(lines.map(line), min_size=1, max_size=30)]),
                (written.import_rows, [st.lists(st.tuples(lines, details), min_size=1, max_size=30), forms]),
                (written.type_well, [st.one_of(st.integers(0, LARGEST), st.integers(0, 10**7)), currencies, ways]),
                (written.type_anything, [typed, currencies]),
            ]):
                many = 1 if part < 2 else 3
                limits = settings(max_examples=asked.examples * many, deadline=None, database=None, phases=(Phase.generate, Phase.shrink),
                                  print_blob=False, suppress_health_check=list(HealthCheck))
                seed(asked.seed + part)(limits(given(*drawn)(check)))()
            print(", ".join(f"{count} {kind}" for kind, count in written.tries.items()) + f": the same as Python's, in {time.monotonic() - started:.0f} s.")
        finally:
            service.end()
            for error in service.errors:
                print(error, file=sys.stderr)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return bool(service.errors)


if __name__ == "__main__":
    sys.exit(main())
