"""Every table and column is described, in docs/data.md and for the browser, and nothing that is not there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml

from db.migrations import KINDS, open_database

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"archive": "archive.db", "register": "followthrough.db", "private": "private.db"}
INNER = re.compile(r"_fts_|^sqlite_|^_sqlite_migrations$")  # SQLite's, FTS5's and sqlite-utils' own

Tables = dict[str, list[str]]


def schema(folder: Path, kind: str) -> Tables:
    """Return tables and columns as the migrations make them."""
    database = open_database(folder / FILES[kind], kind)
    found = {
        name: [column.name for column in database[name].columns]
        for name in database.table_names()
        if not INNER.search(name)
    }
    database.close()
    return found


def described(root: Path) -> dict[str, dict[str, tuple[str, dict[str, str]]]]:
    """Return what docs/data.md says: by database and table, its sentence and the meaning of each column."""
    found: dict[str, dict[str, tuple[str, dict[str, str]]]] = {}
    text = (root / "docs" / "data.md").read_text(encoding="utf-8")
    for chapter in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        database, *tables = re.split(r"^### ", chapter, flags=re.MULTILINE)
        found[database.splitlines()[0]] = {
            table.splitlines()[0]: (
                table.splitlines()[2],
                dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", table, flags=re.MULTILINE)),
            )
            for table in tables
        }
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_data_md_describes_every_table_and_column_in_the_order_of_the_schema(
    root: Path, tmp_path: Path, kind: str
) -> None:
    told = {table: list(columns) for table, (_, columns) in described(root)[FILES[kind]].items()}
    assert told == schema(tmp_path, kind)


def test_the_browser_describes_the_register_in_the_same_words(root: Path) -> None:
    metadata = yaml.safe_load((root / "datasette" / "metadata.yml").read_text(encoding="utf-8"))
    shown = {
        name: (table["description"], table["columns"])
        for name, table in metadata["databases"]["followthrough"]["tables"].items()
    }
    told = {
        name: (sentence.replace("`", ""), {column: words.replace("`", "") for column, words in columns.items()})
        for name, (sentence, columns) in described(root)["followthrough.db"].items()
    }
    assert shown == told


@pytest.mark.parametrize("field", ["title", "license", "license_url", "source", "source_url", "about", "description"])
def test_the_browser_names_title_licence_source_and_about(root: Path, field: str) -> None:
    metadata = yaml.safe_load((root / "datasette" / "metadata.yml").read_text(encoding="utf-8"))
    assert metadata[field]
