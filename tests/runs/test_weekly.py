"""The weekly run: its lock, its exit codes, what a failing step does, and going on after a kill."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from db.archive.archive import Archive
from db.private.subscribers import Private
from db.register import health
from db.register.documents import Register
from digest.settings import Settings
from followthrough import cli
from processing.errors import Busy
from runs.lock import only_run
from runs.weekly import Weekly
from tests.digest.mailbox import Mailbox, serving
from tests.digest.small import subscribe

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2025, 9, 8, 6, 30, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder with an empty archive and register, and a reader who wants to hear of nothing new."""
    folder = tmp_path / "data"
    Archive(folder).close()
    Register(folder).close()
    private = Private(folder)
    subscribe(private, "ann@example.org", empty=True)
    private.close()
    return folder


def weekly(data: Path, **changes: object) -> Weekly:
    settings = Settings(site="https://followthrough.example.org", operator="operator@example.org")
    return Weekly(data=data, settings=settings, clock=NOW, **changes)  # type: ignore[arg-type] # named by each test


def mailed(data: Path) -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted((data / "outbox").glob("*.eml"))]


def outcomes(data: Path) -> list[tuple[str, str]]:
    lines = (data / "runs.jsonl").read_text(encoding="utf-8").splitlines()
    return [(line["name"], line["outcome"]) for line in map(json.loads, lines)]


def test_a_damaged_archive_holds_the_digest_back_and_is_told(data: Path) -> None:
    (data / "archive.db").write_bytes(b"this is no database at all, but long enough to look at" * 100)
    report = weekly(data).run(("process", "digest", "backup"))
    assert [(step.name, step.outcome) for step in report.steps] == [
        ("backup before", "failed"),
        ("process", "failed"),
        ("digest", "left out"),
        ("backup", "failed"),
    ]
    assert not report.is_green
    assert "process failed" in report.summary
    (letter,) = mailed(data)
    assert "The step process failed" in letter


def test_a_run_that_was_killed_is_gone_on_with_and_no_step_is_done_twice(data: Path) -> None:
    register = Register(data)
    connection = register.database.conn
    number = health.begin_run(connection, "weekly", "2025-09-08T04:00:00.000000Z")
    crawl = health.begin_run(connection, "crawl", "2025-09-08T04:00:00.000000Z")
    health.finish_run(connection, crawl, "2025-09-08T05:00:00.000000Z", "good", {}, "")
    register.close()
    report = weekly(data).run()
    assert [(step.name, step.outcome) for step in report.steps] == [
        ("crawl", "done before"),
        ("process", "good"),
        ("digest", "good"),
        ("backup", "good"),
    ]
    register = Register(data)
    last = health.last_run(register.database.conn, "weekly")
    register.close()
    assert last is not None
    assert (last.id, last.outcome) == (number, "good")


def test_a_run_that_was_killed_long_ago_is_begun_anew(data: Path) -> None:
    register = Register(data)
    connection = register.database.conn
    health.begin_run(connection, "weekly", "2025-09-01T04:00:00.000000Z")
    done = health.begin_run(connection, "digest", "2025-09-01T04:00:00.000000Z")
    health.finish_run(connection, done, "2025-09-01T05:00:00.000000Z", "good", {}, "")
    register.close()
    report = weekly(data).run(("process", "digest"))
    assert [step.outcome for step in report.steps] == ["good", "good"]
    assert len(mailed(data)) == 1


def test_the_same_run_again_sends_nothing_more(data: Path) -> None:
    weekly(data).run(("process", "digest", "backup"))
    weekly(data).run(("process", "digest", "backup"))
    assert len(mailed(data)) == 1
    assert outcomes(data)[-1] == ("weekly", "good")


def test_a_second_run_is_told_who_is_at_work(data: Path) -> None:
    with only_run(data):
        result = CliRunner().invoke(cli, ["--data", str(data), "weekly"])
        with pytest.raises(Busy, match=f"process {os.getpid()}"), only_run(data):
            pytest.fail("two runs at once")
    assert result.exit_code == 3
    assert "Another run works on" in result.output


def test_the_lock_is_free_as_soon_as_its_holder_is_killed(data: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from runs.lock import only_run\n"
        "with only_run(Path(sys.argv[1])):\n    print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(data)], stdout=subprocess.PIPE, text=True) as holder:  # noqa: S603 -- our own
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Busy), only_run(data):
            pytest.fail("two runs at once")
        holder.kill()
    with only_run(data, wait=5):
        pass


def test_the_command_ends_with_1_and_one_summary_line_when_no_mail_can_leave(data: Path) -> None:
    command = ["--data", str(data), "weekly", "--from", "process", "--clock", "2025-09-08T06:30:00+00:00"]
    nowhere = {"FOLLOWTHROUGH_SMTP_HOST": "127.0.0.1", "FOLLOWTHROUGH_SMTP_PORT": "1", "FOLLOWTHROUGH_SMTP_TLS": "none"}
    nowhere |= {"FOLLOWTHROUGH_RETRY_MINUTES": "0"}
    result = CliRunner().invoke(cli, command, env=nowhere)
    (line,) = result.stdout.strip().splitlines()
    assert result.exit_code == 1
    assert line.startswith(
        "weekly: not green, 1 alarm; process good (0 commitments, 0 events); digest failed (0 mails)"
    )
    assert "ALARM The digest could not be sent: The mail server 127.0.0.1, port 1 can't be used" in result.stderr
    again = CliRunner().invoke(cli, command)
    assert (again.exit_code, len(mailed(data))) == (0, 1)


def test_a_mail_that_the_server_puts_off_is_tried_once_more_in_the_same_run(data: Path) -> None:
    answers = ["later", "later", "take"]
    waited: list[float] = []
    mailbox = Mailbox(plan=lambda: answers.pop(0))
    with contextmanager(serving)(mailbox) as settings:
        run = Weekly(data=data, settings=settings, clock=NOW, pause=waited.append)
        report = run.run(("process", "digest"))
    assert [step.outcome for step in report.steps] == ["good", "good"]
    assert (report.steps[1].note, report.steps[1].counts["sent"], report.steps[1].counts["later"]) == ("1 mails", 1, 0)
    assert waited == [600.0]
    assert [str(letter["To"]) for letter in mailbox.messages()] == ["ann@example.org"]


def test_a_mail_that_is_put_off_twice_stays_open_and_is_told(data: Path) -> None:
    mailbox = Mailbox(plan=lambda: "later")
    waited: list[float] = []
    with contextmanager(serving)(mailbox) as settings:
        report = Weekly(data=data, settings=settings, clock=NOW, pause=waited.append).run(("process", "digest"))
    assert [alarm.where for alarm in report.alarms] == ["1 not taken"]
    assert waited == [600.0]
    result = CliRunner().invoke(cli, ["--data", str(data), "status", "--today", "2025-09-08"])
    assert "Mails: 1 open.\n  The open mails are not taken by the server yet: `followthrough" in result.output
    mailbox.plan = lambda: "take"
    with contextmanager(serving)(mailbox) as settings:
        again = Weekly(data=data, settings=replace(settings, retry_minutes=0), clock=NOW, pause=waited.append)
        assert again.run(("process", "digest")).steps[1].outcome == "good"
    assert [str(letter["To"]) for letter in mailbox.messages()] == ["ann@example.org"]
    assert waited == [600.0]


def test_status_names_what_never_ran_and_ends_with_1(data: Path) -> None:
    weekly(data).run(("process", "digest", "backup"))
    result = CliRunner().invoke(cli, ["--data", str(data), "status", "--today", "2025-09-08"])
    assert result.exit_code == 1
    assert result.output.splitlines()[0] == "As of 8 September 2025"
    assert "Subscribers: 1 active. Mails: 1 sent." in result.output
    assert "Backups: 2, the last: 20250908T063000Z-2" in result.output
    assert "ann@example.org" not in result.output
