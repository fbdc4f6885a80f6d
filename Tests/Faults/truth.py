"""What the database holds in the end, beside what the ledger says was done."""

import json
import subprocess

from writers import ROWS_OF_A_FILE


def ask(cluster, question):
    return json.loads(cluster.psql(f"SELECT coalesce(json_agg(answer), '[]') FROM ({question}) AS answer"))


class Truth:
    """The rows of a database, by what the ledger knows them by."""

    def __init__(self, cluster, program):
        self.cluster, self.program = cluster, program
        self.referrals = self.by("need", """
            SELECT slug, referral.id, need, giver_id,
                   (SELECT array_agg(step ORDER BY number) FROM app.referral_step AS step
                     WHERE step.chapter_id = referral.chapter_id AND step.referral_id = referral.id) AS steps
              FROM app.referral JOIN app.chapter ON chapter.id = referral.chapter_id
            """)
        self.corrected = self.by("slip_id", """
            SELECT slug, slip_id, replacement_id, entry ->> 'need' AS need FROM app.slip_correction
              JOIN app.chapter ON chapter.id = slip_correction.chapter_id
            """)
        self.thanks = self.by("amount", """
            SELECT slug, closed_business.id, (amount / 100.0)::numeric(12, 2)::text AS amount, referral_id, import_batch_id,
                   (SELECT count(*) FROM app.closed_business_earner AS earner
                     WHERE earner.chapter_id = closed_business.chapter_id AND earner.closed_business_id = closed_business.id) AS earners
              FROM app.closed_business JOIN app.chapter ON chapter.id = closed_business.chapter_id
            """)
        self.kept = {row["key"]: row["status"] for row in ask(cluster, "SELECT key, status FROM app.kept_answer")}
        self.batches = {row["id"]: row["rows"] for row in ask(cluster, "SELECT id, rows FROM app.import_batch WHERE undone_at IS NULL")}
        self.faults = []

    def by(self, column, question):
        rows = {}
        for row in ask(self.cluster, question):
            rows.setdefault(row[column], []).append(row)
        return rows

    def blame(self, what):
        self.faults.append(what)

    def hold(self, ledger):
        """Everything that is wrong, in words."""
        for entry in ledger.entries:
            getattr(self, f"hold_{entry.kind}")(entry)
            if entry.key and entry.is_acknowledged and entry.key not in self.kept:
                self.blame(f"{entry.mark} is acknowledged, and its answer is not kept")
        self.hold_cells(ledger)
        self.hold_audit_trail()
        self.hold_database()
        return self.faults

    def once(self, entry, rows, what="row"):
        """What was acknowledged is there once; of what was not there may be one, and never half of it."""
        if len(rows) > 1 or (entry.is_acknowledged and not rows):
            self.blame(f"{entry.mark} ({'acknowledged' if entry.is_acknowledged else 'not acknowledged'}) has {len(rows)} {what}s")
        for row in rows:
            if row["slug"] != entry.chapter:
                self.blame(f"{entry.mark} stands in {row['slug']}")
        return rows[0] if len(rows) == 1 else None

    def hold_referral(self, entry):
        row = self.once(entry, self.referrals.get(entry.mark, []))
        if row and (entry.id or row["id"]) != row["id"]:
            self.blame(f"{entry.mark} has another id than its answer said")
        if row and not row["steps"]:
            self.blame(f"{entry.mark} was never passed: half done")
        if row and entry.person and row["giver_id"] != entry.person:
            self.blame(f"{entry.mark} is another's")

    hold_shell = hold_referral

    def hold_corrected(self, entry):
        """A referral that somebody corrected, or was about to: it stands in the ledger or among the corrections."""
        rows = self.referrals.get(entry.mark, []) + self.corrected.get(entry.id, [])
        self.once(entry, rows, "place")

    def hold_correction(self, entry):
        new, old = self.referrals.get(entry.mark, []), self.corrected.get(entry.of, [])
        row = self.once(entry, new)
        if len(old) != len(new) or (row and old[0]["replacement_id"] != row["id"]):
            self.blame(f"{entry.mark} is half done: {len(new)} put in, {len(old)} taken out")

    def hold_many(self, entry):
        rows = [self.referrals.get(f"{entry.mark}/{number}", []) for number in range(3)]
        counts = {len(found) for found in rows}
        if counts not in ({1}, {0}) or (entry.is_acknowledged and counts != {1}):
            self.blame(f"{entry.mark}: {[len(found) for found in rows]} rows of three that go together")
        for found in rows:
            self.once(entry, found) if counts == {1} else None

    def steps_of(self, id):
        return next((row["steps"] or [] for rows in self.referrals.values() for row in rows if row["id"] == id), [])

    def hold_step(self, entry):
        count = self.steps_of(entry.of).count("contacted")
        if count > 1 or (entry.is_acknowledged and count != 1):
            self.blame(f"{entry.mark} was done {count} times")

    def hold_thanks(self, entry):
        row = self.once(entry, self.thanks.get(entry.mark, []))
        if row and (row["earners"] != 1 or row["referral_id"] != entry.of):
            self.blame(f"thanks for {entry.mark} are half done: {row}")

    def hold_import(self, entry):
        rows = self.thanks.get(entry.mark, [])
        if len(rows) not in (0, ROWS_OF_A_FILE) or (entry.is_acknowledged and not rows):
            self.blame(f"the file of {entry.mark} has {len(rows)} of {ROWS_OF_A_FILE} rows")
        if {row["import_batch_id"] for row in rows} - set(self.batches):
            self.blame(f"the file of {entry.mark} belongs to no import")

    def hold_cells(self, ledger):
        marks = {
            (row["slug"], row["local_date"], row["membership_id"]): row["mark"]
            for row in ask(self.cluster, """
                SELECT slug, local_date, membership_id, upper(left(mark, 1)) AS mark FROM app.mark
                  JOIN app.meeting ON meeting.chapter_id = mark.chapter_id AND meeting.id = mark.meeting_id
                  JOIN app.chapter ON chapter.id = mark.chapter_id
                """)
        }
        for cell, (last, perhaps) in ledger.cells.items():
            if marks.get(cell) != last and marks.get(cell) not in perhaps:
                self.blame(f"the mark {cell} is {marks.get(cell)}; acknowledged was {last}, and nobody knows of {perhaps}")

    def hold_audit_trail(self):
        """Each record came into being once in the audit trail, and none that there never was."""
        for table, entity in (("referral", "referral"), ("closed_business", "closed_business"), ("slip_correction", "slip_correction")):
            wrong = ask(self.cluster, f"""
                WITH born AS (
                    SELECT chapter_id, entity_id, count(*) AS times FROM app.audit_event
                     WHERE entity = '{entity}' AND action = 'insert' GROUP BY 1, 2
                ), gone AS (
                    SELECT chapter_id, entity_id FROM app.audit_event WHERE entity = '{entity}' AND action = 'delete'
                )
                SELECT coalesce(born.entity_id, record.id::text) AS id, coalesce(times, 0) AS times, record.id IS NOT NULL AS is_there
                  FROM app.{table} AS record FULL JOIN born ON born.chapter_id = record.chapter_id AND born.entity_id = record.id::text
                 WHERE coalesce(times, 0) <> 1
                    OR (record.id IS NULL) <> EXISTS (
                        SELECT FROM gone WHERE gone.chapter_id = born.chapter_id AND gone.entity_id = born.entity_id)
                """)
            for row in wrong:
                self.blame(f"the audit trail has {row['times']} births of {entity} {row['id']}, "
                           f"which is {'there' if row['is_there'] else 'not there'}")

    def hold_database(self):
        migrator = self.cluster.address(role="chapterhouse_migrator")
        for words in (["audit", "seal", "--database", self.cluster.address()],
                      ["database", "verify", "--migrator-database", migrator]):
            done = subprocess.run([self.program, *words], capture_output=True, text=True)
            if done.returncode:
                self.blame(f"{' '.join(words[:2])} ended with {done.returncode}: {done.stderr}{done.stdout}")
        self.cluster.psql("CREATE EXTENSION IF NOT EXISTS amcheck")
        try:
            self.cluster.run("pg_amcheck", "-h", self.cluster.folder, "-p", str(self.cluster.port), "-U", "postgres", "-d", "chapterhouse",
                             "--heapallindexed", "--parent-check")
        except RuntimeError as error:
            self.blame(f"the database is damaged: {error}")
