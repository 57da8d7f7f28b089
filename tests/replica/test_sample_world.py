"""Two weeks of the sample world, crawled: what that costs, and that every answer fits the official contracts."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from bench.crawls import weeks
from db.archive.archive import Archive
from replica.world import load_world
from tests.replica.contracts import contract, page_validator, schema_of, schemas_of_pages

if TYPE_CHECKING:
    from bench.crawls import Week
    from db.archive.archive import Kept

DAYS = [date(2025, 9, 8), date(2025, 9, 15)]
QS = r"https://questions-statements-api\.parliament\.uk"
HANSARD = r"https://hansard-api\.parliament\.uk"
MEMBERS = r"https://members-api\.parliament\.uk"
COMMITTEES = r"https://committees-api\.parliament\.uk"
WHATSON = r"https://whatson-api\.parliament\.uk"
# address, contract, and its path or, where the contract's own is known to be wrong, its definition
ENDPOINTS = [
    (rf"{HANSARD}/overview/calendar\.json", "hansard-api", "/overview/calendar.{format}"),
    (rf"{HANSARD}/overview/sectionsforday\.json", "hansard-api", "/overview/sectionsforday.{format}"),
    (rf"{HANSARD}/overview/sectiontrees\.json", "hansard-api", "/overview/sectiontrees.{format}"),
    (rf"{HANSARD}/debates/debate/", "hansard-api", "/debates/debate/{debateSectionExtId}.{format}"),
    (rf"{QS}/api/writtenquestions/questions\?", "writtenquestions-api", "/api/writtenquestions/questions"),
    (rf"{QS}/api/writtenquestions/questions/\d+", "writtenquestions-api", "/api/writtenquestions/questions/{id}"),
    (rf"{QS}/api/writtenstatements/statements\?", "writtenquestions-api", "/api/writtenstatements/statements"),
    (rf"{QS}/api/writtenstatements/statements/\d+", "writtenquestions-api", "#StatementsViewModelItem"),
    (rf"{MEMBERS}/api/Members/Search\?", "members-api", "/api/Members/Search"),
    (rf"{MEMBERS}/api/Members/\d+$", "members-api", "/api/Members/{id}"),
    (rf"{MEMBERS}/api/Members/\d+/Biography$", "members-api", "/api/Members/{id}/Biography"),
    (rf"{MEMBERS}/api/Posts/GovernmentPosts$", "members-api", "/api/Posts/GovernmentPosts"),
    (rf"{COMMITTEES}/api/Committees\?", "committees-api", "/api/Committees"),
    (rf"{COMMITTEES}/api/Publications\?", "committees-api", "/api/Publications"),
    (
        rf"{WHATSON}/calendar/proceduraldates/\w+/sittingdates\.json",
        "whatson-api",
        "/calendar/proceduraldates/{house}/sittingdates.{format}",
    ),
    (rf"{WHATSON}/calendar/events/nonsitting\.json", "whatson-api", "/calendar/events/nonsitting.{format}"),
]
CONTENT = "https://www.gov.uk/api/content"
SEARCH = "https://www.gov.uk/api/search.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """The crawls of two Mondays, and all that they left."""

    weeks: tuple[Week, ...]
    kept: tuple[Kept, ...]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """Crawl the sample world on two Mondays, and on each once more."""
    folder = tmp_path_factory.mktemp("sample-world")
    counted = tuple(weeks(load_world(), DAYS, folder))
    archive = Archive(folder)
    kept = tuple(each for name in archive.sources() for each in archive.answers(name))
    archive.close()
    return Crawled(weeks=counted, kept=kept)


def test_a_new_or_changed_document_costs_a_request_beyond_the_fixed_ones(crawled: Crawled) -> None:
    assert [week.complaints for week in crawled.weeks] == [(), ()]
    assert all(week.new >= 20 for week in crawled.weeks), "too few to tell"
    assert max(week.a_document for week in crawled.weeks) <= 1.15
    # the second week looks again at what came in the first
    assert [week.confirmed > 0 for week in crawled.weeks] == [False, True]


def test_a_crawl_when_nothing_changed_brings_no_body(crawled: Crawled) -> None:
    assert [week.bodies_again for week in crawled.weeks] == [0, 0]


def test_every_answer_of_parliament_fits_its_contract(crawled: Crawled) -> None:
    checked: Counter[str] = Counter()
    others = []
    for kept in crawled.kept:
        endpoint = next((each for each in ENDPOINTS if re.match(each[0], kept.answer.url)), None)
        if endpoint is None:
            others.append(kept.answer.url)
            continue
        _, name, path = endpoint
        schema = schema_of(contract(name), path)
        faults = list(jsonschema.Draft7Validator(schema).iter_errors(json.loads(kept.answer.body)))
        assert [f"{kept.answer.url}: {fault.json_path} {fault.message}" for fault in faults] == []
        checked[path] += 1
    # the petitions site publishes no contract; its shape is that of the fixtures
    without = {"www.gov.uk", "assets.publishing.service.gov.uk", "petition.parliament.uk"}
    assert {url.split("/")[2] for url in others} == without
    assert set(checked) == {path for _, _, path in ENDPOINTS}


def test_every_page_of_govuk_fits_its_schema(crawled: Crawled) -> None:
    schemas = schemas_of_pages()
    checked: Counter[str] = Counter()
    without = set()
    for kept in crawled.kept:
        if not kept.answer.url.startswith(f"{CONTENT}/") or kept.answer.status != 200:
            continue
        page: dict[str, Any] = json.loads(kept.answer.body)
        if page["schema_name"] not in schemas:
            without.add(page["schema_name"])
            continue
        faults = list(page_validator(page["schema_name"]).iter_errors(page))
        assert [f"{kept.answer.url}: {fault.json_path} {fault.message}" for fault in faults] == []
        checked[page["schema_name"]] += 1
    assert without == {"ministers_index"}, "no official schema of these is at hand"
    assert len(checked) >= 4


def test_every_row_of_a_search_has_defined_fields_only(crawled: Crawled) -> None:
    defined = contract("search")["fields"]
    always = {"index", "es_score", "_id", "elasticsearch_type", "document_type"}
    listings = [json.loads(kept.answer.body) for kept in crawled.kept if kept.answer.url.startswith(f"{SEARCH}?")]
    rows = [row for listing in listings for row in listing["results"]]
    assert rows
    assert {name for row in rows for name in row} - always <= set(defined)
