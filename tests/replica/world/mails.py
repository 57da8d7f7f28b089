"""What the weekly mails of the truth must hold, from its sayings, deliveries and events."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.replica.world.truth import deliveries, load_truth, sayings, texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from replica.world import World


def monday(day: date) -> date:
    """Return the Monday on which the weekly run can have seen what happened on a day."""
    return day + timedelta(days=-day.weekday() % 7)


def happened(world: World) -> dict[date, dict[str, set[str]]]:
    """Return, by Monday, what happened to each commitment that week: kinds of event, `said` and `restated` too."""
    found: dict[date, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    known: set[str] = set()
    for shown, label in sorted(_shown(world)):
        found[monday(shown)][label].add("restated" if label in known else "said")
        known.add(label)
    for delivery in deliveries():
        if delivery.commitment:
            found[monday(_first(world, delivery.place, delivery.quote))][delivery.commitment].add("evidence")
    for event in load_truth()["events"]:
        if event["kind"] == "evidence":
            continue
        found[_noticed(world, event)][event["commitment"]].add(event["kind"])
    return found


def mails(world: World, interests: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Return the mails of a subscriber to a weekly digest: the Mondays on which there is news, with its commitments."""
    commitments = {entry["id"]: entry for entry in load_truth()["commitments"]}
    told = []
    for day, week in sorted(happened(world).items()):
        labels = sorted(
            label
            for label, kinds in week.items()
            if any(_matches(each, commitments[label], kinds) for each in interests)
        )
        if labels:
            told.append({"on": day.isoformat(), "commitments": labels})
    return told


def _matches(interest: Mapping[str, str], commitment: Mapping[str, Any], kinds: set[str]) -> bool:
    value = interest["value"]
    if interest["kind"] == "change":
        return value in kinds
    if interest["kind"] == "department":
        return bool(value == commitment["owner"])
    if interest["kind"] == "topic":
        return bool(value in commitment["topics"])
    return any(each.startswith(f"{value}/") for each in commitment["recommendations"])


def _shown(world: World) -> list[tuple[date, str]]:
    return [(_first(world, saying.place, saying.quote), str(saying.commitment)) for saying in sayings()]


def _first(world: World, place: str, quote: str) -> date:
    return min(day for day, text in texts_of(world, place).items() if quote in text)


def _noticed(world: World, event: Mapping[str, Any]) -> date:
    """Return the Monday on which an event is noticed: with the words that make it, where words do."""
    on = date.fromisoformat(event["on"])
    shown = [
        _first(world, saying.place, saying.quote)
        for saying in sayings()
        if saying.commitment == event["commitment"]
        and str(saying.fields.get("edited", saying.said)) == event["on"]
        and event["kind"] != "due date passed"
    ]
    return monday(min(shown, default=on))
