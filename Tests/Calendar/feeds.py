#!/usr/bin/env python3
"""Holds the calendars that people subscribe to against the API, as two programs read them: PyPI's icalendar and khal.

feeds.py PROGRAM [--behind nginx]

It starts PROGRAM with a private PostgreSQL, makes chapters in five time zones that meet every week through a year, over
every change of the clocks there, and compares each instant and each text with what the API says.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import icalendar

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "Proxy"))

from front import asked, front  # noqa: E402

# The place and time of each is the chapter's own; both halves of the globe, a change of half an hour, none at all.
ZONES = {
    "berlin": ("Europe/Berlin", "07:00"),
    "new-york": ("America/New_York", "06:45"),
    "lord-howe": ("Australia/Lord_Howe", "18:15"),
    "kolkata": ("Asia/Kolkata", "07:30"),
    "santiago": ("America/Santiago", "23:30"),
}
# Through a whole year: back no further than a feed reaches.
FIRST, LAST = date.today() - timedelta(days=60), date.today() + timedelta(days=340)
EMAIL, SPEAKER = "ines@example.org", "Ines Dane, née O’Brien; \\ roofs"
# Everything that iCalendar treats as more than text, at every place where a line of 75 bytes may end.
TOPICS = [
    "Slate, clay; copper \\ tin, 10:30, \"quoted\"; n\\n is no new line \\, nor is \\;",
    "Müller & Söhne " * 12,
    "😀👩🏽‍🚀 " * 20,
    "x" * 74 + "ü" + "€" * 60,
    "BEGIN:VEVENT", "ﷺ العربية, עברית; 日本語\\中文 " * 5,
] + ["y" * length + "äöü€😀" * 20 for length in range(60, 75)]
LESSON, STAND_IN = "To listen; and to ask, twice", "Dora Dyer; of \\ Cedar, or a friend " * 3
PLACE = "Hôtel “Zur Krone”, 2nd floor; room \\3, " + "a long way down the corridor, " * 4 + "👋"


class Service:
    """The service with its database, and rows written past it."""

    def __init__(self, program, home, proxy):
        self.program, self.home, self.front = program, home, front(proxy)
        self.process = subprocess.Popen(
            [program, "up", "--home", home, *self.front.options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env=os.environ | self.front.environment,
        )
        self.address, said, self.errors = None, [], []
        for line in self.process.stdout:
            said.append(line)
            if found := re.match(r"Ready at (\S+?)/?$", line):
                self.address = self.front.address or found[1]
                break
        if not self.address:
            raise SystemExit("The service did not start:\n" + "".join(said))
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            if '"level":"error"' in line or '"level":"critical"' in line or "/calendar/" in line and '"path"' in line:
                self.errors.append(line.strip())

    def tell(self, *words):
        return subprocess.run([self.program, *words, "--home", self.home], check=True, capture_output=True, text=True).stdout

    def write(self, script):
        """The rows that a script says, as columns of text."""
        done = subprocess.run(
            ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", f"{self.home}/socket", "-U", "postgres", "chapterhouse"],
            input=script, check=True, text=True, stdout=subprocess.PIPE,
        )
        return [line.split("|") for line in done.stdout.splitlines()]

    def ask(self, path, method="GET"):
        request = urllib.request.Request(self.address + path, method=method, headers={"Authorization": f"Bearer {self.token}"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def feed(self, path):
        """A feed at a new address, as a program without a token gets it; its address is what was printed."""
        address = self.ask(path, "PUT")["address"]
        place = self.address + address[address.index("/calendar/"):]
        with urllib.request.urlopen(place, timeout=60) as answer:
            assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8", answer.headers
            return answer.read()

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        self.front.end()


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def fill(service):
    """Chapters over which one person presides, who speaks at every meeting."""
    script = f"INSERT INTO app.person (name, folded_name, email) VALUES ({quoted(SPEAKER)}, 'ines', '{EMAIL}');\n"
    for slug, (zone, at) in ZONES.items():
        name = f"{slug}, a chapter; \\o/"
        script += f"""
            INSERT INTO app.chapter (slug, name, folded_name, time_zone, currency, weekday, starts_at, minutes, place)
            VALUES ('{slug}', {quoted(name)}, '{slug}', '{zone}', 'EUR', 3, '{at}', 95, {quoted(PLACE)});
            INSERT INTO app.policy (chapter_id, valid_from) SELECT id, '2020-01-01' FROM app.chapter WHERE slug = '{slug}';
            INSERT INTO app.membership (chapter_id, person_id, name, folded_name, email, joined_on)
            SELECT chapter.id, person.id, person.name, 'ines', '{EMAIL}', '2020-01-01' FROM app.chapter, app.person WHERE slug = '{slug}';
            INSERT INTO app.office (chapter_id, membership_id, person_id, role, from_on)
            SELECT chapter_id, membership.id, person_id, 'president', '2020-01-01'
              FROM app.membership JOIN app.chapter ON chapter.id = chapter_id WHERE slug = '{slug}';
        """
    service.write(script)
    with concurrent.futures.ThreadPoolExecutor(len(ZONES)) as pool:
        list(pool.map(lambda slug: service.tell("meeting", "schedule", slug, "--from", str(FIRST), "--to", str(LAST)), ZONES))
    topics = ", ".join(f"({number}, {quoted(topic)})" for number, topic in enumerate(TOPICS))
    service.write(f"""
        INSERT INTO app.meeting_part (chapter_id, meeting_id, part, membership_id, topic)
        SELECT meeting.chapter_id, meeting.id, 'talk', membership.id, topic.text
          FROM app.meeting JOIN app.membership ON membership.chapter_id = meeting.chapter_id
          JOIN (VALUES {topics}) AS topic (number, text) ON topic.number = meeting.id % {len(TOPICS)};
        INSERT INTO app.meeting_part (chapter_id, meeting_id, part, topic) SELECT chapter_id, id, 'education', {quoted(LESSON)} FROM app.meeting WHERE id % 3 = 0;
        INSERT INTO app.announced_absence (chapter_id, meeting_id, membership_id, stand_in, reason)
        SELECT meeting.chapter_id, meeting.id, membership.id, {quoted(STAND_IN)}, 'a fever'
          FROM app.meeting JOIN app.membership ON membership.chapter_id = meeting.chapter_id WHERE meeting.id % 7 = 0;
        UPDATE app.meeting SET status = CASE id % 2 WHEN 0 THEN 'cancelled' ELSE 'holiday' END WHERE id % 10 < 2;
    """)
    said = service.tell("person", "token", "create", EMAIL, "--name", "feeds")
    service.token = re.search(r"chapterhouse_\d+_\w+", said)[0]


def expected(service):
    """What the API says of each meeting, by its number: instants, title, place, notes, whether it takes place."""
    numbers = {
        (slug, day): int(number) for number, slug, day in service.write(
            "SELECT meeting.id, slug, local_date FROM app.meeting JOIN app.chapter ON chapter.id = chapter_id"
        )
    }
    names = {one["chapter"]: one["chapter_name"] for one in service.ask("/api/v1/me")["memberships"]}
    meetings = {}
    for slug, name in names.items():
        for meeting in service.ask(f"/api/v1/chapters/{slug}/meetings?from={FIRST}&to={LAST}"):
            number, start = numbers[slug, meeting["date"]], datetime.fromisoformat(meeting["starts_at"])
            cancelled = {"cancelled": "Cancelled: ", "holiday": "Holiday, no meeting: "}.get(meeting["status"], "")
            meetings[number] = {
                "slug": slug, "start": start, "end": start + timedelta(minutes=meeting["minutes"]), "title": cancelled + name,
                "place": meeting["place"], "topic": TOPICS[number % len(TOPICS)], "status": "CANCELLED" if cancelled else "CONFIRMED",
            }
    return meetings


def notes(number, topic, is_own):
    """What is told of a meeting, a line each; in the calendar of a chapter nothing of anybody."""
    away = [f"You will be away: {STAND_IN} comes in your place."] if is_own and number % 7 == 0 else []
    talk = f"Feature talk: {SPEAKER}, {topic}" if is_own else f"Feature talk: {topic}"
    return "\n".join([*away, talk] + ([f"Education slot: {LESSON}"] if number % 3 == 0 else []))


def holds(found, wanted, is_own, misread=lambda text: text):
    """What a program read is what the API says, and nothing is missing."""
    wrong = []
    if set(found) != set(wanted):
        wrong.append(f"{len(set(wanted) - set(found))} meetings are missing, {len(set(found) - set(wanted))} are too many")
    for number in sorted(set(found) & set(wanted)):
        other = wanted[number] | {"notes": notes(number, wanted[number]["topic"], is_own)}
        for key, value in found[number].items():
            # Programs trim what they show.
            value, right = (one.strip() if isinstance(one, str) else one for one in (value, other[key]))
            if value != (misread(right) if isinstance(right, str) else right):
                wrong.append(f"meeting {number} of {other['slug']}, {key}: {value!r}, and not {right!r}")
    return wrong


def as_debian_reads(text):
    """Debian 12's python3-icalendar, which khal reads with, takes a \\ before n, a comma or a semicolon for half of an escape."""
    return re.sub(r"\\([n,;])", lambda found: {"n": "\n"}.get(found[1], found[1]), text)


def number_of(uid):
    return int(re.fullmatch(r"meeting-(\d+)@[\w.:-]+", uid)[1])


def read_by_icalendar(feed):
    calendar = icalendar.Calendar.from_ical(feed)
    return {
        number_of(str(event["UID"])): {
            "start": event.decoded("DTSTART"), "end": event.decoded("DTEND"), "title": str(event["SUMMARY"]),
            "place": str(event["LOCATION"]), "notes": str(event["DESCRIPTION"]), "status": str(event["STATUS"]),
        }
        for event in calendar.walk("VEVENT")
    }


def read_by_khal(feed, zone, folder):
    """As somebody in this zone sees it, on the clock of their wall."""
    folder.mkdir()
    (folder / "feed.ics").write_bytes(feed)
    (folder / "khal").write_text(f"""
[calendars]
[[feed]]
path = {folder}/events
[sqlite]
path = {folder}/khal.db
[default]
default_calendar = feed
[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
""")
    (folder / "events").mkdir()
    # Whatever home there is has nothing to do with it.
    environment = os.environ | {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder), "LC_ALL": "C.UTF-8"}

    def khal(*words):
        done = subprocess.run(["khal", "-c", f"{folder}/khal", *words], env=environment, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"khal {words[0]}: {done.stderr[-2000:]}")
        return done.stdout

    khal("import", "--batch", "-a", "feed", f"{folder}/feed.ics")
    shown = khal(
        "list", "--notstarted", "--day-format", "", "--format",
        "<<{uid}<>{start-long-full}<>{end-long-full}<>{title}<>{location}<>{description}<>{status}>>",
        str(FIRST - timedelta(days=2)), str(LAST + timedelta(days=3)),
    )
    found = {}
    for line in re.findall(r"<<(.*?)>>", shown, re.DOTALL):
        uid, start, end, title, place, notes, status = line.split("<>")
        found[number_of(uid)] = {
            "start": on_the_wall(start, zone), "end": on_the_wall(end, zone), "title": title, "place": place, "notes": notes,
        }
    return found


def on_the_wall(text, zone):
    return datetime.strptime(text.strip(), "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(zone)).astimezone(timezone.utc)


def folded_rightly(feed):
    lines = feed.split(b"\r\n")
    wrong = [] if lines[-1] == b"" and b"\n" not in b"".join(lines) else ["lines do not end with CR and LF"]
    for line in lines:
        if len(line) > 75:
            wrong.append(f"a line of {len(line)} bytes")
        try:
            line.decode()
        except UnicodeDecodeError:
            wrong.append(f"a line ends inside a character: {line!r}")
    return wrong


def changes_of_clocks(meetings):
    """In how many zones the clocks change between the first and the last meeting."""
    return sum(
        len({one["start"].astimezone(ZoneInfo(zone)).utcoffset() for one in meetings.values() if one["slug"] == slug}) > 1
        for slug, (zone, _) in ZONES.items()
    )


def hold(service, home):
    wanted = expected(service)
    wrong = []
    assert changes_of_clocks(wanted) == 4 and len(wanted) > 5 * 56, len(wanted)
    own = service.feed("/api/v1/me/calendar")
    feeds = {slug: service.feed(f"/api/v1/chapters/{slug}/calendar") for slug in ZONES}
    for slug, (zone, at) in ZONES.items():
        for meeting in wanted.values():
            if meeting["slug"] == slug:
                wall = meeting["start"].astimezone(ZoneInfo(zone))
                assert f"{wall:%H:%M}" == at, f"the API says {wall} in {zone}, and not {at}"
    for name, feed in [("one's own", own), *feeds.items()]:
        ours = {number: one for number, one in wanted.items() if name in ("one's own", one["slug"])}
        if b"@" in re.sub(rb"\r\nUID:meeting-\d+@[\w.:-]+", b"", feed):
            wrong.append(f"{name}: there is an address in it")
        wrong += [f"{name}: {what}" for what in folded_rightly(feed)]
        wrong += [f"{name}, icalendar: {what}" for what in holds(read_by_icalendar(feed), ours, name == "one's own")]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        read = {
            slug: pool.submit(read_by_khal, feed, ZONES[slug][0], pathlib.Path(home) / slug) for slug, feed in feeds.items()
        }
        for slug, reading in read.items():
            ours = {number: one for number, one in wanted.items() if one["slug"] == slug}
            wrong += [f"{slug}, khal: {what}" for what in holds(reading.result(), ours, False, as_debian_reads)]
    return len(wanted), wrong


def main(*words):
    (program,), proxy = asked(words)
    # The server's own user has to pass the folder.
    home = tempfile.mkdtemp()
    os.chmod(home, 0o711)
    try:
        service = Service(os.path.abspath(program), f"{home}/chapterhouse", proxy)
        try:
            fill(service)
            count, wrong = hold(service, home)
        finally:
            service.end()
    finally:
        shutil.rmtree(home, ignore_errors=True)
    for line in (wrong + service.errors)[:40]:
        print(line)
    print(f"{count} meetings in {len(ZONES)} zones, {len(wrong)} differences")
    return bool(wrong or service.errors)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
