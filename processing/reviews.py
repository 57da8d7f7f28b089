"""People's decisions: which still fit, and what they change. The machine's own reading stays beside them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from processing.records import FIRMNESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DECISIONS = ("confirm", "reject", "delivered", "withdraw", "correct", "join", "split", "link", "unlink", "undo")
FIELDS = ("owner", "firmness", "timing", "earliest", "latest", "promise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One decision of a person. `commitment` is a public id (`FT-12`), `statement` the id of a saying.

    `value` by decision: the new value (correct), the day ISO 8601 (delivered), the other public id (join), the
    recommendation (link, unlink). `evidence` is a permalink or the id of a delivery. `quote` is the statement's, so
    that the decision can be understood when the statement is gone. `undoes` is the id of a review that this takes back.
    `made_at` is ISO 8601 UTC.
    """

    id: str
    decision: str
    reviewer: str
    made_at: str
    reason: str
    commitment: str | None = None
    statement: str | None = None
    quote: str | None = None
    field: str | None = None
    value: str | None = None
    evidence: str | None = None
    undoes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What people decided of one commitment, all reviews taken together, the later over the earlier."""

    is_reviewed: bool = False
    is_rejected: bool = False
    is_withdrawn: bool = False
    delivered_on: date | None = None
    corrections: tuple[tuple[str, str], ...] = ()
    linked: frozenset[str] = frozenset()
    unlinked: frozenset[str] = frozenset()


def standing(reviews: Iterable[Review]) -> tuple[list[Review], set[str]]:
    """Return the reviews that were not undone, in order of time, and the ids of those that were.

    An undo can itself be undone: then the decision stands again.
    """
    ordered = sorted(reviews, key=lambda review: (review.made_at, review.id))
    undone: set[str] = set()
    for review in reversed(ordered):
        if review.decision == "undo" and review.undoes and review.id not in undone:
            undone.add(review.undoes)
    return [review for review in ordered if review.id not in undone and review.decision != "undo"], undone


def joins_and_splits(
    reviews: Sequence[Review], members: Mapping[str, Sequence[str]], aliases: Mapping[str, str]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the pairs of statements that people put together, and the pairs that they set apart.

    `members` are the statements that were ever given each public id; `aliases` lead from old ids to present ones.
    """
    together: dict[tuple[str, str], bool] = {}
    for review in reviews:
        if review.decision == "join" and review.commitment and review.value:
            ones, others = members.get(review.commitment, ()), members.get(review.value, ())
            if ones and others:
                together[ones[0], others[0]] = True
        elif review.decision == "split" and review.statement and review.commitment:
            statement = aliases.get(review.statement, review.statement)
            for other in members.get(review.commitment, ()):
                if other != statement:
                    together[statement, other] = False
    return [pair for pair, is_joined in together.items() if is_joined], [
        pair for pair, is_joined in together.items() if not is_joined
    ]


def decide(reviews: Sequence[Review]) -> Decided:
    """Take together the standing reviews of one commitment, given in order of time."""
    decided = Decided()
    corrections: dict[str, str] = {}
    for review in reviews:
        decided = replace(decided, is_reviewed=True)
        match review.decision:
            case "confirm":
                decided = replace(decided, is_rejected=False, is_withdrawn=False)
            case "reject":
                decided = replace(decided, is_rejected=True)
            case "withdraw":
                decided = replace(decided, is_withdrawn=True)
            case "delivered":
                day = date.fromisoformat(review.value) if review.value else date.fromisoformat(review.made_at[:10])
                decided = replace(decided, delivered_on=day, is_rejected=False, is_withdrawn=False)
            case "correct" if review.field:
                corrections[review.field] = review.value or ""
            case "link" if review.value:
                decided = replace(
                    decided, linked=decided.linked | {review.value}, unlinked=decided.unlinked - {review.value}
                )
            case "unlink" if review.value:
                decided = replace(
                    decided, unlinked=decided.unlinked | {review.value}, linked=decided.linked - {review.value}
                )
            case _:
                pass
    return replace(decided, corrections=tuple(corrections.items()))


def by_commitment(
    reviews: Iterable[Review], homes: Mapping[str, str], ids: Mapping[str, str]
) -> tuple[dict[str, list[Review]], list[tuple[Review, str]]]:
    """Sort reviews to the commitments that they are about now, and name those that fit none any more.

    `homes` leads from a statement to its present public id; `ids` from every public id ever given to the present one.
    """
    sorted_to: dict[str, list[Review]] = defaultdict(list)
    stray = []
    for review in reviews:
        home = homes.get(review.statement or "") or ids.get(review.commitment or "")
        if home is None:
            stray.append((review, "its commitment or statement is no longer in the register"))
        else:
            sorted_to[home].append(review)
    return dict(sorted_to), stray


def problem(review: Review) -> str | None:
    """Return in words what is wrong with a review as a person gave it, or None."""
    if review.decision not in DECISIONS:
        return f"no such decision: {review.decision}"
    if not review.reviewer.strip():
        return "a name or initials are needed"
    if not review.reason.strip():
        return "a reason is needed"
    if review.decision == "undo":
        return None if review.undoes else "an undo must name the review that it takes back"
    if not (review.commitment or review.statement):
        return "a review must name a commitment or a statement"
    return _value_problem(review)


def _value_problem(review: Review) -> str | None:
    if review.decision == "correct":
        return _correction_problem(review.field, review.value or "")
    if review.decision == "delivered" and review.value and not _is_day(review.value):
        return "the day of delivery must be a day such as 2026-05-31"
    if review.decision in ("join", "link", "unlink") and not review.value:
        return f"to {review.decision} needs the other id"
    if review.decision == "split" and not (review.statement and review.commitment):
        return "to split needs the commitment and the statement that does not belong to it"
    return None


def _correction_problem(field: str | None, value: str) -> str | None:
    if field not in FIELDS:
        return f"can't correct {field}: one of {', '.join(FIELDS)}"
    if field == "firmness" and value not in FIRMNESS:
        return f"firmness is one of {', '.join(FIRMNESS)}"
    if field in ("earliest", "latest") and value and not _is_day(value):
        return f"{field} must be a day such as 2026-05-31, or empty"
    return None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
