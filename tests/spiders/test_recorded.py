"""Every recorded answer of Parliament's interfaces reads into records, or is refused by name."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from processing.errors import KindNotCollected, SourceChanged
from processing.records import Document
from spiders import calendar, committees, hansard, members, written_questions, written_statements

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

HANSARD = "https://hansard-api.parliament.uk"
DEBATE = f"{HANSARD}/debates/debate"
DIVISIONS = f"{HANSARD}/debates/divisions"
QUESTIONS = "https://questions-statements-api.parliament.uk/api/writtenquestions/questions"
STATEMENTS = "https://questions-statements-api.parliament.uk/api/writtenstatements/statements"
MEMBERS = "https://members-api.parliament.uk/api/Members"
COMMITTEES = "https://committees-api.parliament.uk/api"

# module, file, path of the address, and what it reads into
CALENDAR = "/overview/calendar.json?year=2026&month=1&house=Commons"
ANSWERS: list[tuple[Any, str, str, dict[str, int]]] = [
    (calendar, "hansard-api/calendar_2026_01_commons", f"{HANSARD}{CALENDAR}", {"SittingDay": 16}),
    (hansard, "hansard-api/calendar_2026_01_commons", f"{HANSARD}{CALENDAR}", {}),
    (hansard, "hansard-api/debate_oil_refining_2026-01-14", f"{DEBATE}/69FFB3CB.json", {"Document": 1}),
    (hansard, "hansard-api/debate_petition_child_2026-03-03", f"{DEBATE}/A947B3C4.json", {"Document": 1}),
    (hansard, "hansard-api/debate_petition_parent_2026-03-03", f"{DEBATE}/565DB7B1.json", {"Document": 1}),
    (hansard, "hansard-api/divisions_for_debate_2026-01-20", f"{DIVISIONS}/03C3B458.json", {"KindNotCollected": 1}),
    (hansard, "hansard-api/search_debates_day_2026-01-14_trimmed", f"{HANSARD}/search/debates.json", {}),
    (written_questions, "written-questions/question_single_mock", f"{QUESTIONS}/1679416", {"Document": 1}),
    # a shape of the project that recorded it, not of the API
    (written_questions, "written-questions/question_1681217", f"{QUESTIONS}/1681217", {"SourceChanged": 1}),
    (written_questions, "written-questions/questions_list_page", f"{QUESTIONS}?take=20", {}),
    (members, "members-api/member_467", f"{MEMBERS}/467", {"Person": 1}),
    (members, "members-api/members_search_house1_current", f"{MEMBERS}/Search?House=1&take=3", {"Person": 3}),
    (committees, "committees-api/publications_list_page", f"{COMMITTEES}/Publications?Take=5", {"Document": 5}),
    (committees, "committees-api/committee_203_education", f"{COMMITTEES}/Committees/203", {}),
]


def records(module: Any, body: bytes, url: str) -> list[Any]:
    try:
        return list(module.read(body, url))
    except (SourceChanged, KindNotCollected) as error:
        return [error] if url in str(error) else []


def test_every_recorded_answer_is_read_or_refused_by_name(samples: Path, caplog: pytest.LogCaptureFixture) -> None:
    read = {
        (file, url): Counter(
            type(record).__name__ for record in records(module, (samples / f"{file}.json").read_bytes(), url)
        )
        for module, file, url, _ in ANSWERS
    }
    assert read == {(file, url): expected for _, file, url, expected in ANSWERS}
    assert [record.message for record in caplog.records if "do not read" in record.message] == []


ROWS = [
    (written_questions, "written-questions", QUESTIONS, 1002),
    (written_statements, "written-statements", STATEMENTS, 10),
]


def test_every_recorded_row_reads_as_the_document_it_stands_for(samples: Path) -> None:
    for module, folder, api, number in ROWS:
        rows = {
            row["value"]["id"]: row
            for file in sorted((samples / folder).glob("*.json"))
            for row in (json.loads(file.read_bytes()).get("results") or [])
        }
        found = [one for key, row in rows.items() for one in records(module, json.dumps(row).encode(), f"{api}/{key}")]
        assert all(isinstance(record, Document) for record in found)
        assert len({record.id for record in found}) == len(rows) == number


def test_the_statement_made_in_both_houses_is_known_as_one(samples: Path) -> None:
    page = json.loads((samples / "written-statements/fetch_statements_body_get.json").read_bytes())
    pair = [
        next(written_statements.read(json.dumps(row).encode(), f"{STATEMENTS}/{row['value']['id']}"))
        for row in page["results"]
    ]
    assert {statement.house for statement in pair} == {"Commons", "Lords"}
    assert pair[0].related == pair[1].related


def test_listings_of_the_recorded_day_page_by_their_ids(samples: Path) -> None:
    page = written_questions.stubs((samples / "written-questions/fetch_questions_get.json").read_bytes(), QUESTIONS)
    assert page.total == 520
    assert len({key for key, _ in page.rows}) == 520
    states = Counter((stub.facts[0] is None, stub.facts[3]) for _, stub in page.rows)
    assert states == {(False, False): 503, (False, True): 10, (True, None): 7}
