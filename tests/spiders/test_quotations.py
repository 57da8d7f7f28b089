"""Whose words a quotation on a page of GOV.UK is: a minister's are the Government's, anybody else's are not."""

from __future__ import annotations

from datetime import date

import pytest

from processing.commitments.capacity import capacity
from processing.records import Document, Passage
from spiders.govuk.govspeak import QUOTED, Block, blocks

PAGE = Document(
    id="govuk/government/news/chair",
    source="govuk",
    kind="press release",
    title="Chair appointed",
    url="https://www.gov.uk/government/news/chair",
    published=date(2025, 11, 18),
    passages=(),
    departments=("Home Office",),
)


def said_by(introduction: str) -> list[str | None]:
    html = f"<p>{introduction}</p><blockquote><p>We will act.</p><p>We will report in May.</p></blockquote><p>Ends.</p>"
    return [block.said_by for block in blocks(html)]


@pytest.mark.parametrize(
    ("introduction", "words"),
    [
        ("Sir Alan Westerby said:", "Sir Alan Westerby said"),
        ("Nell Corrigan, chief executive of the Quayside charity, said,", None),
        ("Minister for Safeguarding, Rowan Hathersage, added:", "Minister for Safeguarding, Rowan Hathersage, added"),
        ("The centre opened on Monday.", QUOTED),
    ],
)
def test_what_introduces_a_quotation_stands_with_each_of_its_paragraphs(introduction: str, words: str | None) -> None:
    told = words or introduction.rstrip(",")
    assert said_by(introduction) == [None, told, told, None]


def test_a_quotation_is_a_block_like_any_other() -> None:
    assert blocks("<h2 id='a'>Words</h2><p>She said:</p><blockquote><p>It stands.</p></blockquote>")[-1] == Block(
        kind="block", text="It stands.", anchor="a", section="Words", said_by="She said"
    )


@pytest.mark.parametrize(
    ("introduction", "is_government"),
    [
        (None, True),
        ("Safeguarding Minister Rowan Hathersage said", True),
        ("The Home Secretary said", True),
        ("Shadow Home Secretary Piers Alderney said", False),
        ("Sir Alan Westerby said", False),
        (QUOTED, False),
    ],
)
def test_only_a_minister_quoted_by_a_department_speaks_for_it(introduction: str | None, is_government: bool) -> None:
    passage = Passage(key="b1", kind="block", text="We will act.", url=PAGE.url, attribution=introduction)
    assert capacity(PAGE, passage, PAGE.published, {}).is_government is is_government
