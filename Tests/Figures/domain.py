"""The figures of the domain page (§6), recomputed from the rows, exactly, without a line of the product's SQL."""

import bisect
import datetime
import math
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

import zoneinfo

from chapters import DECIMALS, RATES, last_of, months_before

DAY = datetime.timedelta(1)
MARK_COLUMNS = ["present", "absent", "late", "medical", "substitute"]
# What tells what somebody earned.
EARNED = ["received", "profit", "net", "roi", "rot"]
THERE = ("present", "late", "substitute")
COUNTS = [
    "referrals_given_inside", "referrals_given_outside", "referrals_received_inside", "referrals_received_outside", "visitors",
    "one_to_ones", "thanked_for", "education", "testimonials",
]


def nearest(value):
    """The nearest whole number, half away from zero."""
    size = abs(value)
    whole = math.floor(size + Fraction(1, 2))
    return -whole if value < 0 else whole


def shown(value, decimals):
    return None if value is None else Decimal(nearest(Fraction(value) * 10**decimals)).scaleb(-decimals)


def money(minor_units, decimals):
    return None if minor_units is None else f"{Decimal(nearest(Fraction(minor_units))).scaleb(-decimals):f}"


def ratio(top, bottom):
    return None if not bottom else Fraction(top) / Fraction(bottom)


def quantile(values, q):
    """Exactly, 1: linear at q (n − 1) over the rows that have a value."""
    values = sorted(value for value in values if value is not None)
    if not values:
        return None
    place = q * (len(values) - 1)
    low = math.floor(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (place - low) * (values[high] - values[low])


def a_year_before(day):
    """The same day of the year before; of a 29 February the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def name_order(member):
    return member.name.lower(), member.id


class Figures:
    """One chapter as of a day: what counts in its reports."""

    def __init__(self, chapter, as_of):
        self.chapter, self.as_of = chapter, as_of
        self.decimals = DECIMALS[chapter.currency]
        self.zone = zoneinfo.ZoneInfo(chapter.zone)
        self.slips = [slip for slip in chapter.slips if slip.day <= as_of]
        # What became of a referral goes with the entry that takes its place.
        self.steps = {}
        for correction in chapter.corrections:
            if correction.right and correction.wrong.kind == "referral":
                self.steps[id(correction.right)] = self.steps.get(id(correction.wrong), correction.wrong.steps)
        # Exactly, 7: open or sealed; a scheduled one never.
        self.meetings = [meeting for meeting in chapter.meetings if meeting.status in ("open", "sealed") and meeting.day <= as_of]
        self.anchors = sorted(meeting.day for meeting in chapter.meetings if meeting.kind == "regular" and meeting.status not in ("cancelled", "holiday"))

    # What is in force on a day (Exactly, 2).

    def policy(self, day):
        found = self.chapter.policies[0]
        for version in self.chapter.policies:
            if version.since <= day:
                found = version
        return found

    def own(self, member, day, place, fallback):
        found = fallback
        for valuation in member.valuations:
            if valuation[0] <= day and valuation[place] is not None:
                found = valuation[place]
        return Fraction(found)

    def margin(self, member, day):
        return self.own(member, day, 1, 1)

    def hour(self, member, day):
        return self.own(member, day, 2, self.policy(day).hour)

    def converted(self, amount, currency, day):
        """Exactly, 10: the newest rate on or before the day; None without one."""
        if currency == self.chapter.currency or amount == 0:
            return Fraction(amount)
        rates = [rate for since, rate in RATES.get((currency, self.chapter.currency), []) if datetime.date.fromisoformat(since) <= day]
        if not rates:
            return None
        return Fraction(amount, 10 ** DECIMALS[currency]) * Fraction(rates[-1]) * 10**self.decimals

    def worth(self, amount, currency, day):
        return self.converted(amount, currency, day) or Fraction(0)

    def is_held(self, meeting, member):
        return meeting.kind == "regular" and member.has(meeting.day) and not member.is_away(meeting.day)

    def is_somebody_here(self, side, day):
        """Whether a thanked member's person is of this chapter that day."""
        return side[0] == "member" and any(one.person == side[1].person and one.has(day) for one in self.chapter.memberships)

    # The monthly return.

    def returns(self, member, through):
        """Month by month from the one of joining on, what went in and what came out, until a day."""
        last = min(through, member.ended or through)
        months = defaultdict(lambda: defaultdict(Fraction))
        if member.joined > last:
            return months
        day = member.joined
        while day <= last:
            policy, month = self.policy(day), day.replace(day=1)
            months[month]["dues"] += Fraction(policy.fee, policy.months * last_of(month).day)
            day += DAY

        def spend(day, minutes):
            months[day.replace(day=1)]["minutes"] += minutes
            months[day.replace(day=1)]["time"] += Fraction(minutes) * self.hour(member, day) / 60

        for meeting in self.meetings:
            if not (member.has(meeting.day) and meeting.day <= last):
                continue
            mark, month = meeting.marks.get(member.id), months[meeting.day.replace(day=1)]
            if mark in ("present", "late"):
                spend(meeting.day, meeting.minutes)
            if self.is_held(meeting, member):
                policy = self.policy(meeting.day)
                month["held"] += 1
                if policy.due_for == "every" or mark in THERE:
                    month["fees"] += policy.meeting_fee
        for slip in self.slips:
            if not (member.has(slip.day) and slip.day <= last):
                continue
            month = months[slip.day.replace(day=1)]
            is_first = slip.first == ("member", member)
            is_second = slip.second == ("member", member)
            if slip.kind == "referral" and slip.second[0] != "unplaced":
                month["referrals_given"] += is_first
                month["referrals_received"] += is_second
            elif slip.kind == "one-to-one" and (is_first or is_second):
                month["one_to_ones"] += 1
                month["spent"] += self.worth(slip.amount if is_first else slip.other_amount, slip.currency, slip.day)
                spend(slip.day, slip.minutes or 0)
            elif slip.kind == "activity" and is_first:
                month["spent"] += self.worth(slip.amount, slip.currency, slip.day)
                spend(slip.day, slip.minutes)
            elif slip.kind == "education" and is_first:
                spend(slip.day, Fraction(slip.units) * 60)
            elif slip.kind == "thanks":
                amount = self.worth(slip.amount, slip.currency, slip.day)
                if is_first:
                    month["received"] += amount
                    month["profit"] += amount * self.margin(member, slip.day)
                    if not self.is_somebody_here(slip.second, slip.day):
                        month["received_outside"] += amount
                if is_second:
                    month["given"] += amount
                    if slip.first and slip.first[0] == "outsider":
                        month["given_outside"] += amount
        for month in months.values():
            month["cost"] = month["dues"] + month["fees"] + month["spent"] + month["time"]
            month["net"] = month["profit"] - month["cost"]
        return months

    def payback(self, months, until):
        """The first month, not after the one asked for, at whose end the net since joining is not negative."""
        net = Fraction(0)
        month = min(months)
        while month <= until:
            net += months[month]["net"] if month in months else 0
            if net >= 0:
                return month.strftime("%Y-%m")
            month = months_before(month, -1)
        return None

    def printed(self, sums):
        return {word: money(sums[word], self.decimals) for word in ("dues", "fees", "spent", "time", "cost", "received", "profit", "given", "net")} | {
            "hours": f"{shown(sums['minutes'] / 60, 2):f}",
            "roi": shown(ratio(sums["net"], sums["cost"]), 4),
            "rot": shown(ratio(sums["profit"], sums["minutes"] / 60 * 10**self.decimals), 4),
        }

    def roi(self, month, first=None, reader=None):
        """The return of a month, or of all from the first to it, as a leader reads it, or a person without an office."""
        first = first or month
        through = min(last_of(month), self.as_of)
        months = {member.id: self.returns(member, through) for member in self.chapter.memberships}
        year = months_before(month, 11)
        # Exactly, 8: every membership with a day in the period; since joining, in the month.
        asked = [member for member in self.chapter.memberships if any(one >= first for one in months[member.id])]
        in_month = [member for member in self.chapter.memberships if any(one >= month for one in months[member.id])]
        in_year = [member for member in self.chapter.memberships if any(one >= year for one in months[member.id])]
        blocks = {
            name: self.block(members, since, through, months, month, reader, in_month)
            for name, members, since in [("month", asked, first), ("trailing", in_year, year), ("since_joining", in_month, datetime.date.min)]
        }
        report = blocks["month"] | {"trailing": blocks["trailing"], "since_joining": blocks["since_joining"]}
        given = sum((one["given"] for member in in_year for start, one in months[member.id].items() if start >= year), Fraction(0))
        value = self.seat_value(month, year, through, given)
        report["totals"] |= {"seat_value": money(value, self.decimals), "open_seat_month": money(value and value / 12 if value is not None else None, self.decimals)}
        return report

    def is_open(self, member, reader):
        """Whether the reader may see what a member earned (§5), by the policy of the as-of day."""
        seen_by = self.policy(self.as_of).seen_by
        return seen_by == "chapter" or member.person == reader or reader is None and (seen_by == "leaders" or member.shares)

    def hidden_earners(self, members, since, months, word, reader):
        """How many people earned whose own figures the reader may not see."""
        return len({
            member.person for member in members
            if not self.is_open(member, reader) and sum(one[word] for month, one in months[member.id].items() if month >= since) > 0
        })

    def block(self, members, since, through, months, until, reader, in_month):
        lines, all_of, rois = [], defaultdict(Fraction), []
        hidden = self.hidden_earners(members, since, months, "received", reader)
        hidden_outside = self.hidden_earners(members, since, months, "received_outside", reader)
        # A payback tells of all since joining: it may be told of whoever stands there, where nobody hidden has earned.
        told = [] if self.hidden_earners(in_month, datetime.date.min, months, "received", reader) else in_month
        for member in sorted(members, key=name_order):
            sums = defaultdict(Fraction)
            for month, figures in months[member.id].items():
                if month >= since:
                    for word, value in figures.items():
                        sums[word] += value
            for word, value in sums.items():
                all_of[word] += value
            rois.append(ratio(sums["net"], sums["cost"]))
            if reader is not None and member.person != reader:
                continue
            figures = self.printed(sums)
            if hidden and not self.is_open(member, reader):
                figures |= dict.fromkeys(EARNED)
            lines.append({"member": {"id": member.id, "name": member.name}} | figures | {
                "payback": self.payback(months[member.id], until) if self.is_open(member, reader) or member in told else None,
                "referrals_given": int(sums["referrals_given"]), "referrals_received": int(sums["referrals_received"]),
                "one_to_ones": int(sums["one_to_ones"]), "meetings_held": int(sums["held"]),
            })
        # Exactly, 9: a thanks naming a membership on a day that it does not cover.
        former = sum((
            self.worth(slip.amount, slip.currency, slip.day) for slip in self.slips
            if slip.kind == "thanks" and slip.second[0] == "member" and not slip.second[1].has(slip.day) and since <= slip.day <= through
        ), Fraction(0))
        totals, withheld = self.printed(all_of) | {
            "received_outside": money(all_of["received_outside"], self.decimals), "median_roi": shown(quantile(rois, Fraction(1, 2)), 4),
            "quartiles_roi": [shown(quantile(rois, Fraction(1, 4)), 4), shown(quantile(rois, Fraction(3, 4)), 4)],
        }, []
        if hidden in (1, 2):
            withheld = [*EARNED, "received_outside", "median_roi", "quartiles_roi"]
        elif hidden_outside in (1, 2):
            withheld = ["received_outside"]
        totals |= {word: [None, None] if word == "quartiles_roi" else None for word in withheld}
        return {"members": lines, "totals": {"members": len(members)} | totals | {
            "given_outside": money(all_of["given_outside"], self.decimals),
            "given_former": money(former, self.decimals), "withheld": withheld, "unconverted": self.unconverted(since, through),
        }}

    def unconverted(self, since, through):
        named = set()
        for slip in self.slips:
            if since <= slip.day <= through and slip.kind in ("thanks", "activity", "one-to-one"):
                amount = max(slip.amount, slip.other_amount)
                if self.converted(amount, slip.currency, slip.day) is None:
                    named.add(f"{slip.kind} of {slip.day} in {slip.currency}")
        return sorted(named)

    def seat_value(self, month, year, through, given):
        """Exactly, 11."""
        first = min(member.joined for member in self.chapter.memberships).replace(day=1)
        counts, start = [], max(year, first)
        while start <= min(month, through):
            end = min(last_of(start), through)
            counts.append(sum(member.has(end) and not member.is_away(end) for member in self.chapter.memberships))
            start = months_before(start, -1)
        return ratio(given * len(counts), sum(counts))

    # The attendance summary.

    def counting_day(self, day):
        """Exactly, 6: the first regular meeting on or after it that is not called off; without one, its own day."""
        place = bisect.bisect_left(self.anchors, day)
        return self.anchors[place] if place < len(self.anchors) else day

    def counted(self, first, last):
        """By row, what counts in a period: a row is a membership's id, or the word of a pseudo row."""
        rows = defaultdict(lambda: defaultdict(Fraction))
        for meeting in self.meetings:
            for member in self.chapter.memberships:
                if first <= meeting.day <= last and self.is_held(meeting, member):
                    rows[member.id]["held"] += 1
                    if mark := meeting.marks.get(member.id):
                        rows[member.id][mark] += 1

        def row(side):
            if side is None or side[0] == "chapter":
                return "chapter"
            return {"member": lambda: side[1].id, "outsider": lambda: "other-chapters", "name": lambda: "visitors"}[side[0]]()

        for slip in self.slips:
            day = slip.day if slip.kind == "visitor" else self.counting_day(slip.day)
            if not first <= day <= last:
                continue
            if slip.kind == "referral" and slip.second[0] != "unplaced":
                tier = "inside" if slip.number == 1 else "outside"
                rows[row(slip.first)][f"referrals_given_{tier}"] += 1
                if slip.second[0] == "member":
                    rows[row(slip.second)][f"referrals_received_{tier}"] += 1
            elif slip.kind == "one-to-one":
                rows[row(slip.first)]["one_to_ones"] += 1
                rows[row(slip.second)]["one_to_ones"] += 1
            elif slip.kind == "thanks":
                rows[row(slip.second)]["thanked_for"] += self.worth(slip.amount, slip.currency, slip.day)
            elif slip.kind == "education":
                rows[row(slip.first)]["education"] += Fraction(slip.units)
            elif slip.kind == "testimonial":
                rows[row(slip.first)]["testimonials"] += 1
            elif slip.kind == "visitor" and slip.truth and slip.word != "substitute":
                rows[row(slip.first)]["visitors"] += 1
        return rows

    def attendance(self, first, last):
        rows = self.counted(first, last)
        through = min(last, self.as_of)
        listed = [
            member for member in sorted(self.chapter.memberships, key=name_order)
            if (member.joined <= through and (member.ended or through) >= first) or member.id in rows
        ]
        total = defaultdict(Fraction)
        for row in rows.values():
            for word, value in row.items():
                total[word] += value

        def printed(row):
            cells = {word: int(row[word]) for word in MARK_COLUMNS + COUNTS + ["held"] if word not in ("thanked_for", "education")}
            return cells | {
                "thanked_for": money(row["thanked_for"], self.decimals), "education": shown(row["education"], 2),
                "rate": shown(ratio(sum(row[mark] for mark in THERE), row["held"]), 4),
            }

        return {
            "members": [{"member": {"id": member.id, "name": member.name}} | printed(rows[member.id]) for member in listed],
            "others": [{"kind": kind} | printed(rows[kind]) for kind in ("visitors", "other-chapters", "chapter")],
            "total": printed(total),
        }

    # Giving.

    def ledger(self, through):
        """Every deposit and withdrawal until a day, in the membership in which it counts."""
        entries = defaultdict(list)

        def enter(side, day, kind, is_deposit, share=Fraction(1)):
            if side and side[0] == "member" and side[1].has(day) and day <= through:
                entries[side[1].id].append((day, is_deposit, share * Fraction(self.policy(day).weights[kind])))

        for slip in self.slips:
            if slip.kind == "referral":
                if slip.second[0] != "unplaced" and self.status(slip) != "declined":
                    enter(slip.first, slip.day, "referral given", True, Fraction(slip.warmth or 3, 3))
                enter(slip.second, slip.day, "referral received", False)
            elif slip.kind == "introduction":
                enter(slip.first, slip.day, "introduction made", True)
                enter(slip.second, slip.day, "introduction received", False)
                enter(slip.third, slip.day, "introduction received", False)
            elif slip.kind == "visitor" and slip.truth and slip.word != "substitute":
                enter(slip.first, slip.day, "visitor", True)
            elif slip.kind == "testimonial":
                enter(slip.first, slip.day, "testimonial", True)
            elif slip.kind == "one-to-one":
                enter(slip.first, slip.day, "one-to-one", True)
                enter(slip.second, slip.day, "one-to-one", True)
            elif slip.kind == "posting" and slip.word == "need":
                enter(slip.first, slip.day, "need posted", False)
                if slip.until and slip.until <= self.as_of:
                    enter(slip.second, slip.until, "need answered", True)
        for member in self.chapter.memberships:
            months = {}
            for _, first, last in member.offices:
                month, last = first.replace(day=1), min(last or through, through)
                while month <= last:
                    months[month] = min(max(month, first), months.get(month, datetime.date.max))
                    month = months_before(month, -1)
            for day in months.values():
                enter(("member", member), day, "month in office", True)
        return entries

    def status(self, referral):
        """Its last step until now, that is, the as-of day of the chapter's zone."""
        status = "passed"
        for step, at in self.steps.get(id(referral), referral.steps):
            if datetime.datetime.fromisoformat(at).astimezone(self.zone).date() <= self.as_of:
                status = step
        return status

    def giving(self, first, last):
        through = min(last, self.as_of)
        entries, rows, total = self.ledger(through), [], defaultdict(Fraction)

        def printed(sums, gave_first):
            return {
                "referrals_given": int(sums["given"]), "referrals_received": int(sums["received"]),
                "giving_ratio": shown(ratio(sums["given"], sums["received"]), 4), "deposits": shown(sums[True], 2),
                "withdrawals": shown(sums[False], 2), "social_capital": shown(sums[True] - sums[False], 2), "gave_first": gave_first,
            }

        for member in sorted(self.chapter.memberships, key=name_order):
            if member.joined > through or (member.ended or through) < first:
                continue
            sums, firsts = defaultdict(Fraction), {}
            for slip in self.slips:
                if slip.kind == "referral" and slip.second[0] != "unplaced" and first <= slip.day <= through and member.has(slip.day):
                    sums["given"] += slip.first == ("member", member)
                    sums["received"] += slip.second == ("member", member)
            for day, is_deposit, points in entries[member.id]:
                firsts[is_deposit] = min(day, firsts.get(is_deposit, day))
                if day >= first:
                    sums[is_deposit] += points
            for word, value in sums.items():
                total[word] += value
            gave_first = None if not firsts else True in firsts and firsts[True] <= firsts.get(False, datetime.date.max)
            rows.append({"member": {"id": member.id, "name": member.name}} | printed(sums, gave_first))
        return {"members": rows, "members_total": printed(total, None)}

    # Consistency.

    def consistency(self, first, last):
        """Exactly, 16: the months with an active day, and those of them with a deposit."""
        through = min(last, self.as_of)
        entries, rows, total = self.ledger(through), [], []
        for member in sorted(self.chapter.memberships, key=name_order):
            if member.joined > through or (member.ended or through) < first:
                continue
            months, day = {}, max(first, member.joined)
            while day <= min(through, member.ended or through):
                if not member.is_away(day):
                    months[day.replace(day=1)] = 0
                day += DAY
            for day, is_deposit, _ in entries[member.id]:
                if is_deposit and day >= first and day.replace(day=1) in months:
                    months[day.replace(day=1)] += 1
            counts = sorted(months.values(), reverse=True)
            total += counts
            rows.append({"member": {"id": member.id, "name": member.name}} | self.gave(counts) | {
                "only_when_in_need": counts.count(0) >= 6 and sum(counts) > 0 and Fraction(sum(counts[:3]), sum(counts)) >= Fraction(4, 5),
            })
        return {"members": rows, "members_total": self.gave(total)}

    @staticmethod
    def gave(counts):
        given_in = sum(count > 0 for count in counts)
        return {
            "months_with_deposit": given_in, "months_as_member": len(counts), "consistency": shown(ratio(given_in, len(counts)), 4),
            "deposits": sum(counts),
        }

    # Relations.

    def relations(self, first, last):
        """Exactly, 17: of people; each under the newest membership."""
        through = min(last, self.as_of)
        people = defaultdict(list)
        for member in sorted(self.chapter.memberships, key=lambda member: member.joined):
            if member.joined <= through:
                people[member.person].append(member)
        newest = {person: spans[-1] for person, spans in people.items()}
        active = {person for person, member in newest.items() if member.has(through) and not member.is_away(through)}

        def met(one, other):
            return any(
                slip.kind == "one-to-one" and first <= slip.day <= through and {one, other} == {side[1].person for side in (slip.first, slip.second) if side[0] == "member"}
                and all(side[1].has(slip.day) for side in (slip.first, slip.second))
                for slip in self.slips
            )

        def thanked(earner, giver, since):
            return any(
                slip.kind == "thanks" and since <= slip.day <= through and slip.first and slip.first[0] == slip.second[0] == "member"
                and (slip.first[1].person, slip.second[1].person) == (earner, giver)
                and slip.first[1].has(slip.day) and slip.second[1].has(slip.day)
                for slip in self.slips
            )

        rows = []
        for person, member in sorted(newest.items(), key=lambda item: name_order(item[1])):
            if (member.ended or through) < first:
                continue
            others, since = active - {person}, people[person][0].joined
            reached = sum(met(person, other) for other in others)
            # Depth tells who earned: each of the two sides, where their own figures are not open (§5).
            hidden = sum(thanked(other, person, since) and not self.is_open(newest[other], None) for other in others)
            hidden += any(thanked(person, other, since) for other in others) and not self.is_open(member, None)
            rows.append({
                "member": {"id": member.id, "name": member.name}, "met": reached, "others": len(others),
                "coverage": shown(ratio(reached, len(others)), 4),
                "depth": None if hidden in (1, 2) else sum(thanked(person, other, since) and thanked(other, person, since) for other in others),
            })
        related = {
            frozenset(side[1].person for side in (slip.first, slip.second)) for slip in self.slips
            if slip.kind in ("referral", "one-to-one") and slip.day <= through and slip.first[0] == slip.second[0] == "member"
            and all(side[1].has(slip.day) for side in (slip.first, slip.second))
        }
        present = sorted(active, key=lambda person: name_order(newest[person]))
        gaps = [
            {word: {"id": newest[person].id, "name": newest[person].name} for word, person in (("member", one), ("other", other))}
            | {"since": f"{max(people[one][0].joined, people[other][0].joined)}"}
            for place, one in enumerate(present) for other in present[place + 1:] if frozenset((one, other)) not in related
        ]
        return {"members": rows, "gaps": gaps}

    # Absences.

    def window(self, policy, day):
        """Exactly, 12: the first day of the window of a day."""
        match policy.window:
            case "rolling-26-weeks":
                return day - 181 * DAY
            case "12-months":
                return a_year_before(day) + DAY
        return max(start for start in self.terms(policy, day) if start <= day)

    def terms(self, policy, day):
        return [datetime.date(year, *start) for year in (day.year - 1, day.year, day.year + 1) for start in policy.terms]

    def drops_out(self, policy, absence, day):
        """The first day whose window no longer has it, under the policy of the day that is asked about."""
        following = day + DAY
        while self.window(policy, following) <= absence:
            following += DAY
        return following

    def absences(self, last):
        day = min(last, self.as_of)
        policy, rows = self.policy(day), []
        for member in sorted(self.chapter.memberships, key=name_order):
            if not member.has(day):
                continue
            used, substitutes, drops = Fraction(0), 0, []
            for meeting in self.meetings:
                if not self.window(policy, day) <= meeting.day <= day or not self.is_held(meeting, member):
                    continue
                mark = meeting.marks.get(member.id)
                weight = {"absent": Fraction(1), "late": Fraction(self.policy(meeting.day).late_weight)}.get(mark, Fraction(0))
                used += weight
                substitutes += mark == "substitute"
                drops += [self.drops_out(policy, meeting.day, day)] if weight else []
            standing = "over the limit" if used > policy.limit else "at the limit" if used + 1 > policy.limit else "within it"
            sentence = f"{float(used):g} of {policy.limit} used"
            sentence += f"; the next one drops out on {min(drops)}" if drops else ""
            too_many = policy.substitutes is not None and substitutes > policy.substitutes
            sentence += f"; {substitutes} substitutes, {policy.substitutes} are allowed" if too_many else ""
            rows.append((used, {
                "member": {"id": member.id, "name": member.name}, "used": shown(used, 2), "allowed": policy.limit,
                "next_drop": str(min(drops)) if drops else None, "standing": standing, "substitutes": substitutes,
                "substitutes_allowed": policy.substitutes, "sentence": sentence, "since": str(self.window(policy, day)),
            }))
        return {"members": [row for _, row in sorted(rows, key=lambda row: -row[0])]}

    # What corrections took out.

    def corrected(self, first, last):
        chapter = self.chapter
        return sorted(({
            "slip": one.wrong.kind, "day": str(one.wrong.day), "is_replaced": one.right is not None, "reason": "Digits changed places", "by": "Examiner",
            "slip_id": chapter.number_of(one.wrong), "replacement_id": chapter.number_of(one.right) if one.right else None,
        } for one in chapter.corrections if first <= one.wrong.day <= last), key=lambda row: row["slip_id"])

    # Concentration.

    def concentration(self, first, last):
        through = min(last, self.as_of)
        given, unconverted = {}, set()
        for member in self.chapter.memberships:
            if member.joined <= through and (member.ended or through) >= first:
                thanks = [slip for slip in self.slips if slip.kind == "thanks" and slip.second == ("member", member)
                          and member.has(slip.day) and first <= slip.day <= through]
                given[member] = sum((self.worth(slip.amount, slip.currency, slip.day) for slip in thanks), Fraction(0)), len(thanks)
                unconverted |= {f"thanks of {slip.day} in {slip.currency}" for slip in thanks if self.converted(slip.amount, slip.currency, slip.day) is None}
        order = sorted(given, key=lambda member: (-given[member][0], *name_order(member)))
        amounts = [given[member][0] for member in order]
        total, running, rows, half_from = sum(amounts), Fraction(0), [], None
        for count, member in enumerate(order, 1):
            amount, thanks = given[member]
            running += amount
            if total and running * 2 >= total:
                half_from = half_from or count
            rows.append({
                "member": {"id": member.id, "name": member.name}, "place": amounts.index(amount) + 1, "thanks": thanks,
                "given": money(amount, self.decimals), "share": shown(ratio(amount, total), 4), "running_share": shown(ratio(running, total), 4),
            })
        return {
            "summary": [{
                "given": money(total, self.decimals), "members": len(rows), "givers": sum(amount > 0 for amount in amounts),
                "top_three": shown(ratio(sum(amounts[:3]), total), 4), "half_from": half_from,
                "mean": money(ratio(total, len(rows)), self.decimals), "median": money(quantile(amounts, Fraction(1, 2)), self.decimals),
                "lower_quartile": money(quantile(amounts, Fraction(1, 4)), self.decimals),
                "upper_quartile": money(quantile(amounts, Fraction(3, 4)), self.decimals), "unconverted": sorted(unconverted),
            }],
            "members": rows,
        }

    # Retention.

    def retention(self, first, last):
        through = min(last, self.as_of)
        eve = first - DAY
        was = {member.person: member for member in self.chapter.memberships if member.has(eve)}
        are = {member.person for member in self.chapter.memberships if member.has(through)}
        stayed = [person for person in was if person in are]

        def reason(person):
            ends = [member for member in self.chapter.memberships if member.person == person and member.ended and eve <= member.ended <= through]
            return max(ends, key=lambda member: member.ended).reason or "not said"

        reasons = defaultdict(int)
        for person in was:
            if person not in are:
                reasons[reason(person)] += 1
        left = sum(reasons.values())

        def grouped(key, order, row):
            groups = defaultdict(list)
            for person, member in was.items():
                groups[key(member)].append(person in are)
            return [
                row(group) | {"at_start": len(groups[group]), "stayed": sum(groups[group]), "retention": shown(ratio(sum(groups[group]), len(groups[group])), 4)}
                for group in sorted(groups, key=lambda group: (group is None, group is not None and order(group)))
            ]

        by_id = {member.id: member for member in self.chapter.memberships}

        def guide(number):
            return {"member": {"id": number, "name": by_id[number].name} if number else {"id": None, "name": "none"}}

        def guides(word):
            return grouped(lambda member: getattr(member, word), lambda number: name_order(by_id[number]), guide)

        return {
            "people": [{
                "at_start": len(was), "stayed": len(stayed), "left": left, "joined": len(are - set(was)), "at_end": len(are),
                "retention": shown(ratio(len(stayed), len(was)), 4),
            }],
            "reasons": [
                {"reason": word, "people": count, "share": shown(ratio(count, left), 4)}
                for word, count in sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
            ],
            "seats": grouped(lambda member: member.seat, lambda seat: seat, lambda seat: {"seat": seat or "none"}),
            "sponsors": guides("sponsor"),
            "mentors": guides("mentor"),
        }
