"""The quick test before a regular expression never says no where the expression matches."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processing.extraction.cues import load_cues
from processing.extraction.recommendations import load_recommendations
from processing.language.sieve import Sieve, needed
from processing.timing.grammar import expressions

ROOT = Path(__file__).parents[3]
PATTERNS = {
    "one text": ("royal assent", {"royal assent"}),
    "either of two": ("(?:bill|act) is passed", {"bill is passed", "act is passed"}),
    "what may be missing": ("(?:the )?decade", {"decade"}),
    "repeated": ("(?:very )+soon", {"very "}),
    "repeated or missing": ("(?:very )*soon", {"soon"}),
    "a class of any letters": (r"in [a-z]+ january", {" january"}),
    "a row of figures": ("q[1-3]", {"q1", "q2", "q3"}),
    "what must not stand there": (r"term\b(?! time)", {"term"}),
    "a named group": ("(?P<said>this|next) week", {"this week", "next week"}),
    "nothing is sure": (r"\w+|soon", set()),
    "small and capital letters alike": (re.compile("soon", re.IGNORECASE), set()),
}


@pytest.mark.parametrize(("pattern", "texts"), PATTERNS.values(), ids=PATTERNS)
def test_the_texts_of_which_each_match_holds_one_are_read_off_the_pattern(
    pattern: str | re.Pattern[str], texts: set[str]
) -> None:
    assert needed(re.compile(pattern)) == texts


def all_patterns() -> list[re.Pattern[str]]:
    cues = [rule.pattern for rule in load_cues().rules]
    subjects = [
        pattern
        for found in load_recommendations()
        for recommendation in found.recommendations
        for pattern in recommendation.subjects
    ]
    return [*expressions(), *cues, *subjects]


def missed(sieve: Sieve, patterns: list[re.Pattern[str]], text: str) -> list[str]:
    passed = sieve.passed(text)
    return [pattern.pattern for pattern in patterns if pattern not in passed and pattern.search(text)]


def test_no_pattern_of_ours_is_passed_over_in_a_text_that_it_matches() -> None:
    patterns = all_patterns()
    sieve = Sieve(patterns)
    texts = [rule.example.lower() for rule in load_cues().rules]
    for file in sorted((ROOT / "training" / "passages").glob("*.jsonl")):
        texts += [json.loads(line)["text"].lower() for line in file.read_text(encoding="utf-8").splitlines()]
    assert [missed(sieve, patterns, text) for text in texts] == [[] for _ in texts]
    # and it is worth its while: most are passed over
    tried = sum(len(sieve.passed(text)) for text in texts)
    assert tried < len(texts) * len(patterns) / 4


letters = st.sampled_from(["a", "b", "ab", "20", "the ", "[ab]", "[1-3]", r"\d", r"\w", ".", r"\b"])
patterns = st.recursive(
    letters,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        inner.map(lambda part: f"(?:{part})?"),
        inner.map(lambda part: f"(?:{part})*?"),
        inner.map(lambda part: f"(?:{part})+"),
        inner.map(lambda part: f"(?:{part}){{1,2}}"),
        inner.map(lambda part: f"(?!{part})"),
        inner.map(lambda part: f"(?P<name>{part})" if "?P<" not in part else part),
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_every_match_of_any_pattern_holds_one_of_its_texts(data: st.DataObject) -> None:
    written = data.draw(patterns)
    if written.count("?P<name>") > 1:
        written = written.replace("?P<name>", "")
    pattern = re.compile(written)
    text = data.draw(st.text("ab123 the0d", max_size=20))
    for match in pattern.finditer(text):
        assert not needed(pattern) or any(part in match.group() for part in needed(pattern))
    assert pattern.search(text) is None or pattern in Sieve([pattern]).passed(text)
