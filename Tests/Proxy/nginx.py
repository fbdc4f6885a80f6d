#!/usr/bin/env python3
"""A real nginx with the sample of deploy/nginx, before a service on this machine.

    nginx.py NAME PORT      how people call it, and where on 127.0.0.1 the service listens

The first line it prints is its port for http. It ends when its input does; until then every line is answered by one:

    door ADDRESS    a port to which clients speak in clear, and are taken on by https, as coming from ADDRESS
    log             what nginx wrote into its logs, as JSON
"""

import asyncio
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

SAMPLE = pathlib.Path(__file__).resolve().parents[2] / "deploy/nginx/chapterhouse.conf"
LOGS = {"access": "chapterhouse.access.log", "error": "chapterhouse.error.log", "elsewhere": "elsewhere.log"}

# What Debian's own nginx.conf says around a site, and worse: the sample has to hold against it. One process serves
# everybody, so that all clients share the connections to the service.
AROUND = """
{user}
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/main.log notice;
events {{ worker_connections 512; }}
http {{
    default_type application/octet-stream;
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
    gzip on;
    gzip_proxied any;
    gzip_min_length 0;
    gzip_types *;
    access_log {folder}/elsewhere.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/chapterhouse.conf;
}}
"""


class Failure(Exception):
    pass


def certify(name, folder):
    """A key and a certificate that it signs itself, for whoever is called by the name."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "90", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}",
         "-keyout", folder / "key.pem", "-out", folder / "certificate.pem"],
        check=True, capture_output=True,
    )


class Nginx:
    """nginx in a folder that goes with it."""

    def __init__(self, name, *service_ports, at_once=None):
        """With `at_once`, so many requests of one address are answered at once, and not as many as the sample says."""
        self.name, self.at_once = name, at_once
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.certificate = self.folder / "certificate.pem"
        # Bound here and handed on, as nginx does when its program is exchanged: so nobody takes the ports meanwhile.
        self.sockets = [socket.create_server(("127.0.0.1", 0), backlog=511) for _ in range(2)]
        self.port, self.plain_port = (bound.getsockname()[1] for bound in self.sockets)
        try:
            certify(self.name, self.folder)
            self.configure(service_ports)
            self.start()
        except BaseException:
            shutil.rmtree(self.folder)
            raise

    def configure(self, service_ports):
        sample = SAMPLE.read_text()
        # Nothing else is changed, and a line that is not in the sample any more is an error.
        changes = {
            "/etc/letsencrypt/live/chapterhouse.example.org/fullchain.pem": str(self.certificate),
            "/etc/letsencrypt/live/chapterhouse.example.org/privkey.pem": f"{self.folder}/key.pem",
            "/var/log/nginx/": f"{self.folder}/",
            "/var/www/html": f"{self.folder}/html",
            "chapterhouse.example.org": self.name,
            "server 127.0.0.1:8080 fail_timeout=1s;":
                " ".join(f"server 127.0.0.1:{port} fail_timeout=1s;" for port in service_ports),
            "listen 443 ssl;": f"listen 127.0.0.1:{self.port} ssl;",
            "listen 80;": f"listen 127.0.0.1:{self.plain_port};",
            # Not every machine that tests has IPv6.
            "listen [::]:443 ssl;": f"listen unix:{self.folder}/https ssl;",
            "listen [::]:80;": f"listen unix:{self.folder}/http;",
        }
        if self.at_once:
            changes["limit_conn chapterhouse 64;"] = f"limit_conn chapterhouse {self.at_once};"
        for theirs, ours in changes.items():
            if theirs not in sample:
                raise Failure(f"{theirs} is not in {SAMPLE}")
            sample = sample.replace(theirs, ours)
        (self.folder / "chapterhouse.conf").write_text(sample)
        # As root, nginx would give its rights to somebody whom this folder is closed to.
        user = "user root;" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(AROUND.format(folder=self.folder, user=user))
        challenges = self.folder / "html/.well-known/acme-challenge"
        challenges.mkdir(parents=True)
        (challenges / "token").write_text("proof")

    def start(self):
        # Debian has it where not everybody looks for programs.
        program = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
        if not program:
            raise Failure("There is no nginx; install Debian's package of that name.")
        descriptors = [bound.fileno() for bound in self.sockets]
        self.process = subprocess.Popen(
            [program, "-p", self.folder, "-c", self.folder / "nginx.conf", "-e", self.folder / "main.log"],
            env=os.environ | {"NGINX": "".join(f"{descriptor};" for descriptor in descriptors)},
            pass_fds=descriptors, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        while not (self.folder / "pid").exists():
            if self.process.poll() is not None:
                raise Failure(self.process.stderr.read())
            time.sleep(0.01)
        for bound in self.sockets:
            bound.close()

    def logs(self):
        return {kind: (self.folder / file).read_text() for kind, file in LOGS.items() if (self.folder / file).exists()}

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        shutil.rmtree(self.folder)


async def carry(reader, writer):
    try:
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()
    except OSError:
        pass


async def door(nginx, address):
    """Every byte to nginx by https, and every byte back."""
    context = ssl.create_default_context(cafile=nginx.certificate)

    async def relay(reader, writer):
        try:
            far_reader, far_writer = await asyncio.open_connection(
                "127.0.0.1", nginx.port, ssl=context, server_hostname=nginx.name, local_addr=(address, 0)
            )
            ways = [asyncio.create_task(carry(reader, far_writer)), asyncio.create_task(carry(far_reader, writer))]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ways:
                way.cancel()
            far_writer.transport.abort()
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(relay, "127.0.0.1", 0)
    return server.sockets[0].getsockname()[1]


async def obey(nginx, line):
    match line.split(" "):
        case ["door", address]:
            return str(await door(nginx, address))
        case ["log"]:
            return json.dumps(nginx.logs())
    return "error: unknown command"


async def listen(nginx):
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()

    def hear():
        for line in sys.stdin:
            print(asyncio.run_coroutine_threadsafe(obey(nginx, line.rstrip("\n")), loop).result(), flush=True)
        loop.call_soon_threadsafe(ended.set)

    threading.Thread(target=hear, daemon=True).start()
    await ended.wait()


def main(name, port):
    nginx = Nginx(name, int(port))
    try:
        print(nginx.plain_port, flush=True)
        asyncio.run(listen(nginx))
    finally:
        nginx.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
