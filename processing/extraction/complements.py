"""What a verb acts on, found without a parser: its particle or preposition, the head of its object, the next verb."""

from __future__ import annotations

from typing import NamedTuple

from processing.language.function_words import AUXILIARIES, DETERMINERS, PREPOSITIONS, STOPS, SUBORDINATORS
from processing.language.nouns import class_of
from processing.language.tokens import is_adverb
from processing.language.verbs import load_lexicon

_PARTICLES = frozenset(
    ["up", "out", "forward", "back", "in", "on", "off", "down", "through", "together", "ahead", "away"]
)
_CLAUSES = frozenset(["that", "whether", "how", "what", "why", "if", "when", "where", "which", "who"])
_PRONOUNS = frozenset(["it", "them", "him", "her", "this", "these", "those", "us", "me", "you", "so", "one", "both"])
_BREAKS = STOPS | {",", ":", "—", "-", "(", ")", '"', "\n\n"}
_REACH = 12  # words: the head of an object stands near its verb


class Complement(NamedTuple):
    """`kind` is the class of the object's head, or clause, pronoun, verb or none; `link` the preposition before it."""

    kind: str
    head: str
    link: str


NONE = Complement("none", "", "")


def complement_of(words: list[str], verb: int, end: int) -> Complement:
    """Return what the verb at `verb` acts on within a clause that ends at `end`."""
    place = verb + 1
    link = ""
    while place < end and (words[place] in _PARTICLES or is_adverb(words[place])):
        link = words[place] if words[place] in _PARTICLES else link
        place += 1
    if place < end and words[place] == "to" and place + 1 < end and words[place + 1] in load_lexicon().base:
        return Complement("verb", words[place + 1], "to")
    while place < end and words[place] in PREPOSITIONS:
        link = words[place]
        place += 1
    if place >= end or words[place] in _BREAKS:
        return NONE._replace(link=link)
    word = words[place]
    if word in _CLAUSES and not (word == "that" and _is_noun(words, place + 1, end)):
        return Complement("clause", word, link)
    if word in _PRONOUNS and not _is_noun(words, place + 1, end):
        return Complement("pronoun", word, link)
    head = _head(words, place, end)
    kind = class_of(head)
    return NONE._replace(link=link) if kind == "time" else Complement(kind, head, link)


def _is_noun(words: list[str], place: int, end: int) -> bool:
    """Tell whether a noun phrase goes on at `place`, so that "this" before it does not stand alone."""
    return (
        place < end
        and words[place].isalpha()
        and words[place] not in (PREPOSITIONS | SUBORDINATORS | AUXILIARIES | DETERMINERS)
        and not is_adverb(words[place])
    )


def _head(words: list[str], place: int, end: int) -> str:
    head = words[place]
    for index in range(place, min(end, place + _REACH)):
        word = words[index]
        if index > place and (word in _BREAKS or word in PREPOSITIONS or word in SUBORDINATORS or word in AUXILIARIES):
            break
        if not is_adverb(word) or index == place:
            head = word
    return head
