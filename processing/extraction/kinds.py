"""How firmly a commitment is made, and whether the text says that it was made before."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processing.extraction.clauses import Candidate
    from processing.records import Cue

_RECAPS = frozenset(("WOULD", "ACCEPTED"))


def firmness_of(candidate: Candidate, inside: Sequence[Cue]) -> str:
    """Return firm, conditional or aspirational: condition beats aspiration, aspiration beats firmness.

    `inside` are the cues that fired within the quote.
    """
    ids = {cue.id for cue in inside}
    if "CONDITION" in ids:
        return "conditional"
    if any(rule.firmness == "aspirational" for rule in candidate.rules[:1]) or ids & {"SOFT-VERB", "IN-PRINCIPLE"}:
        return "aspirational"
    return "firm"


def novelty_of(candidate: Candidate, inside: Sequence[Cue], near: Sequence[Cue], span: tuple[int, int]) -> str:
    """Return restated where the text says so within the quote or right by it, else new.

    `span` are the offsets of the quote; an offer to meet or write is not restated by what stands beside it.
    """
    if any(cue.id == "AS-SAID" for cue in inside) or any(rule.id in _RECAPS for rule in candidate.rules):
        return "restated"
    if candidate.rules[0].id == "HAPPY":
        return "new"
    beside = (cue for cue in near if cue.id == "AS-SAID")
    return "restated" if any(_gap(cue, span) <= _BESIDE for cue in beside) else "new"


_BESIDE = 40  # characters between "as I announced" and the promise that it speaks of


def _gap(cue: Cue, span: tuple[int, int]) -> int:
    return max(span[0] - cue.end, cue.start - span[1])
