"""What the machine does to it: files that cannot be written, and clocks that jump."""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time

from service import CHAPTER, Service, check, shared

HERE = pathlib.Path(__file__).resolve().parent
HOUR, DAY = 3600, 86400


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def traced(path, error, when, *command):
    """The command, whose writes into one file fail: every one from the given on."""
    return ["strace", "-f", "-qq", "-o", os.devnull, "-P", path, "-e", "trace=write,writev,pwrite64",
            "-e", f"inject=write,writev,pwrite64:error={error}:when={when}+", *command]


@check(quick=True)
def failing_log(_):
    """Fault 25: the disk of the log fails from some line on, as full or as broken; people are answered all the same."""
    if not shutil.which("strace"):
        return "left out: there is no strace here"
    said = []
    for error in ("EIO", "ENOSPC"):
        with tempfile.TemporaryDirectory() as folder:
            log, port = f"{folder}/log", free_port()
            pathlib.Path(log).touch()
            with open(log, "ab") as stream:
                process = subprocess.Popen(
                    traced(log, error, 8, shared.program, "serve", "--home", shared.home, "--listen", f"127.0.0.1:{port}"),
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=stream,
                )
            try:
                deadline = time.monotonic() + 60
                while True:
                    try:
                        if shared.ask("GET", "/sign-in", token=False, port=port)[0] == 200:
                            break
                    except OSError:
                        assert process.poll() is None, f"{error}: it ended with {process.returncode}"
                        assert time.monotonic() < deadline, f"{error}: it does not answer"
                        time.sleep(0.1)
                for _ in range(30):
                    assert shared.ask("GET", f"/api/v1/chapters/{CHAPTER}/members", port=port)[0] == 200
                children = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
                os.kill(int(children[0]), signal.SIGTERM)
                status = process.wait(60)
            finally:
                if process.poll() is None:
                    process.kill()
            lines = pathlib.Path(log).read_text().count("\n")
            assert status == 0, f"{error}: it ended with {status}"
            assert lines < 20, f"{error}: {lines} lines were written, so nothing failed"
            said.append(f"{error} after {lines} lines: 31 requests answered, ended with 0")
    return "; ".join(said)


@check(quick=True)
def failing_output(_):
    """Fault 25: a report whose file cannot be written is not there, the one before it is, and a line says why."""
    if not shutil.which("strace"):
        return "left out: there is no strace here"
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        for error, words in (("EIO", "Input/output error"), ("ENOSPC", "No space left on device")):
            for format in ("csv", "json", "html", "xlsx"):
                path = f"{folder}/report.{format}"
                pathlib.Path(path).write_text("what was there")
                done = subprocess.run(
                    traced(f"{path}.part", error, 1, shared.program, "report", "roi", CHAPTER, "--format", format, "--output", path, "--home", shared.home),
                    capture_output=True, text=True,
                )
                assert done.returncode == 73 and done.stderr.count("\n") == 1 and words in done.stderr, f"{error} {format}: {done}"
                assert pathlib.Path(path).read_text() == "what was there", f"{error} {format}: the file is another"
                assert os.listdir(folder) == [os.path.basename(path)], os.listdir(folder)
                os.unlink(path)
                count += 1
    return f"{count} reports: status 73 and one line, the file from before stays, nothing else does"


class Clock:
    """The wall clock of what is started with `environment`, as far ahead as it is told; other clocks go on."""

    def __init__(self, folder):
        library, self.path = f"{folder}/clock.so", f"{folder}/ahead"
        compiler = shutil.which("clang") or shutil.which("cc")
        subprocess.run([compiler, "-O1", "-fPIC", "-shared", "-o", library, str(HERE / "clock.c"), "-ldl"], check=True)
        pathlib.Path(self.path).write_bytes(struct.pack("l", 0))
        os.chmod(folder, 0o755)
        self.environment = {"LD_PRELOAD": library, "CHAPTERHOUSE_TEST_CLOCK": self.path}

    def jump(self, seconds):
        with open(self.path, "r+b") as file:
            file.write(struct.pack("l", seconds))


def sign_in(service):
    """A session of the president, as a browser keeps it."""
    asked = [service.program, "person", "sign-in-link", service.president, "--database", address(service)]
    done = subprocess.run(asked, capture_output=True, text=True)
    assert done.returncode == 0, done
    link = done.stdout
    path = "/" + link.split("://", 1)[1].split("/", 1)[1].strip()
    status, said, _ = service.ask("POST", path, b"", {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}, token=False)
    assert status == 303, f"signing in: {status} {said}"
    # The session alone, whatever else is set.
    return {"Cookie": "; ".join(part.split(";")[0].strip() for part in said["set-cookie"].split(", ") if "chapterhouse" in part and "=" in part)}


def database_clock(service):
    return float(service.sql("SELECT extract(epoch FROM now())"))


@check()
def jumping_clocks(program):
    """Fault 40: the wall clocks of the service and of PostgreSQL jump to and fro, together and each alone."""
    if not (shutil.which("clang") or shutil.which("cc")):
        return "left out: there is no compiler of C here"
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock(folder)
        with Service(program) as service, server_by(clock, service):
            said = jump_together(service, clock)
            said += jump_alone(service)
            assert service.is_alive() and not service.errors, service.errors
    return said


@contextlib.contextmanager
def server_by(clock, service):
    """PostgreSQL as the service started it, and a service, both by another clock; `up` gives its server no environment."""
    first = next(pathlib.Path(service.home).glob("**/postmaster.pid")).read_text().split()[0]
    words = pathlib.Path(f"/proc/{first}/cmdline").read_text().rstrip("\0").split("\0")
    program, owner = os.readlink(f"/proc/{first}/exe"), pathlib.Path(f"/proc/{first}").stat()
    service.process.terminate()
    service.process.wait(60)
    as_owner = {} if os.getuid() else {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
    server = subprocess.Popen(
        [program, *words[1:]], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
        env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"} | clock.environment, **as_owner,
    )
    try:
        wait_until_ready(service)
        service.process, service.port = start(service, clock)
        yield
        service.process.terminate()
        assert service.process.wait(60) == 0, "it did not end with 0"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)


def address(service):
    """Of its database; by its home it would see to the server itself."""
    return f"host={service.home}/socket user=chapterhouse_app dbname=chapterhouse"


def wait_until_ready(service):
    deadline = time.monotonic() + 60
    while True:
        try:
            return service.sql("SELECT 1")
        except subprocess.CalledProcessError:
            assert time.monotonic() < deadline, "PostgreSQL does not start"
            time.sleep(0.2)


def start(service, clock):
    """A service by a clock; what it says is judged with the rest."""
    port = free_port()
    process = subprocess.Popen(
        [service.program, "serve", "--database", address(service), "--listen", f"127.0.0.1:{port}"], stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", env=os.environ | clock.environment,
    )
    for line in process.stderr:
        service.lines.append(line)
        if line.startswith("Ready at"):
            threading.Thread(target=lambda: service.lines.extend(process.stderr), daemon=True).start()
            return process, port
    raise AssertionError("the service did not start")


def asked(service, what, port=None, session=None):
    """Everything is answered as quickly as ever, and no thread waits busily for a time that has passed."""
    begun = time.monotonic()
    for _ in range(10):
        status = service.ask("GET", f"/api/v1/chapters/{CHAPTER}/members", port=port)[0]
        assert status == 200, f"{what}: a token is told {status}"
    if session:
        status = service.ask("GET", f"/chapters/{CHAPTER}/members", None, session, token=False, port=port)[0]
        assert status == 200, f"{what}: a session is told {status}"
    took = time.monotonic() - begun
    assert took < 10, f"{what}: eleven answers took {took:.1f} s"


def write_twice(service, key, port=None):
    """The same under one key, before and after a jump or twice: done once."""
    members = json.loads(service.ask("GET", f"/api/v1/chapters/{CHAPTER}/members", port=port)[2])
    giver, receiver = [member["id"] for member in members[:2]]
    body = {"giver": giver, "receiver": receiver, "need": f"a clock {key}"}
    return [service.ask("POST", f"/api/v1/chapters/{CHAPTER}/referrals", body, {"Idempotency-Key": key}, port=port)[0] for _ in range(2)]


def jump_together(service, clock):
    session = sign_in(service)
    jumps = [HOUR, -HOUR, 0, 11 * HOUR, 0, -DAY, 0, 3 * DAY, 0]
    for number, seconds in enumerate(jumps):
        clock.jump(seconds)
        what = f"{seconds:+} s"
        ahead = database_clock(service) - time.time()
        assert abs(ahead - seconds) < 30, f"{what}: PostgreSQL is {ahead:.0f} s ahead"
        # Twelve hours at rest end a session; where it was shown at a later time, it lasts on an earlier one.
        asked(service, what, session=session if seconds <= 11 * HOUR else None)
        statuses = write_twice(service, f"jump-{number}")
        assert statuses == [201, 201], f"{what}: {statuses}"
        work = service.work
        # What is due is planned and done as soon as somebody says so, wherever the clock stood before.
        service.sql("NOTIFY job")
        time.sleep(1.5)
        assert service.work - work < 1.2, f"{what}: {service.work - work:.1f} s of work in 1.5 s"
    kept = service.sql("SELECT count(*) FROM app.referral WHERE need LIKE 'a clock %'")
    assert int(kept) == len(jumps), f"{kept} referrals of {len(jumps)}"
    twice = service.sql("SELECT count(*) FROM (SELECT FROM app.mail GROUP BY message_id HAVING count(*) > 1) AS twice")
    assert twice == "0", f"{twice} mails twice"
    deadline = time.monotonic() + 20
    quarter = "to_char(date_bin('15 minutes', now(), timestamptz 'epoch') AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI\"Z\"')"
    # A quarter of an hour that has come after the clock was ahead is planned like any other.
    service.sql(f"DELETE FROM app.job WHERE kind = 'planning' AND occasion = {quarter}")
    while service.sql(f"SELECT count(*) FROM app.job WHERE kind = 'planning' AND occasion = {quarter}") != "1":
        assert time.monotonic() < deadline, "nothing is planned any more since the clock was ahead"
        service.sql("NOTIFY job")
        time.sleep(0.5)
    late = service.sql("SELECT count(*) FROM app.job WHERE done_at IS NULL AND given_up_at IS NULL AND due_at < now() - interval '1 minute'")
    assert late == "0", f"{late} jobs are late"
    # Too many tries under a clock that was ahead keep nobody out when it is back.
    clock.jump(HOUR)
    form = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
    wrong = [service.ask("POST", "/sign-in", b"email=a%40example.org&password=wrong-wrong-wrong", form, token=False)[0] for _ in range(12)]
    assert wrong[-1] == 429, f"twelve wrong passwords: {wrong}"
    clock.jump(0)
    status, said, _ = service.ask("POST", "/sign-in", b"email=a%40example.org&password=wrong-wrong-wrong", form, token=False)
    assert status == 422 or int(said["retry-after"]) <= 900, f"{status} {said}"
    # It was last shown eleven hours ahead: twelve hours later it is over, by the clock of the database.
    clock.jump(24 * HOUR)
    status = service.ask("GET", f"/chapters/{CHAPTER}/members", None, session | {"Accept": "text/html"}, token=False)[0]
    assert status == 303, f"a session that rested for thirteen hours since is told {status}"
    clock.jump(0)
    return f"together {len(jumps)} jumps of up to three days: each write once, no mail twice, no job late; "


def jump_alone(service):
    """The clock of a service that PostgreSQL does not share."""
    with tempfile.TemporaryDirectory() as folder:
        own = Clock(folder)
        process, port = start(service, own)
        try:
            session = sign_in(service)
            for number, seconds in enumerate([HOUR, -HOUR, 30 * DAY, -30 * DAY, 0]):
                own.jump(seconds)
                asked(service, f"the service alone {seconds:+} s", port, session)
                statuses = write_twice(service, f"alone-{number}", port)
                assert statuses == [201, 201], f"the service alone {seconds:+} s: {statuses}"
        finally:
            process.terminate()
            status = process.wait(60)
        assert status == 0, f"it ended with {status}"
    return "alone five jumps of up to thirty days: sessions and tokens hold, each write once"
