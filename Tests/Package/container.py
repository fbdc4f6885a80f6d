#!/usr/bin/env python3
"""Makes the image of deploy/container, runs it as compose.yaml says, and sees whether the service is there, is confined, stops
well and keeps its books; then once more with a PostgreSQL in a container of its own, by the words of docs/install.md.

container.py [--program PROGRAM | --package FILE] [--cache FOLDER] [--mirror URL] [--podman COMMAND]

The image's second stage is built; the package that its first one builds is the one asked for. No registry is asked: a Debian
by debootstrap stands for debian:bookworm-slim, and Debian's PostgreSQL 15 in it for postgres:15-bookworm. All of it is kept
in a folder of its own, and thrown away at the end. It needs root, podman, podman-compose, aardvark-dns, debootstrap and
network, and the port 8080.
"""

import http.client
import pathlib
import re
import shutil
import subprocess
import sys

from package import ROOT, Checks, asked, becomes, in_folder, packed

HERE = ROOT / "deploy/container"
DEBIAN = "docker.io/library/debian:bookworm-slim"
POSTGRES = "docker.io/library/postgres:15-bookworm"
SERVICE = "chapterhouse_1$"
STAND_IN = f"""\
FROM {DEBIAN}
RUN mkdir -p /etc/postgresql-common && echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf \\
    && apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends postgresql-15
ENV PATH=/usr/lib/postgresql/15/bin:/usr/sbin:/usr/bin:/sbin:/bin PGDATA=/var/lib/postgresql/data
RUN printf '%s\\n' '#!/bin/sh -e' \\
    'install -d -o postgres -g postgres -m 700 "$PGDATA"; install -d -o postgres /run/postgresql' \\
    'if [ ! -e "$PGDATA/PG_VERSION" ]; then' \\
    '  cat "$POSTGRES_PASSWORD_FILE" >/tmp/password; chown postgres /tmp/password' \\
    '  su postgres -c "$(command -v initdb) --auth-local=trust --auth-host=scram-sha-256 --pwfile=/tmp/password $PGDATA"' \\
    '  echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"' \\
    'fi' \\
    'exec setpriv --reuid=postgres --regid=postgres --clear-groups postgres -D "$PGDATA" -c "listen_addresses=*"' >/start \\
    && chmod +x /start
CMD ["/start"]
"""


class Engine:
    """podman with a store of its own."""

    def __init__(self, words, folder):
        self.program = folder / "podman"
        self.program.write_text(f'#!/bin/sh\nexec {words} --root {folder}/store --runroot {folder}/run "$@"\n')
        self.program.chmod(0o755)

    def __call__(self, *words, **options):
        """What it says, or True where it says nothing; False where it fails."""
        done = self.run([self.program, *words], **options)
        return done.returncode == 0 and (done.stdout.strip() or True)

    def compose(self, *words, files=("compose.yaml",), **options):
        chosen = [word for file in files for word in ["--file", HERE / file]]
        return self.run(["podman-compose", "--podman-path", self.program, *chosen, *words], **options).returncode == 0

    def run(self, words, **options):
        given = options or {"stdin": subprocess.DEVNULL}
        done = subprocess.run(list(map(str, words)), cwd=HERE, capture_output=True, text=True, **given)
        self.said = done.stdout + done.stderr
        return done

    def container(self, name):
        found = self("ps", "--all", "--quiet", "--filter", f"name={name}")
        return found if isinstance(found, str) else "none"

    def inspected(self, name, template):
        return self("inspect", "--format", template, self.container(name))


def fetch(path):
    connection = http.client.HTTPConnection("127.0.0.1", 8080, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def build(check, engine, folder, package, options):
    cache = pathlib.Path(options.cache).resolve() / "packages"
    cache.mkdir(parents=True, exist_ok=True)
    subprocess.run(["debootstrap", "--variant=minbase", f"--cache-dir={cache}", "bookworm", str(folder / "debian"), options.mirror],
                   check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    with subprocess.Popen(["tar", "-C", str(folder / "debian"), "-c", "."], stdout=subprocess.PIPE) as tar:
        imported = engine("import", "-", DEBIAN, stdin=tar.stdout)
    if not check("there is a Debian to begin with", imported, engine.said):
        return False
    (folder / "built/packages").mkdir(parents=True)
    shutil.copy(package, folder / "built/packages")
    return check("the image can be built", engine("build", "--format", "docker", "--network", "host",
                                                  "--build-context", f"build={folder / 'built'}",
                                                  "--file", HERE / "Containerfile", "--tag", "chapterhouse", ROOT), engine.said)


def run(check, engine):
    check("compose.yaml starts it", engine.compose("up", "--detach", "--no-build"), engine.said)
    check("a page is there", becomes(lambda: fetch("/sign-in") == 200, 60), why(engine))
    name = engine.container(SERVICE)
    check("it is healthy", engine("healthcheck", "run", name), engine.said)
    status = engine("exec", name, "grep", "-E", "^(Uid|NoNewPrivs|Seccomp|CapEff|CapBnd)", "/proc/1/status") or ""
    for line in ["NoNewPrivs:\t1", "Seccomp:\t2", "CapEff:\t0000000000000000", "CapBnd:\t0000000000000000"]:
        check(f"it runs with {' '.join(line.split())}", line in str(status), status)
    check("and not as root", not re.search(r"Uid:.*\b0\b", str(status)), status)
    refused = not engine("exec", name, "touch", "/usr/here")
    check("it finds the system read-only", refused and "Read-only" in engine.said, engine.said)
    made = engine.compose("exec", "chapterhouse", "chapterhouse", "chapter", "create", "cedar", "--name", "Cedar", "--time-zone",
                          "Europe/Berlin", "--currency", "EUR", "--weekday", "wednesday", "--at", "07:00")
    check("the shell writes beside the service", made, engine.said)
    check("and reads", has_books(engine), engine.said)


def why(engine):
    engine("logs", "--tail", "20", engine.container(SERVICE))
    return engine.said


def has_books(engine):
    return "Cedar" in str(engine("exec", engine.container(SERVICE), "chapterhouse", "chapter", "list"))


def is_back(engine):
    return becomes(lambda: fetch("/sign-in") == 200, 120) and has_books(engine)


def fail_and_stop(check, engine):
    main = engine.inspected(SERVICE, "{{.State.Pid}}")
    service = engine("exec", engine.container(SERVICE), "sh", "-c", "grep -l '^chapterhouse' /proc/[0-9]*/comm | grep -o '[0-9]*'") or ""
    check("the service is one process", len(str(service).split()) == 1, engine.said)
    check("it can be killed", engine("exec", engine.container(SERVICE), "sh", "-c", f"kill -9 {service}"), engine.said)
    check("killed, it is started again, with its books",
          becomes(lambda: engine.inspected(SERVICE, "{{.State.Pid}}") not in [main, "0", False], 60) and is_back(engine), why(engine))
    check("it can be stopped", engine.compose("stop"), engine.said)
    check("and has stopped well", engine.inspected(SERVICE, "{{.State.ExitCode}} {{.State.OOMKilled}}") == "0 false", why(engine))
    check("and started", engine.compose("start") and is_back(engine), why(engine))
    check("it can be taken down", engine.compose("down"), engine.said)
    check("a new container finds the books", engine.compose("up", "--detach", "--no-build") and is_back(engine), why(engine))
    engine.compose("down", "--volumes")


def beside_postgresql(check, engine, folder):
    (folder / "Postgres").write_text(STAND_IN)
    if not check("there is a PostgreSQL to stand beside",
                 engine("build", "--network", "host", "--file", folder / "Postgres", "--tag", POSTGRES, folder), engine.said):
        return
    secrets = {"superuser-password": "a superuser's", "suppression-key": "0123456789abcdef" * 2,
               "database-url": "postgresql://chapterhouse_app:an-app-password@postgres/chapterhouse"}
    files = {"files": ("compose.yaml", "compose.postgres.yaml")}
    try:
        for name, text in secrets.items():
            with (HERE / name).open("x") as file:
                file.write(text + "\n")
        check("its PostgreSQL starts", engine.compose("up", "--detach", "--no-build", "postgres", **files), engine.said)
        ready = becomes(lambda: engine("exec", engine.container("postgres_1$"), "pg_isready", "--quiet", "--username", "postgres"), 60)
        check("and is ready", ready, engine.said)
        psql = ["exec", "-T", "postgres", "psql", "-v", "ON_ERROR_STOP=1", "-U", "postgres"]
        check("roles are made", engine.compose(*psql, **files, input=(ROOT / "Schema/Roles.sql").read_text()), engine.said)
        check("and the database", engine.compose("exec", "postgres", "createdb", "-U", "postgres", "--owner", "chapterhouse_owner",
                                                 "chapterhouse", **files), engine.said)
        passwords = ("ALTER ROLE chapterhouse_app PASSWORD 'an-app-password'; "
                     "ALTER ROLE chapterhouse_migrator PASSWORD 'a-migrator-password'")
        check("and passwords", engine.compose(*psql, **files, input=passwords), engine.said)
        migrator = "postgresql://chapterhouse_migrator:a-migrator-password@postgres/chapterhouse"
        check("the schema is laid", engine.compose("run", "--rm", "chapterhouse", "database", "migrate", "--migrator-database",
                                                   migrator, **files), engine.said)
        check("both start", engine.compose("up", "--detach", "--no-build", **files), engine.said)
        check("a page is there, out of that PostgreSQL", becomes(lambda: fetch("/sign-in") == 200, 60), why(engine))
        shown = engine("exec", engine.container(SERVICE), "sh", "-c", "cat /proc/[0-9]*/comm")
        check("and no private one runs", "postgres" not in str(shown) and "chapterhouse" in str(shown), shown)
        engine("logs", engine.container(SERVICE))
        check("and no secret stands in the log", not any(secret in engine.said for secret in [*secrets.values(), "an-app-password"]), engine.said)
    finally:
        engine.compose("down", "--volumes", **files)
        for name in secrets:
            (HERE / name).unlink(missing_ok=True)


def inside(options, folder):
    check = Checks()
    engine = Engine(options.podman, folder)
    try:
        if build(check, engine, folder, packed(options, folder), options):
            run(check, engine)
            fail_and_stop(check, engine)
            beside_postgresql(check, engine, folder)
        return check.verdict()
    finally:
        engine("system", "reset", "--force")


def main():
    options = asked("debootstrap", "podman", "podman-compose", podman="podman")
    if fetch("/"):
        raise SystemExit("Something answers at port 8080, which compose.yaml gives to the service. Stop it first.")
    return in_folder("container", inside, options)


if __name__ == "__main__":
    sys.exit(main())
