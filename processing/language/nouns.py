"""The nouns of promises by what they stand for (`nouns.yml`)."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "nouns.yml"


@cache
def load_nouns(file: Path = FILE) -> dict[str, str]:
    """Return the class of each noun, plural forms included; the class named first wins."""
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    known: dict[str, str] = {}
    for name, nouns in content["classes"].items():
        for noun in nouns.split():
            for form in (noun, *_plurals(noun)):
                known.setdefault(form, name)
    return known


def _plurals(noun: str) -> tuple[str, ...]:
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return (noun[:-1] + "ies",)
    return (noun + "es",) if noun.endswith(("s", "sh", "ch", "x")) else (noun + "s",)


def class_of(noun: str) -> str:
    """Return the class of a noun in lower case; "noun" where it has none, "number" for figures and sums."""
    if noun[:1] == "£":
        return "money"
    if noun[:1].isdigit():
        return "time" if noun[:2] in ("19", "20") and len(noun) >= 4 else "number"  # noqa: PLR2004 -- a year
    return load_nouns().get(noun, "noun")
