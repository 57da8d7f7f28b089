"""Sending to a real mail server: who is due, what is in the mail, what a refusal does."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db.archive.archive import moment
from db.private import ledger
from db.private.ledger import NewMail
from db.private.subscribers import Private, Subscription
from digest.links import read_link
from digest.post import NoPost, Outbox, Smtp
from digest.send import is_due, send_digests
from digest.settings import Settings
from tests.digest.mailbox import SITE, Mailbox, parsed, server_context, serving
from tests.digest.small import JOINED, NOTICED, subscribe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.digest.small import SmallRegister

MONDAY = moment("2025-09-08T05:30:00.000000Z")
WEEK = timedelta(days=7)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def settings(mailbox: Mailbox) -> Iterator[Settings]:
    yield from serving(mailbox)


def test_a_mail_has_the_headers_that_lists_must_have(
    small: SmallRegister, private: Private, mailbox: Mailbox, settings: Settings
) -> None:
    small.event(small.commitment("we will publish the strategy"))
    person = subscribe(private, "ann@example.org")
    send_digests(small.folder, settings, Smtp(settings), MONDAY)
    ((address, content),) = mailbox.taken
    message = parsed(content)
    link = str(message["List-Unsubscribe"])
    token = link.removeprefix(f"<{SITE}/subscription/unsubscribe/").removesuffix(">")
    assert address == "ann@example.org"
    assert {
        name: str(message[name])
        for name in ("From", "To", "Subject", "Date", "List-Id", "List-Unsubscribe-Post", "Auto-Submitted", "Reply-To")
    } == {
        "From": "Followthrough <digest@followthrough.example.org>",
        "To": "ann@example.org",
        "Subject": "Followthrough: 1 new",
        "Date": "Mon, 08 Sep 2025 05:30:00 +0000",
        "List-Id": "Followthrough digest <digest.followthrough.example.org>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Reply-To": "operator@followthrough.example.org",
    }
    assert read_link(private, "unsubscribe", token).id == person
    # programs that unsubscribe look for the bare address in the bytes
    assert f"List-Unsubscribe: <{SITE}/".encode() in content
    assert str(message["Message-ID"]).endswith("@followthrough.example.org>")
    assert max(len(line) for line in content.split(b"\r\n")) < 998


def test_both_forms_tell_who_what_by_when_and_nothing_follows_the_reader(
    small: SmallRegister, private: Private, mailbox: Mailbox, settings: Settings
) -> None:
    key = small.commitment("we will publish <the> strategy & plan")
    small.event(key, "slipped", before="we will publish it in the summer", summary="Slipped by 92 days")
    subscribe(private, "ann@example.org", Subscription("topic", "casey"))
    send_digests(small.folder, settings, Smtp(settings), MONDAY)
    (message,) = mailbox.messages()
    plain, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert html is not None
    text, page = plain.get_content(), html.get_content()
    for words in (
        "Slipped by 92 days",
        "we will publish it in the summer",
        "Dame Ruth Calloway, Home Secretary, 2 September 2025, Hansard",
        "Home Office",
        "by 31 May 2026",
        "topic: The Casey audit",
        f"{SITE}/commitment/{key}",
        "https://hansard.parliament.uk/d1#1001",
        "Hansard to 5 September 2025",
        "No gaps.",
    ):
        assert words in text
        assert words in page
    assert "“we will publish <the> strategy & plan”" in text
    assert "“we will publish &lt;the&gt; strategy &amp; plan”" in page
    # the styles are in the elements, but for what depends on the reader's screen
    assert re.search(r'<h2 style="[^"]*font-size: 18px', page)
    assert "@media (prefers-color-scheme: dark)" in page
    assert "@media (max-width: 480px)" in page
    assert "<img" not in page
    assert "<script" not in page
    assert all(len(line) <= 76 or "://" in line for line in text.splitlines())


def test_one_week_after_another_tells_each_event_once(
    small: SmallRegister, private: Private, mailbox: Mailbox, settings: Settings
) -> None:
    small.event(small.commitment("we will publish"))
    subscribe(private, "ann@example.org")
    subscribe(private, "bob@example.org", Subscription("topic", "support"), empty=True)
    subscribe(private, "cat@example.org", Subscription("topic", "support"))
    first = send_digests(small.folder, settings, Smtp(settings), MONDAY)
    small.event(small.commitment("we will fund", topics=("support",)), noticed="2025-09-12T05:00:00.000000Z")
    second = send_digests(small.folder, settings, Smtp(settings), MONDAY + WEEK)
    subjects = [(address, str(parsed(content)["Subject"])) for address, content in mailbox.taken]
    assert (first.counts["sent"], first.counts["nothing_new"], second.counts["sent"]) == (2, 1, 3)
    assert subjects == [
        ("ann@example.org", "Followthrough: 1 new"),
        ("bob@example.org", "Followthrough: nothing new"),
        ("ann@example.org", "Followthrough: 1 new"),
        ("bob@example.org", "Followthrough: 1 new"),
        ("cat@example.org", "Followthrough: 1 new"),
    ]
    assert small.told_of("2025-09-08") == ["FT-1001"]
    assert small.told_of("2025-09-15") == ["FT-1002"]


def test_the_same_morning_again_sends_nothing(
    small: SmallRegister, private: Private, mailbox: Mailbox, settings: Settings
) -> None:
    small.event(small.commitment("we will publish"))
    subscribe(private, "ann@example.org")
    send_digests(small.folder, settings, Smtp(settings), MONDAY)
    again = send_digests(small.folder, settings, Smtp(settings), MONDAY + timedelta(hours=1))
    given_span = send_digests(small.folder, settings, Smtp(settings), MONDAY + WEEK, since=MONDAY.date() - WEEK)
    assert (again.sent, again.not_due, given_span.sent, len(mailbox.taken)) == (0, 1, 0, 1)


def test_what_is_not_processed_yet_waits_for_the_next_digest(
    small: SmallRegister, private: Private, mailbox: Mailbox, settings: Settings
) -> None:
    small.event(small.commitment("we will publish"))
    subscribe(private, "ann@example.org")
    small.database.table("runs").insert(
        {"command": "process", "started_at": "2025-09-08T04:00:00.000000Z", "outcome": "good", "counts": "{}"}
    )
    early = send_digests(small.folder, settings, Smtp(settings), MONDAY)
    small.database.table("runs").update(1, {"started_at": "2025-09-15T04:00:00.000000Z"})
    late = send_digests(small.folder, settings, Smtp(settings), MONDAY + WEEK)
    assert (early.sent, late.sent, len(mailbox.taken)) == (0, 1, 1)
    assert "FT-1001" in mailbox.taken[0][1].decode()


@pytest.mark.parametrize(
    ("frequency", "last", "now", "due"),
    [
        ("weekly", None, "2025-09-08T05:30", True),
        ("weekly", "2025-09-01T05:30", "2025-09-08T05:29", True),
        ("weekly", "2025-09-02T09:00", "2025-09-08T05:30", True),
        ("weekly", "2025-09-03T09:00", "2025-09-08T05:30", False),
        ("daily", "2025-09-07T22:59", "2025-09-07T23:30", True),
        ("daily", "2025-09-08T05:30", "2025-09-08T22:00", False),
        ("monthly", "2025-08-04T05:30", "2025-08-25T05:30", False),
        ("monthly", "2025-08-31T22:30", "2025-09-01T05:30", True),
        ("monthly", "2025-12-29T05:30", "2026-01-05T05:30", True),
    ],
)
def test_who_is_due_goes_by_the_days_of_london(
    private: Private, frequency: str, last: str | None, now: str, *, due: bool
) -> None:
    person = private.by_id(subscribe(private, "ann@example.org", frequency=frequency))
    assert person is not None
    person = replace(person, last_digest_at=f"{last}:00.000000Z" if last else None)
    assert is_due(person, moment(f"{now}:00.000000Z")) is due


def test_a_refused_mail_is_told_again_and_three_refusals_pause_the_person(
    small: SmallRegister, private: Private, mailbox: Mailbox, settings: Settings
) -> None:
    small.event(small.commitment("we will publish"))
    person = subscribe(private, "ann@example.org")
    subscribe(private, "bob@example.org")
    mailbox.refused.add("ann@example.org")
    states = []
    for week in range(4):
        report = send_digests(small.folder, settings, Smtp(settings), MONDAY + week * WEEK)
        found = private.by_id(person)
        assert found is not None
        states.append((report.refused, found.bounces, found.state))
    assert states == [(1, 1, "active"), (1, 2, "active"), (1, 3, "bouncing"), (0, 3, "bouncing")]
    assert [address for address, _ in mailbox.taken] == ["bob@example.org"]
    mailbox.refused.clear()
    private.database.execute("UPDATE subscribers SET state = 'active' WHERE id = ?", [person])
    send_digests(small.folder, settings, Smtp(settings), MONDAY + 4 * WEEK)
    assert [address for address, _ in mailbox.taken] == ["bob@example.org", "ann@example.org"]
    after = private.by_id(person)
    assert after is not None
    assert "FT-1001" in mailbox.taken[1][1].decode()


def test_a_mail_that_arrives_ends_the_count_of_bounces(
    small: SmallRegister, private: Private, mailbox: Mailbox, settings: Settings
) -> None:
    person = subscribe(private, "ann@example.org", empty=True)
    bounces = []
    for week in range(3):
        private.bounced(person, f"2025-09-0{1 + week}T06:00:00.000000Z") if week == 0 else None
        send_digests(small.folder, settings, Smtp(settings), MONDAY + week * WEEK)
        found = private.by_id(person)
        assert found is not None
        bounces.append(found.bounces)
    assert bounces == [1, 0, 0]
    assert len(mailbox.taken) == 3


def test_no_server_is_said_and_the_next_call_sends(
    small: SmallRegister, private: Private, mailbox: Mailbox, settings: Settings
) -> None:
    small.event(small.commitment("we will publish"))
    subscribe(private, "ann@example.org")
    nowhere = replace(settings, smtp_port=1)
    report = send_digests(small.folder, nowhere, Smtp(nowhere), MONDAY)
    assert (report.is_good, report.sent, len(report.problems)) == (False, 0, 1)
    assert "The mail server 127.0.0.1, port 1 can't be used" in report.problems[0]
    assert send_digests(small.folder, settings, Smtp(settings), MONDAY).sent == 1
    assert len(mailbox.taken) == 1


def test_a_server_that_wants_a_password_gets_it_or_is_named(
    small: SmallRegister, private: Private, mailbox: Mailbox, certificate: tuple[Path, Path]
) -> None:
    subscribe(private, "ann@example.org", empty=True)
    for settings in serving(mailbox, tls=server_context(certificate), secret="right"):  # noqa: S106 -- a test
        known = replace(settings, smtp_tls="starttls", smtp_ca_file=str(certificate[0]), smtp_user="us")
        wrong = replace(known, smtp_password="wrong")  # noqa: S106 -- a test
        with pytest.raises(NoPost, match="does not take the user name and password") as caught, Smtp(wrong):
            pytest.fail("the server took a wrong password")
        assert "wrong" not in str(caught.value)
        right = replace(known, smtp_password="right")  # noqa: S106 -- a test
        assert send_digests(small.folder, right, Smtp(right), MONDAY).sent == 1


def test_starttls_is_used_and_a_stranger_s_certificate_is_refused(
    small: SmallRegister, private: Private, mailbox: Mailbox, certificate: tuple[Path, Path]
) -> None:
    small.event(small.commitment("we will publish"))
    subscribe(private, "ann@example.org")
    for settings in serving(mailbox, tls=server_context(certificate)):
        plain = send_digests(small.folder, settings, Smtp(settings), MONDAY)
        stranger = replace(settings, smtp_tls="starttls")
        distrusted = send_digests(small.folder, stranger, Smtp(stranger), MONDAY)
        known = replace(stranger, smtp_ca_file=str(certificate[0]))
        trusted = send_digests(small.folder, known, Smtp(known), MONDAY)
        assert (plain.sent, distrusted.sent, trusted.sent) == (0, 0, 1)
        assert "STARTTLS" in plain.problems[0]
        assert "certificate" in distrusted.problems[0]


def test_without_a_server_every_mail_is_a_file_of_the_outbox(small: SmallRegister, private: Private) -> None:
    small.event(small.commitment("we will publish"))
    subscribe(private, "ann@example.org")
    settings = Settings(site=SITE)
    report = send_digests(small.folder, settings, Outbox(small.folder / "outbox"), MONDAY)
    (file,) = (small.folder / "outbox").iterdir()
    assert report.sent == 1
    assert file.suffix == ".eml"
    assert file.stat().st_mode & 0o077 == 0
    assert str(parsed(file.read_bytes())["To"]) == "ann@example.org"


def test_the_ledger_itself_refuses_an_event_told_twice(private: Private) -> None:
    person = subscribe(private, "ann@example.org")
    mails = [
        NewMail(
            message_id=f"<{number}@x>",
            subscriber=person,
            digest="2025-09-08",
            told_to=NOTICED,
            content=b"",
            events=("e1",),
        )
        for number in range(2)
    ]
    ledger.write(private, mails[:1], JOINED)
    with pytest.raises(sqlite3.IntegrityError):
        ledger.write(private, mails[1:], JOINED)
    assert [mail.message_id for mail in ledger.open_mails(private)] == ["<0@x>"]


def test_what_a_mail_said_is_not_kept_once_it_has_gone(
    small: SmallRegister, private: Private, mailbox: Mailbox, settings: Settings
) -> None:
    small.event(small.commitment("we will publish"))
    subscribe(private, "ann@example.org")
    send_digests(small.folder, settings, Smtp(settings), MONDAY)
    rows = private.database.execute("SELECT outcome, content FROM mails").fetchall()
    assert rows == [("sent", None)]
    assert len(mailbox.taken) == 1
