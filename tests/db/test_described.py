"""Every table and column is described once, and docs, browser and exports say what stands there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml

from db.meanings import columns_of_table, load_meanings
from db.migrations import KINDS, open_database
from db.taking_out.export_tables import STATEMENTS
from docs.data import METADATA, PAGE, metadata, page

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


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_and_column_has_a_meaning_in_the_order_of_the_schema(tmp_path: Path, kind: str) -> None:
    told = {table: list(meaning.columns) for table, meaning in load_meanings()[FILES[kind]].tables.items()}
    assert told == schema(tmp_path, kind)
    assert all(words for meaning in load_meanings()[FILES[kind]].tables.values() for words in meaning.columns.values())


def test_the_page_on_the_data_and_the_words_of_the_browser_are_made_from_the_meanings() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m docs.data"
    assert METADATA.read_text(encoding="utf-8") == metadata(), "run: python -m docs.data"


def test_a_column_that_is_stored_later_stands_in_the_exports_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = {**columns_of_table("statements"), "mood": "how it was said"}
    monkeypatch.setattr("db.taking_out.export_tables.columns_of_table", lambda _table: columns)
    assert STATEMENTS.columns["mood"] == "How it was said"
    assert 's."mood"' in STATEMENTS.query()


@pytest.mark.parametrize("field", ["title", "license", "license_url", "source", "source_url", "about", "description"])
def test_the_browser_names_title_licence_source_and_about(root: Path, field: str) -> None:
    metadata = yaml.safe_load((root / "datasette" / "metadata.yml").read_text(encoding="utf-8"))
    assert metadata[field]
