"""The judge that is shipped is the one that training makes, and is as good as it is said to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from processing.extraction.judge import FILE, load_judge
from processing.extraction.passage import extract_passage
from processing.timing import load_calendar
from training.labelled import LABELS, held_out_set, recorded_texts, training_set
from training.scoring import score, told_record
from training.split import HELD_OUT, is_held_out
from training.train import train, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.usefixtures("gold", "samples")
def test_training_again_gives_the_shipped_weights_byte_for_byte(tmp_path: Path) -> None:
    write(train(), tmp_path / "judge.json")
    assert (tmp_path / "judge.json").read_bytes() == FILE.read_bytes()


@pytest.mark.usefixtures("gold", "samples")
def test_what_is_held_back_is_not_trained_on_and_is_about_a_fifth() -> None:
    trained, held = ({told.passage.id for told in group} for group in (training_set(), held_out_set()))
    assert not trained & held
    trained -= {told.passage.id for told in recorded_texts(LABELS / "recorded.jsonl")}  # which are trained on whole
    assert all(is_held_out(name) for name in held)
    assert 0.7 / HELD_OUT < len(held) / (len(held) + len(trained)) < 1.3 / HELD_OUT


@pytest.mark.usefixtures("gold", "samples")
def test_on_passages_that_training_has_not_seen_the_figures_do_not_fall_below_the_floors() -> None:
    calendar = load_calendar()
    held = held_out_set()
    said = {told.passage.id: told_record(told.passage, extract_passage(told.passage, calendar)) for told in held}
    figures, _ = score({told.passage.id: told.row for told in held}, said)
    floors = {"f1": 0.75, "precision": 0.72, "recall": 0.72, "firmness": 0.9, "novelty": 0.9, "deliveries_f1": 0.6}
    assert {name: figures[name] for name, floor in floors.items() if figures[name] < floor} == {}


def test_a_score_is_the_logistic_of_the_weights_that_hold_and_the_strongest_come_first() -> None:
    model = load_judge()["commitment"]
    known = sorted(model.weights, key=lambda name: -abs(model.weights[name]))[:7]
    assert model.score([]) == pytest.approx(model.score(["no such feature"]))
    best = max(model.weights, key=lambda name: model.weights[name])
    assert model.score([best]) > model.score([])
    assert [name for name, _ in model.strongest(reversed(known))] == known[:5]
