"""The figures of an extraction against labels: the same pairing and the same figures as the shared scorer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processing.records import Extraction, SpokenPassage

Span = tuple[int, int]
FIELDS = ("owner", "firmness", "novelty")


def told_record(passage: SpokenPassage, extraction: Extraction) -> dict[str, Any]:
    """Return an extraction in the form of a labelled line."""
    return {
        "id": passage.id,
        "commitments": [
            {
                "quote": found.quote,
                "start": found.start,
                "owner": found.owner,
                "firmness": found.firmness,
                "novelty": found.novelty,
                "timing": found.timing.expression if found.timing else None,
                "earliest": found.timing.earliest.isoformat() if found.timing and found.timing.earliest else None,
                "latest": found.timing.latest.isoformat() if found.timing and found.timing.latest else None,
                "recommendations": list(found.recommendations),
                "score": found.score,
            }
            for found in extraction.commitments
        ],
        "deliveries": [{"quote": found.quote, "start": found.start} for found in extraction.deliveries],
    }


def spans(text: str, quotes: Sequence[Any]) -> list[Span]:
    """Return the offsets of quotes: where `start` tells it, else the first place not yet taken."""
    found: list[Span] = []
    seen: dict[str, int] = {}
    for quote in quotes:
        words = quote["quote"] if isinstance(quote, dict) else quote
        start = quote.get("start") if isinstance(quote, dict) else None
        if start is None or text[start : start + len(words)] != words:
            start = text.find(words, seen.get(words, 0))
        if start < 0:
            raise ValueError(f"not in the passage: {words!r}")
        seen[words] = start + 1
        found.append((start, start + len(words)))
    return found


def pair(gold: Sequence[Span], said: Sequence[Span]) -> list[tuple[int, int]]:
    """Pair spans one to one, the most alike first; half of the shorter must be shared."""
    scored = []
    for g, (a, b) in enumerate(gold):
        for s, (c, d) in enumerate(said):
            shared = min(b, d) - max(a, c)
            if shared > 0 and shared >= 0.5 * min(b - a, d - c):
                scored.append((shared / (max(b, d) - min(a, c)), g, s))
    pairs: list[tuple[int, int]] = []
    for _, g, s in sorted(scored, reverse=True):
        if all(g != one and s != other for one, other in pairs):
            pairs.append((g, s))
    return pairs


def _same(one: str | None, other: str | None) -> bool:
    return (one or "").strip().casefold() == (other or "").strip().casefold()


def _timing_agrees(one: str, other: str | None) -> bool:
    return bool(other) and (one.casefold() in str(other).casefold() or str(other).casefold() in one.casefold())


def score(gold: dict[str, Any], said: dict[str, Any]) -> tuple[dict[str, Any], list[tuple[str, ...]]]:
    """Return the figures and notes on what went wrong: (passage, what, quote, label, answer)."""
    names = (
        "gold said hit owner firmness novelty timing timing_of interval interval_of invented invented_of"
        " rec_g rec_s rec_hit del_g del_s del_hit record"
    )
    n = dict.fromkeys(names.split(), 0)
    notes: list[tuple[str, ...]] = []
    for key, row in gold.items():
        ours, theirs = said.get(key, {}).get("commitments", []), row["commitments"]
        text = row["text"]
        pairs = pair(spans(text, theirs), spans(text, ours))
        n["gold"] += len(theirs)
        n["said"] += len(ours)
        n["hit"] += len(pairs)
        for g, s in pairs:
            _fields(key, theirs[g], ours[s], n, notes)
        notes += [(key, "missed", t["quote"]) for g, t in enumerate(theirs) if g not in {g for g, _ in pairs}]
        notes += [
            (key, "extra", o["quote"], str(o.get("score")))
            for s, o in enumerate(ours)
            if s not in {s for _, s in pairs}
        ]
        a, b = row["deliveries"], said.get(key, {}).get("deliveries", [])
        hits = pair(spans(text, a), spans(text, b))
        n["del_g"] += len(a)
        n["del_s"] += len(b)
        n["del_hit"] += len(hits)
        notes += [
            (key, "del-missed", q if isinstance(q, str) else q["quote"])
            for g, q in enumerate(a)
            if g not in {g for g, _ in hits}
        ]
        notes += [(key, "del-extra", q["quote"]) for s, q in enumerate(b) if s not in {s for _, s in hits}]
    return _figures(n), notes


def _fields(
    key: str, label: dict[str, Any], ours: dict[str, Any], n: dict[str, int], notes: list[tuple[str, ...]]
) -> None:
    right = {
        "owner": _same(label["owner"], ours["owner"]),
        "firmness": label["firmness"] == ours["firmness"],
        "novelty": label["novelty"] == ours["novelty"],
    }
    dated = bool(label["earliest"] or label["latest"])
    interval = label["earliest"] == ours["earliest"] and label["latest"] == ours["latest"]
    for field in FIELDS:
        n[field] += right[field]
        if not right[field]:
            notes.append((key, field, ours["quote"][:90], label[field], ours[field]))
    if label["timing"]:
        n["timing_of"] += 1
        agrees = _timing_agrees(label["timing"], ours["timing"])
        n["timing"] += agrees
        if not agrees:
            notes.append((key, "timing", ours["quote"][:90], label["timing"], str(ours["timing"])))
    if dated:
        n["interval_of"] += 1
        n["interval"] += interval
        if not interval:
            notes.append(
                (
                    key,
                    "interval",
                    f"{label['timing']} {label['earliest']} {label['latest']}",
                    f"{ours['timing']} {ours['earliest']} {ours['latest']}",
                )
            )
    if not label["latest"]:
        n["invented_of"] += 1
        n["invented"] += bool(ours["latest"])
        if ours["latest"]:
            notes.append((key, "invented", ours["quote"][:90], str(label["timing"]), str(ours["timing"])))
    a, b = set(label["recommendations"]), set(ours["recommendations"])
    n["rec_g"] += len(a)
    n["rec_s"] += len(b)
    n["rec_hit"] += len(a & b)
    if a != b:
        notes.append((key, "recs", ours["quote"][:120], str(sorted(a)), str(sorted(b))))
    n["record"] += right["owner"] and right["firmness"] and (interval if dated else not ours["latest"])


def _figures(n: dict[str, int]) -> dict[str, Any]:
    def share(name: str, of: str) -> float | None:
        return n[name] / n[of] if n[of] else None

    def f1(hit: str, one: str, other: str) -> float:
        return 2 * n[hit] / (n[one] + n[other]) if n[one] + n[other] else 1.0

    return {
        "precision": share("hit", "said"),
        "recall": share("hit", "gold"),
        "f1": f1("hit", "gold", "said"),
        **{field: share(field, "hit") for field in FIELDS},
        "timing": share("timing", "timing_of"),
        "interval": share("interval", "interval_of"),
        "invented": share("invented", "invented_of"),
        "recommendations_f1": f1("rec_hit", "rec_g", "rec_s"),
        "deliveries_f1": f1("del_hit", "del_g", "del_s"),
        "record_f1": f1("record", "gold", "said"),
    }
