"""Petitions that the Government has answered: found page by page, and its answers in the register."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from runs.process import process
from spiders.petitions import PHRASES, SITE

FIXTURES = Path(__file__).parent.parent / "fixtures" / "petitions"


def tell(upstream: Any) -> None:
    """Answer the first phrase with two pages, the others with nothing."""
    empty = json.loads((FIXTURES / "nothing_found.input.json").read_bytes())
    for phrase in PHRASES:
        upstream.tell(f"{SITE}.json?{urlencode({'state': 'with_response', 'q': phrase})}", empty)
    for case in ("answered", "not_answered"):
        url = (FIXTURES / f"{case}.url.txt").read_text(encoding="utf-8").strip()
        upstream.tell(url, json.loads((FIXTURES / f"{case}.input.json").read_bytes()))


def test_every_page_is_asked_for_and_a_second_crawl_brings_nothing(upstream: Any, crawling: Any) -> None:
    tell(upstream)
    report = crawling.one("petitions")
    assert (report.outcome, report.counts["documents"], len(upstream.questions())) == ("good", 2, len(PHRASES) + 1)
    again = crawling.one("petitions")
    assert (again.outcome, again.counts["documents"], again.counts["new_answers"]) == ("good", 0, 0)


def test_the_governments_answer_is_in_the_register_as_the_departments_word_and_the_petition_is_not(
    upstream: Any, crawling: Any
) -> None:
    tell(upstream)
    crawling.one("petitions")
    process(crawling.folder, today=date(2025, 11, 17))
    query = "SELECT quote, owner, said_on, latest, document FROM statements WHERE latest IS NOT NULL"
    with closing(sqlite3.connect(crawling.folder / "followthrough.db")) as register:
        found = register.execute(query).fetchall()
    guidance = "We will publish guidance for schools and clubs by 31 March 2026"
    assert found == [(guidance, "Home Office", "2025-10-14", "2026-03-31", "petitions/700001")]


def test_a_next_page_on_another_site_is_refused_by_name(upstream: Any, crawling: Any) -> None:
    tell(upstream)
    page = json.loads((FIXTURES / "nothing_found.input.json").read_bytes())
    page["links"]["next"] = "https://elsewhere.example/petitions.json?page=2"
    upstream.tell(f"{SITE}.json?{urlencode({'state': 'with_response', 'q': PHRASES[0]})}", page)
    report = crawling.one("petitions")
    assert report.outcome == "failed"
    assert "the next page lies elsewhere: https://elsewhere.example/petitions.json?page=2" in report.reasons[0]
