"""Compares a register that was built from the sample world with the truth of it."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from replica.world_pages import asset_path
from tests.replica.world.truth import PLACE, Saying, load_truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from replica.world import World

SHARED_PART = (
    0.5  # of the shorter quote: from there on two quotes are the same saying, as in the scorer of the gold set
)
EVENTS = """
    SELECT kind, happened_on, days, commitment, statement, delivery FROM events WHERE kind NOT IN ('said', 'restated')
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One statement or delivery of the register."""

    id: str
    document: str
    quote: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """Which of the register is which of the truth; `extra` and `missed` have no partner."""

    pairs: tuple[tuple[Saying, Found], ...]
    missed: tuple[Saying, ...]
    extra: tuple[Found, ...]

    @property
    def precision(self) -> float:
        """Share of what was found that is true."""
        return len(self.pairs) / (len(self.pairs) + len(self.extra))

    @property
    def recall(self) -> float:
        """Share of what is true that was found."""
        return len(self.pairs) / (len(self.pairs) + len(self.missed))


def rows(folder: Path, query: str) -> list[dict[str, Any]]:
    """Return the rows of a query over the register in a data folder."""
    with closing(sqlite3.connect(f"file:{folder / 'followthrough.db'}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute(query)]


def found_in(folder: Path, table: str) -> list[Found]:
    """Return all statements or deliveries of a register."""
    return [
        Found(id=row["id"], document=row["document"], quote=_plain(row["quote"]), fields=row)
        for row in rows(folder, f"SELECT * FROM {table}")  # noqa: S608 -- our own names
    ]


def documents_of(world: World, place: str) -> set[str]:
    """Return the ids of the documents that a place of the truth stands in."""
    match = PLACE.match(place)
    if match is None:
        raise ValueError(f"{place!r} names no place")
    if match["file"]:
        sections = [
            section for sitting in world.sittings if sitting.file == match["file"] for section in sitting.sections
        ]
        return {f"hansard/{s.ext_id.lower()}" for s in sections if any(item.id == match["item"] for item in s.items)}
    if match["question"]:
        return {f"written_questions/{match['question']}"}
    if match["statement"]:
        return {f"written_statements/{s['id']}" for s in world.statements if s["uin"] == match["statement"]}
    (lived,) = [each for each in world.publications if each.file == match["slug"]]
    path = str(lived.fixed["path"])
    if match["page"]:
        files = [f for state in lived.states for f in state.get("attachments") or [] if f["kind"] == "pdf"]
        return {f"govuk/asset/{asset_path(path, f['file']).removeprefix('/media/')}" for f in files}
    return {f"govuk{path}/{match['part']}" if match["part"] else f"govuk{path}"}


def pair(world: World, truth: Sequence[Saying], found: Sequence[Found]) -> Pairing:
    """Pair truth and register one to one, the longest shared words first."""
    by_document: dict[str, list[Found]] = defaultdict(list)
    for each in found:
        by_document[each.document].append(each)
    possible = []
    for number, saying in enumerate(truth):
        for document in documents_of(world, saying.place):
            possible += [(_shared(saying.quote, each.quote), number, each) for each in by_document[document]]
    pairs: dict[int, Found] = {}
    used: set[str] = set()
    for shared, number, each in sorted(possible, key=lambda found: (-found[0], found[1], found[2].id)):
        is_same = shared >= SHARED_PART * min(len(truth[number].quote), len(each.quote))
        if is_same and number not in pairs and each.id not in used:
            pairs[number] = each
            used.add(each.id)
    again = {
        (document, each.quote)
        for number, each in pairs.items()
        for document in documents_of(world, truth[number].place)
    }
    return Pairing(
        pairs=tuple((truth[number], each) for number, each in sorted(pairs.items())),
        missed=tuple(saying for number, saying in enumerate(truth) if number not in pairs),
        # words that a replaced file has kept are no new saying
        extra=tuple(each for each in found if each.id not in used and (each.document, each.quote) not in again),
    )


def field_errors(pairing: Pairing, name: str) -> list[tuple[str, Any, Any]]:
    """Return the quotes in which a field is not as the truth has it, with both values."""
    wrong = []
    for saying, each in pairing.pairs:
        told, real = each.fields[name], saying.fields.get(name)
        if told != real:
            wrong.append((saying.quote, real, told))
    return wrong


def b_cubed(pairing: Pairing) -> tuple[float, float]:
    """Return precision and recall of the joins, over the statements that were found."""
    real = {each.id: saying.commitment for saying, each in pairing.pairs}
    told = {each.id: each.fields["commitment"] for _, each in pairing.pairs}
    both = Counter((real[key], told[key]) for key in real)
    in_told, in_real = Counter(told.values()), Counter(real.values())
    precision = sum(both[real[key], told[key]] / in_told[told[key]] for key in real) / len(real)
    recall = sum(both[real[key], told[key]] / in_real[real[key]] for key in real) / len(real)
    return precision, recall


def wrong_joins(pairing: Pairing) -> list[str]:
    """Return in words which commitments were taken for one, and which were taken apart."""
    together: dict[str, set[str | None]] = defaultdict(set)
    apart: dict[str | None, set[str]] = defaultdict(set)
    for saying, each in pairing.pairs:
        together[each.fields["commitment"]].add(saying.commitment)
        apart[saying.commitment].add(str(each.fields["commitment"]))
    said = [
        f"{name} joins {', '.join(sorted(map(str, labels)))}" for name, labels in together.items() if len(labels) > 1
    ]
    return said + [
        f"{label} is split over {', '.join(sorted(names))}" for label, names in apart.items() if len(names) > 1
    ]


Happening = tuple[str, str, date, int | None]  # commitment of the truth, kind, Monday by which it can be seen, days


def true_events() -> Counter[Happening]:
    """Return the events of the truth."""
    told = load_truth()["events"]
    return Counter((e["commitment"], e["kind"], _monday(date.fromisoformat(e["on"])), e.get("days")) for e in told)


def found_events(folder: Path, pairing: Pairing, deliveries: Pairing) -> Counter[Happening]:
    """Return the events of a register but those of saying, by the commitment of the truth that they belong to."""
    labels = {each.id: saying.commitment for saying, each in (*pairing.pairs, *deliveries.pairs)}
    homes: dict[str, Counter[str]] = defaultdict(Counter)
    for saying, each in pairing.pairs:
        homes[each.fields["commitment"]][str(saying.commitment)] += 1
    found: set[Happening] = set()
    for row in rows(folder, EVENTS):
        home = homes.get(row["commitment"])
        label = labels.get(row["statement"] or "") or (home.most_common(1)[0][0] if home else row["commitment"])
        days = abs(row["days"]) if row["days"] is not None else None
        # evidence that comes more than once in a week is told once by the truth
        found.add((str(label), row["kind"], _monday(date.fromisoformat(row["happened_on"])), days))
    return Counter(found)


def _monday(day: date) -> date:
    """Return the Monday on which the weekly run can have seen what happened on a day."""
    return day + timedelta(days=-day.weekday() % 7)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _shared(one: str, other: str) -> int:
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def told(things: Iterable[Any]) -> str:
    """Return one thing a line, for people who read why a test failed."""
    return "\n".join(f"  {thing}" for thing in things)
