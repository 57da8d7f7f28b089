"""Cross-validates the whole extractor, grouped by passage: `python -m training.crossvalidate [--repeats N] [--misses]`.

With `--held-out`, the shipped weights are scored on the passages that are held back, and nothing is trained.

Each fold trains the judge, threshold included, on the others, then extracts and is scored as the shared scorer does.
"""

from __future__ import annotations

import argparse
import random
from statistics import mean, stdev
from typing import TYPE_CHECKING, Any

from processing.extraction.passage import extract_passage, extract_with
from processing.timing import load_calendar
from training.labelled import Labelled, examples, held_out_set, training_set
from training.scoring import score, told_record
from training.train import train_all

if TYPE_CHECKING:
    from processing.timing import Calendar

FOLDS = 5
FIGURES = [
    "precision",
    "recall",
    "f1",
    "owner",
    "firmness",
    "novelty",
    "timing",
    "interval",
    "invented",
    "recommendations_f1",
    "deliveries_f1",
    "record_f1",
]


def folds(labelled: list[Labelled], seed: int) -> list[list[Labelled]]:
    """Deal the passages into folds by a seed."""
    order = sorted(labelled, key=lambda told: told.passage.id)
    random.Random(seed).shuffle(order)  # noqa: S311 -- no secret
    return [order[place::FOLDS] for place in range(FOLDS)]


def predicted(labelled: list[Labelled], seed: int, calendar: Calendar, marked: dict[str, Any]) -> dict[str, Any]:
    """Return what models that had not seen a passage say of it, for every passage."""
    told = {}
    parts = folds(labelled, seed)
    for held in parts:
        rest = [told for part in parts if part is not held for told in part]
        models = train_all(
            (
                [example for told in rest for example in marked[told.passage.id][0]],
                [example for told in rest for example in marked[told.passage.id][1]],
            )
        )
        for each in held:
            told[each.passage.id] = told_record(each.passage, extract_with(each.passage, calendar, models))
    return told


def held_out(calendar: Calendar) -> None:
    """Print the figures of the shipped weights on the passages that are held back."""
    held = held_out_set()
    said = {told.passage.id: told_record(told.passage, extract_passage(told.passage, calendar)) for told in held}
    figures, _ = score({told.passage.id: told.row for told in held}, said)
    print(f"{len(held)} passages held back")
    for name in FIGURES:
        print(f"{name:20} {figures[name]:.3f}")


def main() -> None:
    """Print each figure's mean and spread over repeats."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--fields", action="store_true")
    parser.add_argument("--only", default="", help="report only on passages whose id starts so, or so (d1,d2)")
    parser.add_argument("--held-out", action="store_true", help="score the shipped weights on what is held back")
    options = parser.parse_args()
    calendar = load_calendar()
    if options.held_out:
        held_out(calendar)
        return
    labelled = training_set()
    only = tuple(options.only.split(","))
    marked = {told.passage.id: examples(told, calendar) for told in labelled}
    gold = {told.passage.id: told.row for told in labelled if told.passage.id.startswith(only)}
    runs = []
    for seed in range(options.repeats):
        said = predicted(labelled, seed, calendar, marked)
        figures, notes = score(gold, {key: row for key, row in said.items() if key in gold})
        runs.append(figures)
        if seed == 0 and options.misses:
            for note in notes:
                if options.fields or note[1] in ("missed", "extra", "del-missed", "del-extra"):
                    print(*note, sep=" | ")
    print(f"{len(gold)} of {len(labelled)} passages, {options.repeats} times {FOLDS} folds")
    for name in FIGURES:
        values = [figures[name] for figures in runs if figures[name] is not None]
        print(f"{name:20} {mean(values):.3f} ± {stdev(values) if len(values) > 1 else 0:.3f}")


if __name__ == "__main__":
    main()
