"""No document ends a run: the bad one is named and counted, the others are in; when it is mended it is in as well."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.fuzz import outcomes
from db.archive.archive import Archive
from followthrough import cli
from processing.errors import SourceChanged
from processing.one_document import named
from processing.records import Answer
from spiders.sources import all_sources

FIXTURES = Path(__file__).parent.parent / "fixtures" / "written_questions"
API = "https://questions-statements-api.parliament.uk/api/writtenquestions/questions"
TODAY = "2026-07-01"
FETCHED = datetime(2026, 6, 15, 6, tzinfo=UTC)


def answer(number: int, text: str, at: datetime = FETCHED) -> Answer:
    """Return the answer of a question of our fixtures, with another number and text."""
    told = json.loads((FIXTURES / "answered.input.json").read_bytes())
    told["value"] |= {"id": number, "answerText": text, "uin": str(number)}
    body = json.dumps(told).encode()
    return Answer(source="written_questions", url=f"{API}/{number}", fetched_at=at, status=200, body=body)


GOOD = "<p>We will publish the strategy on child sexual abuse by 31 December 2026.</p>"
BAD = {
    "half a character": "<p>We will act \ud83d on child sexual abuse.</p>",
    "nested without end": "<div>" * 3000 + "child sexual abuse" + "</div>" * 3000,
    "a hundred thousand brackets": "<p>child sexual abuse " + "(" * 100_000 + "</p>",
    "the year 9999": "<p>We will publish the child sexual abuse strategy by 31 December 9999.</p>",
    "a number beyond all bounds": "<p>We will publish the child sexual abuse strategy within 99999999999 years.</p>",
    "a character that is none": "<p>We will act on child sexual abuse&#0;&#xD83D;&#x10FFFF;.</p>",
    "no full stop": "<p>child sexual abuse " + "we will act; " * 8000 + "</p>",
}


def processed(folder: Path) -> tuple[int, str]:
    """Process a folder by the command line; return exit code and what it said."""
    result = CliRunner().invoke(cli, ["--data", str(folder), "process", "--today", TODAY])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.exit_code, result.output


def quotes(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "followthrough.db")) as register:
        return [row[0] for row in register.execute("SELECT quote FROM statements WHERE document LIKE '%/2'")]


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_the_good_answer_beside_a_bad_one_is_in_the_register(tmp_path: Path, bad: str) -> None:
    with closing(Archive(tmp_path)) as archive:
        archive.keep(answer(1, bad))
        archive.keep(answer(2, GOOD))
    code, said = processed(tmp_path)
    assert code in (0, 1)
    assert ("Some answers could not be read" in said) == (code == 1)
    assert quotes(tmp_path) == ["We will publish the strategy on child sexual abuse by 31 December 2026"]


def test_what_could_not_be_read_is_named_until_upstream_has_mended_it(tmp_path: Path) -> None:
    with closing(Archive(tmp_path)) as archive:
        archive.keep(answer(1, BAD["nested without end"]))
        archive.keep(answer(2, GOOD))
    assert processed(tmp_path)[0] == 1
    status = CliRunner().invoke(cli, ["--data", str(tmp_path), "status"]).output
    assert f"{API}/1" in status
    assert "it is nested too deeply" in status
    with closing(Archive(tmp_path)) as archive:
        archive.keep(answer(1, GOOD, FETCHED + timedelta(days=7)))
    assert processed(tmp_path)[0] == 0
    assert f"{API}/1" not in CliRunner().invoke(cli, ["--data", str(tmp_path), "status"]).output


def test_a_damaged_body_is_named_with_what_to_do_and_the_rest_is_read(tmp_path: Path) -> None:
    with closing(Archive(tmp_path)) as archive:
        archive.keep(answer(1, GOOD.replace("strategy", "plan")))
        archive.keep(answer(2, GOOD))
        row = archive.database.execute("SELECT hash, body FROM bodies ORDER BY size_bytes LIMIT 1").fetchone()
        archive.database.execute("UPDATE bodies SET body = ? WHERE hash = ?", [row[1][:-9] + b"damage !!", row[0]])
        archive.database.conn.commit()
    code, _ = processed(tmp_path)
    assert code == 1
    assert len(quotes(tmp_path)) == 1
    checked = CliRunner().invoke(cli, ["--data", str(tmp_path), "check"])
    assert checked.exit_code == 1
    assert f"the body {row[0][:12]} of {API}/1 is damaged. Restore a backup: `followthrough restore`." in checked.output


class Panic(BaseException):
    """What a library in Rust raises: no Exception."""


@pytest.mark.parametrize(
    "error",
    [
        RecursionError("deep"), UnicodeEncodeError("utf-8", "\ud83d", 0, 1, "half"), OverflowError("large"),
        MemoryError(), ValueError("odd"), KeyError("x"), Panic("called unwrap"),
    ],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_every_error_of_one_document_is_told_with_its_place(error: BaseException) -> None:
    with (
        pytest.raises(SourceChanged, match=f"https://x: could not be read: .*{type(error).__name__}"),
        named("https://x"),
    ):
        raise error


@pytest.mark.parametrize("ending", [KeyboardInterrupt, SystemExit])
def test_what_ends_the_run_itself_passes(ending: type[BaseException]) -> None:
    with pytest.raises(ending), named("https://x"):
        raise ending


@pytest.mark.parametrize("source", sorted(all_sources()))
def test_a_body_that_was_changed_anywhere_is_read_or_refused_by_name(source: str) -> None:
    assert set(outcomes(source, 150, seed=date(2026, 11, 27).toordinal())) <= {"read", "refused", "not collected"}
