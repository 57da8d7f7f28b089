"""Clauses of a sentence without a parser: words, the group of a verb, where its subject starts, where its clause ends."""

from __future__ import annotations

import re
from typing import NamedTuple

from processing.verbs import Lexicon, load_lexicon

_TOKEN = re.compile(
    r"(?:hon|rt|no|st|mr|mrs|dr|vol|e\.g|i\.e)\.(?= )|£? ?\d[\d,.]*\d\w*|£? ?\d\w*|'(?:ll|re|ve|m|d)\b|[^\W\d_]+n't\b|[^\W\d_]+(?:-[^\W\d_]+)*(?:'s\b)?|\n\n|[^\s\w]"
)
LEXICON: Lexicon = load_lexicon()
PRONOUNS = frozenset(
    [
        "we",
        "i",
        "it",
        "they",
        "he",
        "she",
        "there",
        "this",
        "that",
        "these",
        "those",
        "who",
        "which",
        "you",
        "one",
        "ours",
        "mine",
        "all",
        "both",
        "more",
    ]
)
PERSONAL = frozenset(["we", "i", "it", "they", "he", "she", "there", "you"])
AUXILIARIES = frozenset(
    [
        "will",
        "shall",
        "would",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "is",
        "are",
        "am",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "does",
        "do",
        "did",
        "'ll",
        "'re",
        "'ve",
        "'m",
        "'d",
        "won't",
        "can't",
        "isn't",
        "aren't",
    ]
)
DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "our",
        "my",
        "his",
        "her",
        "its",
        "their",
        "all",
        "any",
        "every",
        "each",
        "no",
        "both",
        "another",
        "some",
        "such",
        "further",
        "new",
        "more",
        "additional",
    ]
)
ADVERBS = frozenset(
    [
        "also",
        "now",
        "then",
        "therefore",
        "thus",
        "still",
        "soon",
        "shortly",
        "today",
        "tomorrow",
        "again",
        "further",
        "next",
        "first",
        "indeed",
        "together",
        "too",
        "always",
        "never",
        "not",
        "already",
        "duly",
        "often",
        "ever",
        "even",
        "just",
        "so",
        "very",
        "much",
        "more",
        "once",
        "only",
        "instead",
        "hereby",
        "likewise",
        "both",
        "well",
        "here",
        "gladly",
        "happily",
        "right",
        "straight",
        "away",
    ]
)
PREPOSITIONS = frozenset(
    [
        "in",
        "on",
        "at",
        "by",
        "from",
        "with",
        "under",
        "over",
        "after",
        "before",
        "during",
        "within",
        "through",
        "throughout",
        "alongside",
        "across",
        "for",
        "to",
        "of",
        "into",
        "as",
        "since",
        "until",
        "without",
        "towards",
        "against",
        "among",
        "between",
        "beyond",
        "following",
        "later",
        "next",
        "this",
        "once",
    ]
)
FRONTED = frozenset(
    [
        "in",
        "on",
        "at",
        "by",
        "from",
        "under",
        "over",
        "after",
        "during",
        "within",
        "through",
        "alongside",
        "across",
        "next",
        "later",
        "this",
        "until",
        "beyond",
        "following",
        "with",
        "for",
        "early",
        "before",
        "beside",
        "besides",
        "additionally",
        "additionally",
        "shortly",
        "soon",
        "today",
        "tomorrow",
    ]
)
SUBORDINATORS = frozenset(
    [
        "that",
        "whether",
        "if",
        "when",
        "because",
        "while",
        "although",
        "since",
        "unless",
        "whereas",
        "which",
        "who",
        "whom",
        "whose",
        "where",
        "why",
        "how",
        "what",
        "so",
        "but",
        "than",
        "lest",
        "though",
        "and",
        "or",
        "nor",
        "until",
        "before",
        "after",
        "once",
        "as",
    ]
)
STOPS = frozenset([".", "!", "?", ";"])


class Words(NamedTuple):
    """The words of a sentence in lower case with their offsets in it; `at` finds the word at or after an offset."""

    words: list[str]
    starts: list[int]
    ends: list[int]

    def at(self, offset: int) -> int:
        """Return the index of the first word that starts at an offset or after it."""
        low, high = 0, len(self.starts)
        while low < high:
            middle = (low + high) // 2
            if self.starts[middle] < offset:
                low = middle + 1
            else:
                high = middle
        return low


class VerbGroup(NamedTuple):
    """A verb with its helpers: `at` its index (-1 none), `base` its base form, `voice` active, passive or none."""

    at: int
    base: str
    voice: str
    aspect: str
    negated: bool


def words_of(sentence: str) -> Words:
    """Cut a lower-case normalised sentence into words."""
    words, starts, ends = [], [], []
    for match in _TOKEN.finditer(sentence):
        words.append(match.group())
        starts.append(match.start())
        ends.append(match.end())
    return Words(words, starts, ends)


def is_adverb(word: str) -> bool:
    """Tell whether a word may stand between a helper and its verb."""
    return word in ADVERBS or (
        word.endswith("ly") and len(word) > 4 and word not in {"apply", "supply", "rely", "reply", "comply"}
    )


def skip_aside(words: list[str], place: int, limit: int = 18) -> int:
    """Return the index after an aside between commas or dashes that starts at `place`, or `place` where none does."""
    if place < len(words) and words[place] in (",", "-", "—", "("):
        closing = {",": (",",), "-": ("-",), "—": ("—", ","), "(": (")",)}[words[place]]
        for end in range(place + 2, min(place + limit, len(words))):
            if words[end] in closing:
                return end + 1
            if words[end] in STOPS:
                break
    return place


def verb_group(words: list[str], place: int) -> VerbGroup:
    """Read on from a helper verb to the verb that it serves: voice, aspect and negation on the way."""
    negated, passive, going = False, False, False
    aspect = "simple"
    end = min(place + 26, len(words))
    while place < end:
        word = words[place]
        if word in ("not", "never") or word.endswith("n't"):
            negated = True
        elif word in ("be", "been", "being", "is", "are", "am", "'re", "'m", "was", "were"):
            passive = True
        elif (
            word in ("have", "has", "'ve")
            and place + 1 < end
            and (words[place + 1] == "been" or words[place + 1] in LEXICON.done)
        ):
            aspect = "perfect"
        elif word == "going" and place + 1 < end and words[place + 1] == "to":
            going = True
            place += 1
        elif word == "to" and going:
            pass
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
        elif not is_adverb(word) and word not in ("will", "shall", "would", "to", "'ll", "both", "either"):
            return _group(words, place, passive=passive, aspect=aspect, negated=negated)
        place += 1
    return VerbGroup(-1, "be" if passive else "", "none", aspect, negated)


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


_HELPERS = frozenset(
    [
        "will",
        "shall",
        "would",
        "should",
        "can",
        "could",
        "may",
        "might",
        "'ll",
        "have",
        "has",
        "had",
        "'ve",
        "been",
        "be",
    ]
)


def subject_start(words: list[str], place: int) -> int:
    """Return the index at which the subject of the finite verb at `place` starts, fronted time and place included."""
    left = place - 1
    while left >= 0 and (
        is_adverb(words[left])
        or (words[left] in _HELPERS and (words[place] not in _HELPERS or words[place] in ("be", "been", "have")))
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
    if left < 2 or words[left] not in (",", "-", "—", ")"):
        return left
    opening = {",": ",", "-": "-", "—": "—", ")": "("}[words[left]]
    for place in range(left - 2, max(-1, left - 26), -1):
        if words[place] == opening:
            return place - 1
        if words[place] in STOPS:
            break
    return left


def _is_saying(words: list[str], place: int) -> bool:
    return place > 0 and words[place - 1] in _SAYINGS


_SAYINGS = frozenset(
    [
        "say",
        "said",
        "says",
        "saying",
        "told",
        "tell",
        "clear",
        "plain",
        "confirm",
        "confirmed",
        "announce",
        "announced",
        "promise",
        "promised",
        "assure",
        "assured",
        "pledge",
        "pledged",
        "house",
        "doubt",
        "is",
        "was",
        "her",
        "him",
        "me",
        "them",
        "us",
        "you",
        "members",
        "believe",
        "think",
        "hope",
        "know",
        "understand",
        "agreed",
        "agree",
        "accept",
        "ensure",
        "sure",
        "see",
        "so",
        "see",
        "commitment",
        "undertaking",
        "assurance",
        "word",
        "recommendation",
        "fact",
        "day",
        "insist",
        "confident",
        "certain",
    ]
)


_OPENING = frozenset(
    [
        "because",
        "while",
        "although",
        "whereas",
        "if",
        "when",
        "unless",
        "though",
        "but",
        "whether",
        "how",
        "so",
        "than",
        "once",
    ]
)


def _noun_start(words: list[str], left: int) -> int:
    """Walk left over the noun phrase that ends at `left`, to its first word."""
    place = left
    while place >= 0:
        word = words[place]
        if word in STOPS or word in (":", "—", "(", ")", '"', "\n\n", "•", "*"):
            return place + 1
        if word == "-" and place and words[place - 1] != "-":
            return place + 1
        if word == ",":
            if _closes_aside(words, place):
                place = _before_aside(words, place)
                continue
            return place + 1
        if word in _OPENING and not (word == "so" and words[place + 1 : place + 2] == ["far"]):
            return place + 1
        if word == "that" and (_is_saying(words, place) or place == 0):
            return place + 1
        if word in ("and", "or") and _has_finite(words, place):
            return place + 1
        if word in AUXILIARIES and word not in ("will", "being", "been") and not _in_relative(words, place):
            return place + 1
        place -= 1
    return 0


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


def _fronted(words: list[str], start: int) -> int:
    """Take in a short fronted phrase of time or place that stands right before the subject."""
    for back in range(start - 1, max(-1, start - 9), -1):
        word = words[back]
        if (
            word in (",", ":", "—", "-", '"', "\n\n", "•")
            or word in STOPS
            or word in SUBORDINATORS - {"until", "before", "after", "once"}
        ):
            if back + 1 < start and words[back + 1] in FRONTED:
                return back + 1
            if (
                word == ","
                and back >= 1
                and back <= 8
                and words[0] in FRONTED
                and not any(w in AUXILIARIES or w == "," for w in words[:back])
            ):
                return 0 if _is_time(words[:back]) else start
            return start
        if word in AUXILIARIES:
            return start
    if start and start < 9 and words[0] in FRONTED:
        return 0
    return start


_TIME_WORDS = frozenset(
    [
        "month",
        "week",
        "year",
        "spring",
        "summer",
        "autumn",
        "winter",
        "today",
        "tomorrow",
        "shortly",
        "soon",
        "later",
        "easter",
        "christmas",
        "recess",
        "session",
        "parliament",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "term",
        "days",
        "weeks",
        "months",
        "years",
    ]
)


def _is_time(words: list[str]) -> bool:
    return any(word in _TIME_WORDS or word[:2] == "20" for word in words)


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


_ENDING_COMMAS = frozenset(
    [
        "which",
        "who",
        "where",
        "whose",
        "but",
        "because",
        "although",
        "though",
        "whereas",
        "while",
        "since",
        "nor",
        "for",
    ]
)
_GOING_ON = frozenset(
    ["if", "when", "once", "subject", "by", "in", "and", "so", "as", "including", "to", "with", "before", "after", "on"]
)


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
    if not joined and word in _GOING_ON:
        return None
    return (index, after) if second_verb(words, after, form) else None


def _comma_ends(words: list[str], after: int, word: str) -> int | None:
    if words[after + 1 : after + 2] == ["which"] and word in PREPOSITIONS:
        return -1
    if word in _ENDING_COMMAS or (word == "so" and words[after] != "that"):
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
