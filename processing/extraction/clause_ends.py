"""Where a clause ends, and where a second verb that shares its subject starts."""

from __future__ import annotations

from processing.language.function_words import (
    AUXILIARIES,
    DETERMINERS,
    ENDING_COMMAS,
    GOING_ON,
    PERSONAL,
    PREPOSITIONS,
    STOPS,
    SUBORDINATORS,
)
from processing.language.tokens import is_adverb, skip_aside
from processing.language.verbs import load_lexicon

LEXICON = load_lexicon()


# the words at which a clause can end, or an aside open: all others are passed over at once
_TURNS = STOPS | {
    *("\n\n", "•", "—", ":", "-", ",", "(", ")", "and", "or", "but"),
    *("because", "although", "whereas", "though", "while", "since", "as"),
}


def clause_end(words: list[str], place: int) -> tuple[int, int]:
    """Return the index after the clause of the verb at `place`, and that of a second verb that shares its subject.

    The second is -1 where no verb does.
    """
    form = _form_at(words, place)
    index = place + 1
    depth = 0
    while index < len(words):
        word = words[index]
        if word not in _TURNS:
            index += 1
            continue
        depth += (word == "(") - (word == ")")
        if depth < 0:
            return index, -1
        if depth == 0 and word != ")":
            after = max(_over_dash(words, index), _over_saying(words, index))
            if after > index:
                index = after
                continue
            ends = _stop_at(words, index, form)
            if ends is not None:
                return ends
        index += 1
    return len(words), -1


def _over_dash(words: list[str], index: int) -> int:
    """Return the index after an aside between dashes that opens at `index` and is not the last thing; else `index`."""
    if words[index] not in ("—", "-") or (words[index] == "-" and index + 1 >= len(words)):
        return index
    after = skip_aside(words, index, 24)
    return after if after < len(words) else index


def _over_saying(words: list[str], index: int) -> int:
    """Return the index after "as I mentioned" between commas that open at `index`; else `index`."""
    if words[index] != "," or words[index + 1 : index + 2] != ["as"] or words[index + 2 : index + 3] == ["well"]:
        return index
    closing = next((at for at in range(index + 2, min(index + 10, len(words))) if words[at] in (",", *STOPS)), -1)
    goes_on = closing > 0 and words[closing] == "," and closing + 1 < len(words)
    return closing + 1 if goes_on and words[closing + 1] not in ("and", "or", "but") else index


def _stop_at(words: list[str], index: int, form: str) -> tuple[int, int] | None:
    """Return where the clause ends if the word at `index` ends it, and the second verb; None where it goes on."""
    word = words[index]
    is_last = index + 1 >= len(words)
    if word in STOPS or word in ("\n\n", "•", "—") or (word in (":", "-") and not is_last):
        return index, -1
    if word in (",", "and", "or", "but"):
        return _ends_at(words, index, form)
    after_comma = words[index - 1] == ","
    if word in ("because", "although", "whereas", "though") or (word in ("while", "since", "as") and after_comma):
        return (index - 1 if after_comma else index), -1
    return None


def _form_at(words: list[str], place: int) -> str:
    word = words[place] if 0 <= place < len(words) else ""
    for name in ("ing", "base", "done", "present", "past"):
        if word in getattr(LEXICON, name):
            return name
    return "ing" if word.endswith("ing") else "done" if word.endswith("ed") else ""


def _ends_at(words: list[str], index: int, form: str) -> tuple[int, int] | None:
    """Tell whether a comma or conjunction at `index` ends the clause: by a new subject or by a second verb."""
    if words[index] in ("and", "or") and _awaits_verb(words, index):
        return None
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
    if joined and word in PREPOSITIONS:
        after = _over_phrase(words, after)
    return (index, after) if second_verb(words, after, form) else None


def _awaits_verb(words: list[str], index: int) -> bool:
    """Tell whether a clause that "so that" opened waits for its verb: "so that schools and colleges may"."""
    for back in range(index - 1, max(0, index - 8), -1):
        if words[back] in AUXILIARIES or words[back] in LEXICON.past or words[back] in STOPS or words[back] == ",":
            return False
        if words[back] == "that":
            return words[back - 1] == "so"
    return False


def _over_phrase(words: list[str], place: int) -> int:
    """Return the index after a short phrase that a comma ends: "and, by summer 2024, decide"; else `place`."""
    comma = next((at for at in range(place, min(place + 7, len(words) - 1)) if words[at] == ","), place - 1)
    return comma + 1


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
    word = words[after]
    if words[index] == "but" and words[index - 1] not in ("not", "nothing", "all"):
        return -1
    if word == "be" and after + 1 < len(words) and form in ("done", "base"):
        return after
    if words[after + 1 : after + 2] == ["to"] and (
        word in _INTENDING or (word in _INTENDING_OR_NOUN and words[index] == ",")
    ):
        return -1
    return -1 if _is_new_clause(words, after) else None


_ALWAYS_SUBJECTS = frozenset(["we", "i", "he", "she", "they"])
_INTENDING = frozenset(
    ["intends", "plans", "aims", "hopes", "means", "expects", "wants", "proposes", "intend", "aim", "propose", "want"]
)
_INTENDING_OR_NOUN = frozenset(["plan", "hope", "mean", "expect", "wish"])  # after a comma: a verb


def _is_new_clause(words: list[str], after: int) -> bool:
    """Tell whether a clause with its own subject or its own helper starts at `after`."""
    word = words[after]
    if word in AUXILIARIES and word not in ("being", "been", "be", "do", "does"):
        return True
    if word in PERSONAL:
        return word in _ALWAYS_SUBJECTS or _finite_follows(words, after)
    if word in DETERMINERS:
        return _finite_soon(words, after, 12)
    return word not in PREPOSITIONS and word not in SUBORDINATORS and _finite_soon(words, after, 5)


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
