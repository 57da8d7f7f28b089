"""What all tests share: where things lie, what is left out, and a guard against the outside network."""

from __future__ import annotations

import os
import pickle
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.runs.story import Week

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
# The few files with tests that need recorded answers or labels kept outside the project, and what for. Everything
# else runs from a checkout alone, on fixtures of the project's own in the exact shape of the upstream's answers.
NEED_SHARED = {
    "commands/test_real_recorded.py": "recorded answers of all sources go through crawl and process",
    "commands/test_real_twfy.py": "recorded days of TheyWorkForYou go through import and process",
    "processing/timing/test_tables.py": "the labelled table of timing phrases, in one test",
    "replica/test_contracts.py": "the trimmed contracts are held to the official ones, and those to recorded answers",
    "spiders/test_recorded.py": "recorded answers of Parliament are read or refused by name",
    "spiders/test_recorded_govuk.py": "recorded pages of GOV.UK are read or left out by decision",
    "spiders/test_recorded_twfy.py": "recorded files of TheyWorkForYou are read whole",
    "training/test_measure.py": "the figures on real answers, and the pages that state them",
    "training/test_real.py": "labels of real paragraphs fit their text",
    "training/test_train.py": "training again gives the shipped weights",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-expected", action="store_true", help="write missing expected files, and still fail")


@pytest.fixture(scope="session", autouse=True)
def compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let the programs that tests start share what Python compiles: each would compile all libraries anew.

    Only where the environment forbids Python to keep it beside the sources, which takes half of each program's time.
    """
    with pytest.MonkeyPatch.context() as patch:
        if os.environ.get("PYTHONDONTWRITEBYTECODE"):
            patch.delenv("PYTHONDONTWRITEBYTECODE")
            patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("compiled")))
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of recorded answers and labelled sets; tests that need it are left out where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("left out: no ../shared beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def samples(shared: Path) -> Path:
    """Return the recorded answers and official contracts."""
    return shared / "samples"


@pytest.fixture(scope="session")
def gold(shared: Path) -> Path:
    """Return the labelled sets and their scorer."""
    return shared / "gold"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRegister:
    """The sample world told to its end: the data folder, and what each week brought. Copy the folder to change it."""

    folder: Path
    weeks: tuple[Week, ...]


@pytest.fixture(scope="session")
def sample_register(tmp_path_factory: pytest.TempPathFactory) -> SampleRegister:
    """Tell the sample world once a session, through the weekly run with three subscribers: about 60 s of one core."""
    # the machinery of crawling is loaded only where a test needs it
    from tests.runs.story import tell  # noqa: PLC0415

    place = tmp_path_factory.getbasetemp()
    # processes that share the tests have folders side by side; the first to come tells the story for all of them
    place = (place.parent if "PYTEST_XDIST_WORKER" in os.environ else place) / "sample"
    folder, told = place / "data", place / "weeks.pickle"
    with FileLock(f"{place}.lock"):
        if not told.exists():
            weeks = tuple(tell(folder))
            told.write_bytes(pickle.dumps(weeks))
        return SampleRegister(folder=folder, weeks=pickle.loads(told.read_bytes()))  # noqa: S301 -- written just above


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            pytest.fail(f"a test tried to reach {address[0]}: only loopback is allowed")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many tests were left out for want of ../shared or chromium."""
    left_out = [report for report in terminalreporter.stats.get("skipped", []) if "left out" in str(report.longrepr)]
    terminalreporter.write_line(f"left out for what is not on this machine: {len(left_out)}")
