"""Writes docs/house.md from the code: each room, what it is for, what it imports; `--check` tells if it is out of date.

python -m docs.house          write the page
python -m docs.house --check  exit code 1 where the page is not what the code says
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "house.md"
# the rooms, from the top floor to the ground; a room of several doors stands below its own name
FLOORS = (
    ("commands", "datasette.plugins"),
    ("runs",),
    ("spiders", "digest", "replica"),
    ("db.pages",),
    ("db.taking_out",),
    ("db.register", "db.private"),
    ("db.archive",),
    ("db",),
    ("showing",),
    ("processing.commitments",),
    ("processing.extraction",),
    ("processing.timing",),
    ("processing.language",),
    ("processing",),
)
ROOMS = tuple(room for floor in FLOORS for room in floor)
# The way of a Hansard answer, each step a function that must exist.
# the folder of the plugins may hold no package file, which could say what it is for
PLUGINS = "The views of the site, loaded by Datasette: which address shows what, headers, forms, sign-in."
WAY = (
    (
        "spiders.pipelines",
        "ArchiveStorage.store_response",
        "the bytes as they came are kept, before they are read",
    ),
    ("db.archive.archive", "Archive.keep", "in `archive.db`; equal bodies once"),
    ("runs.read", "read_archive", "each kept answer that is new goes to the reader of its source"),
    ("spiders.hansard_debates", "debates", "bytes become a `Document` with its `Passage`s, or `SourceChanged`"),
    ("db.register.documents", "Register.place", "the document and this version of it"),
    ("runs.extract", "judge_archive", "each document on the subject, over all its versions"),
    ("processing.commitments.capacity", "capacity", "whose word a passage is, by `processing/sources.py`"),
    ("processing.extraction.passage", "extract_passage", "what it promises and what it says is done, in exact words"),
    ("processing.timing.find", "find_timings", "the words that say when become an interval, or nothing"),
    ("runs.derive", "derive", "sayings become commitments: joined, numbered, with evidence, events, a status"),
    ("db.pages.commitment", "whole_commitment", "the page of one commitment, as Datasette asks for it"),
)


class Room(NamedTuple):
    """A package: what its docstring says of it, its modules and lines, and the rooms that it imports from."""

    name: str
    purpose: str
    modules: int
    lines: int
    imports: tuple[str, ...]


def room_of(module: str) -> str | None:
    """Return the room in which a module lies: the longest name of a room that begins it."""
    return max((room for room in ROOMS if f"{module}.".startswith(f"{room}.")), key=len, default=None)


def imported(tree: ast.Module) -> set[str]:
    """Return the modules that a module imports, `from package import module` as package and module."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names if f"{node.module}.{alias.name}" in MODULES}
    return found


def modules() -> dict[str, Path]:
    """Return the modules of all rooms by dotted name."""
    found: dict[str, Path] = {}
    for top in sorted({room.partition(".")[0] for room in ROOMS}):
        for file in sorted((ROOT / top).rglob("*.py")):
            name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            found[name.removesuffix(".__init__")] = file
    return found


MODULES = modules()


def rooms() -> list[Room]:
    """Return the rooms in the order of FLOORS."""
    uses: dict[str, set[str]] = defaultdict(set)
    files: dict[str, list[Path]] = defaultdict(list)
    for module, file in MODULES.items():
        room = room_of(module)
        if room is None:
            continue
        files[room].append(file)
        tree = ast.parse(file.read_text(encoding="utf-8"))
        uses[room] |= {other for name in imported(tree) if (other := room_of(name)) and other != room}
    return [
        Room(
            name=room,
            purpose=purpose(MODULES[room]) if room in MODULES else PLUGINS,
            modules=sum(file.name != "__init__.py" for file in files[room]),
            lines=sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files[room]),
            imports=tuple(sorted(uses[room], key=ROOMS.index)),
        )
        for room in ROOMS
    ]


def purpose(file: Path) -> str:
    """Return the first line of a package's docstring."""
    told = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return told.partition("\n")[0]


def has(module: str, name: str) -> bool:
    """Tell whether a module defines a function, or a class with that method."""
    body: list[ast.stmt] = ast.parse(MODULES[module].read_text(encoding="utf-8")).body
    for part in name.split("."):
        found = next(
            (
                n
                for n in body
                if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and n.name == part
            ),
            None,
        )
        if found is None:
            return False
        body = found.body
    return True


def drawing(found: list[Room]) -> list[str]:
    """Draw the floors, the top one first, each room with its size; arrows all lead down."""
    sizes = {room.name: f"{room.name} ({room.modules} files)" for room in found}
    rows = ["   ".join(sizes[room] for room in floor) for floor in FLOORS]
    width = max(map(len, rows)) + 4
    lines = ["+" + "-" * width + "+"]
    for row in rows:
        lines += ["|" + row.center(width) + "|", "+" + "-" * width + "+"]
    return lines


def page() -> str:
    """Return the page. Raises ValueError where a step of the way of an answer is no longer in the code."""
    if gone := [f"{module}.{name}" for module, name, _ in WAY if module not in MODULES or not has(module, name)]:
        raise ValueError(f"docs/house.py names what is not in the code: {', '.join(gone)}")
    found = rooms()
    way = [f"{n}. `{module}.{name}`: {told}" for n, (module, name, told) in enumerate(WAY, 1)]
    table = [
        f"| `{room.name.replace('.', '/')}` | {room.purpose} | {', '.join(room.imports) or '–'} |" for room in found
    ]
    return "\n".join(
        [
            "# The house",
            "",
            "Made from the code by `python -m docs.house`; a test holds it up to date. Imports run downwards only",
            "(import-linter, in `./test`); what stands side by side does not know each other.",
            "",
            "```",
            *drawing(found),
            "```",
            "",
            "`training/`, `bench/` and `docs/` stand outside.",
            "",
            "| room | what it is for | imports from |",
            "|---|---|---|",
            *table,
            "",
            "## Where the bytes of a Hansard answer go",
            *way,
            "",
            "What a source *is* (whose voice, how cited, whether an edit moves the day) stands in one row of",
            "`processing/sources.py`. [new-source.md](new-source.md) shows how to add one.",
            "",
        ]
    )


def main() -> int:
    """Write the page, or with `--check` compare it."""
    wanted = page()
    if "--check" in sys.argv:
        return int(not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != wanted)
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
