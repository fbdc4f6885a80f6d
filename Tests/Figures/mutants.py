"""Errors planted in the SQL of the reports, one at a time: each has to be found."""

import json
import pathlib

from service import Refused

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = HERE.parent.parent / "Schema"


class Mutants:
    def __init__(self, service):
        self.service = service

    def hunt(self, names, examples, seed, examination):
        """Replays the mutants of the list; how many were not found."""
        missed = 0
        for mutant in json.loads((HERE / "mutants.json").read_text()):
            if names and mutant["name"] not in names:
                continue
            file = SCHEMA / mutant["file"]
            text = file.read_text()
            places = text.count(mutant["instead_of"])
            if places != mutant.get("places", 1):
                print(f"? {mutant['name']}: {mutant['file']} has that text {places} times")
                missed += 1
                continue
            self.apply(text.replace(mutant["instead_of"], mutant["planted"]))
            examined = examination(self.service, mutant["reports"])
            try:
                # What takes many people is seen seldom.
                examined.run(max(examples, mutant.get("examples", 0)), seed, explains=False)
            except AssertionError as found:
                cell = next(line for line in str(found).splitlines() if line.startswith(tuple(mutant["reports"])))
                print(f"✓ {mutant['name']}: found in chapter {examined.chapters}: {cell}", flush=True)
            except Refused as refused:
                print(f"? {mutant['name']}: {refused}", flush=True)
                missed += 1
            else:
                print(f"✗ {mutant['name']}: not found in {examined.chapters} chapters", flush=True)
                missed += 1
            finally:
                self.apply(text)
        return missed

    def apply(self, text):
        """A file of the schema, as migrating does."""
        self.service.database.run(f"BEGIN; SET LOCAL ROLE chapterhouse_owner; SET LOCAL search_path = app, pg_temp;\n{text}\nCOMMIT")
