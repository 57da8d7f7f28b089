"""Whatever the mail server does and whenever we are killed: nobody is told twice, nobody misses anything.

No protocol can tell a mail that arrived without an answer from one that did not. So such a mail is sent again as the
very same bytes under the same Message-ID, of which a mailbox shows one. What must never happen, and is tested here:
two different mails that tell a person of the same event, or an event that no mail tells.
"""

from __future__ import annotations

import multiprocessing
import re
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from db.archive.archive import moment
from db.migrations import open_database
from db.private.subscribers import Private
from digest.post import Smtp
from digest.send import send_digests
from tests.digest.mailbox import Mailbox, serving
from tests.digest.small import SmallRegister, subscribe

if TYPE_CHECKING:
    from digest.settings import Settings

MONDAY = moment("2025-09-08T05:30:00.000000Z")
WEEK = timedelta(days=7)
PEOPLE = ("ann@example.org", "bob@example.org", "cat@example.org")
LOSSES = ("drop before", "drop after")
COMMITMENT = re.compile(r"/commitment/(FT-[0-9]+)\b")
RUNS = 12  # of one morning, at most, until all is well


@dataclass(slots=True)
class Trial:
    """A folder with a register and three readers, and the mailbox that they share."""

    small: SmallRegister
    mailbox: Mailbox = field(default_factory=Mailbox)
    expected: set[str] = field(default_factory=set)

    def happen(self, number: int, week: int) -> None:
        """Let `number` things happen in a week, which the digest of the Monday after it must tell."""
        for _ in range(number):
            key = self.small.commitment(f"we will do thing {self.small.number}")
            noticed = MONDAY + (week - 1) * WEEK + timedelta(days=2)
            self.small.event(key, on=noticed.date().isoformat(), noticed=noticed.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
            self.expected.add(key)

    def check(self, kills: int = 0) -> None:
        """Every reader was told of everything, each thing by one mail; a copy came only where an answer was lost.

        A kill by the clock may lose the answer to one mail, which then comes as a copy.
        """
        for address in PEOPLE:
            mails = self.mailbox.distinct(address)
            told: Counter[str] = Counter()
            for message in mails.values():
                text = message.get_body(("plain",))
                assert text is not None
                content = text.get_content()
                told.update(COMMITMENT.findall(content))
            assert told == Counter(dict.fromkeys(self.expected, 1))
        copies = Counter(str(message["Message-ID"]) for message in self.mailbox.messages())
        excess = sum(
            max(0, count - 1 - self.mailbox.dropped_after_taking[message_id]) for message_id, count in copies.items()
        )
        assert excess <= kills


def begin(folder: Path) -> Trial:
    database = open_database(folder / "followthrough.db", "register")
    small = SmallRegister(folder, database)
    small.begin()
    private = Private(folder)
    for address in PEOPLE:
        subscribe(private, address)
    private.close()
    return Trial(small)


def few_losses(plan: list[str]) -> bool:
    # many tries without an answer end in giving a mail up, and three refusals pause the person: told elsewhere
    return sum(step in LOSSES for step in plan) < 6 and plan.count("refuse") < 3


PLANS = st.lists(st.sampled_from(["take", "later", "delay", "refuse", *LOSSES]), max_size=12).filter(few_losses)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plan=PLANS, first=st.integers(0, 4), second=st.integers(0, 3))
@example(plan=["drop before", "refuse"], first=0, second=1)
@example(plan=["drop after", "refuse"], first=1, second=1)
@example(plan=["take"] * 5 + ["refuse"] * 2, first=1, second=1)
def test_a_server_that_misbehaves_costs_no_event_and_doubles_none(plan: list[str], first: int, second: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        trial = begin(Path(place))
        steps = iter(plan)
        trial.mailbox.plan = lambda: next(steps, "take")
        for found in serving(trial.mailbox):
            # a mail that is refused waits for the next week, and two may be refused one after the other
            for week, number in enumerate((first, second, 0, 0)):
                trial.happen(number, week)
                for _ in range(RUNS):
                    if send_digests(Path(place), found, Smtp(found), MONDAY + week * WEEK).is_good:
                        break
        trial.small.database.close()
        trial.check()


def send_in_a_process(folder: str, found: Settings, week: int) -> None:
    send_digests(Path(folder), found, Smtp(found), MONDAY + week * WEEK)


@dataclass(slots=True)
class Killer:
    """Runs sendings in processes of their own and kills them: after a time, or when the server holds a mail."""

    mailbox: Mailbox
    process: Any = None
    context: Any = field(default_factory=lambda: multiprocessing.get_context("forkserver"))

    def run(self, folder: Path, found: Settings, week: int, kill_after: float | None) -> None:
        self.process = self.context.Process(target=send_in_a_process, args=(str(folder), found, week))
        self.process.start()
        self.process.join(kill_after)
        if kill_after is not None:
            self.process.kill()
        self.process.join()
        self.process.close()

    def plan(self, steps: list[str]) -> None:
        """`kill before` and `kill after`: SIGKILL while the server holds the mail, and takes it or not."""
        left = iter(steps)

        def step() -> str:
            found = next(left, "take")
            if not found.startswith("kill"):
                return found
            self.process.kill()
            return "drop before" if found == "kill before" else "drop after"

        self.mailbox.plan = step


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    multiprocessing.get_context("forkserver").set_forkserver_preload(["tests.digest.test_exactly_once"])


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    steps=st.lists(st.sampled_from(["take", "kill before", "kill after", "delay"]), max_size=6).filter(
        lambda steps: sum(step.startswith("kill") for step in steps) < 5
    ),
    delays=st.lists(st.floats(0.02, 0.4), max_size=3),
    number=st.integers(1, 4),
)
def test_sigkill_at_any_moment_costs_no_event_and_doubles_none(
    steps: list[str], delays: list[float], number: int
) -> None:
    with tempfile.TemporaryDirectory() as place:
        trial = begin(Path(place))
        trial.happen(number, 0)
        killer = Killer(trial.mailbox)
        killer.plan(steps)
        for found in serving(trial.mailbox):
            for delay in delays:
                killer.run(Path(place), found, 0, delay)
            for _ in range(RUNS):
                killer.run(Path(place), found, 0, None)
                if len(trial.mailbox.distinct(PEOPLE[-1])) == 1:
                    break
            killer.run(Path(place), found, 0, None)
        trial.small.database.close()
        trial.check(kills=len(delays))


def test_the_check_itself_sees_a_double_and_a_miss(tmp_path: Path) -> None:
    trial = begin(tmp_path)
    trial.happen(1, 0)
    for found in serving(trial.mailbox):
        send_digests(tmp_path, found, Smtp(found), MONDAY)
        trial.check()
        private = Private(tmp_path)
        private.database.execute("DELETE FROM sends")
        private.database.execute("UPDATE subscribers SET told_to = '2025-09-01T00:00:00.000000Z'")
        private.close()
        send_digests(tmp_path, found, Smtp(found), MONDAY + WEEK)
    with pytest.raises(AssertionError):
        trial.check()
    trial.mailbox.taken.clear()
    with pytest.raises(AssertionError):
        trial.check()
    trial.small.database.close()
