"""Measures the shipped extractor on text it was never fitted to: `python -m training.measure`.

`training/unseen/` holds passages and timing phrases by other labellers, which stayed outside the project until the
figures of a release were taken. The figures go into `showing/accuracy.json`, which the browser's page
About shows, and which a test holds to what the extractor does. Whoever looks at their errors to mend the rules needs
new ones.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from processing.extraction.passage import extract_passage
from processing.timing import find_timings, load_calendar
from showing.accuracy import FILE
from training.labelled import read, recorded_texts
from training.scoring import score, told_record

if TYPE_CHECKING:
    from processing.records import Timing
    from processing.timing import Calendar

UNSEEN = Path(__file__).parent / "unseen"
PASSAGES = ("first.jsonl", "second.jsonl")
REAL = "recorded.jsonl"
# the scorer's name of a figure, and what it is to a reader
MEASURES = {
    "precision": "Really a promise, of 100 sayings taken for one",
    "recall": "Found, of 100 promises",
    "f1": "Promises, missed and wrong ones weighed together",
    "owner": "Owner right, of 100 promises found",
    "firmness": "Firm, conditional or an aim: told rightly, of 100 found",
    "novelty": "New or restated: told rightly, of 100 found",
    "timing": "Words that say when: right, of 100 found",
    "interval": "First and last day right, of 100 found with a date",
    "invented": "Given a date though none was promised, of 100 found (lower is better)",
    "recommendations_f1": "Links to recommendations, missed and wrong ones weighed together",
    "deliveries_f1": "Things said to be done, missed and wrong ones weighed together",
    "record_f1": "Owner, firmness and dates all right, missed and wrong promises weighed together",
}
# shown of real answers too, where the figures are lowest
OF_REAL = ("precision", "recall", "deliveries_f1", "record_f1")


def figures(name: str, calendar: Calendar) -> dict[str, float | int]:
    """Return the scorer's figures on one file of unseen passages."""
    labelled = read(UNSEEN / name)
    said = {told.passage.id: told_record(told.passage, extract_passage(told.passage, calendar)) for told in labelled}
    return score({told.passage.id: told.row for told in labelled}, said)[0]


def together(calendar: Calendar) -> tuple[int, dict[str, float | int]]:
    """Return how many unseen passages there are, and the figures on all of them."""
    labelled = [told for name in PASSAGES for told in read(UNSEEN / name)]
    said = {told.passage.id: told_record(told.passage, extract_passage(told.passage, calendar)) for told in labelled}
    return len(labelled), score({told.passage.id: told.row for told in labelled}, said)[0]


def real(calendar: Calendar) -> tuple[int, dict[str, float | int]]:
    """Return how many unseen real written answers there are, and the figures on them.

    Raises FileNotFoundError where the recorded answers are not there.
    """
    labelled = recorded_texts(UNSEEN / REAL)
    if not labelled:
        raise FileNotFoundError("the recorded answers are not there: nothing can be measured on them")
    said = {told.passage.id: told_record(told.passage, extract_passage(told.passage, calendar)) for told in labelled}
    return len(labelled), score({told.passage.id: told.row for told in labelled}, said)[0]


def timing_right(calendar: Calendar) -> tuple[int, int]:
    """Return how many phrases of the unseen table are read rightly, and how many there are."""
    rows = json.loads((UNSEEN / "timing.json").read_text(encoding="utf-8"))
    return sum(_is_right(row, calendar) for row in rows), len(rows)


def _is_right(row: dict[str, Any], calendar: Calendar) -> bool:
    """Tell whether both days of a phrase are right; a trap must get no day, a vague phrase its words alone."""
    found = find_timings(row["sentence"], date.fromisoformat(row["spoken_on"]), row.get("house"), calendar)
    if row["kind"] == "trap":
        return not any(timing.earliest or timing.latest for timing in found)
    same = next((timing for timing in found if timing.expression == row["expression"]), None)
    if same is None:
        return False
    return same.latest is None if row["kind"] == "vague" else _days(same) == (row["earliest"], row["latest"])


def _days(timing: Timing) -> tuple[str | None, str | None]:
    first, last = timing.earliest, timing.latest
    return first.isoformat() if first else None, last.isoformat() if last else None


def measured() -> dict[str, str]:
    """Return every measure with its figure, as the page About shows them."""
    calendar = load_calendar()
    number, found = together(calendar)
    right, phrases = timing_right(calendar)
    told = {label: f"{100 * found[name]:.0f}" for name, label in MEASURES.items()}
    told["Phrases that say when: read to the right days, of 100"] = f"{100 * right / phrases:.0f}"
    told["Measured on"] = f"{number} passages and {phrases} phrases"
    answers, figures_of_real = real(calendar)
    for name in OF_REAL:
        told[f"Real answers on any subject: {MEASURES[name][0].lower()}{MEASURES[name][1:]}"] = (
            f"{100 * figures_of_real[name]:.0f}"
        )
    told["Real answers measured on, drawn at random"] = str(answers)
    return told


def table(calendar: Calendar) -> list[str]:
    """Return the rows of the table in docs/accuracy.md: each file of passages, and both together."""
    told = [figures(name, calendar) for name in PASSAGES] + [together(calendar)[1]]
    rows = [f"| {name} | {' | '.join(f'{each[name]:.3f}' for each in told)} |" for name in MEASURES]
    figures_of_real = real(calendar)[1]
    return rows + [f"| {name} | {figures_of_real[name]:.3f} |" for name in MEASURES if name != "recommendations_f1"]


def main() -> None:
    """Print the rows for the documentation, and write the figures for the browser."""
    calendar = load_calendar()
    print(*table(calendar), sep="\n")
    print("timing: {} of {} phrases".format(*timing_right(calendar)))
    FILE.write_text(json.dumps(measured(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
