"""Bodies, files and loads that are too much."""

import concurrent.futures
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time

from service import CHAPTER, Asking, check, quantile, shared


BOMBS = {
    "100000 levels": b"[" * 100_000,
    "100000 levels of objects": b'{"a":' * 100_000,
    "1e400": b'{"receiver": 1e400, "need": "x"}',
    "2^63": b'{"receiver": 9223372036854775808, "need": "x"}',
    "-2^63 - 1": b'{"receiver": -9223372036854775809, "need": "x"}',
    "many digits": b'{"receiver": ' + b"9" * 100_000 + b"}",
    "many digits behind a point": b'{"receiver": 0.' + b"9" * 100_000 + b"}",
    "a large exponent": b'{"receiver": 1e99999999999999999999}',
    "a key twice": b'{"need": "x", "need": "y"}',
    "half a million elements": b'{"receiver": [' + b"1," * 500_000 + b"1]}",
    "a hundred thousand keys": b"{" + b",".join(b'"%d":1' % n for n in range(80_000)) + b"}",
    "keys that look alike": '{"n\u00e9ed": 1, "ne\u0301ed": 2}'.encode(),
    "U+0000": b'{"receiver": 1, "need": "a\\u0000b"}',
    "half a pair": b'{"receiver": 1, "need": "\\ud800"}',
    "half a pair the other way round": b'{"receiver": 1, "need": "\\udc00\\ud800"}',
    "no UTF-8": b'{"receiver": 1, "need": "\xed\xa0\x80"}',
    "a mark of UTF-16": "{}".encode("utf-16"),
    "nothing": b"",
    "NaN": b'{"receiver": NaN}',
}


@check(quick=True)
def json_bombs(_):
    """Fault 33."""
    wrong, times = [], {}
    path = f"/api/v1/chapters/{CHAPTER}/referrals"
    shared.ask("POST", path, b"{}", {"Content-Type": "application/json"})
    for name, body in BOMBS.items():
        taken = []
        for _ in range(3):
            begun = time.monotonic()
            status, _, said = shared.ask("POST", path, body, {"Content-Type": "application/json"})
            taken.append(time.monotonic() - begun)
            if status not in (400, 413, 422):
                wrong.append(f"{name}: {status} {said[:80]!r}")
        times[name] = min(taken)
    status, _, _ = shared.ask("POST", path, b"[" + b"1," * 10_000_000 + b"1]", {"Content-Type": "application/json"})
    if status != 413:
        wrong.append(f"ten million elements: {status}")
    assert not wrong, "; ".join(wrong)
    assert shared.is_alive(), "the service is gone"
    slowest = max(times, key=times.get)
    small = max(time for name, time in times.items() if len(BOMBS[name]) < 200_000)
    assert times[slowest] < 5, f"{slowest} takes {times[slowest]:.1f} s"
    return f"all 400, 413 or 422; up to 200 KB within {small * 1e3:.0f} ms, {slowest} {times[slowest] * 1e3:.0f} ms"


@check(quick=True)
def hostile_files(_):
    """Fault 34, over HTTP and at the shell: refused with a row, and in bounded memory."""
    head = b"From,To,Slip Type,Inside/Outside,$ if TYFCB,Qty if CEU,Detail\r\n"
    path = f"/api/v1/chapters/{CHAPTER}/imports?kind=slips&meeting=2026-10-28"
    before = shared.sql("SELECT count(*) FROM app.referral")
    told = []
    for name, body in {
        "a million columns": b"," * 1_000_000,
        "an open quote": head + b'"' + b"x" * 1_000_000,
        "UTF-16": head.decode().encode("utf-16"),
        "mixed ends": head + b"A B,C D,Referral,Inside,,,x\rE F,G H,Referral,Inside,,,x\n\r\n",
        "formulas": head + b"=HYPERLINK(\"http://x\"),@SUM(1),+1,-1,=1,=2,=3\r\n",
        "NUL": head + b"A\0B,C,Referral,Inside,,,x\r\n",
        "thirty wrong rows": head + b"".join(b"Nobody %d,Also %d,Nothing,Side,x,y,z\r\n" % (n, n) for n in range(30)),
        "an entity bomb": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "' + b"x" * 1000 + b'"><!ENTITY b "'
        + b"&a;" * 1000 + b'">]><a>' + b"&b;" * 1000 + b"</a>",
        "an external entity": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "deep XML": b"<a>" * 300_000,
    }.items():
        begun = time.monotonic()
        status, _, said = shared.ask("POST", path, body, {"Content-Type": "application/vnd.ms-excel" if body[:1] == b"<" else "text/csv"})
        assert status in (400, 409, 413, 415, 422), f"{name}: {status} {said[:200]!r}"
        assert b"root:" not in said, f"{name} reads files"
        took = time.monotonic() - begun
        assert took < 10, f"{name} takes {took:.1f} s"
        told.append(took)
    assert shared.sql("SELECT count(*) FROM app.referral") == before, "part of a refused file was taken"
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(head + b'"')
        for _ in range(100):
            file.write(b"x" * 1_000_000)
        file.flush()
        told_by_shell = subprocess.Popen(
            [shared.program, "import", "slips", CHAPTER, file.name, "--meeting", "2026-10-28", "--home", shared.home],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
        )
        said = told_by_shell.communicate()[1]
        _, status, usage = told_by_shell.pid, told_by_shell.returncode, resource.getrusage(resource.RUSAGE_CHILDREN)
        assert status == 65 and "MB" in said, f"100 MB behind a quote: {status} {said}"
    return f"refused within {max(told) * 1e3:.0f} ms; 100 MB behind an open quote end the command with 65, {usage.ru_maxrss // 1024} MB held at most by any command"


@check()
def much_at_once(_):
    """Fault 27: 500 bodies of 2 MiB and 100 of almost 1 MiB at the same time are refused or taken, in bounded memory."""
    path = f"/api/v1/chapters/{CHAPTER}/slips"
    before, most = shared.memory, [0.0]
    ends = threading.Event()

    def watch():
        while not ends.wait(0.1):
            most[0] = max(most[0], shared.memory)

    watcher = threading.Thread(target=watch)
    watcher.start()
    statuses = {}

    def send(number):
        size = 2_097_152 if number % 6 else 1_000_000
        body = b'{"slips": ["' + b"x" * size + b'"]}'
        try:
            status = shared.ask("POST", path, body, {"Content-Type": "application/json"}, timeout=60)[0]
        except OSError as error:
            status = type(error).__name__
        statuses[status] = statuses.get(status, 0) + 1

    with concurrent.futures.ThreadPoolExecutor(200) as pool:
        list(pool.map(send, range(600)))
    ends.set()
    watcher.join()
    assert shared.is_alive(), "the service is gone"
    assert set(statuses) <= {400, 413, 422, 429, 503, "BrokenPipeError", "ConnectionResetError"}, statuses
    assert most[0] < 1500, f"{most[0]:.0f} MB"
    return f"{before:.0f} MB before, {most[0]:.0f} MB at most, {shared.memory:.0f} MB afterwards; {statuses}"


@check()
def busy_processors(_):
    """Fault 28: others take the processors; everything is slower, nothing is refused."""
    with Asking(shared) as quiet:
        time.sleep(5)
    burners = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2 * (os.cpu_count() or 1))]
    try:
        with Asking(shared) as busy:
            time.sleep(10)
    finally:
        for burner in burners:
            burner.kill()
            burner.wait()
    assert not busy.wrong, busy.wrong[:5]
    return f"beside {len(burners)} that burn: {busy.said}; quiet: {quiet.said}"


@check()
def more_than_it_can_do(_):
    """Fault 35, R5: goodput at several times the load, and how fast it is as before when that ends."""
    path, figures = f"/api/v1/chapters/{CHAPTER}/reports/roi", {}
    for workers in (8, 40, 160):
        with Asking(shared, path, workers=workers, token=True) as asking:
            time.sleep(8)
        assert all(wrong in (429, 503) for wrong in asking.wrong), asking.wrong[:5]
        figures[workers] = (len(asking.times) / 8, quantile(asking.times, .99), len(asking.wrong))
    begun = time.monotonic()
    shared.ask("GET", path)
    recovery = time.monotonic() - begun
    peak = max(rate for rate, _, _ in figures.values())
    assert figures[160][0] > 0.8 * peak, figures
    assert recovery < 2, f"{recovery:.1f} s until it is as before"
    return "; ".join(
        f"{workers} at once: {rate:.0f}/s, p99 {slow * 1e3:.0f} ms, {wrong} refused"
        for workers, (rate, slow, wrong) in figures.items()
    ) + f"; afterwards {recovery * 1e3:.0f} ms"


@check(quick=True)
def retry_storm(_):
    """Fault 36: 200 ask for the same under the same key at once; it is done once."""
    members = json.loads(shared.ask("GET", f"/api/v1/chapters/{CHAPTER}/members")[2])
    rows = members if isinstance(members, list) else next(v for v in members.values() if isinstance(v, list))
    need = f"a storm {time.time_ns()}"
    statuses = []

    def storm(number):
        for _ in range(20):
            status, fields, _ = shared.ask(
                "POST", f"/api/v1/chapters/{CHAPTER}/referrals",
                {"receiver": rows[-1]["id"], "need": need, "warmth": 3, "prospect": {"name": "Karl Kurz"}},
                {"Idempotency-Key": need.replace(" ", "-")}, timeout=60,
            )
            statuses.append(status)
            if status < 400 or status == 422:
                return status
            time.sleep(0.1)
        return status

    with concurrent.futures.ThreadPoolExecutor(200) as pool:
        ended = list(pool.map(storm, range(200)))
    count = shared.sql(f"SELECT count(*) FROM app.referral WHERE need = '{need}'")
    assert set(ended) == {201}, {status: ended.count(status) for status in ended}
    assert count == "1", f"{count} referrals"
    return f"200 askers, {len(statuses)} tries, one referral; " + ", ".join(
        f"{statuses.count(status)} × {status}" for status in sorted(set(statuses)))
