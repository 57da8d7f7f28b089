"""`followthrough crawl`: what the operator reads, and the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from commands.crawl import crawl

if TYPE_CHECKING:
    from pathlib import Path

API = "https://questions-statements-api.parliament.uk/api/writtenstatements/statements"
DAYS = ["--since", "2025-09-04", "--until", "2025-09-04"]


def test_a_good_crawl_prints_a_line_for_each_source_and_exits_0(upstream: Any, tmp_path: Path) -> None:
    upstream.tell(API, {"totalResults": 0, "results": []})
    result = CliRunner().invoke(crawl, ["written_statements", *DAYS, "--replica", upstream.base], obj=tmp_path)
    assert result.exit_code == 0
    assert result.output == (
        "written_statements: good, 2 requests (0 not modified), 1 new answers, 0 documents,"
        " 0 passed over as not our subject, 0 gaps\n"
    )


def test_a_crawl_with_a_gap_names_it_and_exits_1(upstream: Any, tmp_path: Path) -> None:
    upstream.tell(API, b"no", status=404)
    result = CliRunner().invoke(crawl, ["written_statements", *DAYS, "--replica", upstream.base], obj=tmp_path)
    assert result.exit_code == 1
    assert f"{API}?madeWhenFrom=2025-09-04" in result.output
    assert "answered 404" in result.output
    assert "Not all is in: written_statements. The next run asks again for what is missing." in result.output


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["hansrad"], "no such source: hansrad. There are: "),
        (["--since", "2025-09-05", "--until", "2025-09-04"], "--since 2025-09-05 is after --until 2025-09-04"),
        (["--since", "yesterday"], "'yesterday' is not a day such as 2025-11-24"),
        (["--clock", "noon"], "'noon' is not an instant such as 2025-11-24T06:00:00+00:00"),
    ],
    ids=["unknown source", "days the wrong way round", "no day", "no instant"],
)
def test_wrong_usage_exits_2_and_says_what_is_wrong(tmp_path: Path, options: list[str], words: str) -> None:
    result = CliRunner().invoke(crawl, options, obj=tmp_path)
    assert result.exit_code == 2
    assert words in result.output
    assert list(tmp_path.iterdir()) == []
