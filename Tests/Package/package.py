#!/usr/bin/env python3
"""Installs the Debian package on a bare Debian, answers nothing, and sees whether the service is there; then upgrades, removes
and purges it.

package.py [--program PROGRAM | --package FILE] [--cache FOLDER] [--mirror URL]

It packs PROGRAM, or builds one for release, or takes a package that was made already. The Debian is made by debootstrap in a
folder of its own and thrown away at the end. systemd does not run there: the service is started with what the unit says, held by the unit's filter of
system calls and its other limits as far as confined.py goes. It needs root, debootstrap, lintian and network.
"""

import argparse
import datetime
import hashlib
import http.client
import os
import pathlib
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONFINED = pathlib.Path(__file__).with_name("confined.py")
UNIT_CHECK = pathlib.Path(__file__).with_name("unit.sh")
UNIT = "usr/lib/systemd/system/chapterhouse.service"
SETTINGS = "etc/chapterhouse/chapterhouse.conf"
BOOKS = "var/lib/chapterhouse"


class Checks:
    def __init__(self):
        self.passed = 0
        self.failed = []

    def __call__(self, what, holds, why=""):
        print(("✓ " if holds else "✗ ") + what + (f": {str(why)[-2000:]}" if why and not holds else ""), flush=True)
        if holds:
            self.passed += 1
        else:
            self.failed.append(what)
        return holds

    def command(self, what, *command, **options):
        done = subprocess.run(command, capture_output=True, text=True, **options)
        self(what, done.returncode == 0, (done.stdout + done.stderr).strip())
        return done.stdout + done.stderr

    def verdict(self):
        for what in self.failed:
            print(f"failed: {what}")
        print(f"{self.passed} checks passed, {len(self.failed)} failed")
        return 1 if self.failed else 0


class Debian:
    """A bare Debian in a folder; seen only by this process and its children."""

    def __init__(self, folder, cache, mirror):
        self.root = folder / "debian"
        packages = cache / "packages"
        packages.mkdir(parents=True, exist_ok=True)
        self.must("debootstrap", "--variant=minbase", f"--cache-dir={packages}", "bookworm", self.root, mirror)
        for place in ["proc", "dev", "sys"]:
            self.must("mount", "--rbind", f"/{place}", self.root / place)
        archives = cache / "archives"
        (archives / "partial").mkdir(parents=True, exist_ok=True)
        self.must("mount", "--bind", archives, self.root / "var/cache/apt/archives")
        # Thrown away in the end: nothing of it has to outlive a crash.
        (self.root / "etc/dpkg/dpkg.cfg.d/unsafe-io").write_text("force-unsafe-io\n")
        policy = self.root / "usr/sbin/policy-rc.d"
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
        shutil.copy("/etc/resolv.conf", self.root / "etc/resolv.conf")

    @staticmethod
    def must(*command):
        subprocess.run(list(map(str, command)), check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def run(self, *command, user=None, text=None):
        """As root unless said otherwise, with nobody at the keyboard."""
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/root",
                       "DEBIAN_FRONTEND": "noninteractive"}
        words = ["chroot", *([f"--userspec={user}"] if user else []), str(self.root), *command]
        return subprocess.run(words, capture_output=True, text=True, env=environment,
                              **({"input": text} if text is not None else {"stdin": subprocess.DEVNULL}))

    def take(self, package):
        shutil.copy(package, self.root / "root/")
        return "/root/" + package.name

    def files(self):
        """What lies where a package leaves traces, but for what apt and dpkg note themselves."""
        noise = re.compile(r"var/(cache|log|lib/(apt|dpkg|systemd))/|etc/(passwd|group|g?shadow|subuid|subgid)-|etc/ssl/")
        found = set()
        for top in ["etc", "usr", "var", "run", "opt", "home"]:
            for folder, folders, files in os.walk(self.root / top):
                for name in [*folders, *files]:
                    path = str((pathlib.Path(folder) / name).relative_to(self.root))
                    if not noise.match(path):
                        found.add(path)
        return found


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Service:
    """The service, started as systemd starts it."""

    def __init__(self, debian, folder):
        self.debian = debian
        self.port, self.admin = free_port(), free_port()
        self.ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        name = f"chapterhouse-{os.getpid()}-{time.monotonic_ns()}"
        self.ear.bind("\0" + name)
        self.log = folder / "service.log"
        command = re.search(r"(?m)^ExecStart=(.*)$", (debian.root / UNIT).read_text())[1].split()
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "NOTIFY_SOCKET": "@" + name,
                       "WATCHDOG_USEC": "3000000", "CHAPTERHOUSE_LISTEN": f"127.0.0.1:{self.port}",
                       "CHAPTERHOUSE_ADMIN_LISTEN": f"127.0.0.1:{self.admin}"}
        self.process = confined(debian, command, env=environment, stderr=self.log.open("w"))

    def heard(self, beginning, seconds):
        """Waits for a message of this beginning, as long as the service lives."""
        end = time.monotonic() + seconds
        self.ear.settimeout(0.5)
        while time.monotonic() < end:
            try:
                if self.ear.recv(4096).decode().startswith(beginning):
                    return True
            except TimeoutError:
                if self.process.poll() is not None:
                    return False
        return False

    def answer(self, path, admin=False):
        connection = http.client.HTTPConnection("127.0.0.1", self.admin if admin else self.port, timeout=20)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError as error:
            return 0, str(error)
        finally:
            connection.close()

    def end(self):
        """Its status after SIGTERM to it alone, as KillMode=mixed has it."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def last_words(self):
        return self.log.read_text()[-1500:]


def confined(debian, command, **options):
    return subprocess.Popen([sys.executable, str(CONFINED), str(debian.root / UNIT), str(debian.root), *command],
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **options)


def processes(debian):
    """The programs that run below that root as its user chapterhouse."""
    account = re.search(r"(?m)^chapterhouse:x:(\d+):", (debian.root / "etc/passwd").read_text())
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(entry / "root") == str(debian.root):
                words = (entry / "cmdline").read_bytes().split(b"\0")[0].decode()
                found.append((words, account is not None and entry.stat().st_uid == int(account[1])))
        except OSError:
            continue
    return found


def pack(program, folder):
    words = [str(ROOT / "deploy/package"), "--output", str(folder), *(["--program", program] if program else [])]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    return pathlib.Path(done.stdout.strip().splitlines()[-1])


def with_version(package, version, folder):
    """The same package by a later number."""
    tree = folder / "later"
    subprocess.run(["dpkg-deb", "--raw-extract", package, tree], check=True)
    control = tree / "DEBIAN/control"
    control.write_text(re.sub(r"(?m)^Version: .*$", f"Version: {version}", control.read_text()))
    newer = folder / f"chapterhouse_{version}.deb"
    subprocess.run(["dpkg-deb", "--build", "-Zgzip", "-z1", tree, newer], check=True, stdout=subprocess.DEVNULL)
    return newer


def look_at_package(check, package, again, folder):
    if again:
        check("the same sources make the same package", digest(package) == digest(again))
    check.command("lintian finds nothing", "lintian", "--allow-root", "--fail-on", "error,warning", str(package))
    control = subprocess.run(["dpkg-deb", "--ctrl-tarfile", str(package)], capture_output=True, check=True).stdout
    names = subprocess.run(["tar", "--list"], input=control, capture_output=True, check=True).stdout.decode()
    check("nothing is asked while it is installed", "templates" not in names and "config" not in names.split())
    tree = folder / "tree"
    subprocess.run(["dpkg-deb", "--extract", str(package), str(tree)], check=True)
    libraries = subprocess.run(["ldd", str(tree / "usr/bin/chapterhouse")], capture_output=True, text=True).stdout
    check("Swift's runtime is part of the program", "libpq" in libraries and "libswift" not in libraries, libraries)
    said = check.command("systemd understands the unit, which is exposed little", str(UNIT_CHECK))
    print("  " + (re.search(r"Overall exposure.*", said) or [""])[0])
    said = check.command("the page of the manual has no faults", "man", "--warnings", "--local-file",
                         str(tree / "usr/share/man/man1/chapterhouse.1.gz"), env=os.environ | {"MANWIDTH": "100", "MANROFFSEQ": ""})
    check("nor warnings", "warning" not in said and "chapter create" in said, said[:300])
    for shell, option, place in [("bash", "-n", "bash-completion/completions/chapterhouse"),
                                 ("zsh", "-n", "zsh/vendor-completions/_chapterhouse"),
                                 ("fish", "--no-execute", "fish/vendor_completions.d/chapterhouse.fish")]:
        if shutil.which(shell):
            check.command(f"{shell} reads its completions", shell, option, str(tree / "usr/share" / place))
    return tree


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def owned_by_service(debian):
    """What lies among the books and is not the service's."""
    account = int(re.search(r"(?m)^chapterhouse:x:(\d+):", (debian.root / "etc/passwd").read_text())[1])
    return [str(path) for path in (debian.root / BOOKS).rglob("*") if path.lstat().st_uid != account]


def install(check, debian, package):
    done = debian.run("apt-get", "update", "-qq")
    check("packages are known", done.returncode == 0, done.stderr[-500:])
    done = debian.run("apt-get", "install", "-y", "-qq", debian.take(package))
    check("it installs, and nobody answers anything", done.returncode == 0, done.stdout + done.stderr)
    settings = debian.root / SETTINGS
    check("others may not read the settings", stat.S_IMODE(settings.stat().st_mode) == 0o640)
    check("nor look into the books", stat.S_IMODE((debian.root / BOOKS).stat().st_mode) == 0o700)
    # The link leads to a place below the other root.
    wanted = [path for path in (debian.root / "etc/systemd/system").glob("*.wants/*") if path.name == "chapterhouse.service"]
    check("it starts with the machine", wanted, str(wanted))


def serve(check, debian, folder, occasion):
    service = Service(debian, folder)
    if not check(f"{occasion}, the service says that it is ready", service.heard("READY=1", 300), service.last_words()):
        raise SystemExit(f"no service, no more checks: {len(check.failed)} failed")
    check(f"{occasion}, it says that it lives", service.heard("WATCHDOG=1", 10))
    check(f"{occasion}, /livez and /readyz are well", service.answer("/livez", True)[0] == service.answer("/readyz", True)[0] == 200)
    status, page = service.answer("/sign-in")
    check(f"{occasion}, a page is there", status == 200 and "<html" in page, page[:200])
    return service


def first_service(check, debian, folder):
    service = serve(check, debian, folder, "after the installation")
    running = processes(debian)
    check("a private PostgreSQL runs", any("postgres" in words for words, _ in running), str(running))
    check("all of it as chapterhouse", all(own for _, own in running), str(running))
    made = debian.run("chapterhouse", "chapter", "create", "cedar", "--name", "Cedar", "--time-zone", "Europe/Berlin",
                      "--currency", "EUR", "--weekday", "wednesday", "--at", "07:00")
    check("root's shell writes beside the service", made.returncode == 0, made.stderr)
    checked = debian.run("chapterhouse", "config", "check")
    check("config check is content", checked.returncode == 0, checked.stdout + checked.stderr)
    other = debian.run("chapterhouse", "chapter", "list", user="nobody:nogroup")
    check("whoever may not read the settings is told who may", other.returncode == 78
          and "run the command as root" in other.stderr, other.stdout + other.stderr)
    check("what root's commands made is the service's", not owned_by_service(debian), str(owned_by_service(debian)))
    month = f"{datetime.date.today():%Y-%m}"
    printing = confined(debian, ["/usr/bin/chapterhouse", "report", "roi", "cedar", "--month", month, "--format", "pdf",
                                 "--output", "/var/lib/chapterhouse/report.pdf"],
                        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}, stderr=subprocess.PIPE, text=True)
    said = printing.communicate(timeout=180)[1]
    report = debian.root / BOOKS / "report.pdf"
    check("WeasyPrint prints, held as the unit holds the service", printing.returncode == 0 and report.is_file()
          and report.read_bytes().startswith(b"%PDF"), said)
    report.unlink(missing_ok=True)
    return service


def chapter_is_there(debian):
    return "Cedar" in debian.run("chapterhouse", "chapter", "list").stdout


def upgrade(check, debian, service, newer, folder):
    settings = debian.root / SETTINGS
    settings.write_text(settings.read_text() + "# the operator's own line\n")
    done = debian.run("apt-get", "install", "-y", "-qq", debian.take(newer))
    check("it is upgraded beside the running service", done.returncode == 0, done.stdout + done.stderr)
    check("an upgrade keeps the settings", settings.read_text().endswith("# the operator's own line\n"))
    check("SIGTERM ends the service well", service.end() == 0, service.last_words())
    check("and nothing of it stays behind", not processes(debian), str(processes(debian)))
    service = serve(check, debian, folder, "after the upgrade")
    check("an upgrade keeps the books", chapter_is_there(debian))
    service.end()


def remove(check, debian, package, folder):
    done = debian.run("apt-get", "remove", "-y", "-qq", "chapterhouse")
    check("it is removed", done.returncode == 0 and not (debian.root / "usr/bin/chapterhouse").exists(), done.stderr)
    check("removing keeps books and settings", (debian.root / BOOKS / "cluster").is_dir() and (debian.root / SETTINGS).is_file())
    debian.run("apt-get", "install", "-y", "-qq", debian.take(package))
    check("installed again, it has the books", chapter_is_there(debian))
    done = debian.run("apt-get", "purge", "-y", "-qq", "chapterhouse")
    check("it is purged", done.returncode == 0, done.stderr)
    check("purging takes the settings", not (debian.root / "etc/chapterhouse").exists())
    check("and leaves the books, and says so", (debian.root / BOOKS / "cluster").is_dir()
          and "The books in /var/lib/chapterhouse" in done.stdout + done.stderr, done.stdout + done.stderr)


def own_postgresql(check, debian, package, folder):
    """The operator's PostgreSQL, on the socket of its package."""
    shutil.rmtree(debian.root / BOOKS)
    debian.run("deluser", "--system", "chapterhouse")
    debian.run("apt-get", "install", "-y", "-qq", debian.take(package))
    if not list((debian.root / "etc/postgresql").glob("15/main")):
        debian.run("pg_createcluster", "15", "main")
    port = free_port()
    debian.run("pg_conftool", "15", "main", "set", "port", str(port))
    started = debian.run("pg_ctlcluster", "15", "main", "start")
    try:
        words = ["psql", "-v", "ON_ERROR_STOP=1", "-qp", str(port)]
        made = [debian.run(*words, "-f", "/usr/share/chapterhouse/Schema/Roles.sql", user="postgres:postgres"),
                debian.run("createdb", "-p", str(port), "--owner", "chapterhouse_owner", "chapterhouse", user="postgres:postgres"),
                debian.run(*words, user="postgres:postgres",
                           text="ALTER ROLE chapterhouse_app PASSWORD 'a1'; ALTER ROLE chapterhouse_migrator PASSWORD 'm1';")]
        check("a PostgreSQL of the operator is made ready", all(one.returncode == 0 for one in [started, *made]),
              "".join(one.stderr for one in [started, *made]))
        settings = debian.root / SETTINGS
        address = f"postgresql://chapterhouse_app:a1@127.0.0.1:{port}/chapterhouse"
        settings.write_text(settings.read_text() + f"CHAPTERHOUSE_DATABASE_URL={address}\n")
        done = debian.run("chapterhouse", "database", "migrate", "--migrator-database",
                          f"postgresql://chapterhouse_migrator:m1@127.0.0.1:{port}/chapterhouse")
        check("root brings its schema up to date", done.returncode == 0, done.stderr)
        service = serve(check, debian, folder, "with a PostgreSQL of the operator")
        check("no other is made", not (debian.root / BOOKS / "cluster").exists())
        check("it ends well", service.end() == 0, service.last_words())
    finally:
        debian.run("pg_ctlcluster", "15", "main", "stop", "-m", "fast")


def nothing_stays(check, debian, package):
    """What a purge leaves of a package that never kept books."""
    debian.run("apt-get", "purge", "-y", "-qq", "chapterhouse")
    left = [str(path) for path in (debian.root / BOOKS).rglob("*")] if (debian.root / BOOKS).exists() else []
    check("without books the folder goes", not left and not (debian.root / BOOKS).exists(), str(left))
    before = debian.files()
    debian.run("apt-get", "install", "-y", "-qq", debian.take(package))
    debian.run("apt-get", "purge", "-y", "-qq", "chapterhouse")
    left = sorted(debian.files() - before)
    check("a purge leaves nothing behind", not left, str(left[:20]))
    check("nor a user", "chapterhouse" not in (debian.root / "etc/passwd").read_text())


def inside(options, folder):
    check = Checks()
    package = packed(options, folder)
    again = None if options.package else packed(options, folder / "again")
    newer = with_version(package, "99.1", folder)
    look_at_package(check, package, again, folder)
    debian = Debian(folder, pathlib.Path(options.cache).resolve(), options.mirror)
    install(check, debian, package)
    service = first_service(check, debian, folder)
    try:
        upgrade(check, debian, service, newer, folder)
    finally:
        if service.process.poll() is None:
            service.end()
    remove(check, debian, newer, folder)
    own_postgresql(check, debian, newer, folder)
    nothing_stays(check, debian, newer)
    return check.verdict()


def asked(*needed, **more):
    """What the command line says, on a machine that has what is needed; more options come with what holds without them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", help="packs this program instead of building one")
    parser.add_argument("--package", help="takes this package instead of making one")
    parser.add_argument("--cache", default=str(ROOT / ".build-debian"), help="where packages of Debian are kept for the next time")
    parser.add_argument("--mirror", default="http://deb.debian.org/debian")
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    for name, value in more.items():
        parser.add_argument(f"--{name}", default=value)
    options = parser.parse_args()
    missing = [name for name in needed if not shutil.which(name)]
    if os.geteuid() != 0 or missing:
        raise SystemExit(f"It needs root, and the programs {', '.join(needed)}; missing: {missing}")
    return options


def becomes(true, seconds):
    """Whether it is true within so many seconds."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.5)
    return True


def in_folder(name, work, options):
    """What the work comes to in a folder that goes with it."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix=f"chapterhouse-{name}-"))
    folder.chmod(0o755)
    try:
        return work(options, folder)
    finally:
        subprocess.run(["rm", "-rf", "--one-file-system", str(folder)])


def packed(options, folder):
    """The package that was asked for."""
    if options.package:
        return pathlib.Path(options.package).resolve()
    return pack(options.program and str(pathlib.Path(options.program).resolve()), folder)


def main():
    options = asked("debootstrap", "lintian", "unshare", "man")
    if options.folder:
        return inside(options, pathlib.Path(options.folder))
    return in_folder("package", alone, options)


def alone(_, folder):
    # What is mounted in there is gone with the process, before the folder is removed.
    return subprocess.run(["unshare", "--mount", "--propagation", "private", sys.executable, __file__,
                           *sys.argv[1:], "--folder", str(folder)]).returncode


if __name__ == "__main__":
    sys.exit(main())
