"""`followthrough timing`: the file in, the file out, and lines that can't be used."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from commands.timing import timing

if TYPE_CHECKING:
    from pathlib import Path


def run(folder: Path, lines: list[str]) -> tuple[int, str, list[dict[str, object]]]:
    source, target = folder / "cases.jsonl", folder / "resolved.jsonl"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = CliRunner().invoke(timing, ["--input", str(source), "--output", str(target)])
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    return result.exit_code, result.output, rows


def test_each_line_gives_its_timings(tmp_path: Path) -> None:
    case = {"id": "1", "sentence": "We will report by spring 2026, or in due course.", "spoken_on": "2025-06-16"}
    code, _, rows = run(tmp_path, [json.dumps(case)])
    assert code == 0
    told = [{key: found[key] for key in ("expression", "earliest", "latest", "kind")} for found in rows[0]["timings"]]  # type: ignore[attr-defined]
    assert told == [
        {"expression": "by spring 2026", "earliest": "2025-06-16", "latest": "2026-05-31", "kind": "interval"},
        {"expression": "in due course", "earliest": None, "latest": None, "kind": "vague"},
    ]
    assert {"precision", "rule"} <= rows[0]["timings"][0].keys()  # type: ignore[index]


def test_a_bad_line_is_named_and_the_others_are_done(tmp_path: Path) -> None:
    good = json.dumps({"id": "2", "sentence": "We will report next week.", "spoken_on": "2025-06-16"})
    code, said, rows = run(tmp_path, ["no json", good, '{"id": "3", "sentence": "Soon.", "spoken_on": "June"}'])
    assert code == 1
    assert "line 1" in said
    assert "line 3" in said
    assert [row["id"] for row in rows] == ["2"]


def test_a_missing_file_is_one_clear_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(timing, ["--input", str(tmp_path / "no.jsonl"), "--output", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "no.jsonl" in result.output
