"""The replica misbehaves: each fault is named, spoils nothing, and the next crawl ends as if it had never been."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import pytest

from commands.crawl import ends_well, tell
from db.archive.archive import Archive
from replica.app import build_app
from replica.faults import NAMES
from replica.server import Running
from replica.stock import WorldStock
from replica.world import load_world
from spiders.runner import CrawlReport, crawl

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from spiders.runner import SourceReport

ROOT = Path(__file__).parent.parent.parent
SMALL = ROOT / "tests" / "replica" / "small_world"
TODAY = date(2025, 9, 15)
CLOCK = datetime(2025, 9, 15, 6, tzinfo=UTC)
Kept = list[tuple[str, int, str]]


@pytest.fixture(scope="module")
def replica() -> Iterator[Running]:
    """Run the replica over a small world, well behaved, with so many members that their list has pages."""
    world = load_world(SMALL)
    others = [replace(world.people[0], id=9100 + n, name=f"Member {n}", posts=()) for n in range(45)]
    with Running(build_app(WorldStock(replace(world, people=(*world.people, *others))), TODAY)) as running:
        yield running


def crawled(
    running: Running, folder: Path, source: str, differing: Mapping[str, float] = MappingProxyType({})
) -> SourceReport:
    # the House sat on the 3rd too, and the small world has nothing of it
    until = date(2025, 9, 2) if source == "hansard" else TODAY
    how: dict[str, Any] = {"since": date(2025, 9, 1), "until": until, "clock": CLOCK, "replica": running.base}
    settings = {"DOWNLOAD_TIMEOUT": 3, "RETRY_TIMES": 1, "RETRY_BACKOFF_SECONDS": 0.01, **differing}
    (report,) = crawl([source], folder, **how, settings=settings).sources
    return report


def kept(folder: Path) -> Kept:
    """Return address, status and hash of the last answer of each address in an archive; nothing where there is none."""
    if not (folder / "archive.db").exists():
        return []
    archive = Archive(folder)
    last = {
        k.answer.url: (k.answer.url, k.answer.status, k.hash) for s in archive.sources() for k in archive.answers(s)
    }
    archive.close()
    return sorted(last.values())


def has_a_page(file: Path) -> bool:
    """Look into the archive that a crawl is writing, without a hand in its making."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            found = database.execute("SELECT count(*) FROM answers WHERE url LIKE '%/api/content/%'").fetchone()
    except sqlite3.OperationalError:
        return False  # not there yet
    return bool(found[0])


def states(folder: Path) -> dict[str, str]:
    archive = Archive(folder)
    found = {asked.scope: asked.state for asked in archive.coverage()}
    archive.close()
    return found


@pytest.fixture(scope="module")
def undisturbed(replica: Running, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Kept, dict[str, str]]]:
    """Return what a crawl without a fault leaves of each source."""
    found = {}
    for source in ("hansard", "written_questions", "govuk", "members"):
        folder = tmp_path_factory.mktemp(source)
        crawled(replica, folder, source)
        found[source] = (kept(folder), states(folder))
    return found


DEBATE = "/hansard-api.parliament.uk/debates/debate/*"
TREE = "/hansard-api.parliament.uk/overview/sectiontrees.json"
PAGE = "/www.gov.uk/api/content/government/publications/lamp-strategy"
FILE = "/assets.publishing.service.gov.uk/media/*"
QUESTION = "/questions-statements-api.parliament.uk/api/writtenquestions/questions"
MEMBERS = "/members-api.parliament.uk/api/Members/Search"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A fault, the source that it befalls, and what differs in the settings so that nobody waits for an hour."""

    fault: str
    source: str = "hansard"
    settings: Mapping[str, float] = field(default_factory=dict)


# by the name that the table in docs/running.md gives to each
FAULTS = {
    "errors that pass": Case(fault=f"503:{DEBATE}:1"),
    "errors that stay": Case(fault=f"500:{DEBATE}"),
    "no answer in time": Case(fault=f"time-out:{TREE}", settings={"RETRY_TIMES": 0}),
    "a short rest wanted (429 with Retry-After)": Case(fault=f"429:{DEBATE}:1"),
    "a long rest wanted (429 with Retry-After)": Case(
        fault=f"429:{DEBATE}", settings={"RETRY_AFTER_LIMIT_SECONDS": 0.5}
    ),
    "an answer cut off": Case(fault=f"cut-off:{DEBATE}"),
    "an answer in the wrong encoding": Case(fault=f"wrong-encoding:{DEBATE}"),
    "a challenge page with status 200": Case(fault=f"challenge:{PAGE}", source="govuk"),
    "a challenge page with status 403": Case(fault=f"challenge-403:{PAGE}", source="govuk"),
    "a field that is renamed": Case(fault=f"renamed-field:{DEBATE}"),
    "a field that is new": Case(fault=f"new-field:{DEBATE}"),
    "an unknown type of item": Case(fault=f"unknown-item:{DEBATE}"),
    "an unknown kind of page": Case(fault=f"unknown-item:{PAGE}", source="govuk"),
    "a parameter that is ignored": Case(fault=f"ignored-parameter:{QUESTION}", source="written_questions"),
    # the second page of the list is the first that can have shifted
    "a listing that shifts while it is paged": Case(fault=f"shifting-list:{MEMBERS}:2", source="members"),
    "a listing that never stands still": Case(fault=f"shifting-list:{MEMBERS}", source="members"),
    "redirects without end": Case(fault=f"redirect-loop:{PAGE}", source="govuk"),
    "an attachment of 600 MB": Case(fault=f"huge:{FILE}", source="govuk"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What docs/running.md says of a fault: the line printed, where an ellipsis is anything, and the exit code."""

    printed: str
    exit_code: int

    def stands_in(self, output: str) -> bool:
        """Tell whether one of the lines printed is as the page has it."""
        line = re.compile(".*".join(map(re.escape, self.printed.split("…"))))
        return any(line.fullmatch(each.strip()) for each in output.splitlines())


def rows() -> dict[str, Row]:
    """Return the table of faults in docs/running.md, by the name of the fault."""
    page = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    table = page.split("| what the site does |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    return {name: Row(printed=printed.strip("`"), exit_code=int(code)) for name, printed, code, _ in cells}


def test_the_table_of_faults_names_those_that_are_tried_here() -> None:
    assert list(rows()) == list(FAULTS)
    tried = {case.fault.split(":")[0] for case in FAULTS.values()}
    # a slow answer is no fault by itself: one that is too slow is
    assert tried == set(NAMES) - {"slow"}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_as_the_page_says_and_the_next_crawl_ends_as_if_it_had_never_been(
    replica: Running,
    undisturbed: dict[str, tuple[Kept, dict[str, str]]],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    name: str,
) -> None:
    case, row = FAULTS[name], rows()[name]
    replica.misbehave(case.fault)
    try:
        report = crawled(replica, tmp_path, case.source, case.settings)
    finally:
        replica.misbehave("")
    tell(report)
    is_good = ends_well(CrawlReport(sources=(report,)))
    captured = capfd.readouterr()
    printed = captured.out + captured.err
    assert row.stands_in(printed), printed
    assert row.exit_code == (0 if is_good else 1)
    assert ("failed" in states(tmp_path).values()) == (not is_good)

    before, wanted = kept(tmp_path), undisturbed[case.source]
    assert len(before) <= len(wanted[0])
    report = crawled(replica, tmp_path, case.source)
    assert report.outcome == "good"
    if "huge" in case.fault:
        # what is too large is not asked for again: it stays a gap with a name
        assert [url for url, _, _ in wanted[0] if url not in {u for u, _, _ in kept(tmp_path)}] != []
        return
    assert states(tmp_path) == wanted[1]
    if not is_good or "pass" in name:
        assert kept(tmp_path) == wanted[0]


def test_a_crawl_killed_between_a_page_and_its_files_fetches_these_when_started_again(
    replica: Running, undisturbed: dict[str, tuple[Kept, dict[str, str]]], tmp_path: Path
) -> None:
    task = {
        "names": ["govuk"], "folder": str(tmp_path), "replica": replica.base, "settings": {},
        "since": "2025-09-01", "until": TODAY.isoformat(), "clock": CLOCK.isoformat(),
    }  # fmt: skip
    replica.misbehave(f"time-out:{FILE}")
    try:
        with subprocess.Popen([sys.executable, "-m", "spiders.runner", json.dumps(task)], cwd=ROOT) as child:  # noqa: S603
            while not has_a_page(tmp_path / "archive.db"):
                assert child.poll() is None, "the crawl ended before it was killed"
                time.sleep(0.02)
            os.kill(child.pid, signal.SIGKILL)
    finally:
        replica.misbehave("")
    assert not any("assets" in url for url, _, _ in kept(tmp_path))
    assert crawled(replica, tmp_path, "govuk").outcome == "good"
    assert kept(tmp_path) == undisturbed["govuk"][0]
