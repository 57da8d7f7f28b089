"""`./run` on a machine that lacks something: one clear sentence, exit code 1."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

TOOLS = ("bash", "dirname", "cmp", "cp", "env")


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """Return a folder with the two commands and nothing set up."""
    for name in ("run", "test", "setup.sh", "pyproject.toml"):
        shutil.copy(root / name, tmp_path / name)
    return tmp_path


def start(checkout: Path, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 -- our own scripts
        [str(checkout / command)], env=environment, capture_output=True, text=True, timeout=600, check=False
    )


@pytest.mark.parametrize("command", ["run", "test"])
def test_a_missing_python_is_named_with_the_way_out(checkout: Path, command: str) -> None:
    tools = checkout / "tools"
    tools.mkdir()
    for name in TOOLS:
        (tools / name).symlink_to(shutil.which(name) or name)
    ended = start(checkout, command, PATH=str(tools))
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr == (
        "Followthrough needs Python 3.11 or newer, and found none."
        f" Install it, or name it: PYTHON=python3.12 {checkout / command}\n"
    )


def test_a_python_that_is_too_old_is_not_taken(checkout: Path) -> None:
    tools = checkout / "tools"
    tools.mkdir()
    for name in TOOLS:
        (tools / name).symlink_to(shutil.which(name) or name)
    old = tools / "python3"
    # answers as a Python 3.10 would: the version is not enough
    old.write_text("#!/usr/bin/env bash\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    ended = start(checkout, "run", PATH=str(tools))
    assert (ended.returncode, ended.stderr.split(",")[0]) == (1, "Followthrough needs Python 3.11 or newer")


def test_without_a_package_index_the_sentence_names_the_log(checkout: Path) -> None:
    closed = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_RETRIES": "0",
        "PIP_NO_CACHE_DIR": "1",
    }
    ended = start(checkout, "run", PATH=os.environ["PATH"], PYTHON=sys.executable, HOME=str(checkout), **closed)
    assert ended.returncode == 1
    assert ended.stderr.splitlines() == [
        "Setting up .venv (once; a minute or two) ...",
        "The packages could not be installed: is a package index within reach? What pip said is in .venv/install.log",
    ]
    assert (checkout / ".venv" / "install.log").read_text(encoding="utf-8")
    # the next run tries again
    assert not (checkout / ".venv" / ".installed-run").exists()
