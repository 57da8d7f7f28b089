"""Finds what a passage promises and what it says has been done: the extractor."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from processing.extraction.actions import action_of
from processing.extraction.judge import load_judge
from processing.extraction.kinds import firmness_of, novelty_of
from processing.extraction.owners import owner_of
from processing.extraction.recommendations_named import link
from processing.extraction.sentences import Proposal, propose, time_of_lead
from processing.extraction.voice import Voice, voice_of
from processing.extraction.why import why
from processing.language.text import normalise
from processing.language.tokens import words_of
from processing.records import Extraction, FoundCommitment, FoundDelivery

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from processing.extraction.judge import Model
    from processing.records import SpokenPassage, Timing
    from processing.timing import Calendar

NOTHING = Extraction(commitments=(), deliveries=())


def extract_passage(passage: SpokenPassage, calendar: Calendar) -> Extraction:
    """Return the commitments and deliveries of a passage, in its order; none where it is not the Government's word.

    Each quote is the exact substring of the passage's text at its offset.
    """
    return extract_with(passage, calendar, load_judge())


def extract_with(passage: SpokenPassage, calendar: Calendar, models: Mapping[str, Model]) -> Extraction:
    """Do the same with given weights, so that training can judge its own."""
    voice = voice_of(passage)
    if not voice.is_government or not passage.text:
        return NOTHING
    found = propose(passage, calendar, models)
    promises = best(found.promises, models["commitment"])
    done = best(found.done, models["delivery"])
    promised: dict[tuple[int, int], list[Proposal]] = defaultdict(list)
    for proposal, _ in promises:
        promised[proposal.sentence].append(proposal)
    return Extraction(
        commitments=tuple(
            _commitment(passage, found.text, proposal, (score, models["commitment"]), voice, calendar)
            for proposal, score in promises
        ),
        deliveries=tuple(
            _delivery(passage, found.text, proposal, score)
            for proposal, score in done
            if not any(_overlap(proposal, other) for other in promised[proposal.sentence])
        ),
    )


def best(proposals: Sequence[Proposal], model: Model) -> list[tuple[Proposal, float]]:
    """Return the proposals that the judge accepts with their scores, in order; of those that overlap the best."""
    scored = [(proposal, model.score(proposal.features)) for proposal in proposals]
    # proposals lie within their sentence, so that only those of one sentence can overlap
    kept: dict[tuple[int, int], list[tuple[Proposal, float]]] = defaultdict(list)
    for proposal, score in sorted(scored, key=lambda pair: (-pair[1], pair[0].start, pair[0].end)):
        beside = kept[proposal.sentence]
        if score >= model.threshold and not any(_overlap(proposal, other) for other, _ in beside):
            beside.append((proposal, score))
    return sorted((pair for pairs in kept.values() for pair in pairs), key=lambda pair: pair[0].start)


def _overlap(one: Proposal, other: Proposal) -> bool:
    """Tell whether two proposals share at least half of the shorter one."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0 and shared * 2 >= min(one.end - one.start, other.end - other.start)


def _commitment(
    passage: SpokenPassage,
    low: str,
    proposal: Proposal,
    judged: tuple[float, Model],
    voice: Voice,
    calendar: Calendar,
) -> FoundCommitment:
    first, last = proposal.sentence
    sentence = normalise(passage.text[first:last])
    words = words_of(sentence.lower())
    owner = owner_of(proposal.candidate, words, sentence, normalise(passage.text[:first]), passage.title, voice.ours)
    firmness = firmness_of(proposal.candidate, proposal.inside)
    novelty = novelty_of(proposal.candidate, proposal.inside, proposal.near, (proposal.start, proposal.end))
    timing = _placed(proposal.timing, first) or time_of_lead(passage, proposal.start, calendar)
    score, model = judged
    return FoundCommitment(
        quote=passage.text[proposal.start : proposal.end],
        start=proposal.start,
        owner=owner,
        firmness=firmness,
        novelty=novelty,
        timing=timing,
        recommendations=_links(low, proposal, passage.title),
        action=action_of(proposal.candidate),
        why=why(passage.text, proposal, voice, firmness, novelty, timing),
        cues=tuple(sorted({*proposal.inside, *proposal.near}, key=lambda cue: (cue.start, cue.end, cue.id))),
        score=round(score, 4),
        features=model.strongest(proposal.features),
    )


def _delivery(passage: SpokenPassage, low: str, proposal: Proposal, score: float) -> FoundDelivery:
    return FoundDelivery(
        quote=passage.text[proposal.start : proposal.end],
        start=proposal.start,
        cues=proposal.inside,
        score=round(score, 4),
        recommendations=_links(low, proposal, passage.title),
        action=action_of(proposal.candidate),
    )


def _links(low: str, proposal: Proposal, title: str) -> tuple[str, ...]:
    first, last = proposal.sentence
    candidate = proposal.candidate
    by_one = low[proposal.start : proposal.end].startswith(("i ", "i'"))
    is_favour = candidate.rules[0].id == "HAPPY" or (by_one and action_of(candidate) in ("meet", "write", "review"))
    quote = low[proposal.start : proposal.end]
    return link(quote, low[first:last], low[:first], normalise(title).lower(), is_favour=is_favour)


def _placed(timing: Timing | None, offset: int) -> Timing | None:
    """Move a timing's offsets from its sentence to the passage."""
    return timing and replace(timing, start=timing.start + offset, end=timing.end + offset)
