"""The whole register as tables for other people: every row with licence and permalink; same register, same bytes."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sqlite_utils import Database

EXCEL_CELL = 32_767  # characters, Excel's own limit
FORMATS = ("csv", "jsonl", "xlsx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One exported table: its rows in a fixed order, and what each column means."""

    name: str
    title: str
    columns: dict[str, str]
    query: str


STATEMENTS = Table(
    name="statements",
    title="Every saying of a commitment, in exact words",
    columns={
        "id": "Stable id of the statement",
        "commitment": "Public id of the commitment that it tells of",
        "quote": "Exact words, a substring of the archived text",
        "said_on": "Day on which it was said or published",
        "speaker": "Speaker as printed",
        "post": "Government post in which it was said",
        "owner": "Who is to act",
        "firmness": "firm, conditional or aspirational",
        "novelty": "new or restated, as the words themselves say",
        "timing": "The words that say when",
        "earliest": "First day on which it could be kept",
        "latest": "Last day before it is overdue; empty where vague",
        "action": "Class of action",
        "state": "current, edited, withdrawn or gone, in the source",
        "house": "House in which it was said",
        "column": "Citable column",
        "title": "Title of the document",
        "permalink": "Address of the words",
        "licence": "Licence of the words",
        "why": "Why it counts, and why each field has its value",
    },
    query="SELECT s.id, s.commitment, s.quote, s.said_on, s.speaker, s.post, s.owner, s.firmness, s.novelty, s.timing,"
    ' s.earliest, s.latest, s.action, s.state, s.house, s."column", d.title, s.url AS permalink,'
    " o.licence, s.why FROM statements s JOIN documents d ON d.id = s.document JOIN sources o ON o.id = d.source"
    " ORDER BY s.said_on, s.id",
)
TABLES = (
    Table(
        name="commitments",
        title="Every commitment, as it stands",
        columns={
            "id": "Public id, given once",
            "promise": "The promise in one line",
            "owner": "Who is to act",
            "status": "open, undated, overdue, delivered, delivered late, withdrawn or rejected",
            "firmness": "firm, conditional or aspirational, as last said",
            "timing": "The words that say when, as last said",
            "earliest": "First day on which it could be kept",
            "latest": "Last day before it is overdue; empty where vague",
            "first_latest": "The first deadline that it ever had",
            "slipped_days": "Days from the first deadline to the present one",
            "first_said": "Day on which it was first said",
            "last_said": "Day on which it was last said",
            "times_said": "How many statements tell of it",
            "has_evidence": "1 where a source says that it was done",
            "is_reviewed": "1 where a person decided something about it",
            "delivered_on": "Day of delivery, by a person's decision",
            "recommendations": "Recommendations that it is about",
            "topics": "Topics",
            "permalink": "Address of the words last said",
            "licence": "Licence of the words",
        },
        query="SELECT c.id, c.promise, c.owner, c.status, c.firmness, c.timing, c.earliest, c.latest, c.first_latest,"
        " c.slipped_days, c.first_said, c.last_said, c.times_said, c.has_evidence, c.is_reviewed, c.delivered_on,"
        " (SELECT group_concat(recommendation, ' ') FROM (SELECT recommendation FROM commitment_recommendations"
        " WHERE commitment = c.id ORDER BY 1)) AS recommendations,"
        " (SELECT group_concat(topic, ' ') FROM (SELECT topic FROM commitment_topics WHERE commitment = c.id"
        " ORDER BY 1)) AS topics, s.url AS permalink, o.licence FROM commitments c"
        " JOIN statements s ON s.id = (SELECT id FROM statements WHERE commitment = c.id"
        " ORDER BY said_on DESC, id LIMIT 1)"
        " JOIN documents d ON d.id = s.document JOIN sources o ON o.id = d.source"
        " WHERE c.joined_into IS NULL ORDER BY c.number",
    ),
    STATEMENTS,
    Table(
        name="deliveries",
        title="Every statement that a thing has been done: evidence, not a verdict",
        columns={
            "id": "Stable id",
            "commitment": "Commitment that it is evidence of, where one was found",
            "quote": "Exact words",
            "said_on": "Day on which it was said",
            "speaker": "Speaker as printed",
            "reason": "Why it was matched with the commitment",
            "title": "Title of the document",
            "permalink": "Address of the words",
            "licence": "Licence of the words",
        },
        query="SELECT y.id, y.commitment, y.quote, y.said_on, y.speaker, y.reason, d.title, y.url AS permalink,"
        " o.licence FROM deliveries y JOIN documents d ON d.id = y.document JOIN sources o ON o.id = d.source"
        " ORDER BY y.said_on, y.id",
    ),
    Table(
        name="events",
        title="What happened to each commitment",
        columns={
            "id": "Stable id: the same fact is the same event",
            "commitment": "Public id of the commitment",
            "kind": "said, restated, slipped, brought forward, softened, hardened, evidence, ...",
            "happened_on": "Day",
            "old_latest": "Deadline before",
            "new_latest": "Deadline after",
            "days": "New deadline less old, in days",
            "quote_before": "Exact words before",
            "quote_after": "Exact words after",
            "summary": "In a sentence",
            "permalink": "Address of the words",
            "licence": "Licence of the words",
        },
        query="SELECT e.id, e.commitment, e.kind, e.happened_on, e.old_latest, e.new_latest, e.days, e.quote_before,"
        " e.quote_after, e.summary, coalesce(s.url, y.url, d.url) AS permalink,"
        " coalesce(o.licence, '') AS licence FROM events e LEFT JOIN statements s ON s.id = e.statement"
        " LEFT JOIN deliveries y ON y.id = e.delivery LEFT JOIN documents d"
        " ON d.id = coalesce(e.document, s.document, y.document) LEFT JOIN sources o ON o.id = d.source"
        " ORDER BY e.happened_on, e.id",
    ),
    Table(
        name="recommendations",
        title="Recommendations of inquiries and reviews, with the commitments linked to each",
        columns={
            "id": "Set and number",
            "title": "Short title, in our own words",
            "summary": "Summary, in our own words",
            "responsible": "Whose it is",
            "position": "The Government's position as last stated; empty: not answered in the register",
            "commitments": "Public ids of linked commitments",
            "permalink": "Address of the report",
            "licence": "Licence of the words",
        },
        query="SELECT r.id, r.title, r.summary, r.responsible, (SELECT p.position FROM positions p WHERE"
        " p.recommendation IN (r.id, r.\"set\" || '/*') ORDER BY p.said_on DESC, p.start LIMIT 1) AS position,"
        " (SELECT group_concat(commitment, ' ') FROM (SELECT c.commitment FROM commitment_recommendations c"
        " JOIN commitments m ON m.id = c.commitment AND m.joined_into IS NULL"
        " WHERE c.recommendation IN (r.id, r.\"set\" || '/*') ORDER BY m.number)) AS commitments,"
        " t.url AS permalink, 'MIT' AS licence FROM recommendations r JOIN recommendation_sets t ON t.id = r.\"set\""
        ' ORDER BY r."set", r.position',
    ),
)


def rows(database: Database, table: Table) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table; a statement also has its citation in the usual form."""
    cursor = database.execute(table.query)
    names = [column[0] for column in cursor.description]
    for values in cursor:
        yield dict(zip(names, values, strict=True))


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
        "name": "followthrough",
        "title": "Followthrough: what the UK Government has promised on child sexual abuse",
        "licenses": [
            {"name": "OPL-3.0", "title": "Open Parliament Licence v3.0"},
            {"name": "OGL-UK-3.0", "title": "Open Government Licence v3.0"},
        ],
        "resources": [
            {
                "name": table.name,
                "title": table.title,
                "path": f"{table.name}.csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [
                        {"name": name, "description": meaning, "type": "string"}
                        for name, meaning in table.columns.items()
                    ],
                    "primaryKey": "id",
                },
            }
            for table in TABLES
        ],
    }


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
                        {"name": name, "titles": name, "dc:description": meaning}
                        for name, meaning in table.columns.items()
                    ],
                    "primaryKey": "id",
                },
            }
            for table in TABLES
        ],
    }
