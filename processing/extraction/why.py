"""One plain sentence that says why a record has its firmness, its novelty and its deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from processing.extraction.sentences import Proposal
    from processing.extraction.voice import Voice
    from processing.records import Timing

_DECIDING = {"conditional": ("CONDITION",), "aspirational": ("SOFT-VERB", "IN-PRINCIPLE")}


def why(text: str, proposal: Proposal, voice: Voice, firmness: str, novelty: str, timing: Timing | None) -> str:
    """Return the sentence for a commitment: who spoke, which words decided, how the deadline was read."""
    own = proposal.inside[0] if proposal.inside else None
    cue = " ".join(text[own.start : own.end].split()) if own else ""
    verb = proposal.candidate.group.base
    told = f"“{cue}”" + (f" + “{verb}”" if verb and verb != cue.lower() else "")
    deciding = _deciding(text, proposal, firmness)
    reason = f"Counted as {firmness} because the speaker was {voice.told} and said {told}{deciding}."
    if novelty == "restated":
        words = next((cue for cue in (*proposal.inside, *proposal.near) if cue.id == "AS-SAID"), None)
        reason += (
            f" Restated because of “{' '.join(text[words.start : words.end].split())}”."
            if words
            else " Restated because an earlier saying is reported."
        )
    return reason + _deadline(timing)


def _deciding(text: str, proposal: Proposal, firmness: str) -> str:
    for cue in proposal.inside:
        if cue.id in _DECIDING.get(firmness, ()):
            return f", with “{' '.join(text[cue.start : cue.end].split())}”"
    return ""


def _deadline(timing: Timing | None) -> str:
    if timing is None:
        return " No timing is given."
    if timing.latest:
        day = timing.latest
        return f" Deadline {day.day} {day:%B %Y} because of “{timing.expression}” (rule {timing.rule})."
    if timing.earliest:
        day = timing.earliest
        return f" Not before {day.day} {day:%B %Y} because of “{timing.expression}” (rule {timing.rule})."
    return f" No deadline: “{timing.expression}” gives none (rule {timing.rule})."
