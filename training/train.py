"""Trains the judge from all labelled passages that are not held back: `python -m training.train` writes judge.json.

Seeded and deterministic: the same passages and the same code give the same bytes.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from processing.extraction.judge import FILE, Model
from processing.timing import load_calendar
from training.labelled import examples, training_set

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from training.labelled import Example

SEED = 20251124
STRENGTH = {"commitment": 0.1, "delivery": 0.2}  # C of the logistic regression, chosen by cross-validation
# Words count for less than structure until many of them agree: their features have a smaller value.
WORDS = (
    "w=",
    "w2=",
    "near=",
    "between=",
    "after=",
    "says=",
    "head=",
    "verb+after=",
    "verb+tense=",
    "objhead=",
    "subjhead=",
    "verb+object=",
)
WORD_VALUE = 0.6
RAREST = 2  # a feature must be seen so often
FOLDS = 5
DIGITS = 4


def fit(told: Sequence[Example], strength: float) -> Model:
    """Fit the weights of one question; the threshold is one half."""
    seen = Counter(feature for example in told for feature in example.proposal.features)
    names = sorted(feature for feature, times in seen.items() if times >= RAREST)
    matrix, right = _matrix(told, names), np.array([example.is_right for example in told])
    learner = LogisticRegression(C=strength, solver="liblinear", random_state=SEED, max_iter=2000, tol=1e-6)
    learner.fit(matrix, right)
    weights = {
        name: round(float(weight) * _value(name), DIGITS) for name, weight in zip(names, learner.coef_[0], strict=True)
    }
    return Model(
        {name: weight for name, weight in weights.items() if weight}, round(float(learner.intercept_[0]), DIGITS), 0.5
    )


def _matrix(told: Sequence[Example], names: Sequence[str]) -> csr_matrix:
    place = {name: index for index, name in enumerate(names)}
    rows, columns, values = [], [], []
    for row, example in enumerate(told):
        for feature in example.proposal.features:
            if feature in place:
                rows.append(row)
                columns.append(place[feature])
                values.append(_value(feature))
    return csr_matrix((values, (rows, columns)), shape=(len(told), len(names)))


def _value(feature: str) -> float:
    return WORD_VALUE if feature.startswith(WORDS) else 1.0


def with_threshold(told: Sequence[Example], strength: float) -> Model:
    """Fit, with the threshold that gave the best F1 on folds that the weights had not seen."""
    groups = [example.passage for example in told]
    right = np.array([example.is_right for example in told])
    scores = np.zeros(len(told))
    for inner, outer in GroupKFold(FOLDS).split(groups, groups=groups):
        model = fit([told[index] for index in inner], strength)
        for index in outer:
            scores[index] = model.score(told[index].proposal.features)
    return fit(told, strength)._replace(threshold=_best_threshold(scores, right))


def _best_threshold(scores: np.ndarray, right: np.ndarray) -> float:
    def f1(threshold: float) -> float:
        said = scores >= threshold
        return float(2 * (said & right).sum() / max(1, said.sum() + right.sum()))

    steps = [round(0.3 + 0.02 * step, 2) for step in range(21)]
    # the middle of the best stretch, so that one lucky step does not decide
    smooth = [
        np.mean([f1(near) for near in (step - 0.04, step - 0.02, step, step + 0.02, step + 0.04)]) for step in steps
    ]
    return steps[int(np.argmax(smooth))]


def train_all(told: tuple[Sequence[Example], Sequence[Example]]) -> dict[str, Model]:
    """Train both questions."""
    return {
        name: with_threshold(group, STRENGTH[name])
        for name, group in zip(("commitment", "delivery"), told, strict=True)
    }


def write(models: dict[str, Model], file: Path = FILE) -> None:
    """Write the weights as the program reads them."""
    content = {
        "models": {
            name: {"bias": model.bias, "threshold": model.threshold, "weights": dict(sorted(model.weights.items()))}
            for name, model in models.items()
        }
    }
    file.write_text(json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def train() -> dict[str, Model]:
    """Train on what is there: the labelled passages that are not held back."""
    calendar = load_calendar()
    told = [examples(labelled, calendar) for labelled in training_set()]
    return train_all(
        ([example for group, _ in told for example in group], [example for _, group in told for example in group])
    )


def main() -> None:
    """Train and write `processing/extraction/judge.json`."""
    models = train()
    write(models)
    print(", ".join(f"{name}: {len(model.weights)} weights, from {model.threshold}" for name, model in models.items()))


if __name__ == "__main__":
    main()
