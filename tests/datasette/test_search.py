"""Search: what people type finds what they mean, and nothing that they type is a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.pages.search import OPEN, marked, match_expression, search_commitments, search_passages
from db.pages.search_choice import SearchChoice, read_search

if TYPE_CHECKING:
    import sqlite3

    import httpx

EXPRESSIONS = [
    ("child's", '("child\'s")'),
    ("mandatory-reporting", '("mandatory-reporting")'),
    ('"open', '("open")'),
    ("AND", None),
    ("OR OR", None),
    ("NOT", None),
    ("", None),
    ("***", None),
    ('""', None),
    ("duty report", '("duty") AND ("report")'),
    ("duty AND report", '("duty") AND ("report")'),
    ('"duty to report"', '("duty to report")'),
    ("duty OR strategy", '("duty" OR "strategy")'),
    ("report*", '("report"*)'),
    ("duty -taxis", '(("duty")) NOT ("taxis")'),
    ("duty NOT taxis", '(("duty")) NOT ("taxis")'),
    ("-taxis", None),
    ("NEAR(a b)", '("NEAR(a") AND ("b)")'),
    ("text:duty", '("text:duty")'),
    ("duty); DROP TABLE passages", '("duty);") AND ("DROP") AND ("TABLE") AND ("passages")'),
    ("a^b {c}", '("a^b") AND ("{c}")'),
]


@pytest.mark.parametrize(("typed", "expression"), EXPRESSIONS)
def test_what_is_typed_becomes_an_expression(
    connection: sqlite3.Connection, typed: str, expression: str | None
) -> None:
    assert match_expression(typed) == expression
    if expression:
        connection.execute("SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ?", [expression]).fetchone()


FOUND = [
    ("q=duty", ["Helen Marsh", "Dame Ruth Calloway", "Peter Ansell"]),
    ("q=duty&government=yes", ["Helen Marsh", "Dame Ruth Calloway"]),
    ("q=%22duty+to+report%22+-due", ["Dame Ruth Calloway", "Peter Ansell"]),
    ("q=strateg*", ["Helen Marsh", "Dame Ruth Calloway"]),
    ("q=hashing+OR+taxis", ["Baroness Thorne of Wexcombe", "Dame Ruth Calloway"]),
    ("q=ethnicity&house=Lords", ["Baroness Thorne of Wexcombe"]),
    ("q=guidance&source=written_questions", ["Martin Oakes"]),
    ("q=duty&spoken_to=2025-10-01&person=member/9001", ["Dame Ruth Calloway"]),
    ("q=quarter", [None]),
    ("q=unheard", []),
]


@pytest.mark.parametrize(("query", "speakers"), FOUND)
def test_a_search_finds_the_passages(connection: sqlite3.Connection, query: str, speakers: list[str | None]) -> None:
    choice = read_search(parse_qsl(query))
    found = search_passages(connection, choice)
    assert choice.problems == ()
    assert sorted(hit.speaker or "" for hit in found.hits) == sorted(name or "" for name in speakers)
    days = [hit.spoken_on or "" for hit in found.hits]
    assert days == sorted(days, reverse=True)
    assert found.total == len(speakers)


def test_only_the_latest_text_of_a_document_is_found(connection: sqlite3.Connection) -> None:
    # “by March 2026” stood on the page before it was edited
    assert search_passages(connection, SearchChoice(words='"by March 2026"')).total == 0
    assert search_passages(connection, SearchChoice(words='"in summer 2026"')).total == 1


def test_an_extract_marks_the_words_that_match(connection: sqlite3.Connection) -> None:
    hit = search_passages(connection, SearchChoice(words="quarter")).hits[0]
    assert [(piece.text, piece.kinds) for piece in hit.extract] == [
        ("We will report on progress every ", ""),
        ("quarter", "match"),
        (" and publish what we find.", ""),
    ]


def test_a_search_finds_commitments_and_leaves_out_the_rejected(connection: sqlite3.Connection) -> None:
    assert [one.id for one in search_commitments(connection, "strategy OR quarter")] == ["FT-1"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_nothing_that_is_typed_is_a_mistake(connection: sqlite3.Connection, typed: str) -> None:
    choice = read_search([("q", typed)])
    found = search_passages(connection, choice)
    search_commitments(connection, choice.words)
    assert len(found.hits) <= max(found.total, 0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(['"', "duty", "AND", "OR", "NOT", "-", "*", "(", ")", "NEAR", ":", "^", "+", "'", "\x00"]))
)
def test_no_mixture_of_the_signs_of_full_text_search_is_a_mistake(
    connection: sqlite3.Connection, parts: list[str]
) -> None:
    search_passages(connection, read_search([("q", " ".join(parts))]))
    search_passages(connection, read_search([("q", "".join(parts))]))


@given(st.lists(st.tuples(st.text(st.characters(exclude_characters="\x02\x03"), min_size=1), st.booleans())))
def test_an_extract_keeps_every_letter(parts: list[tuple[str, bool]]) -> None:
    extract = "".join(f"{OPEN}{text}\x03" if is_match else text for text, is_match in parts)
    assert "".join(piece.text for piece in marked(extract)) == "".join(text for text, _ in parts)


@pytest.mark.parametrize(
    "typed", ["child's", "mandatory-reporting", '"open', "AND", "<script>alert(1)</script>", "%00", "a" * 600]
)
def test_the_page_answers_whatever_is_typed_and_shows_it_again(client: httpx.Client, typed: str) -> None:
    answer = client.get("/search", params={"q": typed})
    page = BeautifulSoup(answer.text, "lxml")
    field = page.find(id="q")
    assert answer.status_code == 200
    assert field is not None
    assert field["value"] == (typed if len(typed) < 500 else "")
    assert page.find("script", string=True) is None
