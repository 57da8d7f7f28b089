"""Real input: recorded answers of the official interfaces, served by the replica and crawled over HTTP.

Every recorded item becomes documents, or is refused by name and counted; nothing is dropped in silence.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from processing.language.terms import find_mentions, load_vocabulary
from replica.app import build_app
from replica.recorded import RecordedStock
from replica.server import Running
from runs.process import process
from spiders.runner import crawl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from spiders.runner import SourceReport

TODAY = date(2026, 11, 25)
# the days of which answers were recorded, by source
DAYS = [
    ("hansard", "2026-01-14", "2026-01-14"),
    ("hansard", "2026-03-03", "2026-03-03"),
    ("written_questions", "2020-09-23", "2021-02-03"),
    ("written_questions", "2024-01-05", "2024-01-09"),
    ("written_statements", "2021-02-01", "2021-02-02"),
    ("govuk", "1880-01-01", "2026-11-25"),
    ("committees", "2024-12-10", "2024-12-17"),
    ("members", "2024-12-10", "2024-12-17"),
]
FEW = {"members"}  # recorded for a few only: whoever else spoke is missed, by name
HOME_OFFICE_AND_EDUCATION = (1, 60)


@dataclass(frozen=True, slots=True)
class Crawled:
    """What was recorded, what the crawls said, and the folder that they filled."""

    samples: Path
    data: Path
    reports: tuple[SourceReport, ...]
    refused: int

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the register."""
        with closing(sqlite3.connect(self.data / "followthrough.db")) as register:
            return register.execute(query, values).fetchall()

    def documents(self, source: str) -> set[str]:
        """Return the ids of a source's documents."""
        return {row[0] for row in self.rows("SELECT id FROM documents WHERE source = ?", source)}

    def reported(self, source: str, figure: str) -> int:
        """Return a figure of a source over all its crawls."""
        return sum(report.counts.get(figure, 0) for report in self.reports if report.source == source)

    def recorded(self, pattern: str) -> Iterator[tuple[Path, Any]]:
        """Yield the recorded bodies of a folder."""
        for file in sorted(self.samples.glob(pattern)):
            yield file, json.loads(file.read_bytes())


@pytest.fixture(scope="module")
def crawled(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """Crawl the recorded days of all sources over loopback HTTP and process what came."""
    data = tmp_path_factory.mktemp("recorded")
    reports: list[SourceReport] = []
    with Running(build_app(RecordedStock(samples), TODAY)) as running:
        for source, since, until in DAYS:
            settings = {"GOVUK_BODIES": "all"} if source == "govuk" else {}
            first, last = date.fromisoformat(since), date.fromisoformat(until)
            done = crawl([source], data, replica=running.base, settings=settings, since=first, until=last)
            reports += done.sources
    processed = process(data, TODAY)
    return Crawled(samples, data, tuple(reports), processed.read["refused"])


def test_every_crawl_is_good_and_no_answer_has_an_unknown_shape(crawled: Crawled) -> None:
    good = [(report.source, report.outcome, report.reasons) for report in crawled.reports if report.source not in FEW]
    assert good == [(source, "good", ()) for source, _, _ in DAYS if source not in FEW]
    assert crawled.refused == 0
    assert crawled.rows("SELECT url, place, what FROM refusals WHERE outcome = 'source changed'") == []


def test_every_recorded_page_of_govuk_is_a_document_or_a_kind_that_is_not_collected(crawled: Crawled) -> None:
    documents = crawled.documents("govuk")
    refused = {
        url.split("/api/content", 1)[1]: what
        for url, what in crawled.rows(
            "SELECT url, what FROM refusals WHERE source = 'govuk' AND url LIKE '%/api/content/%'"
        )
    }
    items = [
        (file, body)
        for file, body in crawled.recorded("govuk-content-api/*/*.json")
        if not file.parent.name.startswith("_")
    ]
    seen: set[str] = set()
    fates: Counter[str] = Counter()
    for file, body in items:
        path = body["base_path"]
        # two recordings of one page are served apart, by the name of their file
        path = f"{path}--{file.stem}" if path in seen else path
        seen.add(path)
        fates["document" if f"govuk{path}" in documents else refused.get(path, f"DROPPED: {path}")] += 1
    assert len(items) == 194
    assert fates == {
        "document": 176,
        "organisation (a body's own front page: what it says stands in its documents)": 7,
        "fatality_notice (deaths in the armed forces: no policy, and about persons)": 3,
        "ministers_index (who holds which post: read by the source members)": 3,
        "topical_event (a list of documents, which are collected themselves)": 3,
        "role (who holds which post: read by the source members)": 1,
        "hmrc_manual_section (tax manual)": 1,
    }


def test_every_recorded_question_is_a_document_or_passed_over_as_not_our_subject(crawled: Crawled) -> None:
    rows: dict[int, Any] = {}
    for _, body in crawled.recorded("written-questions/*.json"):
        for value in [body["value"]] if "value" in body else [row["value"] for row in body.get("results") or []]:
            rows[value["id"]] = value
    documents = crawled.documents("written_questions")
    vocabulary = load_vocabulary()
    left_out = [value for key, value in rows.items() if f"written_questions/{key}" not in documents]
    assert len(rows) == len(documents) + len(left_out) == 1003
    assert len(documents) > 150
    # each was counted, some on more than one day of a listing, and none concerns us
    assert crawled.reported("written_questions", "passed_over") >= len(left_out)
    assert [value["id"] for value in left_out if value["answeringBodyId"] in HOME_OFFICE_AND_EDUCATION] == []
    assert [
        value["id"] for value in left_out if find_mentions(value["questionText"], vocabulary, value["heading"])
    ] == []


def test_every_recorded_statement_debate_and_publication_is_a_document_or_explained(crawled: Crawled) -> None:
    statements = {
        f"written_statements/{row['value']['id']}"
        for _, body in crawled.recorded("written-statements/*.json")
        for row in body.get("results") or []
    }
    assert crawled.documents("written_statements") == statements
    assert len(statements) == 10
    debates = dict(crawled.recorded("hansard-api/debate_*.json")).values()
    # a debate that only holds others, such as a day's petitions, is no document of its own
    speaking = {f"hansard/{debate['Overview']['ExtId'].lower()}" for debate in debates if not debate["ChildDebates"]}
    assert crawled.documents("hansard") == speaking
    assert len(speaking) == 2
    (publications,) = [body["items"] for _, body in crawled.recorded("committees-api/publications_*.json")]
    asked_for = {f"committees/{item['id']}" for item in publications if item["type"]["id"] in (1, 2, 3, 12)}
    assert crawled.documents("committees") == asked_for
    # the fifth is of a kind that is never asked for
    assert [item["type"]["name"] for item in publications if item["type"]["id"] not in (1, 2, 3, 12)] == [
        "Estimate memoranda"
    ]


def test_every_recorded_member_is_known_and_each_that_was_not_recorded_is_missed_by_name(crawled: Crawled) -> None:
    recorded = {
        f"member/{entry['value']['id']}"
        for _, body in crawled.recorded("members-api/*.json")
        for entry in body.get("items") or [body]
    }
    known = {row[0] for row in crawled.rows("SELECT id FROM people WHERE party IS NOT NULL")}
    assert known == recorded
    (report,) = [report for report in crawled.reports if report.source == "members"]
    assert report.outcome == "failed"
    assert [
        reason for reason in report.reasons if not re.fullmatch(r"https://\S+/Members/\d+\S*: answered 404", reason)
    ] == []
