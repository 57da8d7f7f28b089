"""Letters and number words of the timing language: plain text with its offsets, and the numbers written in words."""

from __future__ import annotations

import re
from typing import NamedTuple

# a joiner or a raised note mark is nobody's letter: words go on behind it
_GONE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufffe⁰¹²³⁴⁵⁶⁷⁸⁹"
_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_SAME_LENGTH = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "‑": "-", "‐": "-", "−": "-", "—": "~"}
) | dict.fromkeys(map(ord, _BLANKS), " ")
_RUN = re.compile(rf"[\s{_GONE}]{{2,}}|[{_GONE}]")
_BROKEN_WORD = re.compile(r"\u00ad[^\S\n]*\n[^\S\n]*")

MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_NUMBERS = {word: value for value, word in enumerate(_UNITS)} | {
    word: 10 * value for value, word in enumerate(_TENS, start=2)
}
_ONES = "|".join(_UNITS[1:10])
NUMBER = (
    rf"(?:\d{{1,3}}|(?:{'|'.join(_TENS)})(?:[- ](?:{_ONES}))?|{'|'.join(sorted(_UNITS[1:], key=len, reverse=True))}"
    r"|an? hundred|one hundred|half a dozen|a dozen|a couple of|a couple|couple of|a pair of|half an?|an?)"
)
_ORDINALS = {
    word: value
    for value, word in enumerate(
        [
            *["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
            *["eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"],
            *["eighteenth", "nineteenth"],
        ],
        start=1,
    )
}
DAY_WORDS = _ORDINALS | {"twentieth": 20, "thirtieth": 30, "thirty-first": 31}
DAY_WORDS |= {f"twenty-{word}": 20 + value for word, value in list(_ORDINALS.items())[:9]}
"""The numbers of the days of a month in words."""
ORDINAL = rf"(?:{'|'.join(list(_ORDINALS)[:12])}|last|final|opening|closing|1st|2nd|3rd|4th)"
_SPECIAL = {
    "a": 1.0,
    "an": 1.0,
    "half a": 0.5,
    "half an": 0.5,
    "a couple of": 2.0,
    "a couple": 2.0,
    "couple of": 2.0,
    "a pair of": 2.0,
    "a dozen": 12.0,
    "half a dozen": 6.0,
    "a hundred": 100.0,
    "an hundred": 100.0,
    "one hundred": 100.0,
}


class Plain(NamedTuple):
    """A text as the grammar reads it: `text`, and `low`, the same in small letters at the same offsets.

    Quotation marks, dashes and blanks are plain, there is one blank where there were several, and what joins or marks
    letters without being one is left out. `places` are the offsets of its characters in the text as written, None
    where they are the same.
    """

    text: str
    low: str
    places: list[int] | None

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets, in the text as written, of what stands at these."""
        return (start, end) if self.places is None else (self.places[start], self.places[end - 1] + 1)


def plain(text: str) -> Plain:
    """Return a text as the grammar reads it. A paragraph ends as a sentence does."""
    if _RUN.search(text) is None:
        even = text.translate(_SAME_LENGTH)
        return Plain(even, _lower(even), None)
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    for run in _RUN.finditer(text):
        kept = _in_place_of(run[0])
        pieces += [text[done : run.start()], kept]
        places += [*range(done, run.start()), *range(run.start(), run.start() + len(kept))]
        done = run.end()
    even = ("".join(pieces) + text[done:]).translate(_SAME_LENGTH)
    return Plain(even, _lower(even), [*places, *range(done, len(text))])


def _in_place_of(run: str) -> str:
    if not any(letter.isspace() for letter in run) or _BROKEN_WORD.fullmatch(run):
        return ""
    return ". " if run.count("\n") > 1 else " "


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text that white space parts: how long lists of words are written here."""
    return frozenset(text.split())


def number(words: str) -> float:
    """Return the value of a number that `NUMBER` matched, such as `18`, `twenty-four`, `half a`, `a couple of`."""
    if words in _SPECIAL:
        return _SPECIAL[words]
    if words.isdecimal():
        return float(int(words))
    return float(sum(_NUMBERS[part] for part in re.split("[- ]", words)))


def ordinal(word: str) -> int:
    """Return 1 for `first`, `opening` and `1st`, -1 for `last`, `final` and `closing`."""
    if word in {"last", "final", "closing"}:
        return -1
    return 1 if word == "opening" else _ORDINALS.get(word) or int(word[0])


def any_of(words: list[str]) -> str:
    """Return a regular expression for any of the words, folded by common beginnings so that a miss is quick."""
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return _folded(tree)


def _folded(tree: dict[str, dict]) -> str:  # type: ignore[type-arg]
    branches = [re.escape(letter) + _folded(branch) for letter, branch in sorted(tree.items()) if letter]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and "" not in tree else f"(?:{'|'.join(branches)})"
    return f"{joined}?" if "" in tree else joined
