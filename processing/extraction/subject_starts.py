"""Where the subject of a clause starts, found without a parser."""

from __future__ import annotations

from processing.language.function_words import (
    AUXILIARIES,
    DETERMINERS,
    FRONTED,
    HELPERS,
    OPENING,
    PERSONAL,
    PREPOSITIONS,
    SAYINGS,
    STOPS,
    SUBORDINATORS,
    TIME_WORDS,
)
from processing.language.tokens import is_adverb
from processing.language.verbs import load_lexicon

LEXICON = load_lexicon()

DENIALS = frozenset(["not", "never", "do", "does", "did", "don't", "doesn't", "didn't"])


def subject_start(words: list[str], place: int) -> int:
    """Return the index at which the subject of the finite verb at `place` starts, fronted time and place included."""
    left = place - 1
    while left >= 0 and (
        is_adverb(words[left])
        or (words[left] in HELPERS and (words[place] not in HELPERS or words[place] in ("be", "been", "have")))
        or (words[left] in DENIALS and words[place] not in AUXILIARIES)
    ):
        left -= 1
    left = _before_aside(words, left)
    while left >= 0 and is_adverb(words[left]):
        left -= 1
    if left < 0 or words[left] in STOPS:
        return min(place, left + 1)
    if words[left] in PERSONAL:
        return _fronted(words, left)
    if words[left] in ("which", "who", "that") and left and (words[left] != "that" or not _is_saying(words, left)):
        return left
    if words[left] in ("and", "or", "but", ",", ":", "-", "—", ";"):
        return place
    start = _noun_start(words, left)
    return _fronted(words, start) if start <= left else place


def _before_aside(words: list[str], left: int) -> int:
    """Return the index before an aside that ends at `left` with a comma, dash or bracket."""
    if left <= 1 or words[left] not in (",", "-", "—", ")"):
        return left
    opening = {",": ",", "-": "-", "—": "—", ")": "("}[words[left]]
    for place in range(left - 2, max(-1, left - 26), -1):
        if words[place] == opening:
            return place - 1
        if words[place] in STOPS:
            break
    return left


def _is_saying(words: list[str], place: int) -> bool:
    return place > 0 and words[place - 1] in SAYINGS


def _noun_start(words: list[str], left: int) -> int:
    """Walk left over the noun phrase that ends at `left`, to its first word."""
    place = left
    while place >= 0:
        if words[place] == "," and _closes_aside(words, place):
            place = _before_aside(words, place)
        elif _bounds(words, place):
            return place + 1
        else:
            place -= 1
    return 0


_BOUNDS = STOPS | {":", "—", "(", ")", '"', "\n\n", "•", "*", ","}


def _bounds(words: list[str], place: int) -> bool:
    """Tell whether no noun phrase reaches back over the word at `place`."""
    word = words[place]
    if word == "that":
        return place == 0 or _is_saying(words, place)
    if word in ("which", "whom"):
        # "the framework under which inquiries are to be run": the clause begins anew behind it
        return place > 0 and words[place - 1] in PREPOSITIONS
    if word in ("and", "or"):
        return _has_finite(words, place)
    if word in AUXILIARIES:
        return word not in ("will", "being", "been") and not _in_relative(words, place)
    is_dash = word == "-" and place > 0 and words[place - 1] != "-"
    opens = word in OPENING and not (word == "so" and words[place + 1 : place + 2] == ["far"])
    return word in _BOUNDS or is_dash or opens


def _closes_aside(words: list[str], place: int) -> bool:
    """Tell whether the comma at `place` ends a relative clause or an apposition of the same noun phrase."""
    for back in range(place - 2, max(-1, place - 24), -1):
        if words[back] in STOPS:
            return False
        if words[back] == ",":
            return words[back + 1] in (
                "which",
                "who",
                "whose",
                "whom",
                "where",
                "a",
                "an",
                "the",
                "including",
                "such",
                "both",
                "one",
                "not",
                "as",
            )
    return False


def _has_finite(words: list[str], place: int) -> bool:
    """Tell whether a finite verb stands before `place` since the last stop or comma."""
    for back in range(place - 1, max(-1, place - 14), -1):
        if words[back] in STOPS:
            return False
        if (
            words[back] in AUXILIARIES
            or words[back] in LEXICON.past
            or (
                words[back] in LEXICON.present
                and words[back] not in LEXICON.noun_too
                and back + 1 < place
                and words[back + 1] in DETERMINERS
            )
        ):
            return True
    return False


def _in_relative(words: list[str], place: int) -> bool:
    """Tell whether the helper at `place` belongs to a relative clause inside the noun phrase."""
    return any(
        words[back] in ("which", "who", "that", "whom", "where", "what") for back in range(max(0, place - 5), place)
    )


_REACH_OF_FRONT = 8  # words of a phrase of time or place put before the subject
_BREAKS = STOPS | {",", ":", "—", "-", '"', "\n\n", "•"} | (SUBORDINATORS - {"until", "before", "after", "once"})


def _fronted(words: list[str], start: int) -> int:
    """Take in a short fronted phrase of time or place that stands right before the subject."""
    for back in range(start - 1, max(-1, start - _REACH_OF_FRONT - 1), -1):
        word = words[back]
        if word in _BREAKS:
            if back + 1 < start and words[back + 1] in FRONTED:
                return back + 1
            return 0 if word == "," and _opens_with_time(words[:back]) else start
        if word in AUXILIARIES:
            return start
    if 0 < start <= _REACH_OF_FRONT and words[0] in FRONTED:
        return 0
    return start


def _opens_with_time(words: list[str]) -> bool:
    """Tell whether the words before a comma are one short phrase of time."""
    return (
        0 < len(words) <= _REACH_OF_FRONT
        and words[0] in FRONTED
        and not any(word in AUXILIARIES or word == "," for word in words)
        and _is_time(words)
    )


def _is_time(words: list[str]) -> bool:
    return any(word in TIME_WORDS or word[:2] == "20" for word in words)
