"""The page that shows how to add a source shows the real one, word for word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def test_every_piece_of_code_on_the_page_stands_in_the_source_that_it_goes_through(root: Path) -> None:
    page = (root / "docs" / "new-source.md").read_text(encoding="utf-8")
    source = (root / "spiders" / "calendar.py").read_text(encoding="utf-8")
    pieces = re.findall(r"```python\n(.*?)```", page, flags=re.DOTALL)
    assert len(pieces) == 5
    assert [piece for piece in pieces if piece not in source] == []
    assert f"It has {len(source.splitlines())} lines." in page
