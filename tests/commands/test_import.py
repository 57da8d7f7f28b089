"""`followthrough import` of a whole mirror: what is left out on purpose does not hide what is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click.testing import CliRunner

from followthrough import cli

if TYPE_CHECKING:
    from pathlib import Path


def mirror(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / "mirror").mkdir(exist_ok=True)
        (folder / "mirror" / name).write_text("<publicwhip/>")
    return folder / "mirror"


def test_series_that_are_not_collected_are_told_in_one_line_and_fail_nothing(tmp_path: Path) -> None:
    files = mirror(tmp_path, "ni2009-10-27.xml", "sp2009-10-28.xml", "regmem2009-10-27.xml", "debates2009-10-27a.xml")
    result = CliRunner().invoke(cli, ["--data", str(tmp_path), "import", "twfy", str(files)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[:2] == [
        "4 files: 1 new or changed, 0 known, 0 superseded by a later file, 0 could not be used",
        (
            "3 of them are of series that are not collected: devolved parliaments, registers of interests,"
            " lists of divisions."
        ),
    ]


def test_a_name_that_nobody_knows_is_named_and_fails(tmp_path: Path) -> None:
    files = mirror(tmp_path, "ni2009-10-27.xml", "spending2009-10-27.xml")
    result = CliRunner().invoke(cli, ["--data", str(tmp_path), "import", "twfy", str(files)])
    assert result.exit_code == 1
    assert [line.split(": ")[0] for line in result.stderr.splitlines()] == [str(files / "spending2009-10-27.xml")]
