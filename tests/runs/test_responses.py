"""The Government's response to a select committee, from its two answers to the register."""

from __future__ import annotations

import json
import sqlite3
from base64 import b64encode
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from db.archive.archive import Archive
from processing.records import Answer
from runs.process import process

FIXTURES = Path(__file__).parent.parent / "fixtures" / "committees"
PAGE = """<h1>Government Response</h1><h2>Recommendation 1</h2>
<p>The Government must publish guidance on child sexual abuse in residential schools.</p>
<p>The Government accepts this recommendation and will publish guidance on child sexual abuse by July 2026.</p>"""
FOUND = "The Government accepts this recommendation and will publish guidance on child sexual abuse by July 2026"


def answers(text_of: int) -> list[Answer]:
    """Return the listing of the fixtures, and a text as that of one of its publications."""
    listing = (FIXTURES / "publications.input.json").read_bytes()
    text = json.loads((FIXTURES / "text_of_a_response.input.json").read_bytes())
    text["data"] = b64encode(PAGE.encode()).decode()
    documents = {48090: 91090, 48001: 91001}
    url = f"https://committees-api.parliament.uk/api/Publications/{text_of}/Document/{documents[text_of]}/Html"
    at = datetime(2025, 11, 17, 6, tzinfo=UTC)
    told = [((FIXTURES / "publications.url.txt").read_text().strip(), listing), (url, json.dumps(text).encode())]
    return [Answer(source="committees", url=where, fetched_at=at, status=200, body=body) for where, body in told]


def commitments(folder: Path, text_of: int) -> list[tuple[str, ...]]:
    """Return what the register holds of it: quote, owner, whose word, last day, day said."""
    with closing(Archive(folder)) as archive:
        for answer in answers(text_of):
            archive.keep(answer)
    process(folder, today=date(2025, 11, 17))
    with closing(sqlite3.connect(folder / "followthrough.db")) as register:
        return register.execute(
            "SELECT s.quote, s.owner, p.department, s.latest, s.said_on FROM statements s"
            " JOIN passages p ON p.id = s.passage ORDER BY s.quote"
        ).fetchall()


def test_a_response_is_the_word_of_the_department_that_responds_on_the_day_it_was_published(tmp_path: Path) -> None:
    [(quote, *told)] = [row for row in commitments(tmp_path, 48090) if "publish" in row[0]]
    assert quote in FOUND
    assert told == ["Government", "Department for Education", "2026-07-31", "2025-11-12"]


def test_the_same_words_in_a_committees_report_are_nobodys_promise(tmp_path: Path) -> None:
    assert commitments(tmp_path, 48001) == []
