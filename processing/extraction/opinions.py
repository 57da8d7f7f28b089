"""A first opinion on a clause by rule, from cue, subject, verb and what governs it: evidence for the judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processing.extraction.deliveries import done
from processing.language.nouns import class_of
from processing.language.verbs import load_lexicon

if TYPE_CHECKING:
    from processing.extraction.clauses import Candidate
    from processing.extraction.setting import Setting
    from processing.extraction.subjects import Subject

_OURS = ("first", "government")
_ACTORS = ("first", "government", "body")
_WEAK = ("courtesy", "know", "stance")
_NEAR = 6  # words before a clause


def opinion(candidate: Candidate, subject: Subject, kind: str, setting: Setting) -> str:
    """Return yes, likely, open, unlikely or no."""
    told = _RULES.get(candidate.rules[0].id, _other)(candidate, subject, kind, setting)
    if setting.governor in ("condition", "ensure") or (
        setting.governor in ("purpose", "question") and setting.timing != "dated"
    ):
        return {"yes": "unlikely", "likely": "no", "open": "no", "unlikely": "no"}.get(told, told)
    if "PROCEDURE" in setting.marks and setting.timing == "none":
        return {"yes": "unlikely", "likely": "unlikely", "open": "no"}.get(told, told)
    if setting.governor == "belief":
        return {"yes": "open", "likely": "unlikely", "open": "no"}.get(told, told)
    if "ALWAYS" in setting.marks and setting.timing == "none":
        return {"yes": "open", "likely": "unlikely", "open": "no"}.get(told, told)
    return told


def _will(candidate: Candidate, subject: Subject, kind: str, setting: Setting) -> str:
    dated = setting.timing != "none"
    if candidate.group.base == "do" and "what" in setting.words[max(0, candidate.head - _NEAR) : candidate.trigger]:
        return "no"  # "what the Government will do about it": nothing is said to be done
    later = dated and candidate.group.base in ("say", "return", "update")
    if _is_no_promise(candidate, subject, kind) or (kind == "courtesy" and not later):
        return "no"
    if kind == "courtesy":
        return "open"
    if candidate.group.aspect == "perfect" and not dated:
        return "unlikely"
    return _future(candidate, subject, kind, dated=dated)


def _future(candidate: Candidate, subject: Subject, kind: str, *, dated: bool) -> str:
    """Judge a plain future by who acts, or by what undergoes it."""
    if subject.kind in _ACTORS or subject.kind == "none":
        return _acting(kind, dated=dated, near=subject.kind != "none")
    if candidate.group.voice == "passive":
        return _undergoing(subject, kind, dated=dated)
    if subject.kind == "process":
        return _process(candidate, subject, kind, dated=dated)
    if subject.kind == "pointing":
        return _pointing(subject, kind, dated=dated)
    likely = dated and kind == "act"
    return "open" if likely else "no" if subject.kind == "people" else "unlikely"


def _is_no_promise(candidate: Candidate, subject: Subject, kind: str) -> bool:
    """Tell whether "will not" refuses nothing ("we will not pretend"), or "is to" tells of a purpose."""
    purpose = candidate.rules[0].id == "IS-TO" and subject.head in _PURPOSES
    return purpose or (candidate.group.negated and kind in ("effect", "stance", "know", "speak"))


def _process(candidate: Candidate, subject: Subject, kind: str, *, dated: bool) -> str:
    """Judge what a thing of government will do: what a law does is an effect unless it comes on a day."""
    if dated:
        return "yes"
    if class_of(subject.head) == "law" and candidate.group.base not in _ARRIVES:
        return "no"
    return "open" if kind in ("act", "ponder", "state") else "unlikely"


def _pointing(subject: Subject, kind: str, *, dated: bool) -> str:
    if subject.head == "there":
        return "yes" if kind == "act" or dated else "unlikely"
    if subject.head in ("it", "they", "which", "he", "she"):
        return "likely" if dated else "open" if kind in ("act", "ponder") else "unlikely"
    return "open" if dated and kind == "act" else "unlikely"


_ARRIVES = frozenset(["come", "take", "go", "enter", "commence", "begin", "follow"])
_PURPOSES = frozenset(
    [
        "aim",
        "effect",
        "purpose",
        "what",
        "statement",
        "role",
        "idea",
        "point",
        "task",
        "job",
        "question",
        "duty",
        "challenge",
        "temptation",
        "answer",
    ]
)


def _acting(kind: str, *, dated: bool, near: bool) -> str:
    if kind in ("act", "ponder"):
        return "yes" if near or dated else "likely"
    if kind in _WEAK:
        return "unlikely" if dated else "no"
    if dated:
        return "likely"
    return {"effect": "open", "speak": "unlikely", "state": "unlikely"}.get(kind, "open")


def _undergoing(subject: Subject, kind: str, *, dated: bool) -> str:
    if kind == "know":
        return "no"
    if subject.kind == "people":
        return "likely" if dated else "unlikely"
    if kind in ("act", "ponder"):
        return "yes" if dated or subject.kind == "process" else "likely"
    return "likely" if dated else "open" if subject.kind == "process" else "unlikely"


# "I am today publishing" is done in the saying: a delivery.
_DONE_IN_SAYING = frozenset(["publish", "lay", "launch", "announce", "issue", "release", "table"])


def _progress(candidate: Candidate, subject: Subject, kind: str, setting: Setting) -> str:
    if subject.kind == "people" or (candidate.group.base in _DONE_IN_SAYING and "today" in setting.words):
        return "no"
    if candidate.group.negated:
        return "unlikely"
    if candidate.group.base in load_lexicon().under_way and kind not in ("courtesy", "stance", "know", "effect"):
        return "yes" if subject.kind in _OURS else "likely" if subject.kind in ("none", "body", "process") else "open"
    if kind == "ponder":
        return "likely" if subject.kind in _OURS else "open"
    return "open" if setting.timing != "none" else "no"


def _done_to(candidate: Candidate, subject: Subject, kind: str, setting: Setting) -> str:
    if kind == "ponder":
        return "open" if setting.timing != "none" else "unlikely"
    if candidate.group.base in load_lexicon().under_way or setting.timing != "none":
        return "likely"
    return "open" if kind == "act" and subject.kind in ("process", "noun") else "unlikely"


# "I do not want to give a figure" refuses nothing; "we do not intend to change the law" does
_WISHES = frozenset(["want", "wants", "wanting", "wish", "wishes", "hope", "hopes", "like", "love", "prefer", "mean"])


def _wish(candidate: Candidate, subject: Subject, kind: str, setting: Setting) -> str:
    dated = setting.timing != "none"
    if candidate.group.negated and (
        setting.words[candidate.trigger] in _WISHES or (candidate.rules[0].id == "INTEND" and kind != "act")
    ):
        return "no"
    if candidate.group.negated:
        return "open" if subject.kind in _OURS and candidate.rules[0].id == "INTEND" else "unlikely"
    if subject.kind not in (*_OURS, "body", "none", "pointing", "process"):
        return "unlikely"
    if kind in (*_WEAK, "speak"):
        return "likely" if dated and kind == "speak" else "no"
    if kind == "state":
        return "open" if dated else "unlikely"
    return "yes" if kind in ("act", "ponder") else "likely" if dated or kind == "other" else "open"


_PLEASED = frozenset(
    ["see", "hear", "say", "tell", "welcome", "have", "be", "follow", "respond", "note", "learn", "accept"]
)


def _ready(candidate: Candidate, subject: Subject, kind: str, setting: Setting) -> str:
    if subject.kind not in _OURS:
        return "unlikely"
    if candidate.group.base in _PLEASED and setting.timing == "none":
        return "no"
    if kind in ("act", "ponder") or candidate.group.at >= candidate.end - 2:
        return "yes" if kind in ("act", "ponder") else "likely"
    return "open" if candidate.group.base in ("discuss", "visit", "speak", "talk") else "no"


def _given(candidate: Candidate, subject: Subject, kind: str, setting: Setting) -> str:
    if candidate.rules[0].id == "DECIDED" and subject.kind in (*_OURS, "none") and kind in ("act", "ponder"):
        return "yes"
    told = candidate.rules[0].id
    if told == "DECIDED" and subject.kind in _OURS:
        return "likely"
    if told == "ACCEPT" and setting.tail.startswith("that") and "RECOMMENDATION" not in setting.marks:
        return "unlikely"
    if subject.kind in _OURS and "RECOMMENDATION" in setting.marks:
        return "yes"
    if subject.kind in _OURS or "RECOMMENDATION" in setting.marks:
        return "likely"
    return "unlikely"


def _way(candidate: Candidate, subject: Subject, kind: str, setting: Setting) -> str:
    del candidate, kind
    if subject.kind in ("people", "first"):
        return "unlikely"
    return "likely" if setting.timing != "none" or subject.kind in ("process", "none", "noun") else "open"


_BINDING = frozenset(["undertake", "promise", "pledge", "guarantee", "commit"])


def _telling(candidate: Candidate, subject: Subject, kind: str, setting: Setting) -> str:
    if subject.kind in ("people", "noun", "body", "process"):
        return "no"
    if candidate.group.at > candidate.trigger and subject.kind in (*_OURS, "none"):
        binds = setting.words[candidate.trigger] in _BINDING and kind in ("act", "ponder")
        return "yes" if binds else "likely"
    told = setting.words[candidate.trigger : candidate.end]
    if subject.kind in _OURS and "that" in told and ("would" in told or "will" in told):
        return "likely"
    return "open" if "RESTATED" in setting.marks or setting.timing == "dated" else "unlikely"


def _recap(candidate: Candidate, subject: Subject, kind: str, setting: Setting) -> str:
    del subject
    if kind in ("act", "ponder") or candidate.group.voice == "passive":
        return "likely" if setting.governor == "say" or setting.timing == "dated" else "unlikely"
    return "open" if setting.governor == "say" else "no"


def _present(candidate: Candidate, subject: Subject, kind: str, setting: Setting) -> str:
    del candidate, kind
    if subject.kind == "people":
        return "no"
    return "likely" if setting.timing == "dated" else "unlikely" if setting.timing == "vague" else "no"


def _point(candidate: Candidate, subject: Subject, kind: str, setting: Setting) -> str:
    """Judge a point of a list under "we will:", or under "we have:"."""
    del candidate, subject, setting
    return "yes" if kind in ("act", "ponder") else "likely" if kind in ("other", "effect") else "open"


def _other(candidate: Candidate, subject: Subject, kind: str, setting: Setting) -> str:
    del candidate, subject, kind
    return "likely" if setting.timing == "dated" else "open" if setting.timing == "vague" else "unlikely"


_RULES = {
    "HAVE-DONE": done,
    "WAS-DONE": done,
    "DID": done,
    "DONE-TODAY": done,
    "WILL": _will,
    "GOING-TO": _will,
    "IS-TO": _will,
    "POINT": _point,
    "POINT-DONE": _point,
    "TO-BE": _other,
    "BEING": _done_to,
    "ING": _progress,
    "INTEND": _wish,
    "COMMITTED": _wish,
    "HAPPY": _ready,
    "ACCEPT": _given,
    "ACCEPTED": _given,
    "DECIDED": _given,
    "WOULD": _recap,
    "COMES": _present,
    "UNDER-WAY": _way,
    "DUE": _way,
    "PLANNED": _way,
    "TOLD": _telling,
}
