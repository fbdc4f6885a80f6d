"""What Schemathesis cannot know by itself: what the chapter holds, and what a 422 of ours means."""

import datetime
import json
import os

import requests
import schemathesis
from schemathesis.generation import GenerationMode

ADDRESS = os.environ["CHAPTERHOUSE_ADDRESS"]
CHAPTER = os.environ["CHAPTERHOUSE_CHAPTER"]
TOKEN = os.environ.get("CHAPTERHOUSE_TOKEN")
# Of everybody who asks now, this one included.
SPARED = os.environ.get("CHAPTERHOUSE_SPARED", "").split()


@schemathesis.hook
def before_load_schema(context, schema):
    """Narrows the document to what is there, or nearly every question would be about nothing.

    What is not there is asked for all the same: by the negative cases, which leave what the schema allows.
    """
    found = things_of_the_chapter()
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "path":
                    narrow(parameter, path, found)
            for content in operation.get("requestBody", {}).get("content", {}).values():
                fill(content.get("schema", {}), found)
    for name, part in schema["components"]["schemas"].items():
        if name.endswith("Draft"):
            fill(part, found)
    if found["members"] and found["may_see_reports"]:
        schema["components"]["schemas"]["Party"] = {"enum": found["members"] + ["chapter", "Karl Kurz @ Cedar"]}
        schema["components"]["schemas"]["Money"]["properties"]["currency"] = {"type": "string", "enum": ["EUR"]}


def fill(schema, found):
    """Lets leaders say things that can be so; what members say is left to chance."""
    for name, value in schema.get("properties", {}).items():
        if name == "member" and value.get("type") == "integer" and found["members"]:
            schema["properties"][name] = {"type": "integer", "enum": found["members"]}
        elif name == "date" and found["may_see_reports"]:
            schema["properties"][name] = {"type": ["string", "null"], "enum": [*found["meetings"], None]}
        elif value.get("type") == "array":
            fill(value["items"], found)


def narrow(parameter, path, found):
    """Ids are left alone where more are made on the way: those would be there, and outside of what was narrowed."""
    if path.startswith("/api/v1/me/"):
        values = found.get(path.split("/")[4])
    elif parameter["name"] == "chapter":
        values = [CHAPTER]
    elif parameter["name"] == "date" and "/meetings/" in path:
        values = found["meetings"]
    else:
        values = None
    if values:
        parameter["schema"] = {"type": parameter["schema"]["type"], "enum": values}


def things_of_the_chapter():
    """The ids of what the one who asks may see; none for nobody."""
    base = f"{ADDRESS}/api/v1/chapters/{CHAPTER}"
    headers = {"Authorization": f"Bearer {TOKEN}"} if TOKEN else {}

    def ask(resource):
        return requests.get(f"{base}/{resource}", headers=headers, timeout=30)

    def column(resource, name):
        answer = ask(resource)
        return [thing[name] for thing in answer.json()][:20] if answer.ok else []

    return {
        "members": column("members", "id"),
        "meetings": [day for day in column("meetings", "date") if day <= str(datetime.date.today())],
        "may_see_reports": ask("reports/attendance").ok,
        # The token that asks is the newest; it would end itself.
        "tokens": column("../../me/tokens", "id")[:-1],
    }


@schemathesis.check
def refuses_only_what_a_schema_cannot_know(ctx, response, case):
    """What fits the document is refused for the rules and the state of the chapter alone."""
    generation = case.meta.generation if case.meta else None
    if response.status_code != 422 or generation is None or generation.mode != GenerationMode.POSITIVE:
        return
    kind = json.loads(response.content)["type"].rsplit("/", 1)[-1]
    if kind in ("field", "bad-data", "parameter"):
        raise AssertionError(f"The document allows what the service calls wrong: {response.text}")


@schemathesis.hook
def filter_case(context, case):
    """Leaves out what would take the rights of somebody who asks: everything after it would be 401 or 404."""
    if case.method not in ("DELETE", "POST") or "id" not in (case.path_parameters or {}):
        return True
    resource = case.operation.path.split("/")[4 if case.operation.path.startswith("/api/v1/me/") else 5]
    return str(case.path_parameters["id"]) not in OWN.get(resource, [])


def own_things():
    own = {"tokens": [], "members": [], "offices": []}
    for token in SPARED:
        me = requests.get(f"{ADDRESS}/api/v1/me", headers={"Authorization": f"Bearer {token}"}, timeout=30).json()
        own["tokens"].append(token.split("_")[1])
        own["members"] += [str(membership["id"]) for membership in me["memberships"]]
        own["offices"] += [str(term["id"]) for term in me["offices"]]
    return own


OWN = own_things()
