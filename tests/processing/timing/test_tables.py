"""Whole tables of phrases: the project's own, and the labelled table beside the checkout."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from processing.timing import find_timings, load_calendar

PHRASES = Path(__file__).with_name("phrases.yml")
CALENDAR = load_calendar()


def day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def own_phrases() -> list[Any]:
    rows = yaml.safe_load(PHRASES.read_text(encoding="utf-8"))
    return [pytest.param(row, id=f"{row[0]} {row[1]}") for row in rows]


@pytest.mark.parametrize("row", own_phrases())
def test_a_phrase_is_read_as_the_table_says(row: list[Any]) -> None:
    said_on, marked, earliest, latest, *rest = row
    sentence = re.sub(r"[\[\]]", "", marked)
    expression = re.search(r"\[(.+)\]", marked)
    assert expression is not None, "every row marks its phrase"
    house = rest[0] if rest and rest[0] in {"Commons", "Lords"} else None
    found = find_timings(sentence, date.fromisoformat(said_on), house, CALENDAR)
    if rest == ["trap"]:
        assert [timing.expression for timing in found] == []
        return
    assert [(timing.expression, timing.earliest, timing.latest) for timing in found] == [
        (expression[1], day(earliest), day(latest))
    ]


def test_the_labelled_table_is_read_right_in_every_row(gold: Path) -> None:
    wrong = []
    for row in json.loads((gold / "timing.json").read_text(encoding="utf-8")):
        found = find_timings(row["sentence"], date.fromisoformat(row["spoken_on"]), row.get("house"), CALENDAR)
        read = {timing.expression: timing for timing in found}.get(row["expression"])
        expected = (None, None) if row["kind"] == "vague" else (day(row["earliest"]), day(row["latest"]))
        if read is None or (read.earliest, read.latest) != expected:
            wrong.append((row["sentence"], row["expression"], found))
    assert wrong == []
