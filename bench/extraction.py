"""Measures the extractor on one core: `python -m bench.extraction [--text FOLDER] [--memory N] [--seconds S]`.

Text: a folder of TheyWorkForYou XML (the recorded days by default), else our labelled passages. It is read twice: as
the archive has it, speech by speech, where what others say is passed over at once; and paragraph by paragraph as if a
minister had said every one, the dearest case. Prints megabytes a second, the median of a passage, memory at the start
and the end of many passages, and the same text read by what a user might try instead: dateparser's search_dates, and
spaCy where it is installed with a model. The floors are those of text as the archive has it.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import resource
import sys
import time
from datetime import date
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

from processing.commitments.capacity import capacity, speakers_of
from processing.errors import KindNotCollected
from processing.extraction.passage import extract_passage
from processing.language.terms import find_mentions, load_vocabulary
from processing.records import SpokenPassage
from processing.timing import load_calendar
from spiders.twfy import name_of, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Readers = tuple[Callable[[SpokenPassage], object], Callable[[SpokenPassage], object]]

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
    ] or [row["text"] for row in labelled()]
    return [text for text in found if len(text) >= SHORTEST]


def labelled() -> list[dict[str, Any]]:
    """Return the lines of our labelled passages."""
    files = sorted((ROOT / "training" / "passages").glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def passage(text: str, *, is_government: bool = True) -> SpokenPassage:
    """Return a text as if a minister, or somebody else, had said it."""
    return SpokenPassage(
        id="1",
        source="hansard",
        title="",
        spoken_on=date(2025, 6, 16),
        text=text,
        house="Commons",
        speaker=None,
        post="Home Secretary" if is_government else None,
        government=is_government,
    )


def speeches(folder: Path) -> list[SpokenPassage]:
    """Return the passages of a folder of XML files whole, each with whether it is the Government's word.

    That is told as the register does. Who once answers or makes a statement in a file speaks for the Government in all
    of it. Files in which nobody is known to do so are left out: they would only flatter the figure.
    """
    told: list[SpokenPassage] = []
    for file in sorted(folder.rglob("*.xml")):
        with contextlib.suppress(KindNotCollected):
            rows = list(_speakers(file))
            ministers = {who for who, _, is_government in rows if is_government and who}
            if ministers:
                told += [passage(text, is_government=known or who in ministers) for who, text, known in rows]
    return told or [passage(row["text"], is_government=bool(row["government"])) for row in labelled()]


def _speakers(file: Path) -> Iterator[tuple[str | None, str, bool]]:
    """Yield who speaks, the text, and whether it is the Government's word, for each passage of a file."""
    for document in read(file.read_bytes(), name_of(file.name) or file.name):
        speakers = speakers_of(document)
        for part in document.passages:
            is_asked = part.kind in ("heading", "time", "division", "procedure", "question")
            who = capacity(document, part, document.published, {}, speakers)
            yield part.speaker, part.text, bool(who.is_government) and not is_asked


class Measured(NamedTuple):
    """Megabytes a second of CPU time, and the milliseconds of each passage."""

    rate: float
    each: list[float]


def timed(act: Callable[[SpokenPassage], object], told: Sequence[SpokenPassage], seconds: float) -> Measured:
    """Measure a reader over at most so many seconds; what it does with a passage is thrown away."""
    size, spent, each = 0, 0.0, []
    for one in told:
        start = time.process_time()
        act(one)
        took = time.process_time() - start
        spent += took
        size += len(one.text.encode())
        each.append(took * 1000)
        if spent > seconds:
            break
    return Measured(size / 1e6 / max(spent, 1e-9), each)


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


def memory(act: Callable[[SpokenPassage], object], told: Sequence[SpokenPassage], passages: int) -> tuple[float, float]:
    """Return the peak of memory in megabytes after a tenth of many passages, and after all of them."""
    early = 0.0
    for number, one in enumerate(itertools.islice(itertools.cycle(told), passages)):
        act(one)
        if number == passages // 10:
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return early, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def size_of(told: Sequence[SpokenPassage]) -> float:
    """Return the megabytes of the texts of passages."""
    return sum(len(one.text.encode()) for one in told) / 1e6


def measure(name: str, told: Sequence[SpokenPassage], readers: Readers, seconds: float) -> dict[str, float]:
    """Measure both readers over passages and print it; of the Government's own passages apart, which cost the time."""
    gated, ungated = (timed(act, told, seconds) for act in readers)
    own = [took for one, took in zip(told, ungated.each, strict=False) if one.government]
    share = size_of([one for one in told if one.government]) / size_of(told)
    print(f"{name}: {len(told)} passages, {size_of(told):.1f} MB, {share:.0%} of it the Government's word")
    print(f"  keyword-gated {gated.rate:.1f} MB/s, ungated {ungated.rate:.2f} MB/s")
    print(f"  a passage: median {median(ungated.each):.3f} ms; of the Government's own alone {median(own):.3f} ms")
    return {"gated": gated.rate, "ungated": ungated.rate, "median": median(ungated.each)}


def main() -> None:
    """Print the figures, and end with 1 where a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", type=Path, default=RECORDED)
    parser.add_argument("--memory", type=int, default=1_000_000, help="passages of the memory run")
    parser.add_argument("--seconds", type=float, default=20.0, help="at most so long for each reader")
    options = parser.parse_args()
    calendar, vocabulary = load_calendar(), load_vocabulary()

    def ungated(one: SpokenPassage) -> object:
        return extract_passage(one, calendar)

    def gated(one: SpokenPassage) -> object:
        return ungated(one) if find_mentions(one.text, vocabulary) else None

    archived, dearest = speeches(options.text), [passage(text) for text in texts(options.text)]
    for one in dearest[:200]:
        ungated(one)
    rates = measure("as the archive has it", archived, (gated, ungated), options.seconds)
    hard = measure("every paragraph taken for a minister's", dearest, (gated, ungated), options.seconds)
    for name, act in others().items():
        rate = timed(lambda one, act=act: act(one.text), dearest, options.seconds).rate  # type: ignore[misc]
        times, gated_times = hard["ungated"] / rate, hard["gated"] / rate
        print(f"{name}: {rate:.3f} MB/s; ours is {times:.1f} times as fast, keyword-gated {gated_times:.0f} times")
    early, late = memory(gated, dearest, options.memory)
    print(f"memory: {early:.0f} MB after {options.memory // 10:,} passages, {late:.0f} MB after {options.memory:,}")
    missed = [name for name in ("gated", "ungated") if rates[name] < FLOORS[name]]
    missed += ["median"] if rates["median"] > FLOORS["median"] else []
    missed += ["memory"] if late > early * 1.05 else []
    if missed:
        print(f"floors missed: {', '.join(missed)} ({FLOORS})")
        sys.exit(1)


if __name__ == "__main__":
    main()
