"""People's decisions as JSON Lines, so that they outlive the database: one object a line, in order of time."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.register.commitments import add_review, load_reviews
from processing.commitments.reviews import Review, problem
from processing.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.archive.archive import Archive

NAMES = frozenset(field.name for field in fields(Review))


def as_lines(reviews: Iterable[Review]) -> str:
    """Write reviews as JSON Lines; what a review leaves open is left out."""
    kept = ({name: value for name, value in asdict(review).items() if value is not None} for review in reviews)
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in kept)


def from_lines(text: str, name: str) -> list[Review]:
    """Read reviews from JSON Lines. Raises BadInput with the file's name and line where one is none of ours."""
    # only a line feed ends a line: other breaks may stand in a text
    return [_review(line, f"{name}, line {number}") for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _review(line: str, place: str) -> Review:
    try:
        told: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadInput(f"{place}: not JSON: {error}") from error
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        raise BadInput(f"{place}: not an object of texts.")
    if unknown := sorted(told.keys() - NAMES):
        raise BadInput(f"{place}: unknown: {', '.join(unknown)}.")
    if missing := sorted({"id", "decision", "reviewer", "made_at", "reason"} - told.keys()):
        raise BadInput(f"{place}: missing: {', '.join(missing)}.")
    review = Review(**told)
    if wrong := problem(review):
        raise BadInput(f"{place}: {wrong}.")
    try:
        datetime.strptime(review.made_at, "%Y-%m-%dT%H:%M:%S.%f%z")
    except ValueError as error:
        raise BadInput(f"{place}: made_at must be an instant such as 2025-11-24T09:30:00.000000Z.") from error
    return review


def bring_in(archive: Archive, reviews: Iterable[Review]) -> tuple[int, int]:
    """Add reviews that the archive lacks. Returns (how many were added, how many it had); all of them or none.

    Raises BadInput where one takes back a review that neither the archive nor the file has.
    """
    brought = list(reviews)
    had = {review.id for review in load_reviews(archive)}
    new = sorted((review for review in brought if review.id not in had), key=lambda review: (review.made_at, review.id))
    known = had | {review.id for review in new}
    for review in new:
        if review.undoes and review.undoes not in known:
            raise BadInput(f"Review {review.id} takes back {review.undoes}, which is neither here nor in the file.")
    with archive.database.atomic():
        for review in new:
            add_review(archive, review)
    return len(new), len(brought) - len(new)
