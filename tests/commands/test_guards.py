"""Traps of this layout, each of which has bitten: held by a test so that nobody has to remember them."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import files, requires
from pathlib import Path

import pytest
from click.testing import CliRunner

from followthrough import cli
from processing.sources import SOURCES
from spiders.sources import all_sources, crawled_sources
from tests.conftest import NEED_SHARED

OURS = {"spiders", "processing", "showing", "db", "digest", "commands", "runs", "replica", "followthrough.py"}
TEXT = {".py", ".md", ".toml", ".yml", ".cfg", ".sh", ".html", ".css", ".js", ".json", ".jsonl", ".sql", ".txt", ""}
# paths of one machine, and hosts of package registries: neither belongs into the project
MACHINE = re.compile(r"(?<![\w.~$}])/(?:work|root|home|Users|tmp/\w+)/\w")
REGISTRY = re.compile("|".join((r"py" + r"pi\.org", r"pythonhosted" + r"\.org", r"npm" + r"js\.(?:org|com)")))


def tracked(root: Path) -> list[Path]:
    """Return the files under version control; all files where this is no checkout."""
    listed = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=False)  # noqa: S607
    if listed.returncode:
        pytest.skip("left out: no checkout of git, so which files belong to the project is not known")
    return [root / name for name in listed.stdout.splitlines()]


def test_no_package_file_hides_datasette_or_the_tests(root: Path) -> None:
    assert [*root.glob("datasette/**/__init__.py"), *root.glob("tests/**/__init__.py")] == []


def test_datasette_is_the_installed_one(root: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", "import datasette.app; print(datasette.app.__file__)"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "site-packages" in Path(found.stdout.strip()).parts


def test_nothing_of_ours_is_installed_into_datasette(root: Path) -> None:
    ours = {str(file.relative_to(root)) for file in tracked(root) if file.parts[len(root.parts)] == "datasette"}
    installed = {str(file) for file in [*(files("datasette") or []), *(files("followthrough") or [])]}
    assert "datasette/metadata.yml" in ours
    # templates of Datasette's own names are Datasette's own files
    assert {name for name in ours & installed if not name.startswith("datasette/templates/")} == set()


def test_the_wheel_holds_our_packages_and_nothing_else(root: Path, tmp_path: Path) -> None:
    builder = pytest.importorskip("hatchling.builders.wheel", reason="left out: hatchling is not installed")
    (built,) = builder.WheelBuilder(str(root)).build(directory=str(tmp_path), versions=["standard"])
    names = zipfile.ZipFile(built).namelist()
    tops = {name.split("/", 1)[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == OURS
    missing = {
        "processing/language/terms.yml",
        "processing/extraction/judge.json",
        "db/schema/register_0001.sql",
    } - set(names)
    assert missing == set()


@pytest.mark.parametrize("what", [MACHINE, REGISTRY], ids=["path of a machine", "host of a registry"])
def test_no_file_names_what_is_true_on_one_machine_only(root: Path, what: re.Pattern[str]) -> None:
    found = [
        f"{file.relative_to(root)}:{number}: {line.strip()[:100]}"
        for file in tracked(root)
        if file.suffix in TEXT and file.is_file() and file != Path(__file__)
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if what.search(line)
    ]
    assert found == []


def test_every_dependency_is_pinned_and_has_its_reason(root: Path) -> None:
    reasons = (root / "docs" / "decisions" / "0003-dependencies.md").read_text(encoding="utf-8")
    needed = [line.split(";")[0].strip() for line in requires("followthrough") or []]
    assert [line for line in needed if not re.fullmatch(r"[A-Za-z0-9_.-]+==[\d.]+", line)] == []
    told = {re.sub(r"[-_.]+", "-", name).lower() for name in re.findall(r"`([A-Za-z0-9_.-]+)`", reasons)}
    assert sorted({line.split("==")[0] for line in needed} - told) == []


def test_every_rule_of_lint_that_is_left_out_has_its_reason(root: Path) -> None:
    settings = (root / "pyproject.toml").read_text(encoding="utf-8")
    (listed,) = re.findall(r"^ignore = \[(.+)\]$", settings, flags=re.MULTILINE)
    reasons = (root / "docs" / "decisions" / "0004-lint.md").read_text(encoding="utf-8")
    assert [rule for rule in re.findall(r"[A-Z]+\d+", listed) if f"`{rule}`" not in reasons] == []


@pytest.mark.parametrize("command", cli.list_commands(None))  # type: ignore[arg-type] # the list needs no context
def test_every_command_says_what_it_is_for(command: str) -> None:
    told = CliRunner().invoke(cli, [command, "--help"])
    assert told.exit_code == 0, told.output
    usage, _, rest = told.output.partition("\n\n")
    assert usage.startswith("Usage: ")
    first = rest.strip().split("\n", 1)[0]
    assert len(first) > 20
    assert "Options:" in told.output or "Commands:" in told.output


def test_the_test_run_says_how_many_were_left_out_without_recorded_answers(root: Path, tmp_path: Path) -> None:
    for file in tracked(root):
        copy = tmp_path / "checkout" / file.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/spiders/test_recorded.py"]
    said = subprocess.run(  # noqa: S603 -- our own interpreter
        command, cwd=tmp_path / "checkout", capture_output=True, text=True, check=True
    ).stdout
    (line,) = [line for line in said.splitlines() if line.startswith("left out for what is not on this machine: ")]
    (skipped,) = re.findall(r"(\d+) skipped", said)
    assert line.endswith(f": {skipped}")
    assert int(skipped) == 4


def test_every_spider_has_a_row_that_says_what_its_source_is_and_every_row_a_spider() -> None:
    assert set(all_sources()) == set(SOURCES)
    assert set(crawled_sources()) == {row.id for row in SOURCES.values() if not row.is_imported}


def test_no_id_of_a_source_stands_outside_the_table_of_sources_and_the_spiders(root: Path) -> None:
    rooms = ("processing", "showing", "db", "digest", "runs", "commands", "datasette/plugins")
    files = [file for room in rooms for file in (root / room).rglob("*.py") if file.name != "sources.py"]
    strings = [
        (file, node.value)
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    spelled = set(SOURCES) - {"calendar", "members"}  # these are words of English as well
    known = re.compile(rf"^(?:{'|'.join(spelled)})(?:/|$)|'(?:{'|'.join(spelled)})(?:/[^']*)?'")
    assert [(str(file.relative_to(root)), told) for file, told in strings if known.search(told)] == []


def test_only_the_files_named_need_what_lies_outside_the_checkout(root: Path) -> None:
    needs = re.compile(r"def \w+\([^)]*\b(?:samples|gold|shared): Path|usefixtures\([^)]*\b(?:samples|gold|shared)")
    tests = root / "tests"
    found = {
        str(file.relative_to(tests))
        for file in tests.rglob("*.py")
        if file != tests / "conftest.py"
        and file.name != "trimming.py"
        and needs.search(file.read_text(encoding="utf-8"))
    }
    assert found == set(NEED_SHARED)
