"""What README.md and docs/ say can be done and read is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from followthrough import cli

if TYPE_CHECKING:
    from pathlib import Path

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"(?:\./run|(?<!lib/)followthrough)(?: --data \S+)? ([a-z]+)(?=[\s`.,;)]|$)")


def pages(root: Path) -> list[Path]:
    return [root / "README.md", root / "CHANGELOG.md", *sorted((root / "docs").rglob("*.md"))]


def test_every_link_to_a_file_leads_to_one(root: Path) -> None:
    broken = [
        f"{page.relative_to(root)}: {target}"
        for page in pages(root)
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith(("/", "mailto:")) and not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_command_that_is_named_exists(root: Path) -> None:
    known = set(cli.list_commands(None))  # type: ignore[arg-type] # the list needs no context
    named = {
        (page.relative_to(root).as_posix(), command)
        for page in pages(root)
        for code in re.findall(r"`[^`\n]+`|^    .+$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for command in COMMAND.findall(code)
    }
    assert len(named) > 5
    assert sorted(where for where in named if where[1] not in known) == []


def test_the_readme_names_every_licence_with_its_line(root: Path) -> None:
    text = " ".join((root / "README.md").read_text(encoding="utf-8").split())
    for licence in ("Open Parliament Licence v3.0", "Open Government Licence v3.0"):
        assert f"licensed under the [{licence}](https://www." in text
    assert "The code is under the [MIT licence](LICENSE)" in text
    assert (root / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
