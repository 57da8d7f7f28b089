"""The replica misbehaves: each fault is named, spoils nothing, and the next crawl ends as if it had never been."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from db.archive import Archive
from replica.app import build_app
from replica.server import Running
from replica.stock import WorldStock
from replica.world import load_world
from spiders.runner import crawl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spiders.runner import SourceReport

ROOT = Path(__file__).parent.parent.parent
SMALL = ROOT / "tests" / "replica" / "small_world"
TODAY = date(2025, 9, 15)
CLOCK = datetime(2025, 9, 15, 6, tzinfo=UTC)
Kept = list[tuple[str, int, str]]


@pytest.fixture(scope="module")
def replica() -> Iterator[Running]:
    """Run the replica over a small world, well behaved."""
    with Running(build_app(WorldStock(load_world(SMALL)), TODAY)) as running:
        yield running


def crawled(running: Running, folder: Path, source: str) -> SourceReport:
    # the House sat on the 3rd too, and the small world has nothing of it
    until = date(2025, 9, 2) if source == "hansard" else TODAY
    how: dict[str, Any] = {"since": date(2025, 9, 1), "until": until, "clock": CLOCK, "replica": running.base}
    settings = {"DOWNLOAD_TIMEOUT": 3, "RETRY_TIMES": 1, "RETRY_BACKOFF_SECONDS": 0.01}
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
    for source in ("hansard", "written_questions", "govuk"):
        folder = tmp_path_factory.mktemp(source)
        crawled(replica, folder, source)
        found[source] = (kept(folder), states(folder))
    return found


DEBATE = "/hansard-api.parliament.uk/debates/debate/*"
TREE = "/hansard-api.parliament.uk/overview/sectiontrees.json"
PAGE = "/www.gov.uk/api/content/government/publications/lamp-strategy"
FILE = "/assets.publishing.service.gov.uk/*"
QUESTION = "/questions-statements-api.parliament.uk/api/writtenquestions/questions"
# the fault and where it befalls, the source, and the words that the operator reads; none: the crawl is good
FAULTS = {
    "500": (f"500:{DEBATE}", "hansard", "answered 500"),
    "503 that passes": (f"503:{DEBATE}:1", "hansard", None),
    "429 that passes": (f"429:{DEBATE}:1", "hansard", None),
    "time-out": (f"time-out:{TREE}", "hansard", "DownloadTimeoutError"),
    "cut off": (f"cut-off:{DEBATE}", "hansard", "the answer is no whole JSON"),
    "challenge": (f"challenge:{PAGE}", "govuk", "answered with a web page where JSON was due"),
    "challenge with 403": (f"challenge-403:{PAGE}", "govuk", "answered with a challenge for browsers"),
    "renamed field": (f"renamed-field:{DEBATE}", "hansard", "is missing"),
    "new field": (f"new-field:{DEBATE}", "hansard", None),
    "unknown item": (f"unknown-item:{DEBATE}", "hansard", None),
    "unknown kind of page": (f"unknown-item:{PAGE}", "govuk", "schema_name 'hologram' is not known"),
    "ignored parameter": (f"ignored-parameter:{QUESTION}", "written_questions", "lies outside what was asked for"),
    "redirect loop": (f"redirect-loop:{PAGE}", "govuk", "max redirections reached"),
    "600 MB": (f"huge:{FILE}", "govuk", "is above the limit of 25 MB"),
    "wrong encoding": (f"wrong-encoding:{DEBATE}", "hansard", "the answer is no whole JSON"),
}


@pytest.mark.parametrize(("fault", "source", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_and_the_next_crawl_ends_as_if_it_had_never_been(
    replica: Running,
    undisturbed: dict[str, tuple[Kept, dict[str, str]]],
    tmp_path: Path,
    fault: str,
    source: str,
    words: str | None,
) -> None:
    replica.misbehave(fault)
    try:
        report = crawled(replica, tmp_path, source)
    finally:
        replica.misbehave("")
    assert report.outcome == ("failed" if words else "good")
    if words:
        assert words in "\n".join(report.reasons)
        assert "failed" in states(tmp_path).values()
    before, wanted = kept(tmp_path), undisturbed[source]
    assert len(before) <= len(wanted[0])
    report = crawled(replica, tmp_path, source)
    if "huge" in fault:
        # what is too large is not asked for again: it stays a gap with a name
        assert [url for url, _, _ in wanted[0] if url not in {u for u, _, _ in kept(tmp_path)}] != []
        return
    assert report.outcome == "good"
    assert states(tmp_path) == wanted[1]
    if words or "that passes" in fault:
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
