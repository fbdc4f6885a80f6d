"""Everybody who writes and reads at once, and what came of it when they are through."""

import time

from truth import Truth
from writers import Ledger, Reader, Shell, Writer

# From the moment that the database could serve; docs/reliability.md, R4.
RECOVERY = 5.0


class Crowd:
    def __init__(self, stage, seed, has_shell=True):
        self.stage, self.ledger = stage, Ledger()
        self.recoveries = {}
        self.clients = [
            kind(stage, self.ledger, chapter, seed + 100 * place + number)
            for place, chapter in enumerate(stage.members)
            for number, kind in enumerate([SheetKeeper, Writer, Reader, *([Shell] if has_shell else [])])
        ]

    def open(self):
        for client in self.clients:
            client.start()
        self.recover(time.monotonic(), "the beginning")
        self.memory = self.measure()

    def measure(self):
        return {node.name: node.memory() for node in self.stage.nodes}

    def recover(self, since, name, asks_probe=True):
        """Waits until every service has acknowledged a write that was asked for by itself; how long that took, in seconds."""
        waiting = {node.name for node in self.stage.nodes}
        while waiting and time.monotonic() < since + 60:
            time.sleep(0.01)
            waiting = {node.name for node in self.stage.nodes if self.ledger.acknowledged[node.name] <= since}
            # It tells the operator's machines so, too.
            if asks_probe:
                waiting |= {node.name for node in self.stage.nodes if not waiting and node.probe("readyz") != 200}
        seconds = time.monotonic() - since
        if waiting or seconds > RECOVERY:
            self.ledger.blame(f"{name}: {', '.join(sorted(waiting)) or 'the last service'} served again after {seconds:.1f} s")
        self.recoveries.setdefault(name, []).append(seconds)

    def look_after_services(self, name):
        for node in self.stage.nodes:
            if not node.is_alive():
                self.ledger.blame(f"{name}: {node.name} is dead")
                node.start()
                node.wait_until_ready()
            while node.errors:
                self.ledger.blame(f"{name}: {node.name} said {node.errors.pop()}")

    def close(self):
        """Lets everybody finish."""
        for client in self.clients:
            client.is_over.set()
        for client in self.clients:
            client.join(timeout=120)
            if client.is_alive():
                self.ledger.blame(f"{type(client).__name__} in {client.chapter} never came to an end")
        self.grown = self.measure()

    def expect_no_failure(self):
        """Blames whatever a client saw but answers that did what was asked, and closed doors of other chapters."""
        for answer, count in self.ledger.answers.items():
            if answer not in (200, 201, 204, 404, "exit 0"):
                self.ledger.blame(f"{count} requests ended with {answer}")

    def judge(self, cluster):
        """Everything that was promised and not kept."""
        return self.ledger.violations + Truth(cluster, self.stage.nodes[0].program).hold(self.ledger)

    def report(self):
        done, asked = self.ledger.count()
        answers = sorted(self.ledger.answers.items(), key=lambda one: str(one[0]))
        print(f"{done} of {asked} writes acknowledged, {self.ledger.reads} reads. The slowest answer took {self.ledger.slowest:.1f} s.")
        print("Answers: " + ", ".join(f"{what} {count}" for what, count in answers) + ".")
        for name, (memory, files) in self.memory.items():
            print(f"{name}: {memory} MB and {files} files at first, {self.grown[name][0]} MB and {self.grown[name][1]} files in the end.")
        print("Seconds until every service acknowledged writes again, the longest of each:")
        for name, seconds in sorted(self.recoveries.items()):
            print(f"    {name}: {max(seconds):.2f} ({len(seconds)} times)")


class SheetKeeper(Writer):
    """Who writes slips, and keeps the chapter's sheets besides."""

    def choices(self):
        return super().choices() + [self.mark, self.mark]
