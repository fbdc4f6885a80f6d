#!/usr/bin/env python3
"""The service, compiled with a sanitizer, under load for a while; whatever the sanitizer reports fails it.

    load.py PROGRAM [SECONDS]

Members' pages, reports in every format, slips written, imports, wrong requests, sign-ins, streams and clients that hang
up, by several at once; then SIGTERM in their midst.
"""

import contextlib
import http.client
import json
import pathlib
import random
import re
import signal
import socket
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Hostile"))

from service import CHAPTER, Service

API = f"/api/v1/chapters/{CHAPTER}"
READS = [
    "/sign-in", "/api/v1/openapi.json", "/api/v1/me", f"{API}/members", f"{API}/meetings", f"{API}/referrals",
    f"{API}/thanks", f"{API}/planner", f"{API}/seats", f"{API}/dues", f"{API}/needs", f"{API}/policy", f"{API}/months",
    f"{API}/reports/roi.json", f"{API}/reports/roi.csv", f"{API}/reports/roi.html", f"{API}/reports/roi.xlsx",
    f"{API}/reports/attendance.xlsx", f"{API}/reports/matrix.json", f"{API}/reports/scorecard.json", "/nowhere",
    f"{API}/referrals?after=nothing", f"{API}/reports/roi?month=2026-13",
]


def ask_on(service, members, ends, seed, statuses):
    dice = random.Random(seed)
    while not ends.is_set():
        with contextlib.suppress(OSError, http.client.HTTPException):
            chance = dice.random()
            if chance < 0.55:
                status, _, _ = service.ask("GET", dice.choice(READS), token=dice.random() < 0.9, timeout=60)
            elif chance < 0.75:
                status, _, _ = service.ask(
                    "POST", f"{API}/referrals",
                    {"receiver": dice.choice(members), "need": f"under load {dice.random()}", "warmth": 3,
                     "prospect": {"name": "Karl Kurz"}},
                    {"Idempotency-Key": f"load-{dice.randrange(200)}"}, timeout=60,
                )
            elif chance < 0.82:
                rows = b"".join(b"Nobody %d,Also,Referral,Inside,,,x\r\n" % number for number in range(200))
                status, _, _ = service.ask(
                    "POST", f"{API}/imports?kind=slips&meeting=2026-10-28&dry_run=true",
                    b"From,To,Slip Type,Inside/Outside,$ if TYFCB,Qty if CEU,Detail\r\n" + rows,
                    {"Content-Type": "text/csv"}, timeout=60,
                )
            elif chance < 0.88:
                body = dice.choice([b"[" * 100_000, b'{"receiver": 1e400}', b"x" * 1_100_000, b"\xff"])
                status, _, _ = service.ask("POST", f"{API}/slips", body, {"Content-Type": "application/json"}, timeout=60)
            elif chance < 0.91:
                status, _, _ = service.ask(
                    "POST", "/sign-in", b"email=nobody%40example.org&password=wrong-wrong-wrong",
                    {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"},
                    token=False, timeout=60,
                )
            else:
                # Asks for much, and hangs up.
                with socket.create_connection(("127.0.0.1", service.port), timeout=10) as client:
                    path = dice.choice([f"{API}/reports/matrix.xlsx", f"{API}/reports/roi.json", "/api/v1/openapi.json"])
                    client.sendall(f"GET {path} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {service.token}\r\n\r\n".encode())
                    time.sleep(dice.random() * 0.05)
                status = 0
            statuses[status] = statuses.get(status, 0) + 1


def main(program, seconds="60"):
    with Service(program) as service:
        listed = json.loads(service.ask("GET", f"{API}/members")[2])
        rows = listed if isinstance(listed, list) else next(value for value in listed.values() if isinstance(value, list))
        members = [row["id"] for row in rows]
        ends, statuses = threading.Event(), {}
        threads = [
            threading.Thread(target=ask_on, args=(service, members, ends, seed, statuses), daemon=True) for seed in range(12)
        ]
        for thread in threads:
            thread.start()
        time.sleep(float(seconds))
        memory = service.memory
        service.process.send_signal(signal.SIGTERM)
        status = service.process.wait(180)
        ends.set()
        for thread in threads:
            thread.join(70)
        time.sleep(0.5)
        reports = [line for line in service.lines if re.search(r"Sanitizer|runtime error|Fatal error|data race", line)]
    print(f"{sum(statuses.values())} requests, by status {dict(sorted(statuses.items()))}; {memory:.0f} MB at the end")
    print(f"ended with {status}; the sanitizer reported {len(reports)} times")
    for line in reports[:40]:
        print(line.rstrip())
    if reports:
        print("".join(service.lines)[-20000:], file=sys.stderr)
    written = statuses.get(201, 0)
    return 0 if status == 0 and not reports and written else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
