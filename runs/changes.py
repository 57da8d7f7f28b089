"""What new rules or new answers would change, before they are applied: records gained, lost and altered."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from db.archive.archive import FILE as ARCHIVE
from db.migrations import copy_database
from db.register.documents import FILE as REGISTER
from db.register.documents import Register
from runs.process import process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of record that is compared: its table, its exact words, where they stand, and the fields that may alter.

    What changes from day to day by itself, such as the status, is no field of these.
    """

    table: str
    words: str
    place: str
    fields: tuple[str, ...]


KINDS = (
    Kind(
        table="statements",
        words="quote",
        place="document",
        fields=("owner", "firmness", "novelty", "timing", "earliest", "latest", "action", "state", "commitment"),
    ),
    Kind(table="deliveries", words="quote", place="document", fields=("action", "commitment")),
    Kind(
        table="commitments",
        words="promise",
        place="id",
        fields=("promise", "owner", "firmness", "timing", "earliest", "latest", "slipped_days", "joined_into"),
    ),
)
Rows = dict[str, dict[str, str | int | None]]


def changes(folder: Path, today: date) -> Iterator[str]:
    """Yield one line a difference between the register and what processing everything now would make of it.

    It works on a copy in a temporary folder: nothing of the data folder is touched.
    """
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place)
        for file in (ARCHIVE, REGISTER):
            if (folder / file).exists():
                copy_database(folder / file, copy / file)
        before = _rows(copy)
        process(copy, today, everything=True)
        after = _rows(copy)
    for kind in KINDS:
        yield from _differences(kind, before[kind.table], after[kind.table])


def _differences(kind: Kind, before: Rows, after: Rows) -> Iterator[str]:
    gained, lost = after.keys() - before.keys(), before.keys() - after.keys()
    altered = [key for key in before.keys() & after.keys() if before[key] != after[key]]
    yield f"{len(gained)} {kind.table} gained, {len(lost)} lost, {len(altered)} altered, {len(after)} in all"
    yield from (f"+ {after[key][kind.words]} ({after[key][kind.place]})" for key in sorted(gained))
    yield from (f"- {before[key][kind.words]} ({before[key][kind.place]})" for key in sorted(lost))
    for key in sorted(altered):
        one, other = before[key], after[key]
        differences = [
            f"{field}: {one[field]} -> {other[field]}" for field in kind.fields if one[field] != other[field]
        ]
        yield f"~ {other[kind.words]} ({', '.join([str(other[kind.place]), *differences])})"


def _rows(folder: Path) -> dict[str, Rows]:
    register = Register(folder)
    found = {}
    for kind in KINDS:
        columns = list(dict.fromkeys(("id", kind.words, kind.place, *kind.fields)))
        found[kind.table] = {str(row["id"]): row for row in register.rows_of(kind.table, columns)}
    register.close()
    return found
