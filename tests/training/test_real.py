"""Labels of real paragraphs are joined with the recorded text, and only with the text that was labelled."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from training.real import passages, recorded

TEXT = "I thank her. We will publish the plan by May."
XML = '<publicwhip><p pid="x1.1/1">I thank her. We will publish the <i>plan</i> by May.</p></publicwhip>'


def labels_for(folder: Path, **changed: Any) -> Path:
    label = {
        "id": "sitting.xml#x1.1/1",
        "file": "sitting.xml",
        "pid": "x1.1/1",
        "source": "hansard",
        "title": None,
        "spoken_on": "2024-11-20",
        "house": "Commons",
        "post": "Minister of State, Home Office",
        "government": True,
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest()[:16],
        "commitments": [
            {
                "start": 13,
                "end": 44,
                "owner": "Home Office",
                "firmness": "firm",
                "novelty": "new",
                "timing": {"start": 38, "end": 44},
                "earliest": "2024-11-20",
                "latest": "2025-05-31",
                "recommendations": [],
            }
        ],
        "deliveries": [{"start": 0, "end": 11}],
    }
    (folder / "sitting.xml").write_text(XML, encoding="utf-8")
    file = folder / "labels.jsonl"
    file.write_text(json.dumps(label | changed) + "\n", encoding="utf-8")
    return file


def test_a_label_becomes_a_passage_with_its_quotes_cut_from_the_recorded_text(tmp_path: Path) -> None:
    assert list(passages(labels_for(tmp_path), tmp_path)) == [
        {
            "id": "sitting.xml#x1.1/1",
            "source": "hansard",
            "title": None,
            "spoken_on": "2024-11-20",
            "house": "Commons",
            "speaker": None,
            "post": "Minister of State, Home Office",
            "government": True,
            "text": TEXT,
            "commitments": [
                {
                    "quote": "We will publish the plan by May",
                    "start": 13,
                    "owner": "Home Office",
                    "firmness": "firm",
                    "novelty": "new",
                    "timing": "by May",
                    "earliest": "2024-11-20",
                    "latest": "2025-05-31",
                    "recommendations": [],
                }
            ],
            "deliveries": ["I thank her"],
        }
    ]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        pytest.param({"pid": "x9.9/9"}, "has no paragraph x9.9/9", id="a paragraph that is not in the file"),
        pytest.param({"sha256": "0" * 16}, "has changed", id="a text other than the one labelled"),
    ],
)
def test_a_label_that_does_not_fit_its_text_is_refused(tmp_path: Path, changed: dict[str, str], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        list(passages(labels_for(tmp_path, **changed), tmp_path))


def test_every_label_in_the_project_fits_the_recorded_text(root: Path, samples: Path) -> None:
    labels = root / "training" / "labels" / "twfy.jsonl"
    told = [passage["id"] for passage in passages(labels, samples / "twfy-scrapedxml")]
    assert told == [json.loads(line)["id"] for line in labels.read_text(encoding="utf-8").splitlines()]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("labels", ["labels/recorded.jsonl", "unseen/recorded.jsonl"])
def test_every_label_of_a_recorded_answer_or_speech_fits_its_text(root: Path, samples: Path, labels: str) -> None:
    file = root / "training" / labels
    told = [passage["id"] for passage in recorded(file, samples)]
    assert told == [json.loads(line)["id"] for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(set(told)) == len(told)


ANSWER = {"id": "7", "question": "To ask when the plan is due.", "answer": TEXT}


def answer_for(folder: Path, **changed: Any) -> Path:
    (folder / "answers.jsonl").write_text(json.dumps(ANSWER) + "\n", encoding="utf-8")
    label = json.loads(labels_for(folder).read_text(encoding="utf-8"))
    told = {"id": "answer/7", "file": "answers.jsonl", "start": 0, "length": len(TEXT)}
    file = folder / "labels.jsonl"
    file.write_text(json.dumps(label | told | changed) + "\n", encoding="utf-8")
    return file


def test_a_label_of_an_answer_gets_its_text_and_the_question_asked(tmp_path: Path) -> None:
    (passage,) = recorded(answer_for(tmp_path), tmp_path)
    assert (passage["title"], passage["text"], passage["commitments"][0]["quote"], passage["deliveries"]) == (
        "To ask when the plan is due.",
        TEXT,
        "We will publish the plan by May",
        ["I thank her"],
    )


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        pytest.param({"id": "answer/8"}, "has no answer/8", id="an answer that is not in the file"),
        pytest.param({"start": 1}, "has changed", id="another part of the text"),
    ],
)
def test_a_label_that_does_not_fit_its_answer_is_refused(tmp_path: Path, changed: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        list(recorded(answer_for(tmp_path, **changed), tmp_path))


ROOT = Path(__file__).parent.parent.parent / "training"
KEPT_BACK = ("kept_back/first.jsonl", "kept_back/second.jsonl")


def of_file(name: str) -> dict[tuple[str, str], dict[str, Any]]:
    rows = map(json.loads, (ROOT / name).read_text(encoding="utf-8").splitlines())
    # one speech may be drawn in parts: its id ends with where the part begins
    return {(row["file"], "/".join(row["id"].split("/")[:2])): row for row in rows}


def test_what_is_kept_back_is_labelled_twice_and_stands_in_no_other_set() -> None:
    first, second = map(of_file, KEPT_BACK)
    assert len(first) == 300
    assert {key: row["sha256"] for key, row in first.items()} == {key: row["sha256"] for key, row in second.items()}
    for other in ("labels/recorded.jsonl", "unseen/recorded.jsonl"):
        assert first.keys().isdisjoint(of_file(other))
    spans = [span for row in (*first.values(), *second.values()) for span in (*row["commitments"], *row["deliveries"])]
    assert all(0 <= span["start"] < span["end"] for span in spans)


def test_no_command_of_the_project_reads_what_is_kept_back() -> None:
    code = [file for file in ROOT.glob("*.py") if "kept_back" in file.read_text(encoding="utf-8")]
    assert code == []
