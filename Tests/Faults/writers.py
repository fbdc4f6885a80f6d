"""People who write and read while everything goes wrong, and the ledger of what they were told."""

import collections
import http.client
import itertools
import json
import random
import threading
import time
import uuid

# A client that hears nothing for so long gives up, and asks again.
PATIENCE = 30
# In seconds: five to wait for a connection, ten for an answer of the database, and three of a busy machine.
LONGEST = 18
# Words of an answer to which the client may come back.
AGAIN = (503, 504)
MEETINGS = [f"2025-01-{day:02}" for day in (8, 15, 22, 29)]
ROWS_OF_A_FILE = 12


class Entry:
    """One thing that was to be done: done for certain, or perhaps."""

    def __init__(self, kind, chapter, mark, key=None, person=None):
        self.kind, self.chapter, self.mark, self.key, self.person = kind, chapter, mark, key, person
        self.is_acknowledged = False
        self.id = None
        self.of = None


class Ledger:
    """What was acknowledged, what was said, and what must never have been."""

    def __init__(self):
        self.lock = threading.Lock()
        self.entries = []
        self.answers = collections.Counter()
        self.violations = []
        # When each service last acknowledged a write, by the clock that only goes ahead.
        self.acknowledged = collections.defaultdict(float)
        self.slowest = 0.0
        self.reads = 0
        self.cells = {}

    def add(self, entry):
        with self.lock:
            self.entries.append(entry)
        return entry

    def acknowledge(self, entry, node, id=None):
        with self.lock:
            entry.is_acknowledged, entry.id = True, id
            self.acknowledged[node.name] = time.monotonic()

    def blame(self, what):
        with self.lock:
            self.violations.append(what)

    def hear(self, what, seconds):
        with self.lock:
            self.answers[what] += 1
            self.slowest = max(self.slowest, seconds)

    def count(self):
        with self.lock:
            return sum(entry.is_acknowledged for entry in self.entries), len(self.entries)

    def send_mark(self, cell, value):
        """A mark on a sheet is on its way: until there is an answer it may come to be at any time."""
        with self.lock:
            self.cells.setdefault(cell, [None, []])[1].append(value)

    def acknowledge_mark(self, cell, value, node):
        with self.lock:
            self.cells[cell][0] = value
            self.cells[cell][1].remove(value)
            self.acknowledged[node.name] = time.monotonic()


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.body[:400]!r}"


class Client(threading.Thread):
    """Somebody with connections of their own to every service."""

    numbers = itertools.count(1)

    def __init__(self, stage, ledger, chapter, seed):
        super().__init__(daemon=True)
        self.stage, self.ledger, self.chapter = stage, ledger, chapter
        self.members = stage.members[chapter]
        self.others = [other for other in stage.members if other != chapter]
        self.random = random.Random(seed)
        self.connections = {}
        self.is_over = threading.Event()

    def run(self):
        try:
            while not self.is_over.is_set():
                self.work()
                self.is_over.wait(self.random.uniform(0, 0.05))
        except Exception as error:
            self.ledger.blame(f"{type(self).__name__} in {self.chapter} came to an end: {error!r}")
            raise

    def ask(self, node, method, path, member, body=None, headers={}, chapter=None):
        """The answer, or nothing where none came."""
        if self.random.random() < 0.1:
            self.hang_up(node)
        if node.name not in self.connections:
            self.connections[node.name] = node.connect(PATIENCE)
        connection = self.connections[node.name]
        sent = {"Authorization": f"Bearer {member.token}"} | headers
        if body is not None:
            body = json.dumps(body)
            sent["Content-Type"] = "application/json"
        began = time.monotonic()
        try:
            connection.request(method, f"/api/v1/chapters/{chapter or self.chapter}/{path}", body, sent)
            got = connection.getresponse()
            answer = Answer(got.status, got.headers, got.read())
        except (OSError, http.client.HTTPException) as error:
            self.hang_up(node)
            self.ledger.hear(type(error).__name__, time.monotonic() - began)
            return None
        seconds = time.monotonic() - began
        self.ledger.hear(answer.status, seconds)
        if seconds > LONGEST and not path.startswith("reports"):
            self.ledger.blame(f"{method} {path} was answered after {seconds:.1f} s: {answer}")
        self.hold(method, path, answer)
        return answer

    def hold(self, method, path, answer):
        """What no answer may ever be."""
        said = answer.body.lower()
        for other in self.others:
            if other.encode() in said:
                self.ledger.blame(f"{method} {path} told {self.chapter} of {other}: {answer}")
        if answer.status >= 500 and answer.status not in AGAIN:
            self.ledger.blame(f"{method} {path}: {answer}")
        if answer.status in AGAIN and not answer.headers.get("Retry-After", "").isdigit():
            self.ledger.blame(f"{method} {path} does not say when to try again: {answer}")

    def hang_up(self, node):
        if node.name in self.connections:
            self.connections.pop(node.name).close()

    def node(self):
        return self.random.choice(self.stage.nodes)


class Writer(Client):
    """All members of a chapter in turn, who record slips under keys and ask again until it is certain."""

    def __init__(self, stage, ledger, chapter, seed):
        super().__init__(stage, ledger, chapter, seed)
        self.referrals = []

    def work(self):
        self.random.choice(self.choices())()

    def choices(self):
        return [self.pass_referral, self.pass_referral, self.move, self.thank, self.record_many, self.correct]

    def mark_of(self, kind):
        return f"{self.chapter} {kind} {next(self.numbers)}"

    def two(self):
        return self.random.sample(self.members, 2)

    def insist(self, entry, member, path, body):
        """Asks under one key until it is done, or, one time in eight, until it is not certain."""
        headers = {"Idempotency-Key": entry.key}
        gives_up = self.random.random() < 0.125
        while True:
            node = self.node()
            answer = self.ask(node, "POST", path, member, body, headers)
            if answer is not None and answer.status in (201, 204):
                self.ledger.acknowledge(entry, node, answer.json.get("id") if answer.body else None)
                return answer
            if answer is not None and answer.status not in (*AGAIN, 409):
                self.ledger.blame(f"{entry.mark} was refused: {answer}")
                return None
            if answer is not None and answer.status == 409 and not answer.json["type"].endswith("still-running"):
                self.ledger.blame(f"{entry.mark} was refused: {answer}")
                return None
            if gives_up or self.is_over.wait(self.random.uniform(0.02, 0.2)):
                return None

    def entry(self, kind, member):
        return self.ledger.add(Entry(kind, self.chapter, self.mark_of(kind), self.key(), member.number))

    def key(self):
        return str(uuid.uuid4())

    def pass_referral(self):
        giver, receiver = self.two()
        entry = self.entry("referral", giver)
        body = {"receiver": receiver.number, "need": entry.mark, "warmth": 3}
        if self.insist(entry, giver, "referrals", body):
            self.referrals.append((entry, giver, receiver))
            self.read_back(entry, giver)

    def read_back(self, entry, member):
        """Who was told that it is done finds it at once, at every service."""
        for node in self.stage.nodes:
            answer = self.ask(node, "GET", f"referrals/{entry.id}", member)
            if answer is not None and answer.status not in AGAIN:
                if answer.status != 200 or entry.mark.encode() not in answer.body:
                    self.ledger.blame(f"{entry.mark} is done, and not to be read at {node.name}: {answer}")

    def taken(self):
        """A referral of one's own with which nothing else was done."""
        if not self.referrals:
            return None
        return self.referrals.pop(self.random.randrange(len(self.referrals)))

    def move(self):
        if referral := self.taken():
            entry = self.entry("step", referral[2])
            entry.of = referral[0].id
            self.insist(entry, referral[2], f"referrals/{entry.of}/steps", {"step": "contacted"})

    def thank(self):
        if referral := self.taken():
            entry = self.entry("thanks", referral[2])
            entry.of = referral[0].id
            # The amount is what it is known by again.
            entry.mark = f"{entry.mark.split()[-1]}.07"
            self.insist(entry, referral[2], "thanks", {
                "thanked": referral[1].number, "amount": {"amount": entry.mark, "currency": "EUR"}, "referral": entry.of,
            })

    def record_many(self):
        giver, receiver = self.two()
        entry = self.entry("many", giver)
        self.insist(entry, giver, "slips", {"slips": [
            {"slip": "referral", "receiver": receiver.number, "need": f"{entry.mark}/{number}"} for number in range(3)
        ]})

    def correct(self):
        if referral := self.taken():
            president = self.members[0]
            entry = self.entry("correction", president)
            entry.of = referral[0].id
            referral[0].kind = "corrected"
            answer = self.insist(entry, president, "corrections", {
                "slip": "referral", "corrects": entry.of, "reason": "The need is another",
                "replacement": {
                    "slip": "referral", "giver": referral[1].number, "receiver": referral[2].number, "need": entry.mark,
                },
            })
            if answer:
                entry.id = answer.json["replacement"]

    def mark(self):
        meeting, member = self.random.choice(MEETINGS), self.random.choice(self.members)
        value, node = self.random.choice("PALM"), self.node()
        cell = (self.chapter, meeting, member.number)
        self.ledger.send_mark(cell, value)
        answer = self.ask(node, "PATCH", f"meetings/{meeting}/attendance", self.members[0],
                          {"marks": [{"member": member.number, "mark": value}]})
        if answer is not None and answer.status == 204:
            self.ledger.acknowledge_mark(cell, value, node)
        elif answer is not None and answer.status not in AGAIN:
            self.ledger.blame(f"the mark {value} was refused: {answer}")


class Reader(Client):
    """A president who reads, and knocks at the door of the other chapter."""

    def work(self):
        president = self.members[0]
        path = self.random.choice(["referrals", "thanks", "members", "reports/giving?month=2026-10", "reports/roi?month=2026-10",
                                   "corrections", f"meetings/{MEETINGS[0]}/attendance"])
        answer = self.ask(self.node(), "GET", path, president)
        if answer is not None and answer.status not in (200, *AGAIN):
            self.ledger.blame(f"GET {path}: {answer}")
        other = self.random.choice(self.others)
        node = self.node()
        answer = self.ask(node, "GET", "referrals", president, chapter=other)
        if answer is not None and answer.status not in (404, *AGAIN):
            self.ledger.blame(f"{other} was open to {self.chapter}: {answer}")
        self.ledger.reads += 2


class Shell(Writer):
    """An operator at the shell, who passes referrals and imports files through the same lines."""

    def work(self):
        self.random.choice([self.pass_at_the_shell, self.import_file])()
        self.is_over.wait(self.random.uniform(0.1, 0.5))

    def key(self):
        """The shell has none: what it did not acknowledge may be done or not."""

    def pass_at_the_shell(self):
        giver, receiver = self.two()
        entry = self.entry("shell", giver)
        node = self.node()
        done = self.tell(node, "referral", "pass", self.chapter, "--from", giver.email, "--to", receiver.email, "--need", entry.mark)
        if done == 0:
            self.ledger.acknowledge(entry, node)

    def import_file(self):
        giver, receiver = self.two()
        entry = self.entry("import", giver)
        number = entry.mark.split()[-1]
        names = [self.name(member) for member in (giver, receiver)]
        heading = "From,To,Slip Type,Inside/Outside,TYFCB Amount,CEU Credits,Detail\r\n"
        # The same amount in each row tells the rows of this file from all others.
        rows = f",{names[1]},TYFCB,,{number}.11,,\r\n" * ROWS_OF_A_FILE
        path = self.stage.cluster.folder.parent / f"{self.stage.cluster.folder.name}-{number}.csv"
        path.write_text(heading + rows)
        entry.mark = f"{number}.11"
        try:
            while not self.is_over.is_set():
                node = self.node()
                # A file is known by its content: who does not know whether it went in sends it again.
                if self.tell(node, "import", "slips", self.chapter, str(path), "--meeting", MEETINGS[0]) == 0:
                    return self.ledger.acknowledge(entry, node)
                self.is_over.wait(0.2)
        finally:
            path.unlink()

    def name(self, member):
        return " ".join(word.title() for word in member.email.split("@")[0].split("."))

    def tell(self, node, *words):
        done = node.tell(*words)
        self.ledger.hear(f"exit {done.returncode}", 0)
        for other in self.others:
            if other in done.stdout.lower() + done.stderr.lower():
                self.ledger.blame(f"{' '.join(words)} told {self.chapter} of {other}: {done.stdout}{done.stderr}")
        # 69 there is no database, 75 it cannot serve now: whatever else goes wrong here is ours.
        if done.returncode not in (0, 69, 75):
            self.ledger.blame(f"{' '.join(words)} ended with {done.returncode}: {done.stderr}")
        return done.returncode
