"""`followthrough timing`: reads a file of sentences and writes the timing found in each."""

from __future__ import annotations

import json
from datetime import date
from typing import IO, Any

import click

from processing.errors import BadInput
from processing.records import HOUSES, Timing
from processing.timing import Calendar, find_timings, load_calendar

_EXAMPLE = """\b
Example:
  followthrough timing --input cases.jsonl --output resolved.jsonl
  with lines such as
  {"id": "1", "sentence": "We will report by spring 2026.", "spoken_on": "2025-06-16"}
"""


@click.command(epilog=_EXAMPLE)
@click.option(
    "--input",
    "source",
    required=True,
    metavar="CASES.jsonl",
    help="Sentences, one JSON object a line; - for standard input.",
)
@click.option(
    "--output",
    "target",
    required=True,
    metavar="RESOLVED.jsonl",
    help="Timing found, one JSON object a line; - for standard output.",
)
def timing(source: str, target: str) -> None:
    """Find the words that say when in sentences, and date them.

    Each line of the input has id, sentence, spoken_on (YYYY-MM-DD) and, if wanted, house (Commons or Lords) and title.
    Each line of the output has the id and its timings; vague phrases and events without a known date have null
    dates. A line that can't be used is named on standard error, the others are still done, and the exit code is 1.
    """
    try:
        with click.open_file(source, encoding="utf-8", errors="replace") as cases:
            lines = cases.readlines()
        with click.open_file(target, "w", encoding="utf-8") as resolved:
            failed = _resolve(lines, resolved, load_calendar())
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}. Check the path and run again.") from error
    except BadInput as error:
        raise click.ClickException(str(error)) from error
    if failed:
        raise click.ClickException(f"{failed} of {len(lines)} lines could not be used; they are named above.")


def _resolve(lines: list[str], resolved: IO[str], calendar: Calendar) -> int:
    failed = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            answer = _answer(line, calendar)
        except BadInput as error:
            failed += 1
            click.echo(f"line {number}: {error}", err=True)
            continue
        resolved.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return failed


def _answer(line: str, calendar: Calendar) -> dict[str, Any]:
    case = _case(line)
    timings = find_timings(
        case["sentence"], _day(case["spoken_on"]), case.get("house"), calendar, subject=case.get("title")
    )
    return {"id": case["id"], "timings": [_told(timing) for timing in timings]}


def _case(line: str) -> dict[str, Any]:
    """Return the case that a line holds. Raises BadInput where a field is missing or of another type."""
    try:
        case = json.loads(line)
    except ValueError as error:
        raise BadInput(f"not JSON: {error}") from error
    if not isinstance(case, dict):
        raise BadInput("not a JSON object")
    if missing := [name for name in ("id", "sentence", "spoken_on") if case.get(name) is None]:
        raise BadInput(f"missing: {', '.join(missing)}")
    if not isinstance(case["sentence"], str) or not isinstance(case.get("title") or "", str):
        raise BadInput("sentence and title must be text")
    if case.get("house") not in (None, *HOUSES):
        raise BadInput(f"house must be Commons, Lords or null, not {case['house']!r}")
    return case


def _day(told: object) -> date:
    try:
        return date.fromisoformat(str(told))
    except ValueError as error:
        raise BadInput(f"spoken_on is not a date (YYYY-MM-DD): {told!r}") from error


def _told(timing: Timing) -> dict[str, Any]:
    days = {name: getattr(timing, name) for name in ("earliest", "latest", "look_again")}
    iso = {name: day.isoformat() if day else None for name, day in days.items()}
    return {
        "expression": timing.expression,
        "earliest": iso["earliest"],
        "latest": iso["latest"],
        "kind": timing.kind,
        "precision": timing.precision,
        "rule": timing.rule,
        "start": timing.start,
        "look_again": iso["look_again"],
    }
