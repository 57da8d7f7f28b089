"""What the name of the rules hangs on: whatever decides what is found in a text, and nothing of how it is shown."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from runs.extract import PROCESSING, RULES, rules_version

if TYPE_CHECKING:
    import pytest

JUDGING = "processing.commitments.statements"


def module_file(root: Path, module: str) -> Path | None:
    """Return the file of a module of `processing`; None for anything else."""
    plain = root / Path(*module.split("."))
    return next((file for file in (plain.with_suffix(".py"), plain / "__init__.py") if file.is_file()), None)


def reached(root: Path) -> set[Path]:
    """Return the files that judging a document can run: those that it imports, and what they import."""
    found: set[Path] = set()
    waiting = [JUDGING]
    while waiting:
        file = module_file(root, waiting.pop())
        if file is None or file in found:
            continue
        found.add(file)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("processing"):
                waiting += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return found


def test_every_file_that_judging_can_reach_is_a_rule(root: Path) -> None:
    rules = [PROCESSING / place for place in RULES]
    # errors and the reader of JSON name what is wrong with an input; they find nothing in it
    silent = {"errors.py", "london.py", "strict_json.py", "__init__.py"}
    left_out = {
        file.relative_to(root)
        for file in reached(root)
        if not any(file == rule or rule in file.parents for rule in rules) and file.name not in silent
    }
    assert left_out == set()


def test_a_rule_that_changes_gives_the_rules_another_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for place in RULES:
        copied = tmp_path / place / "rules.yml" if "." not in place else tmp_path / place
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_text("as it was", encoding="utf-8")
    monkeypatch.setattr("runs.extract.PROCESSING", tmp_path)
    names = [rules_version()]
    for file in sorted(tmp_path.rglob("*.*")):
        file.write_text("changed", encoding="utf-8")
        names.append(rules_version())
    assert len(set(names)) == len(RULES) + 1
    (tmp_path / "commitments" / "status.py").write_text("how it is shown", encoding="utf-8")
    assert rules_version() == names[-1]
