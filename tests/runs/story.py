"""The sample world told week by week through the weekly run, to the three readers whom its truth names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from db.archive.archive import instant
from db.private.subscribers import Private, Subscription, Wish
from db.register.documents import Register
from digest.settings import Settings
from replica.app import build_app
from replica.server import Running
from replica.stock import WorldStock
from replica.world import load_world
from runs.gathering import SAMPLE_WORLD
from runs.story import mondays
from runs.weekly import Weekly, WeeklyReport
from tests.replica.world.comparison import rows
from tests.replica.world.truth import load_truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

MORNING = time(6, 30, tzinfo=UTC)
READERS: list[dict[str, Any]] = load_truth()["people_told"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week's run: its Monday, how it went, and the events that the register had noticed by then."""

    day: date
    report: WeeklyReport
    noticed: Sequence[Mapping[str, Any]]

    @property
    def crawl(self) -> str:
        """What the run said of its crawl: how many answers were new, or which source failed and why."""
        return next(step.note for step in self.report.steps if step.name == "crawl")


def address(subscriber: str) -> str:
    """Return the address of a reader of the truth."""
    return f"{subscriber}@readers.example.org"


def settings_of(folder: Path) -> Settings:
    """Return settings that send into an outbox beside the data folder, with an operator, and keep two backups."""
    return Settings(
        site="https://followthrough.example.org",
        sender="digest@followthrough.example.org",
        operator="operator@followthrough.example.org",
        outbox=str(folder.parent / "outbox"),
        backups=str(folder.parent / "backups"),
        keep_backups=2,
    )


def subscribe_readers(folder: Path, readers: Sequence[Mapping[str, Any]], at: datetime) -> None:
    """Subscribe the readers of the truth, confirmed before the story begins."""
    private = Private(folder)
    for reader in readers:
        wishes = tuple(Subscription(one["kind"], one["value"]) for one in reader["interests"])
        wish = Wish(frequency=reader["frequency"], wants_empty=False, subscriptions=wishes)
        person = private.add(address(reader["subscriber"]), wish, instant(at))
        private.confirm(person.id, instant(at))
    private.close()


def noticed(folder: Path, day: date) -> list[dict[str, Any]]:
    """Return the events that a Monday's run must tell, by a query of our own."""
    until = f"{day.isoformat()}T06:30:00.000000Z"
    since = f"{(day - timedelta(days=7)).isoformat()}T06:30:00.000000Z"
    return rows(
        folder,
        "SELECT e.kind, e.commitment, c.owner,"  # noqa: S608 -- instants of ours
        " (SELECT group_concat(topic) FROM commitment_topics t WHERE t.commitment = c.id) AS topics,"
        " (SELECT group_concat(recommendation) FROM commitment_recommendations r WHERE r.commitment = c.id) AS linked"
        " FROM events e JOIN commitments c ON c.id = e.commitment"
        f" WHERE e.noticed_at > '{since}' AND e.noticed_at <= '{until}'",
    )


def tell(folder: Path) -> Iterator[Week]:
    """Tell the world Monday by Monday at 06:30 through the weekly run, to the three readers of its truth."""
    world = load_world()
    days = mondays(world)
    register = Register(folder)
    register.set_fact(SAMPLE_WORLD, "yes")
    register.close()
    subscribe_readers(folder, READERS, datetime.combine(days[0], MORNING) - timedelta(days=7))
    with Running(build_app(WorldStock(world), days[0])) as running:
        for day in days:
            running.move(day)
            clock = datetime.combine(day, MORNING)
            report = Weekly(data=folder, settings=settings_of(folder), replica=running.base, clock=clock).run()
            # as the register stood that morning: later sayings may change topics and links
            yield Week(day=day, report=report, noticed=noticed(folder, day))
