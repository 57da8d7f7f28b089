"""The tracked vocabulary: every topic, spellings, acronyms with their context, false friends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from processing.language.terms import find_mentions, load_vocabulary

if TYPE_CHECKING:
    from pathlib import Path

VOCABULARY = load_vocabulary()


def terms(text: str, title: str = "") -> list[str]:
    return [mention.term for mention in find_mentions(text, VOCABULARY, title)]


def topics(text: str, title: str = "") -> set[str]:
    return {mention.topic for mention in find_mentions(text, VOCABULARY, title)}


USUAL_WORDS = (
    ("child sexual abuse", "child-sexual-abuse"),
    ("child sexual exploitation", "grooming-gangs"),
    ("the grooming gangs inquiry", "grooming-gangs"),
    ("the Independent Inquiry into Child Sexual Abuse", "iicsa"),
    ("Baroness Casey’s audit", "casey"),
    ("mandatory reporting of abuse", "mandatory-reporting"),
    ("a Child Protection Authority", "child-protection-authority"),
    ("the Online Safety Act and child sexual abuse material", "online-safety"),
    ("Keeping Children Safe in Education", "safeguarding-guidance"),
    ("Working Together to Safeguard Children", "safeguarding-guidance"),
    ("the Disclosure and Barring Service checks those who work with children", "disclosure-and-barring"),
    ("therapeutic support for victims of child sexual abuse", "support"),
    ("child sexual abuse in the family and intra-familial abuse", "intra-familial"),
    ("taxi licensing and child sexual exploitation", "taxi-licensing"),
    ("a redress scheme for victims of child abuse", "redress"),
    ("child protection plans for sexual abuse", "child-protection-data"),
    ("quash the convictions of child victims of abuse", "police-and-courts"),
    ("non-recent abuse, and those who were abused", "institutions"),
)


@pytest.mark.parametrize(("text", "topic"), USUAL_WORDS)
def test_each_topic_of_the_field_is_found_by_its_usual_words(text: str, topic: str) -> None:
    assert topic in topics(text)


def test_no_topic_is_left_out_of_that_table() -> None:
    assert {topic for _, topic in USUAL_WORDS} == {topic.id for topic in VOCABULARY.topics}


@pytest.mark.parametrize(
    "text",
    [
        "child sexual abuse",
        "CHILD SEXUAL ABUSE",
        "child-sexual-abuse",
        "child sexual\u00a0abuse",
        "child\u2011sexual\u2011abuse",
    ],
)
def test_case_hyphens_and_odd_spaces_do_not_hide_a_term(text: str) -> None:
    assert terms(text) == ["csa"]


@pytest.mark.parametrize("text", ["Baroness Casey’s audit", "Baroness Casey's audit"])
def test_both_apostrophes_are_read(text: str) -> None:
    assert terms(text) == ["casey"]


@pytest.mark.parametrize(
    ("text", "title", "wanted"),
    [
        ("CSA has a lasting effect on those who were abused.", "", ["csa-acronym"]),
        ("The CSA collects maintenance.", "", []),
        ("The CSA and abuse of the child maintenance system.", "", []),
        ("CSE is grave.", "Child Sexual Exploitation", ["cse-acronym"]),
        ("She holds a CSE in maths.", "", []),
        ("cse and csa", "Sexual Abuse", []),
        ("The report of IICSA", "", ["iicsa"]),
    ],
)
def test_an_acronym_counts_in_capitals_and_where_its_context_stands(text: str, title: str, wanted: list[str]) -> None:
    assert terms(text, title) == wanted


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Grooming businesses may open.", "Animal Grooming: Coronavirus"),
        ("Dog grooming by children is no offence.", ""),
        ("Grooming salons near schools", ""),
        ("Mandatory reporting of carbon emissions", ""),
    ],
)
def test_false_friends_take_a_match_away(text: str, title: str) -> None:
    assert terms(text, title) == []


def test_a_term_within_a_longer_word_does_not_count() -> None:
    assert terms("multichild sexual abuses and ungroomed children") == []


def test_the_longest_term_wins_and_offsets_are_those_of_the_text() -> None:
    text = "İ “child sexual exploitation and abuse”"
    (mention,) = find_mentions(text, VOCABULARY)
    assert (mention.term, text[mention.start : mention.end]) == ("csea", "child sexual exploitation and abuse")


@pytest.mark.parametrize(
    ("second", "complaint"),
    [
        ("{id: a, phrases: [other words]}", "a term id stands twice"),
        ("{id: b, phrases: [Some words]}", "'some words' stands in a and in b"),
    ],
)
def test_a_vocabulary_that_contradicts_itself_is_refused(tmp_path: Path, second: str, complaint: str) -> None:
    file = tmp_path / "terms.yml"
    file.write_text(
        "version: '1'\ncontexts: {}\ntopics:\n- {id: t, name: T, description: D, terms: "
        f"[{{id: a, phrases: [some words]}}, {second}]}}\n",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match=complaint):
        load_vocabulary(file)
