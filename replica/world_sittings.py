"""Sittings of the sample world as Hansard's API shows them: trees, debates, items, divisions."""

from __future__ import annotations

import html
import re
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from replica.shelf import DaySection, Json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from replica.world import WorldItem, WorldSection, WorldSitting

# `GrandCommittee` and `GEN` are assumed: no recorded answer names the sections of these places
SECTION_NAMES = {
    "Commons Chamber": "Debate",
    "Lords Chamber": "Debate",
    "Westminster Hall": "WestHall",
    "Grand Committee": "GrandCommittee",
    "Public Bill Committee": "GEN",
}
COLUMN_MARK = re.compile(r"\[\[column (\d+)\]\]")
QUESTIONS = "Oral Answers to Questions"
LOADED = "T23:10:00.123"  # the hour at which the invented Hansard was last worked on


def number_of(*parts: str, low: int = 47_000_000, count: int = 40_000_000) -> int:
    """Return a number that the same parts always get, from `low` up."""
    return low + zlib.crc32("/".join(parts).encode()) % count


def external_id(*parts: str) -> str:
    """Return the external id of an item of a section: mostly a UUID in capitals, sometimes digits as upstream."""
    if number_of(*parts, low=0, count=10) == 0:
        return str(number_of(*parts, low=25_090_000_000_000))
    return str(uuid5(NAMESPACE_URL, "/".join(parts))).upper()


@dataclass(slots=True)
class HansardDay:
    """Sections, debates by external id in lower case, and divisions by debate."""

    sections: list[DaySection] = field(default_factory=list)
    debates: dict[str, Json] = field(default_factory=dict)
    divisions: dict[str, list[Json]] = field(default_factory=lambda: defaultdict(list))


def hansard_of(sittings: Sequence[WorldSitting], as_of: date) -> HansardDay:
    """Return what Hansard shows of the sittings on a day."""
    found = HansardDay()
    for sitting in sittings:
        if sitting.shown <= as_of:
            _add_sitting(found, sitting, as_of)
    return found


def _add_sitting(found: HansardDay, sitting: WorldSitting, as_of: date) -> None:
    root = _node(sitting, sitting.place, None, None, 1)
    tree, holders = [root], {}
    column = str(sitting.first_column)
    listed: list[tuple[WorldSection, list[Json]]] = []
    for section in sitting.sections:
        path = [root]
        for title, tag in _holders(section):
            if title not in holders:
                holders[title] = _node(sitting, title, tag, path[-1]["Id"], len(tree) + 1)
                tree.append(holders[title])
            path.append(holders[title])
        own = _node(sitting, section.title, section.tag, path[-1]["Id"], len(tree) + 1, section.ext_id)
        tree.append(own)
        listed.append((section, [*path, own]))
    changed = f"{sitting.shown}{LOADED}"
    for index, (section, path) in enumerate(listed):
        neighbours = [listed[n][0] if 0 <= n < len(listed) else None for n in (index + 1, index - 1)]
        debate, column = _debate(sitting, section, path, neighbours, column, as_of)
        changed = max(changed, debate["Overview"]["ContentLastUpdated"])
        found.debates[section.ext_id.lower()] = debate
        found.divisions[section.ext_id.lower()] += _divisions(sitting, section)
    for holder in holders.values():
        found.debates[holder["ExternalId"].lower()] = _holding(sitting, holder, root, found, listed)
    found.sections.append(
        DaySection(
            house=sitting.house,
            day=sitting.day,
            name=SECTION_NAMES.get(sitting.place, "Debate"),
            place=sitting.place,
            volume=sitting.volume,
            last_updated=changed,
            tree=[{**node, "ExternalId": node["ExternalId"].lower()} for node in tree],
        )
    )


def _holders(section: WorldSection) -> list[tuple[str, str]]:
    """Return title and tag of the sections that oral questions stand under."""
    if section.department is None:
        return []
    return [(QUESTIONS, "hs_3OralAnswers"), (section.department, "hs_6bDepartment")]


def _node(
    sitting: WorldSitting, title: str, tag: str | None, parent: int | None, order: int, ext_id: str | None = None
) -> Json:
    own = ext_id or str(uuid5(NAMESPACE_URL, f"{sitting.file}/{title}"))
    return {
        "Id": number_of(sitting.file, own, low=5_300_000, count=900_000),
        "Title": title,
        "ParentId": parent,
        "SortOrder": order,
        "ExternalId": own,
        "HRSTag": tag,
        "HansardSection": None if parent is None else "CY-DA",
        "Timecode": None,
    }


def _debate(
    sitting: WorldSitting,
    section: WorldSection,
    path: Sequence[Json],
    neighbours: Sequence[WorldSection | None],
    column: str,
    as_of: date,
) -> tuple[Json, str]:
    """Return a debate and the column in which it ends."""
    texts = {item: text for shown, item, text in section.edits if shown <= as_of}
    changed = max([sitting.shown, *(shown for shown, _, _ in section.edits if shown <= as_of)])
    items = [_item(section, 0, "column", column, "hs_ColumnNumber")]
    if section.time:
        items.append(_timestamp(section, 1, section.time))
    for order, item in enumerate(section.items, start=2):
        told = texts.get(item.id or "", item.text)
        items.append(_told(section, item, told, order))
        column = _last_column(item, told, column)
    overview = _overview(sitting, section, path[-1], neighbours, f"{changed}{LOADED}")
    # the breadcrumb prints ids in lower case where the overview has capitals
    above = [{**node, "ExternalId": node["ExternalId"].lower()} for node in path[:-1]]
    return {"Overview": overview, "Navigator": [*above, path[-1]], "Items": items, "ChildDebates": []}, column


def _overview(
    sitting: WorldSitting, section: WorldSection, node: Json, neighbours: Sequence[WorldSection | None], changed: str
) -> Json:
    following, previous = neighbours
    return {
        "Id": node["Id"],
        "ExtId": section.ext_id,
        "Title": section.title,
        "HRSTag": section.tag,
        "Date": f"{sitting.day}T00:00:00",
        "Location": sitting.place,
        "House": sitting.house,
        "Source": 2,
        "VolumeNo": sitting.volume,
        "ContentLastUpdated": changed,
        "DebateTypeId": 1,
        "SectionType": 1,
        "NextDebateExtId": following.ext_id if following else None,
        # titles of neighbours were seen to begin with a space
        "NextDebateTitle": f" {following.title}" if following else None,
        "PreviousDebateExtId": previous.ext_id if previous else None,
        "PreviousDebateTitle": previous.title if previous else None,
    }


def _holding(
    sitting: WorldSitting,
    holder: Json,
    root: Json,
    found: HansardDay,
    listed: Sequence[tuple[WorldSection, Sequence[Json]]],
) -> Json:
    """Return a section that only holds others: they come inline with it."""
    inside = [section for section, path in listed if path[-2] is holder]
    stand_in = found.debates[(inside or [listed[0][0]])[0].ext_id.lower()]["Overview"]
    overview = {
        **stand_in,
        "Id": holder["Id"],
        "ExtId": holder["ExternalId"].upper(),
        "Title": holder["Title"],
        "HRSTag": holder["HRSTag"],
        "Date": f"{sitting.day}T00:00:00",
    }
    children = [found.debates[section.ext_id.lower()] for section in inside]
    return {"Overview": overview, "Navigator": [root, holder], "Items": [], "ChildDebates": children}


def _told(section: WorldSection, item: WorldItem, text: str, order: int) -> Json:
    if item.kind == "column":
        return _item(section, order, "column", item.text, "hs_ColumnNumber")
    if item.kind == "time":
        return _timestamp(section, order, item.text)
    key = item.id or f"{item.kind}{order}"
    made = {
        **_bare(section, key, order),
        "ExternalId": external_id(section.ext_id, key),
        "HRSTag": "hs_Para",
        "Value": _markup(text),
    }
    if item.kind == "speech":
        made |= {"MemberId": item.by, "AttributedTo": item.attribution}
    elif item.kind == "procedure":
        made |= {"Value": f"<em>{_markup(text)}</em>"}
    elif item.kind == "division":
        told = f"Division No. {item.text}: Ayes {item.ayes}, Noes {item.noes}."
        made |= {"ItemType": "Division", "Value": told, "HRSTag": None}
    return made


def _bare(section: WorldSection, key: str, order: int) -> Json:
    return {
        "ItemType": "Contribution",
        "ItemId": number_of(section.ext_id, key),
        "MemberId": None,
        "AttributedTo": None,
        "Value": "",
        "OrderInSection": order,
        "Timecode": None,
        "ExternalId": None,
        "HRSTag": None,
        "HansardSection": "CY-DA",
        "UIN": None,
        "IsReiteration": False,
    }


def _item(section: WorldSection, order: int, kind: str, column: str, tag: str) -> Json:
    mark = f'<span id="{column}" class="column-number column-only" data-column-number="{column}"></span>'
    return {
        **_bare(section, f"{kind}{order}", order),
        "Value": mark,
        "HRSTag": tag,
        "HansardSection": None,
    }


def _timestamp(section: WorldSection, order: int, time: str) -> Json:
    made = _bare(section, f"time{order}", order)
    return {**made, "ItemType": "Timestamp", "AttributedTo": "", "Value": time}


def _markup(text: str) -> str:
    """Return a text as upstream's HTML: paragraphs apart, `<em>` kept, columns as spans."""
    safe = html.escape(text, quote=False).replace("&lt;em&gt;", "<em>").replace("&lt;/em&gt;", "</em>")
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", safe.strip()))
    span = r'<span id="\1" class="column-number" data-column-number="\1"></span>'
    return COLUMN_MARK.sub(span, "\r\n\r\n".join(paragraphs))


def _last_column(item: WorldItem, text: str, column: str) -> str:
    if item.kind == "column":
        return item.text
    marks: list[str] = COLUMN_MARK.findall(text)
    return marks[-1] if marks else column


def _divisions(sitting: WorldSitting, section: WorldSection) -> list[Json]:
    return [
        {
            "Id": number_of(section.ext_id, item.text, low=64_000, count=9_000),
            "Time": None,
            "Date": f"{sitting.day}T00:00:00",
            "DivisionHasTime": False,
            "ExternalId": external_id(section.ext_id, "division", item.text),
            "AyesCount": item.ayes,
            "NoesCount": item.noes,
            "House": sitting.house,
            "DebateSection": section.title,
            "DebateSectionSource": "2",
            "Number": item.text,
            "DebateSectionExtId": section.ext_id,
            "MemberVotedAye": None,
            "TextBeforeVote": "<em><em>The House divided:</em></em>",
            "TextAfterVote": "",
            "EVELType": None,
            "EVELInfo": None,
            "EVELAyesCount": None,
            "EVELNoesCount": None,
            "IsCommitteeDivision": False,
        }
        for item in section.items
        if item.kind == "division"
    ]
