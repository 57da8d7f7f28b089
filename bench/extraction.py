"""Measures the extractor on one core: `python -m bench.extraction [--text FOLDER] [--memory N] [--seconds S]`.

Text: the paragraphs of a folder of TheyWorkForYou XML (the recorded days by default), else our labelled passages.
Every paragraph is taken for a minister's, the dearest case: what others say is passed over at once. Prints megabytes
a second, the median of a passage, memory at the start and the end of many passages, and the same text read by what a
user might try instead: dateparser's search_dates, and spaCy where it is installed with a model.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import sys
import time
from datetime import date
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from processing.commitments import extract_passage
from processing.records import SpokenPassage
from processing.terms import find_mentions, load_vocabulary
from processing.timing import load_calendar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parent.parent
RECORDED = ROOT.parent / "shared" / "samples" / "twfy-scrapedxml"
SHORTEST = 40  # characters of a paragraph worth timing
FLOORS = {"gated": 20.0, "ungated": 5.0, "median": 0.3}  # megabytes a second, and milliseconds


def texts(folder: Path) -> list[str]:
    """Return the paragraphs of a folder of XML files, or of the labelled passages where it has none."""
    found = [
        "".join(paragraph.itertext()).strip()
        for file in sorted(folder.rglob("*.xml"))
        for paragraph in ET.parse(file).iter("p")  # noqa: S314 -- recorded files, or the user's own
    ]
    if not found:
        files = sorted((ROOT / "training" / "passages").glob("*.jsonl"))
        found = [json.loads(line)["text"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [text for text in found if len(text) >= SHORTEST]


def passage(text: str) -> SpokenPassage:
    """Return a paragraph as if a minister had said it."""
    return SpokenPassage(
        id="1",
        source="hansard",
        title="",
        spoken_on=date(2025, 6, 16),
        text=text,
        house="Commons",
        speaker=None,
        post="Home Secretary",
        government=True,
    )


def timed(act: Callable[[str], object], told: Sequence[str], seconds: float) -> tuple[float, list[float]]:
    """Return megabytes a second of CPU time, and the milliseconds of each paragraph, over at most so many seconds."""
    size, spent, each = 0, 0.0, []
    for text in told:
        start = time.process_time()
        act(text)
        took = time.process_time() - start
        spent += took
        size += len(text.encode())
        each.append(took * 1000)
        if spent > seconds:
            break
    return size / 1e6 / max(spent, 1e-9), each


def others() -> dict[str, Callable[[str], object]]:
    """Return what a user might try instead, where it is installed."""
    from dateparser.search import search_dates  # noqa: PLC0415 -- slow to load, and not ours

    found: dict[str, Callable[[str], object]] = {
        "dateparser search_dates": lambda text: search_dates(text, languages=["en"])
    }
    try:
        import spacy  # type: ignore[import-not-found]  # noqa: PLC0415 -- optional

        found["spaCy en_core_web_sm"] = spacy.load("en_core_web_sm")
    except (ImportError, OSError) as error:
        print(f"spaCy is left out: {error}")
    return found


def memory(act: Callable[[str], object], told: Sequence[str], passages: int) -> tuple[float, float]:
    """Return the peak of memory in megabytes after a tenth of many passages, and after all of them."""
    early = 0.0
    for number, text in enumerate(itertools.islice(itertools.cycle(told), passages)):
        act(text)
        if number == passages // 10:
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return early, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the figures, and end with 1 where a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path, default=RECORDED)
    parser.add_argument("--memory", type=int, default=1_000_000, help="passages of the memory run")
    parser.add_argument("--seconds", type=float, default=20.0, help="at most so long for each reader")
    options = parser.parse_args()
    calendar, vocabulary = load_calendar(), load_vocabulary()
    told = texts(options.text)

    def ungated(text: str) -> object:
        return extract_passage(passage(text), calendar)

    def gated(text: str) -> object:
        return ungated(text) if find_mentions(text, vocabulary) else None

    for text in told[:20]:
        ungated(text)
    rates: dict[str, float] = {}
    rates["gated"], _ = timed(gated, told, options.seconds)
    rates["ungated"], each = timed(ungated, told, options.seconds)
    rates["median"] = median(each)
    print(f"{len(told)} paragraphs, {sum(len(text.encode()) for text in told) / 1e6:.1f} MB")
    print(f"keyword-gated {rates['gated']:.1f} MB/s, ungated {rates['ungated']:.2f} MB/s")
    print(f"a passage: median {rates['median']:.2f} ms")
    for name, act in others().items():
        rate, _ = timed(act, told, options.seconds)
        times, gated_times = rates["ungated"] / rate, rates["gated"] / rate
        print(f"{name}: {rate:.3f} MB/s; ours is {times:.1f} times as fast, keyword-gated {gated_times:.0f} times")
    early, late = memory(gated, told, options.memory)
    print(f"memory: {early:.0f} MB after {options.memory // 10:,} passages, {late:.0f} MB after {options.memory:,}")
    missed = [name for name in ("gated", "ungated") if rates[name] < FLOORS[name]]
    missed += ["median"] if rates["median"] > FLOORS["median"] else []
    missed += ["memory"] if late > early * 1.05 else []
    if missed:
        print(f"floors missed: {', '.join(missed)} ({FLOORS})")
        sys.exit(1)


if __name__ == "__main__":
    main()
