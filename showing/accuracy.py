"""How accurate the extractor of this release is, as it was measured: `training/measure.py` writes the figures."""

from __future__ import annotations

from pathlib import Path

FILE = Path(__file__).parent / "accuracy.json"


def stated_accuracy() -> str:
    """Return a JSON object from each measure, in words for a reader, to its figure."""
    return FILE.read_text(encoding="utf-8")
