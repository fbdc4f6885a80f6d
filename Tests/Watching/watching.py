#!/usr/bin/env python3
"""Holds what an operator watches to a running service: alerts, dashboard, their explanations, and the fields of its log.

    watching.py PROGRAM

It starts PROGRAM with a private PostgreSQL, has promtool test the alerts of deploy/prometheus, and looks for every metric
that alerts and dashboard name in what the service says, and for every field of its log in docs/log.md.
"""

import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading

PROJECT = pathlib.Path(__file__).resolve().parents[2]
ALERTS = PROJECT / "deploy/prometheus/alerts.yaml"
BOARD = PROJECT / "deploy/grafana/chapterhouse.json"
# What others say: Prometheus itself, node_exporter, and a line beside the backup, all in docs/alerts.md.
OF_OTHERS = {"up", "ALERTS", "node_filesystem_avail_bytes", "node_filesystem_size_bytes", "chapterhouse_backup_timestamp_seconds"}
METRIC = re.compile(r"\b((?:chapterhouse|process|node)_[a-z_]+|up)\b(?=[{\[) ]|$)")


class Service:
    """The service with its database; `lines` is its log."""

    def __init__(self, program, home):
        self.home = home
        self.admin = free_port()
        self.process = subprocess.Popen(
            [program, "up", "--home", home, "--listen", "127.0.0.1:0", "--admin-listen", f"127.0.0.1:{self.admin}"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        self.lines, self.port = [], None
        for line in self.process.stderr:
            self.lines.append(line)
            if found := re.match(r"Ready at http://[^:]+:(\d+)/", line):
                self.port = int(found[1])
                break
        if not self.port:
            raise SystemExit("The service did not start:\n" + "".join(self.lines))
        threading.Thread(target=lambda: self.lines.extend(self.process.stderr), daemon=True).start()

    def ask(self, path, port=None, method="GET", body=None, **fields):
        connection = http.client.HTTPConnection("127.0.0.1", port or self.port, timeout=30)
        try:
            connection.request(method, path, body, fields)
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def write(self, statement):
        subprocess.run(
            ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", f"{self.home}/socket", "-U", "postgres", "chapterhouse", "-c", statement],
            check=True, capture_output=True,
        )

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def promtool(*words, folder=None):
    program = shutil.which("promtool")
    if not program:
        raise SystemExit("There is no promtool; install Debian's package prometheus.")
    done = subprocess.run([program, *words], cwd=folder, capture_output=True, text=True)
    return [] if done.returncode == 0 else [f"promtool {' '.join(map(str, words))}: {done.stdout}{done.stderr}"]


def expressions_of_board():
    return [target["expr"] for panel in json.loads(BOARD.read_text())["panels"] for target in panel["targets"]]


def alerts():
    """The alerts by name, each with its lines."""
    return dict(re.findall(r"- alert: (\w+)\n((?:(?!      - alert:|  - name:).*\n?)*)", ALERTS.read_text()))


def queries_can_be_read():
    """Each query of the dashboard is a rule that promtool can read, once Grafana has filled in what it fills in."""
    rules = []
    for number, query in enumerate(expressions_of_board()):
        filled = query.replace("$__rate_interval", "5m").replace("$instance", ".*")
        rules.append({"record": f"board:{number}", "expr": filled})
    with tempfile.TemporaryDirectory() as folder:
        # JSON is YAML.
        file = pathlib.Path(folder) / "board.yaml"
        file.write_text(json.dumps({"groups": [{"name": "board", "rules": rules}]}))
        return promtool("check", "rules", file)


def metrics_are_there(said):
    named = {name for text in [*expressions_of_board(), *alerts().values()] for name in METRIC.findall(text)} - OF_OTHERS
    known = set(re.findall(r"^# TYPE (\S+)", said, re.MULTILINE))
    known |= {f"{name}_{part}" for name in known for part in ("bucket", "sum", "count")}
    sampled = {re.split(r"[{ ]", line)[0] for line in said.splitlines() if line and not line.startswith("#")}
    # Of a counter by class of failure there is no line before the first.
    missing = {name for name in named if name not in known or name not in sampled and name != "chapterhouse_database_failures_total"}
    return [f"{name} is watched, and the service does not say it" for name in sorted(missing)] + (
        [] if len(named) > 25 else [f"only {len(named)} metrics are watched"])


def metrics_are_explained(said):
    text = (PROJECT / "docs/alerts.md").read_text()
    return [f"{name} is not in docs/alerts.md" for name in re.findall(r"^# TYPE (\S+)", said, re.MULTILINE) if f"`{name}`" not in text]


def alerts_are_explained():
    headings = {line[4:].lower() for line in (PROJECT / "docs/alerts.md").read_text().splitlines() if line.startswith("### ")}
    wrong = []
    for name, text in alerts().items():
        if f"runbook: docs/alerts.md#{name.lower()}\n" not in text:
            wrong.append(f"{name} has no runbook of its own")
        if name.lower() not in headings:
            wrong.append(f"{name} has no paragraph in docs/alerts.md")
    return wrong + [f"docs/alerts.md explains {name}, which nobody raises" for name in headings - {name.lower() for name in alerts()}]


def listed_fields():
    return set(re.findall(r"^\| `(\w+)` \|", (PROJECT / "docs/log.md").read_text(), re.MULTILINE))


def fields_of_log(lines):
    """What a service has written is listed, and so is what its code can write."""
    listed, wrong, kinds = listed_fields(), [], set()
    for line in lines:
        if not line.startswith("{"):
            continue
        entry = json.loads(line)
        kinds.add(entry["message"])
        wrong += [f"{name} is no field of docs/log.md: {line.strip()}" for name in entry.keys() - listed]
    for wanted in ("request", "a link was used", "did scheduled work"):
        if not any(wanted in kind for kind in kinds):
            wrong.append(f"the log has no line of “{wanted}”, only {sorted(kinds)}")
    written = set()
    for file in (PROJECT / "Sources").rglob("*.swift"):
        text = file.read_text()
        for literal in re.findall(r"(?:metadata:|Metadata =|-> Logger\.Metadata \{)\s*\[(.*?)\n?\s*\]", text, re.DOTALL):
            written |= set(re.findall(r'"([a-z_]+)":', literal))
        written |= set(re.findall(r'metadata\["(\w+)"\]', text))
    wrong += [f"{name} can be in the log, and is not in docs/log.md" for name in sorted(written - listed)]
    unused = listed - written - {"time", "level", "message", "request_id"}
    return wrong + [f"{name} is in docs/log.md, and nothing writes it" for name in sorted(unused)]


def live(service, program):
    """Enough of a day for everything that is watched to have been."""
    service.write(
        "INSERT INTO app.person (name, folded_name, email) VALUES ('Ines Dane', 'ines dane', 'ines@example.org');"
        "INSERT INTO app.job (kind, occasion, due_at, next_try_at, done_at) VALUES ('sealing', 'x', now(), now(), now());"
        "INSERT INTO app.job (kind, occasion, due_at, next_try_at) VALUES ('cleaning', 'x', now(), now()); NOTIFY job"
    )
    link = subprocess.run(
        [program, "person", "sign-in-link", "ines@example.org", "--home", service.home], check=True, capture_output=True, text=True,
    ).stdout
    service.ask(re.search(r"/sign-in/link/\S+", link)[0], method="POST", body="", **{
        "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"})
    service.ask("/sign-in")
    service.ask("/nowhere")


def main(program):
    program = os.path.abspath(program)
    wrong = promtool("check", "rules", ALERTS) + promtool("test", "rules", "alerts.test.yaml", folder=ALERTS.parent)
    wrong += queries_can_be_read() + alerts_are_explained()
    # The server's own user has to pass the folder.
    folder = tempfile.mkdtemp()
    os.chmod(folder, 0o711)
    try:
        service = Service(program, f"{folder}/chapterhouse")
        try:
            live(service, program)
            said = service.ask("/metrics", service.admin)
        finally:
            service.end()
        wrong += metrics_are_there(said) + metrics_are_explained(said) + fields_of_log(service.lines)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for one in wrong:
        print(one)
    print(f"{len(alerts())} alerts, {len(expressions_of_board())} queries, {len(listed_fields())} fields of the log, {len(wrong)} wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
