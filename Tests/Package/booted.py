#!/usr/bin/env python3
"""Installs the Debian package on a bare Debian that runs under systemd, and sees what systemd makes of its unit: that it
starts, watches, restarts, confines and stops the service, and starts it again with the machine.

booted.py [--program PROGRAM | --package FILE] [--cache FOLDER] [--mirror URL]

The Debian is made by debootstrap, runs in a container of systemd-nspawn with a network of its own, and is thrown away at
the end. It needs root, debootstrap, systemd-container and network, and without --package what deploy/package needs.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

from package import SETTINGS, Checks, asked, becomes, in_folder, packed, with_version

WITH = "systemd,systemd-sysv,dbus,curl,procps"
PLAIN = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/root", "DEBIAN_FRONTEND": "noninteractive"}


class Machine:
    """A bare Debian whose first process is systemd."""

    def __init__(self, folder, cache, mirror, packages):
        self.root = folder / "debian"
        for name in ["packages", "archives/partial"]:
            (cache / name).mkdir(parents=True, exist_ok=True)
        self.archives = cache / "archives"
        subprocess.run(["debootstrap", "--variant=minbase", f"--include={WITH}", f"--cache-dir={cache / 'packages'}",
                        "bookworm", str(self.root), mirror], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        (self.root / "etc/dpkg/dpkg.cfg.d/unsafe-io").write_text("force-unsafe-io\n")
        shutil.copy("/etc/resolv.conf", self.root / "etc/resolv.conf")
        for package in packages:
            shutil.copy(package, self.root / "root/")
        # What the package needs is fetched before: the machine itself has no network.
        fetched = f"apt-get update -qq && apt-get install -qq --yes --download-only /root/{packages[0].name}"
        subprocess.run(["systemd-nspawn", *self.words, "/bin/sh", "-c", fetched], check=True, env=os.environ | PLAIN,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self.console = folder / "console.log"
        self.boot()

    def boot(self):
        with self.console.open("a") as console:
            self.nspawn = subprocess.Popen(["systemd-nspawn", *self.words, "--private-network", "--boot"],
                                           stdin=subprocess.DEVNULL, stdout=console, stderr=console)

    def reboot(self):
        """As systemd outside would, systemd-nspawn has to be started again when it ends with 133: see its --keep-unit."""
        self.run("systemctl", "--no-block", "reboot")
        if self.nspawn.wait(120) == 133:
            self.boot()

    @property
    def words(self):
        return ["--quiet", f"--directory={self.root}", f"--bind={self.archives}:/var/cache/apt/archives",
                "--register=no", "--keep-unit", "--resolv-conf=off", "--timezone=off", "--link-journal=no"]

    def first(self):
        """The number that the machine's first process has outside of it."""
        children = pathlib.Path(f"/proc/{self.nspawn.pid}/task/{self.nspawn.pid}/children").read_text().split()
        for child in children:
            numbers = re.search(r"(?m)^NSpid:\s*(.*)$", pathlib.Path(f"/proc/{child}/status").read_text())[1].split()
            if numbers[1:] == ["1"]:
                return child
        raise ProcessLookupError("the machine has no first process")

    def run(self, *command):
        """As its root, with nobody at the keyboard."""
        words = ["nsenter", "--target", self.first(), "--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd"]
        return subprocess.run([*words, *command], capture_output=True, text=True, env=PLAIN, stdin=subprocess.DEVNULL)

    def said(self, *command):
        try:
            return self.run(*command).stdout.strip()
        except (OSError, ProcessLookupError):
            return ""

    def becomes(self, wanted, seconds, *command):
        """Asks until the answer is one of those, or time is up."""
        return becomes(lambda: self.said(*command) in wanted, seconds)

    def end(self):
        self.nspawn.terminate()
        try:
            self.nspawn.wait(60)
        except subprocess.TimeoutExpired:
            self.nspawn.kill()
            self.nspawn.wait()


class Unit:
    """What systemd says of the service."""

    def __init__(self, machine):
        self.machine = machine

    def __getitem__(self, name):
        return self.machine.said("systemctl", "show", "--value", "--property", name, "chapterhouse")

    def answers(self):
        return self.machine.said("curl", "--silent", "--output", "/dev/null", "--write-out", "%{http_code}", "--max-time", "10",
                                 "http://127.0.0.1:8080/sign-in") == "200"

    def is_back(self, restarts, seconds=120):
        """Restarted so many times, and there."""
        if not self.machine.becomes([str(restarts)], seconds, "systemctl", "show", "--value", "--property", "NRestarts", "chapterhouse"):
            return False
        return self.machine.becomes(["active"], seconds, "systemctl", "is-active", "chapterhouse") and self.answers()

    def why(self):
        return self.machine.said("journalctl", "--unit", "chapterhouse", "--lines", "20", "--output", "cat", "--no-pager")

    def has_books(self):
        return "Cedar" in self.machine.said("chapterhouse", "chapter", "list")

    def say(self, text):
        """Lines that systemd adds to the unit, as `systemctl edit` writes them."""
        place = self.machine.root / "etc/systemd/system/chapterhouse.service.d"
        place.mkdir(exist_ok=True)
        (place / "override.conf").write_text(f"[Service]\n{text}\n")
        self.machine.run("systemctl", "daemon-reload")


def install(check, machine, unit, package):
    done = machine.run("apt-get", "install", "-y", "-qq", f"/root/{package.name}")
    if not check("it installs, and nobody answers anything", done.returncode == 0, done.stdout + done.stderr):
        return False
    check("systemd heard that it is ready", unit["ActiveState"] == "active" and unit["SubState"] == "running", unit.why())
    check("a page is there", unit.answers(), unit.why())
    made = machine.run("chapterhouse", "chapter", "create", "cedar", "--name", "Cedar", "--time-zone", "Europe/Berlin",
                       "--currency", "EUR", "--weekday", "wednesday", "--at", "07:00")
    check("root's shell writes beside the service", made.returncode == 0, made.stderr)
    return unit["MainPID"] not in ["", "0"]


def confine(check, machine, unit):
    main = unit["MainPID"]
    status = machine.said("cat", f"/proc/{main}/status")
    for line in ["NoNewPrivs:\t1", "CapEff:\t0000000000000000", "CapBnd:\t0000000000000000"]:
        check(f"it runs with {' '.join(line.split())}", line in status, status)
    filters = [int(re.search(r"(?m)^Seccomp_filters:\s*(\d+)$", text)[1]) for text in [machine.said("cat", "/proc/1/status"), status]]
    check("it has filters of system calls beside the machine's", filters[1] > filters[0], str(filters))
    inside = ["nsenter", "--target", main, "--mount", "--root", "--wd"]
    check("it finds the system read-only", "Read-only" in machine.run(*inside, "touch", "/usr/here").stderr)
    check("it finds no home of anybody", machine.run(*inside, "ls", "-A", "/root").stdout == "")
    check("its folder is its own to write", machine.run(*inside, "test", "-w", "/var/lib/chapterhouse").returncode == 0)
    rooms = {machine.said("readlink", f"/proc/{process}/ns/user") for process in ["1", main]}
    check("it has users of its own", len(rooms) == 2, str(rooms))


def fail(check, machine, unit):
    machine.run("systemctl", "kill", "--kill-whom=main", "--signal=KILL", "chapterhouse")
    check("killed, it comes back by itself", unit.is_back(1), unit.why())
    check("with its books", unit.has_books())
    machine.run("systemctl", "kill", "--kill-whom=all", "--signal=KILL", "chapterhouse")
    check("killed together with its PostgreSQL, too", unit.is_back(2) and unit.has_books(), unit.why())
    unit.say("WatchdogSec=5")
    machine.run("systemctl", "restart", "chapterhouse")
    machine.run("systemctl", "kill", "--kill-whom=main", "--signal=STOP", "chapterhouse")
    check("silent, it is ended by the watchdog and comes back", unit.is_back(1) and "watchdog" in unit.why().lower(), unit.why())
    check("and still has its books", unit.has_books())


def settings(check, machine, unit):
    file = machine.root / SETTINGS
    before = file.read_text()
    file.write_text(before + "CHAPTERHOUSE_LISTENS=127.0.0.1:8080\n")
    done = machine.run("systemctl", "restart", "chapterhouse")
    check("a setting that is unknown fails the start", done.returncode != 0 and unit["ExecMainStatus"] == "78", unit.why())
    check("which is not tried again", machine.becomes(["failed"], 10, "systemctl", "is-active", "chapterhouse")
          and unit["NRestarts"] == "0", unit.why())
    check("the journal names it", "CHAPTERHOUSE_LISTENS" in unit.why(), unit.why())
    file.write_text(before)
    secret = machine.root / "root/smtp-password"
    secret.write_text("a secret of the operator\n")
    secret.chmod(0o600)
    unit.say("LoadCredential=smtp-password:/root/smtp-password\nExecStartPre=/usr/bin/chapterhouse config check")
    done = machine.run("systemctl", "restart", "chapterhouse")
    told = machine.said("journalctl", "--unit", "chapterhouse", "--lines", "200", "--output", "cat", "--no-pager")
    check("a secret comes as a credential", done.returncode == 0 and re.search(r"(?i)smtp.password.*credential", told), told)
    check("and stands in no log", "a secret of the operator" not in told)


def restart_machine(check, machine, unit):
    machine.reboot()
    check("with the machine it starts again, with its books",
          machine.becomes(["active"], 180, "systemctl", "is-active", "chapterhouse") and unit.answers() and unit.has_books(), unit.why())


def upgrade_and_go(check, machine, unit, newer):
    before = unit["MainPID"]
    done = machine.run("apt-get", "install", "-y", "-qq", f"/root/{newer.name}")
    check("an upgrade restarts it", done.returncode == 0 and unit["ActiveState"] == "active" and unit["MainPID"] != before
          and unit.answers(), done.stdout + done.stderr + unit.why())
    check("and keeps its books", unit.has_books())
    machine.run("systemctl", "stop", "chapterhouse")
    check("it stops well", (unit["ActiveState"], unit["Result"]) == ("inactive", "success"), unit.why())
    left = machine.said("ps", "-o", "args=", "-U", "chapterhouse")
    check("and nothing of it runs on", not left, left)
    machine.run("systemctl", "start", "chapterhouse")
    done = machine.run("apt-get", "purge", "-y", "-qq", "chapterhouse")
    check("purged while it runs, it is ended", done.returncode == 0 and unit["ActiveState"] != "active"
          and unit["LoadState"] == "not-found", done.stderr)


def inside(options, folder):
    check = Checks()
    package = packed(options, folder)
    newer = with_version(package, "99.1", folder)
    machine = Machine(folder, pathlib.Path(options.cache).resolve(), options.mirror, [package, newer])
    try:
        up = machine.becomes(["running", "degraded"], 120, "systemctl", "is-system-running")
        if not check("systemd runs", up, machine.console.read_text()):
            return 1
        unit = Unit(machine)
        if not install(check, machine, unit, package):
            return 1
        confine(check, machine, unit)
        fail(check, machine, unit)
        settings(check, machine, unit)
        restart_machine(check, machine, unit)
        upgrade_and_go(check, machine, unit, newer)
    finally:
        machine.end()
    return check.verdict()


def main():
    return in_folder("booted", inside, asked("debootstrap", "systemd-nspawn", "nsenter"))


if __name__ == "__main__":
    sys.exit(main())
