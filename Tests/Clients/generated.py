"""A client that openapi-python-client makes of our document; it passes a referral and reads the report.

generated.py ADDRESS TOKEN CHAPTER
"""

import datetime
import importlib
import pathlib
import subprocess
import sys
import tempfile

address, token, chapter = sys.argv[1:]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def generate(folder):
    # Formatting what is thrown away right after is not worth another program.
    settings = folder / "settings.yaml"
    # What it does not know by its type is a file to it.
    files = ["text/csv", "text/html", "application/pdf", XLSX, "application/vnd.ms-excel", "application/xml", "text/xml"]
    overrides = "".join(f"  {type}: application/octet-stream\n" for type in files)
    settings.write_text(f"post_hooks: []\ncontent_type_overrides:\n{overrides}")
    generator = [
        sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none", "--fail-on-warning",
        "--config", str(settings),
        "--url", f"{address}/api/v1/openapi.json", "--output-path", str(folder / "chapterhouse_client"),
    ]
    made = subprocess.run(generator, capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, str(folder))


def named(module, name):
    return getattr(importlib.import_module(f"chapterhouse_client.{module}"), name)


def use():
    client = named("client", "AuthenticatedClient")(base_url=address, token=token)
    pass_referral = importlib.import_module("chapterhouse_client.api.referrals.pass_referral")
    read_referral = importlib.import_module("chapterhouse_client.api.referrals.read_referral")
    read_roi = importlib.import_module("chapterhouse_client.api.reports.read_roi_as_json")
    list_members = importlib.import_module("chapterhouse_client.api.members.list_members")

    members = list_members.sync(chapter, client=client)
    assert members and isinstance(members[0].joined, datetime.date), members

    draft = named("models", "ReferralDraft")(receiver="Karl Kurz @ Cedar", need="a new roof", warmth=4)
    made = pass_referral.sync(chapter, client=client, body=draft)
    referral = read_referral.sync(chapter, made.id, client=client)
    assert referral.need == "a new roof" and referral.warmth == 4, referral
    assert referral.receiver == "Karl Kurz @ Cedar" and referral.status.value == "passed", referral

    report = read_roi.sync(chapter, client=client)
    assert report.currency == "EUR" and report.totals.members >= len(report.members) > 0, report

    draft.need = ""
    problem = pass_referral.sync(chapter, client=client, body=draft)
    assert problem.status == 422 and problem.errors[0].pointer == "/need", problem


with tempfile.TemporaryDirectory() as folder:
    generate(pathlib.Path(folder))
    use()
