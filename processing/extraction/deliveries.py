"""A first opinion by rule on whether a clause tells of a thing that government has done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from processing.language.nouns import class_of

if TYPE_CHECKING:
    from processing.extraction.clauses import Candidate
    from processing.extraction.setting import Setting
    from processing.extraction.subjects import Subject

_OURS = ("first", "government")
_ORDERS = frozenset(["tell", "ask", "instruct"])
_BY_US = re.compile(
    r"(?:[a-z]+ ){0,3}by (?:us|me|my|the government|this government|the department|ministers|his majesty's)\b"
)
# What one minister does alone and is still the Government's act; a visit or a speech is not.
_ACTS_ALONE = frozenset(
    [
        "write",
        "commission",
        "ask",
        "appoint",
        "launch",
        "publish",
        "announce",
        "instruct",
        "lay",
        "introduce",
        "sign",
        "establish",
        "order",
        "set",
    ]
)
_STILL_TO_COME = frozenset(
    ["accept", "agree", "decide", "commit", "promise", "pledge", "undertake", "tell", "say", "ask-for", "hear", "see"]
)
_HAPPENS = frozenset(
    [
        "come",
        "take",
        "begin",
        "start",
        "open",
        "commence",
        "go",
        "launch",
        "pass",
        "receive",
        "enter",
        "complete",
        "become",
        "publish",
        "report",
    ]
)
_TELLS_NOTHING = ("courtesy", "know", "stance", "ponder", "speak", "state")
_BY_SUBJECT = {"process": "yes", "noun": "likely", "pointing": "open", "none": "likely"}


def done(candidate: Candidate, subject: Subject, kind: str, setting: Setting) -> str:
    """Return yes, likely, open, unlikely or no for a clause that a cue of deliveries opened."""
    group = candidate.group
    passive = group.voice == "passive"
    ordered = passive and group.base in _ORDERS and setting.tail.startswith(("to", "of the", "by us"))
    if group.negated or (not ordered and (group.base in _STILL_TO_COME or kind in _TELLS_NOTHING)):
        return "no"
    is_one_person = subject.head in ("i", "he", "she", "who") and group.base not in _ACTS_ALONE
    is_effect = kind == "effect" and not (subject.kind in _OURS and "MONEY" in setting.marks)
    if is_one_person or is_effect:
        return "unlikely"
    if subject.kind in _OURS:
        return "open" if passive else "yes"
    return _done_by_others(candidate, subject, setting)


def _done_by_others(candidate: Candidate, subject: Subject, setting: Setting) -> str:
    """Judge a clause whose subject is not the Government: passives, sums of money, events."""
    passive = candidate.group.voice == "passive"
    at = candidate.group.at
    if at >= 0 and _BY_US.match(" ".join(setting.words[at + 1 : at + 9])):
        return "yes"
    if (passive and (setting.tail.startswith("to ") or subject.kind == "body")) or _is_sum(subject, setting):
        return "likely"
    if passive:
        return _BY_SUBJECT.get(subject.kind, "unlikely")
    if subject.kind == "process":
        return "likely" if candidate.group.base in _HAPPENS or "MONEY" in setting.marks else "unlikely"
    return "open" if "MONEY" in setting.marks else "unlikely" if subject.kind != "people" else "no"


def _is_sum(subject: Subject, setting: Setting) -> bool:
    """Tell whether money is what was given: "£2 million has gone to", "a grant went to every council"."""
    told = class_of(subject.head) == "money" or subject.head in ("sums", "sum")
    return told or ("MONEY" in setting.marks and subject.kind == "process")
