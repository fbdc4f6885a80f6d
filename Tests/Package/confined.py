#!/usr/bin/env python3
"""Runs a program below another root, held by what a unit says of it, as far as that goes without systemd.

confined.py UNIT ROOT PROGRAM [ARGUMENTS]

Of the unit it takes User=, WorkingDirectory=, UMask=, NoNewPrivileges=, CapabilityBoundingSet=, ProtectSystem=strict, PrivateTmp=,
StateDirectory=, SystemCallFilter=, SystemCallErrorNumber=, MemoryDenyWriteExecute=, RestrictAddressFamilies= and
RestrictNamespaces=. Of devices, of /proc and of user namespaces it does nothing.
"""

import ctypes
import errno
import os
import pathlib
import pwd
import re
import socket
import subprocess
import sys

ALLOW, ERRNO = 0x7FFF0000, 0x00050000
EQUAL, MASKED_EQUAL = 4, 7
MS_REMOUNT, MS_RDONLY, MS_BIND, MS_REC, MS_PRIVATE = 32, 1, 4096, 16384, 1 << 18
CLONE_NEWNS = 0x20000
NAMESPACES = [0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000]
PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP = 38, 24
libc = ctypes.CDLL(None, use_errno=True)
seccomp = ctypes.CDLL("libseccomp.so.2")
seccomp.seccomp_init.restype = ctypes.c_void_p


class Comparison(ctypes.Structure):
    _fields_ = [("argument", ctypes.c_uint), ("kind", ctypes.c_int), ("first", ctypes.c_uint64), ("second", ctypes.c_uint64)]


def settings(unit):
    """The settings of a unit, each with all its values: an empty one begins anew, as with systemd."""
    found = {}
    for line in pathlib.Path(unit).read_text().splitlines():
        if match := re.match(r"(\w+)=(.*)", line):
            found[match[1]] = [*found.get(match[1], []), match[2]] if match[2] else []
    return found


def calls(group):
    """The system calls of a group, as systemd knows it; a name of one stands for itself."""
    if not group.startswith("@"):
        return {group}
    said = subprocess.run(["systemd-analyze", "syscall-filter", group], capture_output=True, text=True, check=True).stdout
    names = [line.strip() for line in said.splitlines()[1:] if line.strip() and not line.strip().startswith("#")]
    return set().union(*map(calls, names))


def allowed(lines):
    names = set()
    for line in lines:
        chosen = set().union(*map(calls, line.lstrip("~").split()))
        names = names - chosen if line.startswith("~") else names | chosen
    # systemd lets these always pass.
    return names | calls("@default")


class Filter:
    def __init__(self, otherwise):
        self.context = ctypes.c_void_p(seccomp.seccomp_init(ctypes.c_uint32(otherwise)))

    def add(self, action, call, *comparisons):
        number = seccomp.seccomp_syscall_resolve_name(call.encode())
        if number < 0:
            return
        array = (Comparison * len(comparisons))(*comparisons)
        must(seccomp.seccomp_rule_add_array(self.context, ctypes.c_uint32(action), number, len(comparisons), array), call)

    def load(self):
        must(seccomp.seccomp_load(self.context), "seccomp_load")


def must(result, what):
    if result != 0:
        raise SystemExit(f"{what}: {os.strerror(-result if result < -1 else ctypes.get_errno())}")


def mount(source, target, flags, kind=None):
    must(libc.mount(source.encode(), target.encode(), kind and kind.encode(), flags, None), f"mount {target}")


def see_less(root, writable):
    """A file system that is read only, but for what is the service's own."""
    must(libc.unshare(CLONE_NEWNS), "unshare")
    mount("none", "/", MS_REC | MS_PRIVATE)
    mount(root, root, MS_BIND | MS_REC)
    mount("none", root, MS_BIND | MS_REMOUNT | MS_RDONLY)
    for folder in writable:
        mount(root + folder, root + folder, MS_BIND)
        mount("none", root + folder, MS_BIND | MS_REMOUNT)
    for folder in ["/tmp", "/var/tmp"]:
        mount("tmpfs", root + folder, 0, "tmpfs")


def give_up_rights(account):
    for capability in range(64):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    must(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    os.setgroups([])
    os.setgid(account.pw_gid)
    os.setuid(account.pw_uid)


def filters(found):
    """What the kernel is to refuse; the list of calls comes last, for it may forbid loading another."""
    denied = ERRNO | errno.EPERM
    if found.get("MemoryDenyWriteExecute") == ["yes"]:
        memory = Filter(ALLOW)
        memory.add(denied, "mmap", Comparison(2, MASKED_EQUAL, 6, 6))
        memory.add(denied, "mprotect", Comparison(2, MASKED_EQUAL, 4, 4))
        memory.add(denied, "pkey_mprotect", Comparison(2, MASKED_EQUAL, 4, 4))
        memory.add(denied, "shmat", Comparison(2, MASKED_EQUAL, 0o100000, 0o100000))
        yield memory
    if families := found.get("RestrictAddressFamilies"):
        may = {getattr(socket, name) for name in families[0].split()}
        sockets = Filter(ALLOW)
        for family in set(range(64)) - may:
            sockets.add(ERRNO | errno.EAFNOSUPPORT, "socket", Comparison(0, EQUAL, family, 0))
        yield sockets
    if found.get("RestrictNamespaces") == ["yes"]:
        spaces = Filter(ALLOW)
        for flag in NAMESPACES:
            for call in ["clone", "unshare"]:
                spaces.add(denied, call, Comparison(0, MASKED_EQUAL, flag, flag))
        spaces.add(denied, "setns")
        spaces.add(ERRNO | errno.ENOSYS, "clone3")
        yield spaces
    if lines := found.get("SystemCallFilter"):
        listed = Filter(ERRNO | getattr(errno, found["SystemCallErrorNumber"][0]))
        for name in sorted(allowed(lines)):
            listed.add(ALLOW, name)
        yield listed


def main(unit, root, *command):
    found = settings(unit)
    ready = list(filters(found))
    if found["ProtectSystem"] == ["strict"]:
        see_less(root, ["/var/lib/" + name for name in found["StateDirectory"]] + ["/dev/shm"])
    os.chroot(root)
    account = pwd.getpwnam(found["User"][0])
    os.chdir(found["WorkingDirectory"][0])
    os.umask(int(found["UMask"][0], 8))
    give_up_rights(account)
    for one in ready:
        one.load()
    os.execve(command[0], list(command), dict(os.environ) | {"HOME": account.pw_dir, "USER": account.pw_name})


if __name__ == "__main__":
    main(*sys.argv[1:])
