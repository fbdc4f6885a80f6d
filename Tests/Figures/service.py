"""The running service with its private PostgreSQL, rows written past it, and its answers."""

import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import threading
from decimal import Decimal
from urllib.parse import urlsplit

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "Proxy"))

from front import front  # noqa: E402
from chapters import DECIMALS, KINDS_OF_WEIGHT, RATES, READER, READING_SINCE, numbers

# As deploy/test installs it, beside this Python.
PRINTER = pathlib.Path(sys.executable).parent / "weasyprint"
EXAMINER = "examiner@example.org"
MEMBER = "reader@example.org"


class Refused(Exception):
    """The service did not answer with a report."""


class Database:
    """One psql, as the superuser of the private PostgreSQL."""

    def __init__(self, socket):
        self.process = subprocess.Popen(
            ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", socket, "-U", "postgres", "chapterhouse"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )

    def run(self, script):
        self.process.stdin.write(f"{script};\n\\echo done\n")
        self.process.stdin.flush()
        said = []
        for line in self.process.stdout:
            if line == "done\n":
                return "".join(said)
            said.append(line)
        raise SystemExit("PostgreSQL refused:\n" + "".join(said)[-4000:])

    def end(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)


class Service:
    def __init__(self, program, home, proxy=None):
        self.program, self.home, self.front = program, home, front(proxy)
        self.process = subprocess.Popen(
            [program, "up", "--home", home, *self.front.options, "--files-of-one", "1000000"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env=os.environ | self.front.environment | ({"CHAPTERHOUSE_WEASYPRINT": str(PRINTER)} if PRINTER.exists() else {}),
        )
        self.port, said = None, []
        for line in self.process.stdout:
            said.append(line)
            if found := re.match(r"Ready at http://[^:]+:(\d+)/?$", line):
                self.port = int(found[1])
                break
        if not self.port:
            raise SystemExit("The service did not start:\n" + "".join(said))
        self.errors = []
        threading.Thread(target=self.listen, daemon=True).start()
        self.database = Database(f"{home}/socket")
        self.examiner = next(numbers)
        # Nobody's data are at stake: a commit need not wait for the disk.
        self.database.run("ALTER SYSTEM SET synchronous_commit = off; SELECT pg_reload_conf()")
        self.database.run("\n".join(
            f"INSERT INTO app.exchange_rate VALUES ('{pair[0]}', '{pair[1]}', '{since}', {rate});"
            for pair, rates in RATES.items() for since, rate in rates
        ))
        self.database.run(
            "INSERT INTO app.person (id, name, folded_name, email) OVERRIDING SYSTEM VALUE "
            f"VALUES ({self.examiner}, 'Examiner', 'examiner', '{EXAMINER}'), ({READER}, 'Reader', 'reader', '{MEMBER}')"
        )
        self.token, self.token_of_member = self.token_of(EXAMINER), self.token_of(MEMBER)
        self.connection = self.connect()

    def connect(self):
        if not self.front.address:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        return http.client.HTTPSConnection(urlsplit(self.front.address).netloc, timeout=60)

    def token_of(self, email):
        made = subprocess.run(
            [self.program, "person", "token", "create", email, "--name", "figures", "--home", self.home], check=True, capture_output=True, text=True,
        ).stdout
        return re.search(r"chapterhouse_\d+_\w+", made)[0]

    def listen(self):
        for line in self.process.stdout:
            if '"level":"error"' in line or '"level":"critical"' in line:
                self.errors.append(line.strip())

    def ask(self, chapter, report, **parameters):
        return json.loads(self.fetch(chapter, f"{report}.json", **parameters), parse_float=Decimal)

    def ask_as_member(self, chapter, report, **parameters):
        """As the reader sees it, who has no office."""
        return json.loads(self.fetch(chapter, f"{report}.json", self.token_of_member, **parameters), parse_float=Decimal)

    def fetch(self, chapter, file, token=None, **parameters):
        query = "&".join(f"{key}={value}" for key, value in parameters.items() if value is not None)
        self.connection.request(
            "GET", f"/api/v1/chapters/{chapter.slug}/reports/{file}?{query}", headers={"Authorization": f"Bearer {token or self.token}"},
        )
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise Refused(f"{file}: {answer.status} {body.decode()}")
        return body

    def end(self):
        self.database.end()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        self.front.end()

    def write(self, chapter):
        self.database.run(script(chapter, self.examiner))

    def correct(self, chapter):
        self.database.run(corrections(chapter, self.examiner))


def quoted(value):
    match value:
        case None:
            return "NULL"
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return str(value)
    return "'" + str(value).replace("'", "''") + "'"


def insert(table, columns, rows, identity=False):
    if not rows:
        return ""
    lines = ",\n".join("(" + ", ".join(map(quoted, row)) + ")" for row in rows)
    return f"INSERT INTO app.{table} ({columns}){' OVERRIDING SYSTEM VALUE' if identity else ''} VALUES\n{lines};\n"


def script(chapter, examiner):
    """The rows of a chapter as SQL. The examiner joins after all that is asked about, with an office that sees every report."""
    number, batch, outsider = chapter.id, next(numbers), next(numbers)
    elsewhere, other = next(numbers), []
    text = insert("chapter", "id, slug, name, folded_name, time_zone, currency", [
        (number, chapter.slug, "Chapter", f"chapter {number}", chapter.zone, chapter.currency),
        (elsewhere, f"chapter-{elsewhere}", "Elsewhere", f"chapter {elsewhere}", chapter.zone, chapter.currency),
    ], identity=True)
    text += insert(
        "policy", "chapter_id, valid_from, membership_fee, months_covered, meeting_fee, meeting_fee_due_for, value_of_hour, earned_is_seen_by, "
        "absence_limit, absence_window, late_weight, substitutes_allowed, term_starts, " + ", ".join(KINDS_OF_WEIGHT.values()),
        [(number, one.since, one.fee, one.months, one.meeting_fee, one.due_for, one.hour, one.seen_by, one.limit, one.window, one.late_weight,
          one.substitutes, "{" + ",".join(f"{month:02}-{day:02}" for month, day in one.terms) + "}", *one.weights.values()) for one in chapter.policies],
    )
    people = {member.person: member.name for member in chapter.memberships + chapter.elsewhere}
    text += insert("person", "id, name, folded_name", [(person, name, name.lower()) for person, name in people.items() if person != READER], identity=True)
    seats = {title: next(numbers) for title in sorted({member.seat for member in chapter.memberships if member.seat})}
    text += insert("seat", "chapter_id, id, profession, title", [(number, seat, title, title) for title, seat in seats.items()], identity=True)
    columns = "chapter_id, id, person_id, name, folded_name, seat_id, joined_on, ended_on, end_reason, sponsor_id, mentor_id, shares_figures"

    def row(of_chapter, member):
        return (of_chapter, member.id, member.person, member.name, member.name.lower(), seats.get(member.seat), member.joined, member.ended,
                member.reason, member.sponsor, member.mentor, member.shares)

    office = next(numbers)
    text += insert("membership", columns, [row(number, member) for member in chapter.memberships] + [
        (number, office, examiner, "Examiner", "examiner", None, READING_SINCE, None, None, None, None, False),
        (number, next(numbers), READER, "Reader", "reader", None, READING_SINCE, None, None, None, None, False),
    ] + [row(elsewhere, member) for member in chapter.elsewhere], identity=True)
    text += insert("office", "chapter_id, membership_id, person_id, role, from_on, to_on", [(number, office, examiner, "education", READING_SINCE, None)] + [
        (number, member.id, member.person, role, first, last) for member in chapter.memberships for role, first, last in member.offices
    ])
    text += insert("membership_leave", "chapter_id, membership_id, first_day, last_day", [
        (number, member.id, first, last) for member in chapter.memberships for first, last in member.leaves
    ])
    text += insert("membership_valuation", "chapter_id, membership_id, person_id, valid_from, margin, value_of_hour", [
        (number, member.id, member.person, *valuation) for member in chapter.memberships for valuation in member.valuations
    ])
    for meeting in chapter.meetings:
        is_open = meeting.status in ("open", "sealed")
        text += (
            "INSERT INTO app.meeting (chapter_id, id, starts_at, local_date, minutes, kind, status, opened_at) OVERRIDING SYSTEM VALUE SELECT "
            f"{number}, {meeting.id}, at, '{meeting.day}', {meeting.minutes}, '{meeting.kind}', '{'open' if is_open else meeting.status}', "
            f"{'at' if is_open else 'NULL'} FROM (SELECT timestamp '{meeting.day} {chapter.at}' AT TIME ZONE '{chapter.zone}' AS at) AS start;\n"
        )
    text += insert("mark", "chapter_id, meeting_id, membership_id, mark", [
        (number, meeting.id, member, mark) for meeting in chapter.meetings for member, mark in meeting.marks.items()
    ])
    sealed = ", ".join(str(meeting.id) for meeting in chapter.meetings if meeting.status == "sealed")
    if sealed:
        text += f"UPDATE app.meeting SET status = 'sealed', sealed_at = now() WHERE chapter_id = {number} AND id IN ({sealed});\n"
    text += insert("import_batch", "chapter_id, id, kind, file_name, sha256, from_on, to_on, rows", [
        (number, batch, "slips", "slips.xls", f"\\x{number:064x}", "2022-01-01", "2022-01-01", 1)
    ], identity=True)
    text += insert("outsider", "chapter_id, id, name, folded_name, home, folded_home", [
        (number, outsider, "Olga", "olga", "Far", "far"), (elsewhere, outsider, "Olga", "olga", "Far", "far"),
    ], identity=True)
    text += slips(chapter, outsider, batch)
    # The same people do the same elsewhere: nothing of it counts here.
    for member in chapter.elsewhere:
        day = member.joined
        if day.year > 2025:
            continue
        other += [
            f"INSERT INTO app.activity (chapter_id, membership_id, kind, done_on, minutes, money, currency) VALUES ({elsewhere}, {member.id}, 'event', '{day}', 77, 7777, '{chapter.currency}');",
            f"INSERT INTO app.closed_business (chapter_id, earner_outsider_id, thanked_id, amount, currency, closed_on) VALUES ({elsewhere}, {outsider}, {member.id}, 8888, '{chapter.currency}', '{day}');",
        ]
    return f"BEGIN;\n{text}" + "\n".join(other) + "\nCOMMIT"


def corrections(chapter, examiner):
    """What an officer does who corrects entries; the order is that of the list."""
    asked = "\n".join(
        f"SELECT app.correct_slip('{one.wrong.kind}', '{chapter.number_of(one.wrong)}', "
        f"{quoted(chapter.number_of(one.right) if one.right else None)}, 'Digits changed places');"
        for one in chapter.corrections
    )
    return (
        f"BEGIN; SET LOCAL app.chapter_id = '{chapter.id}'; SET LOCAL app.person_id = '{examiner}'; SET LOCAL app.rights = 'correct-slips';\n"
        f"{asked}\nCOMMIT"
    )


def slips(chapter, outsider, batch):
    number = chapter.id

    def member(side):
        return side[1].id if side and side[0] == "member" else None

    def stranger(side):
        return outsider if side and side[0] == "outsider" else None

    def name(side):
        return "Vera" if side and side[0] == "name" else None

    def of(kind):
        return [(slip, chapter.number_of(slip), batch if slip.imported else None) for slip in chapter.entries if slip.kind == kind]

    referrals = of("referral")
    text = insert(
        "referral", "chapter_id, id, giver_id, giver_outsider_id, receiver_id, receiver_outsider_id, unplaced_profession, tier, need, warmth, status, passed_on, import_batch_id",
        [(number, id, member(one.first), stranger(one.first), member(one.second), stranger(one.second),
          "roofer" if one.second[0] == "unplaced" else None, one.number, "Bread", one.warmth, one.steps[-1][0] if one.steps else "passed", one.day, imported)
         for one, id, imported in referrals],
    )
    text += insert("referral_step", "chapter_id, referral_id, number, step, at, reason", [
        (number, id, place, step, at, "because") for one, id, _ in referrals
        for place, (step, at) in enumerate([("passed", f"{one.day} 00:00Z"), *one.steps], 1)
    ])
    thanks = of("thanks")
    text += insert(
        "closed_business", "chapter_id, id, earner_outsider_id, thanked_id, thanked_outsider_id, thanked_visitor, thanked_chapter, amount, currency, closed_on",
        [(number, id, stranger(one.first), member(one.second), stranger(one.second), name(one.second), one.second[0] == "chapter", one.amount,
          one.currency, one.day) for one, id, _ in thanks],
    )
    text += insert("closed_business_earner", "chapter_id, closed_business_id, membership_id, person_id", [
        (number, id, one.first[1].id, one.first[1].person) for one, id, _ in thanks if member(one.first)
    ])
    text += insert(
        "one_to_one", "chapter_id, id, first_id, second_id, second_outsider_id, met_on, minutes, cost_of_first, cost_of_second, currency, import_batch_id",
        [(number, id, member(one.first), member(one.second), stranger(one.second), one.day, one.minutes, one.amount, one.other_amount, one.currency, imported)
         for one, id, imported in of("one-to-one")],
    )
    text += insert("education_unit", "chapter_id, id, membership_id, units, done_on, import_batch_id", [
        (number, id, member(one.first), one.units, one.day, imported) for one, id, imported in of("education")
    ])
    text += insert("testimonial", "chapter_id, id, giver_id, giver_outsider_id, receiver_id, receiver_outsider_id, given_on, import_batch_id", [
        (number, id, member(one.first), stranger(one.first), member(one.second), stranger(one.second), one.day, imported)
        for one, id, imported in of("testimonial")
    ])
    text += insert("visitor", "chapter_id, id, name, folded_name, inviter_id, inviter_outsider_id, kind, visit_on, came, import_batch_id", [
        (number, id, "Vera", "vera", member(one.first), stranger(one.first), one.word, one.day, one.truth, imported)
        for one, id, imported in of("visitor")
    ])
    text += insert("activity", "chapter_id, id, membership_id, kind, done_on, minutes, money, currency", [
        (number, id, member(one.first), "event", one.day, one.minutes, one.amount, one.currency) for one, id, _ in of("activity")
    ])
    text += insert(
        "introduction", "chapter_id, id, connector_id, connector_outsider_id, first_id, first_outsider_id, first_name, second_id, second_outsider_id, second_name, made_on",
        [(number, id, member(one.first), stranger(one.first), member(one.second), stranger(one.second), name(one.second), member(one.third),
          stranger(one.third), name(one.third), one.day) for one, id, _ in of("introduction")],
    )
    text += insert("posting", "chapter_id, id, kind, membership_id, text, posted_on, answered_by, answered_on", [
        (number, id, one.word, member(one.first), "An oven", one.day, member(one.second) if one.until else None, one.until)
        for one, id, _ in of("posting")
    ])
    return text
