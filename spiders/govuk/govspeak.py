"""Blocks of a GOV.UK text in order: headings, paragraphs, lists, rows of tables. Govspeak is alphagov's HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from bs4.element import NavigableString, PreformattedString, Tag

from spiders.html import BLOCKS, DROPPED, parse, tag_text
from spiders.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

SITE = "https://www.gov.uk"
ASSETS = "assets.publishing.service.gov.uk"
UPLOADS = "/government/uploads/"
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
LISTS = frozenset(("ul", "ol"))
# footnote marks would stand inside sentences; boxes about an attachment say nothing of their own
NOISE = (
    "sup a.footnote, a.footnote, a.reversefootnote, section.attachment, section.gem-c-attachment, div.attachment,"
    " details.gem-c-details, figure.image img, svg, .visuallyhidden, .govuk-visually-hidden"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block: `kind` is block or heading, `anchor` the id to link to, `section` the heading it stands under.

    `said_by` is set for what stands in a `blockquote`: the words that introduce it ("Sir Alan said"), or QUOTED.
    """

    kind: str
    text: str
    anchor: str | None
    section: str | None
    said_by: str | None = None


_OPENS_WORDS = re.compile(r"(?::|\b(?:said|says|added|wrote|stated|commented|to say)\W*)$")
QUOTED = "quoted, without saying whom"


def blocks(fragment: str) -> list[Block]:
    """Return the blocks of a text. A list stands with the paragraph before it where that ends with a colon."""
    root = parse(fragment)
    for noise in root.select(NOISE):
        noise.decompose()
    for empty in root.find_all("sup"):
        if not empty.get_text(strip=True):
            empty.decompose()
    found: list[Block] = []
    anchor = section = None
    for kind, text, own in _pieces(root):
        if kind == "heading":
            anchor, section = own or anchor, text
            found.append(Block(kind=kind, text=text, anchor=own, section=text))
        elif kind == "quotation":
            said_by = _introduction(found)
            found.append(Block(kind="block", text=text, anchor=anchor, section=section, said_by=said_by))
        elif kind == "list" and found and found[-1].kind == "block" and found[-1].text.endswith(":"):
            found[-1] = Block(kind="block", text=f"{found[-1].text}\n{text}", anchor=anchor, section=section)
        else:
            points = text.split("\n- ") if kind == "list" and text.startswith("- ") else [text]
            found += [
                Block(kind="block", text=point.removeprefix("- ").strip(), anchor=anchor, section=section)
                for point in points
            ]
    return found


def _introduction(found: list[Block]) -> str:
    """Return the words before a quotation that say whose it is: the last block of the page's own, if it opens one."""
    own = next((block for block in reversed(found) if block.said_by is None), None)
    if own is None or own.kind != "block" or not _OPENS_WORDS.search(own.text):
        return QUOTED
    return own.text.rstrip(" :,")


def files(fragment: str) -> list[tuple[str, str]]:
    """Return title and address of the files that a text links to, each once, in order."""
    found: dict[str, str] = {}
    for link in parse(fragment).select("a[href]"):
        url = absolute(str(link["href"]))
        title = plain(link.get_text(" ", strip=True))
        if is_file(url) and not found.get(url):
            found[url] = title
    return [(title or url.rsplit("/", 1)[1], url) for url, title in found.items()]


def absolute(address: str) -> str:
    """Return an address of GOV.UK in full, files under the host that serves them now."""
    url = urljoin(SITE, address.strip())
    place = urlsplit(url)
    if place.netloc in ("www.gov.uk", "") and place.path.startswith(UPLOADS):
        return f"https://{ASSETS}{place.path}"
    return url.split("#")[0]


def is_file(url: str) -> bool:
    """Tell whether an address is that of a file of GOV.UK rather than of a page."""
    place = urlsplit(url)
    return place.netloc == ASSETS and place.path.rsplit("/", 1)[-1].count(".") > 0


def _pieces(tag: Tag) -> Iterator[tuple[str, str, str | None]]:
    """Yield kind (heading, block, list), text and id of the pieces inside an element, in order."""
    loose: list[str] = []
    for child in tag.children:
        if isinstance(child, PreformattedString):
            continue
        if isinstance(child, NavigableString) or (isinstance(child, Tag) and not _is_block(child)):
            loose.append(_inline(child))
            continue
        yield from _paragraph(loose)
        loose = []
        if isinstance(child, Tag) and child.name not in DROPPED:
            yield from _step(child)
    yield from _paragraph(loose)


def _is_block(tag: Tag) -> bool:
    return tag.name in BLOCKS or tag.name in DROPPED or tag.find(list(BLOCKS)) is not None


def _inline(child: NavigableString | Tag) -> str:
    if isinstance(child, NavigableString):
        return str(child)
    return "\n" if child.name == "br" else tag_text(child) if not child.find("br") else child.get_text()


def _paragraph(words: list[str]) -> Iterator[tuple[str, str, str | None]]:
    text = plain("".join(words))
    if text:
        yield "block", text, None


def _step(tag: Tag) -> Iterator[tuple[str, str, str | None]]:
    own = str(tag.get("id")) if tag.get("id") else None
    if tag.name in HEADINGS:
        yield from (("heading", text, own) for text in [" ".join(tag_text(tag).split())] if text)
    elif tag.name in LISTS:
        yield from (("list", text, own) for text in [tag_text(_listed(tag))] if text)
    elif tag.name == "table":
        yield from _rows(tag)
    elif tag.name == "p":
        yield from (("block", text, own) for text in [tag_text(tag)] if text)
    elif tag.name == "blockquote":
        yield from (("quotation" if kind == "block" else kind, text, anchor) for kind, text, anchor in _pieces(tag))
    else:
        yield from _pieces(tag)


def _listed(tag: Tag) -> Tag:
    """Return a list inside an element of its own, so that its points are told apart from loose text."""
    holder = parse("<div></div>").div
    if holder is None:  # pragma: no cover -- the parser always makes it
        return tag
    holder.append(tag.__copy__())
    return holder


def _rows(table: Tag) -> Iterator[tuple[str, str, str | None]]:
    caption = table.find("caption")
    if isinstance(caption, Tag) and (text := tag_text(caption)):
        yield "block", text, None
    for row in table.find_all("tr"):
        cells = [" ".join(tag_text(cell).split()) for cell in row.find_all(["td", "th"])]
        if text := " | ".join(cell for cell in cells if cell):
            yield "block", text, None
