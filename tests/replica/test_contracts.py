"""The replica can't drift into fiction: its answers fit the official contracts of Parliament and the schemas of GOV.UK.

What is relaxed in them, and why, is told in `contracts.py`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from tests.replica.contracts import contract, page_validator, schema_of
from tests.replica.trimming import TRIMMED, trimmed

if TYPE_CHECKING:
    from pathlib import Path

MONTH = "2025-11-24"
HANSARD = "/hansard-api.parliament.uk"
QS = "/questions-statements-api.parliament.uk/api"
MEMBERS = "/members-api.parliament.uk/api"
COMMITTEES = "/committees-api.parliament.uk/api"
WHATSON = "/whatson-api.parliament.uk"
DAY = "date=2025-09-02&house=Commons"
DEBATE = "5F0A1B2C-0000-4000-8000-000000000001"
RANGE = "startDate=2025-09-01&endDate=2025-09-30"

# contract, its path, what is asked; a definition in place of the contract's own where that is known to be wrong
ASKED = [
    ("hansard-api", "/overview/calendar.{format}", f"{HANSARD}/overview/calendar.json?year=2025&month=9&house=Commons"),
    ("hansard-api", "/overview/sectionsforday.{format}", f"{HANSARD}/overview/sectionsforday.json?{DAY}"),
    ("hansard-api", "/overview/sectiontrees.{format}", f"{HANSARD}/overview/sectiontrees.json?section=Debate&{DAY}"),
    ("hansard-api", "/overview/lastsittingdate.{format}", f"{HANSARD}/overview/lastsittingdate.json?house=Lords"),
    ("hansard-api", "/overview/linkedsittingdates.{format}", f"{HANSARD}/overview/linkedsittingdates.json?{DAY}"),
    ("hansard-api", "/debates/debate/{debateSectionExtId}.{format}", f"{HANSARD}/debates/debate/{DEBATE}.json"),
    ("hansard-api", "/debates/divisions/{debateSectionExtId}.{format}", f"{HANSARD}/debates/divisions/{DEBATE}.json"),
    (
        "hansard-api",
        "/debates/speakerslist/{debateSectionExtId}.{format}",
        f"{HANSARD}/debates/speakerslist/{DEBATE}.json",
    ),
    ("hansard-api", "/search.{format}", f"{HANSARD}/search.json?queryParameters.searchTerm=lamp"),
    (
        "hansard-api",
        "/search/contributions/{contributionType}.{format}",
        f"{HANSARD}/search/contributions/Spoken.json?queryParameters.searchTerm=lamps&queryParameters.take=100",
    ),
    (
        "writtenquestions-api",
        "/api/writtenquestions/questions",
        f"{QS}/writtenquestions/questions?tabledWhenFrom=2025-09-02",
    ),
    (
        "writtenquestions-api",
        "/api/writtenquestions/questions/{id}",
        f"{QS}/writtenquestions/questions/1900001?expandMember=true",
    ),
    (
        "writtenquestions-api",
        "/api/writtenquestions/questions/{date}/{uin}",
        f"{QS}/writtenquestions/questions/2025-09-02/71234",
    ),
    ("writtenquestions-api", "/api/writtenstatements/statements", f"{QS}/writtenstatements/statements?house=Lords"),
    (
        "writtenquestions-api",
        "#StatementsViewModelItem",
        f"{QS}/writtenstatements/statements/1500002?expandMember=true",
    ),
    ("members-api", "/api/Members/Search", f"{MEMBERS}/Members/Search?House=1&skip=0&take=20"),
    ("members-api", "/api/Members/{id}", f"{MEMBERS}/Members/9001"),
    ("members-api", "/api/Members/{id}/Biography", f"{MEMBERS}/Members/9002/Biography"),
    ("members-api", "/api/Posts/GovernmentPosts", f"{MEMBERS}/Posts/GovernmentPosts"),
    ("members-api", "/api/Reference/AnsweringBodies", f"{MEMBERS}/Reference/AnsweringBodies?nameContains=home"),
    ("committees-api", "/api/Committees", f"{COMMITTEES}/Committees?SearchTerm=Education"),
    ("committees-api", "/api/Publications", f"{COMMITTEES}/Publications?PublicationTypeIds=1&PublicationTypeIds=12"),
    ("committees-api", "/api/Publications/{id}", f"{COMMITTEES}/Publications/48001"),
    (
        "committees-api",
        "#Committees.Common.Responses.DocumentFileDetail",
        f"{COMMITTEES}/Publications/48001/Document/480010/Html",
    ),
    (
        "whatson-api",
        "/calendar/proceduraldates/{house}/sittingdates.{format}",
        f"{WHATSON}/calendar/proceduraldates/Commons/sittingdates.json?{RANGE}",
    ),
    (
        "whatson-api",
        "/calendar/proceduraldates/{house}/nextsittingdate.{format}",
        f"{WHATSON}/calendar/proceduraldates/Commons/nextsittingdate.json?dateToCheck=2025-09-02",
    ),
    (
        "whatson-api",
        "/calendar/events/nonsitting.{format}",
        f"{WHATSON}/calendar/events/nonsitting.json?queryParameters.house=Commons",
    ),
]
PAGES = [
    ("publication", "/government/publications/lamp-strategy"),
    ("html_publication", "/government/publications/lamp-strategy/lamp-strategy-in-full"),
    ("news_article", "/government/news/lamps-lit"),
    ("consultation", "/government/consultations/lamp-oil"),
]


@pytest.mark.parametrize(("name", "path", "asked"), [pytest.param(*row, id=row[2].split("?")[0]) for row in ASKED])
def test_an_answer_fits_its_contract(client: Any, name: str, path: str, asked: str) -> None:
    answer = client(MONTH).get(asked)
    assert answer.status_code == 200
    assert answer.json() not in (None, [], {}), "an empty answer would prove nothing"
    schema = schema_of(contract(name), path)
    jsonschema.Draft7Validator(schema).validate(answer.json())


RECORDED = [
    ("hansard-api", "/overview/calendar.{format}", "hansard-api/calendar_2026_01_commons.json"),
    ("hansard-api", "/debates/debate/{debateSectionExtId}.{format}", "hansard-api/debate_oil_refining_2026-01-14.json"),
    (
        "hansard-api",
        "/debates/divisions/{debateSectionExtId}.{format}",
        "hansard-api/divisions_for_debate_2026-01-20.json",
    ),
    ("writtenquestions-api", "/api/writtenquestions/questions", "written-questions/fetch_questions_get.json"),
    ("writtenquestions-api", "/api/writtenquestions/questions/{id}", "written-questions/question_single_mock.json"),
    ("writtenquestions-api", "/api/writtenstatements/statements", "written-statements/fetch_statements_get.json"),
    ("members-api", "/api/Members/Search", "members-api/members_search_house1_current.json"),
    ("members-api", "/api/Members/{id}", "members-api/member_467.json"),
    ("committees-api", "/api/Publications", "committees-api/publications_list_page.json"),
]


def test_the_recorded_answers_fit_the_relaxed_contracts_too(samples: Path) -> None:
    faults = [
        f"{file}: {fault.json_path} {fault.message}"
        for name, path, file in RECORDED
        for fault in jsonschema.Draft7Validator(schema_of(contract(name), path)).iter_errors(
            json.loads((samples / file).read_bytes())
        )
    ]
    assert faults == []


def test_the_trimmed_contracts_are_what_the_official_ones_hold(samples: Path) -> None:
    kept = {file.stem: json.loads(file.read_bytes()) for file in TRIMMED.iterdir()}
    assert kept == trimmed(samples), "run: python -m tests.replica.trimming"


@pytest.mark.parametrize(("schema", "path"), PAGES, ids=[row[0] for row in PAGES])
def test_a_page_fits_its_schema(client: Any, schema: str, path: str) -> None:
    page = client("2025-09-15").get(f"/www.gov.uk/api/content{path}").json()
    assert page["schema_name"] == schema
    page_validator(schema).validate(page)


def test_a_search_gives_fields_that_the_search_api_defines(client: Any) -> None:
    asked = "/www.gov.uk/api/search.json?count=500&fields=title,link,content_id,public_timestamp,organisations"
    answer = client("2025-09-15").get(asked).json()
    assert list(answer) == contract("search")["answer"]
    fields = {name for row in answer["results"] for name in row}
    always = {"index", "es_score", "_id", "elasticsearch_type", "document_type"}
    assert fields - always <= set(contract("search")["fields"])
