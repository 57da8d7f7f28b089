"""What new rules or new answers would change, before they are applied: records gained, lost and altered."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from db.archive import FILE as ARCHIVE
from db.migrations import copy_database
from db.register import FILE as REGISTER
from db.register import Register
from runs.process import process

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

FIELDS = ("owner", "firmness", "novelty", "timing", "earliest", "latest", "action", "state", "commitment")


def changes(folder: Path, today: date) -> Iterator[str]:
    """Yield one line a difference between the register and what processing everything now would make of it.

    It works on a copy in a temporary folder: nothing of the data folder is touched.
    """
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place)
        for file in (ARCHIVE, REGISTER):
            if (folder / file).exists():
                copy_database(folder / file, copy / file)
        before = _statements(copy)
        process(copy, today, everything=True)
        after = _statements(copy)
    gained, lost = after.keys() - before.keys(), before.keys() - after.keys()
    altered = [key for key in before.keys() & after.keys() if before[key] != after[key]]
    yield f"{len(gained)} statements gained, {len(lost)} lost, {len(altered)} altered, {len(after)} in all"
    yield from (f"+ {after[key]['quote']} ({after[key]['document']})" for key in sorted(gained))
    yield from (f"- {before[key]['quote']} ({before[key]['document']})" for key in sorted(lost))
    for key in sorted(altered):
        differences = [
            f"{field}: {before[key][field]} -> {after[key][field]}"
            for field in FIELDS
            if before[key][field] != after[key][field]
        ]
        yield f"~ {after[key]['quote']} ({', '.join(differences)})"


def _statements(folder: Path) -> dict[str, dict[str, str | None]]:
    register = Register(folder)
    columns = ("id", "quote", "document", *FIELDS)
    rows = register.statements(columns)
    register.close()
    return {str(row["id"]): row for row in rows}
