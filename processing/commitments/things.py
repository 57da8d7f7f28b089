"""What a promise is about: the named things of `objects.yml`, the deliverable, the sums of money."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import yaml
from ahocorasick_rs import AhoCorasick, MatchKind

from processing.language.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = Path(__file__).parent / "things.yml"

# The deliverable that a promise speaks of, by its head noun (`*`: and what begins so). Two different ones clash.
ASPECTS = {
    "guidance": "guidance toolkit handbook",
    "consultation": "consultation consult views",
    "law": "bill legislation legislate legislating statut* law duty offence amendment amendments clause clauses"
    " limitation",
    "regulations": "regulations",
    "strategy": "strategy plan",
    "response": "response respond responding",
    "report": "report reports findings update",
    "review": "review audit evaluation",
    "chair": "chair chairman",
    "timetable": "timetable timeline",
    "data": "data statistics figures survey recording",
    "funding": "funding fund funded money investment invest",
    "campaign": "campaign",
    "code": "code codes",
    "training": "training",
    "standards": "standards",
    "framework": "framework",
    "panel": "panel",
    "authority": "authority",
    "inquiry": "inquiry inquiries",
    "operation": "operation",
    "pilot": "pilot pilots pathfinder pathfinders",
    "checks": "check checks",
    "scheme": "scheme",
    "identifier": "identifier",
}
PHRASES = {
    "terms of reference": "terms of reference",
    "reference number": "identifier",
    "statutory instrument": "regulations",
    "action plan": "action plan",
    "delivery plan": "action plan",
    "implementation plan": "action plan",
}
PLAIN = re.compile(r"[a-z]+")
ASPECT_OF = {word: name for name, words in ASPECTS.items() for word in words.split() if not word.endswith("*")}
STEMS = tuple((word[:-1], name) for name, words in ASPECTS.items() for word in words.split() if word.endswith("*"))
SUM = re.compile(r"£\s?(\d[\d,.]*\d|\d)\s*(billion|bn|million|m|k|thousand)?\b", re.IGNORECASE)
SCALE = {"billion": 1e9, "bn": 1e9, "million": 1e6, "m": 1e6, "thousand": 1e3, "k": 1e3}
COUNTED = re.compile(r"\b(?:recommendations?|clauses?|sections?|chapters?|annex)\s+(\d+[A-Z]?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedThing:
    """A named thing: `within` is the wider thing that it is a part of; of `needs`, a word must stand near its name.

    One that is `is_wide` is a field in which several things are promised: its name alone makes no promise the same.
    """

    id: str
    kind: str
    name: str
    within: str | None
    needs: tuple[str, ...]
    is_wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    """What a text is about: ids of named things, deliverables, sums in pounds, numbered items.

    `apart` are the deliverables named outside the things' own names: in "a pilot of the unique identifier" the pilot,
    not the identifier.
    """

    objects: frozenset[str]
    aspects: frozenset[str]
    sums: frozenset[int]
    numbered: frozenset[str]
    apart: frozenset[str] = frozenset()

    @classmethod
    def together(cls, parts: Iterable[Self]) -> Self:
        """Return what several texts are about, taken together."""
        found = list(parts)
        return cls(
            objects=frozenset().union(*(one.objects for one in found)),
            aspects=frozenset().union(*(one.aspects for one in found)),
            sums=frozenset().union(*(one.sums for one in found)),
            numbered=frozenset().union(*(one.numbered for one in found)),
            apart=frozenset().union(*(one.apart for one in found)),
        )


@cache
def _catalogue(file: Path = FILE) -> tuple[dict[str, NamedThing], tuple[str, ...], tuple[str, ...], AhoCorasick]:
    """Read the shipped catalogue once: it is a constant of the program."""
    content: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    things, patterns, owners = {}, [], []
    for entry in content["objects"]:
        things[entry["id"]] = NamedThing(
            id=entry["id"],
            kind=entry["kind"],
            name=entry["name"],
            within=entry.get("within"),
            needs=tuple(entry.get("needs", ())),
            is_wide=entry.get("wide", False),
        )
        for written in entry["names"]:
            patterns.append(normalise(written).lower())
            owners.append(entry["id"])
    if len(set(patterns)) != len(patterns):
        twice = sorted({p for p in patterns if patterns.count(p) > 1})
        raise ValueError(f"{file.name}: names that stand twice: {', '.join(twice)}")
    return things, tuple(patterns), tuple(owners), AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest)


def named_thing(thing: str) -> NamedThing:
    """Return a named thing by its id. Raises KeyError where there is none."""
    return _catalogue()[0][thing]


@lru_cache(maxsize=50_000)  # the same quotes are looked at when they are judged, joined and matched with evidence
def find_things(text: str) -> Things:
    """Say what a text is about. A part stands for its whole: `mandatory-reporting-guidance` takes the duty away."""
    lowered = normalise(text).lower()
    things = _catalogue()[0]
    found, rest = _named(lowered)
    wholes = {things[thing].within for thing in found}
    return Things(
        objects=frozenset(found - wholes),
        aspects=_deliverables(lowered),
        apart=_deliverables(rest),
        sums=frozenset(_pounds(m) for m in SUM.finditer(lowered)),
        numbered=frozenset(m.group(0).lower() for m in COUNTED.finditer(lowered)),
    )


def beside_names(text: str) -> str:
    """Return a text without the names of things in it; each leaves its length in underlines."""
    plain = normalise(text)
    lowered = plain.lower()
    blotted = _named(lowered)[1]
    if len(lowered) != len(plain):  # a letter whose small form is longer
        return blotted
    return "".join("_" if gone == "_" else letter for letter, gone in zip(plain, blotted, strict=True))


def _named(lowered: str) -> tuple[set[str], str]:
    """Find the ids of the things named in a text, and the text with their names blotted out."""
    things, _, owners, automaton = _catalogue()
    found, rest = set(), lowered
    for index, start, end in automaton.find_matches_as_indexes(lowered):
        needs = things[owners[index]].needs
        if needs and not any(word in lowered for word in needs):
            continue
        if not (start and lowered[start - 1].isalnum()) and not (end < len(lowered) and lowered[end].isalnum()):
            found.add(owners[index])
            rest = f"{rest[:start]}{'_' * (end - start)}{rest[end:]}"
    return found, rest


def _deliverables(lowered: str) -> frozenset[str]:
    words = set(PLAIN.findall(lowered))
    found = {ASPECT_OF[word] for word in words & ASPECT_OF.keys()}
    found |= {name for stem, name in STEMS if any(word.startswith(stem) for word in words)}
    return frozenset(found | {name for phrase, name in PHRASES.items() if phrase in lowered})


def _pounds(match: re.Match[str]) -> int:
    return round(float(match.group(1).replace(",", "").rstrip(".")) * SCALE.get((match.group(2) or "").lower(), 1))


def thing_about(quote: str, nearby: str) -> str | None:
    """Return the name of the thing that a quote is about, to show; None where none is known."""
    for text in (quote, nearby):
        if objects := find_things(text).objects:
            return named_thing(min(objects)).name
    return None
