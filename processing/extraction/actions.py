"""The class of what is promised, from its verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processing.language.verbs import load_lexicon

if TYPE_CHECKING:
    from processing.extraction.clauses import Candidate

_BY_CUE = {"ACCEPT": "accept", "ACCEPTED": "accept"}
_COMMENCING = frozenset(("come", "take", "enter", "go"))


def action_of(candidate: Candidate) -> str:
    """Return the verb class of a candidate, as `records.FoundCommitment` lists them."""
    cue = candidate.rules[0].id
    if cue in _BY_CUE:
        return _BY_CUE[cue]
    if candidate.group.negated:
        return "refuse"
    if cue == "COMES" and candidate.group.base in _COMMENCING:
        return "commence"
    return load_lexicon().actions.get(candidate.group.base, "other")
