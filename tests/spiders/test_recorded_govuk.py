"""Every recorded item of GOV.UK's Content API reads into a document or is refused by name, and so do ours like it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from processing.errors import KindNotCollected
from processing.records import Document
from spiders.govuk.pages import CONTENT
from spiders.govuk.spider import read
from tests.replica.contracts import page_validator, schemas_of_pages

FIXTURES = Path(__file__).parent.parent / "fixtures" / "govuk"
# kinds of ours without a recorded item: they stand in the schema's own list of kinds
ONLY_IN_THE_SCHEMA = {("publication", "correspondence")}


@pytest.fixture(scope="module")
def recorded(samples: Path) -> dict[str, dict[str, Any]]:
    """Return every recorded item by its file."""
    folder = samples / "govuk-content-api"
    files = sorted(file for file in folder.rglob("*.json") if "_schemas" not in file.parts)
    return {str(file.relative_to(folder)): json.loads(file.read_bytes()) for file in files}


@pytest.fixture(scope="module")
def ours() -> dict[str, dict[str, Any]]:
    """Return every item of the fixtures that is of a known shape, by its case."""
    files = [file for file in sorted(FIXTURES.glob("*.input.json")) if b'"schema_name"' in file.read_bytes()]
    whole = {file.name.split(".")[0]: file for file in files}
    broken = {"renamed_field", "unknown_schema", "no_instant", "body_of_another_type", "new_field", "cut_off"}
    return {case: json.loads(file.read_bytes()) for case, file in whole.items() if case not in broken}


def kind_of(item: dict[str, Any]) -> tuple[str, str]:
    return item["schema_name"], item["document_type"]


def paths(value: Any, place: str = "") -> set[str]:
    """Return the places of all fields of an item; inside links and the like only the field itself."""
    if isinstance(value, list):
        return {found for part in value for found in paths(part, f"{place}[]")}
    if not isinstance(value, dict):
        return {place}
    if place.rsplit(".", 1)[-1] in ("links", "metadata", "national_applicability"):
        return {place}
    return {place} | {found for key, part in value.items() for found in paths(part, f"{place}.{key}")}


def test_every_recorded_item_reads_or_is_of_a_kind_left_out_by_decision(
    recorded: dict[str, dict[str, Any]], caplog: pytest.LogCaptureFixture
) -> None:
    outcomes: Counter[str] = Counter()
    for item in recorded.values():
        try:
            (document,) = read(json.dumps(item).encode(), f"{CONTENT}{item.get('base_path')}")
        except KindNotCollected:
            outcomes[f"left out: {item['schema_name']}"] += 1
        else:
            assert isinstance(document, Document)
            outcomes[document.state] += 1
    assert outcomes == {
        "current": 160, "withdrawn": 13, "gone": 2, "redirected": 1,
        "left out: organisation": 7, "left out: fatality_notice": 3, "left out: ministers_index": 3,
        "left out: topical_event": 3, "left out: hmrc_manual_section": 1, "left out: role": 1,
    }  # fmt: skip
    assert [record.message for record in caplog.records if "do not read" in record.message] == []


def test_a_recorded_page_without_a_passage_has_neither_body_nor_description(
    recorded: dict[str, dict[str, Any]],
) -> None:
    empty = []
    for file, item in recorded.items():
        try:
            (document,) = read(json.dumps(item).encode(), f"{CONTENT}{item.get('base_path')}")
        except KindNotCollected:
            continue
        if isinstance(document, Document) and document.state == "current" and not document.passages:
            empty.append(file)
            assert not item["description"]
            assert not item["details"].get("body", "").replace('<div class="govspeak">\n</div>', "").strip()
    assert empty == ["working_group/short.json", "working_group/with_policies.json"]


def test_every_kind_among_the_recorded_items_has_a_golden_file(
    recorded: dict[str, dict[str, Any]], ours: dict[str, dict[str, Any]]
) -> None:
    kinds = {kind_of(item) for item in recorded.values()}
    assert len(kinds) == 73
    assert {kind_of(item) for item in ours.values()} == kinds | ONLY_IN_THE_SCHEMA
    assert all(
        list(FIXTURES.glob(f"{case}.expected.json")) or list(FIXTURES.glob(f"{case}.error.txt")) for case in ours
    )


def test_no_item_of_ours_has_a_field_that_no_recorded_item_of_its_schema_has(
    recorded: dict[str, dict[str, Any]], ours: dict[str, dict[str, Any]]
) -> None:
    known: dict[str, set[str]] = {}
    for item in recorded.values():
        known.setdefault(item["schema_name"], set()).update(paths(item))
    unknown = {case: paths(item) - known[item["schema_name"]] for case, item in ours.items()}
    # the rest is held by the official schemas below, as far as those are at hand
    told = schemas_of_pages()
    assert {
        case: sorted(found) for case, found in unknown.items() if found and kind_of(ours[case])[0] not in told
    } == {}


def test_every_item_of_ours_fits_the_official_schema(ours: dict[str, dict[str, Any]]) -> None:
    checked: Counter[str] = Counter()
    faults = []
    for schema in sorted(schemas_of_pages()):
        validator = page_validator(schema)
        for case, item in ours.items():
            if item["schema_name"] == schema:
                faults += [f"{case}: {error.json_path} {error.message}" for error in validator.iter_errors(item)]
                checked[schema] += 1
    assert faults == []
    assert sum(checked.values()) == 36
