"""Delivery reports that mail servers send back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from digest.bounces import failed_addresses
from followthrough import cli
from tests.digest.small import subscribe

if TYPE_CHECKING:
    from pathlib import Path

    from db.private.subscribers import Private

REPORT = """From: MAILER-DAEMON@mail.example.org
To: digest@followthrough.example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=b"

--=b
Content-Type: text/plain

The mail could not be delivered.

--=b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}

--=b--
"""


@pytest.mark.parametrize(
    ("action", "status", "expected"),
    [
        ("failed", "5.1.1", ["ann@example.org"]),
        ("Failed", "5.2.2", ["ann@example.org"]),
        ("delayed", "4.4.1", []),
        ("failed", "4.4.7", []),
        ("delivered", "2.0.0", []),
    ],
)
def test_only_what_failed_for_good_counts(action: str, status: str, expected: list[str]) -> None:
    content = REPORT.format(address="ann@example.org", action=action, status=status).encode()
    assert list(failed_addresses(content)) == expected


def test_a_mail_that_is_no_report_counts_for_nobody() -> None:
    assert list(failed_addresses(b"Subject: hello\n\nFinal-Recipient: rfc822; ann@example.org\n")) == []


def test_three_reports_pause_a_person(private: Private, tmp_path: Path) -> None:
    person = subscribe(private, "ann@example.org")
    file = tmp_path / "report.eml"
    file.write_text(REPORT.format(address="ann@example.org", action="failed", status="5.1.1"))
    command = ["--data", str(tmp_path), "subscribers", "bounces", *[str(file)] * 3]
    result = CliRunner().invoke(cli, command)
    found = private.by_id(person)
    assert found is not None
    assert (result.output, found.state, found.bounces) == (
        "3 bounces counted, 1 people paused, 0 of nobody who is subscribed\n",
        "bouncing",
        3,
    )
