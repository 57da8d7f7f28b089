"""The table of cues: readable, unambiguous, and each cue fires in its own example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from processing.extraction.cues import GROUPS, CueRule, fired, load_cues
from processing.language.text import normalise
from processing.language.tokens import words_of

if TYPE_CHECKING:
    from pathlib import Path

# what stands for more than one word: a point of a list, a sum of money
POINTS = {"<point>", "<done>", "£"}


@pytest.mark.parametrize("rule", load_cues().rules, ids=lambda rule: rule.id)
def test_each_cue_fires_in_its_example_and_says_what_it_is_for(rule: CueRule) -> None:
    sentence = normalise(rule.example).lower()
    keys = set(words_of(sentence).words) | (POINTS if rule.words & POINTS else set())
    if rule.words & POINTS:
        sentence = sentence.strip('"')
    assert rule.id in {hit.id for hit, _ in fired(load_cues(), GROUPS, keys, sentence)}
    assert rule.about.endswith(".")


@pytest.mark.parametrize(
    "entries",
    [
        ["{id: A, group: mark, about: x, words: [a], pattern: a, example: a}"] * 2,
        ["{id: A, group: hunch, about: x, words: [a], pattern: a, example: a}"],
    ],
)
def test_a_table_with_an_id_twice_or_an_unknown_group_is_refused(tmp_path: Path, entries: list[str]) -> None:
    file = tmp_path / "cues.yml"
    file.write_text("adverbs: also\ncues:\n" + "".join(f"- {entry}\n" for entry in entries), encoding="utf-8")
    with pytest.raises(ValueError, match="an id stands twice, or a group is unknown"):
        load_cues(file)
