#!/usr/bin/env python3
"""An SMTP server for tests, told by lines on standard input what to do; every line is answered by one.

    server.py CERTIFICATE KEY USER PASSWORD     each "-" where there is none

The first line it prints is its port of 127.0.0.1. It ends when its input does.

    answer STAGE TIMES REPLY   at greeting, sender, recipient or data, so often, say REPLY instead
    hang                       take mail and never answer
    drop                       take mail and close the line instead of answering
    heal                       be a good server again
    connections                how many there were
    mails                      what came, as JSON
"""

import asyncio
import email
import email.policy
import json
import ssl
import sys
import threading

import icalendar
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class Outbox:
    def __init__(self):
        self.mails = []
        self.answers = {}
        self.silence = None
        self.connections = 0

    def answer(self, stage):
        if stage not in self.answers:
            return None
        times, reply = self.answers[stage]
        if times <= 1:
            del self.answers[stage]
        else:
            self.answers[stage] = (times - 1, reply)
        return reply

    async def handle_MAIL(self, server, session, envelope, address, options):
        reply = self.answer("sender")
        if reply is None:
            envelope.mail_from = address
            reply = "250 2.1.0 sender is fine"
        return reply

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = self.answer("recipient")
        if reply is None:
            envelope.rcpt_tos.append(address)
            reply = "250 2.1.5 recipient is fine"
        return reply

    async def handle_DATA(self, server, session, envelope):
        reply = self.answer("data")
        if reply is not None:
            return reply
        self.mails.append((envelope.mail_from, list(envelope.rcpt_tos), bytes(envelope.original_content)))
        if self.silence == "hang":
            await asyncio.sleep(3600)
        if self.silence == "drop":
            server.transport.abort()
        return "250 2.0.0 it is mine now"


class Server(SMTP):
    def connection_made(self, transport):
        outbox = self.event_handler
        if not isinstance(transport, asyncio.sslproto._SSLProtocolTransport):
            outbox.connections += 1
            reply = outbox.answer("greeting")
            if reply is not None:
                transport.write(f"{reply}\r\n".encode())
                transport.close()
                return
        super().connection_made(transport)

    def connection_lost(self, error):
        if self.transport is not None:
            super().connection_lost(error)


def parsed(mail):
    sender, recipients, content = mail
    message = email.message_from_bytes(content, policy=email.policy.default)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    return {
        "sender": sender,
        "recipient": " ".join(recipients),
        "headers": {name: "|".join(map(str, message.get_all(name))) for name in message},
        "body": plain.get_content().replace("\r\n", "\n"),
        "html": html.get_content().replace("\r\n", "\n") if html else None,
        "entry": entry(message),
        "longest_line": max(len(line) for line in content.split(b"\r\n")),
    }


def entry(message):
    """What a mail puts into its reader's calendar, or takes out of it; where it is whom it says, and once."""
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            calendar = icalendar.Calendar.from_ical(part.get_content())
            (event,) = calendar.walk("VEVENT")
            read = {name: value.to_ical().decode() for name, value in event.items()}
            read["METHOD"] = str(calendar["METHOD"])
            read["ORGANIZER-CN"] = str(event["ORGANIZER"].params["CN"])
            read["PARTSTAT"] = str(event["ATTENDEE"].params["PARTSTAT"])
            assert part.get_param("method") == read["METHOD"]
            return read
    return None


def obey(outbox, line):
    words = line.split(" ", 3)
    match words[0]:
        case "answer":
            outbox.answers[words[1]] = (int(words[2]), words[3])
        case "hang" | "drop":
            outbox.silence = words[0]
        case "heal":
            outbox.silence = None
            outbox.answers = {}
        case "connections":
            return str(outbox.connections)
        case "mails":
            return json.dumps([parsed(mail) for mail in outbox.mails])
        case _:
            return "error: unknown command"
    return "ok"


async def main():
    certificate, key, user, password = (None if word == "-" else word for word in sys.argv[1:5])
    outbox = Outbox()
    context = None
    if certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate, key)

    def is_known(server, session, envelope, mechanism, given):
        is_good = isinstance(given, LoginPassword) and (given.login, given.password) == (user.encode(), password.encode())
        return AuthResult(success=is_good)

    def connected():
        return Server(
            outbox,
            hostname="mail.example.org",
            enable_SMTPUTF8=False,
            tls_context=context,
            authenticator=is_known if user else None,
            auth_required=user is not None,
            auth_require_tls=context is not None,
        )

    loop = asyncio.get_running_loop()
    listener = await loop.create_server(connected, "127.0.0.1", 0)
    print(listener.sockets[0].getsockname()[1], flush=True)
    ended = asyncio.Event()

    def listen():
        for line in sys.stdin:
            future = asyncio.run_coroutine_threadsafe(command(line.rstrip("\n")), loop)
            print(future.result(), flush=True)
        loop.call_soon_threadsafe(ended.set)

    async def command(line):
        try:
            return obey(outbox, line)
        except (IndexError, ValueError) as failure:
            return f"error: {failure}"

    threading.Thread(target=listen, daemon=True).start()
    await ended.wait()
    listener.close()


if __name__ == "__main__":
    import warnings

    warnings.simplefilter("ignore")
    asyncio.run(main())
    # Connections that hang would keep asyncio waiting.
    sys.stdout.flush()
