"""Generates a large register for the benchmarks: words by Zipf's law, every status, no meaning."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from db.register.commitments import set_recommendations
from db.register.documents import Register
from db.register.taken_over import set_vocabulary
from processing.extraction.recommendations import load_recommendations
from processing.language.terms import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sqlite_utils import Database

TODAY = date(2025, 11, 24)
FIRST = date(2010, 1, 1)
SAYINGS = 2  # a commitment, on average
PASSAGES = 25  # a document
WORDS = [
    *("the", "of", "to", "and", "we", "will", "in", "that", "is", "for", "children", "government", "with", "on"),
    *("by", "support", "have", "this", "be", "review", "police", "abuse", "member", "friend", "house", "secretary"),
    *("state", "home", "office", "schools", "duty", "report", "inquiry", "victims", "survivors", "national", "local"),
]
COMMON = WORDS + [f"{start}{end}" for start in ("con", "pre", "sub", "dis", "per", "trans") for end in WORDS[5:]]
RARE = [f"{start}{end}ing" for start in ("quern", "flax", "thrip", "wold", "gant") for end in ("let", "mar", "pol")]
STATUSES = ("open", "undated", "overdue", "delivered", "delivered late", "withdrawn")
OWNERS = ["Home Office", "Department for Education", "Ministry of Justice", "Ofcom", "Government"] + [
    f"Department {number}" for number in range(25)
]
KINDS = ("said", "restated", "slipped", "softened", "evidence", "due date passed")
BATCH = 20_000


class Words:
    """Texts of words that are as unequal in number as in real speech, with a rare one now and then."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.weights = [1 / rank for rank in range(1, len(COMMON) + 1)]
        self.pool = chance.choices(COMMON, self.weights, k=200_000)

    def text(self, length: int) -> str:
        """Return a text of `length` words."""
        start = self.chance.randrange(len(self.pool) - length)
        words = self.pool[start : start + length]
        if self.chance.random() < 0.01:  # noqa: PLR2004 -- one passage in a hundred holds a rare phrase
            words[1:3] = self.chance.sample(RARE, 2)
        return " ".join(words)


def _day(chance: random.Random) -> str:
    return (FIRST + timedelta(days=chance.randrange((TODAY - FIRST).days))).isoformat()


def _insert(database: Database, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(columns.split(",")))
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        database.conn.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", batch)  # noqa: S608 -- names of ours


def build(file: Path, commitments: int, passages: int) -> None:
    """Write the register; the file must not be there yet."""
    chance = random.Random(20251124)  # noqa: S311 -- not for secrets
    register = Register(file.parent)
    database, words = register.database, Words(chance)
    documents = max(1, passages // PASSAGES)
    days = {number: _day(chance) for number in range(1, documents + 1)}
    with database.atomic():
        set_vocabulary(register.database, load_vocabulary())
        set_recommendations(database, load_recommendations())
        register.set_fact("as_of", TODAY.isoformat())
        database.execute("INSERT INTO sources VALUES ('document', 'Generated', 'none', 'none', 'https://example.test')")
        _people(database)
        _documents(database, days)
        _passages(database, days, passages, words, chance)
        _commitments(database, commitments, words, chance)
        _sayings(database, commitments, passages, days, words, chance)
        _events(database, commitments, chance)
    database.execute("ANALYZE")
    register.close()


def _people(database: Database) -> None:
    _insert(database, "people", "id, name, house", ((f"member/{n}", f"Member {n}", "Commons") for n in range(300)))


def _documents(database: Database, days: dict[int, str]) -> None:
    rows = (
        (
            f"document/{n}",
            "document",
            "debate",
            f"Debate {n}",
            f"https://example.test/{n}",
            day,
            "Commons",
            "current",
            1,
            day,
            day,
        )
        for n, day in days.items()
    )
    _insert(
        database,
        "documents",
        "id, source, kind, title, url, published, house, state, is_relevant, first_seen_at, last_seen_at",
        rows,
    )
    versions = (
        (f"document/{n}@1", f"document/{n}", 1, f"Debate {n}", "current", day, "x", "x", "x", 1)
        for n, day in days.items()
    )
    _insert(
        database,
        "versions",
        "id, document, number, title, state, fetched_at, hash, answer_hash, answer_url, is_latest",
        versions,
    )
    coverage = (("document", f"Commons {day}", "Commons", day, "collected", 1) for day in set(days.values()))
    _insert(database, "coverage", "source, scope, house, day, state, found", coverage)


def _passages(database: Database, days: dict[int, str], passages: int, words: Words, chance: random.Random) -> None:
    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(1, passages + 1):
            document = min(len(days), (number - 1) // PASSAGES + 1)
            member = chance.randrange(300)
            text = words.text(chance.randint(40, 120))
            yield (
                number, f"document/{document}@1", f"document/{document}", f"k{number}", number, "speech", text,
                days[document], f"Member {member}", f"member/{member}", "Commons", str(number % 900), 1, number % 2,
            )  # fmt: skip

    columns = (
        "id, version, document, key, position, kind, text, spoken_on, speaker, person, house,"
        ' "column", is_latest, is_government'
    )
    _insert(database, "passages", columns, rows())


def _commitments(database: Database, commitments: int, words: Words, chance: random.Random) -> None:
    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(1, commitments + 1):
            said, status = _day(chance), chance.choices(STATUSES, (30, 25, 15, 15, 10, 5))[0]
            ahead = chance.randint(1, 900) if status == "open" else -chance.randint(1, 900)
            latest = None if status == "undated" else (TODAY + timedelta(days=ahead)).isoformat()
            owner = chance.choices(OWNERS, [1 / rank for rank in range(1, len(OWNERS) + 1)])[0]
            yield (
                f"FT-{number}", number, words.text(14), owner, "publish", "firm", status, said, said, SAYINGS,
                "by spring" if latest else "in due course", said if latest else None, latest, "season", latest,
                chance.choice((0, 0, 0, 90)), 0.9,
            )  # fmt: skip

    columns = (
        "id, number, promise, owner, action, firmness, status, first_said, last_said, times_said, timing, earliest,"
        " latest, precision, first_latest, slipped_days, score"
    )
    _insert(database, "commitments", columns, rows())
    topics = [row[0] for row in database.execute("SELECT id FROM topics ORDER BY id")]
    chosen = ((f"FT-{n}", topic) for n in range(1, commitments + 1) for topic in chance.sample(topics, 2))
    _insert(database, "commitment_topics", "commitment, topic", chosen)
    names = [row[0] for row in database.execute("SELECT id FROM recommendations ORDER BY id")]
    linked = ((f"FT-{n}", chance.choice(names), "generated") for n in range(1, commitments + 1, 3))
    _insert(database, "commitment_recommendations", "commitment, recommendation, reason", linked)


def _sayings(
    database: Database, commitments: int, passages: int, days: dict[int, str], words: Words, chance: random.Random
) -> None:
    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(commitments * SAYINGS):
            passage = chance.randint(1, passages)
            document = min(len(days), (passage - 1) // PASSAGES + 1)
            member = chance.randrange(300)
            yield (
                f"s{number}", f"FT-{number // SAYINGS + 1}", f"document/{document}", passage, f"k{passage}",
                words.text(14), 0, days[document], f"Member {member}", f"member/{member}", "Commons",
                "https://example.test", "Home Office", "firm", "new", "publish", "generated", "[]", 0.9, "[]", "x",
                "current", days[document],
            )  # fmt: skip

    columns = (
        "id, commitment, document, passage, passage_key, quote, start, said_on, speaker, person, house, url, owner,"
        " firmness, novelty, action, why, cues, score, features, rules_version, state, first_seen_at"
    )
    _insert(database, "statements", columns, rows())


def _events(database: Database, commitments: int, chance: random.Random) -> None:
    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(commitments * 3):
            day = _day(chance)
            kind = chance.choices(KINDS, (30, 25, 15, 10, 10, 10))[0]
            yield (
                f"e{number}",
                f"FT-{number // 3 + 1}",
                kind,
                day,
                f"{day}T06:00:00.000000Z",
                f"s{number % (commitments * SAYINGS)}",
                "Generated.",
            )

    _insert(database, "events", "id, commitment, kind, happened_on, noticed_at, statement, summary", rows())
