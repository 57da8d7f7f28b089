"""The group of a verb: the verb that a helper serves, its voice, aspect and negation."""

from __future__ import annotations

from typing import NamedTuple

from processing.tokens import is_adverb, skip_aside
from processing.verbs import load_lexicon

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
    negated, passive, going = False, False, False
    aspect = "simple"
    end = min(place + 26, len(words))
    while place < end:
        word = words[place]
        if length := _filler(words, place):
            place += length
            continue
        if word in ("not", "never") or word.endswith("n't"):
            negated = True
        elif word in _FORMS_OF_BE:
            passive = True
        elif word in ("have", "has", "'ve") and _perfect(words, place, end):
            aspect = "perfect"
        elif word == "going" and words[place + 1 : place + 2] == ["to"]:
            going = True
            place += 1
        elif word == "able" and words[place + 1 : place + 2] == ["to"]:
            passive, going = False, True
        elif word in (",", "-", "—", "("):
            after = skip_aside(words, place)
            if after == place:
                break
            place = after
            continue
        elif not word[0].isalpha() and word != "'ll":
            break
        elif not is_adverb(word) and word not in _BETWEEN:
            return _group(words, place, passive=passive, aspect=aspect, negated=negated)
        place += 1
    return VerbGroup(-1, "be" if passive else "", "none", aspect, negated)


_FORMS_OF_BE = frozenset(["be", "been", "being", "is", "are", "am", "'re", "'m", "was", "were"])
_BETWEEN = frozenset(["will", "shall", "would", "to", "'ll", "both", "either"])
# What may stand between a helper and its verb beside adverbs: "I will of course share", "we will this week publish".
_FILLERS = frozenset(
    tuple(phrase.split())
    for phrase in (
        "of course|in due course|in turn|at last|for example|in future|in addition|at once|as well|in time|in particular"
        "|as ever|at least|if necessary|in the meantime|in this way|this week|this month|this year|this summer|this autumn"
        "|this winter|this spring|next week|next month|next year|later today|later this week|later this month"
        "|later this year|by then|for now|from today|in the autumn|in the spring|in the summer|for the first time|in the end"
    ).split("|")
)


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
