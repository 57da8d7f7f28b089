"""Real input: days of TheyWorkForYou's bulk archive, imported and processed by the command line."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STATEMENT = "twfy/debate/2020-12-15.146.0"
PERMALINK = "https://www.theyworkforyou.com/debates/?id=2020-12-15a."

# What a reader of the oral statement on online harms of 15 December 2020 must find in the register:
# permalink, column, words that the exact quote holds, owner, last day
PROMISES = {
    "a Bill next year": ("158.2", "158", "the legislation will be brought before the House in 2021", "2021-12-31"),
    "powers for Ofcom as the regulator": (
        "146.1",
        "146",
        "Ofcom will also be given powers to require companies to use technology proactively",
        None,
    ),
    "transparency reports": ("146.1", "146", "required to publish annual transparency reports", None),
    "criminal sanctions": ("146.1", "146", "legislate to introduce criminal sanctions for senior managers", None),
    "the strategy on media literacy": (
        "154.0",
        "154",
        "we will be publishing the online media literacy strategy in the spring",
        "2021-05-31",
    ),
}

# "Today ... we are publishing": done in the saying, which the guide calls a delivery
PUBLISHED = "we are publishing, through the Home Office, an interim code of practice"


@pytest.fixture(scope="module")
def imported(followthrough: Callable[..., Any], samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Import all recorded files, process them, and return the folder with what the two commands said."""
    data = tmp_path_factory.mktemp("twfy")
    taken = followthrough("import", "twfy", str(samples / "twfy-scrapedxml"), data=data)
    done = followthrough("process", "--today", "2021-01-04", data=data)
    return data, taken, done


def rows(data: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(data / "followthrough.db")) as register:
        return register.execute(query, values).fetchall()


def test_all_twelve_files_are_read_and_the_superseded_one_is_named(imported: Any) -> None:
    _, taken, done = imported
    assert (taken.code, taken.err) == (0, "")
    named, *counts, advice = taken.out.splitlines()
    assert named.endswith("ministerial2009-10-26a.xml: superseded by a later file, left out")
    assert counts == [
        "12 files: 12 new or changed, 0 known, 1 superseded by a later file, 0 could not be used",
        "They hold 446 documents with 2206 passages.",
    ]
    assert advice == "Now run: followthrough process"
    assert (done.code, done.err) == (0, "")
    assert "12 answers read: 446 documents, 446 new versions, 0 refused, 1 of a kind that is not collected" in done.out


def test_every_kind_of_recorded_sitting_becomes_documents(imported: Any) -> None:
    data, _, _ = imported
    assert dict(rows(data, "SELECT kind, count(*) FROM documents GROUP BY kind")) == {
        "Public Bill Committee": 2,
        "Westminster Hall debate": 1,
        "debate": 60,
        "oral question": 50,
        "oral statement": 5,
        "written answer": 296,
        "written statement": 32,
    }


def test_every_spoken_passage_has_speaker_column_time_and_permalink(imported: Any) -> None:
    data, _, _ = imported
    missing = rows(
        data,
        "SELECT p.key FROM passages p JOIN documents d ON d.id = p.document WHERE p.kind = 'speech' AND"
        ' (p.speaker IS NULL OR p."column" IS NULL OR p.timecode IS NULL OR p.url IS NULL)',
    )
    assert missing == []
    assert rows(data, "SELECT count(*) FROM passages WHERE kind = 'speech'")[0][0] > 100


def test_the_statement_on_online_harms_is_in_the_register_with_exact_quote_speaker_and_date(imported: Any) -> None:
    data, _, _ = imported
    query = (
        'SELECT s.speaker, s.said_on, s."column", s.url, s.latest,'
        " substr(p.text, s.start + 1, length(s.quote)) = s.quote FROM statements s"
        " JOIN passages p ON p.id = s.passage JOIN commitments c ON c.id = s.commitment"
        " WHERE s.document = ? AND instr(s.quote, ?)"
    )
    assert {promise: rows(data, query, STATEMENT, words) for promise, (_, _, words, _) in PROMISES.items()} == {
        promise: [("Oliver Dowden", "2020-12-15", column, f"{PERMALINK}{place}", latest, 1)]
        for promise, (place, column, _, latest) in PROMISES.items()
    }


def test_the_interim_code_published_that_day_is_in_the_register_as_done(imported: Any) -> None:
    data, _, _ = imported
    found = rows(
        data,
        'SELECT d.speaker, d.said_on, p."column", d.url, substr(p.text, d.start + 1, length(d.quote)) = d.quote'
        " FROM deliveries d JOIN passages p ON p.id = d.passage WHERE d.document = ? AND instr(d.quote, ?)",
        STATEMENT,
        PUBLISHED,
    )
    assert found == [("Oliver Dowden", "2020-12-15", "149", f"{PERMALINK}149.0", 1)]


def test_importing_and_rereading_again_change_nothing(
    followthrough: Callable[..., Any], imported: Any, samples: Path
) -> None:
    data, _, _ = imported
    query = "SELECT id, commitment, quote, start, first_seen_at FROM statements ORDER BY id"
    before = rows(data, query)
    again = followthrough("import", "twfy", str(samples / "twfy-scrapedxml"), data=data)
    assert "12 files: 0 new or changed, 12 known" in again.out
    reread = followthrough("reread", "twfy", "--today", "2021-01-04", data=data)
    assert reread.code == 0
    assert "12 answers read: 446 documents, 446 new versions" in reread.out
    assert rows(data, query) == before
