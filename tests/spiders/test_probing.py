"""A probe asks each interface once, saves what came and says how it differs from what the readers know."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from commands.probe import probe as command
from spiders.probing import probe

FIXTURES = Path(__file__).parent.parent / "fixtures"
API = "https://questions-statements-api.parliament.uk/api/writtenstatements/statements"
ROBOTS = "https://questions-statements-api.parliament.uk/robots.txt"
DAY = date(2025, 9, 8)


def tell(upstream: Any, rename: bool = False) -> None:  # noqa: FBT002 -- a test's switch
    row = json.loads((FIXTURES / "written_statements/commons.input.json").read_text(encoding="utf-8"))
    upstream.tell(API, {"totalResults": 1, "results": [row]})
    row["value"]["mood"] = "hopeful"
    if rename:
        row["value"]["heading"] = row["value"].pop("title")
    upstream.tell(f"{API}/1500001", row)
    upstream.tell(ROBOTS, b"User-agent: *\nDisallow: /private\n", headers={"Content-Type": "text/plain"})


def test_what_was_read_and_what_is_new_is_told_for_each_answer(upstream: Any, tmp_path: Path) -> None:
    tell(upstream)
    found = probe(["written_statements"], tmp_path, DAY, replica=upstream.base)
    assert {
        finding.url.split("?")[0]: (finding.outcome, finding.is_good, finding.differences) for finding in found
    } == {
        ROBOTS: ("status 200; 1 rules", True, ("Disallow: /private",)),
        API: ("leads to 1 more", True, ()),
        f"{API}/1500001": ("1 Document", True, (".value has fields we do not read: mood",)),
    }


def test_answers_are_saved_as_candidates_for_fixtures_and_the_archive_is_not_touched(
    upstream: Any, tmp_path: Path
) -> None:
    tell(upstream)
    found = probe(["written_statements"], tmp_path, DAY, replica=upstream.base)
    saved = sorted(file.name.split(".")[1] for file in (tmp_path / "written_statements").iterdir())
    assert saved == ["input", "input", "url", "url"]
    detail = next(finding for finding in found if "/1500001" in finding.url)
    assert json.loads(Path(detail.file or "").read_bytes())["value"]["id"] == 1500001
    assert [file.name for file in tmp_path.iterdir()] == ["written_statements"]


def test_a_field_that_is_missing_makes_the_exit_code_1_and_is_named(upstream: Any, tmp_path: Path) -> None:
    tell(upstream, rename=True)
    options = ["written_statements", "--until", "2025-09-08", "--replica", upstream.base]
    result = CliRunner().invoke(command, options, obj=tmp_path)
    assert result.exit_code == 1
    assert "BAD written_statements" in result.output
    assert "CHANGED: title is missing" in result.output
    assert "3 questions, 1 not as expected" in result.output


def test_an_unknown_source_is_wrong_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["hansrad"], obj=tmp_path)
    assert result.exit_code == 2
    assert "no such source: hansrad" in result.output
