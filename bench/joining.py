"""How well sayings of one promise are told from sayings of two: 400 pairs, written without sight of the code.

`python -m bench.joining` reads `tests/fixtures/joining/pairs.jsonl`, takes each text through the extractor and each
pair through joining, and prints, by kind of pair, what came out. A pair whose promise is not found on both sides says
nothing of joining and is counted apart.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from processing.commitments.joining.join import join
from processing.commitments.statement import Statement
from processing.commitments.things import thing_about
from processing.extraction.passage import extract_passage
from processing.records import FoundCommitment, SpokenPassage
from processing.timing import Calendar, load_calendar

PAIRS = Path(__file__).parent.parent / "tests" / "fixtures" / "joining" / "pairs.jsonl"


def main() -> None:
    """Print, by kind, how many pairs were joined, proposed to a person or kept apart, and how many moves were false."""
    calendar = load_calendar()
    counts: dict[tuple[bool, str], Counter[str]] = defaultdict(Counter)
    wrong = []
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        outcome = outcome_of(pair, calendar)
        counts[pair["same"], pair["kind"]][outcome] += 1
        if outcome in ("joined", "false move") and not pair["same"]:
            wrong.append(pair["id"])
    for (is_same, kind), found in sorted(counts.items()):
        print("same" if is_same else "different", kind, dict(found))
    _print_totals(counts)
    print("joined and different:", *wrong)


def _print_totals(counts: dict[tuple[bool, str], Counter[str]]) -> None:
    same, different = (
        sum((found for (told, _), found in counts.items() if told is is_same), Counter()) for is_same in (True, False)
    )
    taken = same["joined"] + different["joined"] + different["false move"]
    read = sum(same.values()) - same["not found"]
    print(f"same: {dict(same)}; different: {dict(different)}")
    print(f"precision {same['joined'] / max(1, taken):.3f}, recall {same['joined'] / max(1, read):.3f}, {read} read")
    print(f"recall with what a person is asked: {(same['joined'] + same['possible']) / max(1, read):.3f}")


def outcome_of(pair: dict[str, Any], calendar: Calendar) -> str:
    """Return `not found`, `joined`, `false move` (joined though different, with two last days), `possible`, `apart`."""
    first, second = (sayings(pair[side], side, calendar) for side in ("a", "b"))
    if not first or not second:
        return "not found"
    clusters = join([*first, *second])
    for group in clusters.groups:
        sides = {key[0] for key in group}
        if sides == {"a", "b"}:
            days = {saying.latest for saying in (*first, *second) if saying.id in group and saying.latest}
            return "false move" if len(days) > 1 and not pair["same"] else "joined"
    crosses = any(made.statement[0] != made.other[0] for made in clusters.possible)
    return "possible" if crosses else "apart"


def sayings(told: dict[str, Any], side: str, calendar: Calendar) -> list[Statement]:
    """Return what the extractor finds in one side of a pair, ids beginning with the side."""
    passage = SpokenPassage(
        id=side,
        source="govuk",
        title="Child sexual abuse",
        spoken_on=date.fromisoformat(told["said"]),
        text=told["text"],
        speaker=told["department"],
        government=True,
    )
    found = extract_passage(passage, calendar).commitments
    return [_statement(one, passage, f"{side}{number}", told["place"]) for number, one in enumerate(found)]


def _statement(found: FoundCommitment, passage: SpokenPassage, key: str, place: str) -> Statement:
    timing = found.timing
    return Statement(
        id=key,
        document=place,
        passage=0,
        passage_key=place,
        quote=found.quote,
        start=found.start,
        said_on=passage.spoken_on,
        url="",
        owner=found.owner,
        firmness=found.firmness,
        novelty=found.novelty,
        action=found.action,
        object=thing_about(found.quote, passage.text),
        timing=timing.expression if timing else None,
        earliest=timing.earliest if timing else None,
        latest=timing.latest if timing else None,
        first_seen_at=f"{passage.spoken_on}T00:00:00.00000{0 if key[0] == 'a' else 1}Z",
        nearby=passage.text,
    )


if __name__ == "__main__":
    main()
