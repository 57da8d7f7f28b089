"""How long a thousand digests take to a local mail server, and how many a second: `python -m bench.digest [PEOPLE]`."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from db.archive.archive import moment
from db.migrations import open_database
from db.private.subscribers import Private, Subscription, Wish
from digest.post import Smtp
from digest.send import send_digests
from digest.settings import Settings
from tests.digest.mailbox import AnyPort
from tests.digest.small import JOINED, SmallRegister

COMMITMENTS = 60
LIMIT_SECONDS = 20


class Counting:
    """Takes every mail and counts."""

    def __init__(self) -> None:
        self.mails = 0
        self.bytes = 0

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802 -- aiosmtpd's
        self.mails += 1
        self.bytes += len(getattr(envelope, "content", b""))
        return "250 OK"


def prepare(folder: Path, people: int) -> None:
    """Write a register with a busy week, and subscribers with different wishes."""
    database = open_database(folder / "followthrough.db", "register")
    small = SmallRegister(folder, database)
    small.begin()
    kinds = ("said", "slipped", "evidence", "due date passed", "restated")
    for number in range(COMMITMENTS):
        key = small.commitment(
            f"we will publish part {number} of the strategy for the protection of children by spring 2026",
            topics=("casey",) if number % 2 else ("support",),
            owner="Home Office" if number % 3 else "Department for Education",
        )
        small.event(key, kinds[number % 5], before="we will publish it by the summer" if number % 5 == 1 else None)
    database.close()
    wishes = (
        Subscription("everything"),
        Subscription("topic", "casey"),
        Subscription("department", "Home Office"),
        Subscription("search", "owner=Department+for+Education&status=open"),
    )
    private = Private(folder)
    for number in range(people):
        # a hundred different sets of wishes: what is rendered for one serves ten
        own = Subscription("search", f"words=strategy&due_to=2026-{number % 12 + 1:02}-{number % 25 // 12 + 10}")
        wish = Wish(frequency="weekly", wants_empty=False, subscriptions=(wishes[number % 4], own))
        private.confirm(private.add(f"reader{number}@example.org", wish, JOINED).id, JOINED)
    private.close()


def main() -> None:
    """Print the figures; exit 1 where the limit for a thousand is not kept."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    taken = Counting()
    controller = AnyPort(taken, hostname="127.0.0.1", port=0)
    controller.start()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        prepare(folder, people)
        settings = Settings(
            site="https://followthrough.example.org",
            sender="digest@followthrough.example.org",
            smtp_host="127.0.0.1",
            smtp_port=controller.port,
            smtp_tls="none",
        )
        began, worked = time.perf_counter(), time.process_time()
        report = send_digests(folder, settings, Smtp(settings), moment("2025-09-08T05:30:00.000000Z"))
        seconds, busy = time.perf_counter() - began, time.process_time() - worked
    controller.stop()
    size = taken.bytes / max(taken.mails, 1) / 1000
    print(f"{report.sent} sent, {taken.mails} taken, {size:.0f} kB each: {seconds:.1f} s ({busy:.1f} s of processor)")
    if seconds > LIMIT_SECONDS * people / 1000:
        sys.exit(f"slower than {LIMIT_SECONDS} s a thousand")


if __name__ == "__main__":
    main()
