"""Reads the truth of the sample world, and the places that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup

from replica.world import FOLDER, load_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from replica.world import World

PLACE = re.compile(
    r"(?:sitting (?P<file>\S+) (?P<item>\S+)|question (?P<question>\d+)|statement (?P<statement>\S+)"
    r"|publication (?P<slug>\S+)(?: part (?P<part>\S+)| page (?P<page>\d+))?)$"
)
COLUMN = re.compile(r"\[\[column \d+\]\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One saying, delivery or look-alike of the truth; `commitment` is its label, None for what belongs to none."""

    place: str
    quote: str
    said: date | None
    commitment: str | None
    fields: Mapping[str, Any]


@cache
def load_truth() -> Mapping[str, Any]:
    """Return `truth.yml` as it stands."""
    found: Mapping[str, Any] = load_yaml(FOLDER / "truth.yml")
    return found


def sayings() -> list[Saying]:
    """Return every saying of every commitment; owner and recommendations are the commitment's unless it says others."""
    found = []
    for entry in load_truth()["commitments"]:
        shared = {"owner": entry["owner"], "recommendations": entry.get("recommendations") or []}
        found += [_saying(each, entry["id"], shared) for each in entry["sayings"]]
    return found


def deliveries() -> list[Saying]:
    """Return every delivery: those of commitments, and those that answer to none."""
    truth = load_truth()
    owned = [_saying(e, c["id"], {}) for c in truth["commitments"] for e in c.get("deliveries") or []]
    return owned + [_saying(each, None, {}) for each in truth["deliveries"]]


def look_alikes() -> list[Saying]:
    """Return the sentences that look like commitments and are none."""
    return [_saying(each, None, {}) for each in load_truth()["not_commitments"]]


def _saying(entry: Mapping[str, Any], commitment: str | None, shared: Mapping[str, Any]) -> Saying:
    fields = {**shared, **{name: value for name, value in entry.items() if name not in ("in", "quote", "said")}}
    said = date.fromisoformat(entry["said"]) if "said" in entry else None
    return Saying(place=entry["in"], quote=entry["quote"], said=said, commitment=commitment, fields=fields)


def texts_of(world: World, place: str) -> dict[date, str]:
    """Return all texts that a place ever had, by the first day on which a host served each.

    Raises ValueError where the world has no such place.
    """
    match = PLACE.match(place)
    if match is None:
        raise ValueError(f"{place!r} names no place: see replica/world/README.md")
    if match["file"]:
        found = dict(_spoken(world, match["file"], match["item"]))
    elif match["question"]:
        found = dict(_answers(world, int(match["question"])))
    elif match["statement"]:
        found = {_day(s["from"]): plain(s["text"]) for s in world.statements if s["uin"] == match["statement"]}
    else:
        found = dict(_published(world, match["slug"], match["part"], match["page"]))
    if not found:
        raise ValueError(f"there is no {place} in the sample world")
    return found


def plain(markup: str) -> str:
    """Return the words of HTML, spaces made one."""
    return " ".join(BeautifulSoup(markup, "html.parser").get_text(" ").split())


def _spoken(world: World, file: str, item: str) -> Iterator[tuple[date, str]]:
    for sitting in (each for each in world.sittings if each.file == file):
        for section in sitting.sections:
            for spoken in (each for each in section.items if each.id == item):
                yield sitting.shown, " ".join(COLUMN.sub("", spoken.text).split())
                for shown, edited, text in section.edits:
                    if edited == item:
                        yield shown, " ".join(COLUMN.sub("", text).split())


def _answers(world: World, number: int) -> Iterator[tuple[date, str]]:
    for lived in (each for each in world.questions if each.fixed["id"] == number):
        for state in lived.states:
            if state.get("answer"):
                yield _day(state["from"]), plain(state["answer"])


def _published(world: World, slug: str, part: str | None, page: str | None) -> Iterator[tuple[date, str]]:
    for lived in (each for each in world.publications if each.file == slug):
        for state in lived.states:
            for text in _texts(state, part, page):
                yield _day(state["from"]), text


def _texts(state: Mapping[str, Any], part: str | None, page: str | None) -> Iterator[str]:
    """Yield the text of a state; a page of a PDF is that of the only PDF with so many pages."""
    attachments = state.get("attachments") or []
    if part:
        yield from (plain(each["body"]) for each in attachments if each.get("slug") == part)
    elif page:
        wanted = int(page) - 1
        files = [each["pages"] for each in attachments if each["kind"] == "pdf"]
        yield from (" ".join(str(pages[wanted]).split()) for pages in files if len(pages) > wanted)
    else:
        details = state.get("details") or {}
        parts = [str(value) for value in details.values() if isinstance(value, str) and "<" in value]
        parts += [str(each["body"]) for each in details.get("parts") or []]
        if text := "\n".join([str(state.get("body") or ""), *parts]).strip():
            yield plain(text)


def _day(told: str) -> date:
    return date.fromisoformat(told)
