"""The whole story of the sample world through the weekly run: who was told what, when, against its truth.

Two comparisons: exactly with what the register noticed, which holds the digest alone; and with the truth, which also
holds the finding of commitments, so its floors lie a little below what was measured when they were set.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import pytest

from db.private.subscribers import Private
from db.taking_out.backup import backups
from replica.world import load_world
from runs.check import check
from tests.digest.mailbox import parsed
from tests.replica.world.comparison import found_in, pair, rows
from tests.replica.world.truth import sayings
from tests.runs.story import READERS, address, settings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from email.message import EmailMessage

    from tests.conftest import SampleRegister

COMMITMENT = re.compile(r"/commitment/(FT-[0-9]+)\b")
PRECISION, RECALL = 0.78, 0.82
Mails = dict[tuple[str, date], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What the mails told beside the truth: shares of right entries, and the differences in words."""

    precision: float
    recall: float
    lines: tuple[str, ...]


@pytest.fixture(name="told", scope="session")
def _told(sample_register: SampleRegister) -> SampleRegister:
    """Return the story as the whole session tells it, once: every week through the weekly run, to three readers."""
    return sample_register


def letters(told: SampleRegister) -> list[EmailMessage]:
    return [parsed(file.read_bytes()) for file in (told.folder.parent / "outbox").glob("*.eml")]


def mails(told: SampleRegister) -> Mails:
    """Return the commitments of each reader's digests in the order of the mail, by reader and day."""
    found: Mails = {}
    for letter in letters(told):
        if letter["List-Id"] is None:
            continue
        text = letter.get_body(("plain",))
        assert text is not None
        key = (str(letter["To"]), parsedate_to_datetime(letter["Date"]).date())
        assert key not in found, "two digests for one person on one day"
        found[key] = list(dict.fromkeys(COMMITMENT.findall(text.get_content())))
    return found


def wanted(reader: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    topics, linked = (event["topics"] or "").split(","), (event["linked"] or "").split(",")
    answers: dict[str, Callable[[str], bool]] = {
        "topic": lambda value: value in topics,
        "department": lambda value: value == event["owner"],
        "change": lambda value: value == event["kind"],
        "recommendation set": lambda value: any(name.startswith(f"{value}/") for name in linked),
    }
    return any(answers[one["kind"]](one["value"]) for one in reader["interests"])


def labels(told: SampleRegister) -> dict[str, str]:
    """Return which commitment of the truth each one of the register is: that of most of its sayings."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for saying, found in pair(load_world(), sayings(), found_in(told.folder, "statements")).pairs:
        if saying.commitment and found.fields["commitment"]:
            counts[found.fields["commitment"]][saying.commitment] += 1
    return {key: found.most_common(1)[0][0] for key, found in counts.items()}


def compare(told: SampleRegister) -> Difference:
    known = labels(told)
    sent = {key: {known.get(one, one) for one in found} for key, found in mails(told).items()}
    truth = {
        (address(reader["subscriber"]), date.fromisoformat(str(mail["on"]))): set(mail["commitments"])
        for reader in READERS
        for mail in reader["mails"]
    }
    right = total = due = 0
    lines = []
    for key in sorted(sent.keys() | truth.keys()):
        have, want = sent.get(key, set()), truth.get(key, set())
        right, total, due = right + len(have & want), total + len(have), due + len(want)
        if have != want:
            lines.append(f"{key[0]} {key[1]}: missing {sorted(want - have)}, too much {sorted(have - want)}")
    return Difference(precision=right / total, recall=right / due, lines=tuple(lines))


def test_every_reader_is_told_exactly_what_the_register_noticed_for_them(told: SampleRegister) -> None:
    sent = mails(told)
    expected = {
        (address(reader["subscriber"]), week.day): found
        for reader in READERS
        for week in told.weeks
        if (found := {event["commitment"] for event in week.noticed if wanted(reader, event)})
    }
    assert {key: set(found) for key, found in sent.items()} == expected


def test_who_was_told_what_and_when_is_as_the_truth_has_it(told: SampleRegister) -> None:
    difference = compare(told)
    text = "\n".join((f"precision {difference.precision:.3f}, recall {difference.recall:.3f}", *difference.lines))
    assert difference.precision >= PRECISION, text
    assert difference.recall >= RECALL, text


def test_nobody_is_told_of_an_event_twice_and_every_mail_is_closed(told: SampleRegister) -> None:
    private = Private(told.folder)
    try:
        states = private.database.execute("SELECT DISTINCT outcome, content IS NULL FROM mails").fetchall()
        twice = private.database.execute(
            "SELECT subscriber, event FROM sends GROUP BY subscriber, event HAVING count(*) > 1"
        ).fetchall()
    finally:
        private.close()
    assert (states, twice) == ([("sent", 1)], [])


def test_only_the_late_sitting_day_is_an_alarm_and_the_operator_hears_of_it(told: SampleRegister) -> None:
    alarms = {week.day.isoformat(): [alarm.what for alarm in week.report.alarms] for week in told.weeks}
    assert {day: found for day, found in alarms.items() if found} == {
        "2025-11-17": ["The step crawl failed", "A sitting day without Hansard"]
    }
    operators = [letter for letter in letters(told) if str(letter["To"]) == "operator@followthrough.example.org"]
    assert [str(letter["Subject"]) for letter in operators] == ["[Sample world] Followthrough: 2 alarms"]


def test_every_mail_says_that_the_world_is_invented(told: SampleRegister) -> None:
    for letter in letters(told):
        text, html = letter.get_body(("plain",)), letter.get_body(("html",))
        assert text is not None
        assert html is not None
        assert str(letter["Subject"]).startswith("[Sample world] ")
        assert text.get_content().startswith("SAMPLE WORLD. Invented people and invented words")
        assert "Invented people and invented words" in html.get_content()


def test_each_week_has_its_issue_without_anybody_s_address(told: SampleRegister) -> None:
    issues = rows(told.folder, "SELECT id, entries FROM digests ORDER BY id")
    assert [row["id"] for row in issues] == [week.day.isoformat() for week in told.weeks]
    assert all("readers.example.org" not in row["entries"] for row in issues)
    assert sum(len(json.loads(row["entries"])["entries"]) for row in issues) > 100


def test_no_address_stands_in_any_file_but_the_private_ones(told: SampleRegister) -> None:
    kept = backups(settings_of(told.folder).backup_folder(told.folder))
    files = [file for folder in (told.folder, *kept) for file in folder.iterdir() if file.is_file()]
    naming = {file.name for file in files if b"@readers.example.org" in file.read_bytes()}
    assert {file.name for file in files} >= {"archive.db", "followthrough.db", "private.db", "runs.jsonl"}
    assert naming == {"private.db"}
    assert {file.stat().st_mode & 0o077 for file in files if file.name == "private.db"} == {0}


def test_the_databases_stand_the_check_and_two_backups_are_kept(told: SampleRegister) -> None:
    assert list(check(told.folder)) == []
    kept = backups(settings_of(told.folder).backup_folder(told.folder))
    assert len(kept) == 2
    assert list(check(kept[-1])) == []


def test_the_log_has_a_line_a_step_and_nothing_of_a_person(told: SampleRegister) -> None:
    lines = (told.folder / "runs.jsonl").read_text(encoding="utf-8").splitlines()
    names = [json.loads(line)["name"] for line in lines]
    assert names == ["crawl", "process", "digest", "backup", "weekly"] * len(told.weeks)
    assert "@" not in "".join(lines)
