#!/usr/bin/env python3
"""Upgrades two services over a change of the schema, one after the other and under load, and nobody notices.

    rolling_upgrade.py PROGRAM [--old PROGRAM --old-schema FOLDER] [--drain 5] [--seed 20261123]

Two services behind the nginx of deploy/nginx and one PostgreSQL. The schema changes in two steps, as Schema/README.md
asks for: the first adds a column, fills it and has every function replaced; the second takes the old column away.
Somebody reads for long meanwhile, so that the first step has to wait without holding up anybody. Old services go on, and
start again, on the newer schema; once both are new the second step is taken. No request may fail, none may wait for
longer than four seconds, and the database has to hold every acknowledged write once.

With --old the services are an older program at first, of an older Schema, which PROGRAM and the Schema beside it take
over from; what is added is then what came since.
"""

import argparse
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from house import DATABASE, DRAIN, PROJECT, ActivatedNode, Cluster, Crowd, Front, Stage

# In seconds: what a request may wait for while locks are waited for and services come and go.
LONGEST = 4.0
# What holds a lock that a migration needs.
READING = 6


class Version:
    """A Schema as a release would bring it: a folder, and what is added to it."""

    def __init__(self, folder, base, **added):
        self.folder = folder
        shutil.copytree(base, folder)
        for path in folder.glob("Functions/*.sql"):
            # Each release brings another text of each function: all of them are replaced.
            path.write_text(f"{path.read_text()}\n-- {folder.name}\n")
        for name, text in added.items():
            number = len(list(folder.glob("Migrations/*.sql"))) + 1
            name = name.replace("PREVIOUS", f"{number - 1:04}")
            (folder / f"Migrations/{number:04}_{name}.sql").write_text(text)

    def fill(self, *columns):
        (self.folder / "Functions/zz_drill.sql").write_text(shortening(*columns))
        return self


def shortening(*columns):
    assignments = "".join(f"    NEW.{column} := left(NEW.need, 12);\n" for column in columns)
    return ("CREATE OR REPLACE FUNCTION app.shorten_need() RETURNS trigger LANGUAGE plpgsql SET search_path = app, pg_temp AS $$\n"
            f"BEGIN\n{assignments}    RETURN NEW;\nEND\n$$;\n")


def versions(place, base):
    old = Version(place / "old", base, drill_short=f"""-- A column that a later version does without.
ALTER TABLE app.referral ADD COLUMN short text;
{shortening("short")}
CREATE TRIGGER shortens_need BEFORE INSERT ON app.referral FOR EACH ROW EXECUTE FUNCTION app.shorten_need();
""").fill("short")
    expanded = Version(place / "expanded", old.folder, drill_brief="""-- A column in the place of another.
ALTER TABLE app.referral ADD COLUMN brief text;
""").fill("short", "brief")
    # Functions come after all migrations: one that names what goes is replaced together with it.
    contracted = Version(place / "contracted", expanded.folder, contract_PREVIOUS_drill_short=f"""-- The other goes.
{shortening("brief")}
ALTER TABLE app.referral DROP COLUMN short;
""").fill("brief")
    return old, expanded, contracted


class Drill:
    def __init__(self, cluster, crowd, front):
        self.cluster, self.crowd, self.front = cluster, crowd, front
        self.steps = []

    def step(self, name, work):
        """Does something while everybody is at work, and notes how long it took and the longest wait of anybody."""
        time.sleep(0.5)
        self.crowd.ledger.slowest = 0.0
        began = time.monotonic()
        work()
        seconds = time.monotonic() - began
        self.crowd.recover(time.monotonic(), name)
        longest = self.crowd.ledger.slowest
        print(f"{name:<58} {seconds:>6.2f} s   {longest:>6.2f} s", flush=True)
        if longest > LONGEST:
            self.blame(f"{name}: somebody waited for {longest:.1f} s")
        for node in self.front.nodes:
            if node.probe("readyz") != 200:
                self.blame(f"{name}: {node.name} is not ready afterwards")

    def blame(self, what):
        self.crowd.ledger.blame(what)

    def migrate(self, program, schema):
        done = subprocess.run(
            [program, "database", "migrate", "--migrator-database", self.cluster.address(role="chapterhouse_migrator")],
            capture_output=True, text=True, env=os.environ | schema, timeout=120)
        if done.returncode:
            self.blame(f"the migration ended with {done.returncode}: {done.stderr}")
        return done.stdout + done.stderr

    def migrate_beside_reader(self, program, schema):
        reader = threading.Thread(target=self.cluster.psql, args=(
            f"BEGIN; SELECT count(*) FROM app.referral; SELECT pg_sleep({READING}); COMMIT",))
        reader.start()
        time.sleep(0.5)
        said = self.migrate(program, schema)
        if reader.is_alive():
            self.blame("the migration was done before the reader let go: nothing was shown")
        reader.join()
        if "tried again" not in said:
            self.blame(f"the migration did not wait for the reader: {said}")

    def restart(self, node, program, schema):
        node.program, node.environment = program, os.environ | schema
        status, _ = node.terminate()
        if status:
            self.blame(f"{node.name} ended with {status}")
        node.start()
        node.wait_until_ready()
        if not node.is_alive():
            raise SystemExit(f"{node.name} did not start: {node.said}\n" + "\n".join(self.crowd.ledger.violations))

    def refuse(self, node, program, schema):
        """A program that knows too little does not begin to serve."""
        done = subprocess.run([program, "member", "list", "alder", "--database", node.database],
                              capture_output=True, text=True, env=os.environ | schema, timeout=60)
        if done.returncode != 69 or "newer than this program" not in done.stderr:
            self.blame(f"an old program was not refused: {done.returncode} {done.stderr}")


def change(drill, program, old, expanded, contracted):
    first, second = drill.front.nodes
    drill.step("expand, beside somebody who reads for six seconds", lambda: drill.migrate_beside_reader(program, expanded))
    since = drill.cluster.psql("SELECT clock_timestamp()")
    drill.step("an old service ends and starts on the newer schema", lambda: drill.restart(first, program, old))
    drill.step("the first service becomes new", lambda: drill.restart(first, program, expanded))
    drill.step("the second service becomes new", lambda: drill.restart(second, program, expanded))
    drill.step("contract", lambda: drill.migrate(program, contracted))
    drill.refuse(first, program, old)
    for node in drill.front.nodes:
        drill.step(f"{node.name} becomes the newest", lambda: drill.restart(node, program, contracted))
    lacking = drill.cluster.psql(f"SELECT count(*) FROM app.referral "
                                 f"WHERE recorded_at > '{since}' AND brief IS DISTINCT FROM left(need, 12)")
    if lacking != "0":
        drill.blame(f"{lacking} records of after the first step lack what it added")


def take_over(drill, program):
    """From an older program to this one: once, with whatever the releases between them brought."""
    drill.step("migrate", lambda: drill.migrate(program, {}))
    for node in drill.front.nodes:
        drill.step(f"{node.name} becomes new", lambda: drill.restart(node, program, {}))


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("program")
    options.add_argument("--old")
    options.add_argument("--old-schema")
    options.add_argument("--drain", type=int, default=DRAIN)
    options.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(3)))
    asked = options.parse_args()
    program = os.path.abspath(asked.program)

    ends = []
    place = pathlib.Path(tempfile.mkdtemp(prefix="chapterhouse-upgrade-"))
    try:
        old, expanded, contracted = ({"CHAPTERHOUSE_SCHEMA": str(version.folder)} for version in versions(place, PROJECT / "Schema"))
        begun = os.path.abspath(asked.old) if asked.old else program
        if asked.old:
            old = {"CHAPTERHOUSE_SCHEMA": os.path.abspath(asked.old_schema)} if asked.old_schema else {}
        cluster = Cluster(name="database")
        ends.append(cluster.end)
        cluster.start()
        os.environ |= old
        cluster.make_database(begun)
        nodes = [ActivatedNode(begun, f"service {number}", cluster.address(), drain(asked), **old) for number in (1, 2)]
        front = Front(nodes)
        ends.append(front.end)
        stage = Stage(cluster, [front], starts=[front])
        os.environ.pop("CHAPTERHOUSE_SCHEMA", None)
        crowd = Crowd(stage, asked.seed, has_shell=False)
        crowd.open()
        drill = Drill(cluster, crowd, front)
        print(f"{'step':<58} {'took':>8}   {'longest wait':>8}")
        if asked.old:
            take_over(drill, program)
        else:
            change(drill, program, old, expanded, contracted)
        time.sleep(1)
        crowd.close()
        crowd.expect_no_failure()
        front.program = program
        if not asked.old:
            os.environ |= contracted
        violations = crowd.judge(cluster)
        crowd.report()
        for violation in violations[:50]:
            print(f"VIOLATED: {violation}")
        print(f"{sum(crowd.ledger.answers.values())} requests, seed {asked.seed}: "
              f"{'nobody noticed' if not violations else f'{len(violations)} violations'}.")
        sys.exit(1 if violations else 0)
    finally:
        for end in reversed(ends):
            end()
        shutil.rmtree(place)


def drain(asked):
    """How a service ends unnoticed; `--drain 0` is for an old program that does not know it, and is noticed now and then."""
    return ["--drain", str(asked.drain), "--trusted-proxy", "127.0.0.1"] if asked.drain else []


if __name__ == "__main__":
    main()
