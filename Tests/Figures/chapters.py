"""Random chapters: what Hypothesis draws, as rows that PostgreSQL and the recomputation both read."""

import calendar
import datetime
import itertools
import zoneinfo
from dataclasses import dataclass, field, replace
from decimal import Decimal

from hypothesis import strategies as st

Day = datetime.date
MARKS = ["present", "absent", "late", "medical", "substitute"]
DECIMALS = {"EUR": 2, "JPY": 0, "KWD": 3, "CLF": 4, "USD": 2}
# Rates belong to the installation, so they are the same for every chapter. From some days on only, and not of every pair.
RATES = {
    ("USD", "EUR"): [("2022-01-01", "0.93"), ("2024-02-29", "0.9211"), ("2025-06-16", "0.871234")],
    ("JPY", "EUR"): [("2023-11-15", "0.00617"), ("2025-01-31", "0.0061")],
    ("KWD", "EUR"): [("2022-01-01", "3.01"), ("2024-07-01", "2.9999")],
    ("EUR", "JPY"): [("2022-01-01", "156.315"), ("2024-12-31", "161.4449")],
    ("USD", "JPY"): [("2024-03-01", "149.5")],
    ("EUR", "KWD"): [("2022-01-01", "0.3333"), ("2024-10-27", "0.33415")],
    ("JPY", "KWD"): [("2022-01-01", "0.002049")],
    ("EUR", "CLF"): [("2022-01-01", "0.0261"), ("2025-03-30", "0.02744")],
    ("KWD", "CLF"): [("2024-05-05", "0.0843")],
}
DAY = datetime.timedelta(1)
ZONES = ["Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kathmandu", "Etc/UTC"]
KINDS_OF_WEIGHT = {
    "referral given": "referral_given_weight", "introduction made": "introduction_made_weight", "visitor": "visitor_weight",
    "testimonial": "testimonial_weight", "one-to-one": "one_to_one_weight", "month in office": "office_month_weight",
    "need answered": "need_answered_weight", "referral received": "referral_received_weight",
    "introduction received": "introduction_received_weight", "need posted": "need_posted_weight",
}
SHIPPED_WEIGHTS = dict(zip(KINDS_OF_WEIGHT, map(Decimal, "1 1 1 0.5 0.25 1 1 1 1 0.25".split())))
SCHEMES = ["weekly-five", "lights-2025", "lights-2012"]
# A member of every chapter without an office, who is one of those who earn in some: people of chapters count from 1000.
READER = 900
# From this day on the reader and the examiner are members, after all that is asked about.
READING_SINCE = Day(2026, 6, 1)
numbers = itertools.count(1000)


@dataclass
class Policy:
    since: Day
    fee: int
    months: int
    meeting_fee: int
    due_for: str
    hour: int
    weights: dict
    limit: int
    window: str
    late_weight: Decimal
    substitutes: int | None
    terms: list                                     # (month, day)
    seen_by: str                                    # who sees what a member earned


@dataclass(eq=False)
class Membership:
    person: int
    name: str
    joined: Day
    ended: Day | None
    seat: str | None = None
    reason: str | None = None
    sponsor: int | None = None
    mentor: int | None = None
    leaves: list = field(default_factory=list)      # (first day, last day or None)
    valuations: list = field(default_factory=list)  # (since, margin or None, value of an hour or None)
    offices: list = field(default_factory=list)     # (role, first day, last day or None)
    shares: bool = False                            # own figures, with the leaders
    id: int = field(default_factory=lambda: next(numbers))

    def __repr__(self):
        rest = {word: value for word, value in vars(self).items() if value and word not in ("id", "name", "person", "joined", "ended")}
        return f"{self.name} {self.id} of {self.person}, {self.joined} to {self.ended} {rest or ''}"

    def has(self, day):
        return self.joined <= day and (self.ended is None or day <= self.ended)

    def is_away(self, day):
        return any(first <= day and (last is None or day <= last) for first, last in self.leaves)


@dataclass
class Meeting:
    day: Day
    kind: str
    status: str
    minutes: int
    marks: dict                                     # membership id → mark
    id: int = field(default_factory=lambda: next(numbers))


@dataclass
class Slip:
    """A record on its day; a side is ('member', membership), ('outsider', None), ('name', None), ('chapter', None) or None."""
    kind: str
    day: Day
    first: tuple | None = None
    second: tuple | None = None
    third: tuple | None = None
    amount: int = 0
    other_amount: int = 0
    currency: str = "EUR"
    minutes: int | None = None
    number: int = 1                                 # tier
    warmth: int | None = None
    word: str = ""
    truth: bool = True
    units: Decimal = Decimal(1)
    until: Day | None = None                        # answered on
    steps: list = field(default_factory=list)       # (step, local time)
    imported: bool = False

    def members(self):
        return [side[1] for side in (self.first, self.second, self.third) if side and side[0] == "member"]


@dataclass
class Correction:
    wrong: Slip
    right: Slip | None                              # what took its place


@dataclass
class Chapter:
    zone: str
    currency: str
    at: str
    policies: list
    memberships: list
    meetings: list
    slips: list
    corrections: list
    elsewhere: list                                 # memberships of the same people in another chapter, with slips there
    id: int = field(default_factory=lambda: next(numbers))

    @property
    def slug(self):
        return f"chapter-{self.id}"

    @property
    def entries(self):
        """All that was ever recorded, what corrections took out last."""
        return self.slips + [correction.wrong for correction in self.corrections]

    def number_of(self, slip):
        index = next(index for index, one in enumerate(self.entries) if one is slip)
        return f"{index:08x}-0000-4000-8000-{self.id:012x}"


@dataclass
class Question:
    month: Day
    day: Day                                        # the as-of day
    instant: str
    days: tuple                                     # of the attendance summary
    year: tuple                                     # of giving and retention
    scheme: str
    since: Day                                      # the first month of the return

    @property
    def half_year(self):
        return months_before(self.month, 5), last_of(self.month)


def rate_days(currency, into):
    return [Day.fromisoformat(since) for since, _ in RATES.get((currency, into), [])]


def last_of(month):
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def months_before(month, count):
    place = month.year * 12 + month.month - 1 - count
    return Day(place // 12, place % 12 + 1, 1)


def instant(day, time, zone):
    moment = datetime.datetime.combine(day, datetime.time.fromisoformat(time), zoneinfo.ZoneInfo(zone))
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


amounts = st.one_of(
    st.sampled_from([0, 1, 5, 100, 2_500_00, 5_000_00, 20_000_00, 150_000_00]),
    st.integers(0, 40_000_00),
)
# Most days are near the month asked about, some years before.
offsets = st.one_of(st.integers(-35, 45), st.integers(-400, 45), st.integers(-900, 45))


@st.composite
def questions(draw):
    month = draw(st.sampled_from([
        Day(2024, 2, 1), Day(2023, 10, 1), Day(2024, 3, 1), Day(2025, 3, 1), Day(2024, 11, 1), Day(2025, 10, 1),
    ]))
    end = last_of(month)
    day = draw(st.one_of(st.just(end + datetime.timedelta(40)), st.integers(0, 30).map(lambda n: month + datetime.timedelta(n))))
    first = draw(st.sampled_from([month, month, months_before(month, 2), months_before(month, 5)]))
    attended = (first, end)
    if draw(st.booleans()):
        since = draw(st.integers(-60, 0).map(lambda n: month + datetime.timedelta(n)))
        attended = (since, since + datetime.timedelta(draw(st.integers(0, 100))))
    return month, day, attended, draw(st.sampled_from(SCHEMES)), draw(st.sampled_from(["00:00:00", "12:00:00", "23:59:59"])), \
        draw(st.sampled_from([None, None, 30, 200, 365]))


@st.composite
def policies(draw, month):
    versions = []
    for since in sorted(draw(st.sets(offsets.map(lambda n: month + datetime.timedelta(n)), min_size=1, max_size=3))):
        weights = dict(SHIPPED_WEIGHTS)
        for kind in draw(st.lists(st.sampled_from(list(weights)), max_size=4)):
            weights[kind] = draw(st.sampled_from([Decimal("0"), Decimal("0.33"), Decimal("2.5")]))
        versions.append(Policy(
            since, draw(st.sampled_from([0, 90000, 100000, 7777])), draw(st.sampled_from([12, 6, 1, 7])),
            draw(st.sampled_from([0, 1500, 1234])), draw(st.sampled_from(["attended", "every"])),
            draw(st.sampled_from([0, 4000, 3333, 12345])), weights,
            draw(st.sampled_from([3, 0, 1, 2])), draw(st.sampled_from(["rolling-26-weeks", "half-years", "12-months"])),
            draw(st.sampled_from([Decimal("0.5"), Decimal(0), Decimal("0.25"), Decimal(1)])), draw(st.sampled_from([None, 0, 2])),
            draw(st.sampled_from([[(4, 1), (10, 1)], [(1, 1)], [(2, 15), (3, 1), (11, 28)]])), draw(st.sampled_from(["member", "leaders", "chapter"])),
        ))
    return versions


@st.composite
def memberships(draw, month):
    """Of one to five people; some leave, rejoin or transfer to another chapter and back."""
    here, elsewhere = [], []
    names = draw(st.permutations(["Ada", "Bea", "Cy", "Dot", "Eli"]))
    count, is_read = draw(st.integers(1, 5)), draw(st.booleans())
    for person, name in enumerate(names[:count]):
        joined = month + datetime.timedelta(draw(st.one_of(st.integers(-900, 20), st.integers(-40, 30))))
        spans, person_id = [], next(numbers)
        if is_read and person == 0:
            person_id = READER
        for _ in range(draw(st.sampled_from([1, 1, 2, 3]))):
            ended = None
            if draw(st.booleans()):
                ended = joined + datetime.timedelta(draw(st.one_of(st.integers(0, 40), st.integers(0, 700))))
            if person_id == READER:
                ended = min(ended or READING_SINCE - DAY, READING_SINCE - DAY)
            spans.append((joined, ended, draw(st.sampled_from([0, 0, 0, 1]))))
            if ended in (None, READING_SINCE - DAY):
                break
            joined = ended + datetime.timedelta(draw(st.sampled_from([1, 1, 2, 30, 100])))
        for joined, ended, is_elsewhere in spans:
            member = Membership(person_id, name, joined, ended)
            if is_elsewhere:
                elsewhere.append(member)
                continue
            member.seat = draw(st.sampled_from([None, f"seat {person}"]))
            member.reason = draw(st.sampled_from([None, "moved", "no time", "transfer"])) if ended else None
            if here:
                member.sponsor = draw(st.sampled_from([one.id for one in here])) if draw(st.booleans()) else None
                member.mentor = draw(st.sampled_from([one.id for one in here])) if draw(st.booleans()) else None
            day = joined
            for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
                first = day + datetime.timedelta(draw(st.one_of(st.integers(0, 60), st.integers(0, 500))))
                last = draw(st.one_of(st.just(None), st.integers(0, 45).map(lambda n: first + datetime.timedelta(n))))
                member.leaves.append((first, last))
                if last is None:
                    break
                day = last + datetime.timedelta(1)
            for since in sorted(draw(st.sets(offsets.map(lambda n: month + datetime.timedelta(n)), max_size=2))):
                member.valuations.append((
                    since, draw(st.sampled_from([None, Decimal(0), Decimal("0.4"), Decimal("0.333333"), Decimal(1)])),
                    draw(st.sampled_from([None, 0, 5000, 777])),
                ))
            for _ in range(draw(st.sampled_from([0, 0, 1, 2, 2]))):
                role = draw(st.sampled_from(["president", "mentor"]))
                if any(role == held[0] for held in member.offices):
                    continue
                since = member.offices[0][1] if member.offices else joined
                first = since + datetime.timedelta(draw(st.one_of(st.integers(0, 40), st.integers(0, 500))))
                last = draw(st.one_of(st.just(None), st.integers(0, 300).map(lambda n: first + datetime.timedelta(n))))
                if person_id == READER:
                    last = min(last or ended, READING_SINCE - DAY)
                if last is None or first <= last:
                    member.offices.append((role, first, last))
            member.shares = draw(st.booleans())
            here.append(member)
    if not here:
        here.append(Membership(person_id, name, spans[0][0], spans[0][1]))
        elsewhere = []
    return here, elsewhere


@st.composite
def on_meetings(draw, member, days):
    """Leaves that begin and end on days of meetings: what is off by a day shows there."""
    days = [day for day in days if member.has(day)]
    if not days:
        return member.leaves
    first = draw(st.integers(0, len(days) - 1))
    last = draw(st.sampled_from([0, 1, 2, 3, None]))
    return [(days[first], None if last is None else days[min(first + last, len(days) - 1)])]


@st.composite
def meetings(draw, month, here):
    """A meeting a week, up to so many weeks back, each decided by a byte, and some more of any kind."""
    found = {}
    weeks = draw(st.sampled_from([0, 5, 8, 20, 32, 58]))
    fates = draw(st.binary(min_size=weeks, max_size=weeks))
    start = month + datetime.timedelta(draw(st.sampled_from([*range(7), 6 - month.weekday(), 6 - month.weekday()])) + 35)
    for number, fate in enumerate(fates):
        day = start - datetime.timedelta(7 * number)
        status = "open" if fate < 200 else "sealed" if fate < 212 else "cancelled" if fate < 228 else "holiday" if fate < 232 else "scheduled"
        found["regular", day] = Meeting(day, "regular", status, 90, {})
    for _ in range(draw(st.integers(0, 6))):
        # Some stand in the same week as another one.
        day = draw(st.one_of(
            offsets.map(lambda n: month + datetime.timedelta(n)),
            st.tuples(st.integers(2, 20), st.sampled_from([-2, -1, 1, 2])).map(lambda at: start + datetime.timedelta(at[1] - 7 * at[0])),
        ))
        kind = draw(st.sampled_from(["training", "regular", "social", "regular", "regular"]))
        found.setdefault((kind, day), Meeting(
            day, kind, draw(st.sampled_from(["open", "open", "cancelled", "scheduled"])), draw(st.sampled_from([60, 25, 1])), {}))
    rows = list(found.values())
    held = sorted({meeting.day for meeting in rows if meeting.kind == "regular" and meeting.status in ("open", "sealed")})
    for member in here:
        if member.leaves and draw(st.booleans()):
            member.leaves = draw(on_meetings(member, held))
    takers = [(meeting, member) for meeting in rows if meeting.status in ("open", "sealed") for member in here if member.has(meeting.day)]
    choices = draw(st.binary(min_size=len(takers), max_size=len(takers)))
    for (meeting, member), choice in zip(takers, choices):
        # Most are there.
        mark = ("present" if choice < 120 else [None, *MARKS][choice % 6])
        if mark:
            meeting.marks[member.id] = mark
    for meeting in rows:
        expected = [member for member in here if member.has(meeting.day) and not member.is_away(meeting.day)]
        if meeting.status == "sealed" and any(member.id not in meeting.marks for member in expected):
            meeting.status = "open"
    return rows


@st.composite
def slips(draw, month, here, currency, meeting_days):
    """Any number of records; one that needs members takes a day on which they are, unless it is imported.

    Days on which there is a meeting, or a rate begins, are more frequent than by chance.
    """
    made = []
    latest = month + datetime.timedelta(75)
    member = st.sampled_from(here).map(lambda one: ("member", one))
    outsider = st.just(("outsider", None))
    currencies = st.sampled_from([currency, currency, currency, *DECIMALS])

    def dated(slip, needing, **rest):
        day = month + datetime.timedelta(draw(offsets))
        slip.day = day
        slip.imported = rest.get("may_be_imported", True) and draw(st.integers(0, 9)) == 9
        if not slip.imported:
            first = max([one.joined for one in needing], default=day)
            last = min([one.ended or latest for one in needing] + [latest])
            if first > last:
                return None
            slip.day = min(max(day, first), last)
            special = rest.get("often") or (rate_days(slip.currency, currency) if slip.currency != currency else meeting_days)
            chosen = draw(st.sampled_from([None, *special])) if special and draw(st.booleans()) else None
            if chosen and first <= chosen <= last:
                slip.day = chosen
        made.append(slip)
        return slip

    def sides(*choices):
        chosen = [draw(choice) if choice is not None else None for choice in choices]
        ids = [side[1].id for side in chosen if side and side[0] == "member"]
        people = {side[1].person for side in chosen if side and side[0] == "member"}
        return chosen if len(set(ids)) == len(ids) == len(people) else None

    for _ in range(draw(st.integers(0, 12))):
        if chosen := sides(st.one_of(member, member, outsider), st.one_of(member, member, outsider, st.just(("unplaced", None)))):
            if any(side[0] == "member" for side in chosen):
                slip = Slip("referral", month, *chosen, number=draw(st.sampled_from([1, 1, 2, 3])), warmth=draw(st.sampled_from([None, 1, 2, 3, 4, 5])))
                if dated(slip, slip.members()):
                    day = slip.day
                    for _ in range(draw(st.integers(0, 3))):
                        day += datetime.timedelta(draw(st.sampled_from([0, 1, 1, 20, 60])))
                        slip.steps.append((draw(st.sampled_from(["contacted", "won", "declined", "declined"])), instant(day, draw(st.sampled_from(["00:05:00", "13:00:00", "23:55:00"])), "Etc/UTC")))
                    slip.steps.sort(key=lambda step: step[1])
    for _ in range(draw(st.integers(0, 12))):
        chosen = sides(st.one_of(member, member, outsider, st.just(None)), st.one_of(member, member, outsider, st.just(("name", None)), st.just(("chapter", None))))
        if chosen and (not chosen[0] or chosen[0][0] == "member" or chosen[1][0] == "member"):
            earner = [chosen[0][1]] if chosen[0] and chosen[0][0] == "member" else []
            dated(Slip("thanks", month, *chosen, amount=draw(amounts), currency=draw(currencies)), earner, may_be_imported=False)
    # Whoever is thanked may have left by then.
    for gone in here:
        if gone.ended and draw(st.booleans()) and (chosen := sides(member, st.just(("member", gone)))):
            dated(Slip("thanks", month, *chosen, amount=draw(amounts), currency=currency), [chosen[0][1]], may_be_imported=False, often=[gone.ended + DAY])
    for _ in range(draw(st.integers(0, 10))):
        if chosen := sides(member, st.one_of(member, member, outsider)):
            slip = Slip("one-to-one", month, *chosen, amount=draw(st.sampled_from([0, 450, 1])), other_amount=draw(st.sampled_from([0, 333])),
                        currency=draw(currencies), minutes=draw(st.sampled_from([None, 60, 45, 0])))
            dated(slip, slip.members())
    for _ in range(draw(st.integers(0, 6))):
        slip = Slip("education", month, draw(member), units=draw(st.sampled_from([Decimal(1), Decimal("0.5"), Decimal("0.33"), Decimal(3)])))
        dated(slip, slip.members())
    for _ in range(draw(st.integers(0, 5))):
        chosen = sides(st.one_of(member, outsider), st.one_of(member, outsider))
        if chosen and any(side[0] == "member" for side in chosen):
            slip = Slip("testimonial", month, *chosen)
            dated(slip, slip.members())
    for _ in range(draw(st.integers(0, 7))):
        slip = Slip("visitor", month, draw(st.one_of(member, member, outsider, st.just(None))),
                    word=draw(st.sampled_from(["first", "second", "guest", "substitute"])), truth=draw(st.integers(0, 4)) > 0)
        dated(slip, slip.members())
    for _ in range(draw(st.integers(0, 5))):
        slip = Slip("activity", month, draw(member), amount=draw(st.sampled_from([0, 2500, 999])), currency=draw(currencies),
                    minutes=draw(st.sampled_from([0, 120, 7])))
        dated(slip, slip.members(), may_be_imported=False)
    for _ in range(draw(st.integers(0, 5))):
        either = st.one_of(member, member, outsider, st.just(("name", None)))
        chosen = sides(st.one_of(member, member, outsider), either, either)
        if chosen and any(side[0] == "member" for side in chosen):
            slip = Slip("introduction", month, *chosen)
            dated(slip, slip.members(), may_be_imported=False)
    for _ in range(draw(st.integers(0, 5))):
        if chosen := sides(member, st.one_of(member, st.just(None))):
            slip = Slip("posting", month, *chosen, word=draw(st.sampled_from(["need", "need", "offer"])))
            if dated(slip, [chosen[0][1]], may_be_imported=False) and chosen[1]:
                slip.until = slip.day + datetime.timedelta(draw(st.sampled_from([0, 3, 40])))
    return made


def slightly_other(slip, way):
    """What somebody recorded instead of a slip: on another day, of another amount, with other steps."""
    needed = [slip.first[1]] if slip.kind == "thanks" and slip.first and slip.first[0] == "member" else slip.members()
    needed = [] if slip.kind == "thanks" and not (slip.first and slip.first[0] == "member") else needed
    day = max([slip.day - way % 4 * 7 * DAY] + [member.joined for member in needed])
    return replace(
        slip, day=day, amount=slip.amount + 12345, other_amount=slip.other_amount + 100, minutes=slip.minutes and slip.minutes + 15,
        number=1 if slip.number > 1 else 2, warmth=5, truth=True, units=slip.units + 1,
        steps=[("declined", instant(day, "13:00:00", "Etc/UTC"))] if way % 2 else slip.steps,
    )


@st.composite
def corrections(draw, made):
    """Some of what was recorded took the place of something wrong, or of what took its place; some was taken out for nothing."""
    found = []
    for slip, way in zip(made, draw(st.binary(min_size=len(made), max_size=len(made)))):
        if slip.imported or slip.kind == "posting" or way < 190:
            continue
        wrong = slightly_other(slip, way)
        if way % 5 == 0:
            found.append(Correction(wrong, None))
            continue
        if way % 5 == 1:
            found.append(Correction(slightly_other(slip, way + 1), wrong))
        found.append(Correction(wrong, slip))
    return found


@st.composite
def moved(draw, period, days):
    """The period, or one that begins or ends with one of the days."""
    first, last = period
    chosen = draw(st.sampled_from([None, *days])) if days and draw(st.booleans()) else None
    if chosen and chosen <= last and draw(st.booleans()):
        return chosen, last
    return (first, chosen) if chosen and first <= chosen else period


@st.composite
def years(draw, period, here):
    """The period, or one that begins while somebody is a member who leaves, or ends on the day on which they do."""
    leavers = [member for member in here if member.ended]
    way = draw(st.sampled_from(["as asked", "with them", "until then"])) if leavers else "as asked"
    if way == "as asked":
        return period
    leaver = draw(st.sampled_from(leavers))
    if way == "until then":
        return min(period[0], leaver.ended), leaver.ended
    return leaver.joined + DAY, max(period[1], leaver.joined + DAY)


@st.composite
def chapters(draw):
    month, day, attended, scheme, time, span = draw(questions())
    zone, currency = draw(st.sampled_from(ZONES)), draw(st.sampled_from(["EUR", "EUR", "JPY", "KWD", "CLF"]))
    here, elsewhere = draw(memberships(month))
    end = last_of(month)
    held = draw(meetings(month, here))
    days = sorted({meeting.day for meeting in held if meeting.kind == "regular" and -10 <= (meeting.day - end).days <= 10})
    time_of_meeting, versions = draw(st.sampled_from(["07:00", "02:30", "23:30"])), draw(policies(month))
    # Where a policy changes, something happens on that day.
    made = draw(slips(month, here, currency, days + [version.since for version in versions]))
    chapter = Chapter(zone, currency, time_of_meeting, versions, here, held, made, draw(corrections(made)), elsewhere)
    year = (months_before(month, 11), end) if span is None else (end - datetime.timedelta(span), end)
    # Days on which somebody comes or goes, or there is a meeting, are more frequent than by chance.
    changes = [date for member in here for date in (member.joined, member.ended, member.joined + DAY) if date]
    year, attended = draw(years(draw(moved(year, changes)), here)), draw(moved(attended, days))
    year = (min(year[0], day), year[1])
    attended = (min(attended[0], day), attended[1])
    since = months_before(month, draw(st.sampled_from([0, 0, 0, 2, 14])))
    return chapter, Question(month, day, instant(day, time, zone), attended, year, scheme, since)
