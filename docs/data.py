"""Writes docs/data.md, and what datasette/metadata.yml says of tables, from db/schema/meanings.yml.

python -m docs.data          write both
python -m docs.data --check  exit code 1 where one of them is out of date
"""

from __future__ import annotations

import sys
from pathlib import Path

import yaml

from db.meanings import FILE, REGISTER, load_meanings

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "data.md"
METADATA = ROOT / "datasette" / "metadata.yml"


def page() -> str:
    """Return docs/data.md."""
    parts = [yaml.safe_load(FILE.read_text(encoding="utf-8"))["intro"]]
    for name, database in load_meanings().items():
        parts.append(f"## {name}\n\n{database.about}\n")
        for table, told in database.tables.items():
            rows = "\n".join(f"| `{column}` | {meaning} |" for column, meaning in told.columns.items())
            parts.append(f"### {table}\n\n{told.description}\n\n| column | meaning |\n|---|---|\n{rows}\n")
    return "\n".join(parts)


def metadata() -> str:
    """Return datasette/metadata.yml with the tables described anew; what stands above them is written by hand."""
    head, mark, _ = METADATA.read_text(encoding="utf-8").partition("    tables:\n")
    tables = {
        name: {
            "description": told.description.replace("`", ""),
            "columns": {column: meaning.replace("`", "") for column, meaning in told.columns.items()},
        }
        for name, told in load_meanings()[REGISTER].tables.items()
    }
    dumped = yaml.safe_dump(tables, sort_keys=False, allow_unicode=True, width=10_000)
    return head + mark + "".join(f"      {line}\n" for line in dumped.splitlines())


def main() -> int:
    """Write both files, or with `--check` compare them."""
    wanted = {PAGE: page(), METADATA: metadata()}
    if "--check" in sys.argv:
        return int(any(file.read_text(encoding="utf-8") != text for file, text in wanted.items()))
    for file, text in wanted.items():
        file.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
