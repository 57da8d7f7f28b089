"""What is found in a sentence: the quotes and their fields, as the labelling guide has it."""

from __future__ import annotations

from datetime import date

import pytest

from processing.extraction.passage import extract_passage
from processing.records import Extraction, SpokenPassage
from processing.timing import load_calendar

CALENDAR = load_calendar()


def found(text: str, **fields: object) -> Extraction:
    told: dict[str, object] = {
        "id": "1",
        "source": "hansard",
        "title": "Child Protection",
        "spoken_on": date(2025, 6, 16),
        "text": text,
        "house": "Commons",
        "speaker": "A. Minister",
        "post": "Home Secretary",
        "government": True,
    }
    return extract_passage(SpokenPassage(**{**told, **fields}), CALENDAR)  # type: ignore[arg-type]


def quotes(text: str) -> list[str]:
    return [record.quote for record in found(text).commitments]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "We will publish the strategy in the autumn and consult on the duty.",
            ["We will publish the strategy in the autumn", "consult on the duty"],
        ),
        (
            "The Government will introduce a new offence and amend the code of practice.",
            ["The Government will introduce a new offence", "amend the code of practice"],
        ),
        (
            "We will publish e-learning and guidance for schools.",
            ["We will publish e-learning and guidance for schools"],
        ),
        (
            "We will lay the regulations in May, and the guidance will be published in June.",
            ["We will lay the regulations in May", "the guidance will be published in June"],
        ),
        (
            "The fund will open in July and will be reviewed after a year.",
            ["The fund will open in July", "will be reviewed after a year"],
        ),
        (
            "If the pilots succeed, we will extend the scheme to every force.",
            ["If the pilots succeed, we will extend the scheme to every force"],
        ),
        (
            "In the next year we will:\n• publish a code\n• review the guidance",
            ["publish a code", "review the guidance"],
        ),
        ("I will of course write to the hon. Member.", ["I will of course write to the hon. Member"]),
        (
            "We shall be bringing the power into force in May, and plan to lay regulations before the end of the year.",
            ["We shall be bringing the power into force in May", "plan to lay regulations before the end of the year"],
        ),
        (
            "The Department means to consult on it by next summer.",
            ["The Department means to consult on it by next summer"],
        ),
        (
            "We intend to go on by launching, as I mentioned, a new round of grants next January.",
            ["We intend to go on by launching, as I mentioned, a new round of grants next January"],
        ),
        (
            "We will legislate for it, as I said, and we will consult in May.",
            ["We will legislate for it", "we will consult in May"],
        ),
        (
            "The guidance will come into force on 1 September, so that schools and colleges have time to prepare.",
            [
                "The guidance will come into force on 1 September, so that schools and colleges have time to prepare",
            ],
        ),
        (
            "We do not expect to publish it before the summer.",
            ["We do not expect to publish it before the summer"],
        ),
    ],
)
def test_each_action_is_one_record_with_its_own_quote(text: str, wanted: list[str]) -> None:
    assert quotes(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "I will give way to the hon. Gentleman.",
        "I will come to that point in a moment.",
        "We will always stand up for victims.",
        "We must learn from this.",
        "I do not want to give a figure that will be wrong in a week.",
        "My hon. Friend is right to press the matter.",
        "I will take interventions as I go.",
        "I will respond to what has been said, but in four minutes I shall not do it justice.",
        "What forces, the National Crime Agency and the Home Office will do about cases that were closed.",
        "Will the Minister commit to publishing the data?",
        "We continue to work closely with the police.",
        "The noble Lord will know that this is hard.",
        "He told the newspaper: “we will publish every file and sack every one of the people responsible”.",
        "We have published the strategy.",
        "I hope that the House will support the Bill.",
    ],
)
def test_what_is_no_promise_gives_no_commitment(text: str) -> None:
    assert quotes(text) == []


@pytest.mark.parametrize(
    "fields", [{"government": False}, {"title": "Child Abuse (question)"}, {"government": False, "post": None}]
)
def test_only_the_governments_own_words_hold_records(fields: dict[str, object]) -> None:
    text = "The Government will publish the strategy by spring 2026. We have opened the fund."
    assert found(text, **fields) == Extraction(commitments=(), deliveries=())


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("We will publish the strategy in May.", "Home Office"),
        ("The Government will publish the strategy in May.", "Government"),
        ("Ofcom will publish its report in July 2026.", "Ofcom"),
        ("The Department for Education will consult on the guidance.", "Department for Education"),
        ("My right hon. Friend the Justice Secretary will bring forward a Bill next year.", "Ministry of Justice"),
        ("The review will be carried out by the National Crime Agency next year.", "National Crime Agency"),
        ("The Thornbury review will report in the autumn.", "Thornbury review"),
        ("We have asked Ofsted to look at this. It will report in the autumn.", "Ofsted"),
        ("Each force will have a dedicated team by April 2026.", "Home Office"),
        ("Ofcom’s advice will be placed in the Library tomorrow.", "Home Office"),
    ],
)
def test_the_owner_is_who_will_act(text: str, owner: str) -> None:
    assert [record.owner for record in found(text).commitments] == [owner]


def test_in_a_bodys_own_publication_we_is_that_body() -> None:
    said = found("We will publish new guidance in May.", source="govuk", speaker="Ofsted", post=None, house=None)
    assert [record.owner for record in said.commitments] == ["Ofsted"]


@pytest.mark.parametrize(
    ("text", "firmness"),
    [
        ("We will publish the guidance in March.", "firm"),
        ("We are bringing in a new offence.", "firm"),
        ("We will not raise the threshold.", "firm"),
        ("We intend to publish the guidance in March.", "aspirational"),
        ("I am happy to meet the hon. Lady.", "aspirational"),
        ("We will consider the case for a levy.", "aspirational"),
        ("Subject to the spending review, we will open the fund.", "conditional"),
        ("We intend to legislate when parliamentary time allows.", "conditional"),
    ],
)
def test_condition_beats_aspiration_and_aspiration_beats_firmness(text: str, firmness: str) -> None:
    assert [record.firmness for record in found(text).commitments] == [firmness]


@pytest.mark.parametrize(
    ("text", "novelty"),
    [
        ("We will publish the guidance in March.", "new"),
        ("As I announced in May, we will publish the guidance.", "restated"),
        ("We remain committed to publishing the guidance in March.", "restated"),
        ("I told the House in May that the panel would be set up.", "restated"),
        ("As I said, that is hard for all of us who sit here. I am happy to meet her.", "new"),
    ],
)
def test_a_promise_is_restated_only_where_the_text_says_so(text: str, novelty: str) -> None:
    assert [record.novelty for record in found(text).commitments] == [novelty]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We have published the strategy.", ["We have published the strategy"]),
        ("The duty came into force on 1 April.", ["The duty came into force on 1 April"]),
        ("£2 million has been given to the helpline.", ["£2 million has been given to the helpline"]),
        ("The guidance was updated in May by my Department.", ["The guidance was updated in May by my Department"]),
        ("We have made good progress.", []),
        ("We have not published the strategy.", []),
        ("I have visited the hospital.", []),
    ],
)
def test_a_delivery_says_that_a_named_thing_was_done(text: str, wanted: list[str]) -> None:
    assert [record.quote for record in found(text).deliveries] == wanted


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("We will bring in a mandatory duty to report child sexual abuse.", ("iicsa-2022/13",)),
        ("We will set up the Child Protection Authority. It will begin its work in May.", ("iicsa-2022/2",)),
        ("We accept all 12 recommendations of Baroness Casey’s audit.", ("casey-2025/*",)),
        ("We will publish the bus strategy in May.", ()),
    ],
)
def test_recommendations_are_linked_by_number_by_subject_and_by_what_was_spoken_of(
    text: str, linked: tuple[str, ...]
) -> None:
    assert {record.recommendations for record in found(text).commitments} == {linked}


def test_each_record_tells_its_cues_its_score_and_why() -> None:
    (promise,) = found("We will publish the strategy by spring 2026.").commitments
    assert [(cue.id, cue.start, cue.end) for cue in promise.cues if cue.id == "WILL"] == [("WILL", 3, 7)]
    assert promise.action == "publish"
    assert 0.5 < promise.score <= 1
    assert len(promise.features) == 5
    assert promise.why == (
        "Counted as firm because the speaker was Home Secretary and said “will” + “publish”."
        f" Deadline 31 May 2026 because of “by spring 2026” (rule {promise.timing.rule if promise.timing else ''})."
    )
