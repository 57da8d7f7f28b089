"""Which words can begin a phrase that says when, and which every such phrase holds: the quick tests before the slow."""

from __future__ import annotations

import re

from processing.timing.events import EVENTS
from processing.timing.names import MONTHS, SEASONS, WEEKDAYS
from processing.timing.vague import VAGUE_HEADS
from processing.timing.words import any_of, word_set

_UNITS = word_set(
    """
    hour day week weekend fortnight month quarter year decade term
    """
)
_OTHERS = word_set(
    """
    today tomorrow tonight afternoon evening recess adjournment session parliament easter christmas whitsun whit
    pentecost budget review speech opening forecast election royal act passed law stage reading prorogation
    dissolution rises return returns resumes reconvenes sits back festive half-term q1 q2 q3 q4 h1 h2
    w/c w/b w/e friday cob cop boxing new half break soon shortly imminently urgently urgency priority pace speed delay
    opportunity opportune
    moment time course future possible practicable practical feasible can able immediately immediate straight
    forthwith promptly haste expeditiously apace eventually date presently one some run long later once momentarily
    allows permits allowing permitting timely manner away when after following before until upon pending prior ahead
    completion conclusion publication commencement midnight close noon juncture inside within afterwards thereafter
    order directs point period ready position allow permit report straightaway asap
    """
)
_PLURALS = frozenset(f"{unit}s" for unit in _UNITS)
_NAMES = frozenset([*MONTHS, *SEASONS, *WEEKDAYS])
ANCHORS = re.compile(
    rf"\b(?:20\d{{2,}}s?|fy ?'?\d+|\d{{1,2}}[-/.]\d+|\d{{1,2}}(?:st|nd|rd|th)"
    rf"|{any_of(sorted(_UNITS | _PLURALS | _OTHERS | _NAMES))})\b|'\d\d\b"
)
_STARTS = word_set(
    """
    by no not on at latest in ready between from up before ahead prior this well shortly just right even earlier
    some sometime any during over across throughout for within inside around about circa come through as starting
    beginning taking with effective commencing after following beyond the once upon past soon immediately straight
    only until till to into lasting running when next later early late mid tomorrow today tonight six two three four
    five seven eight nine ten eleven twelve eighteen a an half under spread first last second q1 q2 q3 q4 midway
    towards toward end year coming either near nearer week whenever
    """
)
_PAST_STARTS = word_set(
    """
    since ever so already thus past previous these his her their our
    """
)
_HEADS = _STARTS | _PAST_STARTS | VAGUE_HEADS | {start.split()[0] for row in EVENTS for start in row.starts} | _NAMES


def may_start(word: str) -> bool:
    """Tell whether a word, in small letters, can begin a phrase that says when or one that only seems to."""
    return word in _HEADS or word[0].isdecimal() or "-" in word or "/" in word
