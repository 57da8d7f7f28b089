"""The linear judge: weights from `judge.json`, trained in `training/`, scored in plain Python."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = Path(__file__).parent / "judge.json"
_ROUNDING = 1e-6  # sums in another order differ by less
STRONGEST = 5  # features kept with a record
# the kinds of features that hang on a clause's timing, see `features.timed_features`
TIMED = ("view", "view+cue", "view+when", "when", "cue+when", "source+view", "governor+view")


class Model(NamedTuple):
    """One question of the judge: the weight of each feature, the bias, and the probability from which it says yes.

    `most_by_timing` is more than the features of a clause's timing can add together; without it, anything.
    """

    weights: dict[str, float]
    bias: float
    threshold: float
    most_by_timing: float = math.inf

    def total(self, features: Iterable[str]) -> float:
        """Return the sum of the weights of features, without the bias."""
        weight = self.weights.get
        total = 0.0
        for feature in features:
            total += weight(feature, 0.0)
        return total

    def may_accept(self, total: float) -> bool:
        """Tell whether features that sum up to a total can reach the threshold; never no where `score` says yes."""
        return self.bias + total >= math.log(self.threshold / (1 - self.threshold)) - _ROUNDING

    def score(self, features: Iterable[str]) -> float:
        """Return the probability, from 0 to 1, that the answer is yes."""
        total = self.bias + self.total(features)
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))

    def strongest(self, features: Iterable[str]) -> tuple[tuple[str, float], ...]:
        """Return the features that moved the score most, with their weights, strongest first."""
        told = [(feature, self.weights[feature]) for feature in features if feature in self.weights]
        return tuple(sorted(told, key=lambda pair: (-abs(pair[1]), pair[0]))[:STRONGEST])


@cache
def load_judge(file: Path = FILE) -> dict[str, Model]:
    """Read the weights, part of the program. Raises OSError or ValueError where the file is missing or damaged."""
    content = json.loads(file.read_text(encoding="utf-8"))
    return {
        name: Model(told["weights"], told["bias"], told["threshold"], most_by_timing(told["weights"]))
        for name, told in content["models"].items()
    }


def most_by_timing(weights: dict[str, float]) -> float:
    """Return the greatest weights of the kinds of features that hang on timing, together: no clause has more."""
    most = dict.fromkeys(TIMED, 0.0)
    for feature, weight in weights.items():
        kind = feature.partition("=")[0]
        if kind in most:
            most[kind] = max(most[kind], weight)
    return sum(most.values())
