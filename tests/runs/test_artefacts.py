"""The workflow without a server: what it keeps, and that nobody's address lies in it in clear."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from db.archive.archive import Archive
from db.private.subscribers import Private
from db.register.documents import Register
from tests.digest.small import subscribe

if TYPE_CHECKING:
    from collections.abc import Iterator

ADDRESS = "ann@example.org"
# stands in for GitHub's program: one artefact, or none, in a folder
GH = """#!/bin/sh
if [ "$1" = api ]; then if [ -d "$ARTEFACT" ]; then echo 17; fi; exit; fi
[ "$1 $2 $3 $4 $5 $6" = "run download 17 --name databases --dir" ] && cp -R "$ARTEFACT" "$7"
"""


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine of the workflow, which forgets all but the artefact."""

    place: Path
    script: Path

    @property
    def artefact(self) -> Path:
        return self.place / "artefact"

    def call(self, what: str, data: Path, kept: Path, **changes: str) -> subprocess.CompletedProcess[str]:
        """Run a step of the workflow."""
        environment = {
            "PATH": f"{self.place}:/usr/bin:/bin",
            "HOME": str(self.place),
            "GNUPGHOME": str(self.place / "keys"),
            "ARTEFACT": str(self.artefact),
            "GITHUB_REPOSITORY": "charity/followthrough",
            "FOLLOWTHROUGH_DATA": str(data),
            "FOLLOWTHROUGH_COMMAND": str(Path(sys.executable).parent / "followthrough"),
            "FOLLOWTHROUGH_ARTEFACT_KEY": "a long passphrase",
            **changes,
        }
        command = [str(self.script), what, str(kept)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 -- our own


@pytest.fixture
def machine(root: Path, tmp_path: Path) -> Iterator[Machine]:
    if shutil.which("gpg") is None:
        pytest.skip("left out: no gpg on this machine")
    program = tmp_path / "gh"
    program.write_text(GH, encoding="utf-8")
    program.chmod(0o755)
    keys = tmp_path / "keys"
    keys.mkdir(mode=0o700)
    yield Machine(tmp_path, root / "deploy" / "github" / "databases")
    environment = {**os.environ, "GNUPGHOME": str(keys)}
    subprocess.run(["gpgconf", "--kill", "all"], env=environment, check=True)  # noqa: S607 -- gpg's own


@pytest.fixture
def kept(machine: Machine, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """Keep the databases of a first run with one subscriber as the artefact."""
    data = tmp_path / "first"
    Archive(data).close()
    Register(data).close()
    private = Private(data)
    subscribe(private, ADDRESS)
    private.close()
    assert ADDRESS.encode() in (data / "private.db").read_bytes()
    return machine.call("keep", data, machine.artefact)


def test_the_artefact_names_no_subscriber_and_the_next_run_has_them_back(
    machine: Machine, kept: subprocess.CompletedProcess[str], tmp_path: Path
) -> None:
    assert (kept.returncode, kept.stderr) == (0, "")
    files = {file.name: file.read_bytes() for file in machine.artefact.iterdir()}
    assert sorted(files) == ["archive.db", "followthrough.db", "private.db.gpg"]
    assert [name for name, content in files.items() if ADDRESS.encode() in content] == []
    assert not files["private.db.gpg"].startswith(b"SQLite format 3")
    fetched = machine.call("fetch", tmp_path / "second", tmp_path / "kept")
    assert (fetched.returncode, fetched.stderr) == (0, "")
    assert (tmp_path / "second" / "private.db").stat().st_mode & 0o077 == 0
    private = Private(tmp_path / "second")
    assert [person.address for person in private.everyone()] == [ADDRESS]
    private.close()
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize("key", ["another passphrase", ""])
def test_without_the_right_key_nothing_begins(
    machine: Machine, kept: subprocess.CompletedProcess[str], tmp_path: Path, key: str
) -> None:
    assert kept.returncode == 0
    fetched = machine.call("fetch", tmp_path / "second", tmp_path / "kept", FOLLOWTHROUGH_ARTEFACT_KEY=key)
    assert fetched.returncode != 0
    assert not (tmp_path / "second" / "private.db").exists()


def test_only_a_run_that_is_said_to_be_the_first_begins_from_nothing(machine: Machine, tmp_path: Path) -> None:
    refused = machine.call("fetch", tmp_path / "data", tmp_path / "kept")
    first = machine.call("fetch", tmp_path / "data", tmp_path / "kept", FIRST_RUN="true")
    assert (refused.returncode, refused.stderr) == (
        1,
        "No kept databases were found. Start the very first run by hand, with its box ticked.\n",
    )
    assert (first.returncode, first.stdout) == (0, "No databases are kept yet: this run begins from nothing.\n")


def test_the_workflow_keeps_nothing_but_what_the_script_packed(root: Path) -> None:
    workflow = yaml.safe_load((root / "deploy" / "github" / "weekly.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["weekly"]["steps"]
    kept = [step["with"]["path"] for step in steps if str(step.get("uses", "")).startswith("actions/upload-artifact")]
    called = [step["run"] for step in steps if "deploy/github/databases" in step.get("run", "")]
    assert kept == ["data/kept"]
    assert called == ["deploy/github/databases fetch data/kept", "deploy/github/databases keep data/kept"]
    assert workflow["jobs"]["weekly"]["env"]["FOLLOWTHROUGH_DATA"] == "data/live"
