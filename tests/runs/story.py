"""The sample world told week by week through the weekly run, to the three readers whom its truth names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from db.archive import instant
from db.private import Private, Subscription, Wish
from db.register import Register
from digest.settings import Settings
from replica.app import build_app
from replica.server import Running
from replica.stock import WorldStock
from replica.world import load_world
from runs.story import mondays
from runs.weekly import Weekly, WeeklyReport
from tests.world.comparison import rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

MORNING = time(6, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The data folder after the last week; by Monday, how the run went and what it had noticed by then."""

    folder: Path
    reports: Mapping[date, WeeklyReport]
    noticed: Mapping[date, Sequence[Mapping[str, Any]]]


def address(subscriber: str) -> str:
    """Return the address of a reader of the truth."""
    return f"{subscriber}@readers.example.org"


def settings_of(folder: Path) -> Settings:
    """Return settings that send into an outbox, with an operator, and keep two backups."""
    return Settings(
        site="https://followthrough.example.org",
        sender="digest@followthrough.example.org",
        operator="operator@followthrough.example.org",
        outbox=str(folder / "outbox"),
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


def tell(folder: Path, readers: Sequence[Mapping[str, Any]], weeks: int | None = None) -> Told:
    """Tell the world Monday by Monday at 06:30, all of it or the first weeks."""
    world = load_world()
    days = mondays(world)[:weeks]
    register = Register(folder)
    register.set_fact("sample_world", "yes")
    register.close()
    subscribe_readers(folder, readers, datetime.combine(days[0], MORNING) - timedelta(days=7))
    reports, seen = {}, {}
    with Running(build_app(WorldStock(world), days[0])) as running:
        for day in days:
            running.move(day)
            run = Weekly(
                data=folder,
                settings=settings_of(folder),
                replica=running.base,
                clock=datetime.combine(day, MORNING),
            )
            reports[day] = run.run()
            # as the register stood that morning: later sayings may change topics and links
            seen[day] = noticed(folder, day)
    return Told(folder=folder, reports=reports, noticed=seen)
