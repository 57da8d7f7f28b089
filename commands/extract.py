"""`followthrough extract`: reads a file of passages and writes the commitments and deliveries found in each."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING

import click

from processing.errors import BadInput
from processing.extraction.as_told import extraction_told, read_passage
from processing.extraction.passage import extract_passage
from processing.timing import load_calendar

if TYPE_CHECKING:
    from collections.abc import Iterable

_EXAMPLE = """\b
Example:
  followthrough extract --input passages.jsonl --output records.jsonl
  with lines such as
  {"id": "1", "source": "hansard", "title": "Child Protection", "spoken_on": "2025-06-16", "house": "Commons",
   "speaker": "A. Minister", "post": "Home Secretary", "government": true, "text": "We will report in May."}
"""


@click.command(epilog=_EXAMPLE)
@click.option(
    "--input",
    "source",
    required=True,
    metavar="PASSAGES.jsonl",
    help="Passages, one JSON object a line; - for standard input.",
)
@click.option(
    "--output",
    "target",
    required=True,
    metavar="RECORDS.jsonl",
    help="What was found, one JSON object a line; - for standard output.",
)
def extract(source: str, target: str) -> None:
    """Find the commitments and deliveries in passages.

    Each line of the input has id, spoken_on (YYYY-MM-DD) and text, and, where known, source, title, house, speaker,
    post and government (true for the Government's own words: nothing else can hold a record). A line that can't be
    used is named on standard error, the others are still done, and the exit code is 1.
    """
    try:
        with (
            click.open_file(source, encoding="utf-8", errors="replace") as passages,
            click.open_file(target, "w", encoding="utf-8") as records,
        ):
            failed, lines = _extract(passages, records)
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}. Check the path and run again.") from error
    if failed:
        raise click.ClickException(f"{failed} of {lines} lines could not be used; they are named above.")


def _extract(passages: Iterable[str], records: IO[str]) -> tuple[int, int]:
    calendar = load_calendar()
    failed, number = 0, 0
    for number, line in enumerate(passages, start=1):
        if not line.strip():
            continue
        try:
            passage = read_passage(line)
        except BadInput as error:
            failed += 1
            click.echo(f"line {number}: {error}", err=True)
            continue
        told = extraction_told(passage.id, extract_passage(passage, calendar))
        records.write(json.dumps(told, ensure_ascii=False) + "\n")
    return failed, number
