"""Whose word a passage is, source by source: the Government's own, or somebody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from processing.commitments.capacity import capacity
from processing.records import Document, Passage, Post

DAY = date(2026, 1, 12)
RESPONSE = Document(
    id="committees/48090/91090",
    source="committees",
    kind="government response",
    title="Keeping children safe in residential schools: Government Response",
    url="https://committees.parliament.uk/publications/48090/documents/91090/default/",
    published=DAY,
    passages=(),
    departments=("Department for Education",),
)
BLOCK = Passage(key="b1", kind="block", text="The Government accepts this recommendation.", section="Recommendation 1")
POST = Post(person="member/9001", title="Home Secretary", department="Home Office", start=DAY, end=None)
SPEECH = Passage(key="c1", kind="speech", text="We will act.", speaker="Rowan Hathersage", member="member/9001")


@pytest.mark.parametrize(
    ("kind", "departments", "section", "told"),
    [
        ("government response", ("Department for Education",), None, (True, "Department for Education")),
        ("government response", (), None, (True, None)),
        ("government response", ("Ofcom",), None, (True, None)),
        ("command paper", ("Home Office",), None, (True, "Home Office")),
        ("command paper", (), None, (False, None)),
        (
            "written evidence",
            ("Department of Health and Social Care",),
            None,
            (True, "Department of Health and Social Care"),
        ),
        ("written evidence", ("Quayside charity",), None, (False, None)),
        ("correspondence", ("Home Office",), None, (True, "Home Office")),
        ("correspondence", (), None, (False, None)),
        ("special report", ("Home Office",), "Appendix: Government Response", (True, "Home Office")),
        ("special report", ("Home Office",), "Second Special Report", (False, None)),
        ("report", ("Home Office",), "Conclusions and recommendations", (False, None)),
        ("oral evidence", ("Home Office",), None, (False, None)),
    ],
)
def test_a_committees_document_is_the_governments_word_where_the_government_wrote_it(
    kind: str, departments: tuple[str, ...], section: str | None, told: tuple[bool, str | None]
) -> None:
    document = replace(RESPONSE, kind=kind, departments=departments)
    who = capacity(document, replace(BLOCK, section=section), DAY, {})
    assert (who.is_government, who.department if who.is_government else None) == told


def test_what_a_response_quotes_from_the_report_is_the_committees_word() -> None:
    quoted = replace(BLOCK, attribution="The Committee recommended")
    assert capacity(RESPONSE, quoted, DAY, {}).is_government is False


@pytest.mark.parametrize(
    ("kind", "is_government"),
    [("answer", True), ("question", False), ("heading", False)],
)
def test_of_a_written_question_only_the_answer_is_the_governments_word(kind: str, is_government: bool) -> None:
    document = replace(RESPONSE, source="written_questions", kind="written answer")
    assert capacity(document, replace(BLOCK, kind=kind), DAY, {}).is_government is is_government


@pytest.mark.parametrize(
    ("start", "end", "is_government"),
    [
        (DAY, None, True),
        (date(2025, 1, 1), DAY, True),
        (date(2025, 1, 1), date(2026, 1, 11), False),
        (date(2026, 1, 13), None, False),
    ],
)
def test_a_post_counts_from_its_first_to_its_last_day_both_included(
    start: date, end: date | None, is_government: bool
) -> None:
    debate = replace(RESPONSE, source="hansard", kind="debate", departments=())
    post = replace(POST, start=start, end=end)
    assert capacity(debate, SPEECH, DAY, {"member/9001": [post]}).is_government is is_government


def test_of_posts_held_together_the_one_that_began_last_counts() -> None:
    debate = replace(RESPONSE, source="hansard", kind="debate", departments=())
    posts = [
        Post(
            person="member/9001",
            title="Lord Commissioner of HM Treasury",
            department=None,
            start=date(2025, 9, 1),
            end=None,
        ),
        Post(
            person="member/9001",
            title="Minister for Safeguarding",
            department="Home Office",
            start=date(2025, 9, 2),
            end=None,
        ),
    ]
    who = capacity(debate, SPEECH, DAY, {"member/9001": posts})
    assert (who.post, who.department) == ("Minister for Safeguarding", "Home Office")


@pytest.mark.parametrize(
    ("passage", "told"),
    [
        (
            replace(SPEECH, post="Minister for Safeguarding"),
            (True, "Hansard prints the office: Minister for Safeguarding"),
        ),
        (replace(SPEECH, post="Shadow Home Secretary"), (False, "no government office: Shadow Home Secretary")),
        (replace(SPEECH, section="statement"), (True, "made the oral statement")),
        (replace(SPEECH, section="answer"), (True, "answered an oral question")),
        (SPEECH, (False, "no government office is known for that day")),
        (replace(SPEECH, speaker=None, member=None), (False, "no speaker is named")),
        (replace(SPEECH, kind="procedure"), (False, "no speaker is named")),
        (
            replace(SPEECH, text="With permission, Mr Speaker, I will make a statement on the inquiry."),
            (True, "made the oral statement"),
        ),
    ],
)
def test_a_speech_is_the_governments_word_by_office_or_by_what_its_maker_does(
    passage: Passage, told: tuple[bool, str]
) -> None:
    debate = replace(RESPONSE, source="hansard", kind="debate", departments=(), passages=(passage,))
    who = capacity(debate, passage, DAY, {})
    assert (who.is_government, who.reason) == told


DEBATE = replace(RESPONSE, source="hansard", kind="oral question", departments=("Home Office",))
HELD = {"member/9001": [replace(POST, department=None, title="Minister for Safeguarding")]}


@pytest.mark.parametrize(
    ("passage", "document", "posts", "department"),
    [
        (replace(SPEECH, post="Minister of State, Department for Education"), DEBATE, {}, "Department for Education"),
        (replace(SPEECH, post="The Prime Minister"), DEBATE, {}, "Home Office"),
        (replace(SPEECH, post="The Prime Minister"), replace(DEBATE, departments=()), {}, None),
        (replace(SPEECH, post="Lord in Waiting"), DEBATE, {"member/9001": [POST]}, "Home Office"),
        (SPEECH, DEBATE, HELD, "Home Office"),
        (replace(SPEECH, section="answer"), DEBATE, {}, "Home Office"),
    ],
    ids=["printed", "no department: asked", "nobody asked", "held that day", "of the post held", "answers"],
)
def test_the_department_is_that_of_the_post_else_the_one_that_was_asked(
    passage: Passage, document: Document, posts: dict[str, list[Post]], department: str | None
) -> None:
    assert capacity(document, passage, DAY, posts).department == department


def test_a_later_turn_of_a_debate_is_known_by_the_office_printed_at_the_first() -> None:
    first = replace(SPEECH, key="c1", post="Home Secretary", member=None)
    later = replace(SPEECH, key="c9", member=None)
    debate = replace(DEBATE, kind="debate", passages=(first, later))
    assert capacity(debate, later, DAY, {}).reason == "Hansard prints the office: Home Secretary"
    stranger = replace(later, speaker="Piers Alderney")
    assert capacity(debate, stranger, DAY, {}).is_government is False


def test_a_published_page_is_its_departments_word_and_what_it_quotes_is_not() -> None:
    page = replace(RESPONSE, source="govuk", kind="policy paper")
    assert capacity(page, BLOCK, DAY, {}).reason == "published by Department for Education"
    assert capacity(page, replace(BLOCK, attribution="Nell Corrigan said"), DAY, {}).is_government is False
    assert capacity(page, replace(BLOCK, attribution="The Home Secretary said"), DAY, {}).is_government is True
    assert capacity(replace(page, departments=()), BLOCK, DAY, {}).reason == "published by another body"


@pytest.mark.parametrize(("kind", "is_government"), [("answer", True), ("statement", True), ("question", False)])
def test_who_answers_in_writing_is_named_with_the_department(kind: str, is_government: bool) -> None:
    document = replace(RESPONSE, source="written_statements", kind="written statement", departments=())
    who = capacity(document, replace(BLOCK, kind=kind), DAY, {})
    assert who.is_government is is_government
    told = (
        "written answer or statement of the Government" if is_government else "a question is not the Government's word"
    )
    assert who.reason == told
