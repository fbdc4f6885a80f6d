"""A program with a token, as somebody writes it in an afternoon with requests.

program.py ADDRESS TOKEN CHAPTER
"""

import sys
import uuid

import requests

address, token, chapter = sys.argv[1:]
api = f"{address}/api/v1/chapters/{chapter}"

session = requests.Session()
session.headers["Authorization"] = f"Bearer {token}"
session.headers["Accept"] = "application/json"


def ask(method, place, status, **arguments):
    answer = session.request(method, place, timeout=30, **arguments)
    assert answer.status_code == status, f"{method} {place}: {answer.status_code} {answer.text}"
    return answer


roster = ask("GET", f"{api}/members", 200).json()
assert roster and all(member["status"] for member in roster)

# Twice with one key is once.
key = {"Idempotency-Key": str(uuid.uuid4())}
thanks = {"thanked": "chapter", "amount": {"amount": "1200.00", "currency": "EUR"}}
first, again = (ask("POST", f"{api}/thanks", 201, json=thanks, headers=key) for _ in range(2))
assert first.json() == again.json()

# A list, part by part, as the Link header leads.
for need in ("a door", "a window", "a roof"):
    ask("POST", f"{api}/referrals", 201, json={"receiver": "Karl Kurz @ Cedar", "need": need})
needs, part = [], ask("GET", f"{api}/referrals", 200, params={"limit": 2})
while True:
    needs += [referral["need"] for referral in part.json()]
    if "next" not in part.links:
        break
    part = ask("GET", address + part.links["next"]["url"], 200)
assert {"a door", "a window", "a roof"} <= set(needs) and len(needs) >= 3, needs

# What is wrong is said in a way that a program understands.
problem = ask("POST", f"{api}/referrals", 422, json={"receiver": "chapter", "need": "", "x": 1})
assert problem.headers["Content-Type"].startswith("application/problem+json")
assert problem.json()["errors"][0]["pointer"] == "/need", problem.text

report = ask("GET", f"{api}/reports/roi", 200)
kept = ask("GET", f"{api}/reports/roi", 304, headers={"If-None-Match": report.headers["ETag"]})
assert not kept.content
assert ask("GET", f"{api}/reports/roi.csv", 200).text.startswith("block,")

session.headers["Authorization"] += "0"
ask("GET", f"{api}/members", 401)
