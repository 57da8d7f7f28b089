"""The page that explains timing to readers says what the grammar does."""

from __future__ import annotations

from pathlib import Path

from processing.timing.relations import relations

PAGE = Path(__file__).parents[3] / "docs" / "timing.md"


def test_the_page_lists_every_relation_with_its_meaning() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    told = {name: meaning for name, meaning in cells}  # noqa: C416 -- a row of another width fails
    assert {row.id: row.meaning for row in relations().values()}.items() <= told.items()
