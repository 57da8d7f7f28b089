"""People's decisions: which still fit, and what they change. The machine's own reading stays beside them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING

from processing.records import FIRMNESS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

DECISIONS = ("confirm", "reject", "delivered", "withdraw", "correct", "join", "split", "link", "unlink", "undo")
FIELDS = ("owner", "firmness", "timing", "earliest", "latest", "promise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One decision of a person. `commitment` is a public id (`FT-12`), `statement` the id of a saying.

    `value` by decision: the new value (correct), the day ISO 8601 (delivered), the other public id (join), the
    recommendation (link, unlink). `evidence` is a permalink or the id of a delivery. `quote` is the statement's, so
    that the decision can be understood when the statement is gone. `undoes` is the id of a review that this takes back.
    `made_at` is ISO 8601 UTC. Public ids can be given anew on another machine, statement ids can't: `statement` is one
    of the commitment's own (split: the one that leaves), `other` one of the commitment in `value` (join) or one that
    stays (split).
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
    other: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Review):
    """A review with what became of it: a row of the register's table `reviews`, where the statement has the quote.

    `state`: applied, undone, no longer fits; `note` says why it fits no more. `commitment` is the present public id.
    """

    state: str
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What people decided of one commitment, all reviews taken together, the later over the earlier.

    `closed_on` is the day of the decision from which it is delivered, withdrawn or rejected.
    """

    is_reviewed: bool = False
    closed_on: date | None = None
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouped:
    """Pairs of statements that people put `together`, and set `apart`; `expelled` are (statement, number left)."""

    together: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...]
    expelled: frozenset[tuple[str, int]]


def joins_and_splits(
    reviews: Sequence[Review], numbers: Mapping[str, int], aliases: Mapping[str, str] | None = None
) -> Regrouped:
    """Return how people regrouped statements, the later decision over the earlier.

    `numbers` are those that statements were ever given; `aliases` lead from ids that are no more to present ones.
    """
    present = aliases or {}
    members: dict[int, list[str]] = defaultdict(list)
    for statement, number in sorted(numbers.items()):
        members[number].append(present.get(statement, statement))
    decided: dict[tuple[str, str], bool] = {}
    expelled: set[tuple[str, int]] = set()
    for review in reviews:
        anchors = [present.get(key, key) if key else None for key in (review.statement, review.other)]
        if review.decision == "join":
            one = _number(anchors[0], review.commitment, numbers)
            other = _number(anchors[1], review.value, numbers)
            for pair in _star(members.get(one, []), members.get(other, [])):
                decided[pair] = True
        elif review.decision == "split" and (leaver := anchors[0]):
            left = _number(anchors[1], review.commitment, numbers)
            expelled.add((leaver, left))
            for other_member in members.get(left, []):
                if other_member != leaver:
                    decided[_pair(leaver, other_member)] = False
            if anchors[1]:
                decided[_pair(leaver, anchors[1])] = False
    return Regrouped(
        together=tuple(pair for pair, is_joined in decided.items() if is_joined),
        apart=tuple(pair for pair, is_joined in decided.items() if not is_joined),
        expelled=frozenset(expelled),
    )


def _number(anchor: str | None, public: str | None, numbers: Mapping[str, int]) -> int:
    """Return the number of a commitment by one of its statements, else by its public id; 0 where neither is known."""
    if anchor is not None and anchor in numbers:
        return numbers[anchor]
    digits = (public or "").removeprefix("FT-")
    return int(digits) if digits.isdigit() else 0


def _star(ones: Sequence[str], others: Sequence[str]) -> list[tuple[str, str]]:
    """Tie two groups by more than one thread, so that a later split of one statement leaves the rest joined."""
    if not ones or not others:
        return []
    return [_pair(one, others[0]) for one in ones] + [_pair(ones[0], other) for other in others]


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def decide(reviews: Sequence[Review]) -> Decided:
    """Take together the standing reviews of one commitment, given in order of time."""
    decided = Decided()
    corrections: dict[str, str] = {}
    for review in reviews:
        decided = replace(_after(decided, review), is_reviewed=True)
        if review.decision == "correct" and review.field:
            corrections[review.field] = review.value or ""
    return replace(decided, corrections=tuple(corrections.items()))


def _after(decided: Decided, review: Review) -> Decided:  # noqa: PLR0911 -- one for each decision
    made_on = date.fromisoformat(review.made_at[:10])
    still = Decided(corrections=decided.corrections, linked=decided.linked, unlinked=decided.unlinked)
    match review.decision:
        case "confirm":  # that it is a promise: what was said of its delivery stands
            return replace(
                decided,
                is_rejected=False,
                is_withdrawn=False,
                closed_on=decided.closed_on if decided.delivered_on else None,
            )
        case "reject":
            return replace(still, is_rejected=True, closed_on=made_on)
        case "withdraw":
            return replace(still, is_withdrawn=True, closed_on=made_on)
        case "delivered":
            day = date.fromisoformat(review.value) if review.value else made_on
            return replace(still, delivered_on=day, closed_on=made_on)
        case "link" if review.value:
            return replace(decided, linked=decided.linked | {review.value}, unlinked=decided.unlinked - {review.value})
        case "unlink" if review.value:
            return replace(decided, unlinked=decided.unlinked | {review.value}, linked=decided.linked - {review.value})
        case _:
            return decided


def by_commitment(
    reviews: Iterable[Review],
    homes: Mapping[str, str],
    ids: Mapping[str, str],
    present: Container[str],
    expelled: frozenset[tuple[str, int]] = frozenset(),
) -> tuple[dict[str, list[Review]], list[tuple[Review, str]]]:
    """Sort reviews to the commitments that they are about now, and name those that fit none any more.

    `homes` leads from every statement ever numbered to its present public id; `ids` from every public id ever given to
    the present one; `present` are the statements of today. A review follows its statement, except where the statement
    was put out of the commitment that was reviewed.
    """
    sorted_to: dict[str, list[Review]] = defaultdict(list)
    stray = []
    for review in reviews:
        number = (review.commitment or "").removeprefix("FT-")
        left = number.isdigit() and (review.statement, int(number)) in expelled
        anchor = review.other if review.decision == "split" else review.statement
        home = None if left and review.decision != "split" else homes.get(anchor or "")
        home = home or (ids.get(review.commitment or "") if left or not review.statement else None)
        if home is None or (review.decision == "split" and review.statement not in present):
            stray.append((review, _why_stray(review)))
        else:
            sorted_to[home].append(review)
    return dict(sorted_to), stray


def what_became(
    reviews: Iterable[Review],
    undone: Container[str],
    stray: Iterable[tuple[Review, str]],
    reviewed: Mapping[str, Iterable[Review]],
) -> list[Decision]:
    """Say of every review ever made what became of it; `reviewed` are those that stand, by commitment."""
    why = {review.id: words for review, words in stray}
    where = {review.id: commitment for commitment, found in reviewed.items() for review in found}
    return [
        Decision(
            **{
                **{field.name: getattr(review, field.name) for field in fields(review)},
                "commitment": where.get(review.id, review.commitment),
            },
            state="undone" if review.id in undone else "no longer fits" if review.id in why else "applied",
            note=why.get(review.id),
        )
        for review in reviews
    ]


def _why_stray(review: Review) -> str:
    if review.statement:
        words = f": “{review.quote}”" if review.quote else ""
        return f"the statement {review.statement} is no longer in the register{words}"
    return f"{review.commitment} is no longer in the register"


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
    if review.decision == "delivered" and not (review.evidence or "").strip():
        return "delivered needs evidence: the address of a page, or the id of a delivery, that shows it"
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
