"""A small register for the tests of the digest: invented promises, written row by row; and people who read it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.private.subscribers import Private, Subscription, Wish

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

JOINED = "2025-09-01T06:30:00.000000Z"
NOTICED = "2025-09-08T05:00:00.000000Z"
BEFORE = "2025-09-01T05:00:00.000000Z"


# what every register of these tests holds, table by table
BEGINNING: dict[str, list[dict[str, object]]] = {
    "sources": [
        {
            "id": "hansard",
            "name": "Hansard",
            "licence": "Open Parliament Licence v3.0",
            "attribution": "Contains Parliamentary information",
            "url": "https://hansard.parliament.uk",
        }
    ],
    "topics": [
        {"id": "casey", "name": "The Casey audit", "description": "The audit and what follows."},
        {"id": "support", "name": "Therapeutic support", "description": "Support for survivors."},
    ],
    "recommendation_sets": [
        {
            "id": "iicsa-2022",
            "title": "The Inquiry's final report",
            "author": "IICSA",
            "published": "2022-10-20",
            "url": "https://www.iicsa.org.uk",
            "is_complete": 1,
            "note": None,
        }
    ],
    "documents": [
        {
            "id": "hansard/d1",
            "source": "hansard",
            "kind": "debate",
            "title": "An invented debate",
            "url": "https://hansard.parliament.uk/d1",
            "published": "2025-09-02",
            "state": "current",
            "is_relevant": 1,
            "first_seen_at": BEFORE,
            "last_seen_at": NOTICED,
        }
    ],
    "versions": [
        {
            "id": "hansard/d1@1",
            "document": "hansard/d1",
            "number": 1,
            "title": "An invented debate",
            "state": "current",
            "fetched_at": BEFORE,
            "hash": "0" * 64,
            "answer_hash": "0" * 64,
            "answer_url": "https://hansard.parliament.uk/d1",
            "is_latest": 1,
        }
    ],
    "coverage": [
        {
            "source": "hansard",
            "scope": "Commons 2025-09-05",
            "house": "Commons",
            "day": "2025-09-05",
            "state": "collected",
            "asked_at": NOTICED,
            "found": 3,
        }
    ],
}


@dataclass(slots=True)
class SmallRegister:
    """Writes commitments and events into a register of its own."""

    folder: Path
    database: Database
    number: int = 1000

    def begin(self) -> None:
        for table, rows in BEGINNING.items():
            self.database.table(table).insert_all(rows)

    def commitment(  # noqa: PLR0913 -- a column each
        self,
        promise: str,
        *,
        owner: str = "Home Office",
        topics: tuple[str, ...] = ("casey",),
        recommendations: tuple[str, ...] = (),
        status: str = "open",
        latest: str | None = "2026-05-31",
        timing: str | None = "by spring 2026",
        said: str = "2025-09-02",
    ) -> str:
        """Add a commitment with one statement. Returns its id."""
        self.number += 1
        key = f"FT-{self.number}"
        rows = self.database
        rows.table("commitments").insert(
            {
                "id": key,
                "number": self.number,
                "promise": promise,
                "owner": owner,
                "action": "publish",
                "firmness": "firm",
                "status": status,
                "first_said": said,
                "last_said": said,
                "times_said": 1,
                "timing": timing,
                "earliest": said if latest else None,
                "latest": latest,
                "score": 0.9,
            }
        )
        self._statement(key, promise, owner, said)
        rows.table("commitment_topics").insert_all({"commitment": key, "topic": topic} for topic in topics)
        rows.table("commitment_recommendations").insert_all(
            {"commitment": key, "recommendation": name, "reason": None} for name in recommendations
        )
        return key

    def _statement(self, commitment: str, promise: str, owner: str, said: str) -> None:
        passage = self.database.table("passages").insert(
            {
                "version": "hansard/d1@1",
                "document": "hansard/d1",
                "key": f"p{self.number}",
                "position": self.number,
                "kind": "speech",
                "text": promise,
                "is_latest": 1,
            }
        )
        self.database.table("statements").insert(
            {
                "id": f"s{self.number}",
                "commitment": commitment,
                "document": "hansard/d1",
                "passage": passage.last_pk,
                "passage_key": f"p{self.number}",
                "quote": promise,
                "start": 0,
                "said_on": said,
                "speaker": "Dame Ruth Calloway",
                "post": "Home Secretary",
                "url": f"https://hansard.parliament.uk/d1#{self.number}",
                "owner": owner,
                "firmness": "firm",
                "novelty": "new",
                "action": "publish",
                "why": "it says “will”",
                "cues": "[]",
                "score": 0.9,
                "features": "[]",
                "rules_version": "1",
                "state": "current",
                "first_seen_at": BEFORE,
            }
        )

    def event(
        self,
        commitment: str,
        kind: str = "said",
        *,
        on: str = "2025-09-02",
        noticed: str = NOTICED,
        summary: str = "First said, by spring 2026",
        before: str | None = None,
        days: int | None = None,
    ) -> str:
        """Add an event to a commitment. Returns its id."""
        key = f"e{self.database['events'].count + 1:05}"
        number = commitment.rpartition("-")[2]
        self.database.table("events").insert(
            {
                "id": key,
                "commitment": commitment,
                "kind": kind,
                "happened_on": on,
                "noticed_at": noticed,
                "statement": f"s{number}",
                "quote_before": before,
                "days": days,
                "summary": summary,
            }
        )
        return key

    def told_of(self, digest: str) -> list[str]:
        """Return the commitments of a published issue, in order."""
        content = json.loads(self.database.table("digests").get(digest)["entries"])
        return [entry["commitment"] for entry in content["entries"]]


def subscribe(
    private: Private, address: str, *wishes: Subscription, frequency: str = "weekly", empty: bool = False
) -> int:
    """Subscribe and confirm a person. Returns the person's number."""
    wish = Wish(frequency=frequency, wants_empty=empty, subscriptions=wishes or (Subscription("everything"),))
    person = private.add(address, wish, JOINED)
    private.confirm(person.id, JOINED)
    return person.id
