"""Passages and extractions as JSON: the lines that `followthrough extract` reads and writes."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from processing.errors import BadInput
from processing.records import HOUSES, SpokenPassage
from processing.sources import MANNERS, SPOKEN

if TYPE_CHECKING:
    from processing.records import Cue, Extraction, FoundCommitment, FoundDelivery


def read_passage(line: str) -> SpokenPassage:
    """Return the passage that a line of JSON holds; unknown keys are ignored, missing optional ones are None.

    Raises BadInput, with the field named, where `id`, `spoken_on` or `text` is missing or a field is of another type.
    """
    try:
        told = json.loads(line)
    except ValueError as error:
        raise BadInput(f"not JSON: {error}") from error
    if not isinstance(told, dict):
        raise BadInput("not a JSON object")
    if missing := [name for name in ("id", "spoken_on", "text") if told.get(name) is None]:
        raise BadInput(f"missing: {', '.join(missing)}")
    for name in ("text", "title", "source", "house", "speaker", "post"):
        if not isinstance(told.get(name) or "", str):
            raise BadInput(f"{name} must be text or null, not {told[name]!r}")
    if told.get("house") not in (None, *HOUSES):
        raise BadInput(f"house must be Commons, Lords or null, not {told['house']!r}")
    if not isinstance(told.get("government") or False, bool):
        raise BadInput(f"government must be true or false, not {told['government']!r}")
    if (source := told.get("source") or SPOKEN) not in MANNERS:
        raise BadInput(f"source must be one of {', '.join(MANNERS)}, not {source!r}")
    return SpokenPassage(
        id=str(told["id"]),
        source=source,
        title=told.get("title") or "",
        spoken_on=_day(told["spoken_on"]),
        text=told["text"],
        house=told.get("house"),
        speaker=told.get("speaker"),
        post=told.get("post"),
        government=bool(told.get("government")),
    )


def _day(told: object) -> date:
    try:
        return date.fromisoformat(str(told))
    except ValueError as error:
        raise BadInput(f"spoken_on is not a date (YYYY-MM-DD): {told!r}") from error


def extraction_told(passage_id: str, extraction: Extraction) -> dict[str, Any]:
    """Return an extraction as the JSON object of one line."""
    return {
        "id": passage_id,
        "commitments": [_commitment(found) for found in extraction.commitments],
        "deliveries": [found.quote for found in extraction.deliveries],
        "delivery_records": [_delivery(found) for found in extraction.deliveries],
    }


def _commitment(found: FoundCommitment) -> dict[str, Any]:
    timing = found.timing
    return {
        "quote": found.quote,
        "start": found.start,
        "owner": found.owner,
        "firmness": found.firmness,
        "novelty": found.novelty,
        "timing": timing.expression if timing else None,
        "earliest": timing.earliest.isoformat() if timing and timing.earliest else None,
        "latest": timing.latest.isoformat() if timing and timing.latest else None,
        "recommendations": list(found.recommendations),
        "action": found.action,
        "why": found.why,
        "cues": [_cue(cue) for cue in found.cues],
        "score": found.score,
        "features": [list(pair) for pair in found.features],
    }


def _delivery(found: FoundDelivery) -> dict[str, Any]:
    return {
        "quote": found.quote,
        "start": found.start,
        "action": found.action,
        "recommendations": list(found.recommendations),
        "cues": [_cue(cue) for cue in found.cues],
        "score": found.score,
    }


def _cue(cue: Cue) -> dict[str, Any]:
    return {"id": cue.id, "start": cue.start, "end": cue.end}
