"""`followthrough extract` as its user meets it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from followthrough import cli

if TYPE_CHECKING:
    from pathlib import Path

GOOD = {"id": "good", "spoken_on": "2025-06-16", "text": "We will report in May.", "government": True, "new": 1}


def run(tmp_path: Path, *lines: str) -> tuple[int, str, list[dict[str, object]]]:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    done = CliRunner().invoke(cli, ["extract", "--input", str(source), "--output", str(target)])
    return done.exit_code, done.stderr, [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def test_a_line_of_a_passage_becomes_a_line_of_records(tmp_path: Path) -> None:
    code, said, rows = run(tmp_path, json.dumps({**GOOD, "post": "Home Secretary"}))
    (promise,) = rows[0]["commitments"]  # type: ignore[misc]
    told = {name: promise[name] for name in ("quote", "start", "owner", "firmness", "novelty", "timing", "latest")}  # type: ignore[has-type]
    assert (code, said, rows[0]["id"], rows[0]["deliveries"]) == (0, "", "good", [])
    assert told == {
        "quote": "We will report in May",
        "start": 0,
        "owner": "Home Office",
        "firmness": "firm",
        "novelty": "new",
        "timing": "in May",
        "latest": "2026-05-31",
    }


def test_bad_lines_are_named_the_others_done_and_the_exit_code_is_one(tmp_path: Path) -> None:
    code, said, rows = run(
        tmp_path,
        "{not json",
        json.dumps(GOOD),
        "[]",
        json.dumps({"id": "no-text", "spoken_on": "2025-06-16"}),
        json.dumps({**GOOD, "id": "bad-day", "spoken_on": "16/06/2025"}),
        json.dumps({**GOOD, "id": "bad-house", "house": "Senate"}),
        "",
        json.dumps({**GOOD, "id": "last"}),
    )
    assert code == 1
    assert [row["id"] for row in rows] == ["good", "last"]
    lines = said.splitlines()
    assert [line.split(":")[0] for line in lines] == ["line 1", "line 3", "line 4", "line 5", "line 6", "Error"]
    assert lines[2:6] == [
        "line 4: missing: text",
        "line 5: spoken_on is not a date (YYYY-MM-DD): '16/06/2025'",
        "line 6: house must be Commons, Lords or null, not 'Senate'",
        "Error: 5 of 8 lines could not be used; they are named above.",
    ]


def test_a_missing_file_is_one_sentence_and_exit_code_one(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["extract", "--input", str(tmp_path / "no.jsonl"), "--output", "-"])
    assert done.exit_code == 1
    assert done.stderr == f"Error: {tmp_path / 'no.jsonl'}: No such file or directory. Check the path and run again.\n"
