"""The kinds of events of a commitment, the most important first: the one order of home page, lists, feeds and mail."""

from __future__ import annotations

from typing import NamedTuple


class EventKind(NamedTuple):
    """A kind of event: how lists name it, and how a subject line counts it.

    `happens_when_noticed`: it is news however old the promise is. `can_be_followed`: subscribers may choose it.
    """

    name: str
    counted: str
    happens_when_noticed: bool = False
    can_be_followed: bool = True


EVENT_KINDS = {
    "due date passed": EventKind("Due date passed", "{} overdue", happens_when_noticed=True),
    "slipped": EventKind("Slipped", "{} slipped"),
    "softened": EventKind("Softened", "{} softened"),
    "source withdrawn": EventKind("Source withdrawn", "{} withdrawn", happens_when_noticed=True),
    "source edited": EventKind("Source edited", "{} edited", happens_when_noticed=True),
    "evidence": EventKind("Said to be done", "{} said to be done"),
    "brought forward": EventKind("Brought forward", "{} brought forward"),
    "hardened": EventKind("Hardened", "{} hardened"),
    "said": EventKind("New", "{} new"),
    "restated": EventKind("Said again", "{} said again"),
    "reviewed": EventKind("Reviewed", "{} reviewed", happens_when_noticed=True),
    "deadline recomputed": EventKind(
        "Deadline read anew", "{} read anew", happens_when_noticed=True, can_be_followed=False
    ),
}
IMPORTANCE = tuple(EVENT_KINDS)
EVENT_NAMES = {kind: told.name for kind, told in EVENT_KINDS.items()}
