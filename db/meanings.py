"""What every table and column of the databases means: the one place, for the docs, the browser and the exports."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

FILE = Path(__file__).parent / "schema" / "meanings.yml"
REGISTER = "followthrough.db"


class TableMeaning(NamedTuple):
    """What a table is for, and the meaning of each of its columns, in the order of the schema."""

    description: str
    columns: dict[str, str]


class DatabaseMeaning(NamedTuple):
    """What a database is for, and its tables."""

    about: str
    tables: dict[str, TableMeaning]


@cache
def load_meanings(file: Path = FILE) -> dict[str, DatabaseMeaning]:
    """Read the meanings, part of the program, by the file name of the database."""
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {
        name: DatabaseMeaning(
            about=told["about"],
            tables={
                table: TableMeaning(description=row["description"], columns=dict(row["columns"]))
                for table, row in told["tables"].items()
            },
        )
        for name, told in content["databases"].items()
    }


def columns_of_table(table: str) -> dict[str, str]:
    """Return the columns of a table of the register with their meanings, in plain words."""
    told = load_meanings()[REGISTER].tables[table].columns
    return {name: words.replace("`", "") for name, words in told.items()}
