"""What the operator hears of, and what not."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from db.migrations import open_database
from digest.post import Outbox, Smtp
from digest.send import SendReport
from digest.settings import Settings
from runs.alarms import Alarm, disk_alarm, mail_alarms, register_alarms
from runs.operator import ping, tell
from tests.digest.mailbox import Mailbox, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

MONDAY = date(2025, 9, 8)
NOW = datetime(2025, 9, 8, 6, 30, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Return a register where both weeks had sittings that are all in, and a document of last week."""
    found = open_database(tmp_path / "followthrough.db", "register")
    found.table("sources").insert(
        {"id": "hansard", "name": "Hansard", "licence": "", "attribution": "", "url": "https://hansard.parliament.uk"}
    )
    for day in ("2025-08-27", "2025-09-03"):
        sits(found, day)
        found.table("coverage").insert(
            {"source": "hansard", "scope": f"Commons {day}", "house": "Commons", "day": day, "state": "collected"}
        )
    for number in range(30):
        document(found, 100 + number, (MONDAY - timedelta(days=20 + number)).isoformat())
    document(found, 1, "2025-09-03")
    yield found
    found.close()


def sits(database: Database, day: str, house: str = "Commons") -> None:
    database.table("sitting_days").insert({"house": house, "day": day, "source": "calendar"})


def document(database: Database, number: int, day: str) -> None:
    database.table("documents").insert(
        {
            "id": f"hansard/{number}",
            "source": "hansard",
            "kind": "debate",
            "title": "Invented",
            "url": "https://hansard.parliament.uk/x",
            "state": "current",
            "is_relevant": 0,
            "first_seen_at": f"{day}T06:00:00.000000Z",
            "last_seen_at": f"{day}T06:00:00.000000Z",
        }
    )


def what(database: Database, since: str = "") -> list[tuple[str, str]]:
    return [(alarm.what, alarm.where) for alarm in register_alarms(database.conn, MONDAY, since)]


def test_a_healthy_register_raises_none(database: Database) -> None:
    assert what(database) == []


def test_a_source_that_changed_its_shape_is_named_with_the_place(database: Database) -> None:
    database.table("refusals").insert(
        {
            "source": "hansard",
            "url": "https://hansard.parliament.uk/x",
            "fetched_at": "2025-09-08T06:00:00.000000Z",
            "outcome": "source changed",
            "place": "Overview.Title",
            "what": "missing",
        }
    )
    assert what(database) == [
        ("The source hansard changed its shape", "Overview.Title: missing (https://hansard.parliament.uk/x)")
    ]
    # told once; `status` goes on naming it
    assert what(database, since="2025-09-08T06:00:00.000000Z") == []


def test_what_is_not_collected_by_decision_is_no_alarm(database: Database) -> None:
    database.table("refusals").insert(
        {"source": "govuk", "url": "x", "fetched_at": "x", "outcome": "kind not collected", "place": "x", "what": "x"}
    )
    assert what(database) == []


@pytest.mark.parametrize(
    ("day", "state", "expected"),
    [
        ("2025-09-04", "failed", [("A sitting day without Hansard", "Lords, 4 September 2025 (failed)")]),
        ("2025-09-04", "empty", [("A sitting day without Hansard", "Lords, 4 September 2025 (empty)")]),
        ("2025-09-04", None, [("A sitting day without Hansard", "Lords, 4 September 2025 (pending)")]),
        ("2025-09-04", "collected", []),
        ("2025-09-08", None, []),
        ("2025-07-04", "failed", []),
    ],
)
def test_a_sitting_day_without_hansard(
    database: Database, day: str, state: str | None, expected: list[tuple[str, str]]
) -> None:
    sits(database, day, "Lords")
    if state:
        database.table("coverage").insert(
            {"source": "hansard", "scope": f"Lords {day}", "house": "Lords", "day": day, "state": state}
        )
    assert what(database) == expected


def test_two_weeks_without_anything_new_while_parliament_sits(database: Database) -> None:
    database.table("documents").delete("hansard/1")
    assert what(database) == [("Nothing new for two weeks while Parliament sat", "source hansard, 2 sitting days")]
    database.table("documents").delete("hansard/129")
    assert what(database) == []
    document(database, 129, "2025-08-01")
    database.table("sitting_days").delete(("Commons", "2025-08-27"))
    assert what(database) == []


def test_a_full_disk_is_told_before_it_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(disk_alarm(tmp_path)) == []
    monkeypatch.setattr("runs.alarms.LEAST_FREE", 10**18)
    (alarm,) = disk_alarm(tmp_path)
    assert alarm.what == "The disk is almost full"


def test_mails_that_did_not_arrive_are_told() -> None:
    report = SendReport(sent=5, refused=1, later=2, paused=1)
    assert [(alarm.what, alarm.where) for alarm in mail_alarms(report)] == [
        ("Mails of the digest did not arrive", "1 refused, 2 not taken"),
        ("Subscribers were paused after three refusals", "1 of them"),
    ]
    assert list(mail_alarms(SendReport(sent=5))) == []


ALARM = Alarm(what="A sitting day without Hansard", where="Lords, 4 September 2025", to_do="The next run asks again.")


def test_alarms_reach_the_operator_by_mail() -> None:
    mailbox = Mailbox()
    for settings in serving(mailbox):
        problems = tell([ALARM], "weekly: not green", settings, Smtp(settings), NOW, is_sample=False)
    (message,) = mailbox.messages("operator@followthrough.example.org")
    text = message.get_body(("plain",))
    assert text is not None
    assert problems == []
    assert message["Subject"] == "Followthrough: 1 alarm"
    content = " ".join(text.get_content().split())
    for words in ("Lords, 4 September 2025", "The next run asks again.", "weekly: not green"):
        assert words in content


def test_no_alarm_no_mail(tmp_path: Path) -> None:
    settings = Settings(operator="operator@example.org")
    assert tell([], "weekly: green", settings, Outbox(tmp_path), NOW, is_sample=False) == []
    assert list(tmp_path.iterdir()) == []


def test_an_alarm_that_can_not_be_mailed_is_said_and_ends_nothing() -> None:
    settings = Settings(operator="operator@example.org", smtp_host="127.0.0.1", smtp_port=1, smtp_tls="none")
    (problem,) = tell([ALARM], "weekly: not green", settings, Smtp(settings), NOW, is_sample=False)
    assert problem.startswith("the alarm could not be mailed: The mail server 127.0.0.1, port 1 can't be used")


class Pinged(BaseHTTPRequestHandler):
    """Remembers what was asked for."""

    paths: list[str] = []

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        self.paths.append(self.path)
        self.send_response(200)
        self.end_headers()


def test_the_switch_hears_of_green_runs_and_of_others() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pinged)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings = Settings(ping=f"http://127.0.0.1:{server.server_port}/secret-key")
    said = [ping(settings, is_good=True), ping(settings, is_good=False)]
    server.shutdown()
    thread.join()
    server.server_close()
    assert (said, Pinged.paths) == ([[], []], ["/secret-key", "/secret-key/fail"])
    (gone,) = ping(settings, is_good=True)
    assert "secret-key" not in gone
    assert ping(replace(settings, ping=""), is_good=True) == []
    assert ping(replace(settings, ping="file:///etc/passwd"), is_good=True) != []


def test_the_two_weeks_end_with_today(database: Database) -> None:
    document(database, 2, (MONDAY - timedelta(days=14)).isoformat())
    database.table("documents").delete("hansard/1")
    assert what(database) == [("Nothing new for two weeks while Parliament sat", "source hansard, 2 sitting days")]
