#!/usr/bin/env python3
"""Asks sqlmap to break into the database by every parameter of the API, and by the forms that strangers reach.

    injection.py PROGRAM [MINUTES]      half an hour, if nothing else is said

It starts the service with the demo chapter, takes the addresses and parameters from its own description, and gives
sqlmap each with a value that is right. What was not reached in time is named.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Hostile"))

from service import CHAPTER, Service

HERE = pathlib.Path(__file__).resolve().parent
BY_NAME = {
    "chapter": CHAPTER, "region": "demo", "month": "2026-10", "from": "2026-08", "to": "2026-10", "date": "2026-10-28",
    "on": "2026-10-28", "limit": "10", "id": "1", "kind": "slips", "meeting": "2026-10-28",
}


def value_of(parameter, described):
    """A value that is right, so that what sqlmap adds is what is judged."""
    if parameter["name"] in BY_NAME:
        return BY_NAME[parameter["name"]]
    schema = parameter.get("schema", {})
    while "$ref" in schema:
        schema = described["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if "example" in parameter or "example" in schema:
        return str(parameter.get("example", schema.get("example")))
    if schema.get("enum"):
        return str(schema["enum"][0])
    if schema.get("type") == "boolean":
        return "true"
    return "1"


def resolved(entry, described):
    return described["components"]["parameters"][entry["$ref"].rsplit("/", 1)[1]] if "$ref" in entry else entry


def questions(described):
    """Every GET with all its parameters; those of the path are marked, for sqlmap to try them too."""
    for path, operations in sorted(described["paths"].items()):
        if "get" not in operations or re.search(r"\.(csv|html|xlsx|pdf|json|ics|vcf)$", path) or "stream" in path:
            continue
        operation = operations["get"]
        parameters = [resolved(entry, described) for entry in operations.get("parameters", []) + operation.get("parameters", [])]
        address = path
        query = {}
        for parameter in parameters:
            value = value_of(parameter, described)
            if parameter["in"] == "path":
                # The chapter is the same door everywhere, and tried once.
                mark = "" if parameter["name"] == "chapter" and not path.endswith("/members") else "*"
                address = address.replace("{%s}" % parameter["name"], urllib.parse.quote(value) + mark)
            elif parameter["in"] == "query":
                query[parameter["name"]] = value
        if "month" in query and "from" in query:
            del query["from"], query["to"]
        if query or "*" in address:
            yield address + ("?" + urllib.parse.urlencode(query) if query else ""), None, "get"
    for form, fields in {
        "/sign-in": "email=a%40example.org&password=wrong-wrong-wrong",
        "/forgotten": "email=a%40example.org",
    }.items():
        yield form, fields, "form"
    yield f"/api/v1/chapters/{CHAPTER}/referrals", json.dumps({"receiver": "1", "need": "x", "warmth": 3}), "json"
    yield f"/api/v1/chapters/{CHAPTER}/thanks", json.dumps({"to": "1", "amount": {"amount": "12.00", "currency": "EUR"}}), "json"


def main(program, minutes="30"):
    sqlmap = shutil.which("sqlmap")
    if not sqlmap:
        print("There is no sqlmap; install Debian's package of that name.")
        return 69
    ends = time.monotonic() + 60 * float(minutes)
    found, tried, left = [], 0, []
    with Service(program) as service, tempfile.TemporaryDirectory() as folder:
        described = json.loads(service.ask("GET", "/api/v1/openapi.json")[2])
        asked = list(questions(described))
        for address, body, kind in asked:
            room = ends - time.monotonic()
            if room < 5:
                left.append(address)
                continue
            command = [
                sqlmap, "-u", f"http://127.0.0.1:{service.port}{address}", "--batch", "--disable-coloring", "--flush-session",
                "--output-dir", folder, "--dbms", "PostgreSQL", "--level", "1", "--risk", "1",
                "--technique", "BEUS", "--timeout", "15", "--retries", "0", "--threads", "2", "--skip-waf",
                "--ignore-code", "*", "--headers", f"Authorization: Bearer {service.token}",
            ]
            if body:
                command += ["--data", body]
                if kind == "json":
                    command[command.index("--headers") + 1] += "\nContent-Type: application/json"
                else:
                    command[command.index("--headers") + 1] = "Sec-Fetch-Site: same-origin"
            try:
                done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=min(room, 240))
                said = done.stdout
            except subprocess.TimeoutExpired as late:
                said = (late.stdout or b"").decode(errors="replace") if isinstance(late.stdout, bytes) else late.stdout or ""
                left.append(address)
            tried += 1
            if "is vulnerable" in said or "sqlmap identified the following injection" in said:
                found.append(f"{address}: {said[-1500:]}")
            elif "do not appear to be injectable" not in said and "does not seem to be injectable" not in said and address not in left:
                reasons = [line for line in said.splitlines() if "[CRITICAL]" in line or "[ERROR]" in line]
                left.append(f"{address}: {reasons[-1] if reasons else said[-200:]!r}")
        errors = service.errors
        alive = service.is_alive()
    for line in found + errors:
        print(line)
    print(f"{tried} of {len(asked)} addresses and forms tried, {len(found)} broken into, {len(errors)} errors of the service")
    for address in left:
        print(f"not finished: {address}")
    return 0 if tried and alive and not found and not errors else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
