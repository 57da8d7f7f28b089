"""What stands around a clause that a first opinion goes by."""

from __future__ import annotations

from typing import NamedTuple


class Setting(NamedTuple):
    """What is around a clause: `governor` say, belief, purpose, condition, ... or none; timing dated, vague or none."""

    governor: str
    timing: str
    marks: frozenset[str]
    tail: str
    words: list[str]
