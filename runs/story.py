"""Tell the sample world's story: week by week, from a replica on this machine, with the real spiders.

Every Monday the hosts are served as they stood that morning, crawled and processed, with that Monday as today.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from db.archive.archive import FILE as ARCHIVE
from db.register.documents import Register
from db.register.tally import tally
from processing.errors import BadInput
from replica.app import build_app
from replica.server import Running
from replica.stock import WorldStock
from replica.world import load_world
from runs.extract import rules_version
from runs.gathering import SAMPLE_WORLD, gather
from runs.process import process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from db.register.tally import EventLine, Tally
    from replica.world import World
    from runs.gathering import Gathered
    from spiders.runner import SourceReport

TOLD = "sample_told"  # fact: the Monday up to which the story has been told
WORLD = "sample_files"  # fact: which state of the world's files was told
RULES = "sample_rules"  # fact: by which rules the story was judged last
MORNING = time(6, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What one week of the story brought. `number` of `of`; `new` are the events by kind that were not there before."""

    number: int
    of: int
    day: date
    gathered: Gathered
    before: Tally
    after: Tally
    new: Mapping[str, tuple[EventLine, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The world, its Mondays, and how far it was told in a data folder (None: not at all).

    `is_changed`: its files are no longer those that were told. `is_judged_anew`: the rules have changed since.
    """

    world: World
    folder: Path
    mondays: tuple[date, ...]
    told: date | None
    is_changed: bool
    is_judged_anew: bool

    @property
    def left(self) -> tuple[date, ...]:
        """The Mondays that have yet to be told."""
        return tuple(day for day in self.mondays if self.told is None or day > self.told)


def first_day(world: World) -> date:
    """Return the first day on which the world shows anything that happened in it."""
    shown = [sitting.shown for sitting in world.sittings]
    shown += [date.fromisoformat(str(entry["from"])) for entry in (*world.statements, *world.committees)]
    shown += [
        date.fromisoformat(str(s["from"])) for life in (*world.questions, *world.publications) for s in life.states
    ]
    return min(shown)


def mondays(world: World) -> tuple[date, ...]:
    """Return the Mondays on which the story is told: from the first after it begins to the first after it ends."""
    day = _monday_after(first_day(world))
    last = _monday_after(world.last_day)
    return tuple(day + timedelta(weeks=n) for n in range((last - day).days // 7 + 1))


def _monday_after(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def open_story(folder: Path, world_folder: Path) -> Story:
    """Return the story of the world in `world_folder`, and how far it was told in the data folder.

    Raises BadInput where the data folder holds an archive of something else.
    """
    world = load_world(world_folder)
    if not world.sittings and not world.publications:
        raise BadInput(f"{world_folder}: an empty sample world: there is nothing to tell.")
    mark = _mark(world_folder)
    is_new = not (folder / ARCHIVE).exists()
    register = Register(folder)
    try:
        facts = {name: register.fact(name) for name in (SAMPLE_WORLD, TOLD, WORLD, RULES)}
        if not is_new and facts[SAMPLE_WORLD] != "yes":
            raise BadInput(
                f"{folder} holds an archive of real answers, with which the invented sample world must not be mixed."
                " Give another folder with --data."
            )
        if facts[SAMPLE_WORLD] != "yes":
            register.set_fact(SAMPLE_WORLD, "yes")
            register.set_fact(WORLD, mark)
    finally:
        register.close()
    told = facts[TOLD]
    return Story(
        world=world,
        folder=folder,
        mondays=mondays(world),
        told=date.fromisoformat(told) if told else None,
        is_changed=facts[WORLD] not in (None, mark),
        is_judged_anew=told is not None and facts[RULES] != rules_version(),
    )


def _mark(folder: Path) -> str:
    files = sorted(file for file in folder.rglob("*.yml") if file.name != "truth.yml")
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:12]


def tell(story: Story, *, asking: Callable[[date, SourceReport], None] = lambda _day, _report: None) -> Iterator[Week]:
    """Tell the weeks that are left, one by one. `asking` hears of each source of a week when it is done.

    Stopped at any moment and called again on a newly opened story, it goes on with the week that was not finished.
    """
    if story.is_judged_anew and story.told:
        process(story.folder, story.told)
        _note(story.folder, {RULES: rules_version()})
    if not story.left:
        return
    app = build_app(WorldStock(story.world), story.left[0])
    with Running(app) as running:
        for day in story.left:
            running.move(day)
            before = _tally(story.folder)
            gathered = gather(
                story.folder,
                day,
                replica=running.base,
                clock=datetime.combine(day, MORNING),
                told=partial(asking, day),
            )
            _note(story.folder, {TOLD: day.isoformat(), RULES: rules_version()})
            after = _tally(story.folder)
            yield Week(
                number=story.mondays.index(day) + 1,
                of=len(story.mondays),
                day=day,
                gathered=gathered,
                before=before,
                after=after,
                new=_new(before, after),
            )


def _tally(folder: Path) -> Tally:
    register = Register(folder)
    try:
        return tally(register.database)
    finally:
        register.close()


def _note(folder: Path, facts: Mapping[str, str]) -> None:
    register = Register(folder)
    try:
        with register.database.atomic():
            for name, value in facts.items():
                register.set_fact(name, value)
    finally:
        register.close()


def _new(before: Tally, after: Tally) -> dict[str, tuple[EventLine, ...]]:
    found: dict[str, list[EventLine]] = defaultdict(list)
    for key, event in after.events.items():
        if key not in before.events:
            found[event.kind].append(event)
    return {kind: tuple(events) for kind, events in found.items()}
