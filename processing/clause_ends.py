"""Where a clause ends, and where a second verb that shares its subject starts."""

from __future__ import annotations

from processing.function_words import (
    AUXILIARIES,
    DETERMINERS,
    ENDING_COMMAS,
    GOING_ON,
    PERSONAL,
    PREPOSITIONS,
    STOPS,
    SUBORDINATORS,
)
from processing.tokens import is_adverb, skip_aside
from processing.verbs import load_lexicon

LEXICON = load_lexicon()


def clause_end(words: list[str], place: int) -> tuple[int, int]:
    """Return (end, next): the index after the clause whose verb stands at `place`, and where a second verb that shares
    its subject starts (-1 where none does).
    """
    form = _form_at(words, place)
    total = len(words)
    index = place + 1
    depth = 0
    while index < total:
        word = words[index]
        if word == "(":
            depth += 1
        elif word == ")":
            depth -= 1
            if depth < 0:
                return index, -1
        elif depth == 0:
            if word in STOPS or word in ("\n\n", "•"):
                return index, -1
            if word == ":" and index + 1 < total:
                return index, -1
            if word == "—" or (word == "-" and index + 1 < total):
                after = skip_aside(words, index, 24)
                if after == index or after >= total:
                    return index, -1
                index = after
                continue
            if word in (",", "and", "or", "but"):
                ends = _ends_at(words, index, form)
                if ends is not None:
                    return ends
            if word in ("because", "although", "whereas", "though") or (
                word in ("while", "since", "as") and words[index - 1] == ","
            ):
                return (index - 1 if words[index - 1] == "," else index), -1
        index += 1
    return total, -1


def _form_at(words: list[str], place: int) -> str:
    word = words[place] if 0 <= place < len(words) else ""
    for name in ("ing", "base", "done", "present", "past"):
        if word in getattr(LEXICON, name):
            return name
    return "ing" if word.endswith("ing") else "done" if word.endswith("ed") else ""


def _ends_at(words: list[str], index: int, form: str) -> tuple[int, int] | None:
    """Tell whether a comma or conjunction at `index` ends the clause: by a new subject or by a second verb."""
    after = index + 1
    joined = words[index] != ","
    while after < len(words) and words[after] in ("and", "or", "but", ",", "then", "also"):
        joined = joined or words[after] in ("and", "or", "but")
        after += 1
    if after >= len(words):
        return index, -1
    word = words[after]
    while (
        after < len(words) - 1 and is_adverb(words[after]) and words[after] not in ("more", "next", "further", "both")
    ):
        after += 1
    ends = _joined_ends(words, index, after, form) if joined else _comma_ends(words, after, word)
    if ends is not None:
        return index, ends
    if not joined and word in GOING_ON:
        return None
    return (index, after) if second_verb(words, after, form) else None


def _comma_ends(words: list[str], after: int, word: str) -> int | None:
    if words[after + 1 : after + 2] == ["which"] and word in PREPOSITIONS:
        return -1
    if word in ENDING_COMMAS or (word == "so" and words[after] != "that"):
        return -1
    if word in PERSONAL and _finite_follows(words, after):
        return -1
    if (word in DETERMINERS or word == "what") and _finite_soon(words, after, 12):
        return -1
    return None


def _joined_ends(words: list[str], index: int, after: int, form: str) -> int | None:
    """Return -1 where a new clause starts, the place of a second verb where one does at once, else None."""
    word, verb = words[after], words[after]
    if words[index] == "but" and words[index - 1] not in ("not", "nothing", "all"):
        return -1
    if verb in AUXILIARIES and verb not in ("being", "been", "be", "do", "does"):
        return -1
    if verb == "be" and after + 1 < len(words) and form in ("done", "base"):
        return after
    if word in PERSONAL and _finite_follows(words, after):
        return -1
    if word in DETERMINERS and _finite_soon(words, after, 12):
        return -1
    if word not in PREPOSITIONS and word not in SUBORDINATORS and _finite_soon(words, after, 5):
        return -1
    return None


def second_verb(words: list[str], place: int, form: str) -> bool:
    """Tell whether a verb of the given form, and not a noun, stands at `place`."""
    word = words[place]
    if not form or word not in getattr(LEXICON, form):
        return False
    follow = words[place + 1] if place + 1 < len(words) else ""
    if form == "base":
        base = word
        if base in LEXICON.noun_too:
            return (
                follow in DETERMINERS
                or follow in ("how", "whether", "what", "that", "it", "them", "him", "her", "back")
                or (follow in ("on", "to") and base in ("report", "work", "move"))
            )
        return bool(follow) and follow not in (",", ".", "and", "of")
    if form == "done":
        return follow != "by" or words[place - 1] in ("and", "then")
    return form == "ing" and (
        follow in DETERMINERS
        or follow in ("on", "to", "up", "in", "out", "what", "whether", "how", "with")
        or (word in LEXICON.ing and bool(follow) and follow not in (",", ".", "of", "and"))
    )


def _finite_follows(words: list[str], place: int) -> bool:
    return place + 1 < len(words) and (
        words[place + 1] in AUXILIARIES
        or is_adverb(words[place + 1])
        or words[place + 1] in LEXICON.present
        or words[place + 1] in LEXICON.base
        or words[place + 1] in LEXICON.past
    )


def _finite_soon(words: list[str], place: int, reach: int) -> bool:
    """Tell whether a finite helper verb follows within some words, so that a new clause starts at `place`."""
    for index in range(place + 1, min(place + reach, len(words))):
        if words[index] in AUXILIARIES and words[index] not in ("being", "been", "be"):
            return True
        if words[index] in STOPS or words[index] in (",", "—", "to", "that", "which", "who", "so", "whose", "and"):
            return False
    return False
