"""Who is to act, as the text shows it: the speaker's department, the Government, another department or a named body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from processing.departments import GOVERNMENT, places_named
from processing.function_words import ADVERBS

if TYPE_CHECKING:
    from processing.candidates import Candidate
    from processing.tokens import Words

_OURS = re.compile(r"\b(?:we|i|us|our|my|the department|my department|this department|officials|my officials|ours)\b")
_GOVERNMENT = re.compile(
    r"\b(?:(?:his|her) majesty's government|the government(?!'s|al)|this government(?!'s)|government(?!'s|al)"
    r"|ministers)\b"
)
_AGENT = re.compile(r"\b(?:by|from)\s+((?:the |this |my |his |her )?[a-z'&, ]{2,60})")
_IN_DEPARTMENT = re.compile(r"\bin (the [a-z' ]+)")


def owner_of(candidate: Candidate, words: Words, sentence: str, before: str, ours: str) -> str:
    """Return the owner of a candidate in `sentence` (as written); `before` is the passage up to the sentence."""
    first, last = words.starts[candidate.head], words.ends[candidate.end - 1]
    subject = sentence[first : words.starts[candidate.subject_end]]
    clause = sentence[words.starts[candidate.trigger] : last]
    if candidate.group.voice == "passive" or candidate.rules[0].id in ("UNDER-WAY", "DUE", "TO-BE", "PLANNED"):
        agent = _agent(sentence[first:last], ours)
        if agent:
            return agent
    told = [word for word in words.words[candidate.head : candidate.subject_end] if word not in ADVERBS]
    passive = candidate.group.voice == "passive"
    receives = candidate.group.base in _RECEIVING
    if told and not passive and (told[-1] in ("it", "they") or (told[0] in ("its", "their") and not receives)):
        return _referent(before + sentence[:first], ours)
    if told and told[-1] in ("which", "who") and not passive:
        return _just_named(sentence[:first], ours)
    return _named_in(subject, ours, passive=passive or receives) or _from_clause(clause, ours)


# What a body is given it does not itself promise: "each force will have a team".
_RECEIVING = frozenset(["have", "receive", "get", "gain", "benefit"])


def _just_named(before: str, ours: str) -> str:
    """Return the body that a relative clause right after it speaks of, else whose word it is."""
    places = places_named(before)
    return places[-1][1] if places and len(before) - places[-1][0] < _BESIDE else ours


_BESIDE = 60  # characters between a name and the relative clause about it


def _agent(clause: str, ours: str) -> str | None:
    for match in _AGENT.finditer(clause.lower().replace("’", "'")):
        told = clause[match.start(1) : match.end(1)]
        if re.match(r"(?:us|me|my department|the department|this department)\b", told.lower()):
            return ours
        if _GOVERNMENT.match(told.lower()):
            return GOVERNMENT
        named = places_named(told)
        if named and named[0][0] < 6:  # noqa: PLR2004 -- the agent itself, after "the" or "my"
            return named[0][1]
    return None


def _named_in(subject: str, ours: str, *, passive: bool) -> str | None:
    low = subject.lower().replace("’", "'")
    if re.search(r"\b(?:we|i|'ll)\s*(?:\w+ly|also|now|then|therefore|,.*)?\s*$", low):
        return ours
    named = places_named(subject)
    government = _GOVERNMENT.search(low)
    if government and not passive:
        return GOVERNMENT
    if named and not passive and not low.rstrip().endswith("inquiry"):
        return named[0][1]
    if _OURS.search(low):
        return ours
    if re.search(r"\bgovernment's?\b", low):
        return GOVERNMENT
    return None


def _from_clause(clause: str, ours: str) -> str:
    return ours if clause or ours else GOVERNMENT


def _referent(before: str, ours: str) -> str:
    """Return whom "it" or "they" stands for: what was named last before it."""
    low = before.lower().replace("’", "'")
    places = places_named(before[-300:])
    shift = max(0, len(before) - 300)
    last_named = (places[-1][0] + shift, places[-1][1]) if places else (-1, ours)
    government = max((match.start() for match in re.finditer(r"\bgovernment\b", low)), default=-1)
    department = max(
        (match.start() for match in re.finditer(r"\b(?:the|my) department\b(?! for| of)", low)), default=-1
    )
    return max(last_named, (government, GOVERNMENT), (department, ours), (0, ours))[1]
