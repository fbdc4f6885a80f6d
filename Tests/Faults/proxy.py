#!/usr/bin/env python3
"""A line between a client and a PostgreSQL server that goes wrong on command.

    proxy.py /run/postgresql/.s.PGSQL.5432
    proxy.py 127.0.0.1:5432

It listens on a free port of 127.0.0.1, prints that port as its first line, and passes bytes on. Commands are lines on
standard input; each is answered by one line: `ok`, the figures asked for, or `error: …`. It ends when its input does.

DIRECTION is `up` (client to server), `down` (server to client) or `both`. WHICH is `now` (the connections that are
open, counting from this moment) or `next` (the next one to be opened that has no such order yet, counting from its
first byte).

What lasts until `heal`, on every connection:

    latency DIRECTION MS           each piece comes so much later
    slice DIRECTION N PAUSE_MS     at most N bytes at a time, with a pause between
    blackhole DIRECTION            bytes are swallowed; the connection stays open
    stall DIRECTION                bytes wait, and pass when the line is healed
    refuse                         nobody can connect

What happens once:

    cut WHICH DIRECTION N HOW      both sides are closed as soon as N bytes have passed; HOW is `rst` or `fin`
    flip WHICH DIRECTION N MASK    the byte after the next N is XORed with MASK
    reset                          every connection is closed by RST
    heal                           the line is good again; connections that lost bytes are closed

    count                          opened N open N up BYTES down BYTES turns N; a turn is a piece from the client after
                                   one from the server: one for every round trip of a client that is alone
"""

import asyncio
import os
import socket
import struct
import sys

PIECE = 64 << 10


class Direction:
    """One way through one connection."""

    def __init__(self, line, name):
        self.line = line
        self.name = name
        self.passed = 0
        self.cut_at = None
        self.how = "rst"
        self.flips = {}
        self.lost_bytes = False

    def order(self, verb, distance, detail):
        if verb == "cut":
            self.cut_at, self.how = self.passed + distance, detail
        else:
            self.flips[self.passed + distance] = detail

    def is_due(self):
        return self.cut_at is not None and self.passed >= self.cut_at

    async def carry(self, reader, writer, cut):
        """Passes on what is read, with all that is wrong with the line."""
        while data := await reader.read(PIECE):
            while data:
                weather = self.line.weather[self.name]
                if weather.delay:
                    await asyncio.sleep(weather.delay)
                await weather.calm.wait()
                piece = data[: weather.slice or PIECE]
                if self.cut_at is not None:
                    piece = piece[: self.cut_at - self.passed]
                data = data[len(piece) :]
                piece = self.flipped(piece)
                self.passed += len(piece)
                self.line.note(self.name, len(piece))
                if weather.is_black:
                    self.lost_bytes = True
                else:
                    writer.write(piece)
                    await writer.drain()
                if self.is_due():
                    return cut(self.how)
                if weather.slice and data:
                    await asyncio.sleep(weather.pause)

    def flipped(self, piece):
        due = [at for at in self.flips if self.passed <= at < self.passed + len(piece)]
        if not due:
            return piece
        piece = bytearray(piece)
        for at in due:
            piece[at - self.passed] ^= self.flips.pop(at)
        return bytes(piece)


class Connection:
    """A client, the server, and a direction each way."""

    def __init__(self, line, client, server):
        self.writers = {"up": server, "down": client}
        self.directions = {name: Direction(line, name) for name in self.writers}
        self.is_over = False

    def close(self, how):
        self.is_over = True
        for writer in self.writers.values():
            if how == "fin":
                writer.close()
                continue
            end = writer.get_extra_info("socket")
            if end.family == socket.AF_INET and end.fileno() >= 0:
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()

    async def serve(self, readers):
        async def carry(name):
            writer = self.writers[name]
            try:
                await self.directions[name].carry(readers[name], writer, self.close)
            except OSError:
                pass
            if not self.is_over:
                writer.close()

        await asyncio.gather(*(carry(name) for name in self.writers))


class Weather:
    """What is wrong with every connection in one direction."""

    def __init__(self):
        self.calm = asyncio.Event()
        self.clear()

    def clear(self):
        self.delay = self.slice = self.pause = 0
        self.is_black = False
        self.calm.set()


class Line:
    """The port, the connections through it, and the orders given."""

    def __init__(self, server):
        self.server = server
        self.weather = {"up": Weather(), "down": Weather()}
        self.passed = {"up": 0, "down": 0}
        self.connections = set()
        self.opened = 0
        self.turns = 0
        self.last = "down"
        self.plans = []
        self.port = 0
        self.listener = None

    async def listen(self):
        if self.listener is None:
            self.listener = await asyncio.start_server(self.accept, "127.0.0.1", self.port, limit=PIECE)
            self.port = self.listener.sockets[0].getsockname()[1]

    def note(self, name, count):
        self.passed[name] += count
        if name == "up" and self.last == "down":
            self.turns += 1
        self.last = name

    async def refuse(self):
        if self.listener is not None:
            self.listener.close()
            self.listener = None

    async def accept(self, reader, writer):
        plan = self.plans.pop(0) if self.plans else []
        self.opened += 1
        try:
            if self.server.startswith("/"):
                far_reader, far_writer = await asyncio.open_unix_connection(self.server, limit=PIECE)
            else:
                host, _, port = self.server.rpartition(":")
                far_reader, far_writer = await asyncio.open_connection(host, int(port), limit=PIECE)
        except OSError:
            return writer.transport.abort()
        connection = Connection(self, writer, far_writer)
        for verb, name, distance, detail in plan:
            connection.directions[name].order(verb, distance, detail)
        self.connections.add(connection)
        self.cut_what_is_due()
        await connection.serve({"up": reader, "down": far_reader})
        self.connections.discard(connection)

    def cut_what_is_due(self):
        for connection in list(self.connections):
            for direction in connection.directions.values():
                if direction.is_due() and not connection.is_over:
                    connection.close(direction.how)

    def order(self, verb, which, name, distance, detail):
        if which == "now":
            for connection in self.connections:
                connection.directions[name].order(verb, distance, detail)
            return self.cut_what_is_due()
        for plan in self.plans:
            if not any(order[:2] == (verb, name) for order in plan):
                return plan.append((verb, name, distance, detail))
        self.plans.append([(verb, name, distance, detail)])

    async def obey(self, words):
        verb, *rest = words
        match verb, rest:
            case "cut", [("now" | "next") as which, name, distance, ("rst" | "fin") as how]:
                self.order(verb, which, one(name), int(distance), how)
            case "flip", [("now" | "next") as which, name, distance, mask]:
                self.order(verb, which, one(name), int(distance), int(mask, 0) & 0xFF)
            case "latency", [names, delay]:
                for name in each(names):
                    self.weather[name].delay = float(delay) / 1000
            case "slice", [names, size, pause]:
                for name in each(names):
                    self.weather[name].slice = int(size)
                    self.weather[name].pause = float(pause) / 1000
            case "blackhole", [names]:
                for name in each(names):
                    self.weather[name].is_black = True
            case "stall", [names]:
                for name in each(names):
                    self.weather[name].calm.clear()
            case "refuse", []:
                await self.refuse()
            case "reset", []:
                for connection in list(self.connections):
                    connection.close("rst")
            case "heal", []:
                await self.heal()
            case "count", []:
                bytes_passed = f"up {self.passed['up']} down {self.passed['down']}"
                still_open = sum(not connection.is_over for connection in self.connections)
                return f"opened {self.opened} open {still_open} {bytes_passed} turns {self.turns}"
            case _:
                raise ValueError(f"cannot {' '.join(words)}")
        return "ok"

    async def heal(self):
        self.plans.clear()
        for weather in self.weather.values():
            weather.clear()
        for connection in list(self.connections):
            for direction in connection.directions.values():
                direction.cut_at = None
                direction.flips.clear()
            if any(direction.lost_bytes for direction in connection.directions.values()):
                connection.close("rst")
        await self.listen()


def one(name):
    if name not in ("up", "down"):
        raise ValueError(f"{name} is no direction")
    return name


def each(names):
    return ("up", "down") if names == "both" else (one(names),)


async def main(server):
    line = Line(server)
    await line.listen()
    print(line.port, flush=True)
    commands = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(commands), sys.stdin
    )
    while command := await commands.readline():
        try:
            answer = await line.obey(command.decode().split() or ["nothing"])
        except ValueError as error:
            answer = f"error: {error}"
        print(answer, flush=True)
    # What is open ends with the process.
    os._exit(0)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    asyncio.run(main(sys.argv[1]))
