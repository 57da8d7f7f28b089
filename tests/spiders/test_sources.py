"""Every source reads its fixtures as reviewed: `CASE.input.*` at `CASE.url.txt` gives `CASE.expected.json` or an error.

A new case is an input and its URL; `pytest --write-expected` writes what is missing, fails, and waits for review.
"""

from __future__ import annotations

import dataclasses
import json
import logging
from pathlib import Path
from typing import Any

import pytest

from processing.errors import KindNotCollected, SourceChanged
from spiders.sources import all_sources

FIXTURES = Path(__file__).parent.parent / "fixtures"
INPUTS = sorted(FIXTURES.glob("*/*.input.*"))
CASES = [
    pytest.param(file, id=f"{file.parent.name}/{file.name.split('.')[0]}")
    for file in INPUTS
    if file.with_name(f"{file.name.split('.')[0]}.url.txt").exists()
]


def plain(record: Any) -> dict[str, Any]:
    """Return a record as JSON has it; fields at their default are left out, so that a reviewer sees what was read."""

    def shown(value: Any) -> Any:
        if dataclasses.is_dataclass(value):
            return plain(value)
        return [shown(part) for part in value] if isinstance(value, tuple) else value

    given = {f.name: shown(getattr(record, f.name)) for f in dataclasses.fields(record)}
    defaults = {f.name: f.default for f in dataclasses.fields(record)}
    fields = {name: value for name, value in given.items() if value != defaults[name] and value != []}
    return json.loads(json.dumps({"record": type(record).__name__, **fields}, default=str))  # type: ignore[no-any-return]


def outcome(file: Path) -> tuple[str, str]:
    """Return the suffix of the file that holds the outcome of reading an input, and its text."""
    case = file.name.split(".")[0]
    url = file.with_name(f"{case}.url.txt").read_text(encoding="utf-8").strip()
    read = all_sources()[file.parent.name].read
    try:
        records = [plain(record) for record in read(file.read_bytes(), url)]
    except (SourceChanged, KindNotCollected) as error:
        return "error.txt", f"{type(error).__name__}: {error}\n"
    return "expected.json", json.dumps(records, indent=1, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("file", CASES)
def test_a_recorded_answer_reads_as_reviewed(
    file: Path, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    case = file.name.split(".")[0]
    with caplog.at_level(logging.WARNING, logger="processing.strict_json"):
        suffix, text = outcome(file)
    expected = file.with_name(f"{case}.{suffix}")
    if not expected.exists() and request.config.getoption("--write-expected"):
        expected.write_text(text, encoding="utf-8")
        pytest.fail(f"{expected.name} was missing; it is written: review and commit it")
    assert text == expected.read_text(encoding="utf-8"), f"{case} reads otherwise than reviewed"
    unread = [record.message for record in caplog.records if record.name == "processing.strict_json"]
    assert not unread or "new_field" in case, unread


def test_every_case_has_its_url() -> None:
    assert [file.name for file in INPUTS if not file.with_name(f"{file.name.split('.')[0]}.url.txt").exists()] == []
