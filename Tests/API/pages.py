"""Writes docs/api from the service's own description, a page for each resource.

pages.py ADDRESS     of a running service: pages.py http://127.0.0.1:8080

contract.py fails where the pages are not what the service describes.
"""

import json
import pathlib
import re
import sys
import urllib.request

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "docs" / "api"
REPORT = re.compile(r"^(?P<path>.*/reports/[^.]+)\.(?P<format>[a-z]+)$")
# What may go wrong with every route stands once, in the README.
USUAL = {"400", "401", "403", "404", "413", "415", "422", "431", "503"}
WORDS = {"date": "day", "date-time": "instant", "uuid": "id", "int64": "number", "email": "e-mail", "uri": "address"}


def slug(name):
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def code(value):
    return f"`{value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}`"


def cell(text):
    return " ".join(str(text).split()).replace("|", "\\|")


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell(part) for part in line) + " |" for line in lines) + "\n"


def kind(schema):
    """What a value is, in a few words."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return f"[{name}](shapes.md#{name.lower()})"
    for choice in ("oneOf", "anyOf"):
        if choice in schema:
            return " or ".join(dict.fromkeys(kind(one) for one in schema[choice]))
    if "const" in schema:
        return code(schema["const"])
    types = schema.get("type", "anything")
    types = types if isinstance(types, list) else [types]
    if "enum" in schema:
        return ", ".join(code(word) if word is not None else "null" for word in schema["enum"])
    return " or ".join(dict.fromkeys(one_kind(schema, one) for one in types))


def one_kind(schema, name):
    if name == "array":
        return f"list of {kind(schema.get('items', {}))}"
    if name == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {kind(schema['additionalProperties'])}"
    if name in ("null", "boolean", "object", "anything"):
        return {"boolean": "true or false"}.get(name, name)
    word = WORDS.get(schema.get("format"), {"string": "text", "integer": "number", "number": "number"}[name])
    bounds = ", ".join(
        f"{said} {schema[key]}" for key, said in (("minimum", "from"), ("maximum", "to"), ("maxLength", "at most")) if key in schema
    )
    word += f" ({bounds})" if bounds and "examples" not in schema else ""
    examples = schema.get("examples")
    return f"{word}, such as {code(examples[0])}" if examples and word not in ("day", "instant", "id") else word


def fields(schema, before=""):
    """The members of an object, those of objects within it behind a dot."""
    for name, field in schema.get("properties", {}).items():
        place = before + name
        what = field.get("description", "")
        if "default" in field:
            what += f" Without it {code(field['default'])}."
        needed = "yes" if name in schema.get("required", []) else ""
        yield [code(place), kind(field), needed, what]
        inner = field.get("items", field) if field.get("type") == "array" else field
        if "properties" in inner:
            yield from fields(inner, place + ("[]." if inner is not field else "."))


def shape(schema):
    if "properties" in schema:
        return table(["member", "what it is", "always", ""], list(fields(schema)))
    return f"{kind(schema)}\n"


def inline(schema):
    """The members of an object, or of those in a list, that has no name of its own."""
    schema = schema.get("items", schema)
    if "properties" in schema:
        yield shape(schema)


def operation(method, path, formats, told):
    yield f"## {told['summary']}\n\n`{method.upper()} {path}`\n"
    if told.get("description"):
        yield told["description"] + "\n"
    if formats:
        yield f"The same as a file: add {', '.join(code('.' + one) for one in formats)}.\n"
    asked = [one for one in told.get("parameters", []) if one["name"] != "chapter" or one["in"] != "path"]
    if asked:
        rows = []
        for one in asked:
            what = one.get("description", "")
            if "default" in one["schema"]:
                what += f" Without it {code(one['schema']['default'])}."
            place = code(one["name"]) + (", a header" if one["in"] == "header" else "")
            rows.append([place, kind(one["schema"]), "yes" if one.get("required") else "", what])
        yield table(["parameter", "what it is", "needed", ""], rows)
    for media, body in told.get("requestBody", {}).get("content", {}).items():
        yield f"Takes `{media}`: {kind(body['schema'])}\n" if body.get("schema") else f"Takes `{media}`.\n"
        yield from inline(body.get("schema", {}))
        for example in body.get("examples", {}).values():
            yield f"```json\n{json.dumps(example['value'], indent=2, ensure_ascii=False)}\n```\n"
    for status, answer in told["responses"].items():
        if "$ref" in answer:
            continue
        bodies = [
            f"`{media}`" + (f", {kind(body['schema'])}" if "json" in media and body.get("schema") else "")
            for media, body in answer.get("content", {}).items()
        ]
        yield f"**{status}** {answer['description']}" + (f" {'; '.join(bodies)}." if bodies else "") + "\n"
        for body in answer.get("content", {}).values():
            yield from inline(body.get("schema", {}))
    rare = [status for status, answer in told["responses"].items() if "$ref" in answer and status not in USUAL]
    if rare:
        yield "It may also be " + ", ".join(f"[{status}](README.md#what-goes-wrong)" for status in rare) + ".\n"


def pages(document):
    """The pages by the names of their files."""
    found, formats = {}, {}
    for path in document["paths"]:
        if part := REPORT.match(path):
            formats.setdefault(part["path"], []).append(part["format"])
    for tag in document["tags"]:
        lines = [f"# {tag['name']}\n", tag["description"] + "\n"]
        for path, methods in document["paths"].items():
            part = REPORT.match(path)
            if part and part["path"] in document["paths"]:
                continue
            for method, told in methods.items():
                if isinstance(told, dict) and tag["name"] in told.get("tags", []):
                    lines += operation(method, path, formats.get(path), told)
        found[f"{slug(tag['name'])}.md"] = lines
    shapes = document["components"]["schemas"]
    lines = ["# Shapes\n", "What bodies and answers are made of. An answer may come to have more members: leave aside those that you do not know.\n"]
    for name in sorted(shapes, key=str.lower):
        lines.append(f"## {name}\n")
        if shapes[name].get("description"):
            lines.append(shapes[name]["description"] + "\n")
        lines.append(shape(shapes[name]))
    found["shapes.md"] = lines
    schemes = document["components"]["securitySchemes"]
    wrong, seen = [], set()
    for methods in document["paths"].values():
        for told in methods.values():
            for status, answer in told["responses"].items() if isinstance(told, dict) else ():
                if "$ref" in answer and status not in seen:
                    seen.add(status)
                    wrong.append([status, document["components"]["responses"][answer["$ref"].rsplit("/", 1)[1]]["description"]])
    found["README.md"] = [
        "# The API\n",
        document["info"]["summary"] + " [http.md](../http.md) tells how it is used; here is every route, written from the service's own"
        " description at `/api/v1/openapi.json` by `Tests/API/pages.py`.\n",
        document["info"]["description"] + "\n",
        table(["page", "what it is about"], [[f"[{tag['name']}]({slug(tag['name'])}.md)", tag["description"]] for tag in document["tags"]]),
        "Bodies and answers are made of [shapes](shapes.md).\n",
        "## Who asks\n",
        *[f"- **{name}**: {scheme['description']}\n" for name, scheme in schemes.items()],
        "## What goes wrong\n",
        "An answer that is no success is `application/problem+json`, a [Problem](shapes.md#problem).\n",
        table(["status", "what it says"], sorted(wrong)),
    ]
    return {name: "\n".join(lines).rstrip("\n") + "\n" for name, lines in found.items()}


def differences(document):
    """The names of the pages that are not what the service describes."""
    wanted = pages(document)
    there = {page.name: page.read_text() for page in FOLDER.glob("*.md")}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def described(address):
    with urllib.request.urlopen(f"{address.rstrip('/')}/api/v1/openapi.json", timeout=30) as answer:
        return json.load(answer)


def main(address):
    wanted = pages(described(address))
    FOLDER.mkdir(exist_ok=True)
    for page in FOLDER.glob("*.md"):
        if page.name not in wanted:
            page.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text)
    print(f"{len(wanted)} pages in {FOLDER}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
