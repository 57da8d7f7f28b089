"""Bodies that a text names without our knowing them: "the Youth Custody Service", "the Timms review"."""

from __future__ import annotations

import re

from processing.language.departments import places_named

_WORD = r"[A-Z][\w’'-]*"
_LINK = r"(?:and|of|for|on|the|into|in|&)"
_HEADS = (
    r"(?:Agency|Authority|Board|Centre|College|Commission|Commissioner|Council|Inquiry|Inspectorate|Institute|Panel"
    r"|Partnership|Review|Service|Taskforce|Unit|Foundation|Audit)"
)
_NAME = re.compile(
    rf"\b(?:{_WORD} (?:{_LINK} )*){{1,6}}{_HEADS}\b(?:(?: {_LINK})+ {_WORD}(?: {_LINK} {_WORD}| {_WORD})*)?"
    rf"|\b{_WORD}(?: {_WORD})* (?:review|inquiry|panel|commission|audit)\b"
)
_OPENS = re.compile(
    r"^(?:(?:The|This|That|These|Our|Its|An?|Each|Every|His|Her|In|On|As|But|And|When|If|Our|Any|No) )+"
)
_NOT_BODIES = frozenset(["Spending Review", "Comprehensive Spending Review", "Civil Service", "Public Service"])
# Bodies set up for a task, which a text names in full once and then by this word.
FORUMS = frozenset(
    [
        "inquiry",
        "panel",
        "commission",
        "review",
        "audit",
        "taskforce",
        "board",
        "agency",
        "authority",
        "service",
        "centre",
        "council",
        "college",
    ]
)


def named_bodies(text: str) -> list[tuple[int, str]]:
    """Return (offset, name) of each department, minister or body that a text as written names, in its order.

    Those of the table have their canonical names, others the name as it stands.
    """
    known = places_named(text)
    taken = {offset for offset, _ in known}
    found = list(known)
    for match in _NAME.finditer(text):
        opens = _OPENS.match(match.group())
        start = match.start() + (opens.end() if opens else 0)
        name = text[start : match.end()]
        if " " in name and name not in _NOT_BODIES and not any(start <= place < match.end() for place in taken):
            found.append((start, name))
    return sorted(found)


def full_name(word: str, before: str) -> str | None:
    """Return the name that a text gave to what it now calls by one word ("the inquiry"); None where it gave none."""
    names = [name for _, name in named_bodies(before) if word in name.lower().split()]
    return names[-1] if names else None
