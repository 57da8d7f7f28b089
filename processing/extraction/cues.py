"""The cues and exclusions of `cues.yml`, compiled: which fire in a sentence, and where."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

FILE = Path(__file__).parent / "cues.yml"
GROUPS = ("promise", "done", "soft", "condition", "restated", "exclusion", "mark")


class CueRule(NamedTuple):
    """One cue as `cues.yml` tells it. `form` is the form of the verb that a promise or delivery needs; else None."""

    id: str
    group: str
    about: str
    words: frozenset[str]
    pattern: re.Pattern[str]
    form: str | None
    firmness: str
    example: str


class CueTable(NamedTuple):
    """All cues, by group and by id; `openers` are the words without which no promise and no delivery can stand."""

    rules: tuple[CueRule, ...]
    by_group: dict[str, tuple[CueRule, ...]]
    by_id: dict[str, CueRule]
    by_word: dict[str, tuple[int, ...]]
    of_groups: dict[tuple[str, ...], dict[str, tuple[int, ...]]]

    def by_groups(self, groups: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
        """Return the places of the rules of some groups, by the words of which one must stand in the sentence."""
        known = self.of_groups.get(groups)
        if known is None:
            kept = {
                word: tuple(place for place in places if self.rules[place].group in groups)
                for word, places in self.by_word.items()
            }
            known = self.of_groups[groups] = {word: places for word, places in kept.items() if places}
        return known


def _adverbs(words: str) -> str:
    plain = "|".join(word.replace("-", " ") for word in words.split())
    return rf"(?:,? (?:(?:{plain}|[a-z]+ly)\b,?|, ?[^,;:.()—]{{2,90}},)|, [^,;:.()—]{{2,90}},)*"


@cache
def load_cues(file: Path = FILE) -> CueTable:
    """Read and compile the table. Raises ValueError where an id stands twice or a group is unknown."""
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    adverbs = _adverbs(content["adverbs"])
    rules = tuple(
        CueRule(
            entry["id"],
            entry["group"],
            entry["about"],
            frozenset(entry["words"]),
            re.compile(entry["pattern"].replace("{adv}", adverbs)),
            entry.get("form"),
            entry.get("firmness", "firm"),
            entry["example"],
        )
        for entry in content["cues"]
    )
    if len({rule.id for rule in rules}) != len(rules) or not {rule.group for rule in rules} <= set(GROUPS):
        raise ValueError(f"{file.name}: an id stands twice, or a group is unknown")
    by_word: dict[str, list[int]] = {}
    for place, rule in enumerate(rules):
        for word in rule.words:
            by_word.setdefault(word, []).append(place)
    return CueTable(
        rules,
        {group: tuple(rule for rule in rules if rule.group == group) for group in GROUPS},
        {rule.id: rule for rule in rules},
        {word: tuple(places) for word, places in by_word.items()},
        {},
    )


def fired(
    table: CueTable, groups: tuple[str, ...], words: AbstractSet[str], sentence: str
) -> Iterator[tuple[CueRule, re.Match[str]]]:
    """Yield each cue of some groups that fires in a sentence, with every place of it; `words` are its tokens."""
    by_word = table.by_groups(groups)
    for place in sorted({place for word in words if word in by_word for place in by_word[word]}):
        rule = table.rules[place]
        for match in rule.pattern.finditer(sentence):
            yield rule, match
