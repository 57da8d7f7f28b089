"""The same words are the same promise whatever the noun; a number, a phase, an age or a place makes another one."""

from __future__ import annotations

from datetime import date

import pytest

from processing.commitments.joining.join import join
from processing.commitments.joining.same_words import content, same_words, told_apart
from tests.processing.commitments.made import undated

NOUNS = (
    "atlas",
    "helpline",
    "logbook",
    "charter",
    "lexicon",
    "passport",
    "observatory",
    "rota",
    "almanac",
    "pledge card",
)


@pytest.mark.parametrize("noun", NOUNS)
def test_a_sentence_said_again_word_for_word_in_four_texts_is_one_promise(noun: str) -> None:
    quote = f"We will publish the child sexual abuse {noun} by 1 December 2026"
    told = [
        undated(
            f"s{week:02}", quote, timing="by 1 December 2026", latest=date(2026, 12, 1), said_on=date(2026, 6, week)
        )
        for week in (1, 8, 15, 22)
    ]
    assert join(told).groups == (("s01", "s08", "s15", "s22"),)


SAME = [
    ("The Home Office will open the survivors' rota", "We will open the survivors' rota", "another subject"),
    ("We will publish a child abuse charter", "We will publish the child abuse charter", "another article"),
    ("We are committed to publishing the child abuse charter", "We will publish the child abuse charter", "wrapped"),
]


@pytest.mark.parametrize(("one", "other"), [row[:2] for row in SAME], ids=[row[2] for row in SAME])
def test_what_says_nothing_of_the_promise_makes_no_other_promise(one: str, other: str) -> None:
    told = [undated("a", one, said_on=date(2026, 6, 1)), undated("b", other, said_on=date(2026, 7, 1))]
    assert join(told).groups == (("a", "b"),)


DIFFERENT = [
    ("We will open the first phase of the atlas", "We will open the second phase of the atlas", "ordinals"),
    ("We will open phase 1 of the atlas", "We will open phase two of the atlas", "figures and words"),
    ("We will open part A of the atlas", "We will open part B of the atlas", "letters"),
    ("We will publish the interim report on homes", "We will publish the final report on homes", "interim and final"),
    ("We will ban the app for under 13s", "We will ban the app for under 16s", "ages"),
    ("We will train 500 advisers in abuse", "We will train 5,000 advisers in abuse", "amounts"),
    ("We will raise the share to 20 per cent", "We will raise the share to 30 per cent", "shares"),
    ("We will open a centre in Wales for survivors", "We will open a centre in Scotland for survivors", "nations"),
    ("We will publish guidance for dentists", "We will publish guidance for school nurses", "whom"),
    ("We will open the fund's third round", "We will open the fund's 4th round", "third and 4th"),
]


@pytest.mark.parametrize(("one", "other"), [row[:2] for row in DIFFERENT], ids=[row[2] for row in DIFFERENT])
def test_what_differs_in_one_mark_is_another_promise(one: str, other: str) -> None:
    told = [undated("a", one, said_on=date(2026, 6, 1)), undated("b", other, said_on=date(2026, 7, 1))]
    assert join(told).groups == (("a",), ("b",))


BESIDE = [
    ("We will publish the child sexual abuse strategy next month", "I will report back on child sexual abuse"),
    ("We will publish the strategy by June 2026", "The strategy will be reviewed by June 2027"),
    ("We will publish the code in May", "We will publish a second code in July"),
]


@pytest.mark.parametrize(("one", "other"), BESIDE)
def test_two_sentences_of_one_speech_or_page_are_two_promises(one: str, other: str) -> None:
    where = {"document": "d", "passage_key": "answer"}
    assert join([undated("a", one, **where), undated("b", other, start=90, **where)]).groups == (("a",), ("b",))
    page = [undated("a", one, document="d", passage_key="b1"), undated("b", other, document="d", passage_key="b7")]
    assert join(page).groups == (("a",), ("b",))


def test_the_same_sentence_twice_in_one_text_is_one_promise() -> None:
    quote = "We will publish the child sexual abuse atlas"
    where = {"document": "d", "passage_key": "answer"}
    assert join([undated("a", quote, **where), undated("b", quote, start=90, **where)]).groups == (("a", "b"),)


def test_two_speeches_of_one_debate_can_tell_of_one_promise() -> None:
    one = undated("a", "We will publish the child sexual abuse atlas", document="d", passage_key="c1", speaker="Tess")
    two = undated(
        "b", "The atlas of child sexual abuse we will publish", document="d", passage_key="c9", speaker="Tess"
    )
    assert join([one, two]).groups == (("a", "b"),)


def test_content_is_what_is_promised_and_not_who_promises_it() -> None:
    assert content("We will publish the atlas") == content("the Government will publish an atlas")
    assert not same_words(frozenset(), frozenset())


@pytest.mark.parametrize(("one", "other"), [("the first phase", "a phase"), ("in 2 phases", "in Wales"), ("", "")])
def test_a_mark_that_only_one_of_them_has_tells_nothing_apart(one: str, other: str) -> None:
    assert told_apart(one, other) is None
