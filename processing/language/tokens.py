"""The words of a sentence with their offsets, and what words are by themselves."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from processing.language.function_words import ADVERBS, STOPS

_TOKEN = re.compile(
    r"(?:hon|rt|no|st|mr|mrs|dr|vol|e\.g|i\.e)\.(?= )"
    r"|(?:£ ?)?\d[\d,.]*\d(?:[-/]\d+)?\w*|(?:£ ?)?\d\w*|'(?:ll|re|ve|m|d)\b"
    r"|[^\W\d_]+n't\b|[^\W\d_]+(?:-[^\W\d_]+)*(?:'s\b)?|\n\n|[^\s\w]"
)


# the same for texts without other letters than English ones, at nearly twice the speed
_PLAIN_TOKEN = re.compile(
    r"(?:hon|rt|no|st|mr|mrs|dr|vol|e\.g|i\.e)\.(?= )"
    r"|[a-z]+(?:(?<=[a-z]n)'t\b|(?:-[a-z]+)*(?:'s\b)?)"
    r"|\d[\d,.]*\d(?:[-/]\d+)?\w*|\d\w*|'(?:ll|re|ve|m|d)\b|\n\n|[^\s\w]",
    re.ASCII,
)


class Words(NamedTuple):
    """The words of a sentence in lower case with their offsets in it; `at` finds the word at or after an offset."""

    words: list[str]
    starts: list[int]
    ends: list[int]

    def at(self, offset: int) -> int:
        """Return the index of the first word that starts at an offset or after it."""
        return bisect_left(self.starts, offset)


def words_of(sentence: str) -> Words:
    """Cut a lower-case normalised sentence into words."""
    words = (_PLAIN_TOKEN if sentence.isascii() else _TOKEN).findall(sentence)
    starts, ends, end, find = [], [], 0, sentence.find
    for word in words:  # between words stands nothing that could be one: the next such text is the word itself
        start = find(word, end)
        end = start + len(word)
        starts.append(start)
        ends.append(end)
    return Words(words, starts, ends)


def is_adverb(word: str) -> bool:
    """Tell whether a word may stand between a helper and its verb."""
    return word in ADVERBS or (
        word.endswith("ly") and len(word) > len("only") and word not in {"apply", "supply", "rely", "reply", "comply"}
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
