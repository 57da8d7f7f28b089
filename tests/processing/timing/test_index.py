"""The one sieve of the grammar passes over no row that would read something, and a phrase is added in one line."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processing.language.sieve import Sieve
from processing.timing import load_calendar
from processing.timing.find import find_with
from processing.timing.grammar import COMPOSED, SHAPES
from processing.timing.index import Index, Lexicon, Near, lexicon
from processing.timing.traps import TRAPS
from processing.timing.vague import FILE, vague_words
from tests.processing.timing.tables import HERE, cases, rows

if TYPE_CHECKING:
    from processing.timing.scene import Shape
    from processing.timing.traps import Trap

CALENDAR = load_calendar()
SAID_ON = date(2026, 6, 10)
ROWS: list[Shape | Trap] = [*SHAPES, *TRAPS]


@pytest.mark.parametrize("row", ROWS, ids=[f"{number} {row.heads[0]}" for number, row in enumerate(ROWS)])
def test_whatever_a_row_matches_holds_one_of_its_heads(row: Shape | Trap) -> None:
    sieve = Sieve([(True, row.heads)])

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.from_regex(row.words, fullmatch=True, alphabet=st.characters(codec="latin-1")))
    def holds(text: str) -> None:
        assert sieve.passed(text)

    holds()


class Everything(Index):
    """An index that passes over nothing: each row is tried at each word."""

    def near(self, place: int, *, alone: bool = False) -> Near:
        del place, alone
        return Near(SHAPES, COMPOSED, TRAPS, has_duration=True)

    @property
    def holds_any(self) -> bool:
        return True


class Unsieved(Lexicon):
    """The words of the grammar without the quick test."""

    def index(self, low: str) -> Index:
        found = super().index(low)
        found.__class__ = Everything
        return found


@cache
def unsieved() -> Lexicon:
    return Unsieved(vague_words())


def specified() -> list[str]:
    """Return the sentences of all tables, and of some labelled passages."""
    told = [case.sentence for name in ("date_forms.csv", "hard_phrases.csv") for case in cases(rows(name))]
    told += [
        re.sub(r"[\[\]]", "", row[1]) for row in yaml.safe_load((HERE / "phrases.yml").read_text(encoding="utf-8"))
    ]
    samples = yaml.safe_load((HERE / "vague.yml").read_text(encoding="utf-8"))
    told += [f"We will reply {example}." for examples in samples.values() for example in examples]
    passages = Path(__file__).parents[3] / "training" / "passages"
    for file in sorted(passages.glob("*.jsonl")):
        told += [json.loads(line)["text"] for line in file.read_text(encoding="utf-8").splitlines()[::5]]
    return told


def test_the_sieve_changes_nothing_in_what_is_read() -> None:
    sentences = specified()
    assert len(sentences) > 800
    assert [
        sentence
        for sentence in sentences
        if find_with(lexicon(), sentence, SAID_ON, None, CALENDAR)
        != find_with(unsieved(), sentence, SAID_ON, None, CALENDAR)
    ] == []


def test_a_vague_phrase_is_added_in_one_line_of_one_file(tmp_path: Path) -> None:
    shipped = FILE.read_text(encoding="utf-8")
    line = "      - (further/somewhere) down the line\n"
    assert shipped.count(line) == 1

    def read(table: str) -> list[tuple[str, str]]:
        file = tmp_path / f"{len(table)}.yml"
        file.write_text(table, encoding="utf-8")
        sentence = "We will bring the code forward further down the line."
        found = find_with(Lexicon(vague_words(file)), sentence, SAID_ON, None, CALENDAR)
        return [(timing.expression, timing.rule) for timing in found]

    assert read(shipped.replace(line, "")) == []
    assert read(shipped) == [("further down the line", "VAGUE-SOME-DAY")]
