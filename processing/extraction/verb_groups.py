"""The group of a verb: the verb that a helper serves, its voice, aspect and negation."""

from __future__ import annotations

from typing import NamedTuple

from processing.language.function_words import FILLERS
from processing.language.tokens import is_adverb, skip_aside
from processing.language.verbs import load_lexicon

LEXICON = load_lexicon()


class VerbGroup(NamedTuple):
    """A verb with its helpers: `at` its index (-1 none), `base` its base form, `voice` active, passive or none."""

    at: int
    base: str
    voice: str
    aspect: str
    negated: bool


def verb_group(words: list[str], place: int) -> VerbGroup:
    """Read on from a helper verb to the verb that it serves: voice, aspect and negation on the way."""
    negated, passive = False, False
    aspect = "simple"
    end = min(place + 26, len(words))
    while place < end:
        word = words[place]
        step = _passed_by(words, place)
        if step:
            negated = negated or word in ("not", "never") or word.endswith("n't")
            passive = (passive or word in _FORMS_OF_BE) and word != "able"
            place += step
        elif word in ("have", "has", "'ve") and _perfect(words, place, end):
            aspect = "perfect"
            place += 1
        elif word[0].isalpha():
            return _group(words, place, passive=passive, aspect=aspect, negated=negated)
        else:
            break
    return VerbGroup(-1, "be" if passive else "", "none", aspect, negated)


def _passed_by(words: list[str], place: int) -> int:
    """Return how many words at `place` may part a helper from its verb, from 0."""
    word = words[place]
    if length := _filler(words, place):
        return length
    if word in ("going", "able") and words[place + 1 : place + 2] == ["to"]:
        return 2
    if word in (",", "-", "—", "("):
        return skip_aside(words, place) - place
    is_helper = word in _FORMS_OF_BE or word in _BETWEEN or word.endswith("n't")
    return 1 if is_helper or (word[0].isalpha() and is_adverb(word)) else 0


_FORMS_OF_BE = frozenset(["be", "been", "being", "is", "are", "am", "'re", "'m", "was", "were"])
_BETWEEN = frozenset(["will", "shall", "would", "to", "'ll", "both", "either", "each", "all"])
_FILLERS = frozenset(tuple(phrase.split()) for phrase in FILLERS)


def _filler(words: list[str], place: int) -> int:
    """Return how many words a set phrase at `place` has that may part a helper from its verb; 0 where none stands."""
    return next((size for size in (4, 3, 2) if tuple(words[place : place + size]) in _FILLERS), 0)


def _perfect(words: list[str], place: int, end: int) -> bool:
    return place + 1 < end and (words[place + 1] == "been" or words[place + 1] in LEXICON.done)


def _group(words: list[str], place: int, *, passive: bool, aspect: str, negated: bool) -> VerbGroup:
    word = words[place]
    if passive:
        if word in LEXICON.done or (word.endswith("ed") and word not in ("indeed", "committed", "determined")):
            return VerbGroup(place, LEXICON.done.get(word, word), "passive", aspect, negated)
        if word in LEXICON.ing or (word.endswith("ing") and len(word) > 5):  # noqa: PLR2004 -- "thing"
            return VerbGroup(place, LEXICON.ing.get(word, word), "active", "progressive", negated)
        return VerbGroup(place, "be", "none", aspect, negated)
    for forms in (LEXICON.base, LEXICON.present, LEXICON.done, LEXICON.past, LEXICON.ing):
        if word in forms:
            return VerbGroup(place, forms[word], "active", aspect, negated)
    return VerbGroup(place, word, "active", aspect, negated)
