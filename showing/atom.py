"""Knows how to write an Atom feed (RFC 4287): entries whose ids never change, so that no reader shows one twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Sequence

ATOM = "http://www.w3.org/2005/Atom"
AUTHORITY = "tag:followthrough,2025:"  # RFC 4151; the same on every machine that serves the register
UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One entry. `id` is unique in the register, `updated` an instant with its zone (RFC 3339), `text` plain words."""

    id: str
    title: str
    updated: str
    link: str
    text: str
    author: str = "Followthrough"


def atom(*, title: str, address: str, page: str, updated: str, entries: Sequence[FeedEntry]) -> str:
    """Write a feed. `address` is its own URL, `page` the one that people read; `updated` counts where it is empty."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    _add(feed, "title", title)
    _add(feed, "id", address)
    _add(feed, "updated", max((entry.updated for entry in entries), default=updated))
    _link(feed, "self", address)
    _link(feed, "alternate", page)
    _author(feed, "Followthrough")
    for entry in entries:
        _entry(ET.SubElement(feed, f"{{{ATOM}}}entry"), entry)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(feed, encoding="unicode") + "\n"


def _entry(made: ET.Element, entry: FeedEntry) -> None:
    _add(made, "title", entry.title)
    _add(made, "id", AUTHORITY + entry.id)
    _add(made, "updated", entry.updated)
    _link(made, "alternate", entry.link)
    _author(made, entry.author)
    _add(made, "summary", entry.text)


def _add(parent: ET.Element, name: str, text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")  # as every reader of XML does
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = UNWRITABLE.sub("�", lines)


def _link(parent: ET.Element, relation: str, address: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", {"rel": relation, "href": address})


def _author(parent: ET.Element, name: str) -> None:
    _add(ET.SubElement(parent, f"{{{ATOM}}}author"), "name", name)
