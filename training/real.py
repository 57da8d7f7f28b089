"""Joins our labels of real text with the text itself, which is kept outside the project.

Paragraphs stand in mySociety's parlparse XML, written answers and speeches in JSON Lines.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SHA_DIGITS = 16
_TITLE = 300  # characters of a question that labellers saw


def passages(labels: Path, samples: Path) -> Iterator[dict[str, Any]]:
    """Yield each labelled paragraph as a passage of the labelling guide's file format, its quotes cut from the text.

    `labels` is a JSON Lines file of offsets into the plain text of paragraphs, `samples` the folder that holds the XML
    files it names. Speakers are null. Every record also has its `start`, as a quote may stand twice.
    Raises FileNotFoundError where a file is absent, ValueError where a paragraph is absent or its text is not the one
    that was labelled.
    """
    texts: dict[str, dict[str, str]] = {}
    for line in labels.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        file = label["file"]
        if file not in texts:
            texts[file] = _paragraphs(samples / file)
        text = texts[file].get(label["pid"])
        if text is None:
            raise ValueError(f"{labels.name}: {file} has no paragraph {label['pid']}; use the labelled copy")
        if hashlib.sha256(text.encode()).hexdigest()[:_SHA_DIGITS] != label["sha256"]:
            raise ValueError(f"{labels.name}: paragraph {label['pid']} of {file} has changed; label it again")
        yield _passage(label, text)


def recorded(labels: Path, samples: Path) -> Iterator[dict[str, Any]]:
    """Yield each labelled written answer or part of a speech as `passages` does.

    `labels` names, for each, the file below `samples`, its id there, where in its text the labelled part begins and how
    long it is. The title is the first 300 characters of the question asked; a speech has none. Raises as `passages`.
    """
    texts: dict[str, dict[str, tuple[str | None, str]]] = {}
    for line in labels.read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        file = label["file"]
        if file not in texts:
            texts[file] = _texts(samples / file)
        found = texts[file].get(label["id"].split("/")[1])
        if found is None:
            raise ValueError(f"{labels.name}: {file} has no {label['id']}; use the labelled copy")
        title, whole = found
        text = whole[label["start"] : label["start"] + label["length"]]
        if hashlib.sha256(text.encode()).hexdigest()[:_SHA_DIGITS] != label["sha256"]:
            raise ValueError(f"{labels.name}: {label['id']} of {file} has changed; label it again")
        yield _passage(label | {"title": title}, text)


def _texts(file: Path) -> dict[str, tuple[str | None, str]]:
    """Return the question asked, if any, and the text of each line of a file by its id."""
    body = file.read_bytes()
    lines = (gzip.decompress(body) if file.suffix == ".gz" else body).decode().split("\n")
    rows = map(json.loads, filter(None, lines))
    found: dict[str, tuple[str | None, str]] = {}
    for row in rows:
        question = (row.get("question") or "")[:_TITLE] or None
        found[str(row.get("id") or row["gid"])] = question, row.get("answer") or row["text"]
    return found


def _paragraphs(file: Path) -> dict[str, str]:
    tree = ET.parse(file)  # noqa: S314 -- recorded samples that are checked by their digest, not input
    return {
        paragraph.attrib["pid"]: "".join(paragraph.itertext())
        for paragraph in tree.iter("p")
        if "pid" in paragraph.attrib
    }


def _passage(label: dict[str, Any], text: str) -> dict[str, Any]:
    told = ("id", "source", "title", "spoken_on", "house", "post", "government")
    return {
        **{name: label[name] for name in told},
        "speaker": None,
        "text": text,
        "commitments": [_commitment(record, text) for record in label["commitments"]],
        "deliveries": [text[span["start"] : span["end"]] for span in label["deliveries"]],
    }


def _commitment(record: dict[str, Any], text: str) -> dict[str, Any]:
    timing = record["timing"]
    return {
        "quote": text[record["start"] : record["end"]],
        "start": record["start"],
        "owner": record["owner"],
        "firmness": record["firmness"],
        "novelty": record["novelty"],
        "timing": text[timing["start"] : timing["end"]] if timing else None,
        "earliest": record["earliest"],
        "latest": record["latest"],
        "recommendations": record["recommendations"],
    }
