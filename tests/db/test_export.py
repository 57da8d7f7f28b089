"""The register taken away: as CSV, JSON Lines, Excel and a described package, the same rows in each."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from click.testing import CliRunner

from db.taking_out.export import as_csv
from db.taking_out.export_tables import TABLES, Computed, Table
from followthrough import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import SampleRegister


@pytest.fixture(scope="module")
def exported(sample_register: SampleRegister, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    done = CliRunner().invoke(cli, ["--data", str(sample_register.folder), "export", str(folder)])
    assert done.exit_code == 0, done.output
    assert {line.split("  ")[0] for line in done.output.splitlines()} == {str(path) for path in folder.iterdir()}
    return folder


def lines(folder: Path, table: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{table}.jsonl").read_text(encoding="utf-8").split("\n") if line]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_row_has_a_name_of_its_own_a_permalink_and_a_licence(exported: Path, table: Table) -> None:
    rows = lines(exported, table.name)
    assert rows
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(row["permalink"].startswith("https://") and row["licence"] for row in rows)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_package_describes_each_column_and_each_value_is_of_its_type(exported: Path, table: Table) -> None:
    package = json.loads((exported / "datapackage.json").read_text(encoding="utf-8"))
    web = json.loads((exported / "csv-metadata.json").read_text(encoding="utf-8"))
    fields = next(r["schema"]["fields"] for r in package["resources"] if r["path"] == f"{table.name}.csv")
    columns = next(t["tableSchema"]["columns"] for t in web["tables"] if t["url"] == f"{table.name}.csv")
    reader = csv.DictReader(io.StringIO((exported / f"{table.name}.csv").read_text(encoding="utf-8")))
    assert reader.fieldnames == [field["name"] for field in fields] == [column["name"] for column in columns]
    assert all(field["description"] for field in fields)
    check: dict[str, Callable[[str], object]] = {
        "date": date.fromisoformat,
        "integer": int,
        "boolean": ["0", "1"].index,
        "string": str,
    }
    for row in reader:
        for field in fields:
            if row[field["name"]]:
                check[field["type"]](row[field["name"]])


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_csv_json_lines_and_excel_hold_the_same_rows(exported: Path, table: Table) -> None:
    rows = lines(exported, table.name)
    book = openpyxl.load_workbook(exported / "register.xlsx", read_only=True)
    sheet = [list(row) for row in book[table.name].iter_rows(values_only=True)]
    book.close()
    assert sheet[0] == list(table.columns)
    assert sheet[1:] == [[None if value == "" else value for value in row.values()] for row in rows]
    assert (exported / f"{table.name}.csv").read_text(encoding="utf-8") == as_csv(table, rows).replace("\r\n", "\n")


def test_statements_are_cited_as_parliament_does(exported: Path) -> None:
    cited = {row["citation"] for row in lines(exported, "statements")}
    assert any(one.startswith("HC Deb, 2 September 2025, c") for one in cited)
    assert any(one.startswith("HL Deb, ") for one in cited)
    assert any(one.startswith("PQ ") for one in cited)
    assert any(one.startswith(("HCWS", "HLWS")) for one in cited)


def test_a_recommendation_nobody_answered_says_so_and_all_twelve_are_linked(exported: Path) -> None:
    rows = {row["id"]: row for row in lines(exported, "recommendations")}
    casey = [row for key, row in rows.items() if key.startswith("casey-2025/")]
    assert len(casey) == 12
    accepting = set.intersection(*(set(row["commitments"].split()) for row in casey))
    assert accepting
    assert {row["position"] for row in casey} <= {"accepted", "accepted in principle", "accepted in part", "rejected"}
    assert "not answered" in {row["position"] for row in rows.values()}


def test_a_cell_is_no_formula() -> None:
    table = Table(name="t", title="T", computed={"id": Computed("Id", "1")})
    assert as_csv(table, [{"id": "=1+1"}, {"id": "plain"}]) == "id\r\n'=1+1\r\nplain\r\n"


def test_gaps_come_oldest_first(exported: Path) -> None:
    days = [row["day"] for row in lines(exported, "coverage") if row["day"]]
    assert days == sorted(days)
