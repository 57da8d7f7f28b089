"""Reads labelled passages, and tells which proposals of the extractor are right by them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from processing.extraction.sentences import propose
from processing.extraction.voice import voice_of
from processing.records import SpokenPassage
from training.real import passages, recorded
from training.split import is_held_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from processing.extraction.sentences import Proposal
    from processing.timing import Calendar

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "gold" / "dev.jsonl"
OWN = ROOT / "training" / "passages"
LABELS = ROOT / "training" / "labels"
SAMPLES = ROOT.parent / "shared" / "samples"
RECORDED = SAMPLES / "twfy-scrapedxml"


_ALIKE = 0.5  # shared part of two spans from which they are the same


class Labelled(NamedTuple):
    """A passage with what people marked in it: spans as offsets."""

    passage: SpokenPassage
    row: dict[str, Any]
    commitments: list[tuple[int, int]]
    deliveries: list[tuple[int, int]]


class Example(NamedTuple):
    """A proposal of the extractor and whether people marked it."""

    passage: str
    proposal: Proposal
    is_right: bool


def spoken(row: dict[str, Any]) -> SpokenPassage:
    """Return the passage of a labelled line."""
    return SpokenPassage(
        id=row["id"],
        source=row["source"],
        title=row["title"] or "",
        spoken_on=date.fromisoformat(row["spoken_on"]),
        text=row["text"],
        house=row.get("house"),
        speaker=row.get("speaker"),
        post=row.get("post"),
        government=bool(row.get("government")),
    )


def _spans(text: str, quotes: Iterable[Any]) -> list[tuple[int, int]]:
    spans, seen = [], dict[str, int]()
    for quote in quotes:
        words = quote["quote"] if isinstance(quote, dict) else quote
        start = quote.get("start") if isinstance(quote, dict) else None
        if start is None or text[start : start + len(words)] != words:
            start = text.find(words, seen.get(words, 0))
        if start < 0:
            raise ValueError(f"not in the passage: {words!r}")
        seen[words] = start + 1
        spans.append((start, start + len(words)))
    return spans


def read(file: Path) -> list[Labelled]:
    """Read a file of labelled passages. Raises ValueError where a quote is not in its text."""
    return [_labelled(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _labelled(row: dict[str, Any]) -> Labelled:
    return Labelled(spoken(row), row, _spans(row["text"], row["commitments"]), _spans(row["text"], row["deliveries"]))


def real_paragraphs() -> list[Labelled]:
    """Return the labelled real paragraphs, their text from the recorded files; none where those are not there."""
    if not RECORDED.is_dir():
        return []
    rows = [row for labels in sorted(LABELS.glob("twfy*.jsonl")) for row in passages(labels, RECORDED)]
    return [_labelled(row) for row in rows]


def recorded_texts(labels: Path) -> list[Labelled]:
    """Return labelled real answers and speeches; none where the recorded files are not there."""
    return [_labelled(row) for row in recorded(labels, SAMPLES)] if SAMPLES.is_dir() else []


def files() -> list[Path]:
    """Return the files of labelled passages that are there: the shared set, then our own."""
    return [*([SHARED] if SHARED.is_file() else []), *sorted(OWN.glob("*.jsonl"))]


def training_set(chosen: Sequence[Path] | None = None) -> list[Labelled]:
    """Return all labelled passages that are not held back.

    Those of `labels/recorded.jsonl` all are trained on: what is kept back of their kind is `unseen/recorded.jsonl`.
    """
    told = [told for told in _all(chosen) if not is_held_out(told.passage.id)]
    return told if chosen else [*told, *recorded_texts(LABELS / "recorded.jsonl")]


def held_out_set(chosen: Sequence[Path] | None = None) -> list[Labelled]:
    """Return the labelled passages that are held back."""
    return [told for told in _all(chosen) if is_held_out(told.passage.id)]


def _all(chosen: Sequence[Path] | None) -> list[Labelled]:
    """Return all labelled passages: of the files chosen, or of every file and the real paragraphs."""
    written = [told for file in (chosen or files()) for told in read(file)]
    return written if chosen else [*written, *real_paragraphs()]


def examples(labelled: Labelled, calendar: Calendar) -> tuple[list[Example], list[Example]]:
    """Return the proposals of a passage for commitments and for deliveries, each with whether it is right."""
    if not voice_of(labelled.passage).is_government:
        return [], []
    found = propose(labelled.passage, calendar)
    return (
        _marked(labelled.passage.id, found.promises, labelled.commitments),
        _marked(labelled.passage.id, found.done, labelled.deliveries),
    )


def _marked(passage: str, proposals: Sequence[Proposal], spans: Sequence[tuple[int, int]]) -> list[Example]:
    right = set()
    for span in spans:
        alike = [(_likeness(span, proposal), -place) for place, proposal in enumerate(proposals)]
        if not alike:
            continue
        most = max(alike)
        right |= {
            -place
            for likeness, place in alike
            if likeness >= _ALIKE or (likeness > 0 and (likeness, place) == most and _paired(span, proposals[-place]))
        }
    return [Example(passage, proposal, place in right) for place, proposal in enumerate(proposals)]


def _shared(span: tuple[int, int], proposal: Proposal) -> int:
    return max(0, min(span[1], proposal.end) - max(span[0], proposal.start))


def _likeness(span: tuple[int, int], proposal: Proposal) -> float:
    return _shared(span, proposal) / (max(span[1], proposal.end) - min(span[0], proposal.start))


def _paired(span: tuple[int, int], proposal: Proposal) -> bool:
    return _shared(span, proposal) * 2 >= min(span[1] - span[0], proposal.end - proposal.start)
