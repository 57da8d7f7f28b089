"""Knows what differs between two texts, word by word, in a form that a person can read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordChange:
    """A run of text that was `kept`, `removed` or `added`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPassage:
    """A passage in two versions: `kept`, `changed`, `removed` or `added`, with its runs of text."""

    key: str
    kind: str
    changes: tuple[WordChange, ...]


def word_changes(before: str, after: str) -> tuple[WordChange, ...]:
    """Tell what was removed and added between two texts. The kept and removed runs are `before`, exactly."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    found: list[WordChange] = []
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(WordChange(kind="kept", text="".join(old[old_start:old_end])))
            continue
        if old_end > old_start:
            found.append(WordChange(kind="removed", text="".join(old[old_start:old_end])))
        if new_end > new_start:
            found.append(WordChange(kind="added", text="".join(new[new_start:new_end])))
    return tuple(found)


def passage_changes(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> tuple[ChangedPassage, ...]:
    """Compare two versions, each a list of (key, text) in order: what is the same text is the same passage.

    A passage of which the text differs is compared word by word with the one that stood at its place.
    """
    found: list[ChangedPassage] = []
    old_texts, new_texts = [text for _key, text in before], [text for _key, text in after]
    matcher = SequenceMatcher(None, old_texts, new_texts, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            found += [_whole("kept", key, text) for key, text in after[new_start:new_end]]
            continue
        both = min(old_end - old_start, new_end - new_start)
        for step in range(both):
            changes = word_changes(old_texts[old_start + step], new_texts[new_start + step])
            found.append(ChangedPassage(key=after[new_start + step][0], kind="changed", changes=changes))
        found += [_whole("removed", key, text) for key, text in before[old_start + both : old_end]]
        found += [_whole("added", key, text) for key, text in after[new_start + both : new_end]]
    return tuple(found)


def _whole(kind: str, key: str, text: str) -> ChangedPassage:
    return ChangedPassage(key=key, kind=kind, changes=(WordChange(kind=kind, text=text),))
