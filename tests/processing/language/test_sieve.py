"""The quick test before a slow one never says no where the slow one would find something."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processing.extraction.recommendations import Recommendation, load_recommendations
from processing.language.sieve import Sieve

ROOT = Path(__file__).parents[3]
TEXTS = {
    "a whole word": ("we act soon", {"soon"}),
    "no part of a word": ("we act sooner", set()),
    "a word beside a mark": ("(soon)", {"soon"}),
    "a word that may go on": ("in two weeks", {"week"}),
    "a word that may begin before": ("by 1/10/26", {"figures"}),
    "several words": ("as royal assent comes", {"assent"}),
    "of two that overlap each": ("the new year's day", {"new year", "year"}),
    "nothing": ("", set()),
}


@pytest.mark.parametrize(("text", "rows"), TEXTS.values(), ids=TEXTS)
def test_rows_are_passed_whose_heads_a_text_holds(text: str, rows: set[str]) -> None:
    sieve = Sieve(
        [
            ("soon", ["soon"]),
            ("week", ["week*"]),
            ("figures", ["*1/1*", "*0/2*"]),
            ("assent", ["royal assent"]),
            ("new year", ["new year"]),
            ("year", ["year"]),
        ]
    )
    assert sieve.passed(text) == rows


def test_a_head_is_told_with_its_place() -> None:
    assert list(Sieve([("by", ["by"]), ("any", ["by", "may*"])]).places("by mayday")) == [
        (0, 2, "by"),
        (0, 2, "any"),
        (3, 6, "any"),
    ]


@pytest.mark.parametrize("heads", [[], ["soon", ""], ["*"]])
def test_a_row_that_could_never_pass_is_refused(heads: list[str]) -> None:
    with pytest.raises(ValueError, match="has no heads"):
        Sieve([("row", heads)])


words = st.text("ab ", min_size=1, max_size=4).filter(lambda word: word.strip() == word)


@settings(max_examples=300)
@given(heads=st.lists(words, min_size=1, max_size=6), text=st.text("ab ", max_size=20))
def test_a_sieve_passes_what_a_search_for_each_head_finds(heads: list[str], text: str) -> None:
    found = {head for head in heads if re.search(rf"(?<!\w){head}(?!\w)", text)}
    assert Sieve([(head, [head]) for head in heads]).passed(text) == found


def recommendations() -> list[Recommendation]:
    told = [one for found in load_recommendations() for one in found.recommendations]
    return [one for one in told if one.subjects]


def missed(one: Recommendation, text: str) -> list[str]:
    if any(word in text for word in one.words):
        return []
    return [subject.pattern for subject in one.subjects if subject.search(text)]


SUBJECTS = [(one, subject) for one in recommendations() for subject in one.subjects]


@pytest.mark.parametrize(("one", "subject"), SUBJECTS, ids=[f"{one.id} {subject.pattern}" for one, subject in SUBJECTS])
def test_whatever_is_about_a_recommendation_holds_one_of_its_words(
    one: Recommendation, subject: re.Pattern[str]
) -> None:
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.from_regex(subject, fullmatch=True))
    def holds(text: str) -> None:
        assert missed(one, text) == []

    holds()


def test_no_recommendation_is_passed_over_in_a_text_that_is_about_it() -> None:
    texts = [
        json.loads(line)["text"].lower()
        for file in sorted((ROOT / "training" / "passages").glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    assert [(one.id, found) for text in texts for one in recommendations() if (found := missed(one, text))] == []
