"""How well sayings are joined: precision and recall over pairs, and B-cubed (Bagga and Baldwin 1998) over sayings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from tests.processing.commitments.made import undated

if TYPE_CHECKING:
    from collections.abc import Mapping

    from processing.commitments.statement import Statement

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Precision and recall, 0 to 1, and what was joined wrongly or not at all, as pairs of ids."""

    precision: float
    recall: float
    wrong: tuple[tuple[str, str], ...] = ()
    missed: tuple[tuple[str, str], ...] = ()


def bcubed(truth: Mapping[str, str], found: Mapping[str, str]) -> Measured:
    """Measure a clustering (id to cluster) against the true one: the mean over ids of their clusters' overlap."""
    if truth.keys() != found.keys():
        raise ValueError(f"not the same ids: {sorted(truth.keys() ^ found.keys())[:5]}")
    precision = recall = 0.0
    for one in truth:
        together = {other for other in found if found[other] == found[one]}
        belong = {other for other in truth if truth[other] == truth[one]}
        precision += len(together & belong) / len(together)
        recall += len(together & belong) / len(belong)
    wrong, missed = _pairs(truth, found)
    return Measured(precision=precision / len(truth), recall=recall / len(truth), wrong=wrong, missed=missed)


def pairwise(truth: Mapping[str, str], found: Mapping[str, str]) -> Measured:
    """Measure over pairs: of those joined, how many belong together; of those that do, how many are joined."""
    wrong, missed = _pairs(truth, found)
    joined = sum(found[one] == found[other] for one, other in combinations(truth, 2))
    belong = sum(truth[one] == truth[other] for one, other in combinations(truth, 2))
    right = joined - len(wrong)
    return Measured(precision=right / joined, recall=right / belong, wrong=wrong, missed=missed)


def _pairs(
    truth: Mapping[str, str], found: Mapping[str, str]
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    pairs = list(combinations(truth, 2))
    wrong = tuple((a, b) for a, b in pairs if found[a] == found[b] and truth[a] != truth[b])
    missed = tuple((a, b) for a, b in pairs if found[a] != found[b] and truth[a] == truth[b])
    return wrong, missed


def sayings(half: str) -> tuple[list[Statement], dict[str, str], dict[str, str]]:
    """Return the written sayings of one half, with the true promise and the theme of each by its id."""
    content = yaml.safe_load((HERE / f"pairs_{half}.yml").read_text(encoding="utf-8"))
    found, truth, themes = [], {}, {}
    for theme in content:
        for place, promise in enumerate(theme["promises"]):
            for turn, entry in enumerate(promise):
                name = f"{theme['theme']} {place}.{turn}"
                truth[name], themes[name] = f"{theme['theme']} {place}", theme["theme"]
                found.append(_saying(name, entry))
    return found, truth, themes


def deliveries(half: str) -> list[Statement]:
    """Return what the sources of one half say has been done."""
    content = yaml.safe_load((HERE / f"pairs_{half}.yml").read_text(encoding="utf-8"))
    return [
        _saying(f"{theme['theme']} done {place}", {"by": "Government", **entry})
        for theme in content
        for place, entry in enumerate(theme.get("done", ()))
    ]


def _saying(name: str, entry: dict[str, date | str]) -> Statement:
    said = entry["said"]
    assert isinstance(said, date)
    return undated(
        name,
        str(entry["quote"]),
        said_on=said,
        first_seen_at=said.isoformat(),
        nearby=str(entry.get("near", "")),
        owner=str(entry["by"]),
        action=str(entry["act"]),
        novelty=str(entry.get("novelty", "new")),
        timing=str(entry["when"]) if "when" in entry else None,
    )
