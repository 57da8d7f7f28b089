"""Every page: it answers, and its title, landmarks, headings, labels and links are in order."""

from __future__ import annotations

import functools
import re
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from tests.datasette.addresses import PAGES

if TYPE_CHECKING:
    import httpx

# the table pages are Datasette's own, with a link a column
ELSEWHERE = re.compile(r"/(followthrough/|nothing-here)")


@functools.cache
def soup(client: httpx.Client, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == (404 if path == "/nothing-here" else 200), path
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return BeautifulSoup(answer.text, "lxml")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_its_landmarks_in_order(client: httpx.Client, path: str) -> None:
    page = soup(client, path)
    assert [tag.name for tag in page.find_all(["header", "main", "footer"])] == ["header", "main", "footer"]
    assert page.html is not None
    assert page.html["lang"] == "en-GB"
    names = [tag.get("aria-label") for tag in page.find_all("nav")]
    assert len(set(names)) == len(names)
    assert None not in names


@pytest.mark.parametrize("path", PAGES)
def test_a_page_begins_with_a_way_past_the_menu(client: httpx.Client, path: str) -> None:
    page = soup(client, path)
    first = page.find(["a", "button", "input", "select", "textarea"])
    assert isinstance(first, Tag)
    assert (first["href"], first.text) == ("#main", "Skip to the content")
    assert page.find(id="main") is page.main


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_first_heading_and_skips_no_level(client: httpx.Client, path: str) -> None:
    levels = [int(tag.name[1]) for tag in soup(client, path).find_all(re.compile(r"^h[1-6]$"))]
    assert levels.count(1) == 1
    jumps = [(one, other) for one, other in pairwise(levels) if other > one + 1]
    assert jumps == []


@pytest.mark.parametrize("path", PAGES)
def test_every_field_of_a_page_has_its_label_and_every_id_is_the_only_one(client: httpx.Client, path: str) -> None:
    page = soup(client, path)
    ids = [str(tag["id"]) for tag in page.find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))
    labelled = {label.get("for") for label in page.find_all("label")}
    bare = [
        str(field)
        for field in page.find_all(["input", "select", "textarea"])
        if field.get("type") not in ("hidden", "submit")
        and field.get("id") not in labelled
        and not field.find_parent("label")
    ]
    assert bare == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_sample_world_says_that_it_is_invented(client: httpx.Client, path: str) -> None:
    note = soup(client, path).find(class_="sample")
    assert isinstance(note, Tag)
    assert note.text.startswith("Sample world.")


def test_no_two_pages_have_the_same_title(client: httpx.Client) -> None:
    titles: dict[str, str] = {}
    for path in PAGES:
        title, page = soup(client, path).title, urlsplit(path).path
        assert title is not None
        assert title.text.endswith(" – Followthrough")
        assert titles.setdefault(title.text, page) == page
    assert len(titles) >= len({urlsplit(path).path for path in PAGES})


def test_every_link_on_every_page_leads_somewhere(client: httpx.Client) -> None:
    seen: dict[str, int] = {}
    broken = []
    for path in PAGES:
        for link in soup(client, path).find_all("a", href=True):
            target, part = urldefrag(urljoin(str(client.base_url) + path, str(link["href"])))
            if not target.startswith(str(client.base_url)) or ELSEWHERE.match(urlsplit(target).path):
                continue
            if target not in seen:
                seen[target] = client.get(target).status_code
            is_form = urlsplit(target).path.startswith("/review/FT-")
            if seen[target] not in ((403,) if is_form else (200, 302)):
                broken.append((path, target, seen[target]))
            if part and seen[target] == 200 and "/document/" in target:
                assert BeautifulSoup(client.get(target).text, "lxml").find(id=part) is not None, (target, part)
    assert broken == []
    assert len(seen) > 150


def test_a_commitment_that_was_joined_into_another_leads_there(client: httpx.Client) -> None:
    answer = client.get("/commitment/FT-8")
    assert (answer.status_code, answer.headers["location"]) == (302, "/commitment/FT-1?joined=FT-8")
    assert "FT-8 was the same promise" in client.get(answer.headers["location"]).text


@pytest.mark.parametrize(
    "path",
    [
        "/commitment/FT-99",
        "/commitment/FT-99.json",
        "/commitment/FT-99.ics",
        "/commitment/99",
        "/document/hansard/none",
        "/compare/hansard/none",
        "/recommendations/none",
        "/recommendations/casey-2025/99",
        "/person/member/0",
        "/department/Nobody",
        "/document/govuk/government/publications/taxi-licensing-plan?version=9",
    ],
)
def test_what_the_register_does_not_have_is_not_found(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is no such page" in answer.text or answer.json()["ok"] is False


def test_a_document_id_may_be_written_with_or_without_escapes(client: httpx.Client) -> None:
    plain = client.get("/document/govuk/government/publications/taxi-licensing-plan")
    escaped = client.get("/document/govuk%2Fgovernment%2Fpublications%2Ftaxi-licensing-plan")
    assert plain.status_code == escaped.status_code == 200
    assert plain.text.split("<main")[1] == escaped.text.split("<main")[1]
