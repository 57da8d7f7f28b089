"""The figures that readers are told are those that the shipped extractor reaches on passages not fitted to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from processing.timing import load_calendar
from showing.accuracy import stated_accuracy
from training.labelled import files, recorded_texts, training_set
from training.measure import PASSAGES, REAL, UNSEEN, measured, table, timing_right

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def texts(labelled: Iterable[Path]) -> set[str]:
    return {json.loads(line)["text"] for file in labelled for line in file.read_text(encoding="utf-8").splitlines()}


@pytest.mark.usefixtures("samples")
def test_the_browser_states_what_is_measured() -> None:
    assert json.loads(stated_accuracy()) == measured()


@pytest.mark.usefixtures("samples")
def test_the_page_on_accuracy_states_what_is_measured(root: Path) -> None:
    page = (root / "docs" / "accuracy.md").read_text(encoding="utf-8")
    calendar = load_calendar()
    right, phrases = timing_right(calendar)
    missing = [row for row in [*table(calendar), f"{right} of {phrases} are read"] if row not in page]
    assert missing == []


@pytest.mark.usefixtures("samples")
def test_no_real_answer_that_is_unseen_is_trained_on() -> None:
    unseen = {told.passage.text for told in recorded_texts(UNSEEN / REAL)}
    assert len(unseen) == 181
    assert unseen & {told.passage.text for told in training_set()} == set()


def test_nothing_is_trained_on_what_is_unseen() -> None:
    trained = {json.loads(line)["text"] for file in files() for line in file.read_text(encoding="utf-8").splitlines()}
    unseen = {
        json.loads(line)["text"]
        for name in PASSAGES
        for line in (UNSEEN / name).read_text(encoding="utf-8").splitlines()
    }
    assert len(unseen) == 180
    assert trained & unseen == set()
