"""The next of its kind: a further update that is promised when the one before has been said to be done."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from processing.commitments.joining.comparing import Meaning, about, compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from processing.commitments.statement import Said

FURTHER = re.compile(
    r"\b(?:further|another|additional|subsequent|follow-up|second|third|fourth|fifth|next(?: \w+['’]s)?)\s+(?!to\b)\w"
    r"|\bnew (?:edition|version|round|set|phase|update|report|release|wave|series)\b"
    r"|\bagain\b",
    re.IGNORECASE,
)
TODAY = re.compile(r"\b(?:today|this (?:morning|afternoon|week))\b", re.IGNORECASE)


@dataclass(slots=True)
class Done:
    """Deliveries by what they are about, to ask whether a promise had been kept when a further one was made."""

    by_key: dict[str, list[tuple[Said, Meaning]]] = field(default_factory=lambda: defaultdict(list))

    def since(self, saying: Said, meaning: Meaning) -> Iterator[tuple[Said, Meaning]]:
        """Yield what was known to be done when something was said, of those that share a thing or a word with it."""
        found = {one.id: (one, its) for key in _keys(meaning) for one, its in self.by_key.get(key, ())}
        for name in sorted(found):
            one = found[name][0]
            if one.said_on <= saying.said_on and one.arrival[0] <= saying.arrival[0]:
                yield found[name]


def index_done(deliveries: Iterable[Said]) -> Done:
    """Index what was said to be done, told as sayings with the Government for owner."""
    done = Done()
    for one in deliveries:
        meaning = about(one)
        for key in _keys(meaning):
            done.by_key[key].append((one, meaning))
    return done


def is_next(saying: Said, meaning: Meaning, members: Sequence[tuple[Said, Meaning]], done: Done) -> str | None:
    """Say in words that a saying speaks of the next of its kind and not of what `members` promised, or None.

    That is so where its own words say "further" or the like, and where all that was promised before had been said to
    be done. What was said to be done before any of it was promised, and is only told again, does not count.
    """
    if not FURTHER.search(meaning.core):
        return None
    first, last = min(one.said_on for one, _ in members), max(one.said_on for one, _ in members)
    matching = [
        one
        for one, its in done.since(saying, meaning)
        if any(compare(one, member, its, about_it)[0] == "join" for member, about_it in members)
    ]
    is_told_again = any(one.said_on <= first for one in matching)
    for one in matching:
        if one.said_on >= last and one.said_on > first and (TODAY.search(one.quote) or not is_told_again):
            return f"a further one, for “{one.quote}” was said on {one.said_on.day} {one.said_on:%B %Y}"
    return None


def _keys(meaning: Meaning) -> frozenset[str]:
    return meaning.things.objects | meaning.words
