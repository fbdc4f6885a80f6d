"""The faults, one function each, with what hypothesis draws for it.

Each leaves everything healed and running, and returns the moment from which the service could have served again.
"""

import contextlib
import os
import pathlib
import signal
import subprocess
import time

from hypothesis import strategies as st

from cluster import wait_until

SERVERS = st.sampled_from([0, 1])
# How long a fault holds, in seconds.
MOMENTS = st.floats(0.1, 2.0)


class Violation(Exception):
    """A promise was not kept by what a fault struck."""


def watched(stage, alive, ready):
    """What the operator's machines are told by every service: that it lives, and whether it can serve."""
    for node in stage.nodes:
        for path, expected in (("livez", alive), ("readyz", ready)):
            if (status := node.probe(path)) != expected:
                raise Violation(f"/{path} of {node.name} is {status} and not {expected}")


def kill_service(stage, draw):
    node = stage.nodes[draw(SERVERS)]
    time.sleep(draw(MOMENTS))
    node.kill()
    node.start()
    node.wait_until_ready()


def kill_every_service(stage, draw):
    time.sleep(draw(MOMENTS))
    for node in stage.nodes:
        node.kill()
    for node in stage.nodes:
        node.start()
    for node in stage.nodes:
        node.wait_until_ready()


def terminate_service(stage, draw):
    """SIGTERM under load: what is in flight finishes, within 30 s, and the status is 0."""
    node = stage.nodes[draw(SERVERS)]
    status, seconds = node.terminate()
    if status != 0 or seconds > 30:
        raise Violation(f"{node.name} ended with {status} after {seconds:.1f} s")
    node.start()
    node.wait_until_ready()


def kill_server(stage, draw):
    """kill -9 of PostgreSQL, of its first process or of all."""
    draw(st.sampled_from([stage.cluster.kill, stage.cluster.kill_postmaster]))()
    time.sleep(draw(MOMENTS))
    stage.cluster.start()


def kill_backend(stage, draw):
    """kill -9 of one of its processes: PostgreSQL begins anew by itself."""
    backends = stage.cluster.psql(
        "SELECT pid FROM pg_stat_activity WHERE application_name = 'chapterhouse' ORDER BY random() LIMIT 1")
    if backends:
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(backends), signal.SIGKILL)
        time.sleep(0.1)
    stage.cluster.wait_until_ready()


def stop_server(stage, draw):
    stage.cluster.stop(draw(st.sampled_from([signal.SIGINT, signal.SIGQUIT])))
    time.sleep(draw(MOMENTS))
    watched(stage, alive=200, ready=503)
    stage.cluster.start()


def terminate_backends(stage, draw):
    for _ in range(draw(st.integers(1, 10))):
        stage.cluster.psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'chapterhouse_app'")
        time.sleep(0.1)


def freeze_server(stage, draw):
    """The server hangs and its connections live."""
    stage.cluster.signal_all(signal.SIGSTOP)
    try:
        time.sleep(draw(st.floats(0.5, 4.0)))
    finally:
        stage.cluster.signal_all(signal.SIGCONT)


def freeze_long(stage, draw):
    """Longer than anybody waits."""
    stage.cluster.signal_all(signal.SIGSTOP)
    try:
        time.sleep(draw(st.floats(11.0, 25.0)))
        watched(stage, alive=200, ready=503)
    finally:
        stage.cluster.signal_all(signal.SIGCONT)


def cut_questions(stage, draw):
    """Connections end after some bytes to the server: before a COMMIT, in its midst or behind it."""
    for _ in range(draw(st.integers(1, 8))):
        line = stage.lines[draw(SERVERS)]
        line.tell("cut", "now", "up", draw(st.integers(1, 4000)), draw(st.sampled_from(["rst", "fin"])))
        time.sleep(0.15)


def cut_answers(stage, draw):
    """Connections end after some bytes from the server: what was done is done, and nobody hears of it."""
    for _ in range(draw(st.integers(1, 8))):
        line = stage.lines[draw(SERVERS)]
        line.tell("cut", "now", "down", draw(st.integers(0, 2000)), draw(st.sampled_from(["rst", "fin"])))
        time.sleep(0.15)


def reset_lines(stage, draw):
    for _ in range(draw(st.integers(1, 5))):
        for line in stage.lines:
            line.tell("reset")
        time.sleep(draw(st.floats(0.05, 0.4)))


def slow_lines(stage, draw):
    for line in stage.lines:
        line.tell("latency", "both", draw(st.integers(5, 100)))
    time.sleep(draw(MOMENTS))


def slice_lines(stage, draw):
    for line in stage.lines:
        line.tell("slice", "both", draw(st.integers(1, 61)), draw(st.sampled_from([0, 1])))
    time.sleep(draw(MOMENTS))


def lose_bytes(stage, draw):
    """Bytes are swallowed, and no one is told."""
    for line in stage.lines:
        line.tell("blackhole", draw(st.sampled_from(["up", "down", "both"])))
    time.sleep(draw(st.floats(0.5, 3.0)))


def stall_lines(stage, draw):
    """Bytes wait, and arrive when nobody expects them any more."""
    for line in stage.lines:
        line.tell("stall", draw(st.sampled_from(["up", "down", "both"])))
    time.sleep(draw(st.floats(0.5, 7.0)))


def refuse_connections(stage, draw):
    for line in stage.lines:
        line.tell("refuse")
        line.tell("reset")
    time.sleep(draw(MOMENTS))


def lock_tables(stage, draw):
    """A migration, or somebody by hand, holds what everybody needs."""
    seconds = draw(st.floats(0.5, 4.0))
    # Of a deadlock it may be we who give way.
    with contextlib.suppress(RuntimeError):
        stage.cluster.psql(
            f"BEGIN; LOCK TABLE app.referral, app.membership IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep({seconds}); COMMIT")


def take_connections(stage, draw):
    """Others hold every connection that there is, but for those of the service and of superusers."""
    stage.cluster.psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'chapterhouse_app'")
    stage.cluster.psql("ALTER ROLE chapterhouse_app CONNECTION LIMIT 0")
    try:
        time.sleep(draw(MOMENTS))
    finally:
        stage.cluster.psql("ALTER ROLE chapterhouse_app CONNECTION LIMIT -1")


def forbid_role(stage, draw):
    """The role may not come in any more, until somebody sees to it."""
    stage.cluster.psql("ALTER ROLE chapterhouse_app NOLOGIN")
    try:
        stage.cluster.psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'chapterhouse_app'")
        time.sleep(draw(MOMENTS))
    finally:
        stage.cluster.psql("ALTER ROLE chapterhouse_app LOGIN")


def fill_disk(stage, draw):
    """There is no room for another byte: the server says so, or dies of it. Then there is room again."""
    ballast = pathlib.Path(stage.cluster.folder, "ballast")
    subprocess.run(["dd", "if=/dev/zero", f"of={ballast}", "bs=64k"], capture_output=True)
    try:
        time.sleep(draw(st.floats(0.5, 3.0)))
    finally:
        ballast.unlink()

    def is_up():
        # It may be about to end still: then it is started, as whatever looks after servers does.
        if not stage.cluster.is_alive():
            stage.cluster.launch()
        return stage.cluster.is_ready()

    wait_until(is_up, 60, "the server, when there is room again")
    # What was under way when the disk was full may yet end it.
    time.sleep(0.5)
    wait_until(is_up, 60, "the server, when there has been room for a while")


STRIKES = [
    kill_service, kill_every_service, terminate_service, kill_server, kill_backend, stop_server, terminate_backends,
    freeze_server, freeze_long, cut_questions, cut_answers, reset_lines, slow_lines, slice_lines, lose_bytes, stall_lines,
    refuse_connections, lock_tables, take_connections, forbid_role, fill_disk,
]


def strike(stage, fault, draw):
    """Lets a fault happen; returns the moment from which all is well again, by the clock that only goes ahead."""
    if fault is fill_disk and not stage.cluster.has_small_disk:
        return None
    try:
        fault(stage, draw)
    finally:
        for line in stage.lines:
            line.tell("heal")
    return time.monotonic()
