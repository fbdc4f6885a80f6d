"""The bodies of the API as dicts, from rows that can be asked for a column by name."""

from datetime import date, datetime

from statements import COUNTS, FIGURES, RATIOS


def month(text: str) -> date:
    return date.fromisoformat(text + "-01")


def days(first: date) -> tuple[date, date]:
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return first, date.fromordinal(following.toordinal() - 1)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(value):
    return None if value is None else str(value)


def _number(value):
    return None if value is None else float(value)


def member(row) -> dict:
    return {
        "id": row["id"],
        "name": row["name"],
        "seat": row["seat"],
        "joined": row["joined_on"].isoformat(),
        "status": row["status"],
        "email": row["email"],
        "company": row["company"],
        "renews": _text(row["renews_on"]),
        "ended": _text(row["ended_on"]),
    }


def _marks(row, body: dict) -> dict:
    for name in COUNTS:
        body[name] = row[name]
    body["thanked_for"] = str(row["thanked_for"])
    body["education"] = float(row["education"])
    body["testimonials"] = row["testimonials"]
    body["held"] = row["held"]
    body["rate"] = _number(row["rate"])
    return body


def attendance(chapter, first: date, last: date, as_of: str, rows, summaries) -> dict:
    members, others, total = [], [], None
    for row in rows:
        if row["kind"] == "member":
            members.append(_marks(row, {"member": {"id": row["membership_id"], "name": row["name"]}}))
        elif row["kind"] == "total":
            total = _marks(row, {})
        else:
            others.append(_marks(row, {"kind": row["kind"], "name": row["name"]}))
    return {
        "chapter": chapter["slug"],
        "from": first.isoformat(),
        "to": last.isoformat(),
        "currency": chapter["currency"],
        "as_of": as_of,
        "members": members,
        "others": others,
        "total": total,
        "summaries": [
            {
                "import": row["batch"],
                "from": row["from_on"].isoformat(),
                "to": row["to_on"].isoformat(),
                "used": row["is_used"],
            }
            for row in summaries
        ],
    }


def _figures(row, body: dict) -> dict:
    for name in FIGURES:
        body[name] = _text(row[name])
    for name in RATIOS:
        body[name] = _number(row[name])
    return body


def _line(row) -> dict:
    body = _figures(row, {"member": {"id": row["membership_id"], "name": row["name"]}})
    body["payback"] = None if row["payback"] is None else row["payback"].isoformat()[:7]
    for name in ("referrals_given", "referrals_received", "one_to_ones", "meetings_held"):
        body[name] = row[name]
    return body


def _totals(row) -> dict:
    body = _figures(row, {"members": row["members"]})
    for name in ("received_outside", "given_outside", "given_former"):
        body[name] = _text(row[name])
    body["median_roi"] = _number(row["median_roi"])
    body["quartiles_roi"] = [_number(row["lower_quartile_roi"]), _number(row["upper_quartile_roi"])]
    body["withheld"] = list(row["withheld"])
    body["unconverted"] = list(row["unconverted"])
    if row["block"] == "month":
        body["seat_value"] = _text(row["seat_value"])
        body["open_seat_month"] = _text(row["open_seat_month"])
    return body


def roi(chapter, month: str, as_of: str, rows) -> dict:
    blocks = {name: {"members": [], "totals": None} for name in ("month", "trailing", "since_joining")}
    for row in rows:
        block = blocks[row["block"]]
        if row["membership_id"] is None:
            block["totals"] = _totals(row)
        else:
            block["members"].append(_line(row))
    return {
        "chapter": chapter["slug"],
        "month": month,
        "currency": chapter["currency"],
        "as_of": as_of,
        "closed": None,
        **blocks["month"],
        "trailing": blocks["trailing"],
        "since_joining": blocks["since_joining"],
    }
