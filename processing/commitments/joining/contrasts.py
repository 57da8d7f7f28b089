"""Where two sayings of one make promise different things: another word in the same place, another named place."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache

from processing.language.stems import telling_words
from processing.language.verbs import load_lexicon

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
SAME_MAKE = 0.6  # share of the shorter one's words that stand in the longer one in the same order
# People who stand in every speech, and yet say who is meant where another word has their place.
PEOPLE = frozenset(
    {"child", "children", "victim", "victims", "survivor", "survivors", "police", "minister", "ministers"}
)
MEASURE = re.compile(r"\bhow (?:long|many|much|often|well|soon|far)\b", re.IGNORECASE)
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")


def contrast(one: str, other: str) -> str | None:
    """Say in words what one text has in the place of something else in the other, or None.

    The texts are what is promised, without owner and timing. "We will publish guidance for dentists" has "dentists"
    where "We will publish guidance for nurses" has "nurses"; a saying in other words has no such place.
    """
    mine, theirs = WORD.findall(one), WORD.findall(other)
    matcher = SequenceMatcher(None, _small(mine), _small(theirs), autojunk=False)
    blocks = matcher.get_opcodes()
    same = sum(end - start for tag, start, end, _, _ in blocks if tag == "equal")
    if same >= SAME_MAKE * min(len(mine), len(theirs)):
        for tag, start, end, from_, to in blocks:
            if tag == "replace" and _differ(mine[start:end], theirs[from_:to], mine, theirs):
                return f"{_said(mine[start:end])} is not {_said(theirs[from_:to])}"
    asked, asked_there = MEASURE.findall(one), MEASURE.findall(other)
    if asked and asked_there and asked != asked_there:
        return f"{_said(asked)} is not {_said(asked_there)}"
    here, there = _names(one), _names(other)
    if here and there and not {*" ".join(here).split()} & {*" ".join(there).split()}:
        return f"{_said(sorted(here))} is not {_said(sorted(there))}"
    return None


def _small(words: list[str]) -> list[str]:
    return [word.lower() for word in words]


def _differ(one: list[str], other: list[str], mine: list[str], theirs: list[str]) -> bool:
    """Tell whether of two texts' words in one place each tells what the other text has nowhere."""
    here, there = _telling(one, theirs), _telling(other, mine)
    return bool((here and there) or (here and _people(other, mine)) or (there and _people(one, theirs)))


def _telling(words: list[str], others: list[str]) -> frozenset[str]:
    """Return the telling words that the other text has nowhere; what a verb does is no such word."""
    return telling_words(" ".join(words)) - telling_words(" ".join(others)) - _verb_stems()


def _people(words: list[str], others: list[str]) -> frozenset[str]:
    return PEOPLE & {*_small(words)} - {*_small(others)}


@cache
def _verb_stems() -> frozenset[str]:
    lexicon = load_lexicon()
    forms = {*lexicon.base, *lexicon.present, *lexicon.ing, *lexicon.past, *lexicon.done}
    return telling_words(" ".join(forms)) - telling_words(" ".join(lexicon.noun_too))


def _names(text: str) -> frozenset[str]:
    """Return the names of places, bodies and people inside a text."""
    return frozenset(found for found in NAME.findall(text) if telling_words(found))


def _said(words: list[str]) -> str:
    return "“" + " ".join(words) + "”"
