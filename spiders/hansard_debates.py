"""Reads one debate of Hansard: speeches put together from their items, with speaker, office, column and time.

Contract: https://hansard-api.parliament.uk (Swagger); what items look like was read in recorded debates.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bs4.element import NavigableString, PreformattedString, Tag

from processing.errors import KindNotCollected
from processing.records import Document, Passage
from processing.strict_json import Reader
from spiders.html import parse
from spiders.plain import is_note_mark, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

logger = logging.getLogger(__name__)

SITE = "https://hansard.parliament.uk"
KINDS = {
    "hs_2cStatement": "oral statement",
    "hs_2cUrgentQuestion": "urgent question",
    "hs_8Question": "oral question",
    "hs_8Petition": "petition",
    "hs_2cDeferredDiv": "division",
    "hs_2cSO24Application": "application for a debate",
}
# Sections of the Lords all carry the tag NewDebate: their first line says what they are
FIRST_LINES = {
    "Statement": "oral statement",
    "Question": "oral question",
    "Private Notice Question": "urgent question",
    "Commons Urgent Question": "urgent question",
}
PLACES = {"Westminster Hall": "Westminster Hall debate", "Grand Committee": "Grand Committee debate"}
WRITTEN_STATEMENT = "hs_8Statement"
DEPARTMENT = "hs_6bDepartment"

# Tags of items that nobody speaks; the first three stand inside a speech and do not end it
WITHIN = frozenset(("hs_ColumnNumber", "hs_TimeCode", "hs_Timeline"))
NOT_SPOKEN = re.compile(
    r"hs_(?:ColumnNumber|TimeCode|Timeline|CLMember|CLHeading|CLChairman|CLClerks|76fChair|AmendmentLevel\d"
    r"|AmendmentHeading|Procedure|TabledBy|DebateType|8Clause)$"
)
UNSPOKEN_TYPES = {"Timestamp": "time", "Division": "division", "Amendment": "procedure"}
CONTINUES = frozenset(("hs_Para", "hs_brev"))
# "Question put and agreed to.", "Motion made, and Question proposed", "Ordered, That ...", "The House divided"
PROCEDURE = re.compile(
    r"(?:Question (?:put|proposed|agreed|again|accordingly)|Motion made|Motion agreed|Ordered,|Resolved,|Order\."
    r"|Bill (?:read|accordingly)|The (?:House|Committee) (?:divided|having divided)|House (?:adjourned|resumed)"
    r"|Sitting (?:suspended|adjourned)|Amendment(?:,| \d+)? (?:proposed|agreed|withdrawn|by leave)"
    r"|Clause \d+.{0,20} ordered to stand)"
)
ASIDE = re.compile(r"^\[.*\]$", re.DOTALL)  # "[Interruption.]"
PARAGRAPH = re.compile(r"\r?\n[ \t]*\r?\n")
OFFICE = re.compile(
    r"\b(?:Minister|Secretary|Chancellor|Attorney[- ]General|Solicitor[- ]General|Advocate[- ]General"
    r"|Leader of the House|Lord Privy Seal|Lord President|Paymaster|Treasurer|Comptroller|Chamberlain|Captain of"
    r"|Speaker|Chairman of|Church Commissioner|in Waiting|Whip)\b"
)
ATTRIBUTION = re.compile(r"^(?P<head>[^(]+?)\s*(?:\((?P<first>[^)]*)\).*)?$", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who speaks: name, the words printed, `member/<id>`, the office printed."""

    name: str | None
    attribution: str | None
    member: str | None
    post: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a debate; `columns` are the columns that begin in it, the first of them before its text or not."""

    type: str
    key: str
    anchor: str | None
    tag: str | None
    text: str
    is_all_italic: bool
    columns: tuple[str, ...]
    begins_column: bool
    speaker: Speaker | None
    timecode: str | None


def debates(body: bytes, url: str) -> Iterator[Document]:
    """Yield the debate of an answer and the debates inside it, each once. Raises KindNotCollected, SourceChanged."""
    yield from _debate(Reader.from_bytes(body, url), set())


def parse_attribution(words: str) -> tuple[str, str | None]:
    """Return name and office of the words printed for a speaker.

    `The Minister for Safeguarding (Jane Roe)` gives Jane Roe and the office; `Jane Roe (Thornmere) (Lab)` and
    `The Earl of Thornmere (CB)` give the name alone.
    """
    found = ATTRIBUTION.match(words.strip())
    if found is None:
        return words.strip(), None
    head, first = found["head"].strip(), (found["first"] or "").strip()
    if first and OFFICE.search(head):
        return first, head
    return head, None


def slug(title: str) -> str:
    """Return the last part of a debate's permalink: the words of its title, joined. Any would be accepted."""
    return "".join(word[0].upper() + word[1:] for word in re.findall(r"[A-Za-z0-9]+", title)) or "Debate"


def _debate(debate: Reader, seen: set[str]) -> Iterator[Document]:
    overview = debate.inner("Overview")
    ext = overview.text("ExtId")
    if ext.lower() in seen:
        return
    seen.add(ext.lower())
    items, children = debate.maybe_items("Items"), debate.maybe_items("ChildDebates")
    ancestors = debate.maybe_items("Navigator")
    tag = overview.maybe_text("HRSTag")
    if tag == WRITTEN_STATEMENT:
        raise KindNotCollected(debate.where, "written statement (read from the questions and statements API)")
    if items:
        yield _document(overview, ext, tag, ancestors, [_item(item) for item in items])
    elif not children:
        logger.warning("%s: a debate without items", debate.where)
    debate.done()
    for child in children:
        yield from _debate(child, seen)


def _document(overview: Reader, ext: str, tag: str | None, ancestors: list[Reader], items: list[Item]) -> Document:
    title = overview.maybe_text("Title") or "Untitled"
    day, house, place = overview.day("Date"), overview.text("House"), overview.maybe_text("Location")
    url = _permalink(house, day, ext, title)
    overview.skip("Id", "Source", "VolumeNo", "DebateTypeId", "SectionType")
    overview.skip("NextDebateExtId", "NextDebateTitle", "PreviousDebateExtId", "PreviousDebateTitle")
    document = Document(
        id=f"hansard/{ext.lower()}",
        source="hansard",
        kind=_kind(tag, place, items),
        title=title,
        url=url,
        published=day,
        passages=tuple(_passages(items, url, place)),
        house=house,
        departments=_departments(ancestors),
        updated_at=overview.maybe_text("ContentLastUpdated"),
    )
    overview.done()
    return document


def _permalink(house: str, day: date, ext: str, title: str) -> str:
    return f"{SITE}/{house}/{day}/debates/{ext}/{slug(title)}"


def _kind(tag: str | None, place: str | None, items: list[Item]) -> str:
    if place in PLACES:
        return PLACES[place]
    if place and "Bill Committee" in place:
        return "Public Bill Committee"
    first = next((item.text for item in items if item.text and item.speaker is None), "")
    return KINDS.get(tag or "") or FIRST_LINES.get(first) or "debate"


def _departments(ancestors: list[Reader]) -> tuple[str, ...]:
    """Return the department asked in oral questions: the title of the section that they stand under."""
    return tuple(
        section.text("Title")
        for section in ancestors
        if section.maybe_text("HRSTag") == DEPARTMENT and section.has("Title")
    )


def _item(item: Reader) -> Item:
    ext, number = item.maybe_text("ExternalId"), item.number("ItemId")
    member, words = item.maybe_number("MemberId") or None, item.maybe_text("AttributedTo")
    text, is_italic, columns, begins = read_value(item.maybe_text("Value") or "")
    timecode = item.maybe_text("Timecode")
    found = Item(
        type=item.text("ItemType"),
        key=ext.lower() if ext else f"item-{number}",
        anchor=ext,
        tag=item.maybe_text("HRSTag"),
        text=text,
        is_all_italic=is_italic,
        columns=columns,
        begins_column=begins,
        speaker=_speaker(words, member) if words or member else None,
        timecode=timecode[11:19] if timecode and len(timecode) >= len("2026-01-14T18:59:53") else None,
    )
    item.skip("OrderInSection", "HansardSection", "UIN", "IsReiteration")
    item.done()
    return found


def _speaker(words: str | None, member: int | None) -> Speaker:
    name, post = parse_attribution(words) if words else (None, None)
    return Speaker(name=name, attribution=words, member=f"member/{member}" if member else None, post=post)


def read_value(value: str) -> tuple[str, bool, tuple[str, ...], bool]:
    """Return the plain text of an item's HTML, whether all of it is italic, its columns, and whether one begins it.

    Paragraphs stand apart by an empty line. Column marks leave no trace in the text.
    """
    if "<" not in value and "&" not in value:
        return _paragraphs(value), False, (), False
    root = parse(value)
    columns: list[str] = []
    begins = False
    for mark in root.select("span.column-number"):
        column = str(mark.get("data-column-number") or mark.get("id") or "").strip()
        if column:
            begins = begins or (not columns and not any(text.strip() for text in mark.find_all_previous(string=True)))
            columns.append(column)
        mark.decompose()
    text = _paragraphs("".join(_words(root)))
    upright = "".join(s for s in root.find_all(string=True) if s.find_parent("em") is None).strip()
    return text, bool(text) and not upright, tuple(columns), begins


def _words(tag: Tag) -> Iterator[str]:
    before = ""
    for child in tag.children:
        if isinstance(child, PreformattedString):
            continue
        if isinstance(child, NavigableString):
            before = str(child)
            yield before
        elif isinstance(child, Tag) and not (child.name == "sup" and is_note_mark(child.get_text(), before)):
            gap = " " if child.name in ("td", "th") else ""
            gap = "\n\n" if child.name in ("p", "div", "li", "question", "questiontext", "tr", "table") else gap
            gap = "\n\n" if child.name == "br" else gap
            yield gap
            yield from _words(child)
            yield gap


def _paragraphs(text: str) -> str:
    lines = (plain(paragraph) for paragraph in PARAGRAPH.split(text))
    return "\n\n".join(line for line in lines if line)


def _passages(items: list[Item], url: str, place: str | None) -> Iterator[Passage]:
    """Yield the passages: who spoke last speaks on, until somebody else, a division or procedure ends the speech."""
    column: str | None = None
    current: Speaker | None = None
    names: dict[str, Speaker] = {}
    for item in items:
        at = item.columns[0] if item.begins_column else column
        kind, speaker, is_inferred = _what(item, current, names)
        if speaker and speaker.member and speaker.name:
            names[speaker.member] = speaker
        if kind in ("speech", "division", "procedure") and not _stands_within(item):
            # "The Chair" has no member: nobody can be carried forward from there
            current = speaker if kind == "speech" and speaker and speaker.member else None
        if item.text or kind in ("division", "time"):
            yield Passage(
                key=item.key,
                kind=kind,
                text=item.text or kind.capitalize(),
                speaker=speaker.name if speaker else None,
                attribution=speaker.attribution if speaker and not is_inferred else None,
                member=speaker.member if speaker else None,
                post=speaker.post if speaker else None,
                column=at,
                timecode=item.text if kind == "time" else item.timecode,
                url=f"{url}#contribution-{item.anchor}" if item.anchor else url,
                section=place,
                is_inferred=is_inferred,
            )
        column = item.columns[-1] if item.columns else column


def _stands_within(item: Item) -> bool:
    """Tell whether an item leaves the speech around it going: a column, a time, an aside."""
    return item.tag in WITHIN or (item.is_all_italic and bool(ASIDE.match(item.text))) or not item.text


def _what(item: Item, current: Speaker | None, names: Mapping[str, Speaker]) -> tuple[str, Speaker | None, bool]:
    """Return kind, speaker and whether the speaker was carried forward."""
    if item.type in UNSPOKEN_TYPES:
        return UNSPOKEN_TYPES[item.type], None, False
    if item.type != "Contribution":
        logger.warning("an item of unknown type %s (%s) is kept as procedure", item.type, item.key)
        return "procedure", None, False
    if item.speaker is not None and not (item.tag and NOT_SPOKEN.match(item.tag)):
        return "speech", _named(item.speaker, names), False
    if current and item.tag in CONTINUES and not item.is_all_italic and not PROCEDURE.match(item.text):
        return "speech", current, True
    return "procedure", None, False


def _named(speaker: Speaker, names: Mapping[str, Speaker]) -> Speaker:
    """Give a member without printed words the name under which they spoke before in the debate."""
    before = names.get(speaker.member or "")
    return replace(speaker, name=before.name) if before and speaker.name is None else speaker
