"""The weekly run: crawl, process, digest, backup, each step resumable; then the alarms and the sign of life."""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from db.archive.archive import instant, moment
from db.queries import fact
from db.register import health
from db.register.documents import Register
from db.taking_out.backup import back_up, is_newer_than_backups, note_covered
from digest.post import open_post
from digest.send import send_digests
from processing.errors import FollowthroughError
from processing.london import LONDON
from runs import alarms, operator
from runs.process import process
from showing import wording
from spiders.runner import crawl

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from digest.send import SendReport
    from digest.settings import Settings
    from runs.alarms import Alarm

logger = logging.getLogger(__name__)
STEPS = ("crawl", "process", "digest", "backup")
SAVED = "backup before"  # not one of STEPS: a run that goes on must still make its own backup
RESUMED = timedelta(hours=12)  # an older run that was killed is not gone on with, but begun anew
LOG = "runs.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStep:
    """How one step went: good, failed, or left out because an earlier one failed or had been done."""

    name: str
    outcome: str
    seconds: float = 0.0
    counts: dict[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyReport:
    """How a weekly run went."""

    steps: tuple[RunStep, ...]
    alarms: tuple[Alarm, ...]
    problems: tuple[str, ...]
    seconds: float

    @property
    def is_green(self) -> bool:
        """Whether all went well and nobody need look."""
        return not self.alarms and not self.problems and all(step.outcome != "failed" for step in self.steps)

    @property
    def summary(self) -> str:
        """The run in one line."""
        told = "; ".join(f"{step.name} {step.outcome}{f' ({step.note})' if step.note else ''}" for step in self.steps)
        state = "green" if self.is_green else f"not green, {wording.plural(len(self.alarms), 'alarm')}"
        return f"weekly: {state}; {told}; {self.seconds:.0f} s"


@dataclass(slots=True, kw_only=True)
class Weekly:
    """One weekly run on a data folder. `clock` stands still for demonstrations; None is the real one.

    `pause` waits so many seconds.
    """

    data: Path
    settings: Settings
    replica: str | None = None
    clock: datetime | None = None
    sent: SendReport | None = None
    crawl_settings: dict[str, Any] = field(default_factory=dict)
    told_since: str = ""
    progress: Callable[[str], None] = lambda _: None
    pause: Callable[[float], None] = time.sleep

    def now(self) -> datetime:
        return self.clock or datetime.now(tz=UTC)

    @property
    def today(self) -> date:
        return self.now().astimezone(LONDON).date()

    def run(self, steps: tuple[str, ...] = STEPS) -> WeeklyReport:
        """Do the steps in order. A run that was killed within the last hours is gone on with."""
        began = time.monotonic()
        number, done = self._begin()
        found: list[RunStep] = []
        if "backup" in steps and self._is_unsaved():
            # what somebody did by hand since the last run must outlive this one
            found += [step for step in [self._step(SAVED, [], is_done=False)] if step.outcome == "failed"]
        for name in steps:
            found.append(self._step(name, found, is_done=name in done))
            self._log(found[-1])
        seconds = time.monotonic() - began
        report = WeeklyReport(steps=tuple(found), alarms=tuple(self._alarms(found)), problems=(), seconds=seconds)
        report = self._tell(report)
        self._finish(number, report)
        if any(step.name == "backup" and step.outcome == "good" for step in found):
            note_covered(self.settings.backup_folder(self.data))
        return report

    def _is_unsaved(self) -> bool:
        return (self.data / "archive.db").exists() and is_newer_than_backups(
            self.data, self.settings.backup_folder(self.data)
        )

    def _begin(self) -> tuple[int, set[str]]:
        register = Register(self.data)
        try:
            connection = register.database.conn
            last = health.last_run(connection, "weekly")
            if last and last.finished_at is None and moment(last.started_at) > self.now() - RESUMED:
                done = {step.command for step in health.runs_since(connection, last.id) if step.outcome == "good"}
                return last.id, done & set(STEPS)
            self.told_since = (last.finished_at or last.started_at) if last else ""
            return health.begin_run(connection, "weekly", instant(self.now())), set()
        finally:
            register.close()

    def _step(self, name: str, before: list[RunStep], *, is_done: bool) -> RunStep:
        if is_done:
            return RunStep(name=name, outcome="done before")
        if name == "digest" and any(step.name == "process" and step.outcome == "failed" for step in before):
            return RunStep(name=name, outcome="left out", note="the register is not up to date")
        self.progress(f"{name} ...")
        began = time.monotonic()
        work = {
            SAVED: self._back_up,
            "crawl": self._crawl,
            "process": self._process,
            "digest": self._digest,
            "backup": self._back_up,
        }
        number = self._note_step(name)
        try:
            outcome, counts, note = work[name]()
        except (FollowthroughError, OSError, sqlite3.Error) as error:
            outcome, counts, note = "failed", {}, str(error)
        except Exception as error:
            # a bug of ours in one step must not keep the operator from hearing of it
            logger.exception("the step %s broke", name)
            outcome, counts, note = "failed", {}, f"{type(error).__name__}: {error}"
        self._note_step(name, number, outcome, counts, note)
        return RunStep(name=name, outcome=outcome, seconds=time.monotonic() - began, counts=counts, note=note)

    def _note_step(
        self, name: str, number: int = 0, outcome: str = "", counts: dict[str, Any] | None = None, note: str = ""
    ) -> int:
        if name == "process":
            # noted with the register itself, in one transaction
            return 0
        register = Register(self.data)
        try:
            if not outcome:
                return health.begin_run(register.database.conn, name, instant(self.now()))
            health.finish_run(register.database.conn, number, instant(self.now()), outcome, counts or {}, note)
            return number
        finally:
            register.close()

    def _crawl(self) -> tuple[str, dict[str, Any], str]:
        report = crawl(
            (),
            self.data,
            replica=self.replica,
            until=self.today,
            clock=self.clock,
            settings=self.crawl_settings,
            time_limit=self.settings.source_minutes * 60.0,
            progress=lambda one: self.progress(f"  {one.source}: {one.outcome}"),
        )
        failed = [f"{one.source}: {'; '.join(one.reasons)}" for one in report.sources if one.outcome != "good"]
        counts = {one.source: dict(one.counts) for one in report.sources}
        new = sum(one.counts.get("new_answers", 0) for one in report.sources)
        return "failed" if failed else "good", counts, "; ".join(failed) or f"{new} new answers"

    def _process(self) -> tuple[str, dict[str, Any], str]:
        done = process(self.data, self.today, began=self.clock)
        counts = {**done.read, "judged": done.judged, **asdict(done.derived)}
        note = f"{done.derived.commitments} commitments, {done.derived.events} events"
        if done.read["refused"]:
            return "failed", counts, f"{done.read['refused']} answers could not be read; {note}"
        return "good", counts, note

    def _digest(self) -> tuple[str, dict[str, Any], str]:
        report = self._send()
        if report.is_worth_another_try and self.settings.retry_minutes:
            # many servers put a stranger's first mail off, and take the second some minutes later
            self.progress(f"  some mails were not taken: once more in {self.settings.retry_minutes} minutes")
            self.pause(self.settings.retry_minutes * 60.0)
            report = report.followed_by(self._send())
        self.sent = report
        return "good" if report.is_good else "failed", report.counts, f"{report.sent} mails"

    def _send(self) -> SendReport:
        return send_digests(self.data, self.settings, open_post(self.settings, self.data), self.now())

    def _back_up(self) -> tuple[str, dict[str, Any], str]:
        target = back_up(self.data, self.settings.backup_folder(self.data), self.now(), self.settings.keep_backups)
        return "good", {}, target.name

    def _alarms(self, steps: list[RunStep]) -> list[Alarm]:
        found = [
            alarms.Alarm(
                what=f"The step {step.name} failed",
                where=step.note,
                to_do="Run `followthrough weekly` again: it goes on from there. See docs/running.md.",
            )
            for step in steps
            if step.outcome == "failed" and step.name != "digest"
        ]
        register = Register(self.data)
        try:
            found += alarms.register_alarms(register.database.conn, self.today, self.told_since)
        finally:
            register.close()
        return [*found, *alarms.mail_alarms(self.sent), *alarms.disk_alarm(self.data)]

    def _tell(self, report: WeeklyReport) -> WeeklyReport:
        register = Register(self.data)
        try:
            is_sample = fact(register.database.conn, "sample_world") == "yes"
        finally:
            register.close()
        post = open_post(self.settings, self.data)
        problems = operator.tell(report.alarms, report.summary, self.settings, post, self.now(), is_sample=is_sample)
        problems += operator.ping(self.settings, is_good=report.is_green)
        return WeeklyReport(steps=report.steps, alarms=report.alarms, problems=tuple(problems), seconds=report.seconds)

    def _finish(self, number: int, report: WeeklyReport) -> None:
        register = Register(self.data)
        try:
            health.finish_run(
                register.database.conn,
                number,
                instant(self.now()),
                "good" if report.is_green else "failed",
                {step.name: step.outcome for step in report.steps},
                "; ".join(str(alarm) for alarm in report.alarms),
            )
        finally:
            register.close()
        self._log(
            RunStep(
                name="weekly",
                outcome="good" if report.is_green else "failed",
                seconds=report.seconds,
                counts={"alarms": [str(alarm) for alarm in report.alarms]},
                note="; ".join(report.problems),
            )
        )

    def _log(self, step: RunStep) -> None:
        """Append a line of JSON to the log: for programs that watch, without anything of a person."""
        line = {"at": instant(self.now()), **asdict(step), "seconds": round(step.seconds, 2)}
        with (self.data / LOG).open("a", encoding="utf-8") as log:
            log.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")
