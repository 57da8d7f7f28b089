"""Delivery reports that mail servers send back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from digest.bounces import read_report
from followthrough import cli
from tests.digest.small import subscribe

if TYPE_CHECKING:
    from pathlib import Path

    from db.private.subscribers import Private

REPORT = """From: MAILER-DAEMON@mail.example.org
To: digest@followthrough.example.org
Subject: Undelivered Mail Returned to Sender
Message-ID: <{number}@mail.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=b"

--=b
Content-Type: text/plain

The mail could not be delivered.

--=b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

{recipients}
Action: {action}
Status: {status}

--=b--
"""


FINAL = "Final-Recipient: rfc822; ann@example.org"


def report(action: str, status: str, recipients: str = FINAL, number: int = 1) -> bytes:
    return REPORT.format(recipients=recipients, action=action, status=status, number=number).encode()


@pytest.mark.parametrize(
    ("action", "status", "expected"),
    [
        ("failed", "5.1.1", (("ann@example.org",),)),
        ("Failed", "5.2.2", (("ann@example.org",),)),
        ("failed (no such mailbox)", "5.1.1 (bad)", (("ann@example.org",),)),
        ("failed (no such (or full) mailbox)", "5.1.1", (("ann@example.org",),)),
        ("delayed", "4.4.1", ()),
        ("failed", "4.4.7", ()),
        ("delivered", "2.0.0", ()),
    ],
)
def test_only_what_failed_for_good_counts(action: str, status: str, expected: tuple[tuple[str, ...], ...]) -> None:
    found = read_report(report(action, status))
    assert found is not None
    assert found.failed == expected


@pytest.mark.parametrize(
    ("recipients", "expected"),
    [
        (
            "Original-Recipient: rfc822;ann@example.org\nFinal-Recipient: rfc822; other@example.net",
            ("ann@example.org", "other@example.net"),
        ),
        ("Final-Recipient: RFC822; <Ann@Example.org> (Ann)", ("Ann@Example.org",)),
        ("Original-Recipient: rfc822;ann@example.org", ("ann@example.org",)),
    ],
)
def test_a_recipient_is_known_by_the_address_we_wrote_to_and_by_the_last(
    recipients: str, expected: tuple[str, ...]
) -> None:
    found = read_report(report("failed", "5.1.1", recipients))
    assert found is not None
    assert found.failed == (expected,)


def test_a_mail_that_is_no_report_is_called_so(private: Private, tmp_path: Path) -> None:
    file = tmp_path / "hello.eml"
    file.write_bytes(b"Subject: hello\n\nFinal-Recipient: rfc822; ann@example.org\n")
    result = CliRunner().invoke(cli, ["--data", str(tmp_path), "subscribers", "bounces", str(file)])
    assert result.stderr == f"{file}: no delivery report, left out\n"
    assert private.everyone() == []


def given(folder: Path, numbers: list[int]) -> str:
    files = []
    for place, number in enumerate(numbers):
        file = folder / f"report-{place}.eml"
        file.write_bytes(report("failed", "5.1.1", number=number))
        files.append(str(file))
    return CliRunner().invoke(cli, ["--data", str(folder), "subscribers", "bounces", *files]).output


def test_three_reports_pause_a_person(private: Private, tmp_path: Path) -> None:
    person = subscribe(private, "Ann@example.org")
    told = given(tmp_path, [1, 2, 3])
    found = private.by_id(person)
    assert found is not None
    assert (told, found.state, found.bounces) == (
        "3 bounces counted, 1 people paused, 0 of nobody who is subscribed, 0 reports counted before\n",
        "bouncing",
        3,
    )


def test_a_report_counts_once_however_often_it_is_read(private: Private, tmp_path: Path) -> None:
    person = subscribe(private, "ann@example.org")
    given(tmp_path, [1])
    told = given(tmp_path, [1, 1, 2])
    found = private.by_id(person)
    assert found is not None
    assert (told, found.state, found.bounces) == (
        "1 bounces counted, 0 people paused, 0 of nobody who is subscribed, 2 reports counted before\n",
        "active",
        2,
    )


def test_a_report_that_could_not_be_counted_whole_counts_when_it_is_given_again(
    private: Private, tmp_path: Path
) -> None:
    person = subscribe(private, "ann@example.org")
    private.database.execute(
        "CREATE TRIGGER full_disk BEFORE UPDATE ON subscribers BEGIN SELECT raise(ABORT, 'disk full'); END"
    )
    given(tmp_path, [1])
    private.database.execute("DROP TRIGGER full_disk")
    told = given(tmp_path, [1])
    found = private.by_id(person)
    assert found is not None
    assert (told.split(",")[0], found.bounces) == ("1 bounces counted", 1)


@pytest.mark.parametrize("header", [b"Message-ID: <\n", b"Message-ID: \xff\xfe\n", b"Message-ID:\n", b""])
def test_a_report_with_a_broken_id_or_none_is_read_and_known_again(header: bytes) -> None:
    content = report("failed", "5.1.1").replace(b"Message-ID: <1@mail.example.org>\n", header)
    found = read_report(content)
    assert found is not None
    assert found.failed == (("ann@example.org",),)
    assert found == read_report(content)


def test_letters_of_another_case_are_the_same_person(private: Private) -> None:
    person = subscribe(private, "Ann@Example.org")
    assert subscribe(private, "ann@example.org") == person
    assert [found.address for found in private.everyone()] == ["Ann@Example.org"]
