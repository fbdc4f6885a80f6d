"""What happens to the process itself: its output, its signals, its commands."""

import itertools
import os
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time

from service import CHAPTER, check, shared
from wire import connect

# So many that an import of them is still at work when ^C comes.
ROWS = 1000


@check(quick=True)
def full_log(program):
    """Fault 25: nothing can be written to standard output and error; people are answered all the same."""
    with open("/dev/full", "wb") as full, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        process = subprocess.Popen(
            [shared.program, "serve", "--home", shared.home, "--listen", f"127.0.0.1:{port}"],
            stdin=subprocess.DEVNULL, stdout=full, stderr=full,
        )
        try:
            deadline = time.monotonic() + 30
            while True:
                try:
                    if shared.ask("GET", "/sign-in", token=False, port=port)[0] == 200:
                        break
                except OSError:
                    assert process.poll() is None, f"it ended with {process.returncode}"
                    assert time.monotonic() < deadline, "it does not answer"
                    time.sleep(0.1)
            for _ in range(50):
                assert shared.ask("GET", "/nowhere", port=port)[0] in (401, 404)
                assert shared.ask("GET", f"/api/v1/chapters/{CHAPTER}/members", port=port)[0] == 200
        finally:
            process.terminate()
            status = process.wait(60)
    assert status == 0, f"it ended with {status}"
    return "answered 100 requests, and ended with 0"


def serve(port):
    process = subprocess.Popen(
        [shared.program, "serve", "--home", shared.home, "--listen", f"127.0.0.1:{port}"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )
    for line in process.stderr:
        if found := re.match(r"Ready at http://127.0.0.1:(\d+)/", line):
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return process, int(found[1])
    raise AssertionError("it did not start")


@check(quick=True)
def signals(_):
    """Fault 43: a second SIGTERM does not wait for who is slow; SIGHUP ends like SIGTERM."""
    taken = {}
    for name, sent in [("SIGHUP", [signal.SIGHUP]), ("two SIGTERM", [signal.SIGTERM, signal.SIGTERM])]:
        process, port = serve(0)
        client = connect(port)
        client.sendall(b"POST /sign-in HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 100\r\n"
                       b"Content-Type: application/x-www-form-urlencoded\r\n\r\nx")
        time.sleep(0.5)
        if name == "SIGHUP":
            client.close()
        begun = time.monotonic()
        for number in sent:
            process.send_signal(number)
            time.sleep(0.5)
        status = process.wait(60)
        client.close()
        taken[name] = time.monotonic() - begun
        assert status == 0, f"{name}: {status}"
        assert taken[name] < 8, f"{name}: {taken[name]:.1f} s"
    return ", ".join(f"{name}: status 0 after {took:.1f} s" for name, took in taken.items())


@check(quick=True)
def shell(_):
    """Fault 44: a pipe that breaks, nobody at the terminal, ^C in an import, two imports at once."""
    home = ["--home", shared.home]
    command = " ".join(map(str, [shared.program, "report", "roi", CHAPTER, *home]))
    broken = subprocess.run(["bash", "-c", f"{command} | head -1 >/dev/null; echo ${{PIPESTATUS[0]}}"], capture_output=True, text=True)
    assert broken.stdout.strip() == "0" and not broken.stderr, f"a broken pipe: {broken}"
    full = subprocess.run(["bash", "-c", f"{command} >/dev/full"], capture_output=True, text=True)
    assert full.returncode == 74 and "output cannot be written" in full.stderr, full
    closed = subprocess.run(["bash", "-c", f"{command} <&- >/dev/null"], capture_output=True, text=True)
    assert closed.returncode == 0, closed
    mute = subprocess.run(["bash", "-c", f"{command} 2>&- >/dev/null"], capture_output=True, text=True)
    assert mute.returncode == 0, mute
    nobody = shared.shell("person", "password", shared.president, stdin=subprocess.DEVNULL, timeout=30)
    assert nobody.returncode not in (-6, -11, 132, 139), nobody
    # ^C in the midst of an import, and two imports of the same.
    members = shared.sql("SELECT string_agg(p.name, '|') FROM app.membership m JOIN app.person p ON p.id = m.person_id"
                         f" JOIN app.chapter c ON c.id = m.chapter_id WHERE c.slug = '{CHAPTER}'").split("|")
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        file.write("From,To,Slip Type,Inside/Outside,$ if TYFCB,Qty if CEU,Detail\r\n")
        pairs = itertools.islice(itertools.cycle(itertools.permutations(members[:8], 2)), ROWS)
        for number, (giver, receiver) in enumerate(pairs):
            file.write(f"{giver},{receiver},Referral,Inside,,,torrent {number}\r\n")
        file.flush()
        before = shared.sql("SELECT count(*) FROM app.referral")
        importing = [shared.program, "import", "slips", CHAPTER, file.name, "--meeting", "2026-10-07", *home]
        outcomes = set()
        for wait in (0.15, 0.3, 0.45, 0.6):
            process = subprocess.Popen(importing, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            time.sleep(wait)
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=60)
            after = int(shared.sql("SELECT count(*) FROM app.referral")) - int(before)
            assert after in (0, ROWS), f"{after} of {ROWS} rows after ^C: {said}"
            outcomes.add((process.returncode, after))
            if after:
                break
        if not after:
            two = [subprocess.Popen(importing, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
            ended = [(process.communicate(timeout=120), process.returncode) for process in two]
            after = int(shared.sql("SELECT count(*) FROM app.referral")) - int(before)
            statuses = sorted(status for _, status in ended)
            assert after in (0, ROWS), f"{after} rows after two imports at once: {ended}"
            assert after == ROWS and statuses[0] == 0 and statuses[1] != 0, f"{ended}"
        else:
            statuses = "not asked"
    return f"a broken pipe 0, a full disk 74; ^C and rows: {sorted(outcomes)}; two imports at once: {statuses}"


@check()
def ended_restore(_):
    """Fault 42: kill -9 of a restore leaves a database that is empty and says so, or whole; never half of one."""
    found = {"empty": 0, "whole": 0}
    referrals = shared.sql("SELECT count(*) FROM app.referral")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o711)
        backup = f"{folder}/all.chapterhouse"
        assert shared.shell("database", "backup", backup).returncode == 0
        for number in range(12):
            home = ["--home", f"{folder}/home-{number}"]
            process = subprocess.Popen([shared.program, "database", "restore", backup, *home], stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(1 + number * 0.3)
            ended = process.poll()
            process.kill()
            process.wait()
            verified = subprocess.run([shared.program, "database", "verify", *home], capture_output=True, text=True)
            again = subprocess.run([shared.program, "database", "restore", backup, *home], capture_output=True, text=True)
            if verified.returncode == 69:
                assert "the database is empty" in verified.stderr, verified
                assert again.returncode == 0, again
                found["empty"] += 1
            else:
                # All of it came in one transaction, and no second restore goes over it.
                assert verified.returncode == 0, verified
                assert again.returncode == 73 and "is not empty" in again.stderr, again
                found["whole"] += 1
            if ended is not None:
                break
    return f"{referrals} referrals; after kill -9 {found['empty']} times empty, and restored by the next one, {found['whole']} times whole"
