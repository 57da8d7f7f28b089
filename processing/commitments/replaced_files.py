"""Files that took another's place on a page: what was promised in the old one is told by the new, or by none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from processing.commitments.identity import plain_quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from processing.commitments.statement import Statement

SAME_PLACE = 60  # token_set_ratio, 0 to 100: alike enough that new words took the place of old ones


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedFile:
    """A file that its page no longer lists; `by` the file that came in its place, None where there is none.

    `at` is the instant (ISO 8601 UTC) at which that was first seen.
    """

    file: str
    by: str | None
    at: str


def follow_files(statements: Mapping[str, Statement], replaced: Iterable[ReplacedFile]) -> dict[str, Statement]:
    """Return the statements that change: old words that ended, and new words that took their place.

    Words that stand in the new file unchanged are neither: they were only moved.
    """
    changed: dict[str, Statement] = {}
    for one in replaced:
        old = [row for row in statements.values() if row.document == one.file]
        new = [row for row in statements.values() if row.document == one.by]
        kept = {plain_quote(row.quote) for row in new}
        gone = [row for row in old if plain_quote(row.quote) not in kept]
        changed |= {row.id: replace(row, state="edited", ended_at=one.at) for row in gone}
        scored = sorted(
            (-fuzz.token_set_ratio(row.quote, other.quote), row.id, other.id)
            for row in gone
            for other in new
            if plain_quote(other.quote) not in {plain_quote(row.quote) for row in old}
        )
        taken: set[str] = set()
        for score, before, after in scored:
            if -score >= SAME_PLACE and before not in taken and after not in changed:
                taken.add(before)
                changed[after] = replace(statements[after], replaces=before)
    return changed


def successions(replaced: Iterable[ReplacedFile]) -> set[tuple[str, str]]:
    """Return the files that took another's place, each with it: two prints of one document."""
    return {(one.by, one.file) for one in replaced if one.by}
