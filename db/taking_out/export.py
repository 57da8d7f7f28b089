"""The whole register as tables for other people: every row with licence and permalink; same register, same bytes."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from db.taking_out.export_tables import COMMITMENTS, TABLES, Table
from showing.citations import citation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sqlite_utils import Database

EXCEL_CELL = 32_767  # characters, Excel's own limit
FORMATS = ("csv", "jsonl", "xlsx")


def rows(database: Database, table: Table) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table; a statement also has its citation in the usual form."""
    where = "WHERE c.joined_into IS NULL" if table is COMMITMENTS else ""
    yield from rows_of(table, database.execute(table.query(where)))


def rows_of(table: Table, cursor: Any) -> Iterator[dict[str, Any]]:
    """Yield the rows that a query of the table gave, under its columns."""
    names, columns = [column[0] for column in cursor.description], tuple(table.columns)
    for values in cursor:
        row = dict(zip(names, tuple(values), strict=True))
        if "citation" in columns:
            row["citation"] = _citation(row)
        yield {name: row[name] for name in columns}


def _citation(row: dict[str, Any]) -> str:
    departments = json.loads(row["_departments"])
    return citation(
        source=row["_source"],
        said_on=date.fromisoformat(row["_said_on"]),
        title=row["_title"],
        url=row["permalink"],
        house=row["_house"],
        column=row["_column"],
        publisher=departments[0] if departments else None,
        page=row["_page"],
    )


def export(database: Database, folder: Path, formats: Sequence[str] = FORMATS) -> list[Path]:
    """Write the register into a folder as CSV, JSON Lines and Excel, with a Data Package and CSVW description."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    tables = [(table, list(rows(database, table))) for table in TABLES]
    for table, found in tables:
        if "csv" in formats:
            written.append(_write(folder / f"{table.name}.csv", as_csv(table, found)))
        if "jsonl" in formats:
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found)
            written.append(_write(folder / f"{table.name}.jsonl", lines))
    if "xlsx" in formats:
        path = folder / "register.xlsx"
        path.write_bytes(as_excel(tables))
        written.append(path)
    if "csv" in formats:
        written.append(_write(folder / "datapackage.json", _json(_data_package())))
        written.append(_write(folder / "csv-metadata.json", _json(_csvw())))
    return written


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def _json(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def as_csv(table: Table, found: Sequence[dict[str, Any]]) -> str:
    """Write rows as CSV (RFC 4180, UTF-8). A cell that a spreadsheet would take for a formula gets an apostrophe."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(table.columns))
    writer.writeheader()
    for row in found:
        writer.writerow({name: _harmless(value) for name, value in row.items()})
    return text.getvalue()


def _harmless(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


def as_excel(tables: Sequence[tuple[Table, Sequence[dict[str, Any]]]]) -> bytes:
    """Write tables as one workbook, a sheet a table; strings stay strings."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # a fixed instant: the same register gives the same bytes
    workbook.set_properties({"title": "Followthrough register", "created": datetime(2025, 1, 1, tzinfo=UTC)})
    bold = workbook.add_format({"bold": True, "text_wrap": True})
    for table, found in tables:
        sheet = workbook.add_worksheet(table.name)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(table.columns):
            sheet.write_string(0, column, name, bold)
        sheet.set_column(0, len(table.columns) - 1, 20)
        for number, row in enumerate(found, 1):
            for column, name in enumerate(table.columns):
                value = row[name]
                if isinstance(value, int | float):
                    sheet.write_number(number, column, value)
                elif value is not None:
                    sheet.write_string(number, column, value[:EXCEL_CELL])
        if found:
            sheet.autofilter(0, 0, len(found), len(table.columns) - 1)
    workbook.close()
    return buffer.getvalue()


def _data_package() -> dict[str, Any]:
    """Describe the CSV files as a Data Package (Frictionless, v1)."""
    return {
        "profile": "tabular-data-package",
        "name": "followthrough",
        "title": "Followthrough: what the UK Government has promised on child sexual abuse",
        "licenses": [
            {
                "name": "OPL-3.0",
                "title": "Open Parliament Licence v3.0",
                "path": "https://www.parliament.uk/site-information/copyright-parliament/open-parliament-licence/",
            },
            {
                "name": "OGL-UK-3.0",
                "title": "Open Government Licence v3.0",
                "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
            },
        ],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table.name,
                "title": table.title,
                "path": f"{table.name}.csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [
                        {"name": name, "description": meaning, "type": table.type_of(name), **_extra(table, name)}
                        for name, meaning in table.columns.items()
                    ],
                    "primaryKey": "id",
                },
            }
            for table in TABLES
        ],
    }


def _extra(table: Table, column: str) -> dict[str, Any]:
    """Return what a field of a Data Package needs beside its type; SQLite's booleans are 1 and 0."""
    more: dict[str, Any] = {}
    if table.type_of(column) == "boolean":
        more |= {"trueValues": ["1"], "falseValues": ["0"]}
    if column in ("id", "permalink", "licence"):
        more["constraints"] = {"required": True}
    return more


def _csvw() -> dict[str, Any]:
    """Describe the CSV files as CSV on the Web (W3C)."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "tables": [
            {
                "url": f"{table.name}.csv",
                "dc:title": table.title,
                "tableSchema": {
                    "columns": [
                        {
                            "name": name,
                            "titles": name,
                            "dc:description": meaning,
                            "datatype": table.type_of(name),
                        }
                        for name, meaning in table.columns.items()
                    ],
                    "primaryKey": "id",
                },
            }
            for table in TABLES
        ],
    }
