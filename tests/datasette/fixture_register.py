"""A small register for the tests of the pages: invented people, invented words, every state. Its data is in YAML."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from db.archive.archive import Archive, moment
from db.migrations import open_database
from db.register.commitments import add_review, add_to_ledger, set_recommendations
from db.register.documents import Register
from db.register.taken_over import set_vocabulary
from digest.edition import open_edition, publish_issue
from processing.commitments.numbering import Given
from processing.commitments.reviews import Review
from processing.extraction.recommendations import load_recommendations
from processing.language.terms import find_mentions, load_vocabulary

if TYPE_CHECKING:
    from sqlite_utils import Database

AS_OF = "2025-11-24"
NOW = "2025-11-24T06:40:00.000000Z"
AUDIT = "hansard/0A1B2C3D-1111-4A4A-9B9B-000000000001"
WRITTEN = "written_statements/1500001"
PROGRESS = "govuk/government/publications/tackling-child-sexual-abuse-progress-update"
OLD_PLAN = "govuk/government/publications/taxi-licensing-plan"


def _load(name: str) -> Any:
    return yaml.safe_load(
        (Path(__file__).parent / "register" / f"{name}.yml").read_text(encoding="utf-8"),
    )


AROUND = _load("around")
DOCUMENTS: list[dict[str, Any]] = _load("documents")
COMMITMENTS: list[dict[str, Any]] = _load("commitments")
EVENTS: list[dict[str, Any]] = _load("events")


def _passages(database: Database, document: dict[str, Any], version: str, rows: list[Any], *, latest: bool) -> None:
    names = {person["id"]: person["name"] for person in AROUND["people"]}
    posts = {post["person"]: (post["title"], post["department"]) for post in AROUND["posts"]}
    for position, row in enumerate(rows):
        key, kind, text, person = row["key"], row["kind"], row["text"], row.get("person")
        post, department = posts.get(person, (None, document["departments"][0] if person is None else None))
        database.table("passages").insert(
            {
                "version": version,
                "document": document["id"],
                "key": key,
                "position": position,
                "kind": kind,
                "text": text,
                "spoken_on": document["published"],
                "speaker": names.get(person),
                "attribution": names.get(person),
                "person": person,
                "post": post,
                "department": department,
                "is_government": None if kind == "heading" else int(post is not None or person is None),
                "house": document.get("house"),
                "column": row.get("column"),
                "url": document["url"] + f"#contribution-{key}",
                "is_latest": int(latest),
            }
        )


def _document(database: Database, document: dict[str, Any]) -> None:
    state = document.get("state", "current")
    database.table("documents").insert(
        {
            "id": document["id"],
            "source": document["id"].split("/")[0],
            "kind": document["kind"],
            "title": document["title"],
            "url": document["url"],
            "published": document["published"],
            "house": document.get("house"),
            "departments": json.dumps(document["departments"]),
            "state": state,
            "state_note": document.get("state_note"),
            "is_relevant": 1,
            "change_notes": json.dumps(document.get("change_notes", [])),
            "first_seen_at": document["published"] + "T18:00:00.000000Z",
            "last_seen_at": NOW,
        }
    )
    texts = [document["earlier"], document["passages"]] if "earlier" in document else [document["passages"]]
    for number, rows in enumerate(texts, start=1):
        latest = number == len(texts)
        fetched_at = document["published"] + "T18:00:00.000000Z" if number == 1 else "2025-11-21T18:00:00.000000Z"
        version = f"{document['id']}@{number}"
        digest = hashlib.sha256(repr(rows).encode()).hexdigest()
        database.table("versions").insert(
            {
                "id": version,
                "document": document["id"],
                "number": number,
                "title": document["title"],
                "state": state,
                "fetched_at": fetched_at,
                "hash": digest,
                "answer_hash": digest,
                "answer_url": document["url"],
                "has_note": int(number == 1),
                "is_latest": int(latest),
            }
        )
        _passages(database, document, version, rows, latest=latest)


def _passage(database: Database, document: str, key: str, quote: str) -> dict[str, Any]:
    rows = database.query(
        "SELECT * FROM passages WHERE document = ? AND key = ? ORDER BY is_latest DESC, id", [document, key]
    )
    return next(row for row in rows if quote in row["text"])


def _statement(database: Database, commitment: dict[str, Any], order: int, saying: dict[str, Any]) -> None:
    document, key, quote = saying["document"], saying["passage"], saying["quote"]
    timing, earliest, latest, precision = (saying.get(name) for name in ("timing", "earliest", "latest", "precision"))
    passage = _passage(database, document, key, quote)
    vague = timing is not None and latest is None and precision == "none"
    database.table("statements").insert(
        {
            "id": f"s{commitment['number']}-{order}",
            "commitment": f"FT-{commitment['number']}",
            "document": document,
            "passage": passage["id"],
            "passage_key": key,
            "quote": quote,
            "start": passage["text"].index(quote),
            "said_on": passage["spoken_on"],
            "speaker": passage["speaker"],
            "person": passage["person"],
            "post": passage["post"],
            "house": passage["house"],
            "column": passage["column"],
            "url": passage["url"],
            "owner": commitment["owner"],
            "firmness": saying["firmness"],
            "novelty": "new" if order == 1 else "restated",
            "action": commitment["action"],
            "timing": timing,
            "timing_start": passage["text"].index(timing) if timing else None,
            "timing_kind": None if timing is None else "vague" if vague else "event" if latest is None else "calendar",
            "earliest": earliest,
            "latest": latest,
            "precision": precision,
            "timing_rule": "by-period" if latest else None,
            "calendar_version": "2026-1" if latest else None,
            "why": "“We will” followed by an action is a firm undertaking by a minister.",
            "cues": json.dumps([{"id": "we-will", "start": passage["text"].index(quote), "end": 7}]),
            "score": commitment.get("score", 0.97),
            "features": json.dumps([["cue:we-will", 2.1], ["speaker:minister", 1.4], ["hedge:none", 0.3]]),
            "rules_version": "fixture",
            "state": commitment.get("state", "current"),
            "first_seen_at": passage["spoken_on"] + "T18:00:00.000000Z",
            "join_reason": None if order == 1 else "The same thing promised: the child protection strategy.",
        }
    )


def _commitment(database: Database, commitment: dict[str, Any]) -> None:
    sayings = commitment["sayings"]
    days = [
        document["published"] for saying in sayings for document in DOCUMENTS if document["id"] == saying["document"]
    ]
    last = sayings[-1] if sayings else {}
    timing, earliest, latest, precision = (last.get(name) for name in ("timing", "earliest", "latest", "precision"))
    vague = timing is not None and latest is None and precision == "none"
    kept = ("status", "has_evidence", "is_reviewed", "needs_look", "slipped_days", "delivered_on", "joined_into")
    row = {name: commitment[name] for name in kept if name in commitment}
    database.table("commitments").insert(
        row
        | {
            "id": f"FT-{commitment['number']}",
            "number": commitment["number"],
            "promise": commitment["promise"],
            "owner": commitment["owner"],
            "action": commitment["action"],
            "firmness": last.get("firmness", "firm"),
            "first_said": min(days, default=commitment.get("said")),
            "last_said": max(days, default=commitment.get("said")),
            "times_said": max(1, len(sayings)),
            "timing": timing,
            "timing_kind": None if timing is None else "vague" if vague else "event" if latest is None else "calendar",
            "earliest": earliest,
            "latest": latest,
            "precision": precision,
            "first_latest": commitment.get("first_latest", latest),
            "look_again": "2026-02-16" if vague else None,
            "score": commitment.get("score", 0.97),
            "sequence": commitment.get("sequence", 0),
        }
    )
    for order, saying in enumerate(sayings, start=1):
        _statement(database, commitment, order, saying)
    for topic in commitment["topics"]:
        database.table("commitment_topics").insert({"commitment": f"FT-{commitment['number']}", "topic": topic})
    for recommendation in commitment["recommendations"]:
        database.table("commitment_recommendations").insert(
            {
                "commitment": f"FT-{commitment['number']}",
                "recommendation": recommendation,
                "reason": "The action is what that recommendation asks for.",
            }
        )


def _deliveries(database: Database) -> None:
    for number, quote in (
        (5, "I have today published revised statutory guidance, Keeping Children Safe in Education"),
        (4, "We wrote to every local authority on 15 October"),
    ):
        passage = _passage(database, WRITTEN, "statement", quote)
        database.table("deliveries").insert(
            {
                "id": f"d{number}",
                "document": WRITTEN,
                "passage": passage["id"],
                "quote": quote,
                "start": passage["text"].index(quote),
                "said_on": "2025-11-12",
                "speaker": "Martin Oakes",
                "url": passage["url"],
                "action": "publish",
                "commitment": f"FT-{number}",
                "reason": "The same thing, and the same action, said as done.",
                "first_seen_at": NOW,
            }
        )


def _events(database: Database) -> None:
    for order, event in enumerate(EVENTS):
        kind, number, day = event["kind"], event["number"], event["day"]
        first, second = f"s{number}-1", f"s{number}-2"
        moved = kind in ("slipped", "softened", "brought forward")
        edited = kind == "source edited"
        database.table("events").insert(
            {
                "id": f"e{order:02}",
                "commitment": f"FT-{number}",
                "kind": kind,
                "happened_on": day,
                "noticed_at": f"{day}T18:00:00.000000Z",
                "statement": second if moved else first if kind == "said" else None,
                "previous_statement": first if moved else None,
                "delivery": f"d{number}" if kind == "evidence" else None,
                "document": PROGRESS if edited else None,
                "quote_before": "We will open a fund for services for survivors by March 2026" if edited else None,
                "quote_after": "We will open a fund for services for survivors in summer 2026" if edited else None,
                "old_latest": event.get("old_latest"),
                "new_latest": event.get("new_latest"),
                "days": event.get("days"),
                "summary": event["summary"],
            }
        )


def _surroundings(database: Database) -> None:
    database.table("sources").insert_all(
        row | {"attribution": f"Contains information licensed under the {row['licence']}."} for row in AROUND["sources"]
    )
    database.table("people").insert_all(AROUND["people"])
    database.table("posts").insert_all(row | {"end": None} for row in AROUND["posts"])
    database.table("coverage").insert_all(row | {"asked_at": NOW} for row in AROUND["coverage"])
    set_recommendations(database, load_recommendations())


def _mentions(database: Database) -> None:
    vocabulary = load_vocabulary()
    for row in list(database.query("SELECT id, text FROM passages WHERE is_latest = 1")):
        database.table("mentions").insert_all(
            {"passage": row["id"], "term": found.term, "start": found.start, "end": found.end}
            for found in find_mentions(row["text"], vocabulary)
        )


def _reviews(database: Database) -> None:
    database.table("reviews").insert_all(
        [
            {
                "id": f"r{number}",
                "decision": decision,
                "commitment": f"FT-{number}",
                "value": value,
                "evidence": evidence,
                "reviewer": "HM",
                "made_at": "2025-11-13T10:12:00.000000Z",
                "reason": reason,
                "state": "applied",
            }
            for number, decision, value, evidence, reason in (
                (4, "delivered", "2025-10-15", "d4", "The letter is on the Department's page."),
                (5, "delivered", "2025-11-12", "d5", "Read the guidance: it is the new text."),
                (7, "reject", None, None, "Ongoing business, no new action."),
            )
        ]
    )


def _what_else_is_known(database: Database) -> None:
    passage = _passage(database, AUDIT, "c1", "We will make it mandatory")
    database.table("positions").insert(
        {
            "recommendation": "casey-2025/4",
            "position": "accepted",
            "document": AUDIT,
            "passage": passage["id"],
            "quote": "We will make it mandatory for police forces",
            "start": passage["text"].index("We will make it mandatory for police forces"),
            "said_on": "2025-09-16",
            "url": passage["url"],
        }
    )
    database.table("related_documents").insert_all(
        {"document": WRITTEN, "related": related} for related in (AUDIT, "govuk/content/not-collected")
    )
    database.table("possible_joins").insert(
        {"statement": "s11-1", "commitment": "FT-10", "reason": "Both are about services for survivors."}
    )
    database.table("refusals").insert(
        {
            "source": "govuk",
            "url": "https://www.gov.uk/api/content/government/publications/an-odd-page",
            "fetched_at": NOW,
            "outcome": "source changed",
            "place": "details.body",
            "what": "details.body is missing",
        }
    )
    database.table("runs").insert_all(
        {
            "command": "crawl",
            "source": source,
            "started_at": "2025-11-24T06:30:00.000000Z",
            "finished_at": NOW,
            "outcome": outcome,
            "counts": "{}",
            "note": None,
        }
        for source, outcome in (("hansard", "good"), ("written_questions", "good"), ("govuk", "failed"))
    )


def build(path: Path) -> None:
    """Write the register of the tests to `path`; the file must not be there yet."""
    register = Register(path.parent)
    database = register.database
    set_vocabulary(register.database, load_vocabulary())
    with database.atomic():
        _surroundings(database)
        for document in DOCUMENTS:
            _document(database, document)
        for commitment in COMMITMENTS:
            _commitment(database, commitment)
        _deliveries(database)
        _events(database)
        _mentions(database)
        _reviews(database)
        _what_else_is_known(database)
        database.table("facts").insert_all(
            [{"name": "as_of", "value": AS_OF}, {"name": "sample_world", "value": "yes"}]
        )
    database.close()


def publish_digest(folder: Path) -> None:
    """Publish an issue of the digest, as the weekly run does."""
    edition = open_edition(folder, "https://followthrough.example", moment(NOW))
    assert publish_issue(folder, edition)


def build_archive(folder: Path) -> None:
    """Write the archive that goes with the register: its ledger of public numbers, and the reviews."""
    database = open_database(folder / "followthrough.db", "register")
    archive = Archive(folder)
    rows = database.query(
        "SELECT id AS statement, CAST(substr(commitment, 4) AS INTEGER) AS number, document, passage_key, quote,"
        " first_seen_at AS given_at FROM statements"
    )
    add_to_ledger(archive, [Given(**row) for row in rows])
    for row in database.query(
        "SELECT id, decision, commitment, value, evidence, reviewer, made_at, reason FROM reviews"
    ):
        add_review(archive, Review(**row))
    archive.close()
    database.close()
