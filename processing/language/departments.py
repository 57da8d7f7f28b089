"""Departments and other bodies: their canonical names, what else they are or were called, which posts are theirs."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

FILE = Path(__file__).parent / "departments.yml"
GOVERNMENT = "Government"


class Names(NamedTuple):
    """The names of `departments.yml`: `finder` finds any of them, `canonical` turns what was found into its name."""

    departments: frozenset[str]
    posts: tuple[tuple[str, str], ...]
    canonical: dict[str, str]
    finder: re.Pattern[str]
    short: re.Pattern[str]


@cache
def load_names(file: Path = FILE) -> Names:
    """Read the table. Raises ValueError where an alias stands for two names."""
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    canonical: dict[str, str] = {}
    for entry in [*content["departments"], *content["bodies"]]:
        for alias in (entry["name"].lower(), *entry["aliases"], *entry.get("minister", [])):
            if canonical.setdefault(alias, entry["name"]) != entry["name"]:
                raise ValueError(f"{file.name}: {alias!r} stands for two names")
    plain = sorted((alias for alias in canonical if alias[0] != "="), key=len, reverse=True)
    short = sorted(alias[1:] for alias in canonical if alias[0] == "=")
    posts = [(words, entry["name"]) for entry in content["departments"] for words in entry["posts"]]
    return Names(
        frozenset(entry["name"] for entry in content["departments"]),
        tuple(sorted(posts, key=lambda pair: -len(pair[0]))),
        canonical,
        re.compile(rf"\b(?:{'|'.join(map(re.escape, plain))})\b"),
        re.compile(rf"\b(?:{'|'.join(map(re.escape, short))})\b"),
    )


def canonical_name(name: str) -> str | None:
    """Return the canonical name of a department or body that goes by `name`; None where it is not known."""
    names = load_names()
    plain = name.strip().replace("’", "'")
    return names.canonical.get(plain.lower().removeprefix("the ")) or names.canonical.get(f"={plain}")


def is_department(name: str) -> bool:
    """Tell whether a name is that of a government department, by any of its names."""
    return canonical_name(name) in load_names().departments


def department_of_post(post: str | None) -> str | None:
    """Return the department of a post as it is printed ("Minister of State, Home Office"); None where it has none."""
    if not post:
        return None
    words = post.lower().replace("’", "'")
    if "prime minister" in words:
        return None
    if found := canonical_name(post):
        return found if found in load_names().departments else None
    named = [name for name in bodies_named(post) if name in load_names().departments]
    if named:
        return named[-1]
    return next((name for part, name in load_names().posts if part in words), None)


def bodies_named(text: str) -> list[str]:
    """Return the departments and bodies that a text names, in its order, by canonical name; ministers as their own."""
    return [name for _, name in places_named(text)]


_MINISTER = re.compile(
    r"\b(?:minister(?: of state)?|secretary of state|under-secretary of state) for [a-z' -]{3,50}"
    r"|\b[a-z-]+ (?:minister|secretary)\b"
)


def _ministers(low: str, taken: set[int]) -> list[tuple[int, str]]:
    """Return the departments of ministers that go by their subject: "the Transport Minister"."""
    found = []
    for match in _MINISTER.finditer(low):
        if not any(match.start() <= place < match.end() for place in taken):
            words = match.group()
            department = next((name for part, name in load_names().posts if part in words), None)
            if department and not words.startswith("prime"):
                found.append((match.start(), department))
    return found


def places_named(text: str) -> list[tuple[int, str]]:
    """Return (offset, canonical name) of each department, minister or body that a text names, in its order."""
    names = load_names()
    plain = text.replace("’", "'")
    found = [(match.start(), names.canonical[match.group()]) for match in names.finder.finditer(plain.lower())]
    found += [(match.start(), names.canonical[f"={match.group()}"]) for match in names.short.finditer(plain)]
    found += _ministers(plain.lower(), {place for place, _ in found})
    return sorted(found)
