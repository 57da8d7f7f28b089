"""Who is to act, as the text shows it: the speaker's department, the Government, another department or a named body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from processing.language.bodies import FORUMS, full_name, named_bodies
from processing.language.departments import GOVERNMENT, places_named
from processing.language.function_words import ADVERBS
from processing.language.text import lead_above

if TYPE_CHECKING:
    from processing.extraction.clauses import Candidate
    from processing.language.tokens import Words

_OURS = re.compile(r"\b(?:we|i|us|our|my|the department|my department|this department|officials|my officials|ours)\b")
_GOVERNMENT = re.compile(
    r"\b(?:(?:his|her) majesty's government|the government(?!'s|al)|this government(?!'s)|government(?!'s|al)"
    r"|ministers)\b"
)
_AGENT = re.compile(r"\b(?:by|from)\s+((?:the |this |my |his |her )?[a-z'&, ]{2,60})")
_IN_DEPARTMENT = re.compile(r"\bin (the [a-z' ]+)")


def owner_of(candidate: Candidate, words: Words, sentence: str, before: str, title: str, ours: str) -> str:
    """Return the owner of a candidate in `sentence`; `before` is the passage up to the sentence, all as written."""
    first, last = words.starts[candidate.head], words.ends[candidate.end - 1]
    passive = candidate.group.voice == "passive"
    if passive or candidate.rules[0].id in ("UNDER-WAY", "DUE", "TO-BE", "PLANNED"):
        agent = _agent(sentence[first:last], ours)
        if agent:
            return agent
    if candidate.rules[0].id == "POINT":
        return _of_list(before + sentence[:first]) or ours
    told = [word for word in words.words[candidate.head : candidate.subject_end] if word not in ADVERBS]
    undergoes = passive or candidate.group.base in _RECEIVING
    return (
        _pointed_at(told, before + sentence[:first], ours, undergoes=undergoes, passive=passive)
        or _named_in(sentence[first : words.starts[candidate.subject_end]], ours, passive=undergoes)
        or (None if undergoes or not told else _forum(told[-1], f"{title}\n{before}{sentence[:first]}"))
        or ours
    )


# What a body is given, or is, it does not itself promise: "each force will have a team".
_RECEIVING = frozenset(["have", "receive", "get", "gain", "benefit", "be"])
_BESIDE = 80  # characters between a name and the relative clause about it


def _pointed_at(told: list[str], before: str, ours: str, *, undergoes: bool, passive: bool) -> str | None:
    """Return whom "it", "its" or "which" stands for; None where the subject is no such word."""
    if not told or (passive and told[-1] not in ("which", "who")):
        return None
    if told[-1] in ("it", "they", "he", "she") or (told[0] in ("its", "their") and not undergoes):
        return _referent(before, ours)
    if told[-1] in ("which", "who"):
        places = named_bodies(before)
        return places[-1][1] if places and len(before) - places[-1][0] < _BESIDE else ours
    return None


def _of_list(before: str) -> str | None:
    """Return the department that the line above a list of promises names: "Actions for the Home Office"."""
    opens = lead_above(before, len(before))
    named = places_named(before[slice(*opens)]) if opens else []
    return named[-1][1] if named else None


_INTO_PHRASE = re.compile(r" (?:to|on|into|by|with|for|from|in|about|against) ")


def _is_head(subject: str, place: int, name: str) -> bool:
    """Tell whether a name is what acts: no possessor ("Ofcom's advice") and in no phrase ("a letter to Ofsted")."""
    rest = subject[place : place + len(name) + 3].replace("’", "'")
    return "'s" not in rest.removeprefix(name)[:2] and not _INTO_PHRASE.search(subject[:place].rpartition("which")[2])


def _forum(word: str, before: str) -> str | None:
    return full_name(word, before) if word in FORUMS else None


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
    named = [name for place, name in named_bodies(subject) if _is_head(subject, place, name)]
    government = _GOVERNMENT.search(low)
    if government and not passive:
        return GOVERNMENT
    if named and not passive:
        return named[0]
    if _OURS.search(low):
        return ours
    if re.search(r"\bgovernment's?\b", low):
        return GOVERNMENT
    return None


def _referent(before: str, ours: str) -> str:
    """Return whom "it" or "they" stands for: what was named last before it."""
    low = before.lower().replace("’", "'")
    places = named_bodies(before[-300:])
    shift = max(0, len(before) - 300)
    last_named = (places[-1][0] + shift, places[-1][1]) if places else (-1, ours)
    government = max((match.start() for match in re.finditer(r"\bgovernment\b", low)), default=-1)
    department = max(
        (match.start() for match in re.finditer(r"\b(?:the|my) department\b(?! for| of)", low)), default=-1
    )
    return max(last_named, (government, GOVERNMENT), (department, ours), (0, ours))[1]
