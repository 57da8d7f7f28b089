"""With every saying found, the mails are exactly those that the sample world's truth asks for.

The register is written from the truth itself, so that nothing but the digest is tested; the whole way from the
upstream sites is told in `tests/runs/test_story.py`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from db.private.subscribers import Subscription
from digest.post import Outbox
from digest.send import send_digests
from digest.settings import Settings
from replica.world import load_world
from tests.digest.mailbox import parsed
from tests.digest.small import subscribe
from tests.replica.world.mails import happened
from tests.replica.world.truth import load_truth

if TYPE_CHECKING:
    from db.private.subscribers import Private
    from tests.digest.small import SmallRegister

LABEL = re.compile(r"\bpromise (T[0-9]+)\b")
MORNING = time(6, 30, tzinfo=UTC)


def write_truth(small: SmallRegister) -> list[date]:
    """Write the commitments and, by Monday, their events. Returns the Mondays."""
    truth = load_truth()
    known = {str(row["id"]) for row in small.database["topics"].rows}
    topics = {topic for entry in truth["commitments"] for topic in entry["topics"]} - known
    small.database.table("topics").insert_all({"id": one, "name": one, "description": one} for one in sorted(topics))
    ids = {
        entry["id"]: small.commitment(
            f"promise {entry['id']}",
            owner=entry["owner"],
            topics=tuple(dict.fromkeys(entry["topics"])),
            recommendations=tuple(dict.fromkeys(entry["recommendations"])),
        )
        for entry in truth["commitments"]
    }
    weeks = happened(load_world())
    for day, commitments in sorted(weeks.items()):
        for label, kinds in sorted(commitments.items()):
            for kind in sorted(kinds):
                on = (day - timedelta(days=3)).isoformat()
                small.event(ids[label], kind, on=on, noticed=f"{day.isoformat()}T05:00:00.000000Z", summary=kind)
    return sorted(weeks)


def told(small: SmallRegister) -> dict[tuple[str, str], list[str]]:
    found = {}
    for file in (small.folder / "outbox").glob("*.eml"):
        letter = parsed(file.read_bytes())
        text = letter.get_body(("plain",))
        assert text is not None
        day = parsedate_to_datetime(letter["Date"]).date().isoformat()
        found[str(letter["To"]).partition("@")[0], day] = sorted(set(LABEL.findall(text.get_content())))
    return found


def test_who_is_told_what_and_when_is_exactly_the_truth(small: SmallRegister, private: Private) -> None:
    readers: list[dict[str, Any]] = load_truth()["people_told"]
    mondays = write_truth(small)
    for reader in readers:
        wishes = (Subscription(one["kind"], one["value"]) for one in reader["interests"])
        subscribe(private, f"{reader['subscriber']}@example.org", *wishes, frequency=reader["frequency"])
    settings = Settings(site="https://followthrough.example.org")
    for day in mondays:
        now = datetime.combine(day, MORNING)
        assert send_digests(small.folder, settings, Outbox(small.folder / "outbox"), now).is_good
    assert told(small) == {
        (reader["subscriber"], str(mail["on"])): sorted(mail["commitments"])
        for reader in readers
        for mail in reader["mails"]
    }
