"""Letters and number words of the timing language: one-to-one normalising and the numbers written in words."""

from __future__ import annotations

import re

_SAME_LENGTH = str.maketrans(
    {"’": "'", "‘": "'", "–": "-", "‑": "-", "‐": "-", "—": "~", "\u00a0": " ", "\n": " ", "\t": " ", "\r": " "}
)

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
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        start=1,
    )
}
ORDINAL = rf"(?:{'|'.join(_ORDINALS)}|last|final|opening|closing|1st|2nd|3rd|4th)"
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


def normalised(text: str) -> str:
    """Return the text in lower case with plain quotation marks, hyphens and spaces; every character keeps its place."""
    plain = text.translate(_SAME_LENGTH)
    lowered = plain.lower()
    if len(lowered) == len(plain):
        return lowered
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in plain)


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
