"""What saves the extractor time changes nothing: the quick reader of words, the judge's early no."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processing.extraction.judge import TIMED, load_judge, most_by_timing
from processing.extraction.passage import extract_with
from processing.language.tokens import words_of
from processing.timing import load_calendar
from training.labelled import OWN, read

CASES = {
    "titles keep their stop": ("my right hon. friend", ["my", "right", "hon.", "friend"]),
    "sums and numbers": ("£1.5 million, 2,000 in 2026/27.", ["£1.5", "million", ",", "2,000", "in", "2026/27", "."]),
    "contractions": ("we'll act; i won't wait", ["we", "'ll", "act", ";", "i", "won't", "wait"]),
    "possessives and hyphens": ("the police's follow-up", ["the", "police's", "follow-up"]),
    "paragraphs": ("one\n\n(two)", ["one", "\n\n", "(", "two", ")"]),
}


@pytest.mark.parametrize(("sentence", "words"), CASES.values(), ids=CASES)
def test_a_sentence_is_cut_into_words(sentence: str, words: list[str]) -> None:
    found = words_of(sentence)
    assert found.words == words
    assert [sentence[start:end] for start, end in zip(found.starts, found.ends, strict=True)] == words


pieces = st.sampled_from(
    [*"an1.,/-'_ \n£", "n't", "'s", "'ll", "hon.", "no. ", "e.g. ", "2,000", "won't", "up-to-date", "\n\n", "20"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces, max_size=12).map("".join))
def test_a_word_with_an_accent_changes_nothing_in_the_words_after_it(sentence: str) -> None:
    plain, other = words_of(sentence), words_of(f"é {sentence}")
    assert other.words == ["é", *plain.words]
    assert other.starts == [0, *(start + 2 for start in plain.starts)]
    assert other.ends == [1, *(end + 2 for end in plain.ends)]


def test_no_timing_adds_more_to_a_clause_than_the_judge_reckons_with() -> None:
    for model in load_judge().values():
        greatest = [
            max(0.0, *(weight for name, weight in model.weights.items() if name.startswith(f"{kind}=")))
            for kind in TIMED
        ]
        assert model.most_by_timing == pytest.approx(sum(greatest))


def test_an_early_no_of_the_judge_changes_no_record() -> None:
    calendar, quick = load_calendar(), load_judge()
    patient = {name: model._replace(most_by_timing=math.inf) for name, model in quick.items()}
    told = [labelled.passage for file in sorted(OWN.glob("*.jsonl")) for labelled in read(file)[::3]]
    found = [extract_with(passage, calendar, quick) for passage in told]
    assert found == [extract_with(passage, calendar, patient) for passage in told]
    assert sum(len(extraction.commitments) for extraction in found) > len(told) / 4


def test_the_most_that_timing_adds_is_the_sum_of_the_greatest_weights() -> None:
    assert most_by_timing({"view=yes": 0.5, "view=no": -1.0, "verb=act": 3.0, "when=dated": 0.25}) == 0.75
